/*
 * itup.h
 *		Entries of indexes. No function makes one.
 */
#ifndef ITUP_H
#define ITUP_H

#include "postgres.h"

#include "access/tupdesc.h"
#include "access/tupmacs.h"
#include "storage/bufpage.h"
#include "storage/itemptr.h"

PG_BEGIN_EXTERN_C

typedef struct IndexTupleData
{
	ItemPointerData t_tid;
	unsigned short t_info;
} IndexTupleData;

typedef IndexTupleData *IndexTuple;

PG_END_EXTERN_C

#endif /* ITUP_H */
