/*
 * heapam.h
 *		Rows of tables, one by one.
 *
 * Processes with a database connection, within a transaction.
 */
#ifndef HEAPAM_H
#define HEAPAM_H

#include "postgres.h"

#include "access/genam.h"
#include "access/relation.h"
#include "access/relscan.h"
#include "access/sdir.h"
#include "access/skey.h"
#include "access/table.h"
#include "access/tableam.h"
#include "storage/dsm.h"
#include "storage/lockdefs.h"
#include "storage/shm_toc.h"
#include "utils/relcache.h"
#include "utils/snapshot.h"

PG_BEGIN_EXTERN_C

/* The next row, valid until the scan ends; t_self says where it stands. NULL at the end. */
extern HeapTuple heap_getnext(TableScanDesc scan, ScanDirection direction);
#define heap_endscan(scan) table_endscan(scan)

/*
 * One row into, over, or out of a table; constraints hold, as for statements, defaults are the caller's. The tuple's t_self
 * is set. ERROR 0A000 for system catalogs, XX000 when there is no row at tid.
 */
extern void simple_heap_insert(Relation relation, HeapTuple tup);
extern void simple_heap_update(Relation relation, ItemPointer otid, HeapTuple tup);
extern void simple_heap_delete(Relation relation, ItemPointer tid);

/* As PostgreSQL 11 and before call them. */
#define heap_open(relation, lockmode) table_open(relation, lockmode)
#define heap_openrv(relation, lockmode) table_openrv(relation, lockmode)
#define heap_close(relation, lockmode) table_close(relation, lockmode)

#define HEAP_INSERT_SKIP_FSM 0x0002
#define HEAP_INSERT_FROZEN 0x0004
#define HEAP_INSERT_NO_LOGICAL 0x0008
typedef struct BulkInsertStateData *BulkInsertState;
struct TupleTableSlot;
typedef enum
{
	HEAPTUPLE_DEAD,
	HEAPTUPLE_LIVE,
	HEAPTUPLE_RECENTLY_DEAD,
	HEAPTUPLE_INSERT_IN_PROGRESS,
	HEAPTUPLE_DELETE_IN_PROGRESS
} HTSV_Result;
/* Rows come and go one by one, as above, and carry no marks of transactions. Each of these raises ERROR 0A000. */
extern BulkInsertState GetBulkInsertState(void);
extern void FreeBulkInsertState(BulkInsertState);
extern void ReleaseBulkInsertStatePin(BulkInsertState bistate);
extern void heap_insert(Relation relation, HeapTuple tup, CommandId cid, int options,
						BulkInsertState bistate);
extern void heap_multi_insert(Relation relation, struct TupleTableSlot **slots, int ntuples,
							  CommandId cid, int options, BulkInsertState bistate);
extern bool heap_getnextslot(TableScanDesc sscan, ScanDirection direction,
							 struct TupleTableSlot *slot);
extern bool heap_fetch(Relation relation, Snapshot snapshot, HeapTuple tuple, int *userbuf,
					   bool keep_buf);
extern bool HeapTupleSatisfiesVisibility(HeapTuple stup, Snapshot snapshot, int buffer);
extern HTSV_Result HeapTupleSatisfiesVacuum(HeapTuple stup, TransactionId OldestXmin, int buffer);

PG_END_EXTERN_C

#endif /* HEAPAM_H */
