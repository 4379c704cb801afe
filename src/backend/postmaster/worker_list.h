/*
 * postmaster/worker_list.h
 *		Registered background workers: the postmaster's list, and the slots it shares with backends.
 *
 * The list is private to the postmaster and last-in first-out.  Each entry owns one slot in shared memory.
 *
 * Protocol of a slot (rw_, ws_ fields; "BackgroundWorkerLock" as the LWLock list says):
 *	 1. ws_in_use false: the slot belongs to backends.  Who holds BackgroundWorkerLock exclusively may fill it:
 *	    ws_worker, ws_pid = kNotStarted, ws_generation + 1, ws_terminate = false; then ws_in_use = true, with release.
 *	 2. ws_in_use true (read with acquire): it belongs to the postmaster, which takes no lock, copies what it needs with
 *	    its own bounds, writes ws_pid, and gives the slot back by ws_in_use = false, with release.
 *	 3. Exception: anybody may set ws_terminate at any time, checking ws_generation under the lock first.
 *	 4. ws_main_pid is the pid of the child that reached its main function; the child writes it.
 *	 5. Registering a worker of the parallel class raises ws_parallel_registered under the lock; the postmaster raises
 *	    ws_parallel_ended before it gives the slot back.  Their difference (modulo 2^32) is the number in use.
 */
#pragma once

#include <atomic>
#include <span>
#include <type_traits>
#include <vector>

#include "common/setting_def.h"
#include "miscadmin.h"
#include "postmaster/bgworker.h"
#include "postmaster/pmstate.h"
#include "storage/ipc/shmem_internals.h"

namespace pg
{

/* ---- Shared part ---- */

inline constexpr int32 kNotStarted = InvalidPid;

struct WorkerSlot
{
	std::atomic<bool> ws_in_use;
	std::atomic<bool> ws_terminate;
	std::atomic<int32> ws_pid; /* kNotStarted; 0: dead; else running */
	std::atomic<int32> ws_main_pid;
	std::atomic<uint64> ws_generation;
	BackgroundWorker ws_worker;
};

struct WorkerArray
{
	int ws_total_slots;
	std::atomic<uint32> ws_parallel_registered;
	std::atomic<uint32> ws_parallel_ended;
	WorkerSlot ws_slots[1]; /* ws_total_slots of them */
};
static_assert(std::is_standard_layout_v<WorkerArray> &&
			  std::is_trivially_destructible_v<WorkerArray>);
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<uint64>::is_always_lock_free);

extern WorkerArray *shared_workers; /* null without shared memory */
extern const std::span<const ShmemArea> kWorkerAreas;

/* ---- The postmaster's part ---- */

struct RegisteredWorker
{
	BackgroundWorker rw_worker;
	pid_t rw_pid = 0; /* 0: not running */
	int rw_slot = -1;
	int64 rw_not_before = 0; /* monotonic microseconds; 0: at once */
	bool rw_terminate = false;
	bool rw_starting = false; /* forked, main function not reached yet */
	RegisteredWorker *rw_next = nullptr;
	uint64 rw_turn = 0; /* number of its last start among all starts */
};

/* What the list asks of the child table; a test gives its own. */
class WorkerSignals
{
public:
	/* SIGUSR1 to a child that has asked for notices. */
	virtual void notify(pid_t pid) = 0;
	/* SIGTERM to a worker. */
	virtual void terminate(pid_t pid) = 0;
	/* Marks the child as one that wants notices; false when it is no child of ours. */
	virtual bool accept_notices(pid_t pid) = 0;

protected:
	~WorkerSignals() = default;
};

/* How a worker ended, for the list. */
enum class WorkerEnd : uint8_t
{
	Done,	/* exit 0: never again */
	Failed, /* exit 1, or a crash that is its own */
};

class WorkerList
{
public:
	/* RegisterBackgroundWorker: the struct is checked already. Null when memory is short. */
	RegisteredWorker *add_static(const BackgroundWorker &worker);
	int count() const { return count_; }

	/* Builds the shared slots from the list; once per life of the shared memory. */
	void fill_slots(WorkerArray *array);

	/*
	 * Backends changed slots: takes over new workers (or refuses them all, when the server is stopping) and acts on
	 * terminate flags.
	 */
	void take_changes(bool allow_new, WorkerSignals &signals);

	/* The next worker to start now, or null; *next_due is when to ask again (0: no need). */
	RegisteredWorker *next_to_start(int64 now, PmState state, const PmFacts &facts,
									WorkerSignals &signals, int64 *next_due);

	void started(RegisteredWorker &worker, pid_t pid, WorkerSignals &signals);
	/* fork failed: like a failure, but the launch is never lost. */
	void start_failed(RegisteredWorker &worker, int64 now);
	void ended(RegisteredWorker &worker, WorkerEnd end, int64 now, WorkerSignals &signals);

	/* Workers told us that they reached their main functions. */
	void note_initialised();
	int starting() const { return starting_; }

	/* The child that wanted notices is gone. */
	void stop_notices(pid_t pid);
	/* The server stops: whoever waits for a worker that never started is told. */
	void forget_unstarted(WorkerSignals &signals);
	/* After a crash: NEVER_RESTART workers are forgotten, the others start at once. */
	void reset_after_crash();

	RegisteredWorker *find_by_slot(int slot);

	static WorkerList &instance();

private:
	RegisteredWorker *take_over(int slot, WorkerSignals &signals);
	void take_terminate(RegisteredWorker &worker, WorkerSignals &signals);
	void forget(RegisteredWorker &worker);
	void set_pid(RegisteredWorker &worker, int32 pid);
	void end_starting(RegisteredWorker &worker);
	void notify(const RegisteredWorker &worker, WorkerSignals &signals);

	RegisteredWorker *head_ = nullptr;
	uint64 turns_ = 0;
	std::vector<RegisteredWorker *> by_slot_;
	int count_ = 0;
	int starting_ = 0;
};

/* When a worker that ended with 1 at `now` may start again. All in microseconds, 64 bits. Pure. */
int64 RestartTime(int64 now, int restart_seconds);
/* The same for a launch that failed: at least a second later, also for BGW_NEVER_RESTART. Pure. */
int64 RetryTime(int64 now, int restart_seconds);

/* ---- Registration, worker side ---- */

/*
 * Checks and completes a struct as RULES.md says; elevel LOG (static) returns false, ERROR (dynamic) raises.
 */
bool CheckWorker(BackgroundWorker *worker, int elevel);

} /* namespace pg */
