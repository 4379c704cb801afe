/*
 * genam.h
 *		Scans of catalogs.
 *
 * Processes with a database connection, within a transaction.
 */
#ifndef GENAM_H
#define GENAM_H

#include "postgres.h"

#include "access/relscan.h"
#include "access/sdir.h"
#include "access/skey.h"
#include "storage/lockdefs.h"
#include "utils/dsa.h"
#include "utils/snapshot.h"

PG_BEGIN_EXTERN_C

typedef struct SysScanDescData *SysScanDesc;

/*
 * The rows that all keys let pass, as they are when the scan begins; indexId and snapshot are not looked at. A tuple is valid
 * until the scan ends. ERROR 0A000 for a key whose function is no comparison, and for views.
 */
extern SysScanDesc systable_beginscan(Relation heapRelation, Oid indexId, bool indexOK,
									  Snapshot snapshot, int nkeys, ScanKey key);
/* NULL at the end. */
extern HeapTuple systable_getnext(SysScanDesc sysscan);
extern bool systable_recheck_tuple(SysScanDesc sysscan, HeapTuple tup);
extern void systable_endscan(SysScanDesc sysscan);
/* The same in the order of the index. */
extern SysScanDesc systable_beginscan_ordered(Relation heapRelation, Relation indexRelation,
											  Snapshot snapshot, int nkeys, ScanKey key);
extern HeapTuple systable_getnext_ordered(SysScanDesc sysscan, ScanDirection direction);
extern void systable_endscan_ordered(SysScanDesc sysscan);

/* ERROR 42809 for what is no index. */
extern Relation index_open(Oid relationId, LOCKMODE lockmode);
extern void index_close(Relation relation, LOCKMODE lockmode);

struct TupleTableSlot;

/* There are no scans of indexes: SQL uses them. Each of these raises ERROR 0A000. */
extern IndexScanDesc index_beginscan(Relation heapRelation, Relation indexRelation,
									 Snapshot snapshot, int nkeys, int norderbys);
extern void index_rescan(IndexScanDesc scan, ScanKey keys, int nkeys, ScanKey orderbys,
						 int norderbys);
extern void index_endscan(IndexScanDesc scan);
extern void index_markpos(IndexScanDesc scan);
extern void index_restrpos(IndexScanDesc scan);
extern ItemPointer index_getnext_tid(IndexScanDesc scan, ScanDirection direction);
extern bool index_fetch_heap(IndexScanDesc scan, struct TupleTableSlot *slot);
extern bool index_getnext_slot(IndexScanDesc scan, ScanDirection direction,
							   struct TupleTableSlot *slot);
extern RegProcedure index_getprocid(Relation irel, AttrNumber attnum, uint16 procnum);
extern FmgrInfo *index_getprocinfo(Relation irel, AttrNumber attnum, uint16 procnum);
extern char *BuildIndexValueDescription(Relation indexRelation, Datum *values, bool *isnull);

PG_END_EXTERN_C

#endif /* GENAM_H */
