/*
 * execnodes.h
 *		The state of a statement that runs, and how a function that returns a set and its caller understand each other.
 *
 * fcinfo->resultinfo points to a ReturnSetInfo when a set is wanted.
 */
#ifndef EXECNODES_H
#define EXECNODES_H

#include "postgres.h"

#include "access/sdir.h"
#include "access/tupdesc.h"
#include "executor/instrument.h"
#include "lib/ilist.h"
#include "nodes/nodes.h"
#include "nodes/params.h"
#include "nodes/plannodes.h"
#include "port/pg_bitutils.h"
#include "storage/condition_variable.h"
#include "storage/fd.h"
#include "utils/dsa.h"
#include "utils/hsearch.h"
#include "utils/memutils.h"
#include "utils/queryenvironment.h"
#include "utils/snapshot.h"
#include "utils/sortsupport.h"
#include "utils/tuplesort.h"
#include "utils/tuplestore.h"

typedef struct Tuplestorestate Tuplestorestate;

/* Memory of the place that calls: the first lasts until the set is read, the second until the next call. */
typedef struct ExprContext
{
	NodeTag type;
	MemoryContext ecxt_per_query_memory;
	MemoryContext ecxt_per_tuple_memory;
} ExprContext;

/* What a call gave. */
typedef enum ExprDoneCond
{
	ExprSingleResult,	/* the only value; what a call is taken to give unless it says otherwise */
	ExprMultipleResult, /* a value, call again */
	ExprEndResult		/* nothing: the set is at its end */
} ExprDoneCond;

/* Ways to return a set, as bits. */
typedef enum SetFunctionReturnMode
{
	SFRM_ValuePerCall = 0x01,
	SFRM_Materialize = 0x02,
	SFRM_Materialize_Random = 0x04,
	SFRM_Materialize_Preferred = 0x08
} SetFunctionReturnMode;

typedef struct ReturnSetInfo
{
	NodeTag type;
	/* From the caller. */
	ExprContext *econtext;
	TupleDesc expectedDesc; /* the columns that the caller knows of, or NULL */
	int allowedModes;		/* SFRM_ bits */
	/* From the function. */
	SetFunctionReturnMode returnMode;
	ExprDoneCond isDone;
	Tuplestorestate *setResult;
	TupleDesc setDesc;
} ReturnSetInfo;

/* A statement between ExecutorStart and ExecutorEnd. */
typedef struct EState
{
	NodeTag type;
	ScanDirection es_direction;
	Snapshot es_snapshot;
	Snapshot es_crosscheck_snapshot;
	List *es_range_table; /* of RangeTblEntry */
	PlannedStmt *es_plannedstmt;
	const char *es_sourceText;
	CommandId es_output_cid;
	ParamListInfo es_param_list_info;
	QueryEnvironment *es_queryEnv;
	MemoryContext es_query_cxt; /* goes with ExecutorEnd */
	uint64 es_processed;		/* rows sent or changed */
	int es_top_eflags;
	int es_instrument;
	bool es_finished;
	int es_jit_flags;		   /* 0: expressions are not compiled (jit/jit.h) */
	struct JitContext *es_jit; /* NULL */
	struct JitInstrumentation *es_jit_worker_instr; /* NULL */
} EState;

/* What an index is made of, for the functions of catalog/index.h: none of them works here, so modules only hand it on. */
typedef struct IndexInfo
{
	NodeTag type;
	int ii_NumIndexAttrs;
	int ii_NumIndexKeyAttrs;
	AttrNumber ii_IndexAttrNumbers[INDEX_MAX_KEYS];
	List *ii_Expressions;
	List *ii_Predicate;
	bool ii_Unique;
	bool ii_NullsNotDistinct;
	bool ii_ReadyForInserts;
	bool ii_Concurrent;
	bool ii_BrokenHotChain;
	int ii_ParallelWorkers;
	Oid ii_Am;
} IndexInfo;

/* A table that a statement writes, with its indexes (executor/executor.h); also the handle of catalog/indexing.h. */
typedef struct ResultRelInfo
{
	NodeTag type;
	Index ri_RangeTableIndex;
	Relation ri_RelationDesc;
	int ri_NumIndices;
	RelationPtr ri_IndexRelationDescs;
	IndexInfo **ri_IndexRelationInfo;
} ResultRelInfo;

/* How far a plan is: nothing that modules could read. */
typedef struct PlanState
{
	NodeTag type;
	Plan *plan;
	EState *state;
} PlanState;

#endif /* EXECNODES_H */
