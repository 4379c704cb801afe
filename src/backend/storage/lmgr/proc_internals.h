/*
 * storage/lmgr/proc_internals.h
 *		Process slots: one PGPROC per child that uses shared memory.
 *
 * The postmaster picks the slot (its own child table, postmaster/pmchild.h) and the child takes it
 * over: slot number == pgprocno == index of its activity entry.  So no free list lies in shared
 * memory and nobody locks to get a slot.
 *
 * Protocol of PmChildFlags[slot] (atomic, one per slot):
 *	 postmaster: Unused -> Assigned before fork; Assigned -> Unused when the child is reaped.
 *	 child:      Assigned -> Active in InitProcess; Active -> Assigned as its last on_shmem_exit step.
 *	 A reaped child whose flag is Active died without leaving shared memory cleanly: a crash.
 */
#pragma once

#include <atomic>
#include <cstdint>
#include <span>

#include "storage/ipc/shmem_internals.h"
#include "storage/proc.h"
#include "utils/backend_status.h"

namespace pg
{

/* Number of process slots: MaxConnections + max_worker_processes + helpers. Fixed once settings are read. */
int ProcSlotCount();

/* In the child: takes over slot `slot` (0-based), sets MyProc, MyLatch owner; registers its release. */
void InitProcess(int slot, BackendType type);

/* The slot this process owns, or -1. */
int MyProcSlot();

/* Postmaster side of PmChildFlags; bounds-checked, trusts nothing, takes no lock. */
void PmMarkSlotAssigned(int slot);
/* Marks the slot free again; returns true when the child had left shared memory cleanly (or never joined). */
bool PmReleaseSlot(int slot);

/* Requests to the postmaster (its pending flags of DESIGN section 2); wakes it with SIGUSR1. Any child. */
enum class PmSignal : uint8_t
{
	RecoveryStarted,
	BeginHotStandby,
	RotateLogfile,
	BackgroundWorkerChange,		/* a registration, or a terminate flag */
	WorkerInitialised,			/* a worker reached its main function */
	ReloadRequested,
	PromoteRequested,
	Count,
};
void SendPostmasterSignal(PmSignal reason);
/* Postmaster: test and clear. */
bool TakePostmasterSignal(PmSignal reason);

extern const std::span<const ShmemArea> kLmgrAreas;
extern const std::span<const ShmemArea> kIpcAreas;

}  /* namespace pg */
