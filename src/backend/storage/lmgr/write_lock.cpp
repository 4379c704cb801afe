/*
 * write_lock.cpp
 *		The write lock of each database: a queue of processes in shared memory.
 *
 * Backends and workers.  One LWLock (tranche LockManager) guards this table and that of heavyweight locks; it is held for a few dozen
 * instructions at a time.  Nobody sleeps holding it: a waiter sleeps on its latch, and whoever releases
 * hands the lock to the first in the queue before it wakes him, so nobody can jump the queue.
 *
 * Rules of the table:
 *	An entry is in use while it has a holder; a queue exists only behind a holder.
 *	An entry keeps its database when it falls idle, and may be given to another one then.
 *	A process waits in one queue at a time; wp_state tells how it stands there: Idle, Waiting, or Granted
 *	once it was handed the lock and has not seen it yet.
 *	Every change is made with the LWLock held exclusively and wl_changes odd, so a reader can copy the
 *	table without any lock and see whether it caught a change.
 *
 * A process that dies without its exit callbacks takes the server through a crash cycle, which makes the
 * table anew.
 */
#include "postgres.h"

#include "storage/lmgr/write_lock.h"

#include <algorithm>
#include <atomic>
#include <new>
#include <string>

#include "miscadmin.h"
#include "storage/ipc/interrupts.h"
#include "storage/ipc/shmem_size.h"
#include "storage/latch.h"
#include "storage/lmgr/lmgr_internals.h"
#include "storage/lmgr/lock_wait.h"
#include "storage/lmgr/proc_internals.h"
#include "storage/lwlock.h"
#include "storage/proc.h"
#include "utils/error/report.h"
#include "utils/timestamp.h"
#include "utils/wait_event.h"

namespace pg
{

static constexpr int kNobody = -1;

/* Shown as wait_event_type Lock, wait_event relation. */
static constexpr uint32 kWaitEvent = PG_WAIT_LOCK | 0;

struct WriteLockSlot
{
	std::atomic<Oid> wl_database;
	std::atomic<int> wl_holder; /* slot number of a process, or kNobody */
	int wl_first;				/* the queue, by slot numbers */
	int wl_last;
};

enum class WaitState : uint8_t
{
	Idle,
	Waiting,
	Granted
};

/* One per process slot. */
struct WriteLockWaiter
{
	std::atomic<WaitState> wp_state;
	std::atomic<int> wp_entry;	 /* in whose queue */
	std::atomic<int64> wp_since; /* TimestampTz */
	int wp_next;
	int wp_previous;
};

struct WriteLockTable
{
	LWLock wl_lock;
	std::atomic<uint32> wl_changes;
	std::atomic<int> wl_used; /* entries from here on were never used */
	int wl_slots;
	int wl_procs;
	/* then WriteLockSlot[wl_slots], WriteLockWaiter[wl_procs] */
};
static_assert(std::atomic<Oid>::is_always_lock_free && std::atomic<int64>::is_always_lock_free &&
			  std::atomic<WaitState>::is_always_lock_free);
static_assert(std::is_standard_layout_v<WriteLockTable> &&
			  std::is_standard_layout_v<WriteLockSlot>);

static WriteLockTable *table = nullptr;
static WriteLockSlot *write_slots = nullptr;
static WriteLockWaiter *waiters = nullptr;

/* What this process holds: its database's, and while it changes shared catalogs the lock of database 0. */
static constexpr int kMaxHeldSlots = 4;
static int held_slots[kMaxHeldSlots];
static int held_slot_count = 0;

/* The table's lock, and for readers the mark that a change is under way. */
class TableChange
{
public:
	TableChange()
	{
		LWLockAcquire(&table->wl_lock, LW_EXCLUSIVE);
		mark(std::memory_order_relaxed);
		/* pairs with the acquire fence of a reader: the mark comes before the change */
		std::atomic_thread_fence(std::memory_order_release);
	}
	~TableChange()
	{
		mark(std::memory_order_release);
		LWLockRelease(&table->wl_lock);
	}
	TableChange(const TableChange &) = delete;
	TableChange &operator=(const TableChange &) = delete;

private:
	static void mark(std::memory_order order)
	{
		table->wl_changes.store(table->wl_changes.load(std::memory_order_relaxed) + 1, order);
	}
};

/* The entry of a database, made if need be; -1 when the table is full. Table locked. */
static int
find_or_make_entry(Oid database)
{
	const int used = table->wl_used.load(std::memory_order_relaxed);
	int idle = -1;

	for (int i = 0; i < used; i++)
	{
		if (write_slots[i].wl_database.load(std::memory_order_relaxed) == database)
			return i;
		if (idle < 0 && write_slots[i].wl_holder.load(std::memory_order_relaxed) == kNobody)
			idle = i;
	}
	if (idle < 0 && used < table->wl_slots)
	{
		idle = used;
		table->wl_used.store(used + 1, std::memory_order_relaxed);
	}
	if (idle >= 0)
		write_slots[idle].wl_database.store(database, std::memory_order_relaxed);
	return idle;
}

static void
enqueue(int entry, int proc, int64 now)
{
	WriteLockSlot &slot = write_slots[entry];
	WriteLockWaiter &waiter = waiters[proc];

	waiter.wp_next = kNobody;
	waiter.wp_previous = slot.wl_last;
	if (slot.wl_last != kNobody)
		waiters[slot.wl_last].wp_next = proc;
	else
		slot.wl_first = proc;
	slot.wl_last = proc;
	waiter.wp_entry.store(entry, std::memory_order_relaxed);
	waiter.wp_since.store(now, std::memory_order_relaxed);
	waiter.wp_state.store(WaitState::Waiting, std::memory_order_relaxed);
}

static void
dequeue(int entry, int proc)
{
	WriteLockSlot &slot = write_slots[entry];
	const WriteLockWaiter &waiter = waiters[proc];

	if (waiter.wp_previous != kNobody)
		waiters[waiter.wp_previous].wp_next = waiter.wp_next;
	else
		slot.wl_first = waiter.wp_next;
	if (waiter.wp_next != kNobody)
		waiters[waiter.wp_next].wp_previous = waiter.wp_previous;
	else
		slot.wl_last = waiter.wp_previous;
}

/* Gives the lock to the first in the queue, or to nobody. Table locked. Returns whom to wake, or kNobody. */
static int
hand_over(int entry)
{
	WriteLockSlot &slot = write_slots[entry];
	const int next = slot.wl_first;

	if (next != kNobody)
	{
		dequeue(entry, next);
		waiters[next].wp_state.store(WaitState::Granted, std::memory_order_relaxed);
	}
	slot.wl_holder.store(next, std::memory_order_relaxed);
	return next;
}

static void
wake_process(int proc)
{
	if (proc != kNobody)
		SetLatch(&ProcGlobal->allProcs[proc].procLatch);
}

/* Leaves the queue; true when the lock had been handed over already and is now held. */
static bool
leave_write_queue(int entry)
{
	const TableChange change;
	WriteLockWaiter &waiter = waiters[OwnProcNumber()];
	const bool granted = waiter.wp_state.load(std::memory_order_relaxed) == WaitState::Granted;

	if (!granted)
		dequeue(entry, OwnProcNumber());
	waiter.wp_state.store(WaitState::Idle, std::memory_order_relaxed);
	return granted;
}

static void
release_entry(int entry) noexcept
{
	int next;
	{
		const TableChange change;

		next = hand_over(entry);
	}
	wake_process(next);
}

/* While a process waits: an error on the way out of the wait must not leave it in the queue or the lock with it. */
class QueuePlace
{
public:
	explicit QueuePlace(int entry) : entry_(entry) {}
	~QueuePlace()
	{
		if (entry_ >= 0 && leave_write_queue(entry_))
			release_entry(entry_);
	}
	QueuePlace(const QueuePlace &) = delete;
	QueuePlace &operator=(const QueuePlace &) = delete;

	/* The lock is ours, or the place has been given up. */
	void done() { entry_ = -1; }

private:
	int entry_;
};

/* Sleeps on the latch until the lock is handed over. Raises what write_lock.h says; then it is not held. */
static void
wait_in_queue(int entry, Oid database)
{
	LockWait wait([database] { return "ExclusiveLock on database " + std::to_string(database); });
	QueuePlace place(entry);

	for (;;)
	{
		ResetLatch(MyLatch);
		if (waiters[OwnProcNumber()].wp_state.load(std::memory_order_relaxed) == WaitState::Granted)
			break;
		CheckForInterrupts();
		if (wait.timed_out())
		{
			place.done();
			if (leave_write_queue(entry))
				return;
			LockWait::RaiseTimeout();
		}
		wait.check_for_deadlock();
		wait.sleep(kWaitEvent);
	}
	place.done();
	waiters[OwnProcNumber()].wp_state.store(WaitState::Idle, std::memory_order_relaxed);
	wait.acquired();
}

static int
find_held(Oid database)
{
	for (int i = 0; i < held_slot_count; i++)
	{
		if (write_slots[held_slots[i]].wl_database.load(std::memory_order_relaxed) == database)
			return i;
	}
	return -1;
}

/* Takes the lock when it is free, else queues up. The entry; *granted tells which of the two. */
static int
take_or_queue_up(Oid database, bool *granted)
{
	const TableChange change;
	const int entry = find_or_make_entry(database);

	if (entry < 0)
		return -1;
	*granted = write_slots[entry].wl_holder.load(std::memory_order_relaxed) == kNobody;
	if (*granted)
		write_slots[entry].wl_holder.store(OwnProcNumber(), std::memory_order_relaxed);
	else
		enqueue(entry, OwnProcNumber(), GetCurrentTimestamp());
	return entry;
}

void
AcquireWriteLock(Oid database)
{
	bool granted;

	Assert(MyProc != nullptr);
	if (find_held(database) >= 0)
		return;
	if (held_slot_count == kMaxHeldSlots)
		Raise(Report(ERROR).msg("too many write locks taken"));

	const int entry = take_or_queue_up(database, &granted);

	if (entry < 0)
		Raise(Report(ERROR, ERRCODE_OUT_OF_MEMORY)
				  .msg("out of shared memory")
				  .hint("Too many databases are being written to at one time."));
	if (!granted)
		wait_in_queue(entry, database);
	held_slots[held_slot_count++] = entry;
}

void
ReleaseWriteLock(Oid database) noexcept
{
	const int at = find_held(database);

	if (at < 0)
		return;

	const int entry = held_slots[at];

	held_slots[at] = held_slots[--held_slot_count];
	release_entry(entry);
}

bool
HoldWriteLock(Oid database)
{
	return find_held(database) >= 0;
}

LWLock *
LockTablesLWLock()
{
	return &table->wl_lock;
}

int
WriteLockBlocker(int proc, Oid *database)
{
	if (waiters[proc].wp_state.load(std::memory_order_relaxed) != WaitState::Waiting)
		return -1;

	const WriteLockSlot &slot = write_slots[waiters[proc].wp_entry.load(std::memory_order_relaxed)];

	*database = slot.wl_database.load(std::memory_order_relaxed);
	return slot.wl_holder.load(std::memory_order_relaxed);
}

void
ForgetWriteLocks() noexcept
{
	if (table == nullptr || MyProc == nullptr)
		return;
	held_slot_count = 0;
	/* The table tells more than `held`: a FATAL may have come between being granted and noting it. */
	if (waiters[OwnProcNumber()].wp_state.load(std::memory_order_relaxed) != WaitState::Idle)
		leave_write_queue(waiters[OwnProcNumber()].wp_entry.load(std::memory_order_relaxed));
	for (int i = 0; i < table->wl_used.load(std::memory_order_relaxed); i++)
	{
		if (write_slots[i].wl_holder.load(std::memory_order_relaxed) == OwnProcNumber())
			release_entry(i);
	}
}

/* One attempt at a copy; the result means nothing when a change ran meanwhile. */
static int
copy_entries(WriteLockEntry *out, int max)
{
	int count = 0;

	const int used = std::min(table->wl_used.load(std::memory_order_relaxed), table->wl_slots);

	for (int i = 0; i < used && count < max; i++)
	{
		const int holder = write_slots[i].wl_holder.load(std::memory_order_relaxed);

		if (holder >= 0 && holder < table->wl_procs)
			out[count++] = {write_slots[i].wl_database.load(std::memory_order_relaxed),
							ProcGlobal->allProcs[holder].pid, true, 0};
	}
	for (int proc = 0; proc < ProcSlotsUsed() && count < max; proc++)
	{
		const int entry = waiters[proc].wp_entry.load(std::memory_order_relaxed);

		if (waiters[proc].wp_state.load(std::memory_order_relaxed) == WaitState::Waiting &&
			entry >= 0 && entry < table->wl_slots)
			out[count++] = {write_slots[entry].wl_database.load(std::memory_order_relaxed),
							ProcGlobal->allProcs[proc].pid, false,
							waiters[proc].wp_since.load(std::memory_order_relaxed)};
	}
	return count;
}

int
SnapshotWriteLocks(WriteLockEntry *out, int max)
{
	constexpr int kAttempts = 1000;
	int count = 0;

	if (!HaveSharedMemory())
		return 0;
	for (int attempt = 0; attempt < kAttempts; attempt++)
	{
		const uint32 before = table->wl_changes.load(std::memory_order_acquire);

		count = copy_entries(out, max);
		/* pairs with the release fence of TableChange */
		std::atomic_thread_fence(std::memory_order_acquire);
		if ((before & 1) == 0 && table->wl_changes.load(std::memory_order_relaxed) == before)
			break;
	}
	return count;
}

/* Room for all locks that all processes can hold at one time. */
static size_t
slot_count()
{
	return static_cast<size_t>(ProcSlotCount()) * 2 + kMaxHeldSlots;
}

size_t
WriteLockAreaSize()
{
	const size_t slots = MultiplyShmemSize(slot_count(), sizeof(WriteLockSlot));
	const size_t procs =
		MultiplyShmemSize(static_cast<size_t>(ProcSlotCount()), sizeof(WriteLockWaiter));

	return AddShmemSize(AddShmemSize(MAXALIGN(sizeof(WriteLockTable)), MAXALIGN(slots)), procs);
}

void
InitWriteLockArea(void *at)
{
	char *next = static_cast<char *>(at) + MAXALIGN(sizeof(WriteLockTable));

	table = new (at) WriteLockTable{};
	LWLockInitialize(&table->wl_lock, LWTRANCHE_LOCK_MANAGER);
	table->wl_slots = static_cast<int>(slot_count());
	table->wl_procs = ProcSlotCount();
	write_slots = reinterpret_cast<WriteLockSlot *>(next);
	waiters =
		reinterpret_cast<WriteLockWaiter *>(next + MAXALIGN(slot_count() * sizeof(WriteLockSlot)));
	for (int i = 0; i < table->wl_slots; i++)
		new (&write_slots[i]) WriteLockSlot{InvalidOid, kNobody, kNobody, kNobody};
	for (int i = 0; i < table->wl_procs; i++)
		new (&waiters[i]) WriteLockWaiter{WaitState::Idle, -1, 0, kNobody, kNobody};
	held_slot_count = 0;
}

} // namespace pg
