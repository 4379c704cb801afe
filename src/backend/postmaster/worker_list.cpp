/*
 * postmaster/worker_list.cpp
 *		The postmaster's list of background workers and its side of the slot protocol (worker_slots.h).
 *
 * Postmaster only, but for the areas' init functions.  Takes no lock, believes no length or terminator
 * found in shared memory, raises nothing.
 */
#include "postmaster/worker_list.h"

#include <algorithm>
#include <bit>
#include <new>

#include "port/os.h"
#include "postmaster/pm_settings.h"
#include "postmaster/ready_board.h"
#include "postmaster/stopped_file.h"
#include "storage/ipc/shmem_size.h"
#include "storage/lmgr/proc_internals.h"
#include "utils/error/report.h"
#include "utils/fmgr/loader.h"

namespace pg
{

WorkerArray *shared_workers = nullptr;
WorkerRequest *shared_worker_requests = nullptr;
std::atomic<uint64> *shared_worker_news = nullptr;

namespace
{

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

/* One bit per slot. */
int
news_words()
{
	return (WorkerSlotCapacity() + kNewsBits - 1) / kNewsBits;
}

size_t
news_area_size()
{
	return MultiplyShmemSize(static_cast<size_t>(news_words()), sizeof(*shared_worker_news));
}

void
init_news_area(void *at)
{
	shared_worker_news = static_cast<std::atomic<uint64> *>(at); /* zeros: no news */
}

constexpr ShmemArea kWorkerListAreas[] = {
	{"Background Worker Data", worker_area_size, init_worker_area},
	{"Background Worker News", news_area_size, init_news_area},
	{"Background Worker Requests", request_area_size, init_request_area}};

bool
is_parallel(const BackgroundWorker &worker)
{
	return (worker.bgw_flags & BGWORKER_CLASS_PARALLEL) != 0;
}

void
copy_definition(BackgroundWorker &to, const BackgroundWorker &from)
{
	CopySafely(to.bgw_name, from.bgw_name, sizeof(to.bgw_name));
	CopySafely(to.bgw_type, from.bgw_type, sizeof(to.bgw_type));
	CopySafely(to.bgw_library_name, from.bgw_library_name, sizeof(to.bgw_library_name));
	CopySafely(to.bgw_function_name, from.bgw_function_name, sizeof(to.bgw_function_name));
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

} /* namespace */

const std::span<const ShmemArea> kWorkerAreas(kWorkerListAreas);

int
WorkerSlotsUsed()
{
	if (shared_workers == nullptr)
		return 0;
	return std::clamp(shared_workers->wa_used.load(std::memory_order_acquire), 0,
					  WorkerSlotCapacity());
}

void
CopySafely(char *to, const char *from, size_t size)
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
	entry->rw_number = ++registrations_;
	entry->rw_next = head_;
	entry->rw_previous = nullptr;
	if (head_ != nullptr)
		head_->rw_previous = entry;
	head_ = entry;
	count_++;
	if (places_ < max_worker_processes)
		give_place(*entry);
	describe(*entry);
	settle_policy(*entry);
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
WorkerList::add_static(const BackgroundWorker &worker, const WorkerPolicy &policy)
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
	entry->rw_own_policy = policy;
	entry->rw_status.wk_id = ++last_id_;
	strlcpy(entry->rw_status.wk_registrant, "shared_preload_libraries",
			sizeof(entry->rw_status.wk_registrant));
	link(entry);
	if (IsStoppedWorker(worker))
		hold(*entry, WorkerHold::Stopped);
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
	queues_.reset(array->wa_capacity);
	quota_users_.reset(array->wa_capacity);
	sort_anew();
	MakeReadyBoard(array->wa_capacity);
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
		shared.ws_quota = entry->rw_quota_key;
		shared.ws_in_use = true;
		entry->rw_status.wk_order = 0;
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
WorkerList::find_functions() const
{
	for (const RegisteredWorker *entry = head_; entry != nullptr; entry = entry->rw_next)
		FindFunctionAhead(entry->rw_worker.bgw_library_name, entry->rw_worker.bgw_function_name);
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
	leave_queues(worker);
	if (shared_workers != nullptr && worker.rw_slot >= 0)
	{
		by_slot_[static_cast<size_t>(worker.rw_slot)] = nullptr;
		WithdrawWorker(worker.rw_slot);
		free_slot(shared_workers->wa_slots[worker.rw_slot], is_parallel(worker.rw_worker));
	}
	(worker.rw_previous != nullptr ? worker.rw_previous->rw_next : head_) = worker.rw_next;
	if (worker.rw_next != nullptr)
		worker.rw_next->rw_previous = worker.rw_previous;
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
	if (request.wr_has_policy && !ReadPolicy(request.wr_policy, &entry->rw_own_policy).empty())
		entry->rw_own_policy =
			{}; /* it was good when it was given: somebody writes where he must not */
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
	CopySafely(entry->rw_status.wk_registrant, request.wr_registrant,
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
	touch(worker);
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
	/* acquire: pairs with AnnounceWorkerChanges */
	return shared_workers != nullptr &&
		   shared_workers->wa_changes.load(std::memory_order_acquire) != seen_changes_;
}

/* What its slot says. */
void
WorkerList::look_at_slot(int number, bool allow_new, WorkerSignals &signals)
{
	WorkerSlot &slot = shared_workers->wa_slots[number];

	/* Pairs with the release of who registered it. */
	if (!slot.ws_in_use.load(std::memory_order_acquire))
		return;
	if (RegisteredWorker *known = by_slot_[static_cast<size_t>(number)])
	{
		take_order(*known, slot.ws_order, signals);
		if (slot.ws_terminate)
			take_terminate(*known, signals);
		note_progress(*known, signals);
		return;
	}
	if (!allow_new)
		slot.ws_terminate = true;
	if (slot.ws_terminate)
		refuse(number, signals);
	else if (RegisteredWorker *taken = take_over(number, signals))
		take_order(*taken, slot.ws_order, signals);
}

void
WorkerList::take_news(bool allow_new, WorkerSignals &signals)
{
	if (shared_workers == nullptr || shared_worker_news == nullptr)
		return;
	/* First the number, then the bits: what comes in between is looked at twice. */
	seen_changes_ = shared_workers->wa_changes.load(std::memory_order_acquire);
	for (int word = 0; word < news_words(); word++)
	{
		if (shared_worker_news[word].load(std::memory_order_relaxed) == 0)
			continue;

		/* acquire: pairs with MarkWorkerChanged */
		uint64 bits = shared_worker_news[word].exchange(0, std::memory_order_acquire);

		for (; bits != 0; bits &= bits - 1)
			if (int slot = word * kNewsBits + std::countr_zero(bits); slot < WorkerSlotCapacity())
				look_at_slot(slot, allow_new, signals);
	}
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
	seen_changes_ = shared_workers->wa_changes.load(std::memory_order_acquire);

	int used = WorkerSlotsUsed();

	for (int i = 0; i < used; i++)
		look_at_slot(i, allow_new, signals);
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
	worker.rw_history.note_start(now);
	worker.rw_told = false;
	worker.rw_turn = ++turns_;
	worker.rw_starting = true;
	worker.rw_in_main = false;
	worker.rw_ask_again = 0;
	starting_++;
	touch(worker);
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
	touch(worker);
}

void
WorkerList::ended(RegisteredWorker &worker, const WorkerExit &end, const WorkerVerdict &verdict,
				  int64 now, WorkerSignals &signals)
{
	bool ran = worker.rw_pid != 0;

	end_starting(worker);
	worker.rw_begun = worker.rw_begun || ran;
	worker.rw_again = false;
	worker.rw_not_before = verdict.at;
	show_end(worker, end, verdict, now);
	worker.rw_pid = 0;
	touch(worker);
	if (ran)
		set_pid(worker, 0);
	switch (verdict.fate)
	{
		case WorkerFate::Restart: worker.rw_hold = WorkerHold::None; break;
		case WorkerFate::Done: worker.rw_hold = WorkerHold::Done; break;
		case WorkerFate::Stopped: worker.rw_hold = WorkerHold::Stopped; break;
		case WorkerFate::Failed:
			worker.rw_hold = WorkerHold::Failed;
			Report(LOG)
				.msg("background worker \"%s\" has failed: %s", worker.rw_worker.bgw_name,
					 verdict.reason)
				.hint("It is not started again until pg_bgworker_start() is called.")
				.emit();
			break;
		case WorkerFate::Unregister: forget_and_notify(worker, signals); return;
	}
	if (ran)
		notify(worker, signals);
}

static bool
is_told_to_end(const RegisteredWorker &worker)
{
	return worker.rw_terminate || worker.rw_stop || worker.rw_again || worker.rw_told;
}

void
WorkerList::note_progress(RegisteredWorker &worker, WorkerSignals &signals)
{
	const WorkerSlot &slot = shared_workers->wa_slots[worker.rw_slot];

	if (worker.rw_pid == 0)
		return;
	learn_database(worker);
	if (!worker.rw_in_main && slot.ws_main_pid == worker.rw_pid)
	{
		worker.rw_in_main = true;
		worker.rw_begun = true;
		touch(worker);
		if (!is_told_to_end(worker))
			show(worker, WorkerState::Running, "");
	}
	if (slot.ws_settled_pid == worker.rw_pid)
		end_starting(worker);
	if (worker.rw_status.wk_readied == 0 && slot.ws_ready_pid == worker.rw_pid)
	{
		worker.rw_status.wk_readied = GetCurrentTimestamp();
		if (!is_told_to_end(worker))
			show(worker, WorkerState::Ready, "");
		notify(worker, signals);
	}
}

void
WorkerList::take_board(WorkerSignals &signals)
{
	for (int slot = 0; slot < WorkerSlotsUsed(); slot++)
	{
		const pid_t pid = TakeReady(slot);
		RegisteredWorker *worker = pid != 0 ? by_slot_[static_cast<size_t>(slot)] : nullptr;

		if (worker == nullptr || worker->rw_pid != pid)
			continue;
		shared_workers->wa_slots[slot].ws_ready_pid = pid;
		note_progress(*worker, signals);
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
WorkerList::reset_after_crash()
{
	RegisteredWorker *next = nullptr;

	for (RegisteredWorker *entry = head_; entry != nullptr; entry = next)
	{
		next = entry->rw_next;
		bool as_registered = entry->rw_policy.restart.value_or(RestartRule::AsRegistered) ==
							 RestartRule::AsRegistered;

		if (entry->rw_terminate || (as_registered && entry->rw_hold == WorkerHold::None &&
									entry->rw_worker.bgw_restart_time == BGW_NEVER_RESTART))
		{
			forget(*entry);
			continue;
		}
		entry->rw_pid = 0;
		if (!entry->rw_policy.backoff)
			entry->rw_not_before = 0;
		entry->rw_starting = false;
		entry->rw_begun = false;
		entry->rw_turn = 0;
		entry->rw_worker.bgw_notify_pid = 0;
		entry->rw_totals = ReadWorkerAccount(entry->rw_slot);
	}
	starting_ = 0;
}

} /* namespace pg */
