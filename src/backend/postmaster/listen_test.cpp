/*
 * postmaster/listen_test.cpp
 *		Lists of addresses and directories as settings hold them.
 *
 * Unit test of a pure function; opens no socket.
 */
#include "postmaster/listen.h"

#include <gtest/gtest.h>

namespace pg
{
namespace
{

using Names = std::vector<std::string>;

Names
split(const char *text)
{
	Names names;

	EXPECT_TRUE(SplitNameList(text, &names)) << text;
	return names;
}

TEST(NameList, GoodOnes)
{
	EXPECT_EQ(split(""), Names{});
	EXPECT_EQ(split("  "), Names{});
	EXPECT_EQ(split("localhost"), Names{"localhost"});
	EXPECT_EQ(split(" a , b,c "), (Names{"a", "b", "c"}));
	EXPECT_EQ(split("/tmp/with blank, \"/tmp/a,b\""), (Names{"/tmp/with blank", "/tmp/a,b"}));
	EXPECT_EQ(split("\"say \"\"so\"\"\""), Names{"say \"so\""});
}

TEST(NameList, BadOnes)
{
	Names names;

	EXPECT_FALSE(SplitNameList("a,", &names));
	EXPECT_FALSE(SplitNameList(",a", &names));
	EXPECT_FALSE(SplitNameList("\"a", &names));
	EXPECT_FALSE(SplitNameList("\"a\" b", &names));
}

} /* namespace */
} /* namespace pg */
