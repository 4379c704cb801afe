/*
 * death_watch_test.cpp
 *		Children whose postmaster dies: those that wait, those that spin, those that sleep.
 */
#include <gtest/gtest.h>

#include "postgres.h"

#include <sys/prctl.h>

#include <atomic>

#include "port/os.h"
#include "storage/ipc/testing.h"

using namespace pg;
using pg::testing::Shared;

namespace
{

struct Outcome
{
	std::atomic<int> child;
	std::atomic<bool> ready;
};

/* Forks a postmaster that forks a child running body, and kills the postmaster. Milliseconds until the child is gone; -1: never. */
int64
survive(void (*body)(Outcome &), int *code)
{
	Shared<Outcome> outcome;
	/* orphans come to this process, so it can wait for them */
	prctl(PR_SET_CHILD_SUBREAPER, 1);

	const pid_t postmaster = fork();

	if (postmaster == 0)
	{
		InitializeLatchSupport();
		InitPostmasterDeathWatch();
		(*outcome).child = pg::testing::StartChild(-1,
												   [&]
												   {
													   (*outcome).ready = true;
													   body(*outcome);
													   return 0;
												   });
		for (;;)
			pause();
	}
	EXPECT_TRUE(pg::testing::Eventually([&] { return (*outcome).ready.load(); }));

	const pid_t child = (*outcome).child;
	const int64 start = os.monotonic_usec();

	kill(postmaster, SIGKILL);
	pg::testing::WaitChild(postmaster);
	*code = pg::testing::WaitChild(child);
	prctl(PR_SET_CHILD_SUBREAPER, 0);
	return (os.monotonic_usec() - start) / 1000;
}

TEST(DeathWatch, AWaitEndsTheProcess)
{
	int code;
	const int64 took = survive(
		[](Outcome &)
		{
			for (;;)
			{
				WaitLatch(MyLatch, WL_LATCH_SET | WL_EXIT_ON_PM_DEATH, 0, 0);
				ResetLatch(MyLatch);
			}
		},
		&code);

	EXPECT_EQ(code, 1);
	EXPECT_LT(took, 500);
}

TEST(DeathWatch, AWaitCanReportIt)
{
	int code;

	survive(
		[](Outcome &)
		{
			for (;;)
			{
				if (WaitLatch(MyLatch, WL_LATCH_SET | WL_POSTMASTER_DEATH, 0, 0) &
					WL_POSTMASTER_DEATH)
					_exit(42);
				ResetLatch(MyLatch);
			}
		},
		&code);
	EXPECT_EQ(code, 42);
}

TEST(DeathWatch, AnInterruptCheckEndsTheProcess)
{
	int code;

	survive(
		[](Outcome &)
		{
			for (;;)
				CheckForInterrupts();
		},
		&code);
	EXPECT_EQ(code, 1);
}

TEST(DeathWatch, ASpinningProcessIsKilledWithinASecond)
{
	int code;
	const int64 took = survive(
		[](Outcome &outcome)
		{
			while (outcome.ready)
				;
		},
		&code);

	EXPECT_EQ(code, 1000 + SIGKILL);
	EXPECT_LT(took, 1000);
}

TEST(DeathWatch, ASleepingProcessIsKilledWithinASecond)
{
	int code;
	const int64 took = survive(
		[](Outcome &)
		{
			for (;;)
				sleep(100); /* poll: nothing ever happens */
		},
		&code);

	EXPECT_EQ(code, 1000 + SIGKILL);
	EXPECT_LT(took, 1000);
}

} // namespace
