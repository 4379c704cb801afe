/*
 * postmaster/worker_rules_test.cpp
 *		pg_bgworker.conf: lines, options, what is refused and how, which line matches which worker.
 *
 * Unit test over texts.
 */
#include <gtest/gtest.h>

#include "postmaster/worker_rules.h"

#include "postmaster/time_units.h"
#include "postmaster/worker_policy_testing.h"

#include <random>

namespace pg
{
namespace
{

WorkerRule
one(std::string_view text)
{
	const std::vector<WorkerRule> rules = ParseWorkerRules(text);

	EXPECT_EQ(rules.size(), 1u) << text;
	return rules.empty() ? WorkerRule{} : rules[0];
}

WorkerPolicy
policy(const std::string &options)
{
	const WorkerRule rule = one("name * " + options);

	EXPECT_EQ(rule.error, "") << options;
	return rule.policy;
}

std::string
error(const std::string &line)
{
	return one(line).error;
}

TEST(WorkerRules, Lines)
{
	const auto rules = ParseWorkerRules("# a comment\n"
										"\n"
										"name a,\"b c\" restart=always # why\n"
										"library pg_net\n"
										"nonsense\n"
										"database d \\\n quota=3\n");

	ASSERT_EQ(rules.size(), 4u);
	EXPECT_EQ(rules[0].line, 3);
	EXPECT_EQ(rules[0].type, RuleType::Name);
	ASSERT_EQ(rules[0].patterns.size(), 2u);
	EXPECT_EQ(rules[0].patterns[1].text, "b c");
	EXPECT_EQ(rules[0].policy.restart, RestartRule::Always);
	EXPECT_EQ(rules[0].options, std::vector<std::string>{"restart=always"});
	EXPECT_EQ(rules[1].type, RuleType::Library);
	EXPECT_EQ(rules[1].policy, WorkerPolicy{});
	EXPECT_EQ(rules[2].line, 5);
	EXPECT_EQ(rules[2].error, "invalid rule type \"nonsense\"");
	EXPECT_EQ(rules[3].line, 6);
	EXPECT_EQ(rules[3].policy.quota, 3);
	EXPECT_TRUE(ParseWorkerRules("").empty());
}

TEST(WorkerRules, Options)
{
	EXPECT_EQ(policy("restart=on_failure").restart, RestartRule::OnFailure);
	EXPECT_EQ(policy("restart=on-failure").restart, RestartRule::OnFailure);
	EXPECT_EQ(policy("restart=never").restart, RestartRule::Never);
	EXPECT_EQ(policy("restart=as-registered").restart, RestartRule::AsRegistered);
	EXPECT_EQ(policy("done=0").done, CodesOf({0}));
	EXPECT_EQ(policy("done=0,3,64-66").done, CodesOf({0, 3, 64, 65, 66}));
	EXPECT_EQ(policy("done=none failed=255").done, ExitCodes());
	EXPECT_EQ(policy("done=none failed=255").failed, CodesOf({255}));
	EXPECT_EQ(policy("backoff=1s..5min").backoff, (Backoff{kSecond, 300 * kSecond}));
	EXPECT_EQ(policy("backoff=250ms").backoff, (Backoff{250000, 250000}));
	EXPECT_EQ(policy("backoff=0..2").backoff, (Backoff{0, 2 * kSecond}));
	EXPECT_EQ(policy("backoff=1.5s..1.5s").backoff, (Backoff{1500000, 1500000}));
	EXPECT_EQ(policy("backoff=1..1000d").backoff, (Backoff{kSecond, int64{86400000} * kSecond}));
	EXPECT_EQ(policy("jitter=20%").jitter, 20);
	EXPECT_EQ(policy("jitter=0").jitter, 0);
	EXPECT_EQ(policy("healthy=1h").healthy, 3600 * kSecond);
	EXPECT_EQ(policy("limit=5/1min").limit, (StartLimit{5, 60 * kSecond}));
	EXPECT_EQ(policy("limit=none").limit, (StartLimit{0, 0}));
	EXPECT_EQ(policy("order=3 priority=-5 quota=0"),
			  (WorkerPolicy{.order = 3, .priority = -5, .quota = 0}));
	EXPECT_EQ(policy("set.work_mem=64MB set.search_path=\"a, b\" set.x.y=a=b set.z=").settings,
			  (std::vector<std::pair<std::string, std::string>>{
				  {"work_mem", "64MB"}, {"search_path", "a, b"}, {"x.y", "a=b"}, {"z", ""}}));
	EXPECT_EQ(policy("set.search_path=a,b").settings[0].second, "a,b");
}

TEST(WorkerRules, WhatIsRefused)
{
	EXPECT_EQ(error("\"name\" x"), "invalid rule type \"name\"");
	EXPECT_EQ(error("all x"), "invalid rule type \"all\"");
	EXPECT_EQ(error("name,library x"), "multiple values specified for rule type");
	EXPECT_EQ(error("name"), "end-of-line before pattern specification");
	EXPECT_EQ(error("name \"x"), "end-of-line inside a quoted word");
	EXPECT_EQ(error("name x restart"), "worker option not in name=value format: restart");
	EXPECT_EQ(error("name x y z=1"), "worker option not in name=value format: y");
	EXPECT_EQ(error("name x restarts=always"), "unrecognized worker option name: \"restarts\"");
	EXPECT_EQ(error("name x =1"), "unrecognized worker option name: \"\"");
	EXPECT_EQ(error("name x set.=1"), "unrecognized worker option name: \"set.\"");
	EXPECT_EQ(error("name x quota=1 order=1 quota=1"),
			  "worker option \"quota\" given more than once");
	EXPECT_EQ(error("name x done=1 failed=0-2"), "an exit code cannot mean both done and failed");
}

TEST(WorkerRules, BadValues)
{
	for (const char *option : {"restart=sometimes",
							   "restart=",
							   "restart=Always",
							   "restart=always,never",
							   "done=256",
							   "done=-1",
							   "done=3-2",
							   "done=",
							   "done=x",
							   "done=1,none",
							   "failed=1-",
							   "backoff=",
							   "backoff=2s..1s",
							   "backoff=-1s",
							   "backoff=1s...2s",
							   "backoff=inf",
							   "backoff=nan",
							   "backoff=1parsec",
							   "backoff=1001d",
							   "backoff=1..",
							   "jitter=101",
							   "jitter=-1",
							   "jitter=%",
							   "healthy=",
							   "healthy=soon",
							   "limit=0/1s",
							   "limit=65/1s",
							   "limit=5",
							   "limit=5/0",
							   "limit=5/",
							   "limit=/5",
							   "order=-1",
							   "order=1.5",
							   "priority=1001",
							   "priority=high",
							   "quota=-1",
							   "quota=",
							   "quota=1,2"})
	{
		const std::string text = option;
		const size_t equals = text.find('=');

		EXPECT_EQ(error("name x " + text), "invalid value for worker option \"" +
											   text.substr(0, equals) + "\": \"" +
											   text.substr(equals + 1) + "\"");
	}
}

/* Number of the line that governs a worker, or 0. */
int
line_for(std::string_view text, const WorkerIdentity &worker)
{
	const auto rules = ParseWorkerRules(text);
	const WorkerRule *rule = FindWorkerRule(rules, worker);

	return rule == nullptr ? 0 : rule->line;
}

TEST(WorkerRules, TheFirstMatchWins)
{
	constexpr std::string_view text = "name special restart=never\n"
									  "bad line\n"
									  "database sales,stock quota=1\n"
									  "library pg_net,\"$libdir/x y\"\n"
									  "name \"worker_spi worker \"*\n"
									  "library worker_*\n";

	EXPECT_EQ(line_for(text, {"special", "pg_net", "sales"}), 1);
	EXPECT_EQ(line_for(text, {"a", "pg_net", "sales"}), 3);
	EXPECT_EQ(line_for(text, {"a", "pg_net", "other"}), 4);
	EXPECT_EQ(line_for(text, {"a", "pg_net", ""}), 4);
	EXPECT_EQ(line_for(text, {"a", "$libdir/pg_net", ""}), 4);
	EXPECT_EQ(line_for(text, {"a", "/opt/lib/pg_net.so", ""}), 4);
	EXPECT_EQ(line_for(text, {"a", "pg_nets", ""}), 0);
	EXPECT_EQ(line_for(text, {"a", "$libdir/x y", ""}), 4);
	EXPECT_EQ(line_for(text, {"worker_spi worker 1", "worker_spi", ""}), 5);
	EXPECT_EQ(line_for(text, {"worker_spi", "worker_spi", ""}), 6);
	EXPECT_EQ(line_for(text, {"", "", ""}), 0);
	/* Who is connected nowhere matches no database. */
	EXPECT_EQ(line_for("database *", {"a", "b", ""}), 0);
	EXPECT_EQ(line_for("database *", {"a", "b", "c"}), 1);
}

bool
like(std::string_view pattern, std::string_view text)
{
	return MatchesPattern(LexRules(pattern)[0].fields[0][0], text);
}

TEST(Pattern, Wildcards)
{
	EXPECT_TRUE(like("abc", "abc"));
	EXPECT_FALSE(like("abc", "abcd"));
	EXPECT_FALSE(like("abc", "ab"));
	EXPECT_FALSE(like("abc", "ABC"));
	EXPECT_TRUE(like("*", ""));
	EXPECT_TRUE(like("*", "anything"));
	EXPECT_TRUE(like("a*", "a"));
	EXPECT_TRUE(like("*c", "abc"));
	EXPECT_TRUE(like("a*c*e", "abcde"));
	EXPECT_FALSE(like("a*c*e", "abcd"));
	EXPECT_TRUE(like("a?c", "abc"));
	EXPECT_FALSE(like("a?c", "ac"));
	EXPECT_TRUE(like("**a**", "bab"));
	EXPECT_TRUE(like("*ab", "aab"));
	EXPECT_FALSE(like("?", ""));
	EXPECT_TRUE(like("\"\"", ""));
	EXPECT_FALSE(like("\"\"", "a"));
}

TEST(Pattern, QuotedOnesAreLetters)
{
	EXPECT_TRUE(like("\"a*\"", "a*"));
	EXPECT_FALSE(like("\"a*\"", "ab"));
	EXPECT_TRUE(like("\"a \"*", "a b"));
	EXPECT_FALSE(like("\"a?\"", "ab"));
}

TEST(Pattern, IsNeverSlow)
{
	std::string text(95, 'a');

	EXPECT_FALSE(like("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", text));
}

TEST(WorkerRules, WhoSharesAQuota)
{
	const WorkerRule names = one("name a*,b"), libraries = one("library *"),
					 databases = one("database d*");

	EXPECT_EQ(QuotaKey(names, {"a1", "x", ""}), QuotaKey(names, {"b", "y", ""}));
	EXPECT_EQ(QuotaKey(libraries, {"a", "x", ""}), QuotaKey(libraries, {"b", "$libdir/x.so", ""}));
	EXPECT_NE(QuotaKey(libraries, {"a", "x", ""}), QuotaKey(libraries, {"a", "y", ""}));
	EXPECT_EQ(QuotaKey(databases, {"a", "x", "d1"}), QuotaKey(databases, {"b", "y", "d1"}));
	EXPECT_NE(QuotaKey(databases, {"a", "x", "d1"}), QuotaKey(databases, {"b", "y", "d2"}));

	const auto two = ParseWorkerRules("name a\nname b\n");

	EXPECT_NE(QuotaKey(two[0], {"a", "", ""}), QuotaKey(two[1], {"a", "", ""}));
}

TEST(WorkerRules, TakesAnyText)
{
	std::mt19937 random(2);
	const std::string_view pieces[] = {"name",	   "library", " ",		  " ",	  "*",
									   "?",		   "=",		  ",",		  "\"",	  "restart=always",
									   "backoff=", "1s..2s",  "limit=5/", "\\\n", "\n",
									   "set.a=b",  "done=",	  "0-9",	  "#",	  "\xff",
									   "quota=-"};

	for (int i = 0; i < 3000; i++)
	{
		std::string text;

		for (int length = static_cast<int>(random() % 30); length > 0; length--)
			text += pieces[random() % std::size(pieces)];
		for (const WorkerRule &rule : ParseWorkerRules(text))
			EXPECT_NE(rule.error.empty(), rule.patterns.empty()) << text;
	}
}

} /* namespace */
} /* namespace pg */
