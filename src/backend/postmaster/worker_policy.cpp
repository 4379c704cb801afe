/*
 * postmaster/worker_policy.cpp
 *		Policies of workers, and the decision what follows from an end (worker_policy.h).
 *
 * Pure; the postmaster, and whoever registers a worker with a policy.  Raises and logs nothing.
 */
#include "postmaster/worker_policy.h"

#include <algorithm>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstring>

#include "common/rule_file.h"
#include "postmaster/time_units.h"

namespace pg
{

namespace
{

/* Nothing is known to be wrong with a worker that could not be forked. */
constexpr int64 kLongestRetry = 10 * kSecond;
/* Nothing that is compared with the clock may overflow it. */
constexpr int64 kLongest = int64{86400000} * kSecond;

/* What an end means, before any policy of restarting is asked. */
enum class Meaning
{
	Success,
	Failure,
	Crash,
	SaysDone,
	SaysFailed
};

bool
has_code(const std::optional<ExitCodes> &codes, int code)
{
	return codes && code >= 0 && code < BGW_EXIT_CODES && codes->test(code);
}

Meaning
read_end(const WorkerExit &end, const WorkerPolicy &policy)
{
	if (end.how != WorkerExit::How::Exited || !end.left_cleanly)
		return Meaning::Crash;
	if (has_code(policy.done, end.number))
		return Meaning::SaysDone;
	if (has_code(policy.failed, end.number))
		return Meaning::SaysFailed;
	switch (end.number)
	{
		case 0: return Meaning::Success;
		case 1: return Meaning::Failure;
		default: return Meaning::Crash;
	}
}

/* While everybody is swept away, only what we never send, and an end in order, tells of the worker itself. */
bool
is_own_end(const WorkerExit &end)
{
	if (!end.swept)
		return true;
	if (end.how == WorkerExit::How::Signaled)
		return end.number != SIGQUIT && end.number != SIGKILL && end.number != SIGTERM;
	return end.number == 0 && end.left_cleanly;
}

/* One decision in the making. */
class Judge
{
public:
	Judge(const WorkerExit &end, const WorkerPolicy &policy, const WorkerTerms &terms,
		  const CrashBrake &brake, int64 now, double random, WorkerHistory &history)
		: end_(end), policy_(policy), terms_(terms), brake_(brake), now_(now), random_(random),
		  history_(history), restart_(restart_rule())
	{
	}

	WorkerVerdict judge();

private:
	RestartRule restart_rule() const;
	bool is_never_registered() const { return terms_.restart_seconds == BGW_NEVER_RESTART; }
	/* Nothing says that it shall come again after a failure. */
	bool ends_for_good() const;
	int64 delay(Meaning meaning) const;
	void count(Meaning meaning);

	WorkerVerdict try_again();
	WorkerVerdict swept_away();
	WorkerVerdict by_rule(Meaning meaning);
	WorkerVerdict start_again(Meaning meaning);
	WorkerVerdict leave(WorkerFate fate, const char *format, ...)
		__attribute__((format(printf, 3, 4)));
	WorkerVerdict verdict(WorkerFate fate, const char *format, ...)
		__attribute__((format(printf, 3, 4)));
	WorkerVerdict make(WorkerFate fate, const char *format, va_list arguments) const;

	const WorkerExit &end_;
	const WorkerPolicy &policy_;
	const WorkerTerms &terms_;
	const CrashBrake &brake_;
	int64 now_;
	double random_;
	WorkerHistory &history_;
	RestartRule restart_;
};

RestartRule
Judge::restart_rule() const
{
	return terms_.is_parallel ? RestartRule::AsRegistered
							  : policy_.restart.value_or(RestartRule::AsRegistered);
}

bool
Judge::ends_for_good() const
{
	return restart_ == RestartRule::Never ||
		   (restart_ == RestartRule::AsRegistered && is_never_registered());
}

/* The reason begins with how it ended. */
WorkerVerdict
Judge::make(WorkerFate fate, const char *format, va_list arguments) const
{
	WorkerVerdict verdict{.fate = fate};
	int used = 0;

	switch (end_.how)
	{
		case WorkerExit::How::Exited:
			used = snprintf(verdict.reason, sizeof(verdict.reason), "exit code %d%s", end_.number,
							end_.left_cleanly ? "" : " without leaving shared memory");
			break;
		case WorkerExit::How::Signaled:
			used = snprintf(verdict.reason, sizeof(verdict.reason), "signal %d", end_.number);
			break;
		case WorkerExit::How::ForkFailed:
			used = snprintf(verdict.reason, sizeof(verdict.reason), "fork failed");
			break;
	}
	vsnprintf(verdict.reason + used, sizeof(verdict.reason) - static_cast<size_t>(used), format,
			  arguments);
	return verdict;
}

WorkerVerdict
Judge::verdict(WorkerFate fate, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	WorkerVerdict made = make(fate, format, arguments);
	va_end(arguments);
	return made;
}

/* It does not come again: a dynamic worker is unregistered, a static one stays to be seen. */
WorkerVerdict
Judge::leave(WorkerFate fate, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	WorkerVerdict made = make(terms_.is_static ? fate : WorkerFate::Unregister, format, arguments);
	va_end(arguments);
	return made;
}

/* The fork failed. */
WorkerVerdict
Judge::try_again()
{
	WorkerVerdict made = verdict(WorkerFate::Restart, "%s", "");
	const int64 wait = policy_.backoff ? policy_.backoff->min : terms_.restart_seconds * kSecond;

	made.at = now_ + std::clamp(wait, kSecond, kLongestRetry);
	return made;
}

/* Not its fault: what counts against it stays as if this run had not been. */
WorkerVerdict
Judge::swept_away()
{
	WorkerVerdict made = verdict(WorkerFate::Restart, "%s", "");

	history_.starts.forget_last();
	made.at = now_;
	snprintf(made.reason, sizeof(made.reason), "crash of another process");
	if (restart_ == RestartRule::Never)
		made.fate = terms_.is_static ? WorkerFate::Done : WorkerFate::Unregister;
	else if (ends_for_good())
		made.fate = WorkerFate::Unregister;
	return made;
}

void
Judge::count(Meaning meaning)
{
	if (meaning == Meaning::Crash)
		history_.crashes.add(now_);
	if (now_ - history_.started_at >= policy_.healthy.value_or(kDefaultHealthy))
		history_.failures = 0;
	history_.failures = meaning == Meaning::Success || meaning == Meaning::SaysDone
							? 0
							: std::min(history_.failures, PG_INT32_MAX - 1) + 1;
}

int64
Judge::delay(Meaning meaning) const
{
	const int jitter = policy_.jitter.value_or(kDefaultJitter);
	const int failures = std::max(history_.failures, 1);

	if (policy_.backoff)
		return BackoffDelay(*policy_.backoff, jitter, failures, random_);
	if (is_never_registered())
		return BackoffDelay(kDefaultBackoff, jitter, failures, random_);
	/* It took the server along, which starts all of its workers at once. */
	if (meaning == Meaning::Crash && terms_.shares_memory)
		return 0;
	return terms_.restart_seconds * kSecond;
}

WorkerVerdict
Judge::start_again(Meaning meaning)
{
	if (meaning == Meaning::Crash && brake_.limit > 0)
	{
		const int crashes = history_.crashes.count_after(now_ - brake_.window);

		if (crashes > brake_.limit)
			return verdict(WorkerFate::Failed, ", %d crashes in %g s", crashes,
						   static_cast<double>(brake_.window) / kSecond);
	}

	const int64 at = now_ + delay(meaning);

	if (policy_.limit && policy_.limit->starts > 0)
	{
		const int starts = history_.starts.count_after(at - policy_.limit->window);

		if (starts >= policy_.limit->starts)
			return verdict(WorkerFate::Failed, ", %d starts in %g s", starts,
						   static_cast<double>(policy_.limit->window) / kSecond);
	}

	WorkerVerdict made =
		history_.failures > 1
			? verdict(WorkerFate::Restart, ", %d failures in a row", history_.failures)
			: verdict(WorkerFate::Restart, "%s", "");

	made.at = at;
	return made;
}

WorkerVerdict
Judge::by_rule(Meaning meaning)
{
	switch (meaning)
	{
		case Meaning::SaysDone: return leave(WorkerFate::Done, " means done");
		case Meaning::SaysFailed:
			/* A dynamic worker that would not have come again anyway must not keep its slot. */
			if (ends_for_good())
				return leave(WorkerFate::Failed, " means permanent failure");
			return verdict(WorkerFate::Failed, " means permanent failure");
		case Meaning::Success:
			if (restart_ == RestartRule::AsRegistered)
				return verdict(WorkerFate::Unregister, "%s", "");
			if (restart_ != RestartRule::Always)
				return leave(WorkerFate::Done, "%s", "");
			break;
		case Meaning::Failure:
		case Meaning::Crash:
			if (restart_ == RestartRule::AsRegistered && is_never_registered())
				return verdict(WorkerFate::Unregister, "%s", "");
			if (restart_ == RestartRule::Never)
				return leave(WorkerFate::Failed, ", restart is never");
			break;
	}
	return start_again(meaning);
}

WorkerVerdict
Judge::judge()
{
	const bool forked = end_.how != WorkerExit::How::ForkFailed;
	const Meaning meaning = read_end(end_, policy_);
	const bool own = is_own_end(end_);
	WorkerVerdict made{};

	if (forked && own)
		count(meaning);
	if (terms_.unregister)
		made = verdict(WorkerFate::Unregister, ", terminated");
	else if (terms_.stop)
		made = verdict(WorkerFate::Stopped, ", stopped");
	else if (!forked)
		made = try_again();
	else if (terms_.again)
	{
		made = verdict(WorkerFate::Restart, ", restarted");
		made.at = now_;
	}
	else
		made = own ? by_rule(meaning) : swept_away();
	made.server_crash = forked && meaning == Meaning::Crash && terms_.shares_memory && !end_.swept;
	return made;
}

bool
time_from_ms(int64 given, int64 *out)
{
	if (given < 0 || given > kLongest / kMillisecond)
		return false;
	*out = given * kMillisecond;
	return true;
}

ExitCodes
codes_of(const bool (&given)[BGW_EXIT_CODES])
{
	ExitCodes codes;

	for (int code = 0; code < BGW_EXIT_CODES; code++)
		codes.set(static_cast<size_t>(code), given[code]);
	return codes;
}

std::string
read_settings(const char (&given)[BGW_POLICY_SETTINGSLEN], WorkerPolicy *out)
{
	const std::string_view text(given, strnlen(given, sizeof(given)));
	const std::vector<RuleLine> lines = LexRules(text);

	if (text.size() == sizeof(given) || lines.size() > 1)
		return "settings are not one line";
	if (lines.empty())
		return {};
	if (!lines[0].error.empty())
		return "settings: " + lines[0].error;
	for (const RuleField &field : lines[0].fields)
	{
		const std::string &word = field[0].text;
		const size_t equals = word.find('=');

		if (equals == std::string::npos || equals == 0 || field.size() != 1)
			return "setting not in name=value format: " + word;
		out->settings.emplace_back(word.substr(0, equals), word.substr(equals + 1));
	}
	return {};
}

std::string
read_times(const BackgroundWorkerPolicy &given, WorkerPolicy *out)
{
	Backoff backoff{};
	StartLimit limit{};
	int64 healthy = 0;

	if (!time_from_ms(given.bgwp_backoff_min, &backoff.min) ||
		!time_from_ms(given.bgwp_backoff_max, &backoff.max) || backoff.min > backoff.max)
		return "invalid back-off";
	if (backoff.max > 0)
		out->backoff = backoff;
	if (given.bgwp_jitter < -1 || given.bgwp_jitter > 100)
		return "invalid jitter";
	if (given.bgwp_jitter != 0)
		out->jitter = std::max(given.bgwp_jitter, 0);
	if (!time_from_ms(given.bgwp_healthy, &healthy))
		return "invalid time of a healthy run";
	if (healthy > 0)
		out->healthy = healthy;

	limit.starts = given.bgwp_limit_starts;
	if (limit.starts < 0 || limit.starts > BGW_MAX_START_LIMIT ||
		!time_from_ms(given.bgwp_limit_window, &limit.window) ||
		(limit.starts > 0 && limit.window == 0))
		return "invalid limit of starts";
	if (limit.starts > 0)
		out->limit = limit;
	return {};
}

template <typename T>
void
take(std::optional<T> &into, const std::optional<T> &from)
{
	if (from)
		into = from;
}

} /* namespace */

const char *
RestartRuleName(RestartRule rule)
{
	switch (rule)
	{
		case RestartRule::AsRegistered: return "as_registered";
		case RestartRule::Always: return "always";
		case RestartRule::OnFailure: return "on_failure";
		case RestartRule::Never: break;
	}
	return "never";
}

WorkerPolicy
OverlayPolicy(const WorkerPolicy &base, const WorkerPolicy &over)
{
	WorkerPolicy policy = base;

	take(policy.restart, over.restart);
	take(policy.done, over.done);
	take(policy.failed, over.failed);
	take(policy.backoff, over.backoff);
	take(policy.jitter, over.jitter);
	take(policy.healthy, over.healthy);
	take(policy.limit, over.limit);
	take(policy.order, over.order);
	take(policy.priority, over.priority);
	take(policy.quota, over.quota);
	policy.settings.insert(policy.settings.end(), over.settings.begin(), over.settings.end());
	return policy;
}

/* "1min", "1.5s" */
static std::string
time_text(int64 time)
{
	constexpr std::pair<int64, const char *> kUnits[] = {
		{86400 * kSecond, "d"}, {3600 * kSecond, "h"}, {60 * kSecond, "min"},
		{kSecond, "s"},			{kMillisecond, "ms"},  {1, "us"}};

	for (const auto &[size, unit] : kUnits)
		if (time >= size && time % size == 0)
			return std::to_string(time / size) + unit;
	return "0";
}

/* "0,3,64-78" */
static std::string
codes_text(const ExitCodes &codes)
{
	std::string text;

	for (size_t code = 0; code < codes.size(); code++)
	{
		size_t last = code;

		if (!codes.test(code))
			continue;
		while (last + 1 < codes.size() && codes.test(last + 1))
			last++;
		text += (text.empty() ? "" : ",") + std::to_string(code);
		if (last > code)
			text += "-" + std::to_string(last);
		code = last;
	}
	return text.empty() ? "none" : text;
}

std::string
DescribePolicy(const WorkerPolicy &policy)
{
	std::string text;
	auto add = [&](const char *name, const std::string &value)
	{ text += (text.empty() ? "" : " ") + std::string(name) + "=" + value; };

	if (policy.restart)
		add("restart", RestartRuleName(*policy.restart));
	if (policy.done)
		add("done", codes_text(*policy.done));
	if (policy.failed)
		add("failed", codes_text(*policy.failed));
	if (policy.backoff)
		add("backoff",
			policy.backoff->min == policy.backoff->max
				? time_text(policy.backoff->min)
				: time_text(policy.backoff->min) + ".." + time_text(policy.backoff->max));
	if (policy.jitter)
		add("jitter", std::to_string(*policy.jitter) + "%");
	if (policy.healthy)
		add("healthy", time_text(*policy.healthy));
	if (policy.limit)
		add("limit", policy.limit->starts == 0 ? "none"
											   : std::to_string(policy.limit->starts) + "/" +
													 time_text(policy.limit->window));
	if (policy.order)
		add("order", std::to_string(*policy.order));
	if (policy.priority)
		add("priority", std::to_string(*policy.priority));
	if (policy.quota)
		add("quota", std::to_string(*policy.quota));
	return text;
}

std::string
ReadPolicy(const BackgroundWorkerPolicy &given, WorkerPolicy *out)
{
	const ExitCodes done = codes_of(given.bgwp_done), failed = codes_of(given.bgwp_failed);

	/* C may have put any number there. */
	int restart;

	static_assert(sizeof(restart) == sizeof(given.bgwp_restart));
	memcpy(&restart, &given.bgwp_restart, sizeof(restart));
	*out = {};
	switch (restart)
	{
		case BGW_RESTART_AS_REGISTERED: break;
		case BGW_RESTART_ALWAYS: out->restart = RestartRule::Always; break;
		case BGW_RESTART_ON_FAILURE: out->restart = RestartRule::OnFailure; break;
		case BGW_RESTART_NEVER: out->restart = RestartRule::Never; break;
		default: return "invalid restart policy";
	}
	if ((done & failed).any())
		return "an exit code cannot mean both done and failed";
	if (done.any())
		out->done = done;
	if (failed.any())
		out->failed = failed;
	if (std::string wrong = read_times(given, out); !wrong.empty())
		return wrong;
	if (given.bgwp_order < 0 || given.bgwp_order > kMaxOrder)
		return "invalid order";
	if (given.bgwp_order > 0)
		out->order = given.bgwp_order;
	if (given.bgwp_priority < -kMaxPriority || given.bgwp_priority > kMaxPriority)
		return "invalid priority";
	if (given.bgwp_priority != 0)
		out->priority = given.bgwp_priority;
	return read_settings(given.bgwp_settings, out);
}

int
RecentTimes::count_after(int64 from) const
{
	int found = 0;

	for (uint64 i = count_ > kKept ? count_ - kKept : 0; i < count_; i++)
		found += times_[i % times_.size()] > from ? 1 : 0;
	return found;
}

int64
BackoffDelay(const Backoff &backoff, int jitter, int failures, double random)
{
	int64 delay = backoff.min;

	for (int i = 1; i < failures && delay < backoff.max; i++)
		delay = std::min(delay == 0 ? kSecond : delay * 2, backoff.max);

	/* Around the delay, but within the bounds that were asked for. */
	const double spread = static_cast<double>(delay) * jitter / 100;
	const int64 low = std::max(backoff.min, delay - static_cast<int64>(spread));
	const int64 high = std::min(backoff.max, delay + static_cast<int64>(spread));

	return low + static_cast<int64>(static_cast<double>(high - low) * random);
}

WorkerVerdict
JudgeEnd(const WorkerExit &end, const WorkerPolicy &policy, const WorkerTerms &terms,
		 const CrashBrake &brake, int64 now, double random, WorkerHistory &history)
{
	return Judge(end, policy, terms, brake, now, random, history).judge();
}

} /* namespace pg */
