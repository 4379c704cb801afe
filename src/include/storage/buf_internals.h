/*
 * buf_internals.h
 *		Headers of shared buffers. There are none: NBuffers (miscadmin.h) is 0, so that a loop over them ends at once.
 */
#ifndef BUFMGR_INTERNALS_H
#define BUFMGR_INTERNALS_H

#include "postgres.h"

#include "port/atomics.h"
#include "storage/buf.h"
#include "storage/bufmgr.h"
#include "storage/condition_variable.h"
#include "storage/latch.h"
#include "storage/lwlock.h"
#include "storage/relfilenode.h"
#include "storage/shmem.h"
#include "storage/smgr.h"
#include "storage/spin.h"
#include "utils/relcache.h"

PG_BEGIN_EXTERN_C

#define BUF_REFCOUNT_ONE 1
#define BUF_REFCOUNT_MASK ((1U << 18) - 1)
#define BUF_USAGECOUNT_MASK 0x003C0000U
#define BUF_USAGECOUNT_ONE (1U << 18)
#define BUF_USAGECOUNT_SHIFT 18
#define BUF_FLAG_MASK 0xFFC00000U
#define BUF_STATE_GET_REFCOUNT(state) ((state) &BUF_REFCOUNT_MASK)
#define BUF_STATE_GET_USAGECOUNT(state) (((state) &BUF_USAGECOUNT_MASK) >> BUF_USAGECOUNT_SHIFT)
#define BM_LOCKED (1U << 22)
#define BM_DIRTY (1U << 23)
#define BM_VALID (1U << 24)
#define BM_TAG_VALID (1U << 25)
#define BM_IO_IN_PROGRESS (1U << 26)
#define BM_IO_ERROR (1U << 27)
#define BM_JUST_DIRTIED (1U << 28)
#define BM_PIN_COUNT_WAITER (1U << 29)
#define BM_CHECKPOINT_NEEDED (1U << 30)
#define BM_PERMANENT (1U << 31)
#define BM_MAX_USAGE_COUNT 5

/* The relation's three numbers have their names of PostgreSQL 16 as well. */
typedef struct buftag
{
	union
	{
		RelFileNode rnode;
		struct
		{
			Oid spcOid;
			Oid dbOid;
			RelFileNumber relNumber;
		};
	};
	ForkNumber forkNum;
	BlockNumber blockNum;
} BufferTag;

static inline RelFileNumber
BufTagGetRelNumber(const BufferTag *tag)
{
	return tag->relNumber;
}

static inline ForkNumber
BufTagGetForkNum(const BufferTag *tag)
{
	return tag->forkNum;
}

typedef struct BufferDesc
{
	BufferTag tag;
	int buf_id;
	pg_atomic_uint32 state;
	int wait_backend_pgprocno;
	int freeNext;
	LWLock content_lock;
} BufferDesc;

typedef union BufferDescPadded
{
	BufferDesc bufferdesc;
	char pad[64];
} BufferDescPadded;

#define GetBufferDescriptor(id) (&BufferDescriptors[(id)].bufferdesc)
#define BufferDescriptorGetBuffer(bdesc) ((bdesc)->buf_id + 1)
#define BufferDescriptorGetContentLock(bdesc) (&(bdesc)->content_lock)
#define UnlockBufHdr(desc, s) pg_atomic_write_u32(&(desc)->state, (s) & ~BM_LOCKED)

extern PGDLLIMPORT BufferDescPadded *BufferDescriptors; /* NULL */

/* There is no buffer to be had. */
extern bool have_free_buffer(void);
/* ERROR 0A000 */
extern uint32 LockBufHdr(BufferDesc *desc);

PG_END_EXTERN_C

#endif /* BUFMGR_INTERNALS_H */
