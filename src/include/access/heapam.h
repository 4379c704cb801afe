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

PG_END_EXTERN_C

#endif /* HEAPAM_H */
