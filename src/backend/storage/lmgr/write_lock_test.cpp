/*
 * write_lock_test.cpp
 *		The write locks' queues: order, timeouts, cancels, deaths, and how fast they turn.
 */
#include <gtest/gtest.h>

#include "postgres.h"

#include <atomic>

#include "port/os.h"
#include "storage/ipc.h"
#include "storage/ipc/testing.h"
#include "storage/lmgr/write_lock.h"
#include "storage/proc.h"
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

constexpr Oid kDatabase = 5;

int
waiting_count()
{
	WriteLockEntry entries[64];
	const int count = SnapshotWriteLocks(entries, 64);
	int waiting = 0;

	for (int i = 0; i < count; i++)
		waiting += !entries[i].granted;
	return waiting;
}

int
sqlstate_of_acquire()
{
	try
	{
		AcquireWriteLock(kDatabase);
	}
	catch (const PgError &error)
	{
		return error.sqlstate();
	}
	return 0;
}

TEST(WriteLock, FirstComeFirstServed)
{
	struct State
	{
		std::atomic<int> next;
		int order[8];
	};
	SharedMemoryScope memory{kLmgrAreas, kIpcAreas};
	Shared<State> state;
	Shared<std::atomic<bool>> go;
	pid_t children[6];

	children[0] = StartChild(0,
							 [&]
							 {
								 AcquireWriteLock(kDatabase);
								 Eventually([&] { return go->load(); });
								 ReleaseWriteLock(kDatabase);
								 return 0;
							 });
	ASSERT_TRUE(Eventually(
		[]
		{
			WriteLockEntry entry;
			return SnapshotWriteLocks(&entry, 1) == 1;
		}));
	for (int i = 1; i < 6; i++)
	{
		children[i] = StartChild(i,
								 [&, i]
								 {
									 AcquireWriteLock(kDatabase);
									 state->order[state->next++] = i;
									 ReleaseWriteLock(kDatabase);
									 return 0;
								 });
		ASSERT_TRUE(Eventually([&] { return waiting_count() == i; }));
	}
	*go = true;
	for (const pid_t child : children)
		EXPECT_EQ(WaitChild(child), 0);
	for (int i = 1; i < 6; i++)
		EXPECT_EQ(state->order[i - 1], i);
}

TEST(WriteLock, DatabasesDoNotMeet)
{
	SharedMemoryScope memory{kLmgrAreas, kIpcAreas};
	const pid_t child =
		StartChild(0,
				   []
				   {
					   for (Oid database = 1; database <= 300; database++)
					   {
						   AcquireWriteLock(database);
						   AcquireWriteLock(database);
						   AcquireWriteLock(InvalidOid);
						   if (!HoldWriteLock(database) || !HoldWriteLock(InvalidOid) ||
							   HoldWriteLock(database + 1))
							   return 1;
						   ReleaseWriteLock(InvalidOid);
						   ReleaseWriteLock(database);
						   ReleaseWriteLock(database);
						   if (HoldWriteLock(database))
							   return 2;
					   }
					   return 0;
				   });

	EXPECT_EQ(WaitChild(child), 0);
}

TEST(WriteLock, WaitEndsByTimeoutOrCancelAndLeavesTheQueue)
{
	SharedMemoryScope memory{kLmgrAreas, kIpcAreas};
	Shared<std::atomic<bool>> go;
	const pid_t holder = StartChild(0,
									[&]
									{
										AcquireWriteLock(kDatabase);
										Eventually([&] { return go->load(); });
										return 0; /* and the exit callback releases */
									});
	ASSERT_TRUE(Eventually(
		[]
		{
			WriteLockEntry entry;
			return SnapshotWriteLocks(&entry, 1) == 1 && entry.granted &&
				   entry.database == kDatabase;
		}));

	EXPECT_EQ(WaitChild(StartChild(1,
								   []
								   {
									   const int64 start = os.monotonic_usec();

									   LockTimeout = 20;
									   if (sqlstate_of_acquire() != ERRCODE_LOCK_NOT_AVAILABLE)
										   return 1;
									   return os.monotonic_usec() - start >= 20000 &&
													  !HoldWriteLock(kDatabase)
												  ? 0
												  : 2;
								   })),
			  0);

	const pid_t cancelled =
		StartChild(2, [] { return sqlstate_of_acquire() == ERRCODE_QUERY_CANCELED ? 0 : 1; });

	/* It is in the queue a moment before it waits. */
	ASSERT_TRUE(Eventually([] { return ProcGlobal->allProcs[2].wait_event_info != 0; }));
	EXPECT_EQ(waiting_count(), 1);
	EXPECT_STREQ(pgstat_get_wait_event_type(ProcGlobal->allProcs[2].wait_event_info), "Lock");
	EXPECT_STREQ(pgstat_get_wait_event(ProcGlobal->allProcs[2].wait_event_info), "relation");
	kill(cancelled, SIGINT);
	EXPECT_EQ(WaitChild(cancelled), 0);

	const pid_t terminated = StartChild(3, [] { return sqlstate_of_acquire(); });

	ASSERT_TRUE(Eventually([] { return waiting_count() == 1; }));
	kill(terminated, SIGTERM);
	EXPECT_EQ(WaitChild(terminated), 1);
	EXPECT_EQ(waiting_count(), 0);

	const pid_t heir = StartChild(4, [] { return sqlstate_of_acquire(); });

	ASSERT_TRUE(Eventually([] { return waiting_count() == 1; }));
	*go = true;
	EXPECT_EQ(WaitChild(holder), 0);
	EXPECT_EQ(WaitChild(heir), 0);
}

/* Clients in a hurry, some of them cancelled at random moments: the count of the holders is never above one. */
TEST(WriteLock, ExcludesUnderCancels)
{
	struct State
	{
		std::atomic<int> inside;
		std::atomic<int> broken;
		std::atomic<int> done;
		std::atomic<int> started;
	};
	SharedMemoryScope memory{kLmgrAreas, kIpcAreas};
	Shared<State> state;
	Shared<std::atomic<bool>> stop;
	pid_t children[4];

	for (int i = 0; i < 4; i++)
		children[i] = StartChild(i,
								 [&]
								 {
									 state->started++;
									 while (!*stop)
									 {
										 if (sqlstate_of_acquire() != 0)
											 continue;
										 if (state->inside++ != 0)
											 state->broken++;
										 state->done++;
										 state->inside--;
										 ReleaseWriteLock(kDatabase);
									 }
									 return 0;
								 });
	/* before that a child has no handler */
	ASSERT_TRUE(Eventually([&] { return state->started == 4; }));
	for (int i = 0; i < 2000; i++)
	{
		kill(children[i % 4], SIGINT);
		usleep(100); /* poll: gives the children time between the signals */
	}
	*stop = true;
	for (const pid_t child : children)
	{
		/* one that sits in the queue is served before it sees the flag */
		EXPECT_EQ(WaitChild(child), 0);
	}
	EXPECT_EQ(state->broken, 0);
	EXPECT_GT(state->done, 1000);
}

} // namespace
