/*
 * index.h
 *		Making indexes.
 *
 * Tables are not made, filled or looked up below the level of SQL: each function raises ERROR 0A000 with its name.
 */
#ifndef INDEX_H
#define INDEX_H

#include "postgres.h"

#include "catalog/objectaddress.h"
#include "nodes/execnodes.h"
#include "storage/lock.h"
#include "utils/relcache.h"

PG_BEGIN_EXTERN_C

struct TupleTableSlot;
typedef enum
{
	INDEX_CREATE_SET_READY,
	INDEX_CREATE_SET_VALID,
	INDEX_DROP_CLEAR_VALID,
	INDEX_DROP_SET_DEAD
} IndexStateFlagsAction;

#define REINDEXOPT_VERBOSE 0x01
#define REINDEXOPT_REPORT_PROGRESS 0x02
#define REINDEXOPT_MISSING_OK 0x04
#define REINDEXOPT_CONCURRENTLY 0x08
typedef struct ReindexParams
{
	bits32 options;
	Oid tablespaceOid;
} ReindexParams;

#define INDEX_CREATE_IS_PRIMARY (1 << 0)
#define INDEX_CREATE_ADD_CONSTRAINT (1 << 1)
#define INDEX_CREATE_SKIP_BUILD (1 << 2)
#define INDEX_CREATE_CONCURRENT (1 << 3)
#define INDEX_CREATE_IF_NOT_EXISTS (1 << 4)
#define INDEX_CREATE_PARTITIONED (1 << 5)
#define INDEX_CREATE_INVALID (1 << 6)

/* The table of an index; InvalidOid with missing_ok, else ERROR XX000. */
extern Oid IndexGetRelation(Oid indexId, bool missing_ok);
/* ERROR 0A000 */
extern Oid index_create(Relation heapRelation, const char *indexRelationName, Oid indexRelationId,
						Oid parentIndexRelid, Oid parentConstraintId, Oid relFileNode,
						IndexInfo *indexInfo, List *indexColNames, Oid accessMethodObjectId,
						Oid tableSpaceId, Oid *collationObjectId, Oid *classObjectId,
						int16 *coloptions, Datum reloptions, bits16 flags, bits16 constr_flags,
						bool allow_system_table_mods, bool is_internal, Oid *constraintId);
extern void index_drop(Oid indexId, bool concurrent, bool concurrent_lock_mode);
extern IndexInfo *BuildIndexInfo(Relation index);
extern void FormIndexDatum(IndexInfo *indexInfo, struct TupleTableSlot *slot, EState *estate,
						   Datum *values, bool *isnull);
extern void index_build(Relation heapRelation, Relation indexRelation, IndexInfo *indexInfo,
						bool isreindex, bool parallel);
extern void index_set_state_flags(Oid indexId, IndexStateFlagsAction action);
extern void reindex_index(Oid indexId, bool skip_constraint_checks, char relpersistence,
						  ReindexParams *params);
extern bool reindex_relation(Oid relid, int flags, ReindexParams *params);

PG_END_EXTERN_C

#endif /* INDEX_H */
