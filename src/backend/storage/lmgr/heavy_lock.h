/*
 * storage/lmgr/heavy_lock.h
 *		Heavyweight locks, for the server itself; modules use storage/lock.h and storage/lmgr.h.
 *
 * Backends and workers.
 */
#pragma once

#include <string>
#include <vector>

#include "postgres.h"

#include "storage/lock.h"

namespace pg
{

/*
 * A transaction ends: what it took is given back, locks of the session stay.  With level above 1 a
 * subtransaction: rolled back, what it took is given back; committed, it becomes its parent's.
 */
void EndTransactionLocks(bool committed, int level);

/* "relation 16384 of database 5" */
std::string LockTagText(const LOCKTAG &tag);

/* All holders and waiters. */
std::vector<LockInstanceData> SnapshotLocks();
/* Processes that hold what the process waits for, or wait for it in front of it; write locks included. */
std::vector<int> BlockingPids(int pid);

} /* namespace pg */
