/*
 * commands/explain.cpp
 *		EXPLAIN: what the engine intends to do.
 *
 * Backends and workers.  The lines are the engine's own plan, not PostgreSQL's nodes, and carry no
 * costs: there are none to tell.
 */
#include <algorithm>
#include <map>

#include "access/transaction.h"
#include "catalog/pg_type_d.h"
#include "commands/commands.h"
#include "commands/describe_plan.h"

namespace pg::commands
{
namespace
{

void
check_options(const Command &command, const PgQuery__ExplainStmt &stmt)
{
	static constexpr const char *kKnown[] = {"format", "analyze", "buffers", "wal",		"timing",
											 "costs",  "verbose", "summary", "settings"};

	for (size_t i = 0; i < stmt.n_options; i++)
	{
		const PgQuery__DefElem &option = *stmt.options[i]->def_elem;

		if (std::find(std::begin(kKnown), std::end(kKnown), std::string_view(option.defname)) ==
			std::end(kKnown))
			Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
					  .msg("unrecognized EXPLAIN option \"%s\"", option.defname)
					  .at(command.at(option.location)));
	}
	for (size_t i = 0; i < stmt.n_options; i++)
	{
		const PgQuery__DefElem &option = *stmt.options[i]->def_elem;
		const std::string_view name = option.defname;
		const int at = command.at(option.location);

		if (name == "format")
		{
			if (OptionString(option) != "text")
				RaiseNotSupported("EXPLAIN (FORMAT " + OptionString(option) + ")", at);
		}
		else if (name == "analyze" || name == "buffers" || name == "wal" || name == "timing")
		{
			if (OptionBool(option))
				RaiseNotSupported("EXPLAIN (" + std::string(name) + ")", at);
		}
	}
}

std::string
indented(int depth, const std::string &text)
{
	return depth == 0 ? text : std::string(static_cast<size_t>(depth) * 6 - 4, ' ') + "->  " + text;
}

const std::string &
sql_of(const PlanStep &step)
{
	return step.row_writes != nullptr ? step.row_writes->write_sql : step.sql;
}

/* The engine answers with a tree: id, parent, -, text. */
void
explain_step(const PlanStep &step, int base_depth, const LineTaker &take)
{
	const std::unique_ptr<EngineStatement> rows =
		CurrentEngine().prepare("EXPLAIN QUERY PLAN " + sql_of(step));
	std::map<int64, int> depths;
	bool any = false;

	while (rows->step())
	{
		const int64 id = rows->column(0).integer, parent = rows->column(1).integer;
		const int depth = depths.contains(parent) ? depths[parent] + 1 : base_depth;

		depths[id] = depth;
		take(indented(depth, std::string(rows->column(3).bytes)));
		any = true;
	}
	rows->reset();
	if (!any)
		take(indented(base_depth, "Result"));
}

const char *
step_name(PlanStep::Role role)
{
	switch (role)
	{
		case PlanStep::Role::Buffer: return "Compute rows";
		case PlanStep::Role::Apply: return "Change rows";
		case PlanStep::Role::Rows: return "Change rows one by one";
		case PlanStep::Role::Final: return "Return rows";
	}
	return "";
}

} /* namespace */

std::vector<ResultColumn>
ExplainColumns()
{
	return {{.name = "QUERY PLAN", .type = TEXTOID}};
}

void
DescribePlan(const Plan &plan, const LineTaker &take)
{
	const bool alone = plan.steps.size() == 1;

	if (plan.kind == StatementKind::Utility)
		take("Utility statements have no plan structure");
	for (const PlanStep &step : plan.steps)
	{
		if (!alone)
			take(step_name(step.role));
		explain_step(step, alone ? 0 : 1, take);
	}
}

std::string
RunExplain(const Command &command)
{
	const PgQuery__ExplainStmt &stmt = *command.node.explain_stmt;

	check_options(command, stmt);

	const std::shared_ptr<const Plan> plan = MakePlan(InnerStatement(command.raw, stmt.query), {});

	command.receiver.start(ExplainColumns());
	DescribePlan(*plan,
				 [&](const std::string &line)
				 {
					 const Value value = Value::Text(line);

					 command.receiver.row({&value, 1});
				 });
	return "EXPLAIN";
}

} /* namespace pg::commands */
