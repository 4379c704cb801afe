/*
 * lwlock_test.cpp
 *		LWLocks between processes: exclusion, sharing, variables, ranks, tranches.
 */
#include <gtest/gtest.h>

#include "postgres.h"

#include <atomic>

#include "storage/ipc/testing.h"
#include "storage/lmgr/lwlock_names.h"
#include "storage/lwlock.h"
#include "utils/error/report.h"
#include "utils/wait_event.h"

using namespace pg;
using pg::testing::Eventually;
using pg::testing::Shared;
using pg::testing::SharedMemoryScope;
using pg::testing::StartChild;
using pg::testing::WaitChild;

namespace
{

/* Four processes count together, some by reading shared in between; a hole in the exclusion loses counts. */
TEST(LWLock, ExcludesAndLosesNoWakeUp)
{
	struct State
	{
		volatile int64 a, b;
		std::atomic<int> torn;
	};
	constexpr int kRounds = 30000;
	SharedMemoryScope memory{kLmgrAreas, kIpcAreas};
	Shared<State> state;
	pid_t children[4];

	for (int i = 0; i < 4; i++)
		children[i] = StartChild(i,
								 [&]
								 {
									 for (int round = 0; round < kRounds; round++)
									 {
										 LWLockAcquire(AutoFileLock, LW_EXCLUSIVE);
										 state->a = state->a + 1;
										 if (round % 64 == 0)
											 sched_yield();
										 state->b = state->b + 1;
										 LWLockRelease(AutoFileLock);
										 LWLockAcquire(AutoFileLock, LW_SHARED);
										 if (state->a != state->b)
											 state->torn++;
										 LWLockRelease(AutoFileLock);
									 }
									 return 0;
								 });
	for (const pid_t child : children)
		EXPECT_EQ(WaitChild(child), 0);
	EXPECT_EQ(state->a, 4 * kRounds);
	EXPECT_EQ(state->torn, 0);
	EXPECT_EQ(AutoFileLock->waiters.tail, 0);
}

TEST(LWLock, SharersDoNotStarveAWriter)
{
	SharedMemoryScope memory{kLmgrAreas, kIpcAreas};
	Shared<std::atomic<bool>> stop;
	const auto reader = [&]
	{
		while (!*stop)
		{
			LWLockAcquire(AutoFileLock, LW_SHARED);
			for (int i = 0; i < 1000; i++)
				pg_spin_delay();
			LWLockRelease(AutoFileLock);
		}
		return 0;
	};
	const pid_t readers[] = {StartChild(0, reader), StartChild(1, reader), StartChild(2, reader)};
	const pid_t writer = StartChild(3,
									[&]
									{
										for (int i = 0; i < 200; i++)
										{
											LWLockAcquire(AutoFileLock, LW_EXCLUSIVE);
											LWLockRelease(AutoFileLock);
										}
										*stop = true;
										return 0;
									});

	EXPECT_EQ(WaitChild(writer), 0);
	for (const pid_t child : readers)
		EXPECT_EQ(WaitChild(child), 0);
}

TEST(LWLock, AWaiterShowsItselfAndExitReleases)
{
	SharedMemoryScope memory{kLmgrAreas, kIpcAreas};
	Shared<std::atomic<int>> step;
	const pid_t holder = StartChild(
		0,
		[&]
		{
			LWLockAcquire(BackgroundWorkerLock, LW_EXCLUSIVE);
			*step = 1;
			/* leaves while it holds the lock, once the other one waits */
			Eventually([] { return ProcGlobal->allProcs[1].wait_event_info != 0; });
			EXPECT_STREQ(pgstat_get_wait_event(ProcGlobal->allProcs[1].wait_event_info),
						 "BackgroundWorker");
			EXPECT_STREQ(pgstat_get_wait_event_type(ProcGlobal->allProcs[1].wait_event_info),
						 "LWLock");
			return ::testing::Test::HasFailure() ? 1 : 0;
		});
	const pid_t waiter =
		StartChild(1,
				   [&]
				   {
					   Eventually([&] { return *step == 1; });
					   if (LWLockConditionalAcquire(BackgroundWorkerLock, LW_SHARED))
						   return 2;
					   return LWLockAcquire(BackgroundWorkerLock, LW_EXCLUSIVE) ? 3 : 0;
				   });

	EXPECT_EQ(WaitChild(holder), 0);
	EXPECT_EQ(WaitChild(waiter), 0);
}

TEST(LWLock, AcquireOrWaitTakesOnlyAFreeLock)
{
	SharedMemoryScope memory{kLmgrAreas, kIpcAreas};
	Shared<std::atomic<int>> step;
	const pid_t holder =
		StartChild(0,
				   [&]
				   {
					   LWLockAcquire(WALWriteLock, LW_EXCLUSIVE);
					   *step = 1;
					   Eventually([] { return ProcGlobal->allProcs[1].wait_event_info != 0; });
					   LWLockRelease(WALWriteLock);
					   return 0;
				   });
	const pid_t waiter = StartChild(
		1,
		[&]
		{
			Eventually([&] { return *step == 1; });
			if (LWLockAcquireOrWait(WALWriteLock, LW_EXCLUSIVE) || LWLockHeldByMe(WALWriteLock))
				return 1;
			return LWLockAcquireOrWait(WALWriteLock, LW_EXCLUSIVE) ? 0 : 2;
		});

	EXPECT_EQ(WaitChild(holder), 0);
	EXPECT_EQ(WaitChild(waiter), 0);
}

TEST(LWLock, VariableWakesItsWaiters)
{
	SharedMemoryScope memory{kLmgrAreas, kIpcAreas};
	Shared<uint64> variable;
	Shared<std::atomic<int>> step;
	const pid_t holder = StartChild(0,
									[&]
									{
										LWLockAcquire(WALWriteLock, LW_EXCLUSIVE);
										*step = 1;
										for (uint64 value = 1; value <= 1000; value++)
											LWLockUpdateVar(WALWriteLock, &*variable, value);
										Eventually([&] { return *step == 2; });
										LWLockReleaseClearVar(WALWriteLock, &*variable, 0);
										return 0;
									});
	const pid_t waiter = StartChild(
		1,
		[&]
		{
			uint64 seen = 0;

			Eventually([&] { return *step == 1; });
			while (seen < 1000)
			{
				const uint64 before = seen;

				if (LWLockWaitForVar(WALWriteLock, &*variable, before, &seen) || seen <= before)
					return 1;
			}
			*step = 2;
			return LWLockWaitForVar(WALWriteLock, &*variable, 1000, &seen) || seen == 0 ? 0 : 2;
		});

	EXPECT_EQ(WaitChild(holder), 0);
	EXPECT_EQ(WaitChild(waiter), 0);
	EXPECT_EQ(*variable, 0u);
}

TEST(LWLock, InterruptsWaitWhileOneIsHeld)
{
	SharedMemoryScope memory{kLmgrAreas, kIpcAreas};

	LWLockAcquire(AutoFileLock, LW_SHARED);
	EXPECT_TRUE(LWLockHeldByMeInMode(AutoFileLock, LW_SHARED));
	EXPECT_FALSE(LWLockHeldByMeInMode(AutoFileLock, LW_EXCLUSIVE));
	EXPECT_EQ(InterruptHoldoffCount, 1u);
	LWLockAcquire(CheckpointerCommLock, LW_EXCLUSIVE);
	InterruptHoldoffCount = 0; /* as an error does */
	LWLockReleaseAll();
	EXPECT_EQ(InterruptHoldoffCount, 0u);
	EXPECT_FALSE(LWLockHeldByMe(AutoFileLock));
}

#ifdef USE_ASSERT_CHECKING
TEST(LWLockDeathTest, RanksAreChecked)
{
	SharedMemoryScope memory{kLmgrAreas, kIpcAreas};

	EXPECT_DEATH(
		{
			LWLockAcquire(AutoFileLock, LW_SHARED);
			LWLockAcquire(BackgroundWorkerLock, LW_SHARED);
		},
		"LWLockRank");
	EXPECT_DEATH(
		{
			LWLockAcquire(AutoFileLock, LW_SHARED);
			LWLockAcquire(AutoFileLock, LW_SHARED);
		},
		"");
}
#endif

TEST(LWLock, TranchesAreRequestedAndNamed)
{
	process_shmem_requests_in_progress = true;
	RequestNamedLWLockTranche("tester", 3);
	process_shmem_requests_in_progress = false;

	SharedMemoryScope memory{kLmgrAreas, kIpcAreas};
	LWLockPadded *const locks = GetNamedLWLockTranche("tester");

	EXPECT_STREQ(LWLockTrancheName(locks[2].lock.tranche), "tester");
	EXPECT_EQ(reinterpret_cast<uintptr_t>(locks) % PG_CACHE_LINE_SIZE, 0u);
	LWLockAcquire(&locks[2].lock, LW_EXCLUSIVE);
	LWLockRelease(&locks[2].lock);

	const int number = LWLockNewTrancheId();

	EXPECT_GT(number, locks[0].lock.tranche);
	EXPECT_STREQ(LWLockTrancheName(number), "extension");
	LWLockRegisterTranche(number, "mine");
	EXPECT_STREQ(LWLockTrancheName(number), "mine");
	EXPECT_STREQ(LWLockTrancheName(LWTRANCHE_PGSTATS_DATA), "PgStatsData");
	EXPECT_STREQ(LWLockTrancheName(21), "AddinShmemInit");
}

} // namespace
