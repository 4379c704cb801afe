/*
 * itemptr.h
 *		Where a tuple stands in a table: block and position. Result tuples have none.
 */
#ifndef ITEMPTR_H
#define ITEMPTR_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

typedef uint32 BlockNumber;
typedef uint16 OffsetNumber;

#define InvalidBlockNumber ((BlockNumber) 0xFFFFFFFF)
#define InvalidOffsetNumber ((OffsetNumber) 0)

typedef struct BlockIdData
{
	uint16 bi_hi;
	uint16 bi_lo;
} BlockIdData;

typedef struct ItemPointerData
{
	BlockIdData ip_blkid;
	OffsetNumber ip_posid;
} ItemPointerData;

typedef ItemPointerData *ItemPointer;

#define ItemPointerIsValid(pointer) \
	((pointer) != NULL && (pointer)->ip_posid != InvalidOffsetNumber)
#define ItemPointerSetInvalid(pointer)                               \
	((pointer)->ip_blkid.bi_hi = (pointer)->ip_blkid.bi_lo = 0xFFFF, \
	 (pointer)->ip_posid = InvalidOffsetNumber)

PG_END_EXTERN_C

#endif /* ITEMPTR_H */
