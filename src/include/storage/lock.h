/*
 * lock.h
 *		Names around locks that other headers need.
 */
#ifndef LOCK_H_
#define LOCK_H_

#include "postgres.h"

#include "storage/backendid.h"
#include "storage/lockdefs.h"
#include "storage/lwlock.h"
#include "storage/shmem.h"
#include "utils/timestamp.h"

PG_BEGIN_EXTERN_C

typedef struct PGPROC PGPROC;

/* A transaction that need not have a number: the process, and a count of its own. */
typedef struct VirtualTransactionId
{
	BackendId backendId;
	LocalTransactionId localTransactionId;
} VirtualTransactionId;

#define InvalidLocalTransactionId 0
#define VirtualTransactionIdIsValid(vxid) ((vxid).localTransactionId != InvalidLocalTransactionId)

PG_END_EXTERN_C

#endif /* LOCK_H_ */
