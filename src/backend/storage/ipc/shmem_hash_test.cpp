/*
 * shmem_hash_test.cpp
 *		Hash tables in shared memory: found by name, partitioned, and full.
 */
#include <gtest/gtest.h>

#include "storage/ipc/shmem_internals.h"
#include "storage/ipc/testing.h"
#include "storage/shmem.h"
#include "utils/error/report.h"
#include "utils/hsearch.h"

namespace pg
{
namespace
{

struct Entry
{
	uint32 key;
	int value;
};

Entry *
look(HTAB *table, uint32 key, HASHACTION action)
{
	return static_cast<Entry *>(hash_search(table, &key, action, nullptr));
}

TEST(ShmemHash, InSharedMemoryItHasWhatItAskedForAndThenWhatIsLeft)
{
	for (const int flags : {0, HASH_PARTITION})
	{
		static constexpr ShmemArea area[] = {
			{"Room", [] { return hash_estimate_size(1000, sizeof(Entry)); }, [](void *) {}}};
		testing::SharedMemoryScope memory({area});
		HASHCTL control = {};

		control.keysize = sizeof(uint32);
		control.entrysize = sizeof(Entry);
		control.num_partitions = 16;

		HTAB *const table =
			ShmemInitHash("table", 100, 1000, &control, HASH_ELEM | HASH_BLOBS | flags);

		for (uint32 key = 0; key < 1000; key++)
			look(table, key, HASH_ENTER)->value = static_cast<int>(key);
		EXPECT_EQ(hash_get_num_entries(table), 1000);
		EXPECT_THROW(hash_freeze(table), PgError);

		HTAB *const again =
			ShmemInitHash("table", 100, 1000, &control, HASH_ELEM | HASH_BLOBS | flags);

		EXPECT_EQ(look(again, 999, HASH_FIND)->value, 999);
		uint32 key = 1000;

		while (look(again, key, HASH_ENTER_NULL) != nullptr)
			key++;
		EXPECT_THROW(look(again, key, HASH_ENTER), PgError);
		EXPECT_EQ(hash_get_num_entries(table), static_cast<long>(key));
		hash_destroy(again);
		hash_destroy(table);
	}
}

} // namespace
} // namespace pg
