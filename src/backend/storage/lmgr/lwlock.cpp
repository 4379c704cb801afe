/*
 * lwlock.cpp
 *		Lightweight locks: shared or exclusive, asleep on a futex while they wait.
 *
 * Children with shared memory.  The postmaster takes one only while it is alone.  While a process holds
 * one, its interrupts wait.  No path below allocates or unwinds, so C++ and C code may call alike.
 *
 * The lock's words (shared between processes, so the futex is not a private one):
 *	state			kExclusive | kExclusiveWaits | number of shared holders
 *	waiters.head	event count: raised whenever something a sleeper waits for may have happened
 *	waiters.tail	number of processes that sleep or are about to
 *
 * Rules:
 *	A waiter raises the number of waiters, reads the event count, tests the state, and sleeps on the event
 *	count it read.  Who releases changes the state, and then, if there are waiters, raises the event count
 *	and wakes.  Both sides are sequentially consistent, so one sees the other and no wake-up is lost.
 *	A release wakes all who want to share or to look, and one who wants to exclude.
 *	kExclusiveWaits keeps new sharers out, so that a writer is not starved by readers; whoever takes the
 *	lock exclusively clears it, and writers still waiting set it again when they look.
 */
#include "postgres.h"

#include "storage/lwlock.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <new>

#include "miscadmin.h"
#include "storage/lmgr/lmgr_internals.h"
#include "storage/lmgr/lwlock_names.h"
#include "storage/lmgr/lwlock_tranches.h"
#include "utils/error/wall.h"
#include "utils/wait_event.h"

LWLockPadded *MainLWLockArray = nullptr;

namespace pg
{

static constexpr uint32 kExclusive = 1u << 31;
static constexpr uint32 kExclusiveWaits = 1u << 30;
static constexpr uint32 kShareMask = (1u << 24) - 1;

/* Bits of FUTEX_WAIT_BITSET: who sleeps for what. */
static constexpr uint32 kWakeExclusive = 1;
static constexpr uint32 kWakeOthers = 2;

static constexpr int kMaxHeldLWLocks = 200;

struct HeldLWLock
{
	LWLock *lock;
	LWLockMode mode;
};
static HeldLWLock held_lwlocks[kMaxHeldLWLocks];
static int held_lwlock_count = 0;

static std::atomic_ref<uint32>
state_of(LWLock *lock)
{
	return std::atomic_ref<uint32>(const_cast<uint32 &>(lock->state.value));
}

static std::atomic_ref<int>
events_of(LWLock *lock)
{
	return std::atomic_ref<int>(lock->waiters.head);
}

static std::atomic_ref<int>
waiters_of(LWLock *lock)
{
	return std::atomic_ref<int>(lock->waiters.tail);
}
static_assert(std::atomic_ref<uint32>::is_always_lock_free);
static_assert(std::atomic_ref<int>::required_alignment <= alignof(proclist_head));

/* Takes the lock if that needs no wait. is_waiter: ignores kExclusiveWaits when it wants to exclude. */
static bool
try_lock(LWLock *lock, LWLockMode mode)
{
	std::atomic_ref<uint32> state = state_of(lock);
	uint32 seen = state.load(std::memory_order_relaxed);

	for (;;)
	{
		uint32 wanted;

		if (mode == LW_EXCLUSIVE)
		{
			if (seen & (kExclusive | kShareMask))
				return false;
			wanted = (seen & ~kExclusiveWaits) | kExclusive;
		}
		else
		{
			if (seen & (kExclusive | kExclusiveWaits))
				return false;
			wanted = seen + 1;
		}
		if (state.compare_exchange_weak(seen, wanted, std::memory_order_seq_cst,
										std::memory_order_relaxed))
			return true;
	}
}

static void
wake(LWLock *lock, uint32 who, int how_many)
{
	syscall(SYS_futex, &lock->waiters.head, FUTEX_WAKE_BITSET, how_many, nullptr, nullptr, who);
}

/* Something that waiters wait for has happened. */
static void
wake_waiters(LWLock *lock, bool lock_is_free)
{
	if (waiters_of(lock).load(std::memory_order_seq_cst) == 0)
		return;
	events_of(lock).fetch_add(1, std::memory_order_seq_cst);
	wake(lock, kWakeOthers, INT_MAX);
	if (lock_is_free)
		wake(lock, kWakeExclusive, 1);
}

/* Sleeps unless the event count has moved on from `seen`. May return for no reason. */
static void
sleep_on(LWLock *lock, int seen, uint32 who)
{
	syscall(SYS_futex, &lock->waiters.head, FUTEX_WAIT_BITSET, seen, nullptr, nullptr, who);
}

/* Around a stay among the waiters: the count, and what pg_stat_activity shows. */
class Waiting
{
public:
	explicit Waiting(LWLock *lock) : lock_(lock)
	{
		waiters_of(lock_).fetch_add(1, std::memory_order_seq_cst);
		pgstat_report_wait_start(PG_WAIT_LWLOCK | lock_->tranche);
	}
	~Waiting()
	{
		pgstat_report_wait_end();
		waiters_of(lock_).fetch_sub(1, std::memory_order_seq_cst);
	}
	Waiting(const Waiting &) = delete;
	Waiting &operator=(const Waiting &) = delete;

private:
	LWLock *lock_;
};

static void
check_rank([[maybe_unused]] const LWLock *lock)
{
#ifdef USE_ASSERT_CHECKING
	const int rank = LWLockRank(lock->tranche);

	for (int i = 0; i < held_lwlock_count; i++)
	{
		Assert(held_lwlocks[i].lock != lock);
		Assert(rank == 0 || LWLockRank(held_lwlocks[i].lock->tranche) < rank);
	}
#endif
}

static void
note_held(LWLock *lock, LWLockMode mode)
{
	held_lwlocks[held_lwlock_count++] = {lock, mode};
}

static void
check_room()
{
	if (held_lwlock_count < kMaxHeldLWLocks)
		return;
	FromC([] { Raise(Report(ERROR).msg("too many LWLocks taken")); });
}

/* Takes note off the list; its mode, or -1 when it is not there. */
static int
forget_held(const LWLock *lock)
{
	for (int i = held_lwlock_count - 1; i >= 0; i--)
	{
		if (held_lwlocks[i].lock != lock)
			continue;

		const LWLockMode mode = held_lwlocks[i].mode;

		held_lwlock_count--;
		for (; i < held_lwlock_count; i++)
			held_lwlocks[i] = held_lwlocks[i + 1];
		return mode;
	}
	return -1;
}

static void
unlock(LWLock *lock, LWLockMode mode)
{
	std::atomic_ref<uint32> state = state_of(lock);
	uint32 left;

	if (mode == LW_EXCLUSIVE)
		left = state.fetch_and(~kExclusive, std::memory_order_seq_cst) & ~kExclusive;
	else
		left = state.fetch_sub(1, std::memory_order_seq_cst) - 1;
	if ((left & (kExclusive | kShareMask)) == 0)
		wake_waiters(lock, true);
}

/* The slow way: sleeps until it has the lock. */
static void
wait_for_lock(LWLock *lock, LWLockMode mode)
{
	const Waiting waiting(lock);

	for (;;)
	{
		const int seen = events_of(lock).load(std::memory_order_seq_cst);

		if (try_lock(lock, mode))
			return;
		if (mode == LW_EXCLUSIVE)
		{
			state_of(lock).fetch_or(kExclusiveWaits, std::memory_order_seq_cst);
			/* It may have become free before the bit was there. */
			if (try_lock(lock, mode))
				return;
		}
		sleep_on(lock, seen, mode == LW_EXCLUSIVE ? kWakeExclusive : kWakeOthers);
	}
}

static void
release_held(LWLock *lock)
{
	const int mode = forget_held(lock);

	if (mode < 0)
		FromC(
			[&]
			{ Raise(Report(ERROR).msg("lock %s is not held", LWLockTrancheName(lock->tranche))); });
	unlock(lock, static_cast<LWLockMode>(mode));
	RESUME_INTERRUPTS();
}

size_t
LWLockAreaSize()
{
	return sizeof(TrancheCounter) +
		   (NUM_INDIVIDUAL_LWLOCKS + NamedTrancheLockCount()) * sizeof(LWLockPadded);
}

void
InitLWLockArea(void *at)
{
	static_assert(sizeof(TrancheCounter) == sizeof(LWLockPadded));

	InitTrancheCounter(at);
	MainLWLockArray = static_cast<LWLockPadded *>(at) + 1;
	for (int i = 0; i < NUM_INDIVIDUAL_LWLOCKS; i++)
		LWLockInitialize(&MainLWLockArray[i].lock, i);
	InitNamedTranches(MainLWLockArray + NUM_INDIVIDUAL_LWLOCKS);
}

} // namespace pg

using namespace pg;

void
LWLockInitialize(LWLock *lock, int tranche_id)
{
	lock->tranche = static_cast<uint16>(tranche_id);
	pg_atomic_init_u32(&lock->state, 0);
	lock->waiters = {0, 0};
}

bool
LWLockAcquire(LWLock *lock, LWLockMode mode)
{
	Assert(mode == LW_EXCLUSIVE || mode == LW_SHARED);
	check_room();
	check_rank(lock);
	HOLD_INTERRUPTS();

	const bool at_once = try_lock(lock, mode);

	if (!at_once)
		wait_for_lock(lock, mode);
	note_held(lock, mode);
	return at_once;
}

bool
LWLockConditionalAcquire(LWLock *lock, LWLockMode mode)
{
	Assert(mode == LW_EXCLUSIVE || mode == LW_SHARED);
	check_room();
	HOLD_INTERRUPTS();
	if (try_lock(lock, mode))
	{
		note_held(lock, mode);
		return true;
	}
	RESUME_INTERRUPTS();
	return false;
}

bool
LWLockAcquireOrWait(LWLock *lock, LWLockMode mode)
{
	Assert(mode == LW_EXCLUSIVE || mode == LW_SHARED);
	check_room();
	check_rank(lock);
	HOLD_INTERRUPTS();
	if (try_lock(lock, mode))
	{
		note_held(lock, mode);
		return true;
	}
	{
		const Waiting waiting(lock);

		for (;;)
		{
			const int seen = events_of(lock).load(std::memory_order_seq_cst);
			const uint32 state = state_of(lock).load(std::memory_order_seq_cst);

			if ((state & kExclusive) == 0 && (mode == LW_SHARED || (state & kShareMask) == 0))
				break;
			sleep_on(lock, seen, kWakeOthers);
		}
	}
	RESUME_INTERRUPTS();
	return false;
}

void
LWLockRelease(LWLock *lock)
{
	release_held(lock);
}

void
LWLockReleaseAll(void)
{
	while (held_lwlock_count > 0)
	{
		/* An error has reset the count that the release is going to lower. */
		HOLD_INTERRUPTS();
		LWLockRelease(held_lwlocks[held_lwlock_count - 1].lock);
	}
}

bool
LWLockHeldByMe(LWLock *lock)
{
	for (int i = 0; i < held_lwlock_count; i++)
	{
		if (held_lwlocks[i].lock == lock)
			return true;
	}
	return false;
}

bool
LWLockHeldByMeInMode(LWLock *lock, LWLockMode mode)
{
	for (int i = 0; i < held_lwlock_count; i++)
	{
		if (held_lwlocks[i].lock == lock)
			return held_lwlocks[i].mode == mode;
	}
	return false;
}

void
LWLockUpdateVar(LWLock *lock, uint64 *valptr, uint64 value)
{
	Assert(LWLockHeldByMeInMode(lock, LW_EXCLUSIVE));
	std::atomic_ref<uint64>(*valptr).store(value, std::memory_order_seq_cst);
	wake_waiters(lock, false);
}

void
LWLockReleaseClearVar(LWLock *lock, uint64 *valptr, uint64 val)
{
	std::atomic_ref<uint64>(*valptr).store(val, std::memory_order_seq_cst);
	release_held(lock);
}

bool
LWLockWaitForVar(LWLock *lock, uint64 *valptr, uint64 oldval, uint64 *newval)
{
	const auto settled = [&](bool *is_free)
	{
		*is_free = (state_of(lock).load(std::memory_order_seq_cst) & kExclusive) == 0;
		if (*is_free)
			return true;

		const uint64 value = std::atomic_ref<uint64>(*valptr).load(std::memory_order_seq_cst);

		if (value == oldval)
			return false;
		*newval = value;
		return true;
	};
	bool is_free;

	if (settled(&is_free))
		return is_free;
	HOLD_INTERRUPTS();
	{
		const Waiting waiting(lock);

		for (;;)
		{
			const int seen = events_of(lock).load(std::memory_order_seq_cst);

			if (settled(&is_free))
				break;
			sleep_on(lock, seen, kWakeOthers);
		}
	}
	RESUME_INTERRUPTS();
	return is_free;
}
