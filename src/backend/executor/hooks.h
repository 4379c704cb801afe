/*
 * executor/hooks.h
 *		The hooks of modules around a statement: analysis, planner, executor, utility statements.
 *
 * A statement that no hook waits for costs one look at a few variables.  Otherwise its nodes are made,
 * and it passes from hook to hook as PostgreSQL's does; the standard_ functions (executor_api.cpp,
 * utility_api.cpp) bring it back to PreparedPlan::execute.
 */
#pragma once

#include "executor/dest_receiver.h"
#include "executor/execdesc.h"
#include "executor/executor.h"
#include "executor/query_nodes.h"
#include "executor/run.h"
#include "optimizer/planner.h"
#include "parser/analyze.h"
#include "tcop/utility.h"

/* What pr_run of a QueryDesc points to: the run behind it. */
struct PostroomRun
{
	PostroomStatement *statement;
	std::span<const pg::Value> parameters;
	pg::RunResult result;
};

namespace pg
{

inline bool
WantsAnalysis()
{
	return post_parse_analyze_hook != nullptr || IsQueryIdEnabled();
}

inline bool
WantsHooks(StatementKind kind)
{
	if (WantsAnalysis())
		return true;
	if (kind == StatementKind::Utility)
		return ProcessUtility_hook != nullptr;
	return planner_hook != nullptr || ExecutorStart_hook != nullptr ||
		   ExecutorRun_hook != nullptr || ExecutorFinish_hook != nullptr ||
		   ExecutorEnd_hook != nullptr || ExecutorCheckPerms_hook != nullptr;
}

/* The statement of a plan that has been made passes the hooks of analysis: gets its identifier, and they may change it. */
void AnnounceAnalysis(PreparedPlan &plan);

/* PreparedPlan::run for a plan that has been made, through all hooks. */
RunResult RunThroughHooks(PreparedPlan &plan, std::span<const Value> parameters,
						  RowReceiver &receiver, uint64 max_rows, const RunSource &source);

} /* namespace pg */
