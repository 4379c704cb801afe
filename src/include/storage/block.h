/*
 * block.h
 *		Numbers of a table's blocks.
 */
#ifndef BLOCK_H
#define BLOCK_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

typedef uint32 BlockNumber;

#define InvalidBlockNumber ((BlockNumber) 0xFFFFFFFF)
#define MaxBlockNumber ((BlockNumber) 0xFFFFFFFE)
#define BlockNumberIsValid(blockNumber) ((blockNumber) != InvalidBlockNumber)

/* A number in two halves, so that a tuple's place needs an alignment of two bytes only. */
typedef struct BlockIdData
{
	uint16 bi_hi;
	uint16 bi_lo;
} BlockIdData;

typedef BlockIdData *BlockId;

#define BlockIdIsValid(blockId) PointerIsValid(blockId)
#define BlockIdSet(blockId, blockNumber) \
	((blockId)->bi_hi = (uint16) ((blockNumber) >> 16), (blockId)->bi_lo = (uint16) (blockNumber))
#define BlockIdCopy(toBlockId, fromBlockId) ((void) (*(toBlockId) = *(fromBlockId)))
#define BlockIdEquals(blockId1, blockId2) \
	((blockId1)->bi_hi == (blockId2)->bi_hi && (blockId1)->bi_lo == (blockId2)->bi_lo)
#define BlockIdGetBlockNumber(blockId) \
	((BlockNumber) ((uint32) (blockId)->bi_hi << 16 | (blockId)->bi_lo))

PG_END_EXTERN_C

#endif /* BLOCK_H */
