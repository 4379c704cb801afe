/*
 * storage/lmgr/procarray.cpp
 *		Counting processes (storage/procarray.h).
 *
 * Any process with shared memory.  Reads without locks: the answer may be outdated at once.
 */
#include "postgres.h"

#include "storage/procarray.h"

#include "storage/ipc/shmem_internals.h"
#include "storage/lmgr/proc_internals.h"
#include "storage/proc.h"

namespace pg
{
namespace
{

template <typename Predicate>
int
count_processes(Predicate counts)
{
	int count = 0;

	for (int slot = 0; HaveSharedMemory() && slot < ProcSlotsUsed(); slot++)
	{
		const PGPROC &proc = ProcGlobal->allProcs[slot];
		const BackendType type = ProcSlotType(slot);

		if (proc.pid != 0 && (type == B_BACKEND || type == B_BG_WORKER) && counts(proc, type))
			count++;
	}
	return count;
}

} /* namespace */
} /* namespace pg */

using pg::count_processes;

int
CountDBBackends(Oid databaseid)
{
	return count_processes([&](const PGPROC &proc, BackendType)
						   { return databaseid == InvalidOid || proc.databaseId == databaseid; });
}

int
CountDBConnections(Oid databaseid)
{
	return count_processes(
		[&](const PGPROC &proc, BackendType type) {
			return type == B_BACKEND && (databaseid == InvalidOid || proc.databaseId == databaseid);
		});
}

int
CountUserBackends(Oid roleid)
{
	return count_processes([&](const PGPROC &proc, BackendType type)
						   { return type == B_BACKEND && proc.roleId == roleid; });
}

bool
MinimumActiveBackends(int min)
{
	/* Active: in a transaction, and not waiting for a lock. */
	return min == 0 ||
		   count_processes(
			   [](const PGPROC &proc, BackendType)
			   {
				   return &proc != MyProc && proc.lxid != InvalidLocalTransactionId &&
						  pg_atomic_read_u64(&const_cast<PGPROC &>(proc).waitStart) == 0;
			   }) >= min;
}

int
BackendXidGetPid(TransactionId)
{
	return 0;
}

bool
TransactionIdIsInProgress(TransactionId)
{
	return false;
}
