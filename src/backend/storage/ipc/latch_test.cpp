/*
 * latch_test.cpp
 *		Latches between processes, sockets and timeouts in one wait, and no lost wake-up.
 */
#include <gtest/gtest.h>

#include "postgres.h"

#include <sys/socket.h>

#include <atomic>

#include "port/os.h"
#include "storage/ipc/testing.h"
#include "storage/procarray.h"
#include "utils/memutils.h"
#include "utils/wait_event.h"

using namespace pg;
using pg::testing::Shared;
using pg::testing::SharedMemoryScope;
using pg::testing::StartChild;
using pg::testing::WaitChild;

namespace
{

TEST(Latch, LocalOneWorksWithoutSharedMemory)
{
	InitializeLatchSupport();
	ResetLatch(MyLatch);
	EXPECT_EQ(WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT, 0, 0), WL_TIMEOUT);
	SetLatch(MyLatch);
	EXPECT_EQ(WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT, 1000, 0), WL_LATCH_SET);
	EXPECT_EQ(WaitLatch(MyLatch, WL_LATCH_SET, 0, 0), WL_LATCH_SET);
}

TEST(Latch, TimeoutIsNeverEarlyAndHardlyLate)
{
	InitializeLatchSupport();
	ResetLatch(MyLatch);

	const int64 start = os.monotonic_usec();

	EXPECT_EQ(WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT, 30, 0), WL_TIMEOUT);

	const int64 took = os.monotonic_usec() - start;

	EXPECT_GE(took, 30000);
	EXPECT_LT(took, 1000000);
}

TEST(Latch, SignalHandlerEndsTheWait)
{
	InitializeLatchSupport();
	ResetLatch(MyLatch);
	pqsignal(SIGALRM, [](int) { SetLatch(MyLatch); });
	SendSignalToMyselfAfter(SIGALRM, 10);
	EXPECT_EQ(WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT, 10000, 0), WL_LATCH_SET);
	pqsignal(SIGALRM, SIG_DFL);
}

/* One that is woken soon naps the next time: that wait, too, ends by a handler, and at its time. */
TEST(Latch, ANapEndsByASignalAndInTime)
{
	InitializeLatchSupport();
	pqsignal(SIGALRM, [](int) { SetLatch(MyLatch); });
	for (int i = 0; i < 3; i++)
	{
		ResetLatch(MyLatch);
		SendSignalToMyselfAfter(SIGALRM, 1);
		EXPECT_EQ(WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT, 10000, 0), WL_LATCH_SET);
	}
	for (const long length : {2L, 30L})
	{
		const int64 start = os.monotonic_usec();

		ResetLatch(MyLatch);
		EXPECT_EQ(WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT, length, 0), WL_TIMEOUT);
		EXPECT_GE(os.monotonic_usec() - start, length * 1000);
	}
	pqsignal(SIGALRM, SIG_DFL);
}

TEST(Latch, SocketLatchAndTimeoutInOneWait)
{
	int pair[2];

	InitializeLatchSupport();
	ResetLatch(MyLatch);
	ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	EXPECT_EQ(
		WaitLatchOrSocket(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_SOCKET_READABLE, pair[0], 1, 0),
		WL_TIMEOUT);
	EXPECT_EQ(WaitLatchOrSocket(MyLatch, WL_LATCH_SET | WL_SOCKET_WRITEABLE, pair[0], 0, 0),
			  WL_SOCKET_WRITEABLE);
	ASSERT_EQ(write(pair[1], "x", 1), 1);
	SetLatch(MyLatch);
	EXPECT_EQ(
		WaitLatchOrSocket(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_SOCKET_READABLE, pair[0], 1, 0),
		WL_LATCH_SET | WL_SOCKET_READABLE);
	close(pair[1]);
	ResetLatch(MyLatch);
	EXPECT_EQ(WaitLatchOrSocket(MyLatch, WL_LATCH_SET | WL_SOCKET_CLOSED, pair[0], 0, 0),
			  WL_SOCKET_CLOSED);
	close(pair[0]);
}

TEST(WaitEventSet, ReportsEachEventWithItsUserData)
{
	constexpr int kSockets = 70;
	int pairs[kSockets][2];
	WaitEvent seen[kSockets + 1];

	InitializeLatchSupport();
	ResetLatch(MyLatch);

	WaitEventSet *const set = CreateWaitEventSet(TopMemoryContext, kSockets + 1);

	EXPECT_EQ(AddWaitEventToSet(set, WL_LATCH_SET, PGINVALID_SOCKET, MyLatch, nullptr), 0);
	for (auto &pair : pairs)
	{
		ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
		AddWaitEventToSet(set, WL_SOCKET_READABLE, pair[0], nullptr, pair);
	}
	EXPECT_EQ(GetNumRegisteredWaitEvents(set), kSockets + 1);
	EXPECT_EQ(WaitEventSetWait(set, 0, seen, lengthof(seen), 0), 0);
	ASSERT_EQ(write(pairs[3][1], "x", 1), 1);
	ASSERT_EQ(write(pairs[69][1], "x", 1), 1);
	SetLatch(MyLatch);
	ASSERT_EQ(WaitEventSetWait(set, -1, seen, lengthof(seen), 0), 3);
	EXPECT_EQ(seen[0].events, static_cast<uint32>(WL_LATCH_SET));
	EXPECT_EQ(seen[1].user_data, pairs[3]);
	EXPECT_EQ(seen[2].pos, 70);
	EXPECT_EQ(seen[2].fd, pairs[69][0]);
	/* Fewer places than events: the others come the next time. */
	EXPECT_EQ(WaitEventSetWait(set, -1, seen, 1, 0), 1);
	ResetLatch(MyLatch);
	ModifyWaitEvent(set, 4, WL_SOCKET_WRITEABLE, nullptr);
	ASSERT_EQ(WaitEventSetWait(set, -1, seen, lengthof(seen), 0), 2);
	EXPECT_EQ(seen[0].events, static_cast<uint32>(WL_SOCKET_WRITEABLE));
	FreeWaitEventSet(set);
	for (auto &pair : pairs)
	{
		close(pair[0]);
		close(pair[1]);
	}
}

/*
 * Two processes wake each other in turn. A wake-up that gets lost hangs the pair, which the timeouts
 * turn into a failure.
 */
TEST(Latch, PingPongLosesNothing)
{
	constexpr int kRounds = 20000;
	SharedMemoryScope memory{kLmgrAreas, kIpcAreas};
	Shared<std::atomic<int>> turn;

	const auto player = [&](int mine, int other_slot)
	{
		Latch *const other = &ProcGlobal->allProcs[other_slot].procLatch;

		for (int next = mine; next < kRounds; next += 2)
		{
			while ((*turn).load() != next)
			{
				if (WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH, 10000,
							  PG_WAIT_EXTENSION) &
					WL_TIMEOUT)
					return 3;
				ResetLatch(MyLatch);
			}
			(*turn).store(next + 1);
			SetLatch(other);
		}
		return 0;
	};
	const pid_t a = StartChild(0, [&] { return player(0, 1); });
	const pid_t b = StartChild(1, [&] { return player(1, 0); });

	EXPECT_EQ(WaitChild(a), 0);
	EXPECT_EQ(WaitChild(b), 0);
	EXPECT_EQ((*turn).load(), kRounds);
	EXPECT_TRUE(PmReleaseSlot(0));
	EXPECT_TRUE(PmReleaseSlot(1));
}

TEST(Latch, TheWaitEventShowsWhileWaiting)
{
	SharedMemoryScope memory{kLmgrAreas, kIpcAreas};
	const pid_t child =
		StartChild(0,
				   []
				   {
					   ResetLatch(MyLatch);
					   WaitLatch(MyLatch, WL_LATCH_SET | WL_EXIT_ON_PM_DEATH, 0, PG_WAIT_EXTENSION);
					   return 0;
				   });
	volatile PGPROC *const proc = &ProcGlobal->allProcs[0];

	EXPECT_TRUE(
		pg::testing::Eventually([&] { return proc->wait_event_info == PG_WAIT_EXTENSION; }));
	EXPECT_EQ(BackendPidGetProc(child), &ProcGlobal->allProcs[0]);
	SetLatch(const_cast<Latch *>(&proc->procLatch));
	EXPECT_EQ(WaitChild(child), 0);
	EXPECT_EQ(proc->wait_event_info, 0u);
	EXPECT_EQ(BackendPidGetProc(child), nullptr);
}

} // namespace
