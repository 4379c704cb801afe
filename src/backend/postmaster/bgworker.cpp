/*
 * postmaster/bgworker.cpp
 *		Registering background workers, as modules do it.
 *
 * RegisterBackgroundWorker runs in the postmaster while it loads shared_preload_libraries; everything
 * else in backends and workers with shared memory.  The postmaster's own doings are in worker_list.cpp, what
 * becomes of a handle in bgworker_handle.cpp.
 */
#include "postgres.h"

#include "postmaster/bgworker.h"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <string_view>

#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "postmaster/pm_settings.h"
#include "postmaster/rules_file.h"
#include "postmaster/worker_list.h"
#include "postmaster/worker_lock.h"
#include "storage/lmgr/proc_internals.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/fmgr/loader.h"
#include "utils/palloc.h"

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

bool
is_name_of_function(std::string_view name)
{
	return !name.empty() && !isdigit(static_cast<unsigned char>(name[0])) &&
		   std::ranges::all_of(name, [](unsigned char c) { return c == '_' || isalnum(c) != 0; });
}

/* Library and function, as sources from 10 on must; what lies in bgw_main is then what the stack held. */
bool
gives_names(const BackgroundWorker &worker)
{
	const size_t library = strnlen(worker.bgw_library_name, sizeof(worker.bgw_library_name));
	const size_t function = strnlen(worker.bgw_function_name, sizeof(worker.bgw_function_name));

	return library > 0 && library < sizeof(worker.bgw_library_name) &&
		   function < sizeof(worker.bgw_function_name) &&
		   is_name_of_function({worker.bgw_function_name, function});
}

/*
 * Sources of 9.3 to 9.6 set bgw_main and fill nothing with zeros first, so that fields they do not set, or do not have, hold
 * whatever was in memory.  A pointer to code of the very module that registers the worker, without names, is no accident.
 */
void
read_as_written_before_10(BackgroundWorker *worker)
{
	if ((worker->bgw_flags & BGWORKER_MAIN_POINTER) != 0 || gives_names(*worker) ||
		!IsCodeOfStartingModule(reinterpret_cast<const void *>(worker->bgw_main)))
		return;
	worker->bgw_flags |= BGWORKER_MAIN_POINTER;
	worker->bgw_type[0] = '\0';
	worker->bgw_library_name[0] = '\0';
	worker->bgw_function_name[0] = '\0';
	worker->bgw_notify_pid = 0;
}

/* Whether it is text at all: sources before 11 do not have the type, and may have left it as it was in memory. */
bool
is_text(const char *bytes)
{
	for (int length; *bytes != '\0'; bytes += length)
	{
		const auto *const at = reinterpret_cast<const unsigned char *>(bytes);

		length = pg_utf_mblen(at);
		if (*at < ' ' || *at == 0x7f || strnlen(bytes, length) < static_cast<size_t>(length) ||
			!pg_utf8_islegal(at, length))
			return false;
	}
	return true;
}

/* A policy that makes no sense is refused as a bad field is. */
bool
check_policy(const BackgroundWorkerPolicy *given, const char *name, int elevel,
			 WorkerPolicy *policy)
{
	if (given == nullptr)
		return true;

	const std::string wrong = ReadPolicy(*given, policy);

	if (wrong.empty())
		return true;
	return refuse(Report(elevel, ERRCODE_INVALID_PARAMETER_VALUE)
					  .msg("background worker \"%s\": %s", name, wrong.c_str()));
}

void
register_static(const BackgroundWorker &wanted, const BackgroundWorkerPolicy *given = nullptr)
{
	WorkerPolicy policy;
	BackgroundWorker worker = wanted;

	read_as_written_before_10(&worker);
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
	if (!CheckWorker(&worker, LOG) || !check_policy(given, worker.bgw_name, LOG, &policy))
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
	/* It is kept nevertheless and starts when a place comes free. */
	WorkerList::instance().add_static(worker, policy);
}

/* How many of the workers that were registered have not been unregistered. Wraps around soundly. */
int
in_use(const std::atomic<uint32> &registered, const std::atomic<uint32> &freed)
{
	return static_cast<int>(registered.load(std::memory_order_relaxed) -
							freed.load(std::memory_order_relaxed));
}

/* The lowest free slot, or -1. Caller holds the lock exclusively. */
int
find_free_slot()
{
	int used = WorkerSlotsUsed();

	for (int i = 0; i < used; i++)
		/* Pairs with the postmaster's release: it is done with the slot. */
		if (!shared_workers->wa_slots[i].ws_in_use.load(std::memory_order_acquire))
			return i;
	if (used == shared_workers->wa_capacity)
		return -1;
	shared_workers->wa_used.store(used + 1, std::memory_order_release);
	return used;
}

/* The quota of a rule, for a worker whose database is not known yet. */
struct Quota
{
	uint64 key = 0; /* 0: none */
	int limit = 0;
};

Quota
quota_for(const BackgroundWorker &worker)
{
	const WorkerIdentity identity = {worker.bgw_name, worker.bgw_library_name, ""};
	const WorkerRule *rule = FindWorkerRule(WorkerRulesInForce(), identity);

	if (rule == nullptr || !rule->policy.quota)
		return {};
	return {QuotaKey(*rule, identity), *rule->policy.quota};
}

/* Caller holds the lock. */
bool
is_used_up(const Quota &quota)
{
	int found = 0;

	if (quota.key == 0)
		return false;
	for (int i = 0; i < WorkerSlotsUsed(); i++)
	{
		const WorkerSlot &slot = shared_workers->wa_slots[i];

		found += slot.ws_in_use && slot.ws_quota == quota.key ? 1 : 0;
	}
	return found >= quota.limit;
}

/* Fills a free slot; false when there is none. Caller holds the lock exclusively. */
bool
fill_free_slot(const BackgroundWorker &worker, const BackgroundWorkerPolicy *policy,
			   const Quota &quota, BackgroundWorkerHandle *handle)
{
	WorkerArray &array = *shared_workers;
	bool parallel = (worker.bgw_flags & BGWORKER_CLASS_PARALLEL) != 0;

	if (is_used_up(quota) || in_use(array.wa_registered, array.wa_freed) >= array.wa_limit ||
		(parallel &&
		 in_use(array.wa_parallel_registered, array.wa_parallel_freed) >= max_parallel_workers))
		return false;

	int free = find_free_slot();

	if (free < 0)
		return false;

	WorkerSlot &slot = array.wa_slots[free];
	WorkerRequest &request = shared_worker_requests[free];

	request.wr_worker = worker;
	request.wr_has_policy = policy != nullptr;
	if (policy != nullptr)
		request.wr_policy = *policy;
	request.wr_database[0] = '\0';
	request.wr_registrant_pid = MyProcPid;
	strlcpy(request.wr_registrant,
			MyBgworkerEntry != nullptr ? MyBgworkerEntry->bgw_name
									   : GetBackendTypeDesc(MyBackendType),
			sizeof(request.wr_registrant));
	slot.ws_pid = kNotStarted;
	slot.ws_id = array.wa_next_id++;
	slot.ws_generation = array.wa_next_generation++;
	slot.ws_terminate = false;
	slot.ws_order = 0;
	slot.ws_quota = quota.key;
	array.wa_registered++;
	if (parallel)
		array.wa_parallel_registered++;
	/* Pairs with the postmaster's acquire: all of the above is there. */
	slot.ws_in_use.store(true, std::memory_order_release);
	*handle = {free, slot.ws_generation};
	return true;
}

bool
register_dynamic(const BackgroundWorker &wanted, const BackgroundWorkerPolicy *policy,
				 BackgroundWorkerHandle *handle)
{
	BackgroundWorker worker = wanted;
	WorkerPolicy checked;
	bool found;

	/* The postmaster itself, or a process without shared memory: nowhere to put it. */
	if (!IsUnderPostmaster || shared_workers == nullptr)
		return false;
	terminate_texts(&worker);
	CheckWorker(&worker, ERROR);
	check_policy(policy, worker.bgw_name, ERROR, &checked);

	const Quota quota = quota_for(worker);
	{
		WorkerLockHold lock(LW_EXCLUSIVE);

		found = fill_free_slot(worker, policy, quota, handle);
	}
	if (found)
	{
		MarkWorkerChanged(handle->slot);
		AnnounceWorkerChanges();
	}
	return found;
}

} /* namespace */

void
MarkWorkerChanged(int slot) noexcept
{
	/* release: what has changed is there before the bit */
	shared_worker_news[slot / kNewsBits].fetch_or(uint64{1} << slot % kNewsBits,
												  std::memory_order_release);
}

void
AnnounceWorkerChanges() noexcept
{
	/* release: the bits are there before the number */
	shared_workers->wa_changes.fetch_add(1, std::memory_order_release);
	SendPostmasterSignal(PmSignal::BackgroundWorkerChange);
}

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
	else if ((flags & BGWORKER_INTERRUPTIBLE) != 0)
		return refuse(Report(elevel, ERRCODE_INVALID_PARAMETER_VALUE)
						  .msg("background worker \"%s\": cannot make background workers "
							   "interruptible without database access",
							   name));
	if ((worker->bgw_restart_time < 0 && worker->bgw_restart_time != BGW_NEVER_RESTART) ||
		worker->bgw_restart_time > kMaxRestartInterval)
		return refuse(Report(elevel, ERRCODE_INVALID_PARAMETER_VALUE)
						  .msg("background worker \"%s\": invalid restart interval", name));
	if ((flags & BGWORKER_CLASS_PARALLEL) != 0 && worker->bgw_restart_time != BGW_NEVER_RESTART)
		return refuse(
			Report(elevel, ERRCODE_INVALID_PARAMETER_VALUE)
				.msg("background worker \"%s\": parallel workers may not be configured for restart",
					 name));
	/* As sources of 9.4 to 9.6 say it. */
	if (worker->bgw_library_name[0] == '\0' && worker->bgw_function_name[0] == '\0' &&
		worker->bgw_main != nullptr)
		flags = worker->bgw_flags |= BGWORKER_MAIN_POINTER;
	/* A pointer says nothing to another process's address space but the postmaster's own children. */
	if (elevel >= ERROR && (flags & BGWORKER_MAIN_POINTER) != 0)
		return refuse(
			Report(elevel, ERRCODE_INVALID_PARAMETER_VALUE)
				.msg("background worker \"%s\": dynamic workers need a library and a function name",
					 name));
	if (worker->bgw_type[0] == '\0' || !is_text(worker->bgw_type))
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

	void RegisterBackgroundWorkerWithPolicy(BackgroundWorker *worker,
											const BackgroundWorkerPolicy *policy)
	{
		FromC([&] { register_static(*worker, policy); });
	}

	bool RegisterDynamicBackgroundWorker(BackgroundWorker *worker, BackgroundWorkerHandle **handle)
	{
		return RegisterDynamicBackgroundWorkerWithPolicy(worker, nullptr, handle);
	}

	bool RegisterDynamicBackgroundWorkerWithPolicy(BackgroundWorker *worker,
												   const BackgroundWorkerPolicy *policy,
												   BackgroundWorkerHandle **handle)
	{
		BackgroundWorkerHandle made = {};

		if (!FromC([&] { return register_dynamic(*worker, policy, &made); }))
			return false;
		if (handle != nullptr)
		{
			*handle = static_cast<BackgroundWorkerHandle *>(palloc(sizeof(made)));
			**handle = made;
		}
		return true;
	}
}
