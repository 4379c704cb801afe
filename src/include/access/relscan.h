/*
 * relscan.h
 *		Scans in progress: handles.
 */
#ifndef RELSCAN_H
#define RELSCAN_H

#include "postgres.h"

#include "access/htup.h"
#include "access/htup_details.h"
#include "access/itup.h"
#include "storage/buf.h"
#include "storage/spin.h"
#include "utils/relcache.h"

PG_BEGIN_EXTERN_C

typedef struct TableScanDescData
{
	Relation rs_rd;
	int rs_nkeys;
	struct ScanKeyData *rs_key;
} TableScanDescData;

typedef struct TableScanDescData *TableScanDesc;

/* No function gives a scan of an index: see access/genam.h. */
typedef struct IndexScanDescData
{
	Relation heapRelation;
	Relation indexRelation;
	struct SnapshotData *xs_snapshot;
	int numberOfKeys;
	int numberOfOrderBys;
	struct ScanKeyData *keyData;
	struct ScanKeyData *orderByData;
	bool xs_want_itup;
	bool xs_temp_snap;
	bool kill_prior_tuple;
	bool ignore_killed_tuples;
	bool xactStartedInRecovery;
	void *opaque;
	HeapTuple xs_hitup;
	TupleDesc xs_hitupdesc;
	ItemPointerData xs_heaptid;
	bool xs_heap_continue;
	bool xs_recheck;
} IndexScanDescData;

typedef struct IndexScanDescData *IndexScanDesc;

PG_END_EXTERN_C

#endif /* RELSCAN_H */
