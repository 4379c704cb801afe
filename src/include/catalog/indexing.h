/*
 * indexing.h
 *		Writing rows with their index entries.
 *
 * Processes with a database connection, within a transaction.
 */
#ifndef INDEXING_H
#define INDEXING_H

#include "postgres.h"

#include "access/htup.h"
#include "nodes/execnodes.h"
#include "utils/relcache.h"

PG_BEGIN_EXTERN_C

typedef struct ResultRelInfo *CatalogIndexState;

/* As the functions of access/heapam.h: indexes are always kept. */
extern CatalogIndexState CatalogOpenIndexes(Relation heapRel);
extern void CatalogCloseIndexes(CatalogIndexState indstate);
extern void CatalogTupleInsert(Relation heapRel, HeapTuple tup);
extern void CatalogTupleInsertWithInfo(Relation heapRel, HeapTuple tup, CatalogIndexState indstate);
extern void CatalogTupleUpdate(Relation heapRel, ItemPointer otid, HeapTuple tup);
extern void CatalogTupleUpdateWithInfo(Relation heapRel, ItemPointer otid, HeapTuple tup,
									   CatalogIndexState indstate);
extern void CatalogTupleDelete(Relation heapRel, ItemPointer tid);

PG_END_EXTERN_C

#endif /* INDEXING_H */
