/*
 * lock.h
 *		Heavyweight locks: by tag, in eight modes, held to the transaction's or the session's end.
 *
 * One table in shared memory serves relation locks, object locks and advisory locks of SQL and of modules. Waiters queue; a
 * deadlock is found after deadlock_timeout. Statements of SQL take no relation locks by themselves, but for LOCK TABLE.
 * Processes with shared memory.
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
#define LocalTransactionIdIsValid(lxid) ((lxid) != InvalidLocalTransactionId)
#define VirtualTransactionIdIsValid(vxid) ((vxid).localTransactionId != InvalidLocalTransactionId)
#define VirtualTransactionIdEquals(vxid1, vxid2) \
	((vxid1).backendId == (vxid2).backendId &&   \
	 (vxid1).localTransactionId == (vxid2).localTransactionId)
#define SetInvalidVirtualTransactionId(vxid) \
	((vxid).backendId = InvalidBackendId, (vxid).localTransactionId = InvalidLocalTransactionId)
#define GET_VXID_FROM_PGPROC(vxid, proc) \
	((vxid).backendId = (proc).backendId, (vxid).localTransactionId = (proc).lxid)

#define MAX_LOCKMODES 10
#define LOCKBIT_ON(lockmode) (1 << (lockmode))
#define LOCKBIT_OFF(lockmode) (~(1 << (lockmode)))

typedef uint16 LOCKMETHODID;

#define DEFAULT_LOCKMETHOD 1
#define USER_LOCKMETHOD 2 /* advisory locks */

typedef enum LockTagType
{
	LOCKTAG_RELATION,
	LOCKTAG_RELATION_EXTEND,
	LOCKTAG_DATABASE_FROZEN_IDS,
	LOCKTAG_PAGE,
	LOCKTAG_TUPLE,
	LOCKTAG_TRANSACTION,
	LOCKTAG_VIRTUALTRANSACTION,
	LOCKTAG_SPECULATIVE_TOKEN,
	LOCKTAG_OBJECT,
	LOCKTAG_USERLOCK,
	LOCKTAG_ADVISORY
} LockTagType;

#define LOCKTAG_LAST_TYPE LOCKTAG_ADVISORY

/* As pg_locks names them: "relation" and so on. */
extern PGDLLIMPORT const char *const LockTagTypeNames[];

/* What is locked. 16 bytes without holes: compared as bytes. */
typedef struct LOCKTAG
{
	uint32 locktag_field1;
	uint32 locktag_field2;
	uint32 locktag_field3;
	uint16 locktag_field4;
	uint8 locktag_type; /* LockTagType */
	uint8 locktag_lockmethodid;
} LOCKTAG;

#define PG_SET_LOCKTAG(locktag, f1, f2, f3, f4, tagtype, method)                \
	((locktag).locktag_field1 = (f1), (locktag).locktag_field2 = (f2),          \
	 (locktag).locktag_field3 = (f3), (locktag).locktag_field4 = (uint16) (f4), \
	 (locktag).locktag_type = (tagtype), (locktag).locktag_lockmethodid = (method))
#define SET_LOCKTAG_RELATION(locktag, dboid, reloid) \
	PG_SET_LOCKTAG(locktag, (dboid), (reloid), 0, 0, LOCKTAG_RELATION, DEFAULT_LOCKMETHOD)
#define SET_LOCKTAG_RELATION_EXTEND(locktag, dboid, reloid) \
	PG_SET_LOCKTAG(locktag, (dboid), (reloid), 0, 0, LOCKTAG_RELATION_EXTEND, DEFAULT_LOCKMETHOD)
#define SET_LOCKTAG_DATABASE_FROZEN_IDS(locktag, dboid) \
	PG_SET_LOCKTAG(locktag, (dboid), 0, 0, 0, LOCKTAG_DATABASE_FROZEN_IDS, DEFAULT_LOCKMETHOD)
#define SET_LOCKTAG_PAGE(locktag, dboid, reloid, blocknum) \
	PG_SET_LOCKTAG(locktag, (dboid), (reloid), (blocknum), 0, LOCKTAG_PAGE, DEFAULT_LOCKMETHOD)
#define SET_LOCKTAG_TUPLE(locktag, dboid, reloid, blocknum, offnum)                 \
	PG_SET_LOCKTAG(locktag, (dboid), (reloid), (blocknum), (offnum), LOCKTAG_TUPLE, \
				   DEFAULT_LOCKMETHOD)
#define SET_LOCKTAG_TRANSACTION(locktag, xid) \
	PG_SET_LOCKTAG(locktag, (xid), 0, 0, 0, LOCKTAG_TRANSACTION, DEFAULT_LOCKMETHOD)
#define SET_LOCKTAG_VIRTUALTRANSACTION(locktag, vxid)                                   \
	PG_SET_LOCKTAG(locktag, (uint32) (vxid).backendId, (vxid).localTransactionId, 0, 0, \
				   LOCKTAG_VIRTUALTRANSACTION, DEFAULT_LOCKMETHOD)
#define SET_LOCKTAG_SPECULATIVE_INSERTION(locktag, xid, token) \
	PG_SET_LOCKTAG(locktag, (xid), (token), 0, 0, LOCKTAG_SPECULATIVE_TOKEN, DEFAULT_LOCKMETHOD)
#define SET_LOCKTAG_OBJECT(locktag, dboid, classoid, objoid, objsubid)                 \
	PG_SET_LOCKTAG(locktag, (dboid), (classoid), (objoid), (objsubid), LOCKTAG_OBJECT, \
				   DEFAULT_LOCKMETHOD)
#define SET_LOCKTAG_ADVISORY(locktag, id1, id2, id3, id4) \
	PG_SET_LOCKTAG(locktag, (id1), (id2), (id3), (id4), LOCKTAG_ADVISORY, USER_LOCKMETHOD)

typedef enum
{
	LOCKACQUIRE_NOT_AVAIL, /* dontWait, and somebody is in the way */
	LOCKACQUIRE_OK,
	LOCKACQUIRE_ALREADY_HELD, /* counted once more */
	LOCKACQUIRE_ALREADY_CLEAR
} LockAcquireResult;

/* One holder or waiter, as GetLockStatusData copies it. */
typedef struct LockInstanceData
{
	LOCKTAG locktag;
	LOCKMASK holdMask;	   /* LOCKBIT_ON of the modes held */
	LOCKMODE waitLockMode; /* waited for, or NoLock */
	BackendId backend;
	LocalTransactionId lxid;
	TimestampTz waitStart; /* 0: does not wait */
	int pid;
	int leaderPid;
	bool fastpath; /* false */
} LockInstanceData;

typedef struct LockData
{
	int nelements;
	LockInstanceData *locks;
} LockData;

/* Setting max_locks_per_transaction. */
extern PGDLLIMPORT int max_locks_per_xact;

/* Whether two modes of one object exclude each other. */
extern bool DoLockModesConflict(LOCKMODE mode1, LOCKMODE mode2);
/* "AccessShareLock" and so on; static text. */
extern const char *GetLockmodeName(LOCKMETHODID lockmethodid, LOCKMODE mode);
extern uint32 LockTagHashCode(const LOCKTAG *locktag);

/*
 * Takes the lock, waiting in the queue unless dontWait. It is held until it has been released as often as taken, or until the
 * transaction ends (of a subtransaction: is rolled back), or with sessionLock until the session does. ERROR: 55P03 when
 * lock_timeout ran out, 40P01 deadlock, 53200 when the table is full, what an interrupt raises; then it is not held.
 */
extern LockAcquireResult LockAcquire(const LOCKTAG *locktag, LOCKMODE lockmode, bool sessionLock,
									 bool dontWait);
/* False, with a WARNING, when it is not held that way. */
extern bool LockRelease(const LOCKTAG *locktag, LOCKMODE lockmode, bool sessionLock);
/* All of one method; allLocks: those of the session as well. */
extern void LockReleaseAll(LOCKMETHODID lockmethodid, bool allLocks);
extern void LockReleaseSession(LOCKMETHODID lockmethodid);
extern bool LockHeldByMe(const LOCKTAG *locktag, LOCKMODE lockmode);
extern bool LockOrStrongerHeldByMe(const LOCKTAG *locktag, LOCKMODE lockmode);
/* Whether somebody waits for what this process holds. */
extern bool LockHasWaiters(const LOCKTAG *locktag, LOCKMODE lockmode, bool sessionLock);
extern int LockWaiterCount(const LOCKTAG *locktag);

/* All holders and waiters, palloc'd. Write locks of databases are not among them. */
extern LockData *GetLockStatusData(void);

PG_END_EXTERN_C

#endif /* LOCK_H_ */
