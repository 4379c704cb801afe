/*
 * heaptoast.h
 *		Rows with values outside. There are none.
 */
#ifndef HEAPTOAST_H
#define HEAPTOAST_H

#include "postgres.h"

#include "access/htup_details.h"
#include "storage/lockdefs.h"
#include "utils/relcache.h"

PG_BEGIN_EXTERN_C

/* A copy: every tuple is flat. */
extern HeapTuple toast_flatten_tuple(HeapTuple tup, TupleDesc tupleDesc);
/* ERROR 0A000 */
extern HeapTuple heap_toast_insert_or_update(Relation rel, HeapTuple newtup, HeapTuple oldtup,
											 int options);
extern void heap_toast_delete(Relation rel, HeapTuple oldtup, bool is_speculative);
extern Datum toast_flatten_tuple_to_datum(HeapTupleHeader tup, uint32 tup_len, TupleDesc tupleDesc);
extern HeapTuple toast_build_flattened_tuple(TupleDesc tupleDesc, Datum *values, bool *isnull);
extern void heap_fetch_toast_slice(Relation toastrel, Oid valueid, int32 attrsize,
								   int32 sliceoffset, int32 slicelength, struct varlena *result);

PG_END_EXTERN_C

#endif /* HEAPTOAST_H */
