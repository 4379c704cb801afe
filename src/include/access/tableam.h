/*
 * tableam.h
 *		Scans of tables.
 *
 * Processes with a database connection, within a transaction.
 */
#ifndef TABLEAM_H
#define TABLEAM_H

#include "postgres.h"

#include "access/relscan.h"
#include "access/sdir.h"
#include "access/xact.h"
#include "nodes/lockoptions.h"
#include "storage/itemptr.h"
#include "utils/guc.h"
#include "utils/rel.h"
#include "utils/snapshot.h"

PG_BEGIN_EXTERN_C

/* What became of a change of a row, as modules pass it on; no function here gives one. */
typedef enum TM_Result
{
	TM_Ok,
	TM_Invisible,
	TM_SelfModified,
	TM_Updated,
	TM_Deleted,
	TM_BeingModified,
	TM_WouldBlock
} TM_Result;
typedef struct TM_FailureData
{
	ItemPointerData ctid;
	TransactionId xmax;
	CommandId cmax;
	bool traversed;
} TM_FailureData;

/* All rows that the keys let pass, as they are when the scan begins; snapshot is not looked at. */
extern TableScanDesc table_beginscan(Relation rel, Snapshot snapshot, int nkeys,
									 struct ScanKeyData *key);
extern TableScanDesc table_beginscan_catalog(Relation rel, int nkeys, struct ScanKeyData *key);
extern void table_endscan(TableScanDesc scan);
extern void table_rescan(TableScanDesc scan, struct ScanKeyData *key);

/* A slot for the relation's rows; put at the end of *reglist, when there is one. */
extern struct TupleTableSlot *table_slot_create(Relation rel, List **reglist);

PG_END_EXTERN_C

#endif /* TABLEAM_H */
