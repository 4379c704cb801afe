/*
 * storage/lmgr/lock_table.cpp
 *		The table of heavyweight locks: entries, holders, queues.
 *
 * Processes with shared memory.  lock_table.h has the rules; nothing here waits or raises.
 */
#include "postgres.h"

#include "storage/lmgr/lock_table.h"

#include <bit>
#include <cstring>
#include <new>

#include "storage/ipc/shmem_size.h"
#include "storage/latch.h"
#include "storage/lmgr/lmgr_internals.h"
#include "storage/lmgr/proc_internals.h"
#include "storage/proc.h"

int max_locks_per_xact = 64;

namespace pg
{
namespace locks
{
namespace
{

struct TableHead
{
	int lt_locks, lt_holds, lt_procs, lt_buckets; /* sizes */
	int lt_used_locks, lt_used_holds;			  /* those from here on were never used */
	int lt_free_lock, lt_free_hold;				  /* chains of the unused */
	/* then the arrays; the buckets hold an index plus 1, so that zeros are empty */
};

TableHead *head = nullptr;
int *buckets;
LockEntry *entries;
LockHold *holds;
LockProc *procs;

/* From the manual, "Table-Level Lock Modes". */
constexpr LOCKMASK
mask(std::initializer_list<LOCKMODE> modes)
{
	LOCKMASK result = 0;

	for (const LOCKMODE mode : modes)
		result |= LOCKBIT_ON(mode);
	return result;
}

constexpr LOCKMASK kConflicts[kModes] = {
	0,
	mask({AccessExclusiveLock}),
	mask({ExclusiveLock, AccessExclusiveLock}),
	mask({ShareLock, ShareRowExclusiveLock, ExclusiveLock, AccessExclusiveLock}),
	mask({ShareUpdateExclusiveLock, ShareLock, ShareRowExclusiveLock, ExclusiveLock,
		  AccessExclusiveLock}),
	mask({RowExclusiveLock, ShareUpdateExclusiveLock, ShareRowExclusiveLock, ExclusiveLock,
		  AccessExclusiveLock}),
	mask({RowExclusiveLock, ShareUpdateExclusiveLock, ShareLock, ShareRowExclusiveLock,
		  ExclusiveLock, AccessExclusiveLock}),
	mask({RowShareLock, RowExclusiveLock, ShareUpdateExclusiveLock, ShareLock,
		  ShareRowExclusiveLock, ExclusiveLock, AccessExclusiveLock}),
	mask({AccessShareLock, RowShareLock, RowExclusiveLock, ShareUpdateExclusiveLock, ShareLock,
		  ShareRowExclusiveLock, ExclusiveLock, AccessExclusiveLock}),
};

static_assert(
	[]
	{
		for (LOCKMODE a = 1; a < kModes; a++)
			for (LOCKMODE b = 1; b < kModes; b++)
				if (((kConflicts[a] & LOCKBIT_ON(b)) != 0) !=
					((kConflicts[b] & LOCKBIT_ON(a)) != 0))
					return false;
		return true;
	}());

int &
bucket_of(const LOCKTAG &tag)
{
	return buckets[LockTagHashCode(&tag) & static_cast<uint32>(head->lt_buckets - 1)];
}

bool
same_tag(const LOCKTAG &a, const LOCKTAG &b)
{
	return memcmp(&a, &b, sizeof(LOCKTAG)) == 0;
}

size_t
lock_count()
{
	return static_cast<size_t>(max_locks_per_xact) * static_cast<size_t>(ProcSlotCount());
}

/* A lock has about two holders on average. */
size_t
hold_count()
{
	return lock_count() * 2;
}

size_t
bucket_count()
{
	return std::bit_ceil(lock_count());
}

size_t
aligned(size_t count, size_t size)
{
	return MAXALIGN(MultiplyShmemSize(count, size));
}

void
free_hold(int hold)
{
	const int lock = holds[hold].lh_lock;
	int *link = &entries[lock].lk_first_hold;

	while (*link != hold)
		link = &holds[*link].lh_next;
	*link = holds[hold].lh_next;
	link = &procs[holds[hold].lh_proc].lp_first_hold;
	while (*link != hold)
		link = &holds[*link].lh_next_of_proc;
	*link = holds[hold].lh_next_of_proc;
	holds[hold].lh_next = head->lt_free_hold;
	head->lt_free_hold = hold;
}

void
free_lock(int lock)
{
	int *link = &bucket_of(entries[lock].lk_tag);

	if (*link == lock + 1)
		*link = entries[lock].lk_next + 1;
	else
	{
		int at = *link - 1;

		while (entries[at].lk_next != lock)
			at = entries[at].lk_next;
		entries[at].lk_next = entries[lock].lk_next;
	}
	entries[lock].lk_next = head->lt_free_lock;
	head->lt_free_lock = lock;
}

/* A place of an array: one that was given back, or one never used; kNone when all are taken. */
template <typename Element>
int
take_place(Element *array, int Element::*next, int &free_chain, int &used, int size)
{
	const int place = free_chain;

	if (place != kNone)
	{
		free_chain = array[place].*next;
		return place;
	}
	return used < size ? used++ : kNone;
}

void
link_between(int proc, int previous, int next, LockEntry &lock)
{
	procs[proc].lp_previous = previous;
	procs[proc].lp_next = next;
	(previous != kNone ? procs[previous].lp_next : lock.lk_first) = proc;
	(next != kNone ? procs[next].lp_previous : lock.lk_last) = proc;
}

void
unlink(int proc, LockEntry &lock)
{
	const int previous = procs[proc].lp_previous, next = procs[proc].lp_next;

	(previous != kNone ? procs[previous].lp_next : lock.lk_first) = next;
	(next != kNone ? procs[next].lp_previous : lock.lk_last) = previous;
}

} /* namespace */

LockTableGuard::LockTableGuard(LWLockMode mode)
{
	LWLockAcquire(LockTablesLWLock(), mode);
}

LockTableGuard::~LockTableGuard()
{
	LWLockRelease(LockTablesLWLock());
}

LockEntry &
Lock(int lock)
{
	return entries[lock];
}

LockHold &
Hold(int hold)
{
	return holds[hold];
}

LockProc &
Proc(int proc)
{
	return procs[proc];
}

int
ProcCount()
{
	return head->lt_procs;
}

int
LocksUsed()
{
	return head->lt_used_locks;
}

LOCKMASK
ConflictsOf(LOCKMODE mode)
{
	return kConflicts[mode];
}

int
FindLock(const LOCKTAG &tag)
{
	for (int at = bucket_of(tag) - 1; at != kNone; at = entries[at].lk_next)
		if (same_tag(entries[at].lk_tag, tag))
			return at;
	return kNone;
}

int
MakeLock(const LOCKTAG &tag)
{
	const int lock = take_place(entries, &LockEntry::lk_next, head->lt_free_lock,
								head->lt_used_locks, head->lt_locks);

	if (lock == kNone)
		return kNone;

	int &bucket = bucket_of(tag);

	entries[lock] = {.lk_tag = tag,
					 .lk_next = bucket - 1,
					 .lk_first_hold = kNone,
					 .lk_first = kNone,
					 .lk_last = kNone,
					 .lk_granted = {}};
	bucket = lock + 1;
	return lock;
}

int
FindHold(int lock, int proc)
{
	for (int at = entries[lock].lk_first_hold; at != kNone; at = holds[at].lh_next)
		if (holds[at].lh_proc == proc)
			return at;
	return kNone;
}

int
MakeHold(int lock, int proc)
{
	const int hold = take_place(holds, &LockHold::lh_next, head->lt_free_hold, head->lt_used_holds,
								head->lt_holds);

	if (hold == kNone)
	{
		if (entries[lock].lk_first_hold == kNone)
			free_lock(lock);
		return kNone;
	}
	holds[hold] = {.lh_lock = lock,
				   .lh_proc = proc,
				   .lh_modes = 0,
				   .lh_next = entries[lock].lk_first_hold,
				   .lh_next_of_proc = procs[proc].lp_first_hold};
	entries[lock].lk_first_hold = hold;
	procs[proc].lp_first_hold = hold;
	return hold;
}

void
Tidy(int hold)
{
	const LockHold &held = holds[hold];
	const LockProc &proc = procs[held.lh_proc];
	const bool waits =
		proc.lp_state.load(std::memory_order_relaxed) == LockState::Waiting && proc.lp_hold == hold;
	const int lock = held.lh_lock;

	if (held.lh_modes != 0 || waits)
		return;
	free_hold(hold);
	if (entries[lock].lk_first_hold == kNone)
		free_lock(lock);
}

bool
ConflictsWithOthers(int hold, LOCKMODE mode)
{
	const LockEntry &lock = entries[holds[hold].lh_lock];

	for (LOCKMODE other = 1; other < kModes; other++)
	{
		const int mine = (holds[hold].lh_modes & LOCKBIT_ON(other)) != 0 ? 1 : 0;

		if ((kConflicts[mode] & LOCKBIT_ON(other)) != 0 && lock.lk_granted[other] > mine)
			return true;
	}
	return false;
}

LOCKMASK
WaitMask(int lock)
{
	LOCKMASK modes = 0;

	for (int at = entries[lock].lk_first; at != kNone; at = procs[at].lp_next)
		modes |= LOCKBIT_ON(procs[at].lp_mode);
	return modes;
}

void
Grant(int hold, LOCKMODE mode)
{
	holds[hold].lh_modes |= LOCKBIT_ON(mode);
	entries[holds[hold].lh_lock].lk_granted[mode]++;
}

void
Ungrant(int hold, LOCKMODE mode)
{
	holds[hold].lh_modes &= LOCKBIT_OFF(mode);
	entries[holds[hold].lh_lock].lk_granted[mode]--;
}

void
Enqueue(int hold, LOCKMODE mode, int before, int64 now)
{
	const int proc = holds[hold].lh_proc;
	LockEntry &lock = entries[holds[hold].lh_lock];

	procs[proc].lp_hold = hold;
	procs[proc].lp_mode = mode;
	procs[proc].lp_since = now;
	link_between(proc, before != kNone ? procs[before].lp_previous : lock.lk_last, before, lock);
	procs[proc].lp_state.store(LockState::Waiting, std::memory_order_relaxed);
}

void
Dequeue(int proc)
{
	unlink(proc, entries[holds[procs[proc].lp_hold].lh_lock]);
}

void
MoveBefore(int proc, int other)
{
	LockEntry &lock = entries[holds[procs[proc].lp_hold].lh_lock];

	unlink(proc, lock);
	link_between(proc, other != kNone ? procs[other].lp_previous : lock.lk_last, other, lock);
}

void
WakeUp(int lock) noexcept
{
	LOCKMASK ahead = 0;

	for (int at = entries[lock].lk_first, next; at != kNone; at = next)
	{
		LockProc &proc = procs[at];

		next = proc.lp_next;
		if ((kConflicts[proc.lp_mode] & ahead) != 0 ||
			ConflictsWithOthers(proc.lp_hold, proc.lp_mode))
		{
			ahead |= LOCKBIT_ON(proc.lp_mode);
			continue;
		}
		unlink(at, entries[lock]);
		Grant(proc.lp_hold, proc.lp_mode);
		/* pairs with the acquire of the waiter */
		proc.lp_state.store(LockState::Granted, std::memory_order_release);
		SetLatch(&ProcGlobal->allProcs[at].procLatch);
	}
}

} /* namespace locks */

using namespace locks;

size_t
LockTableSize()
{
	const size_t parts[] = {MAXALIGN(sizeof(TableHead)), aligned(bucket_count(), sizeof(int)),
							aligned(lock_count(), sizeof(LockEntry)),
							aligned(hold_count(), sizeof(LockHold)),
							aligned(static_cast<size_t>(ProcSlotCount()), sizeof(LockProc))};
	size_t size = 0;

	for (const size_t part : parts)
		size = AddShmemSize(size, part);
	return size;
}

/* Touches little of it: what nobody uses costs no memory. */
void
InitLockTable(void *at)
{
	char *next = static_cast<char *>(at) + MAXALIGN(sizeof(TableHead));

	head = new (at) TableHead{.lt_locks = static_cast<int>(lock_count()),
							  .lt_holds = static_cast<int>(hold_count()),
							  .lt_procs = ProcSlotCount(),
							  .lt_buckets = static_cast<int>(bucket_count()),
							  .lt_used_locks = 0,
							  .lt_used_holds = 0,
							  .lt_free_lock = kNone,
							  .lt_free_hold = kNone};
	buckets = reinterpret_cast<int *>(next);
	next += aligned(bucket_count(), sizeof(int));
	entries = reinterpret_cast<LockEntry *>(next);
	next += aligned(lock_count(), sizeof(LockEntry));
	holds = reinterpret_cast<LockHold *>(next);
	next += aligned(hold_count(), sizeof(LockHold));
	procs = reinterpret_cast<LockProc *>(next);
	for (int i = 0; i < head->lt_procs; i++)
		new (&procs[i]) LockProc{LockState::Idle, kNone, kNone, NoLock, kNone, kNone, 0};
}

} /* namespace pg */
