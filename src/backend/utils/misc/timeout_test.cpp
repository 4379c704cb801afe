/*
 * timeout_test.cpp
 *		Timers of a process: order, stopping, starting anew.
 */
#include <gtest/gtest.h>

#include "postgres.h"

#include "port/os.h"
#include "storage/ipc/testing.h"
#include "storage/latch.h"
#include "utils/misc/timeout.h"

using namespace pg;

namespace
{

volatile sig_atomic_t fired_a, fired_b;

class Timeouts : public ::testing::Test
{
protected:
	void SetUp() override
	{
		InitializeLatchSupport();
		InitializeTimeouts();
		a_ = RegisterUserTimeout([]() noexcept { fired_a = fired_a + 1; });
		b_ = RegisterUserTimeout([]() noexcept { fired_b = fired_b + 1; });
		fired_a = 0;
		fired_b = 0;
	}
	void TearDown() override
	{
		DisableAllTimeouts();
		pqsignal(SIGALRM, SIG_DFL);
	}

	/* Sleeps on the latch, which every timeout sets, until the condition holds. */
	bool until(const std::function<bool()> &condition)
	{
		const int64 limit = os.monotonic_usec() + 5000000;

		while (!condition() && os.monotonic_usec() < limit)
		{
			WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT, 1000, 0);
			ResetLatch(MyLatch);
		}
		return condition();
	}

	TimeoutKind a_, b_;
};

TEST_F(Timeouts, FireOnceAndInOrder)
{
	const int64 start = os.monotonic_usec();

	EnableTimeoutAfter(a_, 30);
	EnableTimeoutAfter(b_, 10);
	EXPECT_TRUE(TimeoutActive(a_));
	EXPECT_TRUE(until([] { return fired_b == 1; }));
	EXPECT_GE(os.monotonic_usec() - start, 10000);
	EXPECT_TRUE(until([] { return fired_a == 1; }));
	EXPECT_GE(os.monotonic_usec() - start, 30000);
	EXPECT_EQ(fired_b, 1);
	EXPECT_FALSE(TimeoutActive(a_));
}

TEST_F(Timeouts, AStoppedOneDoesNotFireAndLaterOnesStillDo)
{
	EnableTimeoutAfter(a_, 10);
	DisableTimeout(a_);
	EXPECT_FALSE(TimeoutActive(a_));
	EnableTimeoutAfter(b_, 40);
	EXPECT_TRUE(until([] { return fired_b == 1; }));
	EXPECT_EQ(fired_a, 0);
}

TEST_F(Timeouts, StartingAnewMovesIt)
{
	const int64 start = os.monotonic_usec();

	EnableTimeoutAfter(a_, 10);
	EnableTimeoutAfter(a_, 50);
	EXPECT_TRUE(until([] { return fired_a == 1; }));
	EXPECT_GE(os.monotonic_usec() - start, 50000);

	EnableTimeoutAfter(a_, 100000);
	EnableTimeoutAfter(a_, 5);
	EXPECT_TRUE(until([] { return fired_a == 2; }));
}

TEST_F(Timeouts, StatementTimeoutAsksForACancel)
{
	EnableTimeoutAfter(TimeoutKind::Statement, 5);
	EXPECT_TRUE(until([] { return QueryCancelPending != 0; }));
	EXPECT_TRUE(statement_timeout_fired);
	QueryCancelPending = 0;
	InterruptPending = 0;
	statement_timeout_fired = 0;
}

TEST_F(Timeouts, StartAndStopInALoopStaysCheap)
{
	const int64 start = os.monotonic_usec();

	EnableTimeoutAfter(a_, 60000);
	for (int i = 0; i < 100000; i++)
	{
		EnableTimeoutAfter(b_, 90000);
		DisableTimeout(b_);
	}
	/* far below a system call each */
	EXPECT_LT(os.monotonic_usec() - start, 1000000);
}

} // namespace
