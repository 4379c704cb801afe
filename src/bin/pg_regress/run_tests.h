/*
 * run_tests.h
 *		Starts tests, waits for them, and says how they went.
 *
 * Client program.
 */
#pragma once

#include "options.h"
#include "schedule.h"

struct Score
{
	int passed = 0;
	int failed = 0; /* of which `ignored` do not count */
	int ignored = 0;
};

/* The tests of a group run at the same time, at most --max-connections of them. */
void RunGroup(const Options &options, const Schedule &schedule,
			  const std::vector<std::string> &tests, Score *score);
