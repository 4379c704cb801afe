/*
 * executor/run.h
 *		Runs plans: binds parameters, steps the engine, sends rows to a receiver.
 *
 * SPI (executor/spi.cpp) and the session loop (tcop/) are the callers.  Backends and workers with a
 * database, inside a transaction.
 */
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "commands/relations_named.h"
#include "commands/utility.h"
#include "parser/plan.h"
#include "tcop/utility.h"
#include "utils/error/report.h"

namespace pg
{

/* How a statement ended. */
struct RunResult
{
	const char *tag = "";	 /* without counts: "INSERT" */
	std::string utility_tag; /* completed tag of a utility statement */
	uint64 processed = 0;	 /* rows sent or changed */
	StatementKind kind = StatementKind::Utility;
	bool returned_rows = false;

	/* As CommandComplete says it: "INSERT 0 3", "SELECT 5", "CREATE TABLE". */
	std::string completion() const;
};

/* Where a statement comes from, as hooks are told. */
struct RunSource
{
	ProcessUtilityContext context = PROCESS_UTILITY_QUERY;
	CommandDest dest = DestNone;
	bool analyzed_before = false; /* when it was prepared: announce() told the hooks then */
	bool is_part = false;		  /* of what the hooks know: they are not told */
	bool is_expression = false;	  /* of a language: told to them only if it reads a table */
};

/*
 * One statement, planned and bound to this session's engine statements, kept for repeated runs.
 * Planning happens at the first use and again whenever the catalog generation moved, so it must not
 * outlive the session but may outlive transactions.  Not reentrant: see running().
 */
class PreparedPlan
{
public:
	PreparedPlan(RawStatement statement, std::span<const Oid> parameter_types,
				 std::shared_ptr<const ParameterNames> names = nullptr);
	/* For a text whose plan others may run with their own literals; no parameters. */
	PreparedPlan(RawStatement statement, std::string_view text,
				 std::span<const LiteralToken> literals);
	~PreparedPlan();

	/*
	 * The next run is of `text`, which has the same key (literals.h).  False when the plan is not good for
	 * it: not made yet or stale, or it depends on a literal that text has otherwise.
	 */
	bool adopt(std::string_view text, std::span<const LiteralToken> literals);
	bool has_valid_plan() const;

	/* A plan that is valid now. Raises what MakePlan raises. */
	const Plan &plan();
	const RawStatement &raw() const;
	/* The text that the positions of errors count from, up to the statement's end. Valid until the next run. */
	std::string_view source() const;
	bool running() const;
	/* 0A000 "cached plan must not change result type" from now on, if replanning changes the columns. */
	void fix_result_type();

	/*
	 * Runs it; max_rows 0 is all.  Raises what the statement raises, constraint violations completed
	 * with name and detail.
	 */
	RunResult run(std::span<const Value> parameters, RowReceiver &receiver, uint64 max_rows = 0,
				  const RunSource &source = {});

	/* Below the hooks (executor/hooks.h), which alone call it: what run() does when there are none. */
	RunResult execute(std::span<const Value> parameters, RowReceiver &receiver, uint64 max_rows);
	/* A statement is kept for later runs: its plan is made, and hooks of analysis hear of it. */
	void announce();

	/* What hooks see. The plan has been made. */
	StatementKind kind() const;
	std::string_view own_text() const; /* the statement alone */
	int text_offset() const;		   /* of own_text in whole_text, bytes */
	const char *whole_text() const;	   /* terminated, valid until the next run */
	const std::vector<NamedRelation> &relations();
	uint64 query_id() const; /* 0: none */
	void set_query_id(uint64 id);
	/* How often the planner's hook has heard of the plan that there is now. */
	int times_planned() const;
	void count_planning();
	void forget_planning();

private:
	struct State;
	std::unique_ptr<State> state_;
};

/* A text of any number of statements. */
struct PreparedText
{
	std::vector<std::unique_ptr<PreparedPlan>> statements;
};

/*
 * The session's cache of texts: the same text and parameter types give the same plans while they are
 * among the most recently used.  A text that is running already gets plans of its own.
 */
std::shared_ptr<PreparedText> PrepareText(std::string_view text,
										  std::span<const Oid> parameter_types = {});

/*
 * The same for a text without parameters that is run at once: texts that differ in their literals only
 * share their plans.  What it returns is for one run.
 */
std::shared_ptr<PreparedText> PrepareForRun(std::string_view text);

/*
 * Completes a constraint violation that the engine reported (23502, 23503, 23505, 23514) with
 * PostgreSQL's message, detail and object names; other errors come back unchanged.
 */
PgError CompleteConstraintError(const PgError &error, const PlanStep &step, StatementKind kind,
								std::span<const Value> parameters);

} /* namespace pg */
