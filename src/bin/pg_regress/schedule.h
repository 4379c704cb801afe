/*
 * schedule.h
 *		Files that list tests in groups, for --schedule.
 *
 * One line each: "test: NAME..." is a group that runs at the same time, "ignore: NAME" a test whose failure does not count.
 * Empty lines and lines that start with # mean nothing.
 */
#pragma once

#include <string>
#include <vector>

#include "options.h"

struct Group
{
	std::vector<std::string> tests;
};

struct Schedule
{
	std::vector<Group> groups;
	std::vector<std::string> ignored;
};

/* Adds what the file lists; a mistake ends the program. */
void ReadSchedule(const Options &options, const std::string &path, Schedule *schedule);
