/*
 * execdesc.h
 *		A statement, and all that the executor needs to run it.
 */
#ifndef EXECDESC_H
#define EXECDESC_H

#include "postgres.h"

#include "executor/instrument.h"
#include "nodes/execnodes.h"
#include "nodes/params.h"
#include "nodes/plannodes.h"
#include "tcop/dest.h"
#include "utils/queryenvironment.h"
#include "utils/snapshot.h"

PG_BEGIN_EXTERN_C

typedef struct QueryDesc
{
	/* From the caller of CreateQueryDesc. */
	CmdType operation;
	PlannedStmt *plannedstmt;
	const char *sourceText;
	Snapshot snapshot;
	Snapshot crosscheck_snapshot;
	DestReceiver *dest; /* may be exchanged before ExecutorRun */
	ParamListInfo params;
	QueryEnvironment *queryEnv;
	int instrument_options;

	/* From ExecutorStart; NULL before it and after ExecutorEnd. */
	TupleDesc tupDesc;
	EState *estate;
	PlanState *planstate;

	bool already_executed;
	struct Instrumentation *totaltime; /* a hook's, NULL: nobody asks */
	struct PostroomRun *pr_run;		   /* the server's own */
} QueryDesc;

/* palloc'd; plannedstmt comes from pg_plan_queries or the planner, and outlives it. FreeQueryDesc after ExecutorEnd. */
extern QueryDesc *CreateQueryDesc(PlannedStmt *plannedstmt, const char *sourceText,
								  Snapshot snapshot, Snapshot crosscheck_snapshot,
								  DestReceiver *dest, ParamListInfo params,
								  QueryEnvironment *queryEnv, int instrument_options);
extern void FreeQueryDesc(QueryDesc *qdesc);

PG_END_EXTERN_C

#endif /* EXECDESC_H */
