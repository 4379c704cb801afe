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

#include "common/setting_def.h"
#include "storage/ipc/shmem_internals.h"
#include "storage/proc.h"
#include "storage/procsignal.h"
#include "utils/backend_status.h"

namespace pg
{

/* Slots beyond those of connections and workers: startup process, checkpointer, and room for more. */
inline constexpr int kHelperSlots = 8;

/*
 * Places for workers that shared memory always has, so that max_worker_processes can be raised by a reload.
 * They are address space only: a place that was never used costs no memory.
 */
inline constexpr int kReservedWorkerSlots = 1024;
/* The most workers that this server can ever have: max_worker_processes at its start, if that is more. */
int WorkerSlotCapacity();
/* The postmaster, once the settings are read and before shared memory is made: it stays what it is now. */
void FixWorkerSlotCapacity();
/* Whether the capacity is fixed, and so is the upper limit of max_worker_processes. */
bool WorkerSlotCapacityIsFixed();

/* Number of process slots: MaxConnections + helpers + WorkerSlotCapacity(), in this order. Fixed with the latter. */
int ProcSlotCount();
/* Slots at or above this one have never been in use: the end for those who look at all. Any process. */
int ProcSlotsUsed();

/* In the child: takes over slot `slot` (0-based), sets MyProc, MyLatch owner; registers its release. */
void InitProcess(int slot, BackendType type);

/* The slot this process owns, or -1. */
int MyProcSlot();

/* What kind of process owns a slot; B_INVALID when nobody does or slot is out of range. Any process. */
BackendType ProcSlotType(int slot);

/* The helper process (checkpointer, startup) with this number; null when there is none. */
PGPROC *HelperPidGetProc(int pid);

/* The checkpointer's latch may be set by anybody; no-op while there is no checkpointer. */
void WakeCheckpointer() noexcept;

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
	BackgroundWorkerChange, /* in a worker's slot */
	ReloadRequested,
	PromoteRequested,
	Count,
};
void SendPostmasterSignal(PmSignal reason);
/* Postmaster: test and clear. */
bool TakePostmasterSignal(PmSignal reason);

/* Sends SIGUSR1 with a reason to the process in a slot, if it is still `pid`; false when it is gone. Any process. */
bool SendProcSignal(int slot, int pid, ProcSignalReason reason);
/* In the handler of SIGUSR1: tests and clears one reason of this process. Async-signal-safe. */
bool TakeProcSignal(ProcSignalReason reason) noexcept;

extern const std::span<const ShmemArea> kLmgrAreas;
extern const std::span<const ShmemArea> kIpcAreas;

/* deadlock_timeout, statement_timeout, lock_timeout, log_lock_waits, idle_*_timeout. */
extern const SettingSpan kLmgrSettings;

} /* namespace pg */
