/*
 * commands/explain_c.cpp
 *		What modules print of a plan (commands/explain.h), as text. The statement EXPLAIN is in explain.cpp.
 *
 * Processes with a database; errors of the engine are raised.
 */
#include "commands/explain.h"

#include "commands/describe_plan.h"
#include "executor/hooks.h"
#include "executor/query_nodes.h"
#include "utils/error/wall.h"

ExplainOneQuery_hook_type ExplainOneQuery_hook = nullptr;
explain_get_index_name_hook_type explain_get_index_name_hook = nullptr;

namespace pg::commands
{
namespace
{

void
require_text(const ExplainState *state)
{
	if (state->format != EXPLAIN_FORMAT_TEXT)
		RaiseNotSupported("printing a plan in another format than text");
}

void
add_explain_line(ExplainState *state, const std::string &line)
{
	require_text(state);
	appendStringInfoSpaces(state->str, state->indent * 2);
	appendStringInfo(state->str, "%s\n", line.c_str());
}

void
add_property(ExplainState *state, const char *label, const std::string &value)
{
	add_explain_line(state, std::string(label) + ": " + value);
}

std::string
with_unit(const std::string &number, const char *unit)
{
	return unit != nullptr ? number + " " + unit : number;
}

void
print_plan(ExplainState *state, const QueryDesc *desc)
{
	const PostroomStatement *const statement = desc->plannedstmt->pr_statement;

	if (statement == nullptr)
		RaiseNotSupported("printing a plan that a module made");
	state->pstmt = desc->plannedstmt;
	state->rtable = desc->plannedstmt->rtable;
	DescribePlan(statement->plan->plan(),
				 [&](const std::string &line) { add_explain_line(state, line); });
}

} /* namespace */
} /* namespace pg::commands */

using namespace pg;
using namespace pg::commands;

ExplainState *
NewExplainState(void)
{
	return FromC(
		[]
		{
			auto *const state = static_cast<ExplainState *>(palloc0(sizeof(ExplainState)));

			state->costs = true;
			state->str = makeStringInfo();
			return state;
		});
}

void
ExplainBeginOutput(ExplainState *es)
{
	FromC([&] { require_text(es); });
}

void
ExplainEndOutput(ExplainState *es)
{
	FromC([&] { require_text(es); });
}

void
ExplainSeparatePlans(ExplainState *es)
{
	FromC([&] { require_text(es); });
	appendStringInfoChar(es->str, '\n');
}

void
ExplainOpenGroup(const char *, const char *, bool, ExplainState *es)
{
	FromC([&] { require_text(es); });
}

void
ExplainCloseGroup(const char *, const char *, bool, ExplainState *es)
{
	FromC([&] { require_text(es); });
}

void
ExplainPrintPlan(ExplainState *es, QueryDesc *queryDesc)
{
	FromC([&] { print_plan(es, queryDesc); });
}

void
ExplainPrintTriggers(ExplainState *, QueryDesc *)
{
	/* None is timed. */
}

void
ExplainPrintJITSummary(ExplainState *, QueryDesc *)
{
	/* Nothing is compiled. */
}

void
ExplainQueryText(ExplainState *es, QueryDesc *queryDesc)
{
	if (queryDesc->sourceText != nullptr)
		FromC([&] { add_property(es, "Query Text", queryDesc->sourceText); });
}

void
ExplainPropertyText(const char *qlabel, const char *value, ExplainState *es)
{
	FromC([&] { add_property(es, qlabel, value); });
}

void
ExplainPropertyInteger(const char *qlabel, const char *unit, int64 value, ExplainState *es)
{
	FromC([&] { add_property(es, qlabel, with_unit(std::to_string(value), unit)); });
}

void
ExplainPropertyFloat(const char *qlabel, const char *unit, double value, int ndigits,
					 ExplainState *es)
{
	FromC([&] { add_property(es, qlabel, with_unit(psprintf("%.*f", ndigits, value), unit)); });
}

void
ExplainPropertyBool(const char *qlabel, bool value, ExplainState *es)
{
	FromC([&] { add_property(es, qlabel, value ? "true" : "false"); });
}

void
ExplainPropertyList(const char *qlabel, List *data, ExplainState *es)
{
	FromC(
		[&]
		{
			std::string items;
			ListCell *cell;

			foreach (cell, data)
				items += (items.empty() ? "" : ", ") +
						 std::string(static_cast<const char *>(lfirst(cell)));
			add_property(es, qlabel, items);
		});
}
