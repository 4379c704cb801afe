/*
 * planner.h
 *		From an analyzed statement to one that can run.
 */
#ifndef PLANNER_H
#define PLANNER_H

#include "postgres.h"

#include "nodes/params.h"
#include "nodes/parsenodes.h"
#include "nodes/plannodes.h"
#include "storage/block.h"

PG_BEGIN_EXTERN_C

/* Called instead of standard_planner for each SELECT, INSERT, UPDATE and DELETE that is planned. cursorOptions are
 * CURSOR_OPT_ bits. */
typedef PlannedStmt *(*planner_hook_type)(Query *parse, const char *query_string, int cursorOptions,
										  ParamListInfo boundParams);
extern PGDLLIMPORT planner_hook_type planner_hook;

/* palloc'd. query_string is the text that the statement is part of. */
extern PlannedStmt *planner(Query *parse, const char *query_string, int cursorOptions,
							ParamListInfo boundParams);
extern PlannedStmt *standard_planner(Query *parse, const char *query_string, int cursorOptions,
									 ParamListInfo boundParams);

PG_END_EXTERN_C

#endif /* PLANNER_H */
