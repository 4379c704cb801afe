/*
 * postmaster/worker_lock.h
 *		BackgroundWorkerLock for the length of a block.
 *
 * Backends and workers; never the postmaster, and never while another lock is held.
 */
#pragma once

#include "storage/lwlock.h"

namespace pg
{

class WorkerLockHold
{
public:
	explicit WorkerLockHold(LWLockMode mode) { LWLockAcquire(BackgroundWorkerLock, mode); }
	~WorkerLockHold() { LWLockRelease(BackgroundWorkerLock); }
	WorkerLockHold(const WorkerLockHold &) = delete;
	WorkerLockHold &operator=(const WorkerLockHold &) = delete;
};

} /* namespace pg */
