/*
 * explain.h
 *		EXPLAIN, for hooks and modules.
 *
 * A plan is the storage engine's, printed as text; with another format the functions raise ERROR 0A000. The hooks are not
 * called. Processes with a database.
 */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include "postgres.h"

#include "executor/executor.h"
#include "lib/stringinfo.h"

PG_BEGIN_EXTERN_C

typedef enum ExplainFormat
{
	EXPLAIN_FORMAT_TEXT,
	EXPLAIN_FORMAT_XML,
	EXPLAIN_FORMAT_JSON,
	EXPLAIN_FORMAT_YAML
} ExplainFormat;

typedef struct ExplainWorkersState ExplainWorkersState;

typedef struct ExplainState
{
	StringInfo str; /* the output */
	/* Options. */
	bool verbose;
	bool analyze;
	bool costs;
	bool buffers;
	bool wal;
	bool timing;
	bool summary;
	bool settings;
	ExplainFormat format;
	/* How far the output is. */
	int indent;
	List *grouping_stack;
	PlannedStmt *pstmt;
	List *rtable;
	List *rtable_names;
	List *deparse_cxt;
	struct Bitmapset *printed_subplans;
	bool hide_workers;
	ExplainWorkersState *workers_state;
} ExplainState;

typedef void (*ExplainOneQuery_hook_type)(Query *query, int cursorOptions, IntoClause *into,
										  ExplainState *es, const char *queryString,
										  ParamListInfo params, QueryEnvironment *queryEnv);
extern PGDLLIMPORT ExplainOneQuery_hook_type ExplainOneQuery_hook;

typedef const char *(*explain_get_index_name_hook_type)(Oid indexId);
extern PGDLLIMPORT explain_get_index_name_hook_type explain_get_index_name_hook;

/* A palloc'd state with costs, text, and an empty output. */
extern ExplainState *NewExplainState(void);

/* Around all that is printed, around groups, and between plans. */
extern void ExplainBeginOutput(ExplainState *es);
extern void ExplainEndOutput(ExplainState *es);
extern void ExplainOpenGroup(const char *objtype, const char *labelname, bool labeled,
							 ExplainState *es);
extern void ExplainCloseGroup(const char *objtype, const char *labelname, bool labeled,
							  ExplainState *es);
extern void ExplainSeparatePlans(ExplainState *es);

/* Appends what a started query will do; its text; what took time. */
extern void ExplainPrintPlan(ExplainState *es, QueryDesc *queryDesc);
extern void ExplainQueryText(ExplainState *es, QueryDesc *queryDesc);
extern void ExplainPrintTriggers(ExplainState *es, QueryDesc *queryDesc);
extern void ExplainPrintJITSummary(ExplainState *es, QueryDesc *queryDesc);

/* A line with a label and a value. */
extern void ExplainPropertyText(const char *qlabel, const char *value, ExplainState *es);
extern void ExplainPropertyInteger(const char *qlabel, const char *unit, int64 value,
								   ExplainState *es);
extern void ExplainPropertyFloat(const char *qlabel, const char *unit, double value, int ndigits,
								 ExplainState *es);
extern void ExplainPropertyBool(const char *qlabel, bool value, ExplainState *es);
extern void ExplainPropertyList(const char *qlabel, List *data, ExplainState *es);

/* ERROR 0A000 */
extern void ExplainOnePlan(PlannedStmt *plannedstmt, IntoClause *into, ExplainState *es,
						   const char *queryString, ParamListInfo params,
						   QueryEnvironment *queryEnv, const instr_time *planduration,
						   const BufferUsage *bufusage);
extern void ExplainOneUtility(Node *utilityStmt, IntoClause *into, ExplainState *es,
							  const char *queryString, ParamListInfo params,
							  QueryEnvironment *queryEnv);

PG_END_EXTERN_C

#endif /* EXPLAIN_H */
