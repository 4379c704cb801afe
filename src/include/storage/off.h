/*
 * off.h
 *		Positions in a page, from 1.
 */
#ifndef OFF_H
#define OFF_H

#include "postgres.h"

#include "storage/itemid.h"

PG_BEGIN_EXTERN_C

typedef uint16 OffsetNumber;

#define InvalidOffsetNumber ((OffsetNumber) 0)
#define FirstOffsetNumber ((OffsetNumber) 1)
#define MaxOffsetNumber ((OffsetNumber) (BLCKSZ / sizeof(ItemIdData)))
#define OffsetNumberIsValid(offsetNumber) \
	((offsetNumber) >= FirstOffsetNumber && (offsetNumber) <= MaxOffsetNumber)
#define OffsetNumberNext(offsetNumber) ((OffsetNumber) ((offsetNumber) + 1))
#define OffsetNumberPrev(offsetNumber) ((OffsetNumber) ((offsetNumber) -1))

PG_END_EXTERN_C

#endif /* OFF_H */
