/*
 * lwlock.h
 *		Lightweight locks: shared or exclusive, for structures in shared memory.
 *
 * Any process with shared memory. While a process holds one, interrupts wait; an error or the end of the process
 * releases all it holds. Waiters sleep on a latch of their own and are served in order. A lock belongs to a tranche, which gives it
 * the name shown in pg_stat_activity. Source: PostgreSQL 15 manual, section "Shared Memory and LWLocks".
 */
#ifndef LWLOCK_H
#define LWLOCK_H

#include "postgres.h"

#include "port/atomics.h"
#include "storage/lwlocknames.h"
#include "storage/proclist_types.h"

PG_BEGIN_EXTERN_C

struct PGPROC;

typedef enum LWLockWaitState
{
	LW_WS_NOT_WAITING,
	LW_WS_WAITING,
	LW_WS_PENDING_WAKEUP
} LWLockWaitState;

typedef struct LWLock
{
	uint16 tranche;
	pg_atomic_uint32 state; /* the server's */
	proclist_head waiters;	/* the server's */
} LWLock;

/* A lock on a cache line of its own. */
#define LWLOCK_PADDED_SIZE PG_CACHE_LINE_SIZE
typedef union LWLockPadded
{
	LWLock lock;
	char pad[LWLOCK_PADDED_SIZE];
} LWLockPadded;

typedef enum LWLockMode
{
	LW_EXCLUSIVE,
	LW_SHARED,
	LW_WAIT_UNTIL_FREE /* internal: wait, do not take */
} LWLockMode;

/* The server's named locks; see storage/lwlocknames.h. */
extern PGDLLIMPORT LWLockPadded *MainLWLockArray;

/* Takes the lock, waiting as long as need be; true when it was free at once. ERROR XX000 when the process already
 * holds 200 locks. Taking a lock twice waits for ever. */
extern bool LWLockAcquire(LWLock *lock, LWLockMode mode);
/* Takes it only when that needs no wait. */
extern bool LWLockConditionalAcquire(LWLock *lock, LWLockMode mode);
/* Takes it if free; otherwise waits until it is free, does not take it, and is false. */
extern bool LWLockAcquireOrWait(LWLock *lock, LWLockMode mode);
/* ERROR XX000 when this process does not hold it. */
extern void LWLockRelease(LWLock *lock);
extern void LWLockReleaseAll(void);

/* Whether this process holds the lock; for assertions. */
extern bool LWLockHeldByMe(LWLock *lock);
extern bool LWLockHeldByMeInMode(LWLock *lock, LWLockMode mode);

/* A variable guarded by an exclusively held lock. The holder changes it with Update, which wakes those in WaitForVar;
 * ReleaseClearVar sets it to val and releases. WaitForVar is true at once when the lock is free; otherwise it sleeps
 * while *valptr equals oldval, then puts the new value in *newval and is false, or true when the lock became free. */
extern void LWLockUpdateVar(LWLock *lock, uint64 *valptr, uint64 value);
extern void LWLockReleaseClearVar(LWLock *lock, uint64 *valptr, uint64 val);
extern bool LWLockWaitForVar(LWLock *lock, uint64 *valptr, uint64 oldval, uint64 *newval);

/* Reserves num_lwlocks locks under a name (shmem_request_hook only), and finds them afterwards (any process; ERROR
 * XX000 when nobody reserved that name). The locks are initialised. */
extern void RequestNamedLWLockTranche(const char *tranche_name, int num_lwlocks);
extern LWLockPadded *GetNamedLWLockTranche(const char *tranche_name);

/* For locks that lie in the module's own shared memory: a new tranche number (once, kept in shared memory), its name
 * (in every process; the string must stay), the lock itself (once). */
extern int LWLockNewTrancheId(void);
extern void LWLockRegisterTranche(int tranche_id, const char *tranche_name);
extern void LWLockInitialize(LWLock *lock, int tranche_id);

/* As in PostgreSQL up to 9.5: locks without a name of their own. Reserves n more (_PG_init of a preloaded library; without effect
 * later), and hands out one of them, to whoever asks first (ERROR XX000 when none is left). */
extern void RequestAddinLWLocks(int n);
extern LWLock *LWLockAssign(void);

/* The name of a tranche as PostgreSQL 9.4 to 9.6 gave it; array_base and array_stride are not looked at. */
typedef struct LWLockTranche
{
	const char *name;
	void *array_base;
	Size array_stride;
} LWLockTranche;

static inline const char *
pg_tranche_text(const char *name)
{
	return name;
}

static inline const char *
pg_tranche_name(const LWLockTranche *tranche)
{
	return tranche->name;
}

typedef enum BuiltinTrancheIds
{
	LWTRANCHE_XACT_BUFFER = NUM_INDIVIDUAL_LWLOCKS,
	LWTRANCHE_COMMITTS_BUFFER,
	LWTRANCHE_SUBTRANS_BUFFER,
	LWTRANCHE_MULTIXACTOFFSET_BUFFER,
	LWTRANCHE_MULTIXACTMEMBER_BUFFER,
	LWTRANCHE_NOTIFY_BUFFER,
	LWTRANCHE_SERIAL_BUFFER,
	LWTRANCHE_WAL_INSERT,
	LWTRANCHE_BUFFER_CONTENT,
	LWTRANCHE_REPLICATION_ORIGIN_STATE,
	LWTRANCHE_REPLICATION_SLOT_IO,
	LWTRANCHE_LOCK_FASTPATH,
	LWTRANCHE_BUFFER_MAPPING,
	LWTRANCHE_LOCK_MANAGER,
	LWTRANCHE_PREDICATE_LOCK_MANAGER,
	LWTRANCHE_PARALLEL_HASH_JOIN,
	LWTRANCHE_PARALLEL_QUERY_DSA,
	LWTRANCHE_PER_SESSION_DSA,
	LWTRANCHE_PER_SESSION_RECORD_TYPE,
	LWTRANCHE_PER_SESSION_RECORD_TYPMOD,
	LWTRANCHE_SHARED_TUPLESTORE,
	LWTRANCHE_SHARED_TIDBITMAP,
	LWTRANCHE_PARALLEL_APPEND,
	LWTRANCHE_PER_XACT_PREDICATE_LIST,
	LWTRANCHE_PGSTATS_DSA,
	LWTRANCHE_PGSTATS_HASH,
	LWTRANCHE_PGSTATS_DATA,
	LWTRANCHE_DSM_REGISTRY_DSA, /* as in PostgreSQL 17 */
	LWTRANCHE_DSM_REGISTRY_HASH,
	LWTRANCHE_FIRST_USER_DEFINED
} BuiltinTrancheIds;

typedef LWLock *LWLockId;

PG_END_EXTERN_C

/* LWLockRegisterTranche takes either. */
#ifdef __cplusplus
static inline void
LWLockRegisterTranche(int tranche_id, const LWLockTranche *tranche)
{
	LWLockRegisterTranche(tranche_id, tranche->name);
}
#else
#define LWLockRegisterTranche(tranche_id, name) \
	LWLockRegisterTranche(tranche_id, _Generic((name),   \
			LWLockTranche *: pg_tranche_name,            \
			const LWLockTranche *: pg_tranche_name,      \
			default: pg_tranche_text)(name))
#endif

#endif /* LWLOCK_H */
