/*
 * postmaster/pmchild.h
 *		The postmaster's table of living children.
 *
 * Lies in the postmaster's own memory; no child can touch it.  A pid stands here from fork until waitpid() and nowhere
 * else: signals go out through this table only (STYLE item 17).  Numbers of process slots, from 0:
 *
 *	 [0, max_connections)                client backends
 *	 then kHelperSlots                   the helpers: startup process, checkpointer, and room for more
 *	 then WorkerSlotCapacity()           background workers, by their worker slots
 *
 * Children without a process slot (dead ends, the logger) stand here too.
 */
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <vector>

#include "postmaster/child_kind.h"
#include "postmaster/pmstate.h"

namespace pg
{

struct PmChild
{
	pid_t pid = 0; /* 0: free */
	ChildKind kind = ChildKind::Count;
	bool dead_end = false;	   /* a Backend that only turns its client away */
	bool wants_notice = false; /* some worker's bgw_notify_pid */
	bool detached = false;	   /* a worker without shared memory: its crash is its own */
	int slot = -1;			   /* process slot, -1: none */
	int worker = -1;		   /* BackgroundWorker: slot number of the worker */
};

/* A set of children, for signals and counts. */
enum ChildMask : unsigned
{
	kClients = 1 << 0,
	kWorkers = 1 << 1,
	kDeadEnds = 1 << 2,
	kStartup = 1 << 3,
	kCheckpointer = 1 << 4,
	kLogger = 1 << 5,
	kAllButLogger = kClients | kWorkers | kDeadEnds | kStartup | kCheckpointer,
};

class ChildTable
{
public:
	/* Before the first child; the settings are final then. */
	void initialize(int max_clients, int max_workers);

	/* Slot for a new client backend, or -1 when all are taken. */
	int pick_client_slot() const;
	int free_client_slots() const;
	int worker_process_slot(int worker) const;
	int helper_process_slot(ChildKind kind) const;
	bool slot_in_use(int slot) const;

	/* A child was forked. May raise bad_alloc for one without a slot. */
	PmChild &add(const PmChild &child);
	/* The child of that pid, or null. */
	PmChild *find(pid_t pid);
	PmChild *find(ChildKind kind);
	/* The child was reaped: clears its pid and frees its place. */
	void remove(PmChild &child);

	int count(unsigned mask) const;
	/* Fills the counts and helpers of the state machine's facts. */
	void fill(PmFacts &facts) const;

	/* Calls visit(child) for each living child of the set. */
	template <typename Visit>
	void for_each(unsigned mask, Visit visit)
	{
		for (size_t slot = 0; slot < slots_used_; slot++)
			if (slotted_[slot].pid != 0 && (mask & mask_of(slotted_[slot])) != 0)
				visit(slotted_[slot]);
		for (PmChild &child : others_)
			if (child.pid != 0 && (mask & mask_of(child)) != 0)
				visit(child);
	}

private:
	static unsigned mask_of(const PmChild &child);

	int max_clients_ = 0;
	std::vector<PmChild> slotted_; /* by process slot */
	size_t slots_used_ = 0;		   /* slots from here on were never in use */
	std::vector<PmChild> others_;
	std::vector<int> free_client_slots_; /* the last freed is used next: its memory is warm */
	int counts_[6] = {};				 /* by bit of ChildMask */
};

} /* namespace pg */
