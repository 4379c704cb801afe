/*
 * proc_test.cpp
 *		Process slots: clean and unclean ends, and signals with a reason.
 */
#include <gtest/gtest.h>

#include "postgres.h"

#include "storage/ipc.h"
#include "storage/ipc/testing.h"
#include "storage/procarray.h"

using namespace pg;
using pg::testing::SharedMemoryScope;
using pg::testing::StartChild;
using pg::testing::WaitChild;

namespace
{

TEST(Proc, ACleanEndFreesTheSlot)
{
	SharedMemoryScope memory{kLmgrAreas, kIpcAreas};

	for (int round = 0; round < 2; round++)
	{
		const pid_t child = StartChild(2,
									   []
									   {
										   if (MyProcSlot() != 2 || MyLatch != &MyProc->procLatch ||
											   MyProc->pid != getpid())
											   return 9;
										   proc_exit(1);
									   });

		EXPECT_EQ(WaitChild(child), 1);
		EXPECT_EQ(ProcSlotType(2), B_INVALID);
		EXPECT_TRUE(PmReleaseSlot(2));
	}
}

TEST(Proc, AnUncleanEndIsSeen)
{
	SharedMemoryScope memory{kLmgrAreas, kIpcAreas};
	const pid_t child = StartChild(0, []() -> int { _exit(0); });

	EXPECT_EQ(WaitChild(child), 0);
	EXPECT_FALSE(PmReleaseSlot(0));
	/* never joined */
	PmMarkSlotAssigned(1);
	EXPECT_TRUE(PmReleaseSlot(1));
	/* nonsense is harmless */
	PmMarkSlotAssigned(-1);
	EXPECT_TRUE(PmReleaseSlot(1 << 20));
}

TEST(Proc, RequestsReachThePostmasterOnce)
{
	static volatile sig_atomic_t signals;
	SharedMemoryScope memory{kLmgrAreas, kIpcAreas};

	signals = 0;
	pqsignal(SIGUSR1, [](int) { signals = signals + 1; });
	EXPECT_FALSE(TakePostmasterSignal(PmSignal::PromoteRequested));
	EXPECT_EQ(WaitChild(StartChild(0,
								   []
								   {
									   SendPostmasterSignal(PmSignal::PromoteRequested);
									   return 0;
								   })),
			  0);
	EXPECT_EQ(signals, 1);
	EXPECT_FALSE(TakePostmasterSignal(PmSignal::ReloadRequested));
	EXPECT_TRUE(TakePostmasterSignal(PmSignal::PromoteRequested));
	EXPECT_FALSE(TakePostmasterSignal(PmSignal::PromoteRequested));
	pqsignal(SIGUSR1, SIG_DFL);
}

TEST(Proc, Sigusr1SetsTheLatch)
{
	SharedMemoryScope memory{kLmgrAreas, kIpcAreas};
	const pid_t child = StartChild(0,
								   []
								   {
									   ResetLatch(MyLatch);
									   WaitLatch(MyLatch, WL_LATCH_SET | WL_EXIT_ON_PM_DEATH, 0, 5);
									   return InterruptPending ? 0 : 1;
								   });

	ASSERT_TRUE(
		pg::testing::Eventually([] { return ProcGlobal->allProcs[0].wait_event_info == 5; }));
	EXPECT_FALSE(SendProcSignal(0, child + 1, PROCSIG_LOG_MEMORY_CONTEXT));
	EXPECT_TRUE(SendProcSignal(0, child, PROCSIG_LOG_MEMORY_CONTEXT));
	EXPECT_EQ(WaitChild(child), 0);
}

} // namespace
