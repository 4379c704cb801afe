/*
 * compare.h
 *		Does a test's output match one of the expected files?
 *
 * Expected are NAME.out and NAME_0.out to NAME_9.out.  When none matches, the difference to the closest one is appended to
 * regression.diffs.  A test without an expected file fails, with all of its output as the difference.
 */
#pragma once

#include "options.h"

/* The path of the file with the expected output; `resultmap` may name another one for this machine. */
std::string ExpectedFile(const Options &options, const std::string &test);

bool OutputMatches(const Options &options, const std::string &expected, const std::string &output);

std::string DiffsFile(const Options &options);
