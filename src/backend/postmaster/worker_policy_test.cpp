/*
 * postmaster/worker_policy_test.cpp
 *		What follows from the end of a worker, row by row; back-off; the brake and the limit; the C struct.
 *
 * Unit test; times are numbers, nobody is forked.
 */
#include <gtest/gtest.h>

#include "postmaster/worker_policy.h"

#include "postmaster/time_units.h"
#include "postmaster/worker_policy_testing.h"

#include <csignal>
#include <cstring>

namespace pg
{
namespace
{

constexpr int64 kNow = 1000 * kSecond;
constexpr CrashBrake kBrake = {5, 60 * kSecond};
constexpr CrashBrake kNoBrake = {0, 60 * kSecond};

WorkerExit
exited(int code)
{
	return {.how = WorkerExit::How::Exited, .number = code};
}

WorkerExit
killed(int signal)
{
	return {.how = WorkerExit::How::Signaled, .number = signal, .left_cleanly = false};
}

WorkerExit
swept(WorkerExit end)
{
	end.swept = true;
	return end;
}

std::string
fate_name(const WorkerVerdict &verdict)
{
	switch (verdict.fate)
	{
		case WorkerFate::Restart: return "restart+" + std::to_string((verdict.at - kNow) / kSecond);
		case WorkerFate::Done: return "done";
		case WorkerFate::Stopped: return "stopped";
		case WorkerFate::Failed: return "failed";
		case WorkerFate::Unregister: break;
	}
	return "unregister";
}

/* "restart+SECONDS|done|...[ crash]: reason" */
std::string
judge(const WorkerExit &end, const WorkerPolicy &policy, const WorkerTerms &terms,
	  const CrashBrake &brake = kNoBrake)
{
	WorkerHistory history;

	history.note_start(kNow - kSecond);

	const WorkerVerdict verdict = JudgeEnd(end, policy, terms, brake, kNow, 0.5, history);

	return fate_name(verdict) + (verdict.server_crash ? " crash" : "") + ": " + verdict.reason;
}

const WorkerTerms kStatic = {.restart_seconds = 7};
const WorkerTerms kHourly = {.restart_seconds = 3600};
const WorkerTerms kOnce = {.restart_seconds = BGW_NEVER_RESTART};
const WorkerTerms kDynamic = {.restart_seconds = 7, .is_static = false};
const WorkerTerms kDynamicOnce = {.restart_seconds = BGW_NEVER_RESTART, .is_static = false};
const WorkerTerms kDetached = {.restart_seconds = 7, .shares_memory = false};
const WorkerTerms kDetachedOnce = {.restart_seconds = BGW_NEVER_RESTART, .shares_memory = false};

/* ---- Without a policy: PostgreSQL's rules ---- */

TEST(JudgeEnd, WithoutPolicy)
{
	struct Row
	{
		WorkerExit end;
		const WorkerTerms &terms;
		const char *expected;
	};
	WorkerExit unclean = exited(1), unclean0 = exited(0);

	unclean.left_cleanly = unclean0.left_cleanly = false;
	const Row rows[] = {
		{exited(0), kStatic, "unregister: exit code 0"},
		{exited(0), kOnce, "unregister: exit code 0"},
		{exited(0), kDynamic, "unregister: exit code 0"},
		{exited(0), kDetached, "unregister: exit code 0"},
		{exited(1), kStatic, "restart+7: exit code 1"},
		{exited(1), kDynamic, "restart+7: exit code 1"},
		{exited(1), kOnce, "unregister: exit code 1"},
		{exited(1), kDetached, "restart+7: exit code 1"},
		{exited(1), kDetachedOnce, "unregister: exit code 1"},
		/* A crash of shared memory: at once, or forgotten. */
		{exited(2), kStatic, "restart+0 crash: exit code 2"},
		{exited(2), kDynamic, "restart+0 crash: exit code 2"},
		{exited(255), kOnce, "unregister crash: exit code 255"},
		{killed(SIGSEGV), kStatic, "restart+0 crash: signal 11"},
		{killed(SIGKILL), kDynamicOnce, "unregister crash: signal 9"},
		{unclean, kStatic, "restart+0 crash: exit code 1 without leaving shared memory"},
		{unclean0, kStatic, "restart+0 crash: exit code 0 without leaving shared memory"},
		/* Of a worker without shared memory it is its own affair. */
		{exited(2), kDetached, "restart+7: exit code 2"},
		{killed(SIGSEGV), kDetached, "restart+7: signal 11"},
		{killed(SIGSEGV), kDetachedOnce, "unregister: signal 11"},
		/* A launch is never lost. */
		{{.how = WorkerExit::How::ForkFailed}, kStatic, "restart+7: fork failed"},
		{{.how = WorkerExit::How::ForkFailed}, kOnce, "restart+1: fork failed"},
		{{.how = WorkerExit::How::ForkFailed}, kHourly, "restart+10: fork failed"},
		/* Swept away by the crash of another. */
		{swept(exited(2)), kStatic, "restart+0: crash of another process"},
		{swept(killed(SIGKILL)), kDynamic, "restart+0: crash of another process"},
		{swept(exited(1)), kStatic, "restart+0: crash of another process"},
		{swept(exited(2)), kOnce, "unregister: crash of another process"},
		{swept(exited(0)), kStatic, "unregister: exit code 0"},
		{swept(killed(SIGSEGV)), kStatic, "restart+0: signal 11"},
	};

	for (const Row &row : rows)
		EXPECT_EQ(judge(row.end, {}, row.terms), row.expected);
}

TEST(JudgeEnd, RequestsComeFirst)
{
	WorkerTerms doomed = kStatic, stopped = kStatic;

	doomed.unregister = true;
	stopped.stop = true;
	EXPECT_EQ(judge(exited(1), {}, doomed), "unregister: exit code 1, terminated");
	EXPECT_EQ(judge(killed(SIGSEGV), {}, doomed), "unregister crash: signal 11, terminated");
	EXPECT_EQ(judge(exited(1), {.restart = RestartRule::Always}, stopped),
			  "stopped: exit code 1, stopped");
	EXPECT_EQ(judge(killed(SIGSEGV), {}, stopped), "stopped crash: signal 11, stopped");
	EXPECT_EQ(judge(swept(exited(2)), {}, stopped), "stopped: exit code 2, stopped");
	EXPECT_EQ(judge({.how = WorkerExit::How::ForkFailed}, {}, stopped),
			  "stopped: fork failed, stopped");
	EXPECT_EQ(judge(exited(0), {}, stopped), "stopped: exit code 0, stopped");

	WorkerTerms again = kOnce;

	again.again = true;
	EXPECT_EQ(judge(exited(0), {}, again), "restart+0: exit code 0, restarted");
	EXPECT_EQ(judge(exited(1), {.backoff = Backoff{kSecond, kSecond}}, again),
			  "restart+0: exit code 1, restarted");
	again.stop = true;
	EXPECT_EQ(judge(exited(1), {}, again), "stopped: exit code 1, stopped");
}

/* ---- restart ---- */

TEST(JudgeEnd, RestartPolicies)
{
	struct Row
	{
		RestartRule restart;
		WorkerExit end;
		const WorkerTerms &terms;
		const char *expected;
	};
	const Row rows[] = {
		{RestartRule::Always, exited(0), kStatic, "restart+7: exit code 0"},
		{RestartRule::Always, exited(1), kOnce, "restart+1: exit code 1"},
		{RestartRule::Always, killed(SIGSEGV), kOnce, "restart+1 crash: signal 11"},
		{RestartRule::Always, killed(SIGSEGV), kStatic, "restart+0 crash: signal 11"},
		{RestartRule::Always, swept(exited(2)), kOnce, "restart+0: crash of another process"},
		{RestartRule::OnFailure, exited(0), kStatic, "done: exit code 0"},
		{RestartRule::OnFailure, exited(0), kDynamic, "unregister: exit code 0"},
		{RestartRule::OnFailure, exited(1), kOnce, "restart+1: exit code 1"},
		{RestartRule::OnFailure, killed(SIGSEGV), kDetached, "restart+7: signal 11"},
		{RestartRule::Never, exited(0), kStatic, "done: exit code 0"},
		{RestartRule::Never, exited(1), kStatic, "failed: exit code 1, restart is never"},
		{RestartRule::Never, exited(1), kDynamic, "unregister: exit code 1, restart is never"},
		{RestartRule::Never, killed(SIGSEGV), kStatic, "failed crash: signal 11, restart is never"},
		{RestartRule::Never, swept(exited(2)), kStatic, "done: crash of another process"},
		{RestartRule::Never, swept(exited(2)), kDynamic, "unregister: crash of another process"},
		{RestartRule::AsRegistered, exited(0), kStatic, "unregister: exit code 0"},
		{RestartRule::AsRegistered, exited(1), kOnce, "unregister: exit code 1"},
	};

	for (const Row &row : rows)
		EXPECT_EQ(judge(row.end, {.restart = row.restart}, row.terms), row.expected);
}

TEST(JudgeEnd, ParallelWorkersAreNeverRestarted)
{
	WorkerTerms terms = kDynamicOnce;

	terms.is_parallel = true;
	EXPECT_EQ(judge(exited(1), {.restart = RestartRule::Always}, terms), "unregister: exit code 1");
}

/* ---- codes ---- */

TEST(JudgeEnd, CodesThatMeanSomething)
{
	const WorkerPolicy policy = {
		.restart = RestartRule::Always, .done = CodesOf({0, 3}), .failed = CodesOf({64, 1})};
	WorkerExit unclean = exited(3);

	unclean.left_cleanly = false;
	EXPECT_EQ(judge(exited(0), policy, kStatic), "done: exit code 0 means done");
	EXPECT_EQ(judge(exited(3), policy, kStatic), "done: exit code 3 means done");
	EXPECT_EQ(judge(exited(3), policy, kDynamic), "unregister: exit code 3 means done");
	EXPECT_EQ(judge(exited(64), policy, kStatic), "failed: exit code 64 means permanent failure");
	EXPECT_EQ(judge(exited(1), policy, kDynamic), "failed: exit code 1 means permanent failure");
	EXPECT_EQ(judge(exited(1), {.failed = CodesOf({1})}, kDynamicOnce),
			  "unregister: exit code 1 means permanent failure");
	EXPECT_EQ(judge(exited(4), policy, kStatic), "restart+0 crash: exit code 4");
	EXPECT_EQ(judge(unclean, policy, kStatic),
			  "restart+0 crash: exit code 3 without leaving shared memory");
	EXPECT_EQ(judge(killed(3), policy, kStatic), "restart+0 crash: signal 3");
}

/* ---- back-off ---- */

TEST(Backoff, DoublesUpToItsEnd)
{
	const Backoff backoff = {kSecond, 10 * kSecond};
	const int64 expected[] = {1, 2, 4, 8, 10, 10};

	for (int i = 0; i < 6; i++)
		EXPECT_EQ(BackoffDelay(backoff, 0, i + 1, 0.7), expected[i] * kSecond) << i;
	EXPECT_EQ(BackoffDelay(backoff, 0, 2000000000, 0), 10 * kSecond);
	EXPECT_EQ(BackoffDelay({0, 3 * kSecond}, 0, 1, 0), 0);
	EXPECT_EQ(BackoffDelay({0, 3 * kSecond}, 0, 2, 0), kSecond);
	EXPECT_EQ(BackoffDelay({1, int64{86400000} * kSecond}, 0, 1000, 0), int64{86400000} * kSecond);
}

TEST(Backoff, JitterStaysBetweenTheBounds)
{
	const Backoff backoff = {kSecond, 10 * kSecond};

	/* At the ends it goes one way only. */
	EXPECT_EQ(BackoffDelay(backoff, 10, 1, 0), kSecond);
	EXPECT_EQ(BackoffDelay(backoff, 10, 1, 1), kSecond * 11 / 10);
	EXPECT_EQ(BackoffDelay(backoff, 10, 2, 0), kSecond * 18 / 10);
	EXPECT_EQ(BackoffDelay(backoff, 10, 2, 0.5), 2 * kSecond);
	EXPECT_EQ(BackoffDelay(backoff, 10, 9, 0), 9 * kSecond);
	EXPECT_EQ(BackoffDelay(backoff, 10, 9, 1), 10 * kSecond);
	EXPECT_EQ(BackoffDelay({kSecond, kSecond}, 100, 3, 0.9), kSecond);
}

TEST(JudgeEnd, BackoffGrowsUntilARunIsHealthy)
{
	const WorkerPolicy policy = {.restart = RestartRule::Always,
								 .backoff = Backoff{kSecond, 60 * kSecond},
								 .jitter = 0,
								 .healthy = 10 * kSecond};
	WorkerHistory history;
	int64 now = kNow;
	auto run = [&](int64 length, int code)
	{
		history.note_start(now);
		now += length;
		WorkerVerdict verdict = JudgeEnd(exited(code), policy, kStatic, kNoBrake, now, 0, history);
		EXPECT_EQ(verdict.fate, WorkerFate::Restart);
		int64 delay = verdict.at - now;
		now = verdict.at;
		return delay / kSecond;
	};

	EXPECT_EQ(run(kSecond, 1), 1);
	EXPECT_EQ(run(kSecond, 1), 2);
	EXPECT_EQ(run(kSecond, 1), 4);
	EXPECT_EQ(history.failures, 3);
	/* Healthy for just too short a time, and just long enough. */
	EXPECT_EQ(run(10 * kSecond - 1, 1), 8);
	EXPECT_EQ(run(10 * kSecond, 1), 1);
	EXPECT_EQ(run(kSecond, 1), 2);
	/* Success ends the row as well. */
	EXPECT_EQ(run(kSecond, 0), 1);
	EXPECT_EQ(history.failures, 0);
	EXPECT_EQ(run(kSecond, 1), 1);
}

TEST(JudgeEnd, BackoffHoldsAfterACrashToo)
{
	const WorkerPolicy policy = {.backoff = Backoff{3 * kSecond, 60 * kSecond}, .jitter = 0};

	EXPECT_EQ(judge(killed(SIGSEGV), policy, kStatic), "restart+3 crash: signal 11");
	EXPECT_EQ(judge(killed(SIGSEGV), policy, kOnce), "unregister crash: signal 11");
	EXPECT_EQ(judge({.how = WorkerExit::How::ForkFailed}, policy, kStatic),
			  "restart+3: fork failed");
}

TEST(JudgeEnd, IntervalsAre64Bit)
{
	const WorkerTerms longest = {.restart_seconds = 86400000};

	EXPECT_EQ(judge(exited(1), {}, longest), "restart+86400000: exit code 1");
	EXPECT_EQ(judge(exited(1), {.backoff = Backoff{kSecond, int64{86400000} * kSecond}}, kStatic),
			  "restart+1: exit code 1");
}

/* ---- the limit and the brake ---- */

TEST(JudgeEnd, LimitOfStarts)
{
	const WorkerPolicy policy = {.restart = RestartRule::Always,
								 .backoff = Backoff{kSecond, kSecond},
								 .limit = StartLimit{3, 10 * kSecond}};
	WorkerHistory history;
	auto start_and_end = [&](int64 now)
	{
		history.note_start(now);
		return fate_name(JudgeEnd(exited(1), policy, kStatic, kNoBrake, now, 0, history))
			.substr(0, 7);
	};

	EXPECT_EQ(start_and_end(kNow), "restart");
	EXPECT_EQ(start_and_end(kNow + kSecond), "restart");
	EXPECT_EQ(start_and_end(kNow + 2 * kSecond), "failed");
	/* By hand. */
	history.clear();
	EXPECT_EQ(start_and_end(kNow + 3 * kSecond), "restart");
	EXPECT_EQ(start_and_end(kNow + 4 * kSecond), "restart");
	/* The fourth start would be at +13 s, when the first is more than ten seconds ago. */
	EXPECT_EQ(start_and_end(kNow + 12 * kSecond), "restart");
	EXPECT_EQ(start_and_end(kNow + 12 * kSecond + 500000), "failed");
}

TEST(JudgeEnd, LimitDoesNotCountRunsThatOthersEnded)
{
	const WorkerPolicy policy = {.backoff = Backoff{0, 0}, .limit = StartLimit{3, 60 * kSecond}};
	WorkerHistory history;

	for (int i = 0; i < 20; i++)
	{
		history.note_start(kNow);
		EXPECT_EQ(JudgeEnd(swept(exited(2)), policy, kStatic, kBrake, kNow, 0, history).fate,
				  WorkerFate::Restart);
	}
	for (const WorkerFate expected : {WorkerFate::Restart, WorkerFate::Restart, WorkerFate::Failed})
	{
		history.note_start(kNow);
		EXPECT_EQ(JudgeEnd(exited(1), policy, kStatic, kBrake, kNow, 0, history).fate, expected);
	}
}

TEST(JudgeEnd, LimitSaysHowManyStarts)
{
	const WorkerPolicy policy = {.limit = StartLimit{1, 90 * kSecond}};

	EXPECT_EQ(judge(exited(1), policy, kStatic), "failed: exit code 1, 1 starts in 90 s");
	EXPECT_EQ(judge(exited(1), {.limit = StartLimit{0, 0}}, kStatic), "restart+7: exit code 1");
	EXPECT_EQ(judge(swept(exited(2)), policy, kStatic), "restart+0: crash of another process");
}

/* Fates of crash after crash, one each `apart`. */
std::string
crash_on(const CrashBrake &brake, const WorkerExit &end, const WorkerTerms &terms, int64 apart,
		 int times, WorkerHistory *history, const WorkerPolicy &policy = {})
{
	std::string fates;

	for (int i = 0; i < times; i++)
	{
		const int64 now = kNow + i * apart;

		history->note_start(now);
		switch (JudgeEnd(end, policy, terms, brake, now, 0, *history).fate)
		{
			case WorkerFate::Restart: fates += 'r'; break;
			case WorkerFate::Failed: fates += 'F'; break;
			default: fates += '?';
		}
	}
	return fates;
}

TEST(JudgeEnd, TheBrakeHoldsForCrashes)
{
	const WorkerExit segv = killed(SIGSEGV);
	WorkerHistory history;

	EXPECT_EQ(crash_on(kBrake, segv, kStatic, kSecond, 7, &history), "rrrrrFF");
	history.clear();
	EXPECT_EQ(crash_on(kBrake, exited(2), kDynamic, kSecond, 6, &history), "rrrrrF");
	history.clear();
	EXPECT_EQ(crash_on(kBrake, segv, kDetached, kSecond, 6, &history), "rrrrrF");
	history.clear();
	EXPECT_EQ(crash_on(kBrake, segv, kOnce, kSecond, 6, &history, {.restart = RestartRule::Always}),
			  "rrrrrF");
	/* Slow enough for the window: six in 60 s are one too many, six in 65 s are not. */
	history.clear();
	EXPECT_EQ(crash_on(kBrake, segv, kStatic, 12 * kSecond, 20, &history), std::string(20, 'r'));
	history.clear();
	EXPECT_EQ(crash_on(kBrake, segv, kStatic, 12 * kSecond - 1, 6, &history), "rrrrrF");
	/* Off, as PostgreSQL. */
	history.clear();
	EXPECT_EQ(crash_on(kNoBrake, segv, kStatic, 1, 200, &history), std::string(200, 'r'));
	/* The highest limit can be exceeded. */
	history.clear();
	EXPECT_EQ(crash_on({BGW_MAX_START_LIMIT, 60 * kSecond}, segv, kStatic, 1,
					   BGW_MAX_START_LIMIT + 1, &history),
			  std::string(BGW_MAX_START_LIMIT, 'r').append("F"));
}

TEST(JudgeEnd, TheBrakeCountsItsOwnCrashesOnly)
{
	WorkerHistory history;

	EXPECT_EQ(crash_on(kBrake, exited(1), kStatic, 1, 50, &history), std::string(50, 'r'));
	EXPECT_EQ(crash_on(kBrake, swept(exited(2)), kStatic, 1, 50, &history), std::string(50, 'r'));
	EXPECT_EQ(crash_on(kBrake, swept(killed(SIGKILL)), kStatic, 1, 50, &history),
			  std::string(50, 'r'));
	/* Two that crash at the same time are both to blame. */
	EXPECT_EQ(crash_on(kBrake, swept(killed(SIGSEGV)), kStatic, 1, 6, &history), "rrrrrF");
}

TEST(JudgeEnd, TheBrakeSaysWhy)
{
	WorkerHistory history;

	crash_on(kBrake, killed(SIGSEGV), kStatic, kSecond, 5, &history);
	EXPECT_STREQ(
		JudgeEnd(killed(SIGSEGV), {}, kStatic, kBrake, kNow + 5 * kSecond, 0, history).reason,
		"signal 11, 6 crashes in 60 s");
}

TEST(RecentTimes, CountsAndForgets)
{
	RecentTimes times;

	times.forget_last();
	EXPECT_EQ(times.count_after(-1), 0);
	for (int i = 1; i <= 200; i++)
		times.add(i);
	EXPECT_EQ(times.count_after(190), 10);
	EXPECT_EQ(times.count_after(200), 0);
	EXPECT_EQ(times.count_after(0), static_cast<int>(RecentTimes::kKept));
	times.forget_last();
	EXPECT_EQ(times.count_after(190), 9);
	EXPECT_EQ(times.count_after(198), 1);
}

/* ---- policies over policies, and from C ---- */

TEST(WorkerPolicy, LaidOverAnother)
{
	const WorkerPolicy module = {.restart = RestartRule::Always,
								 .jitter = 5,
								 .limit = StartLimit{3, kSecond},
								 .settings = {{"a", "1"}}};
	const WorkerPolicy file = {.restart = RestartRule::Never,
							   .limit = StartLimit{0, 0},
							   .order = 2,
							   .settings = {{"a", "2"}}};
	const WorkerPolicy both = {.restart = RestartRule::Never,
							   .jitter = 5,
							   .limit = StartLimit{0, 0},
							   .order = 2,
							   .settings = {{"a", "1"}, {"a", "2"}}};

	EXPECT_EQ(OverlayPolicy(module, file), both);
	EXPECT_EQ(OverlayPolicy(module, {}), module);
	EXPECT_EQ(OverlayPolicy({}, file), file);
}

TEST(WorkerPolicy, InWords)
{
	EXPECT_EQ(DescribePolicy({}), "");
	EXPECT_EQ(DescribePolicy({.restart = RestartRule::OnFailure,
							  .done = CodesOf({0, 3, 4, 5, 255}),
							  .failed = ExitCodes(),
							  .backoff = Backoff{1500000, 300 * kSecond},
							  .jitter = 0,
							  .healthy = 3600 * kSecond,
							  .limit = StartLimit{5, 60 * kSecond},
							  .order = 1,
							  .priority = -2,
							  .quota = 3}),
			  "restart=on_failure done=0,3-5,255 failed=none backoff=1500ms..5min jitter=0% "
			  "healthy=1h limit=5/1min order=1 priority=-2 quota=3");
	EXPECT_EQ(DescribePolicy({.backoff = Backoff{0, 0}, .limit = StartLimit{0, 0}}),
			  "backoff=0 limit=none");
}

TEST(WorkerPolicy, OfZerosSaysNothing)
{
	BackgroundWorkerPolicy given = {};
	WorkerPolicy policy = {.order = 4};

	EXPECT_EQ(ReadPolicy(given, &policy), "");
	EXPECT_EQ(policy, WorkerPolicy{});
}

TEST(WorkerPolicy, FromC)
{
	BackgroundWorkerPolicy given = {};
	WorkerPolicy policy;

	given.bgwp_restart = BGW_RESTART_ON_FAILURE;
	given.bgwp_done[3] = true;
	given.bgwp_failed[255] = true;
	given.bgwp_backoff_min = 500;
	given.bgwp_backoff_max = 60000;
	given.bgwp_jitter = -1;
	given.bgwp_healthy = 1000;
	given.bgwp_limit_starts = 5;
	given.bgwp_limit_window = 60000;
	given.bgwp_order = 1;
	given.bgwp_priority = -2;
	strcpy(given.bgwp_settings, "work_mem=64MB application_name=\"a b\"");
	EXPECT_EQ(ReadPolicy(given, &policy), "");

	const WorkerPolicy expected = {.restart = RestartRule::OnFailure,
								   .done = CodesOf({3}),
								   .failed = CodesOf({255}),
								   .backoff = Backoff{500000, 60 * kSecond},
								   .jitter = 0,
								   .healthy = kSecond,
								   .limit = StartLimit{5, 60 * kSecond},
								   .order = 1,
								   .priority = -2,
								   .settings = {{"work_mem", "64MB"}, {"application_name", "a b"}}};

	EXPECT_EQ(policy, expected);
}

TEST(WorkerPolicy, FromCWithBadValues)
{
	const std::pair<void (*)(BackgroundWorkerPolicy &), const char *> rows[] = {
		{[](auto &p) { p.bgwp_restart = static_cast<BackgroundWorkerRestart>(4); },
		 "invalid restart policy"},
		{[](auto &p) { p.bgwp_done[1] = p.bgwp_failed[1] = true; },
		 "an exit code cannot mean both done and failed"},
		{[](auto &p)
		 {
			 p.bgwp_backoff_min = 2;
			 p.bgwp_backoff_max = 1;
		 },
		 "invalid back-off"},
		{[](auto &p) { p.bgwp_backoff_min = -1; }, "invalid back-off"},
		{[](auto &p) { p.bgwp_backoff_max = PG_INT64_MAX; }, "invalid back-off"},
		{[](auto &p) { p.bgwp_jitter = 101; }, "invalid jitter"},
		{[](auto &p) { p.bgwp_healthy = -1; }, "invalid time of a healthy run"},
		{[](auto &p) { p.bgwp_limit_starts = 5; }, "invalid limit of starts"},
		{[](auto &p)
		 {
			 p.bgwp_limit_starts = BGW_MAX_START_LIMIT + 1;
			 p.bgwp_limit_window = 1;
		 },
		 "invalid limit of starts"},
		{[](auto &p) { p.bgwp_order = -1; }, "invalid order"},
		{[](auto &p) { p.bgwp_priority = 1001; }, "invalid priority"},
		{[](auto &p) { memset(p.bgwp_settings, 'a', sizeof(p.bgwp_settings)); },
		 "settings are not one line"},
		{[](auto &p) { strcpy(p.bgwp_settings, "a=1\nb=2"); }, "settings are not one line"},
		{[](auto &p) { strcpy(p.bgwp_settings, "work_mem"); },
		 "setting not in name=value format: work_mem"},
		{[](auto &p) { strcpy(p.bgwp_settings, "a=\"b"); },
		 "settings: end-of-line inside a quoted word"},
	};

	for (const auto &[spoil, expected] : rows)
	{
		BackgroundWorkerPolicy given = {};
		WorkerPolicy policy;

		spoil(given);
		EXPECT_EQ(ReadPolicy(given, &policy), expected);
	}
}

} /* namespace */
} /* namespace pg */
