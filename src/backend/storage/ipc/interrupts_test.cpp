/*
 * interrupts_test.cpp
 *		What signals and timeouts turn into at CHECK_FOR_INTERRUPTS.
 */
#include <gtest/gtest.h>

#include "postgres.h"

#include "postmaster/bgworker.h"
#include "storage/ipc/testing.h"
#include "storage/proc.h"
#include "utils/error/report.h"

using namespace pg;

namespace
{

class Interrupts : public ::testing::Test
{
protected:
	void SetUp() override
	{
		InitializeLatchSupport();
		InstallBackendSignals();
		ResetLatch(MyLatch);
	}
	void TearDown() override
	{
		for (const int signal : {SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGUSR1, SIGFPE})
			pqsignal(signal, SIG_DFL);
		InterruptPending = 0;
		QueryCancelPending = 0;
		ProcDiePending = 0;
	}
};

std::pair<int, std::string>
served()
{
	try
	{
		CheckForInterrupts();
	}
	catch (const PgError &error)
	{
		return {error.sqlstate(), error.report.message};
	}
	return {0, ""};
}

TEST_F(Interrupts, CancelRaises57014AndSetsTheLatch)
{
	raise(SIGINT);
	EXPECT_EQ(WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT, 0, 0), WL_LATCH_SET);
	EXPECT_EQ(served(), std::pair(ERRCODE_QUERY_CANCELED,
								  std::string("canceling statement due to user request")));
	EXPECT_EQ(served().first, 0);
}

TEST_F(Interrupts, CancelOfAnIdleSessionIsForgotten)
{
	reading_command = true;
	raise(SIGINT);
	EXPECT_EQ(served().first, 0);
	reading_command = false;
	EXPECT_EQ(served().first, 0);
}

TEST_F(Interrupts, TimeoutsNameThemselves)
{
	HandleStatementTimeout();
	EXPECT_EQ(served(), std::pair(ERRCODE_QUERY_CANCELED,
								  std::string("canceling statement due to statement timeout")));
	HandleLockTimeout();
	EXPECT_EQ(served(), std::pair(ERRCODE_LOCK_NOT_AVAILABLE,
								  std::string("canceling statement due to lock timeout")));
}

TEST_F(Interrupts, HoldoffPostpones)
{
	raise(SIGINT);
	{
		const InterruptHoldoff hold;

		EXPECT_EQ(served().first, 0);
	}
	HOLD_CANCEL_INTERRUPTS();
	EXPECT_EQ(served().first, 0);
	RESUME_CANCEL_INTERRUPTS();
	EXPECT_EQ(served().first, ERRCODE_QUERY_CANCELED);
}

TEST_F(Interrupts, EngineIsStoppedInTheHandlerUnlessHeldOff)
{
	static int stops;

	stops = 0;
	cancel_running_statement = []() noexcept { stops++; };
	raise(SIGINT);
	EXPECT_EQ(stops, 1);
	HOLD_INTERRUPTS();
	raise(SIGINT);
	RESUME_INTERRUPTS();
	EXPECT_EQ(stops, 1);
	cancel_running_statement = nullptr;
}

/* What SIGTERM makes of a child that runs body after the signal is there. */
int
terminated(bool worker, void (*body)())
{
	return pg::testing::WaitChild(pg::testing::StartChild(-1,
														  [=]
														  {
															  static BackgroundWorker entry = {};

															  if (worker)
															  {
																  strcpy(entry.bgw_type, "tester");
																  MyBgworkerEntry = &entry;
																  IsBackgroundWorker = true;
																  InstallWorkerSignals(false,
																					   false);
															  }
															  raise(SIGTERM);
															  body();
															  return 99;
														  }));
}

TEST_F(Interrupts, SigtermLeavesWithCode1)
{
	EXPECT_EQ(terminated(false, [] { CheckForInterrupts(); }), 1);
	EXPECT_EQ(terminated(true, [] { CheckForInterrupts(); }), 1);
}

TEST_F(Interrupts, DefaultSigtermEndsAWorkersWait)
{
	EXPECT_EQ(
		terminated(true, [] { WaitLatch(MyLatch, WL_LATCH_SET | WL_EXIT_ON_PM_DEATH, 0, 0); }), 1);
}

TEST_F(Interrupts, DefaultSigtermEndsAWorkerThatNeverChecks)
{
	EXPECT_EQ(terminated(true,
						 []
						 {
							 for (volatile bool forever = true; forever;)
								 ;
						 }),
			  1);
}

TEST_F(Interrupts, SigtermWithAHandlerOfItsOwnLeavesTheWorkerAlone)
{
	EXPECT_EQ(
		terminated(false, [] { WaitLatch(MyLatch, WL_LATCH_SET | WL_EXIT_ON_PM_DEATH, 0, 0); }),
		99);
}

TEST_F(Interrupts, SigquitLeavesWithCode2)
{
	EXPECT_EQ(pg::testing::WaitChild(pg::testing::StartChild(-1, [] { return raise(SIGQUIT); })),
			  2);
}

} // namespace
