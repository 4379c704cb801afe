/*
 * shmem_test.cpp
 *		The shared mapping: areas, names, limits, and a second life after a crash.
 */
#include <gtest/gtest.h>

#include "postgres.h"

#include "storage/ipc.h"
#include "storage/ipc/shmem_size.h"
#include "storage/ipc/testing.h"
#include "storage/shmem.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"

using namespace pg;
using pg::testing::SharedMemoryScope;

namespace
{

int *area = nullptr;
int startups = 0;

constexpr ShmemArea test_areas[] = {
	{"Test Area", [] { return sizeof(int); }, [](void *at) { area = static_cast<int *>(at); }},
};

TEST(Shmem, AreasAreZeroedAndSharedAndMadeAnew)
{
	for (int round = 0; round < 2; round++)
	{
		SharedMemoryScope memory{test_areas};

		EXPECT_EQ(*area, 0);
		EXPECT_TRUE(ShmemAddrIsValid(area));
		EXPECT_EQ(reinterpret_cast<uintptr_t>(area) % PG_CACHE_LINE_SIZE, 0u);

		const pid_t child = fork();

		if (child == 0)
		{
			*area = 7;
			_exit(0);
		}
		EXPECT_EQ(pg::testing::WaitChild(child), 0);
		EXPECT_EQ(*area, 7);
	}
	EXPECT_FALSE(HaveSharedMemory());
	EXPECT_FALSE(ShmemAddrIsValid(area));
}

TEST(Shmem, StructsAreFoundByName)
{
	SharedMemoryScope memory{test_areas};
	bool found;
	void *const made = ShmemInitStruct("mine", 100, &found);

	EXPECT_FALSE(found);
	EXPECT_EQ(ShmemInitStruct("mine", 100, &found), made);
	EXPECT_TRUE(found);

	ShmemAreaInfo info[8];

	ASSERT_EQ(SnapshotShmemAreas(info, 8), 2);
	EXPECT_STREQ(info[1].name, "mine");
	EXPECT_EQ(info[1].allocated_size, 128u);
}

/* What a C caller gets: the error arrives at its own PG_CATCH. */
std::string
message_of(const std::function<void()> &call)
{
	static const std::function<void()> *current;

	current = &call;
	try
	{
		ToC(+[] { (*current)(); });
	}
	catch (const PgError &error)
	{
		return error.report.message;
	}
	return "";
}

TEST(Shmem, LimitsAreErrors)
{
	SharedMemoryScope memory{test_areas};
	bool found;

	ShmemInitStruct("mine", 100, &found);
	EXPECT_EQ(
		message_of([&] { ShmemInitStruct("mine", 101, &found); }),
		"ShmemIndex entry size is wrong for data structure \"mine\": expected 101, actual 100");
	EXPECT_EQ(
		message_of([&] { ShmemInitStruct("big", size_t{1} << 40, &found); }),
		"not enough shared memory for data structure \"big\" (1099511627776 bytes requested)");
	EXPECT_EQ(message_of([&] { ShmemAlloc(size_t{1} << 40); }),
			  "out of shared memory (1099511627776 bytes requested)");
	EXPECT_EQ(ShmemAllocNoError(size_t{1} << 40), nullptr);
	EXPECT_NE(ShmemAllocNoError(16), nullptr);
}

TEST(Shmem, SizesDoNotOverflow)
{
	EXPECT_EQ(AddShmemSize(1, 2), 3u);
	EXPECT_EQ(MultiplyShmemSize(3, 4), 12u);
	EXPECT_THROW(AddShmemSize(SIZE_MAX, 1), PgError);
	EXPECT_THROW(MultiplyShmemSize(SIZE_MAX / 2, 3), PgError);
}

TEST(Shmem, StartupHookRunsAtEachCreation)
{
	startups = 0;
	shmem_startup_hook = [] { startups++; };
	for (int round = 0; round < 2; round++)
		SharedMemoryScope memory{test_areas};
	shmem_startup_hook = nullptr;
	EXPECT_EQ(startups, 2);
}

} // namespace
