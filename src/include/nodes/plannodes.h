/*
 * plannodes.h
 *		Planned statements.
 */
#ifndef PLANNODES_H
#define PLANNODES_H

#include "postgres.h"

#include "access/sdir.h"
#include "access/stratnum.h"
#include "lib/stringinfo.h"
#include "nodes/nodes.h"
#include "nodes/parsenodes.h"

PG_BEGIN_EXTERN_C

/* How a statement is carried out: nothing that modules could read. */
typedef struct Plan
{
	NodeTag type;
} Plan;

/* A statement ready to run: what the planner gives, what the executor and ProcessUtility take. */
typedef struct PlannedStmt
{
	NodeTag type;
	CmdType commandType;
	uint64 queryId;
	bool hasReturning;
	bool hasModifyingCTE;
	bool canSetTag;
	bool transientPlan;
	bool dependsOnRole;
	bool parallelModeNeeded;				/* false */
	int jitFlags;							/* 0 */
	Plan *planTree;							/* NULL for CMD_UTILITY */
	List *rtable;							/* of RangeTblEntry */
	List *resultRelations;					/* indexes in rtable, from 1 */
	List *relationOids;						/* of the relations it depends on */
	Node *utilityStmt;						/* of CMD_UTILITY; else NULL */
	int stmt_location;						/* bytes from the text's start */
	int stmt_len;							/* bytes; 0: to the end */
	struct PostroomStatement *pr_statement; /* the server's own */
} PlannedStmt;

PG_END_EXTERN_C

#endif /* PLANNODES_H */
