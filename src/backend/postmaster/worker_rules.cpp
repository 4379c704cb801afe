/*
 * postmaster/worker_rules.cpp
 *		Reads the text of pg_bgworker.conf into rules, and finds the rule of a worker (worker_rules.h).
 *
 * Pure: no file, no log, no memory shared.  Any process.
 */
#include "postmaster/worker_rules.h"

#include <charconv>
#include <cmath>

#include "postmaster/time_units.h"
#include "utils/guc.h"

namespace pg
{

namespace
{

constexpr int kMaxQuota = 0x3FFFF;
/* The longest bgw_restart_time; what is compared with the clock must not overflow it. */
constexpr double kLongestSeconds = 86400000;
constexpr std::string_view kSettingPrefix = "set.";

/* What is wrong with a line; thrown and caught inside this file only. */
struct LineError
{
	std::string message;
};

/* What is wrong with an option; its name is added where these are caught. */
struct BadValue
{
};
struct Repeated
{
};

int
read_int(std::string_view text, int least, int most)
{
	int value = 0;
	auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);

	if (error != std::errc() || end != text.data() + text.size() || value < least || value > most)
		throw BadValue();
	return value;
}

int64
read_time(std::string_view text)
{
	double seconds = 0;

	/* The number must come first: parse_real would skip blanks and take "inf". */
	if (text.empty() || !(isdigit(static_cast<unsigned char>(text[0])) || text[0] == '.') ||
		!parse_real(std::string(text).c_str(), &seconds, GUC_UNIT_S, nullptr) || seconds < 0 ||
		seconds > kLongestSeconds)
		throw BadValue();
	return std::llround(seconds * kSecond);
}

RestartRule
read_restart(std::string_view text)
{
	std::string word(text);

	for (char &c : word)
		if (c == '-')
			c = '_';
	for (RestartRule rule : {RestartRule::AsRegistered, RestartRule::Always, RestartRule::OnFailure,
							 RestartRule::Never})
		if (word == RestartRuleName(rule))
			return rule;
	throw BadValue();
}

/* "0", "3", "64-78" */
void
read_codes(std::string_view text, ExitCodes &codes)
{
	const size_t dash = text.find('-');
	const int first = read_int(text.substr(0, dash), 0, BGW_EXIT_CODES - 1);
	const int last = dash == std::string_view::npos
						 ? first
						 : read_int(text.substr(dash + 1), first, BGW_EXIT_CODES - 1);

	for (int code = first; code <= last; code++)
		codes.set(static_cast<size_t>(code));
}

Backoff
read_backoff(std::string_view text)
{
	const size_t dots = text.find("..");
	const int64 min = read_time(text.substr(0, dots));
	const int64 max = dots == std::string_view::npos ? min : read_time(text.substr(dots + 2));

	if (max < min)
		throw BadValue();
	return {min, max};
}

StartLimit
read_limit(std::string_view text)
{
	const size_t slash = text.find('/');

	if (text == "none")
		return {0, 0};
	if (slash == std::string_view::npos)
		throw BadValue();

	StartLimit limit = {read_int(text.substr(0, slash), 1, BGW_MAX_START_LIMIT),
						read_time(text.substr(slash + 1))};

	if (limit.window == 0)
		throw BadValue();
	return limit;
}

int
read_percent(std::string_view text)
{
	if (text.ends_with('%'))
		text.remove_suffix(1);
	return read_int(text, 0, 100);
}

/* Once for each option; a second value would hide the first. */
template <typename T>
void
set_once(std::optional<T> &option, T value)
{
	if (option)
		throw Repeated();
	option = std::move(value);
}

/* A list of values; only codes have more than one. */
using Values = std::vector<std::string_view>;

ExitCodes
read_code_list(const Values &values)
{
	ExitCodes codes;

	if (values.size() == 1 && values[0] == "none")
		return codes;
	for (std::string_view value : values)
		read_codes(value, codes);
	return codes;
}

/* False: there is no such option. */
bool
set_rule_option(std::string_view name, const Values &values, WorkerPolicy &policy)
{
	if (name == "done")
		set_once(policy.done, read_code_list(values));
	else if (name == "failed")
		set_once(policy.failed, read_code_list(values));
	else if (values.size() != 1)
		throw BadValue();
	else if (name == "restart")
		set_once(policy.restart, read_restart(values[0]));
	else if (name == "backoff")
		set_once(policy.backoff, read_backoff(values[0]));
	else if (name == "jitter")
		set_once(policy.jitter, read_percent(values[0]));
	else if (name == "healthy")
		set_once(policy.healthy, read_time(values[0]));
	else if (name == "limit")
		set_once(policy.limit, read_limit(values[0]));
	else if (name == "order")
		set_once(policy.order, read_int(values[0], 0, kMaxOrder));
	else if (name == "priority")
		set_once(policy.priority, read_int(values[0], -kMaxPriority, kMaxPriority));
	else if (name == "quota")
		set_once(policy.quota, read_int(values[0], 0, kMaxQuota));
	else
		return false;
	return true;
}

void
parse_option(const RuleField &field, WorkerRule &rule)
{
	std::string written = field[0].text;
	const std::string &first = field[0].text;
	const size_t equals = first.find('=');

	for (size_t i = 1; i < field.size(); i++)
		written += "," + field[i].text;
	if (equals == std::string::npos)
		throw LineError{"worker option not in name=value format: " + written};
	rule.options.push_back(written);

	const std::string name = first.substr(0, equals);
	const std::string value = written.substr(equals + 1);
	Values values = {std::string_view(first).substr(equals + 1)};

	for (size_t i = 1; i < field.size(); i++)
		values.push_back(field[i].text);
	if (name.starts_with(kSettingPrefix) && name.size() > kSettingPrefix.size())
	{
		rule.policy.settings.emplace_back(name.substr(kSettingPrefix.size()), value);
		return;
	}
	try
	{
		if (!set_rule_option(name, values, rule.policy))
			throw LineError{"unrecognized worker option name: \"" + name + "\""};
	}
	catch (const BadValue &)
	{
		throw LineError{"invalid value for worker option \"" + name + "\": \"" + value + "\""};
	}
	catch (const Repeated &)
	{
		throw LineError{"worker option \"" + name + "\" given more than once"};
	}
}

RuleType
parse_type(const RuleField &field)
{
	if (field.size() != 1)
		throw LineError{"multiple values specified for rule type"};
	if (!field[0].quoted)
		for (RuleType type : {RuleType::Name, RuleType::Library, RuleType::Database})
			if (field[0].text == RuleTypeName(type))
				return type;
	throw LineError{"invalid rule type \"" + field[0].text + "\""};
}

void
parse_rule(const std::vector<RuleField> &fields, WorkerRule &rule)
{
	rule.type = parse_type(fields[0]);
	if (fields.size() < 2)
		throw LineError{"end-of-line before pattern specification"};
	rule.patterns = fields[1];
	for (size_t i = 2; i < fields.size(); i++)
		parse_option(fields[i], rule);
	if (rule.policy.done && rule.policy.failed && (*rule.policy.done & *rule.policy.failed).any())
		throw LineError{"an exit code cannot mean both done and failed"};
}

/* "pg_net" of "$libdir/pg_net.so" */
std::string_view
bare_library(std::string_view library)
{
	library.remove_prefix(library.rfind('/') + 1);
	if (library.ends_with(".so"))
		library.remove_suffix(3);
	return library;
}

bool
matches_any(const RuleField &patterns, std::string_view text)
{
	for (const RuleWord &pattern : patterns)
		if (MatchesPattern(pattern, text))
			return true;
	return false;
}

bool
matches(const WorkerRule &rule, const WorkerIdentity &worker)
{
	switch (rule.type)
	{
		case RuleType::Name: return matches_any(rule.patterns, worker.name);
		case RuleType::Library:
			return matches_any(rule.patterns, worker.library) ||
				   matches_any(rule.patterns, bare_library(worker.library));
		case RuleType::Database: break;
	}
	return !worker.database.empty() && matches_any(rule.patterns, worker.database);
}

} /* namespace */

const char *
RuleTypeName(RuleType type)
{
	switch (type)
	{
		case RuleType::Name: return "name";
		case RuleType::Library: return "library";
		case RuleType::Database: break;
	}
	return "database";
}

std::vector<WorkerRule>
ParseWorkerRules(std::string_view text)
{
	std::vector<WorkerRule> rules;

	for (const RuleLine &line : LexRules(text))
	{
		WorkerRule rule;

		try
		{
			if (!line.error.empty())
				throw LineError{line.error};
			parse_rule(line.fields, rule);
		}
		catch (const LineError &error)
		{
			rule = {};
			rule.error = error.message;
		}
		rule.line = line.line;
		rules.push_back(std::move(rule));
	}
	return rules;
}

const WorkerRule *
FindWorkerRule(std::span<const WorkerRule> rules, const WorkerIdentity &worker)
{
	for (const WorkerRule &rule : rules)
		if (rule.error.empty() && matches(rule, worker))
			return &rule;
	return nullptr;
}

uint64
QuotaKey(const WorkerRule &rule, const WorkerIdentity &worker)
{
	std::string_view shared;

	switch (rule.type)
	{
		case RuleType::Name: break;
		case RuleType::Library: shared = bare_library(worker.library); break;
		case RuleType::Database: shared = worker.database; break;
	}

	/* FNV-1a */
	uint64 key = 0xcbf29ce484222325 ^ static_cast<uint64>(rule.line);

	for (char c : shared)
		key = (key ^ static_cast<unsigned char>(c)) * 0x100000001b3;
	return key | 1;
}

/* Greedy, with one way back: to the last * seen. Never more than |pattern| * |text| steps. */
bool
MatchesPattern(const RuleWord &pattern, std::string_view text)
{
	const std::string &p = pattern.text;
	size_t at = 0, seen = 0, star = std::string::npos, resume = 0;
	auto is_special = [&](size_t i, char c)
	{ return i < p.size() && p[i] == c && !pattern.literal[i]; };

	while (seen < text.size())
	{
		if (is_special(at, '*'))
		{
			star = at++;
			resume = seen;
		}
		else if (at < p.size() && (is_special(at, '?') || p[at] == text[seen]))
		{
			at++;
			seen++;
		}
		else if (star != std::string::npos)
		{
			at = star + 1;
			seen = ++resume;
		}
		else
			return false;
	}
	while (is_special(at, '*'))
		at++;
	return at == p.size();
}

} /* namespace pg */
