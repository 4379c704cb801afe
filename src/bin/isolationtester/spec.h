/*
 * spec.h
 *		A specification of sessions, their steps and the orders to run them in, as PostgreSQL's isolation tests write it.
 *
 *		setup { SQL }			any number, each sent by itself
 *		teardown { SQL }
 *		session NAME			with its own setup, steps and teardown
 *		step NAME { SQL }
 *		permutation STEP ...	any number; without one, all orders are run
 *
 * NAME is a word or stands in double quotes; # starts a comment.  Behind a step of a permutation there may be conditions in
 * parentheses: "*" (say once that it waits), STEP (is not done before that one), "STEP notices N" (not before that
 * one's session has had N notices).
 */
#pragma once

#include <string>
#include <vector>

struct Step
{
	std::string name;
	std::string sql;
	size_t session = 0; /* its index */
};

struct SessionSpec
{
	std::string name;
	std::string setup;
	std::string teardown;
	std::vector<Step> steps;
};

/* What else has to happen before a step counts as done. */
struct Condition
{
	enum class Kind
	{
		SayOnce,
		OtherStep,
		Notices
	};

	Kind kind;
	const Step *step = nullptr;
	int notices = 0;
};

struct PlannedStep
{
	const Step *step;
	std::vector<Condition> conditions;
};

using Permutation = std::vector<PlannedStep>;

struct Spec
{
	std::vector<std::string> setups;
	std::string teardown;
	std::vector<SessionSpec> sessions;
	std::vector<Permutation> permutations; /* as written, or all there are */
};

/* A mistake is said on stderr with its line, and ends the program. */
Spec ParseSpec(const std::string &text);
