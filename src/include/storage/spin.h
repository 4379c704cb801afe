/*
 * spin.h
 *		Spinlocks: for a handful of instructions on shared memory, nothing longer.
 *
 * Not interruptible, not released by an error, not recursive: hold one over straight code only, with no function calls
 * that could raise. Use an LWLock for all else. The postmaster never takes one.
 */
#ifndef SPIN_H
#define SPIN_H

#include "postgres.h"

#include "storage/s_lock.h"

#define SpinLockInit(lock) S_INIT_LOCK(lock)
#define SpinLockAcquire(lock) ((void) S_LOCK(lock))
#define SpinLockRelease(lock) S_UNLOCK(lock)
#define SpinLockFree(lock) S_LOCK_FREE(lock)

#endif /* SPIN_H */
