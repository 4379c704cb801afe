/*
 * postmaster/worker_list.cpp
 *		The postmaster's list of background workers and its side of the slot protocol (worker_slots.h).
 *
 * Postmaster only, but for the areas' init functions.  Takes no lock, believes no length or terminator
 * found in shared memory, raises nothing.
 */
#include "postmaster/worker_list.h"

#include <algorithm>
#include <new>

#include "port/os.h"
#include "postmaster/pm_settings.h"
#include "storage/ipc/shmem_size.h"
#include "storage/lmgr/proc_internals.h"
#include "utils/error/report.h"

namespace pg
{

WorkerArray *shared_workers = nullptr;
WorkerRequest *shared_worker_requests = nullptr;

namespace
{

constexpr int64 kSecond = 1000000;
/* How long a worker in its main function may take to connect before others start beside it. */
constexpr int64 kConnectPatience = 100000;
constexpr int kLongestRetry = 10; /* seconds */
/* Registrations between two crashes are fewer than this. */
constexpr uint64 kGenerationsPerLife = uint64{1} << 32;
/* Ids that a backend may have given out since we last looked. */
constexpr uint64 kPlausibleIds = 1000000;

size_t
worker_area_size()
{
	return AddShmemSize(
		offsetof(WorkerArray, wa_slots),
		MultiplyShmemSize(static_cast<size_t>(WorkerSlotCapacity()), sizeof(WorkerSlot)));
}

void
init_worker_area(void *at)
{
	auto *array = static_cast<WorkerArray *>(at); /* zeros: all slots free */

	array->wa_capacity = WorkerSlotCapacity();
	shared_workers = array;
}

size_t
request_area_size()
{
	return MultiplyShmemSize(static_cast<size_t>(WorkerSlotCapacity()), sizeof(WorkerRequest));
}

void
init_request_area(void *at)
{
	shared_worker_requests = static_cast<WorkerRequest *>(at);
	WorkerList::instance().fill_slots(shared_workers);
}

constexpr ShmemArea kAreas[] = {
	{"Background Worker Data", worker_area_size, init_worker_area},
	{"Background Worker Requests", request_area_size, init_request_area}};

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
		shared_workers->wa_parallel_freed.fetch_add(1, std::memory_order_relaxed);
	shared_workers->wa_freed.fetch_add(1, std::memory_order_relaxed);
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

const char *
phase_reason(StartPhase phase, PmState state)
{
	if (state >= PmState::StopBackends)
		return "the server is stopping";
	return phase == StartPhase::ConsistentState ? "waits until sessions can read"
												: "waits until sessions can write";
}

} /* namespace */

const std::span<const ShmemArea> kWorkerAreas(kAreas);

int
WorkerSlotsUsed()
{
	if (shared_workers == nullptr)
		return 0;
	return std::clamp(shared_workers->wa_used.load(std::memory_order_acquire), 0,
					  WorkerSlotCapacity());
}

int64
RestartTime(int64 now, int restart_seconds)
{
	return now + static_cast<int64>(restart_seconds) * kSecond;
}

int64
RetryTime(int64 now, int restart_seconds)
{
	return RestartTime(now, std::clamp(restart_seconds, 1, kLongestRetry));
}

EndJudgement
JudgeEnd(const RegisteredWorker &worker, const WorkerEnd &end, int64 now)
{
	int interval = worker.rw_worker.bgw_restart_time;

	if (worker.rw_terminate)
		return {.next = EndJudgement::Next::Unregister};
	if (end.kind == WorkerEnd::Kind::ForkFailed)
		return {.not_before = RetryTime(now, interval)};
	if (end.done() || interval == BGW_NEVER_RESTART)
		return {.next = EndJudgement::Next::Unregister};
	return {.not_before = RestartTime(now, interval)};
}

WorkerList &
WorkerList::instance()
{
	static WorkerList list;

	return list;
}

/* ---- Registered and unregistered ---- */

void
WorkerList::link(RegisteredWorker *entry)
{
	entry->rw_next = head_;
	head_ = entry;
	count_++;
	if (places_ < max_worker_processes)
		give_place(*entry);
	describe(*entry);
}

void
WorkerList::give_place(RegisteredWorker &worker)
{
	if (worker.rw_has_place)
		return;
	worker.rw_has_place = true;
	places_++;
}

RegisteredWorker *
WorkerList::add_static(const BackgroundWorker &worker)
{
	if (count_ >= WorkerSlotCapacity())
		return nullptr;

	auto *entry = new (std::nothrow) RegisteredWorker;

	if (entry == nullptr)
	{
		Report(LOG, ERRCODE_OUT_OF_MEMORY).msg("out of memory").emit();
		return nullptr;
	}
	entry->rw_worker = worker;
	entry->rw_status.wk_id = ++last_id_;
	strlcpy(entry->rw_status.wk_registrant, "shared_preload_libraries",
			sizeof(entry->rw_status.wk_registrant));
	link(entry);
	return entry;
}

/* Entries that had a slot before a crash have it again; new ones get the lowest that are free. */
void
WorkerList::fill_slots(WorkerArray *array)
{
	int slot = 0;
	int used = 0;

	last_generation_ = std::max(static_cast<uint64>(GetCurrentTimestamp()),
								last_generation_ + kGenerationsPerLife);
	by_slot_.assign(static_cast<size_t>(array->wa_capacity), nullptr);
	for (RegisteredWorker *entry = head_; entry != nullptr; entry = entry->rw_next)
		if (entry->rw_slot >= 0)
			by_slot_[static_cast<size_t>(entry->rw_slot)] = entry;
	for (RegisteredWorker *entry = head_; entry != nullptr; entry = entry->rw_next)
	{
		while (entry->rw_slot < 0 && by_slot_[static_cast<size_t>(slot)] != nullptr)
			slot++;
		if (entry->rw_slot < 0)
		{
			by_slot_[static_cast<size_t>(slot)] = entry;
			entry->rw_slot = slot;
		}
		if (entry->rw_status.wk_generation == 0)
			entry->rw_status.wk_generation = ++last_generation_;

		WorkerSlot &shared = array->wa_slots[entry->rw_slot];
		WorkerRequest &request = shared_worker_requests[entry->rw_slot];

		request.wr_worker = entry->rw_worker;
		request.wr_worker.bgw_main = nullptr;
		shared.ws_pid = kNotStarted;
		shared.ws_id = entry->rw_status.wk_id;
		shared.ws_generation = entry->rw_status.wk_generation;
		shared.ws_in_use = true;
		array->wa_registered.fetch_add(1, std::memory_order_relaxed);
		used = std::max(used, entry->rw_slot + 1);
		FillWorkerAccount(entry->rw_slot, entry->rw_totals);
		PublishWorker(entry->rw_slot, entry->rw_status);
	}
	array->wa_used = used;
	array->wa_next_id = last_id_ + 1;
	array->wa_next_generation = last_generation_ + 1;
	seen_changes_ = 0;
	tell_limit();
}

void
WorkerList::tell_limit()
{
	if (shared_workers != nullptr)
		shared_workers->wa_limit.store(max_worker_processes, std::memory_order_relaxed);
}

RegisteredWorker *
WorkerList::find_by_slot(int slot)
{
	return slot >= 0 && slot < static_cast<int>(by_slot_.size())
			   ? by_slot_[static_cast<size_t>(slot)]
			   : nullptr;
}

void
WorkerList::forget(RegisteredWorker &worker)
{
	Report(DEBUG1).msg("unregistering background worker \"%s\"", worker.rw_worker.bgw_name).emit();
	end_starting(worker);
	if (worker.rw_has_place)
		places_--;
	if (shared_workers != nullptr && worker.rw_slot >= 0)
	{
		by_slot_[static_cast<size_t>(worker.rw_slot)] = nullptr;
		WithdrawWorker(worker.rw_slot);
		free_slot(shared_workers->wa_slots[worker.rw_slot], is_parallel(worker.rw_worker));
	}
	for (RegisteredWorker **at = &head_; *at != nullptr; at = &(*at)->rw_next)
		if (*at == &worker)
		{
			*at = worker.rw_next;
			break;
		}
	count_--;
	delete &worker;
}

void
WorkerList::forget_and_notify(RegisteredWorker &worker, WorkerSignals &signals)
{
	pid_t waiter = worker.rw_worker.bgw_notify_pid;

	forget(worker);
	if (waiter != 0)
		signals.notify(waiter);
}

/* ---- What backends have changed ---- */

/* The slot is in use and not ours yet; null when memory is short (we look again before long). */
RegisteredWorker *
WorkerList::take_over(int slot, WorkerSignals &signals)
{
	WorkerSlot &shared = shared_workers->wa_slots[slot];
	const WorkerRequest &request = shared_worker_requests[slot];
	uint64 id = shared.ws_id.load(std::memory_order_relaxed);
	auto *entry = new (std::nothrow) RegisteredWorker;

	if (entry == nullptr)
	{
		Report(LOG, ERRCODE_OUT_OF_MEMORY).msg("out of memory").emit();
		return nullptr;
	}
	copy_definition(entry->rw_worker, request.wr_worker);
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
	if (id > last_id_ && id <= last_id_ + kPlausibleIds)
		last_id_ = id;
	entry->rw_slot = slot;
	entry->rw_status.wk_id = id;
	entry->rw_status.wk_generation = shared.ws_generation.load(std::memory_order_relaxed);
	entry->rw_status.wk_dynamic = true;
	entry->rw_status.wk_registrant_pid = request.wr_registrant_pid;
	copy_safely(entry->rw_status.wk_registrant, request.wr_registrant,
				sizeof(entry->rw_status.wk_registrant));
	by_slot_[static_cast<size_t>(slot)] = entry;
	FillWorkerAccount(slot, {});
	link(entry);
	return entry;
}

/* A request that nobody takes over. */
void
WorkerList::refuse(int slot, WorkerSignals &signals)
{
	WorkerSlot &shared = shared_workers->wa_slots[slot];
	pid_t waiter = shared_worker_requests[slot].wr_worker.bgw_notify_pid;
	bool parallel = is_parallel(shared_worker_requests[slot].wr_worker);

	shared.ws_pid = 0;
	free_slot(shared, parallel);
	if (waiter != 0)
		signals.notify(waiter);
}

/* Somebody called TerminateBackgroundWorker. */
void
WorkerList::take_terminate(RegisteredWorker &worker, WorkerSignals &signals)
{
	if (worker.rw_terminate)
		return;
	worker.rw_terminate = true;
	show(worker, WorkerState::Stopping, "told to end and to be unregistered");
	if (worker.rw_pid != 0)
	{
		signals.terminate(worker.rw_pid);
		return;
	}
	set_pid(worker, 0);
	notify(worker, signals);
}

bool
WorkerList::changes_pending() const
{
	/* acquire: pairs with AnnounceWorkerChange */
	return shared_workers != nullptr &&
		   shared_workers->wa_changes.load(std::memory_order_acquire) != seen_changes_;
}

void
WorkerList::take_changes(bool allow_new, WorkerSignals &signals)
{
	if (shared_workers == nullptr)
		return;
	if (shared_workers->wa_capacity != WorkerSlotCapacity())
	{
		Report(LOG)
			.msg("inconsistent background worker state (max_worker_processes=%d, total_slots=%d)",
				 WorkerSlotCapacity(), shared_workers->wa_capacity)
			.emit();
		return;
	}
	/* First the number, then the slots: what comes in between is looked at twice. */
	seen_changes_ = shared_workers->wa_changes.load(std::memory_order_acquire);

	int used = WorkerSlotsUsed();

	for (int i = 0; i < used; i++)
	{
		WorkerSlot &slot = shared_workers->wa_slots[i];

		/* Pairs with the release of who registered it. */
		if (!slot.ws_in_use.load(std::memory_order_acquire))
			continue;
		if (RegisteredWorker *known = by_slot_[static_cast<size_t>(i)])
		{
			if (slot.ws_terminate)
				take_terminate(*known, signals);
			continue;
		}
		if (!allow_new)
			slot.ws_terminate = true;
		if (slot.ws_terminate)
			refuse(i, signals);
		else
			take_over(i, signals);
	}
}

/* ---- What should run ---- */

/* Whether nothing but its turn keeps it from starting. */
bool
WorkerList::is_due(RegisteredWorker &worker, int64 now, PmState state, const PmFacts &facts,
				   int64 *next_due)
{
	StartPhase phase = phase_of(worker.rw_worker);

	if (!WorkerMayStart(state, facts, phase))
	{
		show(worker, WorkerState::WaitingForPhase, phase_reason(phase, state));
		return false;
	}
	if (worker.rw_not_before > now)
	{
		if (*next_due == 0 || worker.rw_not_before < *next_due)
			*next_due = worker.rw_not_before;
		return false;
	}
	return true;
}

/* One that does not run gives its place up when there are more than there should be. */
void
WorkerList::settle_place(RegisteredWorker &worker)
{
	if (!worker.rw_has_place || places_ <= max_worker_processes)
		return;
	worker.rw_has_place = false;
	places_--;
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
			forget_and_notify(*entry, signals);
			continue;
		}
		settle_place(*entry);
		if (!is_due(*entry, now, state, facts, next_due))
			continue;
		if (!entry->rw_has_place && places_ >= max_worker_processes)
		{
			char reason[kWorkerTextLength];

			snprintf(reason, sizeof(reason), "all %d places of max_worker_processes are taken",
					 max_worker_processes);
			show(*entry, WorkerState::WaitingForSlot, reason);
			continue;
		}
		show(*entry, WorkerState::Starting, "due, waits for its turn");
		/*
		 * Who has a place comes before who has none, and then who has waited longest: workers that end at
		 * once must not starve others.
		 */
		if (chosen == nullptr || (entry->rw_has_place && !chosen->rw_has_place) ||
			(entry->rw_has_place == chosen->rw_has_place && entry->rw_turn < chosen->rw_turn))
			chosen = entry;
	}
	if (chosen == nullptr || starting_ < MaxStartingWorkers())
		return chosen;

	/* At the limit, the next one that is through with starting, or ends, wakes us. */
	const int64 ask_again = pass_over_slow(now);

	if (starting_ < MaxStartingWorkers())
		return chosen;
	if (*next_due == 0 || ask_again < *next_due)
		*next_due = ask_again;
	return nullptr;
}

/* One that takes its time in its main function, and may never connect, must not hold up the others. */
int64
WorkerList::pass_over_slow(int64 now)
{
	int64 ask_again = now + kConnectPatience;

	for (RegisteredWorker *entry = head_; entry != nullptr; entry = entry->rw_next)
	{
		if (!entry->rw_starting)
			continue;
		if (entry->rw_ask_again != 0 && entry->rw_ask_again <= now)
		{
			if (entry->rw_in_main)
			{
				end_starting(*entry);
				continue;
			}
			entry->rw_ask_again = 0;
		}
		if (entry->rw_ask_again == 0)
			entry->rw_ask_again = now + kConnectPatience;
		ask_again = std::min(ask_again, entry->rw_ask_again);
	}
	return ask_again;
}

/* ---- Starts and ends ---- */

void
WorkerList::set_pid(RegisteredWorker &worker, int32 pid)
{
	if (shared_workers != nullptr && worker.rw_slot >= 0)
		shared_workers->wa_slots[worker.rw_slot].ws_pid.store(pid, std::memory_order_release);
}

void
WorkerList::notify(const RegisteredWorker &worker, WorkerSignals &signals)
{
	if (worker.rw_worker.bgw_notify_pid != 0)
		signals.notify(worker.rw_worker.bgw_notify_pid);
}

void
WorkerList::about_to_start(RegisteredWorker &worker)
{
	WorkerSlot &slot = shared_workers->wa_slots[worker.rw_slot];

	give_place(worker);
	slot.ws_main_pid.store(0, std::memory_order_relaxed);
	slot.ws_settled_pid.store(0, std::memory_order_relaxed);
	slot.ws_ready_pid.store(0, std::memory_order_relaxed);
}

void
WorkerList::started(RegisteredWorker &worker, pid_t pid, int64 now, WorkerSignals &signals)
{
	worker.rw_pid = pid;
	worker.rw_not_before = 0;
	worker.rw_running_since = now;
	worker.rw_turn = ++turns_;
	worker.rw_starting = true;
	worker.rw_in_main = false;
	worker.rw_ask_again = 0;
	starting_++;
	set_pid(worker, pid);
	notify(worker, signals);
	show_start(worker, pid);
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
WorkerList::ended(RegisteredWorker &worker, const WorkerEnd &end, int64 now, WorkerSignals &signals)
{
	bool ran = worker.rw_pid != 0;
	EndJudgement judgement = JudgeEnd(worker, end, now);

	end_starting(worker);
	worker.rw_not_before = judgement.not_before;
	show_end(worker, end, now);
	worker.rw_pid = 0;
	if (ran)
		set_pid(worker, 0);
	if (judgement.next == EndJudgement::Next::Unregister)
		forget_and_notify(worker, signals);
	else if (ran)
		notify(worker, signals);
}

void
WorkerList::note_progress(WorkerSignals &signals)
{
	if (shared_workers == nullptr)
		return;
	for (RegisteredWorker *entry = head_; entry != nullptr; entry = entry->rw_next)
	{
		if (entry->rw_pid == 0)
			continue;

		const WorkerSlot &slot = shared_workers->wa_slots[entry->rw_slot];

		if (!entry->rw_in_main && slot.ws_main_pid == entry->rw_pid)
		{
			entry->rw_in_main = true;
			if (!entry->rw_terminate)
				show(*entry, WorkerState::Running, "");
		}
		if (slot.ws_settled_pid == entry->rw_pid)
			end_starting(*entry);
		if (entry->rw_status.wk_readied == 0 && slot.ws_ready_pid == entry->rw_pid)
		{
			entry->rw_status.wk_readied = GetCurrentTimestamp();
			if (!entry->rw_terminate)
				show(*entry, WorkerState::Ready, "");
			notify(*entry, signals);
		}
	}
}

/* ---- Others go, the server goes ---- */

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
		set_pid(*entry, 0);
		forget_and_notify(*entry, signals);
	}
}

void
WorkerList::show_stopping()
{
	for (RegisteredWorker *entry = head_; entry != nullptr; entry = entry->rw_next)
		if (entry->rw_pid != 0)
			show(*entry, WorkerState::Stopping, "the server is stopping");
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
		entry->rw_totals = ReadWorkerAccount(entry->rw_slot);
	}
	starting_ = 0;
}

} /* namespace pg */
