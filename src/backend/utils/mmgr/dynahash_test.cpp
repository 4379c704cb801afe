/*
 * dynahash_test.cpp
 *		Hash tables: keys of every kind, growth, scans, freezing, limits.
 */
#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <random>
#include <set>

#include "common/hashfn.h"
#include "utils/error/report.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"

namespace pg
{
namespace
{

struct Entry
{
	uint32 key;
	int value;
};

HTAB *
make_table(long entries, int flags = 0)
{
	HASHCTL control = {};

	control.keysize = sizeof(uint32);
	control.entrysize = sizeof(Entry);
	return hash_create("numbers", entries, &control, HASH_ELEM | HASH_BLOBS | flags);
}

Entry *
look(HTAB *table, uint32 key, HASHACTION action, bool *found = nullptr)
{
	return static_cast<Entry *>(hash_search(table, &key, action, found));
}

TEST(HashTable, DoesWhatAMapDoes)
{
	HTAB *const table = make_table(1);
	std::map<uint32, int> map;
	std::map<uint32, Entry *> places;
	std::mt19937 random(3);

	for (int i = 0; i < 30000; i++)
	{
		const uint32 key = random() % 5000;
		bool found;

		if (random() % 3 > 0)
		{
			Entry *entry = look(table, key, HASH_ENTER, &found);

			ASSERT_EQ(found, map.contains(key));
			ASSERT_EQ(entry->key, key);
			if (found)
			{
				ASSERT_EQ(entry, places[key]) << "entries do not move";
			}
			places[key] = entry;
			entry->value = map[key] = i;
		}
		else
		{
			const Entry *removed = look(table, key, HASH_REMOVE, &found);

			ASSERT_EQ(found, map.contains(key));
			if (found)
			{
				ASSERT_EQ(removed->value, map[key]);
			}
			map.erase(key);
		}
		ASSERT_EQ(hash_get_num_entries(table), static_cast<long>(map.size()));
	}
	for (const auto &[key, value] : map)
		ASSERT_EQ(look(table, key, HASH_FIND)->value, value);
	EXPECT_EQ(look(table, 5000, HASH_FIND), nullptr);
	hash_destroy(table);
}

TEST(HashTable, KeysAreStringsUnlessToldOtherwise)
{
	HASHCTL control = {};
	bool found;

	control.keysize = 8;
	control.entrysize = 16;

	HTAB *const table = hash_create("names", 10, &control, HASH_ELEM | HASH_STRINGS);

	EXPECT_STREQ(static_cast<char *>(hash_search(table, "first", HASH_ENTER, &found)), "first");
	EXPECT_FALSE(found);
	EXPECT_STREQ(static_cast<char *>(hash_search(table, "longer than it", HASH_ENTER, &found)),
				 "longer ");
	EXPECT_NE(hash_search(table, "longer and other", HASH_FIND, &found), nullptr);
	EXPECT_EQ(hash_search(table, "firs", HASH_FIND, &found), nullptr);
	EXPECT_EQ(get_hash_value(table, "first"), string_hash("first", 8));
	hash_destroy(table);
}

TEST(HashTable, TakesFunctionsOfItsMaker)
{
	HASHCTL control = {};

	control.keysize = sizeof(uint32);
	control.entrysize = sizeof(Entry);
	control.hash = [](const void *key, Size) { return *static_cast<const uint32 *>(key) % 10; };
	control.match = [](const void *a, const void *b, Size) {
		return *static_cast<const uint32 *>(a) % 10 == *static_cast<const uint32 *>(b) % 10 ? 0 : 1;
	};
	control.hcxt = CurrentMemoryContext;

	HTAB *const table = hash_create("digits", 10, &control,
									HASH_ELEM | HASH_FUNCTION | HASH_COMPARE | HASH_CONTEXT);

	for (uint32 key = 0; key < 100; key++)
		look(table, key, HASH_ENTER);
	EXPECT_EQ(hash_get_num_entries(table), 10);
	EXPECT_EQ(look(table, 77, HASH_FIND)->key, 7u);
	hash_destroy(table);
}

TEST(HashTable, AScanReturnsEachEntryOnceAndMayRemoveIt)
{
	HTAB *const table = make_table(4);
	HASH_SEQ_STATUS scan;
	std::set<uint32> seen;

	for (uint32 key = 0; key < 1000; key++)
		look(table, key, HASH_ENTER);
	hash_seq_init(&scan, table);
	while (Entry *entry = static_cast<Entry *>(hash_seq_search(&scan)))
	{
		const uint32 key = entry->key;

		EXPECT_TRUE(seen.insert(key).second);
		if (key % 2 == 0)
			look(table, key, HASH_REMOVE);
		/* What comes meanwhile must not move the buckets. */
		look(table, 100000 + key, HASH_ENTER);
	}
	for (uint32 key = 0; key < 1000; key++)
		EXPECT_TRUE(seen.contains(key));
	EXPECT_FALSE(look(table, 2, HASH_FIND));
	EXPECT_TRUE(look(table, 3, HASH_FIND));
	EXPECT_TRUE(look(table, 100002, HASH_ENTER));
	hash_destroy(table);
}

TEST(HashTable, AScanByHashValueSeesItsEntriesOnly)
{
	HTAB *const table = make_table(4);
	HASH_SEQ_STATUS scan;
	int seen = 0;

	for (uint32 key = 0; key < 100; key++)
		look(table, key, HASH_ENTER);
	hash_seq_init_with_hash_value(&scan, table, hash_bytes_uint32(42));
	while (Entry *entry = static_cast<Entry *>(hash_seq_search(&scan)))
	{
		EXPECT_EQ(entry->key, 42u);
		seen++;
	}
	EXPECT_EQ(seen, 1);
	hash_destroy(table);
}

TEST(HashTable, FrozenTablesAndOpenScans)
{
	HTAB *const table = make_table(4);
	HASH_SEQ_STATUS scan;

	look(table, 1, HASH_ENTER);
	hash_seq_init(&scan, table);
	EXPECT_THROW(hash_freeze(table), PgError);
	hash_seq_term(&scan);
	EXPECT_THROW(hash_seq_term(&scan), PgError);
	hash_seq_init(&scan, table);
	AtEOXact_HashTables(false);
	hash_freeze(table);
	EXPECT_THROW(look(table, 2, HASH_ENTER), PgError);
	EXPECT_NE(look(table, 1, HASH_ENTER), nullptr);
	EXPECT_NE(look(table, 1, HASH_REMOVE), nullptr);
	hash_destroy(table);
}

TEST(HashTable, AKeyCanChange)
{
	HTAB *const table = make_table(4);
	Entry *const entry = look(table, 1, HASH_ENTER);
	Entry outside[2] = {};
	uint32 key = 2;

	EXPECT_TRUE(hash_update_hash_key(table, entry, &key));
	EXPECT_EQ(look(table, 2, HASH_FIND), entry);
	EXPECT_EQ(look(table, 1, HASH_FIND), nullptr);
	look(table, 3, HASH_ENTER);
	key = 3;
	EXPECT_FALSE(hash_update_hash_key(table, entry, &key));
	/* An element has a head; the first of the two stands for it. */
	EXPECT_THROW(hash_update_hash_key(table, &outside[1] + 1, &key), PgError);
	hash_destroy(table);
}

TEST(HashTable, AFixedSizeIsKept)
{
	HTAB *const table = make_table(3, HASH_FIXED_SIZE);

	for (uint32 key = 0; key < 3; key++)
		look(table, key, HASH_ENTER);
	EXPECT_EQ(look(table, 3, HASH_ENTER_NULL), nullptr);
	EXPECT_THROW(look(table, 3, HASH_ENTER), PgError);
	look(table, 0, HASH_REMOVE);
	EXPECT_NE(look(table, 3, HASH_ENTER), nullptr);
	hash_destroy(table);
}

} // namespace
} // namespace pg
