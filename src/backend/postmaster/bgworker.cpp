/*
 * postmaster/bgworker.cpp
 *		Background workers as modules see them: registration, handles, waiting, terminating.
 *
 * RegisterBackgroundWorker runs in the postmaster while it loads shared_preload_libraries; everything
 * else in backends and workers with shared memory.  The postmaster's own doings are in worker_list.cpp.
 */
#include "postgres.h"

#include "postmaster/bgworker.h"

#include "miscadmin.h"
#include "postmaster/pm_settings.h"
#include "postmaster/worker_list.h"
#include "storage/latch.h"
#include "storage/lmgr/proc_internals.h"
#include "storage/lwlock.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/palloc.h"
#include "utils/wait_event.h"

struct BackgroundWorkerHandle
{
	int slot;
	uint64 generation;
};

namespace pg
{

namespace
{

/* Longest legal restart interval in seconds. */
constexpr int kMaxRestartInterval = 86400000;

/* Refuses a struct: false after LOG, no return at ERROR. */
bool
refuse(const Report &report)
{
	report.emit();
	return false;
}

void
terminate_texts(BackgroundWorker *worker)
{
	worker->bgw_name[sizeof(worker->bgw_name) - 1] = '\0';
	worker->bgw_type[sizeof(worker->bgw_type) - 1] = '\0';
	worker->bgw_library_name[sizeof(worker->bgw_library_name) - 1] = '\0';
	worker->bgw_function_name[sizeof(worker->bgw_function_name) - 1] = '\0';
}

/* Holds BackgroundWorkerLock for a block. */
class WorkerLockHold
{
public:
	explicit WorkerLockHold(LWLockMode mode) { LWLockAcquire(BackgroundWorkerLock, mode); }
	~WorkerLockHold() { LWLockRelease(BackgroundWorkerLock); }
	WorkerLockHold(const WorkerLockHold &) = delete;
	WorkerLockHold &operator=(const WorkerLockHold &) = delete;
};

void
register_static(const BackgroundWorker &wanted)
{
	BackgroundWorker worker = wanted;

	terminate_texts(&worker);
	if (!IsUnderPostmaster)
		Report(DEBUG1).msg("registering background worker \"%s\"", worker.bgw_name).emit();
	if (IsUnderPostmaster || !process_shared_preload_libraries_in_progress)
	{
		if (IsUnderPostmaster && process_shared_preload_libraries_in_progress)
			return;
		if (!IsUnderPostmaster && shared_workers != nullptr)
			Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR)
					  .msg("cannot register background worker \"%s\" after shmem init",
						   worker.bgw_name));
		refuse(
			Report(LOG, ERRCODE_FEATURE_NOT_SUPPORTED)
				.msg("background worker \"%s\": must be registered in \"shared_preload_libraries\"",
					 worker.bgw_name));
		return;
	}
	if (!CheckWorker(&worker, LOG))
		return;
	if (worker.bgw_notify_pid != 0)
	{
		refuse(Report(LOG, ERRCODE_FEATURE_NOT_SUPPORTED)
				   .msg("background worker \"%s\": only dynamic background workers can request "
						"notification",
						worker.bgw_name));
		return;
	}
	if (WorkerList::instance().count() >= max_worker_processes)
	{
		refuse(
			Report(LOG, ERRCODE_CONFIGURATION_LIMIT_EXCEEDED)
				.msg("too many background workers")
				.detail(
					max_worker_processes == 1
						? "Up to %d background worker can be registered with the current settings."
						: "Up to %d background workers can be registered with the current "
						  "settings.",
					max_worker_processes)
				.hint("Consider increasing the configuration parameter \"max_worker_processes\"."));
		return;
	}
	WorkerList::instance().add_static(worker);
}

/* Fills a free slot; false when there is none. Caller holds the lock exclusively. */
bool
fill_free_slot(const BackgroundWorker &worker, BackgroundWorkerHandle *handle)
{
	bool parallel = (worker.bgw_flags & BGWORKER_CLASS_PARALLEL) != 0;
	uint32 in_use = shared_workers->ws_parallel_registered - shared_workers->ws_parallel_ended;

	if (parallel && in_use >= static_cast<uint32>(max_parallel_workers))
		return false;
	for (int i = 0; i < shared_workers->ws_total_slots; i++)
	{
		WorkerSlot &slot = shared_workers->ws_slots[i];

		/* Pairs with the postmaster's release: it is done with the slot. */
		if (slot.ws_in_use.load(std::memory_order_acquire))
			continue;
		slot.ws_worker = worker;
		slot.ws_pid = kNotStarted;
		slot.ws_generation++;
		slot.ws_terminate = false;
		if (parallel)
			shared_workers->ws_parallel_registered++;
		/* Pairs with the postmaster's acquire: all of the above is there. */
		slot.ws_in_use.store(true, std::memory_order_release);
		*handle = {i, slot.ws_generation};
		return true;
	}
	return false;
}

bool
register_dynamic(const BackgroundWorker &wanted, BackgroundWorkerHandle *handle)
{
	BackgroundWorker worker = wanted;
	bool found;

	/* The postmaster itself, or a process without shared memory: nowhere to put it. */
	if (!IsUnderPostmaster || shared_workers == nullptr)
		return false;
	terminate_texts(&worker);
	CheckWorker(&worker, ERROR);
	{
		WorkerLockHold lock(LW_EXCLUSIVE);

		found = fill_free_slot(worker, handle);
	}
	if (found)
		SendPostmasterSignal(PmSignal::BackgroundWorkerChange);
	return found;
}

/* The slot of a handle, if it is still that worker's. Caller holds the lock. */
WorkerSlot *
slot_of(const BackgroundWorkerHandle *handle)
{
	if (shared_workers == nullptr || handle->slot < 0 ||
		handle->slot >= shared_workers->ws_total_slots)
		return nullptr;
	WorkerSlot *slot = &shared_workers->ws_slots[handle->slot];

	return slot->ws_generation == handle->generation ? slot : nullptr;
}

BgwHandleStatus
status_of(const BackgroundWorkerHandle *handle, pid_t *pid)
{
	int32 seen = 0;
	{
		WorkerLockHold lock(LW_SHARED);
		WorkerSlot *slot = slot_of(handle);

		if (slot != nullptr && slot->ws_in_use)
			seen = slot->ws_pid;
	}
	if (seen == 0)
		return BGWH_STOPPED;
	if (seen == kNotStarted)
		return BGWH_NOT_YET_STARTED;
	*pid = seen;
	return BGWH_STARTED;
}

/* Sleeps until the worker's status is none of those that mean "wait on". */
template <typename Wait>
BgwHandleStatus
wait_while(const BackgroundWorkerHandle *handle, uint32 wait_event, pid_t *pid, Wait wait_on)
{
	for (;;)
	{
		CHECK_FOR_INTERRUPTS();
		BgwHandleStatus status = status_of(handle, pid);

		if (!wait_on(status))
			return status;
		int seen = WaitLatch(MyLatch, WL_LATCH_SET | WL_POSTMASTER_DEATH, 0, wait_event);

		if ((seen & WL_POSTMASTER_DEATH) != 0)
			return BGWH_POSTMASTER_DIED;
		ResetLatch(MyLatch);
	}
}

void
terminate_worker(const BackgroundWorkerHandle *handle)
{
	bool found = false;
	{
		WorkerLockHold lock(LW_SHARED);

		if (WorkerSlot *slot = slot_of(handle))
		{
			slot->ws_terminate = true;
			found = true;
		}
	}
	if (found)
		SendPostmasterSignal(PmSignal::BackgroundWorkerChange);
}

/* Copies the type of the worker with that pid; false when there is none. */
bool
copy_type_of(pid_t pid, char (&type)[BGW_MAXLEN])
{
	WorkerLockHold lock(LW_SHARED);

	for (int i = 0; i < shared_workers->ws_total_slots; i++)
	{
		WorkerSlot &slot = shared_workers->ws_slots[i];

		if (slot.ws_pid > 0 && slot.ws_pid == pid)
		{
			strlcpy(type, slot.ws_worker.bgw_type, sizeof(type));
			return true;
		}
	}
	return false;
}

} /* namespace */

bool
CheckWorker(BackgroundWorker *worker, int elevel)
{
	int flags = worker->bgw_flags;
	const char *name = worker->bgw_name;

	if ((flags & BGWORKER_BACKEND_DATABASE_CONNECTION) != 0)
	{
		if ((flags & BGWORKER_SHMEM_ACCESS) == 0)
			return refuse(Report(elevel, ERRCODE_INVALID_PARAMETER_VALUE)
							  .msg("background worker \"%s\": must attach to shared memory in "
								   "order to request a "
								   "database connection",
								   name));
		if (worker->bgw_start_time == BgWorkerStart_PostmasterStart)
			return refuse(
				Report(elevel, ERRCODE_INVALID_PARAMETER_VALUE)
					.msg("background worker \"%s\": cannot request database access if starting at "
						 "postmaster start",
						 name));
	}
	if ((worker->bgw_restart_time < 0 && worker->bgw_restart_time != BGW_NEVER_RESTART) ||
		worker->bgw_restart_time > kMaxRestartInterval)
		return refuse(Report(elevel, ERRCODE_INVALID_PARAMETER_VALUE)
						  .msg("background worker \"%s\": invalid restart interval", name));
	if ((flags & BGWORKER_CLASS_PARALLEL) != 0 && worker->bgw_restart_time != BGW_NEVER_RESTART)
		return refuse(
			Report(elevel, ERRCODE_INVALID_PARAMETER_VALUE)
				.msg("background worker \"%s\": parallel workers may not be configured for restart",
					 name));
	/* A pointer says nothing to another process's address space but the postmaster's own children. */
	if (elevel >= ERROR && (flags & BGWORKER_MAIN_POINTER) != 0)
		return refuse(
			Report(elevel, ERRCODE_INVALID_PARAMETER_VALUE)
				.msg("background worker \"%s\": dynamic workers need a library and a function name",
					 name));
	if (worker->bgw_type[0] == '\0')
		strlcpy(worker->bgw_type, worker->bgw_name, sizeof(worker->bgw_type));
	return true;
}

} /* namespace pg */

using namespace pg;

extern "C"
{
	void RegisterBackgroundWorker(BackgroundWorker *worker)
	{
		FromC([&] { register_static(*worker); });
	}

	bool RegisterDynamicBackgroundWorker(BackgroundWorker *worker, BackgroundWorkerHandle **handle)
	{
		BackgroundWorkerHandle made = {};

		if (!FromC([&] { return register_dynamic(*worker, &made); }))
			return false;
		if (handle != nullptr)
		{
			*handle = static_cast<BackgroundWorkerHandle *>(palloc(sizeof(made)));
			**handle = made;
		}
		return true;
	}

	BgwHandleStatus GetBackgroundWorkerPid(BackgroundWorkerHandle *handle, pid_t *pidp)
	{
		return FromC([&] { return status_of(handle, pidp); });
	}

	BgwHandleStatus WaitForBackgroundWorkerStartup(BackgroundWorkerHandle *handle, pid_t *pid)
	{
		return FromC(
			[&]
			{
				return wait_while(handle, WAIT_EVENT_BGWORKER_STARTUP, pid,
								  [](BgwHandleStatus status)
								  { return status == BGWH_NOT_YET_STARTED; });
			});
	}

	BgwHandleStatus WaitForBackgroundWorkerShutdown(BackgroundWorkerHandle *handle)
	{
		return FromC(
			[&]
			{
				pid_t pid = 0;

				return wait_while(handle, WAIT_EVENT_BGWORKER_SHUTDOWN, &pid,
								  [](BgwHandleStatus status) { return status != BGWH_STOPPED; });
			});
	}

	void TerminateBackgroundWorker(BackgroundWorkerHandle *handle)
	{
		FromC([&] { terminate_worker(handle); });
	}

	const char *GetBackgroundWorkerTypeByPid(pid_t pid)
	{
		static char type[BGW_MAXLEN];

		if (shared_workers == nullptr)
			return nullptr;
		return FromC([&] { return copy_type_of(pid, type); }) ? type : nullptr;
	}
}
