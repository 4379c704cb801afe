/*
 * commands/explain_c.cpp
 *		What there is of EXPLAIN for C (commands/explain.h): a state and hooks. The statement is in explain.cpp.
 *
 * Processes with a database.
 */
#include "commands/explain.h"

#include "utils/error/wall.h"

ExplainOneQuery_hook_type ExplainOneQuery_hook = nullptr;
explain_get_index_name_hook_type explain_get_index_name_hook = nullptr;

ExplainState *
NewExplainState(void)
{
	return pg::FromC(
		[]
		{
			auto *const state = static_cast<ExplainState *>(palloc0(sizeof(ExplainState)));

			state->costs = true;
			state->str = makeStringInfo();
			return state;
		});
}
