/*
 * htup.h
 *		Tuples: a row in memory. access/htup_details.h has the layout and the functions.
 */
#ifndef HTUP_H
#define HTUP_H

#include "postgres.h"

#include "storage/itemptr.h"

PG_BEGIN_EXTERN_C

typedef struct HeapTupleHeaderData HeapTupleHeaderData;
typedef HeapTupleHeaderData *HeapTupleHeader;
typedef struct MinimalTupleData MinimalTupleData;
typedef MinimalTupleData *MinimalTuple;

typedef struct HeapTupleData
{
	uint32 t_len; /* bytes at t_data */
	ItemPointerData t_self;
	Oid t_tableOid;
	HeapTupleHeader t_data;
} HeapTupleData;

typedef HeapTupleData *HeapTuple;

#define FIELDNO_HEAPTUPLEDATA_DATA 3
#define HEAPTUPLESIZE MAXALIGN(sizeof(HeapTupleData))
#define HeapTupleIsValid(tuple) PointerIsValid(tuple)

PG_END_EXTERN_C

#endif /* HTUP_H */
