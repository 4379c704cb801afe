/*
 * worker_status.cpp
 *		The shared side of pg_stat_bgworker: writing it, reading it, keeping its history.
 *
 * Postmaster and workers write, each its own part; everybody reads.  Nobody waits, and on the side of the
 * writers nothing allocates or raises.
 */
#include "utils/activity/worker_status.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <new>
#include <unistd.h>

#include "miscadmin.h"
#include "port/os.h"
#include "storage/ipc/shmem_size.h"
#include "storage/lmgr/proc_internals.h"
#include "utils/activity/activity_internals.h"
#include "utils/error/error_observer.h"

namespace pg
{

int bgworker_history_size = 256;

WorkerAccount *my_worker_account = nullptr;

static SeqLocked<WorkerStatus> *statuses = nullptr;
static WorkerAccount *accounts = nullptr;
static SeqLocked<WorkerEvent> *events = nullptr;
static int capacity = 0;

/* Slots at or above were never used; only the postmaster writes it. */
struct WorkerStatusHeader
{
	std::atomic<int> wh_used;
	std::atomic<uint64> wh_events; /* number of the last event */
};
static WorkerStatusHeader *header = nullptr;

/* The postmaster's own copy of the ring, which outlives shared memory. Never destroyed. */
static std::vector<WorkerEvent> *kept_events = nullptr;
static uint64 last_event = 0;

const char *
WorkerStateName(WorkerState state)
{
	static constexpr const char *kNames[] = {
		"waiting_for_phase", "waiting_for_slot", "starting", "running", "ready",
		"backing_off",		 "stopping",		 "stopped",	 "failed"};

	static_assert(lengthof(kNames) == static_cast<size_t>(WorkerState::Count));
	return state < WorkerState::Count ? kNames[static_cast<size_t>(state)] : "unknown";
}

const char *
WorkerEventName(WorkerEventKind kind)
{
	switch (kind)
	{
		case WorkerEventKind::Started: return "started";
		case WorkerEventKind::Ended: return "ended";
		case WorkerEventKind::ForkFailed: return "fork_failed";
	}
	return "unknown";
}

static bool
valid_slot(int slot)
{
	return statuses != nullptr && HaveSharedMemory() && slot >= 0 && slot < capacity;
}

/* ---- Postmaster ---- */

void
PublishWorker(int slot, const WorkerStatus &status)
{
	if (!valid_slot(slot))
		return;
	{
		SeqWrite write(statuses[slot]);

		*write = status;
	}
	if (header->wh_used.load(std::memory_order_relaxed) <= slot)
		header->wh_used.store(slot + 1, std::memory_order_release);
}

void
WithdrawWorker(int slot)
{
	if (!valid_slot(slot))
		return;

	SeqWrite write(statuses[slot]);

	write->wk_id = 0;
}

static void
show_event(const WorkerEvent &event)
{
	if (events == nullptr || !HaveSharedMemory() || bgworker_history_size == 0)
		return;
	{
		SeqWrite write(events[event.wv_number % static_cast<uint64>(bgworker_history_size)]);

		*write = event;
	}
	header->wh_events.store(event.wv_number, std::memory_order_release);
}

void
RecordWorkerEvent(WorkerEvent event)
{
	event.wv_number = ++last_event;
	if (kept_events != nullptr && !kept_events->empty())
		(*kept_events)[event.wv_number % kept_events->size()] = event;
	show_event(event);
}

WorkerTotals
ReadWorkerAccount(int slot)
{
	WorkerTotals totals{};

	if (!valid_slot(slot))
		return totals;

	const WorkerAccount &account = accounts[slot];

	totals.transactions = account.wa_transactions.load(std::memory_order_relaxed);
	totals.statements = account.wa_statements.load(std::memory_order_relaxed);
	totals.rows = account.wa_rows.load(std::memory_order_relaxed);
	totals.spi_usec = account.wa_spi_usec.load(std::memory_order_relaxed);
	totals.database = account.wa_database.load(std::memory_order_relaxed);
	totals.role = account.wa_role.load(std::memory_order_relaxed);
	if (!ReadActivity(account.wa_error, [&] { totals.error = account.wa_error.st_data; }))
		totals.error = {}; /* it died while it wrote */
	totals.error.we_message[sizeof(totals.error.we_message) - 1] = '\0';
	return totals;
}

void
FillWorkerAccount(int slot, const WorkerTotals &totals)
{
	if (!valid_slot(slot))
		return;

	/* A former owner may have died in the middle of a change: start from scratch. */
	WorkerAccount *account = new (&accounts[slot]) WorkerAccount{};

	account->wa_transactions.store(totals.transactions, std::memory_order_relaxed);
	account->wa_statements.store(totals.statements, std::memory_order_relaxed);
	account->wa_rows.store(totals.rows, std::memory_order_relaxed);
	account->wa_spi_usec.store(totals.spi_usec, std::memory_order_relaxed);
	account->wa_database.store(totals.database, std::memory_order_relaxed);
	account->wa_role.store(totals.role, std::memory_order_relaxed);
	if (totals.error.we_pid != 0)
	{
		SeqWrite write(account->wa_error);

		*write = totals.error;
	}
}

/* ---- The worker itself ---- */

/* Keeps the report as the worker's last error. */
static void
note_error(const Report &report) noexcept
{
	if (my_worker_account == nullptr)
		return;

	const size_t length =
		ClipAtCharacter(report.message.data(), report.message.size(), kWorkerErrorLength - 1);
	SeqWrite write(my_worker_account->wa_error);

	write->we_pid = MyProcPid;
	write->we_sqlstate = report.sqlstate;
	memcpy(write->we_message, report.message.data(), length);
	write->we_message[length] = '\0';
}

void
JoinWorkerAccount(int slot)
{
	if (!valid_slot(slot))
		return;
	my_worker_account = &accounts[slot];
	error_observer = note_error;
}

void
LeaveWorkerAccount()
{
	my_worker_account = nullptr;
	error_observer = nullptr;
}

/* Only the owner adds, so no atomic addition is needed. */
static void
add(std::atomic<uint64> &counter, uint64 amount)
{
	counter.store(counter.load(std::memory_order_relaxed) + amount, std::memory_order_relaxed);
}

void
NoteWorkerDatabase(Oid database, Oid role)
{
	if (my_worker_account == nullptr)
		return;
	my_worker_account->wa_database.store(database, std::memory_order_relaxed);
	my_worker_account->wa_role.store(role, std::memory_order_relaxed);
}

void
CountWorkerTransaction(bool)
{
	if (my_worker_account != nullptr)
		add(my_worker_account->wa_transactions, 1);
}

int64
WorkerStatementTimer::now()
{
	return os.monotonic_usec();
}

void
WorkerStatementTimer::count() const
{
	add(my_worker_account->wa_statements, 1);
	add(my_worker_account->wa_rows, rows_);
	add(my_worker_account->wa_spi_usec, static_cast<uint64>(now() - start_));
}

/* ---- Readers ---- */

static void
terminate(char *text, size_t size)
{
	text[size - 1] = '\0';
}

bool
ReadWorkerRow(int slot, WorkerRow &row)
{
	WorkerStatus &status = row.status;

	if (!valid_slot(slot) ||
		!ReadActivity(statuses[slot], [&] { status = statuses[slot].st_data; }) ||
		status.wk_id == 0)
		return false;
	for (char *name : {status.wk_name, status.wk_type, status.wk_function, status.wk_registrant})
		terminate(name, BGW_MAXLEN);
	terminate(status.wk_library, sizeof(status.wk_library));
	terminate(status.wk_policy, sizeof(status.wk_policy));
	terminate(status.wk_reason, sizeof(status.wk_reason));
	row.totals = ReadWorkerAccount(slot);
	return true;
}

void
SnapshotWorkers(std::vector<WorkerRow> &out)
{
	size_t count = 0;

	if (!valid_slot(0))
	{
		out.clear();
		return;
	}

	const int used = std::min(header->wh_used.load(std::memory_order_acquire), capacity);

	for (int slot = 0; slot < used; slot++)
	{
		if (*const_cast<volatile uint64 *>(&statuses[slot].st_data.wk_id) == 0)
			continue;
		if (count == out.size())
			out.emplace_back();
		if (ReadWorkerRow(slot, out[count]))
			count++;
	}
	out.resize(count);
	std::sort(out.begin(), out.end(),
			  [](const WorkerRow &a, const WorkerRow &b)
			  { return a.status.wk_id < b.status.wk_id; });
}

void
SnapshotWorkerEvents(std::vector<WorkerEvent> &out)
{
	out.clear();
	if (events == nullptr || !HaveSharedMemory() || bgworker_history_size == 0)
		return;

	const uint64 size = static_cast<uint64>(bgworker_history_size);
	const uint64 last = header->wh_events.load(std::memory_order_acquire);

	for (uint64 number = last > size ? last - size + 1 : 1; number <= last; number++)
	{
		const SeqLocked<WorkerEvent> &entry = events[number % size];
		WorkerEvent &event = out.emplace_back();

		/* It may have been overwritten meanwhile by one that is newer than `last`. */
		if (!ReadActivity(entry, [&] { event = entry.st_data; }) || event.wv_number != number)
			out.pop_back();
	}
}

bool
ReadProcessUse(int pid, ProcessUse *use)
{
	char path[64];
	long size = 0;
	long resident = 0;
	unsigned long user = 0;
	unsigned long system = 0;

	snprintf(path, sizeof(path), "/proc/%d/statm", pid);
	FILE *file = fopen(path, "re");

	if (file == nullptr)
		return false;
	const bool have_memory = fscanf(file, "%ld %ld", &size, &resident) == 2;

	fclose(file);
	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	file = fopen(path, "re");
	if (file == nullptr)
		return false;
	/* The second field is the program's name in parentheses, at most 16 bytes. */
	const bool have_time =
		fscanf(file, "%*d (%*[^)]) %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user,
			   &system) == 2;

	fclose(file);
	use->resident_bytes = static_cast<int64>(resident) * sysconf(_SC_PAGESIZE);
	use->cpu_milliseconds =
		static_cast<double>(user + system) * 1000.0 / static_cast<double>(sysconf(_SC_CLK_TCK));
	return have_memory && have_time;
}

/* ---- Areas ---- */

size_t
WorkerStatusSize()
{
	return MultiplyShmemSize(static_cast<size_t>(WorkerSlotCapacity()),
							 sizeof(SeqLocked<WorkerStatus>));
}

void
InitWorkerStatus(void *at)
{
	statuses = static_cast<SeqLocked<WorkerStatus> *>(at); /* zeros: no workers */
	capacity = WorkerSlotCapacity();
}

size_t
WorkerAccountsSize()
{
	return MultiplyShmemSize(static_cast<size_t>(WorkerSlotCapacity()), sizeof(WorkerAccount));
}

void
InitWorkerAccounts(void *at)
{
	accounts = static_cast<WorkerAccount *>(at); /* zeros: nothing counted */
	my_worker_account = nullptr;
}

size_t
WorkerHistorySize()
{
	return AddShmemSize(CACHELINEALIGN(sizeof(WorkerStatusHeader)),
						MultiplyShmemSize(static_cast<size_t>(bgworker_history_size),
										  sizeof(SeqLocked<WorkerEvent>)));
}

void
InitWorkerHistory(void *at)
{
	header = new (at) WorkerStatusHeader{};
	events = reinterpret_cast<SeqLocked<WorkerEvent> *>(static_cast<char *>(at) +
														CACHELINEALIGN(sizeof(WorkerStatusHeader)));
	if (kept_events == nullptr)
		kept_events =
			std::make_unique<std::vector<WorkerEvent>>(static_cast<size_t>(bgworker_history_size))
				.release();
	/* In their order, so that the last one is the last one again. */
	for (size_t back = kept_events->size(); back-- > 0;)
	{
		if (last_event <= back)
			continue;
		const WorkerEvent &event = (*kept_events)[(last_event - back) % kept_events->size()];

		if (event.wv_number == last_event - back)
			show_event(event);
	}
}

} // namespace pg
