/*
 * postmaster/worker_slots.h
 *		The slots of background workers in shared memory, and the protocol between backends and postmaster.
 *
 * Protocol of a slot (ws_ fields; "BackgroundWorkerLock" as the LWLock list says):
 *	 1. ws_in_use false: the slot belongs to backends.  Who holds BackgroundWorkerLock exclusively may fill it:
 *	    its request, ws_pid = kNotStarted, ws_generation, ws_terminate = false; then ws_in_use = true, with release.
 *	 2. ws_in_use true (read with acquire): it belongs to the postmaster, which takes no lock, copies what it needs with
 *	    its own bounds, writes ws_pid, and gives the slot back by ws_in_use = false, with release.
 *	 3. Exception: anybody may set ws_terminate at any time, checking ws_generation under the lock first.
 *	 4. ws_main_pid is the pid of the child that reached its main function, ws_settled_pid that of one that is through
 *	    with starting (then or, if it is to have a database, when it is connected or sleeps for the first time),
 *	    ws_ready_pid that of one that says it is ready; the child writes them.
 *	 5. Registering raises wa_registered, and for the parallel class wa_parallel_registered, under the lock; the
 *	    postmaster raises wa_freed and wa_parallel_freed before it gives the slot back.  The differences (modulo 2^32)
 *	    are the numbers in use.
 *	 6. Whoever changes anything in a slot marks the slot after it, by its bit in shared_worker_news, then raises
 *	    wa_changes, both with release, and then signals the postmaster.  The postmaster compares wa_changes with what it
 *	    has seen on every pass of its loop, takes the bits and looks at the marked slots; and it looks at all slots every
 *	    few seconds anyhow: a signal or a bit that gets lost delays, and loses nothing.
 *	 7. ws_generation is never used twice: not in another slot, not after a crash, not in the server's next life.
 */
#pragma once

#include <atomic>
#include <span>
#include <type_traits>

#include "miscadmin.h"
#include "postmaster/bgworker_policy.h"
#include "storage/ipc/shmem_internals.h"
#include "utils/timestamp.h"

struct BackgroundWorkerHandle
{
	int slot; /* -1: none */
	uint64 generation;
};

namespace pg
{

inline constexpr int32 kNotStarted = InvalidPid;

struct WorkerSlot
{
	std::atomic<bool> ws_in_use;
	std::atomic<bool> ws_terminate;
	std::atomic<int32> ws_pid; /* kNotStarted; 0: dead; else running */
	std::atomic<int32> ws_main_pid;
	std::atomic<int32> ws_settled_pid;
	std::atomic<int32> ws_ready_pid;
	std::atomic<uint64> ws_generation;
	std::atomic<uint64> ws_id;
	std::atomic<uint32> ws_order; /* worker_orders.h */
	std::atomic<uint64>
		ws_quota; /* QuotaKey, 0: none; whoever owns the slot writes it, and the worker itself */
};

/* What was asked for, and by whom. Beside the slots, so that a look at all of them touches few pages. */
struct WorkerRequest
{
	BackgroundWorker wr_worker;
	bool wr_has_policy;
	BackgroundWorkerPolicy wr_policy;
	int32 wr_registrant_pid;
	char wr_database[NAMEDATALEN]; /* where it is connected; the worker writes it */
	char wr_registrant[BGW_MAXLEN];
};

struct WorkerArray
{
	int wa_capacity;
	std::atomic<int> wa_limit; /* max_worker_processes; the postmaster writes it */
	std::atomic<int> wa_used;  /* slots from here on were never in use */
	std::atomic<uint32> wa_changes;
	std::atomic<uint32> wa_registered, wa_freed;
	std::atomic<uint32> wa_parallel_registered, wa_parallel_freed;
	std::atomic<uint64> wa_next_id, wa_next_generation;
	WorkerSlot wa_slots[1]; /* wa_capacity of them */
};
static_assert(std::is_standard_layout_v<WorkerArray> &&
			  std::is_trivially_destructible_v<WorkerArray>);
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<uint64>::is_always_lock_free);

extern WorkerArray *shared_workers; /* null without shared memory */
extern WorkerRequest *shared_worker_requests;
/* Bit slot % kNewsBits of word slot / kNewsBits: the slot has changed since the postmaster last looked. */
extern std::atomic<uint64> *shared_worker_news;
inline constexpr int kNewsBits = 64;
extern const std::span<const ShmemArea> kWorkerAreas;

/* How many slots one needs to look at. Any process; believes nothing. */
int WorkerSlotsUsed();

/* Tells the postmaster that something in a slot has changed: marks the slot; then, once for all marked ones, signals. Any child. */
void MarkWorkerChanged(int slot) noexcept;
void AnnounceWorkerChanges() noexcept;

} /* namespace pg */
