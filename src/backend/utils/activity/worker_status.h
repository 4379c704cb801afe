/*
 * utils/activity/worker_status.h
 *		What there is to know of every registered worker, in shared memory: pg_stat_bgworker and its history.
 *
 * Who writes what:
 *	 WorkerStatus	one per worker slot; the postmaster alone, whenever something changes (SeqLocked)
 *	 WorkerEvent	a ring of the last starts and ends; the postmaster alone (SeqLocked, one by one)
 *	 WorkerAccount	one per worker slot; the worker's own process: counters by relaxed stores, the last error
 *					(SeqLocked), the database it is connected to.  The postmaster touches it only while no process
 *					is in the slot.
 * Readers copy and retry; nobody waits for them, and nothing is done for them but these stores.  Over a crash
 * the postmaster keeps what it wrote in memory of its own, takes a last look at the accounts, and fills the new
 * shared memory with all of it.
 */
#pragma once

#include "postgres.h"

#include <atomic>
#include <vector>

#include "postmaster/bgworker.h"
#include "utils/activity/seq_locked.h"
#include "utils/timestamp.h"

namespace pg
{

enum class WorkerState : uint8_t
{
	WaitingForPhase, /* the server has not reached its start time, or is stopping */
	WaitingForSlot,	 /* all places of max_worker_processes are taken */
	Starting,		 /* due, or forked and not in its main function yet */
	Running,
	Ready,		/* it said so: BackgroundWorkerReady() */
	BackingOff, /* ended, or could not be forked; starts again at wk_next_start */
	Stopping,	/* told to end */
	Stopped,	/* on purpose, until it is started by hand */
	Failed,		/* given up, until it is started by hand */
	Count
};
/* "waiting_for_phase" */
const char *WorkerStateName(WorkerState state);

inline constexpr int kWorkerTextLength = 160;
inline constexpr int kWorkerErrorLength = 256;

/* Plain data, as the postmaster has it. Times are TimestampTz, 0 is none. */
struct WorkerStatus
{
	uint64 wk_id; /* 0: entry not in use */
	uint64 wk_generation;
	WorkerState wk_state;
	bool wk_dynamic;
	int32 wk_flags;
	int32 wk_start_phase;	 /* BgWorkerStartTime */
	int32 wk_pid;			 /* 0: does not run */
	int32 wk_registrant_pid; /* of a dynamic worker */
	int32 wk_exit_code;		 /* -1: none */
	int32 wk_exit_signal;	 /* 0: none */
	int32 wk_failures;		 /* in a row */
	uint32 wk_order;		 /* number of the last order that was obeyed */
	int64 wk_starts;
	TimestampTz wk_registered, wk_started, wk_readied, wk_ended, wk_next_start;
	char wk_name[BGW_MAXLEN];
	char wk_type[BGW_MAXLEN];
	char wk_library[MAXPGPATH];
	char wk_function[BGW_MAXLEN];
	char wk_registrant[BGW_MAXLEN];	   /* library or kind of process */
	char wk_policy[kWorkerTextLength]; /* when it is started again, in words */
	char wk_reason[kWorkerTextLength]; /* why it is in this state, in words */
};

struct WorkerError
{
	int32 we_pid; /* 0: none yet */
	int32 we_sqlstate;
	char we_message[kWorkerErrorLength];
};

struct WorkerAccount
{
	std::atomic<uint64> wa_transactions;
	std::atomic<uint64> wa_statements;
	std::atomic<uint64> wa_rows;
	std::atomic<uint64> wa_spi_usec;
	std::atomic<Oid> wa_database;
	std::atomic<Oid> wa_role;
	SeqLocked<WorkerError> wa_error;
};
static_assert(std::atomic<uint64>::is_always_lock_free);

/* A copy of an account. */
struct WorkerTotals
{
	uint64 transactions, statements, rows, spi_usec;
	Oid database, role;
	WorkerError error;
};

enum class WorkerEventKind : uint8_t
{
	Started,
	Ended,
	ForkFailed
};
const char *WorkerEventName(WorkerEventKind kind);

struct WorkerEvent
{
	uint64 wv_number; /* 1, 2, ...; 0: entry not in use */
	uint64 wv_worker; /* wk_id */
	WorkerEventKind wv_kind;
	int32 wv_pid;
	int32 wv_exit_code;	  /* -1: none */
	int32 wv_exit_signal; /* 0: none */
	int32 wv_sqlstate;	  /* of the last error of this run; 0: none */
	TimestampTz wv_time;
	TimestampTz wv_started; /* Ended: when this run began */
	char wv_name[BGW_MAXLEN];
	char wv_reason[kWorkerTextLength];
	char wv_message[kWorkerErrorLength];
};

/* ---- Postmaster ---- */

void PublishWorker(int slot, const WorkerStatus &status);
void WithdrawWorker(int slot);
/* Numbers the event, keeps it, and shows it. */
void RecordWorkerEvent(WorkerEvent event);
/* The account of a slot whose process is gone, bounded; and filling one for a worker about to be in it. */
WorkerTotals ReadWorkerAccount(int slot);
void FillWorkerAccount(int slot, const WorkerTotals &totals);

/* ---- The worker itself ---- */

/* From now on the functions below count for the worker in the slot; before that, and in others, they do nothing. */
void JoinWorkerAccount(int slot);
void LeaveWorkerAccount();
void NoteWorkerDatabase(Oid database, Oid role);
void CountWorkerTransaction(bool committed);

extern WorkerAccount *my_worker_account;

/* Counts a statement of SPI and the time from its construction to its end; rows once they are known. */
class WorkerStatementTimer
{
public:
	WorkerStatementTimer() : start_(my_worker_account != nullptr ? now() : 0) {}
	~WorkerStatementTimer()
	{
		if (my_worker_account != nullptr)
			count();
	}
	WorkerStatementTimer(const WorkerStatementTimer &) = delete;
	WorkerStatementTimer &operator=(const WorkerStatementTimer &) = delete;

	void add_rows(uint64 rows) { rows_ += rows; }

private:
	static int64 now();
	void count() const;

	int64 start_;
	uint64 rows_ = 0;
};

/* ---- Readers ---- */

struct WorkerRow
{
	WorkerStatus status;
	WorkerTotals totals;
};

/* All registered workers, in the order of their ids. Reuses the storage of `out`. */
void SnapshotWorkers(std::vector<WorkerRow> &out);
/* The worker in one slot; false when there is none. */
bool ReadWorkerRow(int slot, WorkerRow &row);
/* The events that there are, oldest first. */
void SnapshotWorkerEvents(std::vector<WorkerEvent> &out);

/* Of a living process, from /proc: resident memory in bytes and CPU time in milliseconds; false when it is gone. */
struct ProcessUse
{
	int64 resident_bytes;
	double cpu_milliseconds;
};
bool ReadProcessUse(int pid, ProcessUse *use);

} /* namespace pg */
