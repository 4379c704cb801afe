/*
 * hashfn_test.cpp
 *		The hash functions give what PostgreSQL 15 gives (hashtext and its relatives there).
 */
#include <gtest/gtest.h>

#include <cstring>

#include "common/hashfn.h"

namespace
{

uint32
text_hash(const char *text)
{
	return hash_bytes(reinterpret_cast<const unsigned char *>(text),
					  static_cast<int>(strlen(text)));
}

uint64
text_hash_extended(const char *text, uint64 seed)
{
	return hash_bytes_extended(reinterpret_cast<const unsigned char *>(text),
							   static_cast<int>(strlen(text)), seed);
}

TEST(HashFunctions, GivePostgreSqlsValues)
{
	EXPECT_EQ(text_hash(""), static_cast<uint32>(-1477818771));
	EXPECT_EQ(text_hash("a"), 1075015857u);
	EXPECT_EQ(text_hash("abcdefgh"), static_cast<uint32>(-1960928205));
	EXPECT_EQ(text_hash("abcdefghijk"), static_cast<uint32>(-1483803693));
	EXPECT_EQ(text_hash("abcdefghijkl"), static_cast<uint32>(-1586087212));
	EXPECT_EQ(text_hash("abcdefghijklmnopqrstuvwxyz"), 167831483u);
	EXPECT_EQ(text_hash_extended("abcdefghijklm", 42), static_cast<uint64>(-1560994830268275841));
	EXPECT_EQ(text_hash_extended("abc", 0), static_cast<uint64>(-6747756470228489321));
	EXPECT_EQ(text_hash("abc"), static_cast<uint32>(-785388649));
	EXPECT_EQ(hash_bytes_uint32(12345), static_cast<uint32>(-78097827));
	EXPECT_EQ(hash_bytes_uint32_extended(12345, 77), static_cast<uint64>(-524090502431915017));
}

TEST(HashFunctions, OfKeysReadWhatTheKeyHas)
{
	const uint32 number = 12345;

	EXPECT_EQ(uint32_hash(&number, 4), hash_bytes_uint32(12345));
	EXPECT_EQ(tag_hash("abcdef", 3), text_hash("abc"));
	EXPECT_EQ(string_hash("abcdef", 4), text_hash("abc"));
	EXPECT_EQ(string_hash("abc\0def", 64), text_hash("abc"));
}

} // namespace
