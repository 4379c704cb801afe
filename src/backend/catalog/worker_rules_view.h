/*
 * catalog/worker_rules_view.h
 *		What pg_bgworker_file_rules shows: the lines of pg_bgworker.conf, which rooms above know.
 */
#pragma once

#include <string>
#include <vector>

namespace pg
{

struct WorkerRuleRow
{
	int line;
	std::string type, error; /* one of them is empty */
	std::vector<std::string> patterns, options;
};

/* Reads the file as it is now, applies nothing; main/ sets it before the postmaster starts. Raises. */
extern std::vector<WorkerRuleRow> (*read_worker_rules)();

} /* namespace pg */
