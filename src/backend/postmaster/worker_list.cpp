/*
 * postmaster/worker_list.cpp
 *		The postmaster's list of background workers and its side of the slot protocol (worker_list.h).
 *
 * Postmaster only, but for the area's init function.  Takes no lock, believes no length or terminator
 * found in shared memory, raises nothing.
 */
#include "postmaster/worker_list.h"

#include <new>

#include "port/os.h"
#include "postmaster/pm_settings.h"
#include "utils/error/report.h"

namespace pg
{

WorkerArray *shared_workers = nullptr;

namespace
{

constexpr int64 kSecond = 1000000;

size_t
worker_area_size()
{
	return offsetof(WorkerArray, ws_slots) +
		   sizeof(WorkerSlot) * static_cast<size_t>(max_worker_processes);
}

void
init_worker_area(void *at)
{
	auto *array = static_cast<WorkerArray *>(at);

	array->ws_total_slots = max_worker_processes;
	new (&array->ws_parallel_registered) std::atomic<uint32>(0);
	new (&array->ws_parallel_ended) std::atomic<uint32>(0);
	for (int i = 0; i < max_worker_processes; i++)
		new (&array->ws_slots[i]) WorkerSlot{};
	shared_workers = array;
	WorkerList::instance().fill_slots(array);
}

constexpr ShmemArea kAreas[] = {{"Background Worker Data", worker_area_size, init_worker_area}};

/* Copies text that another process may be changing: bounded, terminated, printable ASCII. */
void
copy_safely(char *to, const char *from, size_t size)
{
	size_t i = 0;

	for (; i + 1 < size && from[i] != '\0'; i++)
	{
		auto c = static_cast<unsigned char>(from[i]);

		to[i] = (c >= 32 && c <= 127) || c == '\n' || c == '\r' || c == '\t' ? static_cast<char>(c)
																			 : '?';
	}
	to[i] = '\0';
}

/* How many slots there are, whatever shared memory says. */
int
slot_count()
{
	return max_worker_processes;
}

bool
is_parallel(const BackgroundWorker &worker)
{
	return (worker.bgw_flags & BGWORKER_CLASS_PARALLEL) != 0;
}

void
copy_definition(BackgroundWorker &to, const BackgroundWorker &from)
{
	copy_safely(to.bgw_name, from.bgw_name, sizeof(to.bgw_name));
	copy_safely(to.bgw_type, from.bgw_type, sizeof(to.bgw_type));
	copy_safely(to.bgw_library_name, from.bgw_library_name, sizeof(to.bgw_library_name));
	copy_safely(to.bgw_function_name, from.bgw_function_name, sizeof(to.bgw_function_name));
	to.bgw_flags = from.bgw_flags & ~BGWORKER_MAIN_POINTER;
	to.bgw_start_time = from.bgw_start_time;
	to.bgw_restart_time = from.bgw_restart_time;
	to.bgw_main_arg = from.bgw_main_arg;
	memcpy(to.bgw_extra, from.bgw_extra, sizeof(to.bgw_extra));
	to.bgw_notify_pid = from.bgw_notify_pid;
	to.bgw_main = nullptr;
}

/* The slot goes back to the backends; pairs with their acquire of ws_in_use. */
void
free_slot(WorkerSlot &slot, bool parallel)
{
	if (parallel)
		shared_workers->ws_parallel_ended.fetch_add(1, std::memory_order_relaxed);
	slot.ws_in_use.store(false, std::memory_order_release);
}

StartPhase
phase_of(const BackgroundWorker &worker)
{
	switch (worker.bgw_start_time)
	{
		case BgWorkerStart_PostmasterStart: return StartPhase::PostmasterStart;
		case BgWorkerStart_ConsistentState: return StartPhase::ConsistentState;
		case BgWorkerStart_RecoveryFinished: break;
	}
	return StartPhase::RecoveryFinished;
}

} /* namespace */

const std::span<const ShmemArea> kWorkerAreas(kAreas);

int64
RestartTime(int64 now, int restart_seconds)
{
	return now + static_cast<int64>(restart_seconds) * kSecond;
}

int64
RetryTime(int64 now, int restart_seconds)
{
	return RestartTime(now, restart_seconds < 1 ? 1 : restart_seconds);
}

WorkerList &
WorkerList::instance()
{
	static WorkerList list;

	return list;
}

RegisteredWorker *
WorkerList::add_static(const BackgroundWorker &worker)
{
	auto *entry = new (std::nothrow) RegisteredWorker;

	if (entry == nullptr)
	{
		Report(LOG, ERRCODE_OUT_OF_MEMORY).msg("out of memory").emit();
		return nullptr;
	}
	entry->rw_worker = worker;
	entry->rw_next = head_;
	head_ = entry;
	count_++;
	return entry;
}

void
WorkerList::fill_slots(WorkerArray *array)
{
	int slot = 0;

	by_slot_.assign(slot_count(), nullptr);
	for (RegisteredWorker *entry = head_; entry != nullptr && slot < slot_count();
		 entry = entry->rw_next)
	{
		WorkerSlot &shared = array->ws_slots[slot];

		shared.ws_worker = entry->rw_worker;
		shared.ws_worker.bgw_main = nullptr;
		shared.ws_pid = kNotStarted;
		shared.ws_in_use = true;
		by_slot_[slot] = entry;
		entry->rw_slot = slot++;
	}
}

RegisteredWorker *
WorkerList::find_by_slot(int slot)
{
	return slot >= 0 && slot < static_cast<int>(by_slot_.size()) ? by_slot_[slot] : nullptr;
}

/* The slot is in use and not ours yet; null when memory is short (we ask again at the next change). */
RegisteredWorker *
WorkerList::take_over(int slot, WorkerSignals &signals)
{
	auto *entry = new (std::nothrow) RegisteredWorker;

	if (entry == nullptr)
	{
		Report(LOG, ERRCODE_OUT_OF_MEMORY).msg("out of memory").emit();
		return nullptr;
	}
	copy_definition(entry->rw_worker, shared_workers->ws_slots[slot].ws_worker);
	if (entry->rw_worker.bgw_notify_pid != 0 &&
		!signals.accept_notices(entry->rw_worker.bgw_notify_pid))
	{
		Report(DEBUG1)
			.msg("worker notification PID %d is not valid",
				 static_cast<int>(entry->rw_worker.bgw_notify_pid))
			.emit();
		entry->rw_worker.bgw_notify_pid = 0;
	}
	Report(DEBUG1).msg("registering background worker \"%s\"", entry->rw_worker.bgw_name).emit();
	entry->rw_slot = slot;
	entry->rw_next = head_;
	head_ = entry;
	by_slot_[slot] = entry;
	count_++;
	return entry;
}

/* Somebody called TerminateBackgroundWorker. */
void
WorkerList::take_terminate(RegisteredWorker &worker, WorkerSignals &signals)
{
	if (worker.rw_terminate)
		return;
	worker.rw_terminate = true;
	if (worker.rw_pid != 0)
	{
		signals.terminate(worker.rw_pid);
		return;
	}
	set_pid(worker, 0);
	notify(worker, signals);
}

void
WorkerList::take_changes(bool allow_new, WorkerSignals &signals)
{
	if (shared_workers == nullptr)
		return;
	if (shared_workers->ws_total_slots != slot_count())
	{
		Report(LOG)
			.msg("inconsistent background worker state (max_worker_processes=%d, total_slots=%d)",
				 slot_count(), shared_workers->ws_total_slots)
			.emit();
		return;
	}
	for (int i = 0; i < slot_count(); i++)
	{
		WorkerSlot &slot = shared_workers->ws_slots[i];

		/* Pairs with the release of who registered it. */
		if (!slot.ws_in_use.load(std::memory_order_acquire))
			continue;
		if (RegisteredWorker *known = by_slot_[i])
		{
			if (slot.ws_terminate)
				take_terminate(*known, signals);
			continue;
		}
		if (!allow_new)
			slot.ws_terminate = true;
		if (slot.ws_terminate)
		{
			pid_t waiter = slot.ws_worker.bgw_notify_pid;

			slot.ws_pid = 0;
			free_slot(slot, is_parallel(slot.ws_worker));
			if (waiter != 0)
				signals.notify(waiter);
			continue;
		}
		take_over(i, signals);
	}
}

RegisteredWorker *
WorkerList::next_to_start(int64 now, PmState state, const PmFacts &facts, WorkerSignals &signals,
						  int64 *next_due)
{
	RegisteredWorker *next = nullptr;
	RegisteredWorker *chosen = nullptr;

	*next_due = 0;
	for (RegisteredWorker *entry = head_; entry != nullptr; entry = next)
	{
		next = entry->rw_next;
		if (entry->rw_pid != 0)
			continue;
		if (entry->rw_terminate)
		{
			set_pid(*entry, 0);
			RegisteredWorker copy = *entry;

			forget(*entry);
			notify(copy, signals);
			continue;
		}
		if (!WorkerMayStart(state, facts, phase_of(entry->rw_worker)))
			continue;
		if (entry->rw_not_before > now)
		{
			if (*next_due == 0 || entry->rw_not_before < *next_due)
				*next_due = entry->rw_not_before;
			continue;
		}
		/* Who has waited longest comes first: workers that end at once must not starve others. */
		if (chosen == nullptr || entry->rw_turn < chosen->rw_turn)
			chosen = entry;
	}
	/* At the limit, the next one that reaches its main function, or ends, wakes us. */
	return starting_ < MaxStartingWorkers() ? chosen : nullptr;
}

void
WorkerList::set_pid(RegisteredWorker &worker, int32 pid)
{
	if (shared_workers != nullptr && worker.rw_slot >= 0)
		shared_workers->ws_slots[worker.rw_slot].ws_pid.store(pid, std::memory_order_release);
}

void
WorkerList::notify(const RegisteredWorker &worker, WorkerSignals &signals)
{
	if (worker.rw_worker.bgw_notify_pid != 0)
		signals.notify(worker.rw_worker.bgw_notify_pid);
}

void
WorkerList::started(RegisteredWorker &worker, pid_t pid, WorkerSignals &signals)
{
	worker.rw_pid = pid;
	worker.rw_not_before = 0;
	worker.rw_turn = ++turns_;
	worker.rw_starting = true;
	starting_++;
	set_pid(worker, pid);
	notify(worker, signals);
}

void
WorkerList::start_failed(RegisteredWorker &worker, int64 now)
{
	worker.rw_not_before = RetryTime(now, worker.rw_worker.bgw_restart_time);
}

void
WorkerList::end_starting(RegisteredWorker &worker)
{
	if (!worker.rw_starting)
		return;
	worker.rw_starting = false;
	starting_--;
}

void
WorkerList::ended(RegisteredWorker &worker, WorkerEnd end, int64 now, WorkerSignals &signals)
{
	end_starting(worker);
	worker.rw_pid = 0;
	set_pid(worker, 0);
	if (end == WorkerEnd::Done || worker.rw_worker.bgw_restart_time == BGW_NEVER_RESTART)
		worker.rw_terminate = true;
	else
		worker.rw_not_before = RestartTime(now, worker.rw_worker.bgw_restart_time);

	if (!worker.rw_terminate)
	{
		notify(worker, signals);
		return;
	}

	/* The slot is free before the waiter hears of it, so that it can be used at once. */
	RegisteredWorker copy = worker;

	forget(worker);
	notify(copy, signals);
}

void
WorkerList::note_initialised()
{
	if (shared_workers == nullptr || starting_ == 0)
		return;
	for (RegisteredWorker *entry = head_; entry != nullptr; entry = entry->rw_next)
		if (entry->rw_starting &&
			shared_workers->ws_slots[entry->rw_slot].ws_main_pid == entry->rw_pid)
			end_starting(*entry);
}

void
WorkerList::stop_notices(pid_t pid)
{
	for (RegisteredWorker *entry = head_; entry != nullptr; entry = entry->rw_next)
		if (entry->rw_worker.bgw_notify_pid == pid)
			entry->rw_worker.bgw_notify_pid = 0;
}

void
WorkerList::forget_unstarted(WorkerSignals &signals)
{
	RegisteredWorker *next = nullptr;

	for (RegisteredWorker *entry = head_; entry != nullptr; entry = next)
	{
		next = entry->rw_next;
		if (entry->rw_pid != 0 || entry->rw_worker.bgw_notify_pid == 0)
			continue;
		RegisteredWorker copy = *entry;

		set_pid(*entry, 0);
		forget(*entry);
		notify(copy, signals);
	}
}

void
WorkerList::reset_after_crash()
{
	RegisteredWorker *next = nullptr;

	for (RegisteredWorker *entry = head_; entry != nullptr; entry = next)
	{
		next = entry->rw_next;
		if (entry->rw_terminate || entry->rw_worker.bgw_restart_time == BGW_NEVER_RESTART)
		{
			forget(*entry);
			continue;
		}
		entry->rw_pid = 0;
		entry->rw_not_before = 0;
		entry->rw_starting = false;
		entry->rw_worker.bgw_notify_pid = 0;
	}
	starting_ = 0;
}

void
WorkerList::forget(RegisteredWorker &worker)
{
	Report(DEBUG1).msg("unregistering background worker \"%s\"", worker.rw_worker.bgw_name).emit();
	end_starting(worker);
	if (shared_workers != nullptr && worker.rw_slot >= 0)
	{
		by_slot_[worker.rw_slot] = nullptr;
		free_slot(shared_workers->ws_slots[worker.rw_slot], is_parallel(worker.rw_worker));
	}
	for (RegisteredWorker **link = &head_; *link != nullptr; link = &(*link)->rw_next)
		if (*link == &worker)
		{
			*link = worker.rw_next;
			break;
		}
	count_--;
	delete &worker;
}

} /* namespace pg */
