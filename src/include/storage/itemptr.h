/*
 * itemptr.h
 *		Where a tuple stands in a table: block and position. Result tuples have none.
 */
#ifndef ITEMPTR_H
#define ITEMPTR_H

#include "postgres.h"

#include "storage/block.h"
#include "storage/off.h"

PG_BEGIN_EXTERN_C

typedef struct ItemPointerData
{
	BlockIdData ip_blkid;
	OffsetNumber ip_posid;
} ItemPointerData;

typedef ItemPointerData *ItemPointer;

#define SizeOfIptrData (offsetof(ItemPointerData, ip_posid) + sizeof(OffsetNumber))

#define ItemPointerIsValid(pointer) \
	((pointer) != NULL && (pointer)->ip_posid != InvalidOffsetNumber)
#define ItemPointerSetInvalid(pointer)                               \
	((pointer)->ip_blkid.bi_hi = (pointer)->ip_blkid.bi_lo = 0xFFFF, \
	 (pointer)->ip_posid = InvalidOffsetNumber)
#define ItemPointerSet(pointer, blockNumber, offNum) \
	(BlockIdSet(&(pointer)->ip_blkid, blockNumber), (pointer)->ip_posid = (offNum))
#define ItemPointerSetBlockNumber(pointer, blockNumber) \
	BlockIdSet(&(pointer)->ip_blkid, blockNumber)
#define ItemPointerSetOffsetNumber(pointer, offsetNumber) \
	((void) ((pointer)->ip_posid = (offsetNumber)))
#define ItemPointerCopy(fromPointer, toPointer) ((void) (*(toPointer) = *(fromPointer)))
#define ItemPointerGetBlockNumberNoCheck(pointer) BlockIdGetBlockNumber(&(pointer)->ip_blkid)
#define VersionedDatumOffsetNumber 0xfffc /* see heap_datum_check */
#define ItemPointerGetOffsetNumberNoCheck(pointer) ((pointer)->ip_posid)
#define ItemPointerGetBlockNumber(pointer) \
	(AssertMacro(ItemPointerIsValid(pointer)), ItemPointerGetBlockNumberNoCheck(pointer))
#define ItemPointerGetOffsetNumber(pointer) \
	(AssertMacro(ItemPointerIsValid(pointer)), ItemPointerGetOffsetNumberNoCheck(pointer))

PG_END_EXTERN_C

#endif /* ITEMPTR_H */
