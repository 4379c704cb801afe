/*
 * s_lock.h
 *		Spinlocks, the machine's part. Modules use storage/spin.h.
 */
#ifndef S_LOCK_H
#define S_LOCK_H

#include "postgres.h"

#include "port/atomics.h"

PG_BEGIN_EXTERN_C

typedef unsigned char slock_t; /* 0: free */

/* Non-zero when somebody else holds the lock. */
#define TAS(lock) ((int) __atomic_exchange_n((lock), (slock_t) 1, __ATOMIC_ACQUIRE))
#define TAS_SPIN(lock) (*(lock) != 0 ? 1 : TAS(lock))

#define S_INIT_LOCK(lock) __atomic_store_n((lock), (slock_t) 0, __ATOMIC_RELEASE)
#define S_LOCK(lock) (TAS(lock) ? s_lock((lock), __FILE__, __LINE__, PG_FUNCNAME_MACRO) : 0)
#define S_UNLOCK(lock) __atomic_store_n((lock), (slock_t) 0, __ATOMIC_RELEASE)
#define S_LOCK_FREE(lock) (*(lock) == 0)
#define SPIN_DELAY() pg_spin_delay()

/* Waits for a taken lock with growing delays and takes it; returns how often it slept. Gives up with PANIC "stuck
 * spinlock detected" after about a minute. */
extern int s_lock(volatile slock_t *lock, const char *file, int line, const char *func);

PG_END_EXTERN_C

#endif /* S_LOCK_H */
