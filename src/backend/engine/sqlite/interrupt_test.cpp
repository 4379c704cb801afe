/*
 * interrupt_test.cpp
 *		Statements that are cancelled, and processes that are told to end while one runs.
 */
#include <gtest/gtest.h>
#include <sys/time.h>

#include <csignal>

#include "engine_test.h"
#include "storage/ipc/testing.h"

namespace pg
{
namespace
{

using testing::SharedMemoryScope;
using testing::StartChild;
using testing::WaitChild;

constexpr const char *kEndless =
	"WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) SELECT max(i) FROM r";
constexpr const char *kEndlessInsert =
	"INSERT INTO t WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) "
	"SELECT 1 FROM r WHERE i < 0";

class InterruptTest : public EngineTest
{
protected:
	/* Has the process send itself a signal while it is busy; twice, in case the first comes too early. */
	static void signal_soon(int signal)
	{
		static int what;
		const itimerval soon{{0, 50000}, {0, 20000}};

		what = signal;
		::signal(SIGALRM, [](int) { raise(what); });
		setitimer(ITIMER_REAL, &soon, nullptr);
	}
	static void no_more_signals()
	{
		const itimerval never{};

		setitimer(ITIMER_REAL, &never, nullptr);
		QueryCancelPending = 0;
		InterruptPending = 0;
	}
	static int in_child(const std::function<int()> &body)
	{
		SharedMemoryScope memory{kLmgrAreas, kIpcAreas, kEngineAreas};

		return WaitChild(StartChild(0,
									[&]
									{
										sigset_t all;

										sigemptyset(&all);
										sigaddset(&all, SIGINT);
										sigaddset(&all, SIGTERM);
										sigaddset(&all, SIGALRM);
										sigprocmask(SIG_UNBLOCK, &all, nullptr);
										return body();
									}));
	}
};

TEST_F(InterruptTest, CancelStopsAReadingStatement)
{
	EXPECT_EQ(in_child(
				  []
				  {
					  auto session = open();

					  session->begin(SnapshotMode::PerStatement, false);
					  signal_soon(SIGINT);

					  const std::string state = state_of([&] { query(*session, kEndless); });

					  no_more_signals();
					  session->rollback();
					  return state == "57014" && query(*session, "SELECT 1") == "1" ? 0 : 1;
				  }),
			  0);
}

TEST_F(InterruptTest, CancelledWritesLoseTheTransaction)
{
	run(*open(), "CREATE TABLE t(a)");
	EXPECT_EQ(in_child(
				  []
				  {
					  auto session = open();

					  session->begin(SnapshotMode::PerStatement, false);
					  session->execute("INSERT INTO t VALUES (0)");
					  session->savepoint(1);
					  signal_soon(SIGINT);

					  const std::string state = state_of([&] { session->execute(kEndlessInsert); });

					  no_more_signals();

					  const std::string after = state_of([&] { session->rollback_to(1); });

					  session->rollback();
					  return state == "57014" && after == "40000" ? 0 : 1;
				  }),
			  0);
	EXPECT_EQ(query(*open(), "SELECT count(*) FROM t"), "0");
}

TEST_F(InterruptTest, TerminationEndsTheProcess)
{
	EXPECT_EQ(in_child(
				  []
				  {
					  auto session = open();

					  signal_soon(SIGTERM);
					  query(*session, kEndless);
					  return 0;
				  }),
			  1);
}

} /* namespace */
} /* namespace pg */
