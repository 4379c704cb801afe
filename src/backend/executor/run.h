/*
 * executor/run.h
 *		Runs plans: binds parameters, steps the engine, sends rows to a receiver.
 *
 * SPI (executor/spi.cpp) and the session loop (tcop/) are the callers.  Inside a transaction.
 */
#pragma once

#include "commands/utility.h"
#include "parser/plan.h"

namespace pg
{

struct RunResult
{
	std::string tag;			/* completed: "INSERT 0 3", "SELECT 5" */
	uint64		processed = 0;
	StatementKind kind = StatementKind::Utility;
	bool		returned_rows = false;
};

/*
 * A plan bound to this session's prepared engine statements, kept for repeated runs.  Replans by
 * itself when the catalog generation moved (0A000 "cached plan must not change result type").
 */
class PreparedPlan
{
public:
	PreparedPlan(const RawStatement &statement, std::span<const Oid> parameter_types);
	~PreparedPlan();
	const Plan &plan() const;
	/* max_rows 0: all. Raises what the statement raises, after completing constraint errors with detail. */
	RunResult run(std::span<const Value> parameters, RowReceiver &receiver, uint64 max_rows = 0);

private:
	struct State;
	std::unique_ptr<State> state_;
};

/* The session's cache: same text (and parameter types) gives the same prepared plans, most recent kept. */
struct PreparedText
{
	std::vector<std::unique_ptr<PreparedPlan>> statements;
};
std::shared_ptr<PreparedText> PrepareText(std::string_view text, std::span<const Oid> parameter_types);

}  /* namespace pg */
