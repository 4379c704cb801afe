/*
 * proc.cpp
 *		Process slots: taking one over, giving it up, finding one.
 *
 * Children take over the slot that the postmaster chose; the postmaster itself only flips flags, by
 * atomics, at bounds it has checked.  No lock is taken here.
 */
#include "storage/lmgr/proc_internals.h"

#include <algorithm>
#include <new>

#include "miscadmin.h"
#include "port/os.h"
#include "storage/backendid.h"
#include "storage/ipc.h"
#include "storage/ipc/latch_internals.h"
#include "storage/ipc/shmem_size.h"
#include "storage/lmgr/lmgr_internals.h"
#include "storage/lwlock.h"
#include "storage/procarray.h"
#include "utils/error/report.h"

PGPROC *MyProc = nullptr;
PROC_HDR *ProcGlobal = nullptr;
BackendId MyBackendId = InvalidBackendId;

int DeadlockTimeout = 1000;
int StatementTimeout = 0;
int LockTimeout = 0;
int IdleInTransactionSessionTimeout = 0;
int IdleSessionTimeout = 0;
bool log_lock_waits = false;

namespace pg
{

/* States of a slot as the postmaster sees it; the protocol is in proc_internals.h. */
enum class ChildFlag : uint8_t
{
	Unused,
	Assigned,
	Active
};

/* Beside each PGPROC: what only the server's own code uses. */
struct ProcExtra
{
	std::atomic<ChildFlag> px_flag;
	std::atomic<uint8_t> px_type;	  /* BackendType, B_INVALID when free */
	std::atomic<uint32_t> px_signals; /* bits of ProcSignalReason */
};
static_assert(std::atomic<ChildFlag>::is_always_lock_free);
static_assert(std::atomic<uint32_t>::is_always_lock_free);
static_assert(static_cast<int>(ChildFlag::Unused) == 0 && B_INVALID == 0);
static_assert(NUM_PROCSIGNALS <= 32);
static_assert(std::is_standard_layout_v<ProcExtra> && std::is_trivially_destructible_v<ProcExtra>);

/* Requests to the postmaster, one bit per PmSignal. */
struct PmSignalState
{
	std::atomic<uint32_t> pm_pending;
	std::atomic<int> pm_slots_used; /* ProcSlotsUsed(); the postmaster raises it */
};

static ProcExtra *extras = nullptr;
static PmSignalState *pm_signals = nullptr;
static int slots_in_memory = 0;
static int fixed_worker_capacity = 0;

int
WorkerSlotCapacity()
{
	return fixed_worker_capacity > 0 ? fixed_worker_capacity
									 : std::max(max_worker_processes, kReservedWorkerSlots);
}

void
FixWorkerSlotCapacity()
{
	fixed_worker_capacity = WorkerSlotCapacity();
}

bool
WorkerSlotCapacityIsFixed()
{
	return fixed_worker_capacity > 0;
}

int
ProcSlotCount()
{
	return MaxConnections + kHelperSlots + WorkerSlotCapacity();
}

int
ProcSlotsUsed()
{
	/* acquire: pairs with PmMarkSlotAssigned */
	return HaveSharedMemory()
			   ? std::clamp(pm_signals->pm_slots_used.load(std::memory_order_acquire), 0,
							slots_in_memory)
			   : 0;
}

static bool
valid_slot(int slot)
{
	return HaveSharedMemory() && slot >= 0 && slot < slots_in_memory;
}

int
MyProcSlot()
{
	return MyProc != nullptr ? MyProc->pgprocno : -1;
}

BackendType
ProcSlotType(int slot)
{
	if (!valid_slot(slot))
		return B_INVALID;
	return static_cast<BackendType>(extras[slot].px_type.load(std::memory_order_relaxed));
}

/* Last thing a process does in shared memory. */
static void
leave_slot(int, Datum)
{
	const int slot = MyProc->pgprocno;

	LWLockReleaseAll();
	ForgetLocks();
	ForgetWriteLocks();
	UseLocalLatch();

	PGPROC *const proc = MyProc;

	MyProc = nullptr;
	MyBackendId = InvalidBackendId;
	proc->wait_event_info = 0;
	proc->databaseId = InvalidOid;
	proc->roleId = InvalidOid;
	if (ProcGlobal->checkpointerLatch == &proc->procLatch)
		ProcGlobal->checkpointerLatch = nullptr;
	std::atomic_ref<int>(proc->pid).store(0, std::memory_order_relaxed);
	extras[slot].px_type.store(B_INVALID, std::memory_order_relaxed);
	/* release: the postmaster must not reuse the slot before the stores above are done */
	extras[slot].px_flag.store(ChildFlag::Assigned, std::memory_order_release);
}

/* Nothing of the slot's former owner may show. */
static void
clear_slot(PGPROC *proc)
{
	proc->databaseId = InvalidOid;
	proc->roleId = InvalidOid;
	proc->tempNamespaceId = InvalidOid;
	proc->lxid = InvalidLocalTransactionId;
	proc->xid = 0;
	proc->xmin = 0;
	proc->recoveryConflictPending = false;
	proc->statusFlags = 0;
	proc->lwWaiting = LW_WS_NOT_WAITING;
	proc->lwWaitMode = 0;
	proc->lwWaitLink = {0, 0};
	proc->cvWaitLink = {0, 0};
	proc->wait_event_info = 0;
	pg_atomic_write_u64(&proc->waitStart, 0);
}

void
InitProcess(int slot, BackendType type)
{
	if (MyProc != nullptr || !valid_slot(slot))
		Report(PANIC).msg("process slot %d cannot be used", slot).emit();

	ProcExtra &extra = extras[slot];
	ChildFlag expected = ChildFlag::Assigned;

	if (!extra.px_flag.compare_exchange_strong(
			expected, ChildFlag::Active, std::memory_order_acquire, std::memory_order_relaxed))
		Report(PANIC).msg("process slot %d was not assigned", slot).emit();

	PGPROC *const proc = &ProcGlobal->allProcs[slot];

	clear_slot(proc);
	proc->isBackgroundWorker = type == B_BG_WORKER;
	proc->backendId = slot + 1;
	/* The former owner may have been killed while it owned the latch. */
	InitSharedLatch(&proc->procLatch);
	extra.px_signals.store(0, std::memory_order_relaxed);
	extra.px_type.store(static_cast<uint8_t>(type), std::memory_order_relaxed);

	MyProc = proc;
	MyBackendId = proc->backendId;
	MyBackendType = type;
	UseSharedLatch(&proc->procLatch, &proc->wait_event_info);
	/* release: whoever finds us by pid sees a complete slot */
	std::atomic_ref<int>(proc->pid).store(MyProcPid, std::memory_order_release);
	if (type == B_CHECKPOINTER)
		ProcGlobal->checkpointerLatch = &proc->procLatch;
	on_shmem_exit(leave_slot, 0);
}

void
WakeCheckpointer() noexcept
{
	if (!HaveSharedMemory())
		return;
	if (Latch *latch = *const_cast<Latch *volatile *>(&ProcGlobal->checkpointerLatch))
		SetLatch(latch);
}

static int
pid_of(int slot)
{
	return std::atomic_ref<int>(ProcGlobal->allProcs[slot].pid).load(std::memory_order_acquire);
}

static bool
is_session(BackendType type)
{
	return type == B_BACKEND || type == B_BG_WORKER;
}

static PGPROC *
find_by_pid(int pid, bool sessions)
{
	if (pid == 0 || !HaveSharedMemory())
		return nullptr;
	for (int slot = 0; slot < ProcSlotsUsed(); slot++)
	{
		if (pid_of(slot) == pid && is_session(ProcSlotType(slot)) == sessions)
			return &ProcGlobal->allProcs[slot];
	}
	return nullptr;
}

PGPROC *
HelperPidGetProc(int pid)
{
	return find_by_pid(pid, false);
}

void
PmMarkSlotAssigned(int slot)
{
	if (!valid_slot(slot))
		return;
	extras[slot].px_flag.store(ChildFlag::Assigned, std::memory_order_release);
	/* Only we write it. release: pairs with ProcSlotsUsed */
	if (pm_signals->pm_slots_used.load(std::memory_order_relaxed) <= slot)
		pm_signals->pm_slots_used.store(slot + 1, std::memory_order_release);
}

bool
PmReleaseSlot(int slot)
{
	if (!valid_slot(slot))
		return true;
	return extras[slot].px_flag.exchange(ChildFlag::Unused, std::memory_order_acq_rel) !=
		   ChildFlag::Active;
}

void
SendPostmasterSignal(PmSignal reason)
{
	if (!HaveSharedMemory() || !IsUnderPostmaster)
		return;
	/* release: what the request is about is in shared memory before the flag */
	pm_signals->pm_pending.fetch_or(1u << static_cast<unsigned>(reason), std::memory_order_release);
	os.kill(PostmasterPid, SIGUSR1);
}

bool
TakePostmasterSignal(PmSignal reason)
{
	const uint32_t bit = 1u << static_cast<unsigned>(reason);

	if (!HaveSharedMemory() || !(pm_signals->pm_pending.load(std::memory_order_relaxed) & bit))
		return false;
	/* acquire: pairs with SendPostmasterSignal */
	return pm_signals->pm_pending.fetch_and(~bit, std::memory_order_acquire) & bit;
}

bool
SendProcSignal(int slot, int pid, ProcSignalReason reason)
{
	if (!valid_slot(slot) || pid == 0 || pid_of(slot) != pid)
		return false;
	extras[slot].px_signals.fetch_or(1u << reason, std::memory_order_release);
	return os.kill(pid, SIGUSR1) == 0;
}

bool
TakeProcSignal(ProcSignalReason reason) noexcept
{
	const uint32_t bit = 1u << reason;

	if (MyProc == nullptr)
		return false;

	std::atomic<uint32_t> &pending = extras[MyProc->pgprocno].px_signals;

	return (pending.load(std::memory_order_relaxed) & bit) &&
		   (pending.fetch_and(~bit, std::memory_order_acquire) & bit);
}

/*
 * Areas
 */

static size_t
proc_array_size()
{
	return MultiplyShmemSize(static_cast<size_t>(ProcSlotCount()), sizeof(PGPROC));
}

static size_t
extras_size()
{
	return MultiplyShmemSize(static_cast<size_t>(ProcSlotCount()), sizeof(ProcExtra));
}

static void
init_header(void *at)
{
	ProcGlobal = new (at) PROC_HDR{};
	ProcGlobal->allProcCount = static_cast<uint32>(ProcSlotCount());
	slots_in_memory = ProcSlotCount();
	MaxBackends = ProcSlotCount();
}

static void
init_procs(void *at)
{
	ProcGlobal->allProcs = static_cast<PGPROC *>(at);
	for (int slot = 0; slot < slots_in_memory; slot++)
	{
		PGPROC *proc = new (&ProcGlobal->allProcs[slot]) PGPROC{};

		InitSharedLatch(&proc->procLatch);
		proc->pgprocno = slot;
	}
}

static void
init_extras(void *at)
{
	extras = static_cast<ProcExtra *>(at); /* zeros: Unused, B_INVALID, no signals */
}

static void
init_pm_signals(void *at)
{
	pm_signals = new (at) PmSignalState{};
}

/* The header comes first: the others need the number of slots. */
static constexpr ShmemArea lmgr_areas[] = {
	{"Proc Header", [] { return sizeof(PROC_HDR); }, init_header},
	{"Proc Array", proc_array_size, init_procs},
	{"Proc Extras", extras_size, init_extras},
	{"LWLocks", LWLockAreaSize, InitLWLockArea},
	{"Write Locks", WriteLockAreaSize, InitWriteLockArea},
	{"Lock Table", LockTableSize, InitLockTable},
};
const std::span<const ShmemArea> kLmgrAreas = lmgr_areas;

static constexpr ShmemArea ipc_areas[] = {
	{"PMSignalState", [] { return sizeof(PmSignalState); }, init_pm_signals},
};
const std::span<const ShmemArea> kIpcAreas = ipc_areas;

/*
 * Settings
 */

static constexpr SettingDef lmgr_settings[] = {
	{"deadlock_timeout", PGC_SUSET, SettingGroup::LockManagement,
	 "Sets the time to wait on a lock before checking for deadlock.",
	 IntSetting{&DeadlockTimeout, 1000, 1, INT_MAX}, GUC_UNIT_MS},
	{"max_locks_per_transaction", PGC_POSTMASTER, SettingGroup::LockManagement,
	 "Sets the maximum number of locks per transaction.",
	 IntSetting{&max_locks_per_xact, 64, 10, INT_MAX / 4096}, 0,
	 "The shared lock table has room for max_locks_per_transaction * (max_connections + "
	 "worker processes) distinct objects."},
	{"statement_timeout", PGC_USERSET, SettingGroup::ClientStatement,
	 "Sets the maximum allowed duration of any statement.",
	 IntSetting{&StatementTimeout, 0, 0, INT_MAX}, GUC_UNIT_MS,
	 "A value of 0 turns off the timeout."},
	{"lock_timeout", PGC_USERSET, SettingGroup::ClientStatement,
	 "Sets the maximum allowed duration of any wait for a lock.",
	 IntSetting{&LockTimeout, 0, 0, INT_MAX}, GUC_UNIT_MS, "A value of 0 turns off the timeout."},
	{"idle_in_transaction_session_timeout", PGC_USERSET, SettingGroup::ClientStatement,
	 "Sets the maximum allowed idle time between queries, when in a transaction.",
	 IntSetting{&IdleInTransactionSessionTimeout, 0, 0, INT_MAX}, GUC_UNIT_MS,
	 "A value of 0 turns off the timeout."},
	{"idle_session_timeout", PGC_USERSET, SettingGroup::ClientStatement,
	 "Sets the maximum allowed idle time between queries, when not in a transaction.",
	 IntSetting{&IdleSessionTimeout, 0, 0, INT_MAX}, GUC_UNIT_MS,
	 "A value of 0 turns off the timeout."},
	{"log_lock_waits", PGC_SUSET, SettingGroup::LoggingWhat, "Logs long lock waits.",
	 BoolSetting{&log_lock_waits, false}},
};
const SettingSpan kLmgrSettings = lmgr_settings;

} // namespace pg

using namespace pg;

PGPROC *
BackendPidGetProc(int pid)
{
	return find_by_pid(pid, true);
}

bool
IsBackendPid(int pid)
{
	return BackendPidGetProc(pid) != nullptr;
}

PGPROC *
AuxiliaryPidGetProc(int pid)
{
	return HelperPidGetProc(pid);
}

PGPROC *
BackendPidGetProcWithLock(int pid)
{
	return BackendPidGetProc(pid);
}
