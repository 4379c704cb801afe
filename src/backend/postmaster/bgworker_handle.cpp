/*
 * postmaster/bgworker_handle.cpp
 *		Handles of background workers: their state, waiting for them, ending them, sending them around.
 *
 * Backends and workers with shared memory; other processes see every worker as stopped.  Side of the backends
 * in the protocol of worker_slots.h; no lock but BackgroundWorkerLock, for reading.
 */
#include "postgres.h"

#include "postmaster/bgworker.h"

#include <algorithm>

#include "miscadmin.h"
#include "port/os.h"
#include "postmaster/worker_lock.h"
#include "postmaster/worker_slots.h"
#include "storage/ipc/ipc_internals.h"
#include "storage/latch.h"
#include "storage/lmgr/proc_internals.h"
#include "storage/procarray.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/palloc.h"
#include "utils/wait_event.h"

namespace pg
{

namespace
{

/* Milliseconds between two looks: of who is told of changes, and of who is not. */
constexpr long kLookWhenTold = 10000;
constexpr long kLookOtherwise = 100;

/* The slot of a handle, if it is still that worker's. Caller holds the lock. */
WorkerSlot *
slot_of(const BackgroundWorkerHandle *handle)
{
	if (shared_workers == nullptr || handle->slot < 0 || handle->slot >= WorkerSlotsUsed())
		return nullptr;
	WorkerSlot *slot = &shared_workers->wa_slots[handle->slot];

	return slot->ws_generation == handle->generation ? slot : nullptr;
}

struct Seen
{
	BgwHandleStatus status = BGWH_STOPPED;
	pid_t pid = 0;
	bool ready = false;
	bool we_are_told = false; /* of changes */
};

Seen
look_at(const BackgroundWorkerHandle *handle)
{
	Seen seen;

	if (shared_workers == nullptr)
		return seen;

	WorkerLockHold lock(LW_SHARED);
	WorkerSlot *slot = slot_of(handle);

	if (slot == nullptr || !slot->ws_in_use)
		return seen;
	seen.pid = slot->ws_pid;
	seen.ready = seen.pid > 0 && slot->ws_ready_pid == seen.pid;
	seen.we_are_told = shared_worker_requests[handle->slot].wr_worker.bgw_notify_pid == MyProcPid;
	if (seen.pid == kNotStarted)
		seen.status = BGWH_NOT_YET_STARTED;
	else if (seen.pid != 0)
		seen.status = BGWH_STARTED;
	return seen;
}

/*
 * Sleeps until what is seen ends the wait, or so many milliseconds have passed (negative: no limit).  Looks
 * again now and then even if nobody wakes it: the signal goes to one process only, and might get lost.
 */
template <typename Ends>
BgwHandleStatus
wait_until(const BackgroundWorkerHandle *handle, uint32 wait_event, long timeout, pid_t *pid,
		   Ends ends)
{
	const int64 deadline = os.monotonic_usec() + static_cast<int64>(timeout) * 1000;
	long nap = 1;

	for (;;)
	{
		/* Who waits here is told of the postmaster's death, where interrupts would end the process. */
		if (!PostmasterIsAliveInternal())
			return BGWH_POSTMASTER_DIED;
		CHECK_FOR_INTERRUPTS();

		const Seen seen = look_at(handle);

		if (ends(seen))
		{
			if (seen.status == BGWH_STARTED && pid != nullptr)
				*pid = seen.pid;
			return seen.status;
		}
		nap = seen.we_are_told ? kLookWhenTold : std::min(nap * 2, kLookOtherwise);
		if (timeout >= 0)
		{
			const int64 left = deadline - os.monotonic_usec();

			if (left <= 0)
				return BGWH_TIMED_OUT;
			nap = std::min(nap, static_cast<long>((left + 999) / 1000));
		}

		int events =
			WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_POSTMASTER_DEATH, nap, wait_event);

		if ((events & WL_POSTMASTER_DEATH) != 0)
			return BGWH_POSTMASTER_DIED;
		if ((events & WL_LATCH_SET) != 0)
			ResetLatch(MyLatch);
	}
}

BgwHandleStatus
wait_for_startup(const BackgroundWorkerHandle *handle, pid_t *pid, long timeout)
{
	return wait_until(handle, WAIT_EVENT_BGWORKER_STARTUP, timeout, pid,
					  [](const Seen &seen) { return seen.status != BGWH_NOT_YET_STARTED; });
}

BgwHandleStatus
wait_for_shutdown(const BackgroundWorkerHandle *handle, long timeout)
{
	return wait_until(handle, WAIT_EVENT_BGWORKER_SHUTDOWN, timeout, nullptr,
					  [](const Seen &seen) { return seen.status == BGWH_STOPPED; });
}

BgwHandleStatus
wait_for_ready(const BackgroundWorkerHandle *handle, long timeout)
{
	return wait_until(handle, WAIT_EVENT_BGWORKER_STARTUP, timeout, nullptr,
					  [](const Seen &seen) { return seen.ready || seen.status == BGWH_STOPPED; });
}

void
terminate_worker(const BackgroundWorkerHandle *handle)
{
	bool found = false;

	if (shared_workers == nullptr)
		return;
	{
		WorkerLockHold lock(LW_SHARED);

		if (WorkerSlot *slot = slot_of(handle))
		{
			slot->ws_terminate = true;
			MarkWorkerChanged(handle->slot);
			found = true;
		}
	}
	if (found)
		AnnounceWorkerChanges();
}

/* Whether the worker in the slot may be ended for the sake of its database. Caller holds the lock. */
bool
is_in_the_way(int slot, Oid database)
{
	const WorkerSlot &shared = shared_workers->wa_slots[slot];
	int flags = shared_worker_requests[slot].wr_worker.bgw_flags;
	int32 pid = shared.ws_pid;

	if (!shared.ws_in_use || (flags & BGWORKER_INTERRUPTIBLE) == 0 || pid <= 0)
		return false;

	const PGPROC *proc = BackendPidGetProc(pid);

	return proc != nullptr && proc->databaseId == database;
}

void
terminate_for_database(Oid database)
{
	bool found = false;

	if (shared_workers == nullptr)
		return;
	{
		WorkerLockHold lock(LW_SHARED);
		int used = WorkerSlotsUsed();

		for (int i = 0; i < used; i++)
			if (is_in_the_way(i, database))
			{
				shared_workers->wa_slots[i].ws_terminate = true;
				MarkWorkerChanged(i);
				found = true;
			}
	}
	if (found)
		AnnounceWorkerChanges();
}

/* Copies the type of the worker with that pid; false when there is none. */
bool
copy_type_of(pid_t pid, char (&type)[BGW_MAXLEN])
{
	WorkerLockHold lock(LW_SHARED);
	int used = WorkerSlotsUsed();

	for (int i = 0; i < used; i++)
	{
		const WorkerSlot &slot = shared_workers->wa_slots[i];

		if (slot.ws_in_use && slot.ws_pid > 0 && slot.ws_pid == pid)
		{
			strlcpy(type, shared_worker_requests[i].wr_worker.bgw_type, sizeof(type));
			return true;
		}
	}
	return false;
}

BackgroundWorkerRef
ref_of(const BackgroundWorkerHandle *handle)
{
	if (shared_workers == nullptr)
		return {0, 0};

	WorkerLockHold lock(LW_SHARED);
	WorkerSlot *slot = slot_of(handle);

	if (slot == nullptr || !slot->ws_in_use)
		return {0, 0};
	return {slot->ws_id, handle->generation};
}

/* Generations are unique, so the slot tells the worker; the id is only what people see of it. */
BackgroundWorkerHandle
handle_of(const BackgroundWorkerRef &ref)
{
	if (shared_workers == nullptr)
		return {-1, 0};

	WorkerLockHold lock(LW_SHARED);
	int used = WorkerSlotsUsed();

	for (int i = 0; i < used; i++)
	{
		const WorkerSlot &slot = shared_workers->wa_slots[i];

		if (slot.ws_in_use && slot.ws_generation == ref.generation && slot.ws_id == ref.id)
			return {i, ref.generation};
	}
	return {-1, 0};
}

} /* namespace */

} /* namespace pg */

using namespace pg;

extern "C"
{
	BgwHandleStatus GetBackgroundWorkerPid(BackgroundWorkerHandle *handle, pid_t *pidp)
	{
		return FromC(
			[&]
			{
				const Seen seen = look_at(handle);

				if (seen.status == BGWH_STARTED)
					*pidp = seen.pid;
				return seen.status;
			});
	}

	BgwHandleStatus WaitForBackgroundWorkerStartup(BackgroundWorkerHandle *handle, pid_t *pid)
	{
		return FromC([&] { return wait_for_startup(handle, pid, -1); });
	}

	BgwHandleStatus WaitForBackgroundWorkerStartupTimeout(BackgroundWorkerHandle *handle,
														  pid_t *pid, long timeout)
	{
		return FromC([&] { return wait_for_startup(handle, pid, timeout); });
	}

	BgwHandleStatus WaitForBackgroundWorkerShutdown(BackgroundWorkerHandle *handle)
	{
		return FromC([&] { return wait_for_shutdown(handle, -1); });
	}

	BgwHandleStatus WaitForBackgroundWorkerShutdownTimeout(BackgroundWorkerHandle *handle,
														   long timeout)
	{
		return FromC([&] { return wait_for_shutdown(handle, timeout); });
	}

	BgwHandleStatus WaitForBackgroundWorkerReady(BackgroundWorkerHandle *handle, long timeout)
	{
		return FromC([&] { return wait_for_ready(handle, timeout); });
	}

	void TerminateBackgroundWorker(BackgroundWorkerHandle *handle)
	{
		FromC([&] { terminate_worker(handle); });
	}

	void TerminateBackgroundWorkersForDatabase(Oid databaseId)
	{
		FromC([&] { terminate_for_database(databaseId); });
	}

	const char *GetBackgroundWorkerTypeByPid(pid_t pid)
	{
		static char type[BGW_MAXLEN];

		if (shared_workers == nullptr)
			return nullptr;
		return FromC([&] { return copy_type_of(pid, type); }) ? type : nullptr;
	}

	BackgroundWorkerRef GetBackgroundWorkerRef(BackgroundWorkerHandle *handle)
	{
		return FromC([&] { return ref_of(handle); });
	}

	BackgroundWorkerHandle *OpenBackgroundWorkerRef(BackgroundWorkerRef ref)
	{
		auto *handle =
			static_cast<BackgroundWorkerHandle *>(palloc(sizeof(BackgroundWorkerHandle)));

		*handle = FromC([&] { return handle_of(ref); });
		return handle;
	}
}
