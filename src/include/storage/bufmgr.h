/*
 * bufmgr.h
 *		Shared buffers of pages.
 *
 * There are no such pages here, since the tables are SQLite's: each function raises ERROR 0A000 with its name.
 * There is no buffer pool either: NBuffers (miscadmin.h) is 0, and no number is that of a buffer.
 */
#ifndef BUFMGR_H
#define BUFMGR_H

#include "postgres.h"

#include "storage/block.h"
#include "storage/buf.h"
#include "storage/bufpage.h"
#include "storage/relfilenode.h"
#include "utils/relcache.h"
#include "utils/snapmgr.h"

PG_BEGIN_EXTERN_C

typedef void *Block;

typedef enum BufferAccessStrategyType
{
	BAS_NORMAL,
	BAS_BULKREAD,
	BAS_BULKWRITE,
	BAS_VACUUM
} BufferAccessStrategyType;

typedef enum
{
	RBM_NORMAL,
	RBM_ZERO_AND_LOCK,
	RBM_ZERO_AND_CLEANUP_LOCK,
	RBM_ZERO_ON_ERROR,
	RBM_NORMAL_NO_LOG
} ReadBufferMode;

typedef struct PrefetchBufferResult
{
	Buffer recent_buffer;
	bool initiated_io;
} PrefetchBufferResult;

struct SMgrRelationData;

#define P_NEW InvalidBlockNumber
#define BUFFER_LOCK_UNLOCK 0
#define BUFFER_LOCK_SHARE 1
#define BUFFER_LOCK_EXCLUSIVE 2
#define MAX_IO_CONCURRENCY 1000

extern PGDLLIMPORT bool track_io_timing; /* setting */
extern PGDLLIMPORT int NBuffers;
extern PGDLLIMPORT char *BufferBlocks; /* NULL */
extern PGDLLIMPORT int NLocBuffer;
extern PGDLLIMPORT Block *LocalBufferBlockPointers; /* NULL */

#define BufferIsValid(bufnum) ((void) (bufnum), false)
#define BufferGetBlock(buffer) PgNoBlock(buffer)
#define BufferGetPage(buffer) ((Page) PgNoBlock(buffer))
#define BufferGetPageSize(buffer) ((void) (buffer), (Size) BLCKSZ)
#define RelationGetNumberOfBlocks(reln) RelationGetNumberOfBlocksInFork(reln, MAIN_FORKNUM)

extern PrefetchBufferResult PrefetchSharedBuffer(struct SMgrRelationData *smgr_reln,
												 ForkNumber forkNum, BlockNumber blockNum);
extern PrefetchBufferResult PrefetchBuffer(Relation reln, ForkNumber forkNum, BlockNumber blockNum);
extern bool ReadRecentBuffer(RelFileNode rnode, ForkNumber forkNum, BlockNumber blockNum,
							 Buffer recent_buffer);
extern Buffer ReadBuffer(Relation reln, BlockNumber blockNum);
extern Buffer ReadBufferExtended(Relation reln, ForkNumber forkNum, BlockNumber blockNum,
								 ReadBufferMode mode, BufferAccessStrategy strategy);
extern Buffer ReadBufferWithoutRelcache(RelFileNode rnode, ForkNumber forkNum, BlockNumber blockNum,
										ReadBufferMode mode, BufferAccessStrategy strategy,
										bool permanent);
extern void ReleaseBuffer(Buffer buffer);
extern void UnlockReleaseBuffer(Buffer buffer);
extern void MarkBufferDirty(Buffer buffer);
extern void IncrBufferRefCount(Buffer buffer);
extern Buffer ReleaseAndReadBuffer(Buffer buffer, Relation relation, BlockNumber blockNum);
extern BlockNumber BufferGetBlockNumber(Buffer buffer);
extern BlockNumber RelationGetNumberOfBlocksInFork(Relation relation, ForkNumber forkNum);
extern void FlushOneBuffer(Buffer buffer);
extern void FlushRelationBuffers(Relation rel);
extern void FlushRelationsAllBuffers(struct SMgrRelationData **smgrs, int nrels);
extern void FlushDatabaseBuffers(Oid dbid);
extern void DropRelFileNodeBuffers(struct SMgrRelationData *smgr_reln, ForkNumber *forkNum,
								   int nforks, BlockNumber *firstDelBlock);
extern void DropRelFileNodesAllBuffers(struct SMgrRelationData **smgr_reln, int nnodes);
extern void DropDatabaseBuffers(Oid dbid);
extern bool BufferIsPermanent(Buffer buffer);
extern XLogRecPtr BufferGetLSNAtomic(Buffer buffer);
extern void BufferGetTag(Buffer buffer, RelFileNode *rnode, ForkNumber *forknum,
						 BlockNumber *blknum);
extern void MarkBufferDirtyHint(Buffer buffer, bool buffer_std);
extern void LockBuffer(Buffer buffer, int mode);
extern bool ConditionalLockBuffer(Buffer buffer);
extern void LockBufferForCleanup(Buffer buffer);
extern bool ConditionalLockBufferForCleanup(Buffer buffer);
extern bool IsBufferCleanupOK(Buffer buffer);
extern BufferAccessStrategy GetAccessStrategy(BufferAccessStrategyType btype);
extern void FreeAccessStrategy(BufferAccessStrategy strategy);
/* What the macros above call. */
extern Block PgNoBlock(Buffer buffer);

PG_END_EXTERN_C

#endif /* BUFMGR_H */
