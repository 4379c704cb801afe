/*
 * storage/lmgr/write_lock.h
 *		The write lock of a database: one writer at a time, first come first served.
 *
 * A transaction takes it before its first write and keeps it until it ends (DESIGN section 6).  The
 * queue lies in shared memory; a waiter sleeps on its latch, shows wait event Lock/transactionid...
 * as wait_event_type "Lock", wait_event "relation", can be cancelled, and honours lock_timeout (55P03
 * "canceling statement due to lock timeout").  Backends and workers only.
 */
#pragma once

#include "postgres.h"

namespace pg
{

/* Waits for the lock of `database`. Raises 57014, 55P03, or what an interrupt raises; then it is not held. No-op if held. */
void AcquireWriteLock(Oid database);

/* Hands it to the first waiter. No-op if not held. Never raises. Also done at process exit. */
void ReleaseWriteLock(Oid database) noexcept;

bool HoldWriteLock(Oid database);

/* One holder or waiter, for pg_locks. */
struct WriteLockEntry
{
	Oid database;
	int pid;
	bool granted;
	int64 wait_start; /* TimestampTz, 0 when granted */
};
/* Copies up to max entries; returns how many. Never blocks a writer. */
int SnapshotWriteLocks(WriteLockEntry *out, int max);

} /* namespace pg */
