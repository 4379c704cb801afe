/*
 * postmaster/worker_policy.h
 *		What becomes of a worker that ended: its policy, its history, and the one function that decides.
 *
 * Pure: no process, no clock, no chance but the arguments.  The postmaster asks at each end and does what it is told.
 *
 * A policy is laid over another: what pg_bgworker.conf says over what was set at registration; an option that neither
 * gives is as registered.  Without any option the rules are PostgreSQL's (DESIGN section 2), the brake excepted:
 *
 *	 end					as_registered			always			on_failure		never
 *	 exit 0					unregistered			restart			finished		finished
 *	 exit 1					restart, or				restart			restart			gives up
 *	 						unregistered (NEVER)
 *	 crash					the same, at once if	restart			restart			gives up
 *	 						it took the server along
 *	 a code of `done`		finished, whatever restart says
 *	 a code of `failed`		failed, whatever restart says
 *	 fork failed			tried again after one to ten seconds: not the worker's fault, nothing is counted
 *	 swept away by another	restart at once, or unregistered (NEVER), or finished (never); nothing is counted
 *
 * "finished" is a static worker that is Done: listed, and to be started by hand.  A dynamic one is unregistered: whoever
 * wants it registers it again.  "gives up" is the same with Failed.  A crash is a death by a signal, an exit code
 * other than 0 and 1, or leaving without proc_exit; a code that `done` or `failed` names is none.  Before a restart the
 * brake (too many crashes) and the limit (too many starts) are looked at; either makes the worker Failed.
 */
#pragma once

#include <array>
#include <bitset>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "postmaster/bgworker_policy.h"

namespace pg
{

/* ---- Policy ---- */

enum class RestartRule : uint8_t
{
	AsRegistered,
	Always,
	OnFailure,
	Never
};
const char *RestartRuleName(RestartRule rule); /* "on_failure" */

using ExitCodes = std::bitset<BGW_EXIT_CODES>;

/* All times in microseconds, 64 bits. */
struct Backoff
{
	int64 min, max;

	bool operator==(const Backoff &) const = default;
};

struct StartLimit
{
	int starts; /* 0: no limit */
	int64 window;

	bool operator==(const StartLimit &) const = default;
};

inline constexpr int kMaxOrder = 1000000;
inline constexpr int kMaxPriority = 1000; /* and -1000 */
inline constexpr int kDefaultJitter = 10; /* percent */
inline constexpr int64 kDefaultHealthy = 60000000;
/* For workers that are registered never to restart and have a policy that says otherwise. */
inline constexpr Backoff kDefaultBackoff = {1000000, 60000000};

struct WorkerPolicy
{
	std::optional<RestartRule> restart = {};
	std::optional<ExitCodes> done = {}, failed = {};
	std::optional<Backoff> backoff = {};
	std::optional<int> jitter = {};	   /* percent */
	std::optional<int64> healthy = {}; /* a run of that length ends the row of failures */
	std::optional<StartLimit> limit = {};
	std::optional<int> order = {};	  /* from 1 */
	std::optional<int> priority = {}; /* more is sooner */
	std::optional<int> quota = {};
	std::vector<std::pair<std::string, std::string>> settings = {}; /* name, value */

	bool operator==(const WorkerPolicy &) const = default;
};

/* `over` where it says something, else `base`; settings of both, those of `over` last. */
WorkerPolicy OverlayPolicy(const WorkerPolicy &base, const WorkerPolicy &over);

/* In the words of pg_bgworker.conf, "restart=always backoff=1s..1min"; settings are left out. */
std::string DescribePolicy(const WorkerPolicy &policy);

/* What a module gave. Returns what is wrong with it, or an empty text. Believes no terminator. */
std::string ReadPolicy(const BackgroundWorkerPolicy &given, WorkerPolicy *out);

/* ---- History ---- */

/* The last times that something happened, oldest lost first. */
class RecentTimes
{
public:
	/* One more than any limit, so that exceeding it can be seen. */
	static constexpr uint64 kKept = BGW_MAX_START_LIMIT + 1;

	void add(int64 time) { times_[count_++ % times_.size()] = time; }
	/* Takes back the last add. */
	void forget_last() { count_ -= count_ > 0 ? 1 : 0; }
	/* How many later than `from`, at most kKept. */
	int count_after(int64 from) const;
	void clear() { count_ = 0; }

private:
	std::array<int64, kKept + 1> times_ = {};
	uint64 count_ = 0;
};

struct WorkerHistory
{
	RecentTimes starts, crashes;
	int failures = 0;	  /* in a row */
	int64 started_at = 0; /* of the last start */

	void note_start(int64 now)
	{
		starts.add(now);
		started_at = now;
	}
	/* Somebody starts it by hand: what was counts no more. */
	void clear() { *this = {}; }
};

/* ---- Decision ---- */

struct WorkerExit
{
	enum class How : uint8_t
	{
		Exited,
		Signaled,
		ForkFailed
	};

	How how;
	int number = 0;			  /* exit code, signal or errno */
	bool left_cleanly = true; /* it left shared memory, or never was in it */
	bool swept =
		false; /* during a crash of the server or an immediate stop: we send SIGQUIT and SIGKILL */
};

/* What the registration says, and what was asked for since. */
struct WorkerTerms
{
	int restart_seconds = 0; /* or BGW_NEVER_RESTART */
	bool is_static = true;
	bool shares_memory = true;
	bool is_parallel = false; /* must not be restarted, whatever a policy says */
	bool unregister = false;  /* TerminateBackgroundWorker */
	bool stop = false;		  /* pg_bgworker_stop */
	bool again = false;		  /* pg_bgworker_restart */
};

struct CrashBrake
{
	int limit; /* crashes; 0: never brake */
	int64 window;
};

enum class WorkerFate : uint8_t
{
	Restart, /* at `at` */
	Done,	 /* stays registered; not started until by hand */
	Stopped, /* the same, on purpose */
	Failed,	 /* the same, for the reason given */
	Unregister
};

struct WorkerVerdict
{
	WorkerFate fate;
	bool server_crash = false; /* shared memory is in doubt: everybody has to go */
	int64 at = 0;			   /* Restart: monotonic microseconds */
	char reason[128] = "";	   /* in words: "exit code 1, 3 failures in a row" */
};

/*
 * Decides, and brings the history up to date.  `now` is when it ended, random from [0, 1).
 */
WorkerVerdict JudgeEnd(const WorkerExit &end, const WorkerPolicy &policy, const WorkerTerms &terms,
					   const CrashBrake &brake, int64 now, double random, WorkerHistory &history);

/* Time from the last of so many failures in a row (1 or more) to the next start. Pure. */
int64 BackoffDelay(const Backoff &backoff, int jitter, int failures, double random);

} /* namespace pg */
