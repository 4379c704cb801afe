/*
 * postmaster/worker_rules.h
 *		pg_bgworker.conf: which worker gets which policy.
 *
 * A file in the manner of pg_hba.conf (its words: common/rule_file.h).  Each line is
 *
 *		TYPE  PATTERN[,PATTERN...]  [OPTION=VALUE ...]
 *
 * TYPE says what the patterns are compared with: `name` (bgw_name), `library` (bgw_library_name, with or without
 * folder and .so), or `database` (where the worker is connected, or was in its last run; a worker without a database has
 * none).  In a pattern * stands for any text and ? for one character, unless they are quoted.  The first line that
 * matches a worker decides, alone; a worker that none matches is as registered.
 *
 *		restart=always|on_failure|never|as_registered
 *		done=CODES failed=CODES		exit codes: 0,3,64-78 or none
 *		backoff=TIME[..TIME]		from an end to the next start, doubled for each failure in a row
 *		jitter=PERCENT				how far that varies
 *		healthy=TIME				a run of this length ends the row of failures
 *		limit=COUNT/TIME			more starts in that time: failed; or none
 *		order=N						starts after those of lower order, stops before them; 0: no order
 *		priority=N					who comes first when not all can start
 *		quota=N						how many may run at one time: of each library or database that the line matches,
 *									or, for names, of all that it matches
 *		set.NAME=VALUE				a setting for the worker; a value with blanks or commas goes in double quotes
 *
 * Times are as in postgresql.conf; without a unit, seconds.
 * Parsing and matching are pure; loading is the postmaster's, and children inherit the rules by fork.
 */
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/rule_file.h"
#include "postmaster/worker_policy.h"

namespace pg
{

enum class RuleType : uint8_t
{
	Name,
	Library,
	Database
};
const char *RuleTypeName(RuleType type);

/* One line; with an error, nothing but line and error is there. */
struct WorkerRule
{
	int line = 0;
	RuleType type = RuleType::Name;
	RuleField patterns;
	WorkerPolicy policy;
	std::vector<std::string> options; /* as written, without quotes */
	std::string error;
};

/* Every line that says something, in order. Never raises but for want of memory. */
std::vector<WorkerRule> ParseWorkerRules(std::string_view text);

/* What a worker is known by; an empty database matches no pattern. */
struct WorkerIdentity
{
	std::string_view name, library, database;
};

/* The first rule that matches, or null. */
const WorkerRule *FindWorkerRule(std::span<const WorkerRule> rules, const WorkerIdentity &worker);

/* The same number for two workers that a rule matches if they share its quota. Never 0. */
uint64 QuotaKey(const WorkerRule &rule, const WorkerIdentity &worker);

bool MatchesPattern(const RuleWord &pattern, std::string_view text);

} /* namespace pg */
