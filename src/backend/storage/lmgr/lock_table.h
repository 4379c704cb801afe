/*
 * storage/lmgr/lock_table.h
 *		The table of heavyweight locks in shared memory; for the files of this folder that work on it.
 *
 * Rules of the table:
 *	 Everything is read and changed with its LWLock held (LockTableGuard), which is the write locks', too:
 *	 so a search for deadlocks sees both tables stand still.  It is held for a short walk; nobody sleeps,
 *	 raises or calls out of this folder meanwhile.
 *	 A lock exists while somebody holds it or waits for it.  Every holder and waiter has one LockHold, which a
 *	 waiter makes before it queues up: so whoever grants needs no memory.
 *	 A process waits for one lock at a time.  lp_state is its own to set to Idle; others set it from
 *	 Waiting to Granted, after they wrote the grant, and then set its latch.
 *	 A lock is granted in the order of the queue, but for requests that conflict with nobody in front of them.
 *	 A waiter stands in front of those who wait for what it holds already; the deadlock search may move
 *	 others to the front, too.
 * Links are indexes; kNone ends a chain.
 */
#pragma once

#include <atomic>

#include "postgres.h"

#include "storage/lock.h"
#include "storage/lwlock.h"

namespace pg
{
namespace locks
{

inline constexpr int kNone = -1;
inline constexpr int kModes = MaxLockMode + 1;

struct LockEntry
{
	LOCKTAG lk_tag;
	int lk_next; /* in its bucket, or of the unused */
	int lk_first_hold;
	int lk_first, lk_last;	/* the queue, by slot numbers of processes */
	int lk_granted[kModes]; /* how many processes hold the mode */
};

struct LockHold
{
	int lh_lock;
	int lh_proc;
	LOCKMASK lh_modes; /* none: waits for its first */
	int lh_next;	   /* of the lock, or of the unused */
	int lh_next_of_proc;
};

enum class LockState : uint8
{
	Idle,
	Waiting,
	Granted
};

/* One per process slot. */
struct LockProc
{
	std::atomic<LockState> lp_state;
	int lp_first_hold;
	int lp_hold; /* what it waits with, while it is not idle */
	LOCKMODE lp_mode;
	int lp_next, lp_previous; /* in the queue */
	int64 lp_since;			  /* TimestampTz */
};
static_assert(std::atomic<LockState>::is_always_lock_free);

class LockTableGuard
{
public:
	explicit LockTableGuard(LWLockMode mode = LW_EXCLUSIVE);
	~LockTableGuard();
	LockTableGuard(const LockTableGuard &) = delete;
	LockTableGuard &operator=(const LockTableGuard &) = delete;
};

/* ---- All that follows: with the guard ---- */

LockEntry &Lock(int lock);
LockHold &Hold(int hold);
LockProc &Proc(int proc);
int ProcCount();
int LocksUsed(); /* locks from here on were never used */

LOCKMASK ConflictsOf(LOCKMODE mode);

/* kNone: there is none, or for Make no room. */
int FindLock(const LOCKTAG &tag);
int MakeLock(const LOCKTAG &tag);
int FindHold(int lock, int proc);
int MakeHold(int lock, int proc);
/* Frees the hold when it holds nothing and nobody waits with it, then the lock when it has none. */
void Tidy(int hold);

/* Whether another process than the hold's holds the lock in a mode that conflicts. */
bool ConflictsWithOthers(int hold, LOCKMODE mode);
LOCKMASK WaitMask(int lock); /* modes waited for */
void Grant(int hold, LOCKMODE mode);
void Ungrant(int hold, LOCKMODE mode);

/* before: the process to stand in front of, or kNone for the end. */
void Enqueue(int hold, LOCKMODE mode, int before, int64 now);
void Dequeue(int proc);
void MoveBefore(int proc, int other);
/* Grants what can be granted and sets the latches of those who got it. */
void WakeUp(int lock) noexcept;

} /* namespace locks */
} /* namespace pg */
