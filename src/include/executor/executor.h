/*
 * executor.h
 *		Running planned statements, and the hooks around it.
 *
 * SELECT, INSERT, UPDATE and DELETE pass ExecutorStart, ExecutorRun, ExecutorFinish and ExecutorEnd, whoever sends them:
 * clients, SPI, EXECUTE, CREATE TABLE AS. A hook that is set is called instead and calls the hook that was there before it, or the
 * standard_ function. An error on the way skips the rest; then ExecutorEnd is not called. Processes with a database, within a
 * transaction.
 */
#ifndef EXECUTOR_H
#define EXECUTOR_H

#include "postgres.h"

#include "access/sdir.h"
#include "executor/execdesc.h"
#include "executor/tuptable.h"
#include "nodes/execnodes.h"
#include "nodes/parsenodes.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

PG_BEGIN_EXTERN_C

/* For eflags of ExecutorStart. */
#define EXEC_FLAG_EXPLAIN_ONLY 0x0001
#define EXEC_FLAG_REWIND 0x0002
#define EXEC_FLAG_BACKWARD 0x0004
#define EXEC_FLAG_MARK 0x0008
#define EXEC_FLAG_SKIP_TRIGGERS 0x0010
#define EXEC_FLAG_WITH_NO_DATA 0x0020

typedef void (*ExecutorStart_hook_type)(QueryDesc *queryDesc, int eflags);
extern PGDLLIMPORT ExecutorStart_hook_type ExecutorStart_hook;

typedef void (*ExecutorRun_hook_type)(QueryDesc *queryDesc, ScanDirection direction, uint64 count,
									  bool execute_once);
extern PGDLLIMPORT ExecutorRun_hook_type ExecutorRun_hook;

typedef void (*ExecutorFinish_hook_type)(QueryDesc *queryDesc);
extern PGDLLIMPORT ExecutorFinish_hook_type ExecutorFinish_hook;

typedef void (*ExecutorEnd_hook_type)(QueryDesc *queryDesc);
extern PGDLLIMPORT ExecutorEnd_hook_type ExecutorEnd_hook;

/* In standard_ExecutorStart, with what the statement touches. Refuses by ERROR, or by false when it must not raise. */
typedef bool (*ExecutorCheckPerms_hook_type)(List *rangeTable, bool ereport_on_violation);
extern PGDLLIMPORT ExecutorCheckPerms_hook_type ExecutorCheckPerms_hook;

/* Fills in tupDesc and estate. */
extern void ExecutorStart(QueryDesc *queryDesc, int eflags);
extern void standard_ExecutorStart(QueryDesc *queryDesc, int eflags);
/* Sends rows to dest, count of them at most (0: all), and counts them in estate->es_processed. Once; forward only. */
extern void ExecutorRun(QueryDesc *queryDesc, ScanDirection direction, uint64 count,
						bool execute_once);
extern void standard_ExecutorRun(QueryDesc *queryDesc, ScanDirection direction, uint64 count,
								 bool execute_once);
extern void ExecutorFinish(QueryDesc *queryDesc);
extern void standard_ExecutorFinish(QueryDesc *queryDesc);
/* Frees what ExecutorStart made. */
extern void ExecutorEnd(QueryDesc *queryDesc);
extern void standard_ExecutorEnd(QueryDesc *queryDesc);
/* Asks ExecutorCheckPerms_hook; true when there is none. */
extern bool ExecCheckRTPerms(List *rangeTable, bool ereport_on_violation);

/* A state of its own, in a memory context of its own below CurrentMemoryContext. */
extern EState *CreateExecutorState(void);
extern void FreeExecutorState(EState *estate);

/* ERROR 0A000: rows are written by SQL, or by the functions of access/heapam.h. */
extern void InitResultRelInfo(ResultRelInfo *resultRelInfo, Relation resultRelationDesc,
							  Index resultRelationIndex, ResultRelInfo *partition_root_rri,
							  int instrument_options);
extern void ExecOpenIndices(ResultRelInfo *resultRelInfo, bool speculative);
extern void ExecCloseIndices(ResultRelInfo *resultRelInfo);
extern List *ExecInsertIndexTuples(ResultRelInfo *resultRelInfo, TupleTableSlot *slot,
								   EState *estate, bool update, bool noDupErr, bool *specConflict,
								   List *arbiterIndexes);

/* Rows of one's own for a receiver: startup, rows, shutdown. The multiline form sends one row of text for each line; the oneline one
 * expects the single line without its end. */
typedef struct TupOutputState
{
	TupleTableSlot *slot;
	DestReceiver *dest;
} TupOutputState;

extern TupOutputState *begin_tup_output_tupdesc(DestReceiver *dest, TupleDesc tupdesc,
												const TupleTableSlotOps *tts_ops);
extern void do_tup_output(TupOutputState *tstate, Datum *values, bool *isnull);
extern void do_text_output_multiline(TupOutputState *tstate, const char *txt);
extern void end_tup_output(TupOutputState *tstate);

#define do_text_output_oneline(tstate, str_to_emit)                 \
	do                                                              \
	{                                                               \
		Datum values_[1];                                           \
		bool isnull_[1];                                            \
		values_[0] = PointerGetDatum(cstring_to_text(str_to_emit)); \
		isnull_[0] = false;                                         \
		do_tup_output(tstate, values_, isnull_);                    \
		pfree(DatumGetPointer(values_[0]));                         \
	} while (0)

/* Columns of a value of row type; attribute by name or number from 1. ERROR XX000 for one that is not there. */
extern Datum GetAttributeByName(HeapTupleHeader tuple, const char *attname, bool *isNull);
extern Datum GetAttributeByNum(HeapTupleHeader tuple, AttrNumber attrno, bool *isNull);

PG_END_EXTERN_C

#endif /* EXECUTOR_H */
