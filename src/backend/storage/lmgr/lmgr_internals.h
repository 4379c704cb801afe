/*
 * storage/lmgr/lmgr_internals.h
 *		What the files of this folder tell each other; nobody else includes it.
 */
#pragma once

#include "postgres.h"

#include <cstddef>

#include "storage/lwlock.h"
#include "storage/proc.h"
#include "storage/spin.h"

namespace pg
{

/* The place of this process in the table of all. */
inline int
OwnProcNumber()
{
	return MyProc->pgprocno;
}

class SpinLockHold
{
public:
	explicit SpinLockHold(slock_t *lock) : lock_(lock) { SpinLockAcquire(lock_); }
	~SpinLockHold() { SpinLockRelease(lock_); }
	SpinLockHold(const SpinLockHold &) = delete;
	SpinLockHold &operator=(const SpinLockHold &) = delete;

private:
	slock_t *lock_;
};

/* Areas of the table in proc.cpp. */
size_t LWLockAreaSize();
void InitLWLockArea(void *at);
size_t WriteLockAreaSize();
void InitWriteLockArea(void *at);

size_t LockTableSize();
void InitLockTable(void *at);

/* Guards the table of write locks and that of heavyweight locks. */
LWLock *LockTablesLWLock();
/* With that lock: who holds the write lock that the process in a slot waits for, and of which database; -1: it waits for none. */
int WriteLockBlocker(int proc, Oid *database);

/* The process ends: gives up its heavyweight locks, those of the session as well. Never raises. */
void ForgetLocks() noexcept;
/* The process ends: gives up its write locks and its place in a queue. Never raises. */
void ForgetWriteLocks() noexcept;

} // namespace pg
