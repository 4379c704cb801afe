/*
 * storage/lmgr/heavy_lock.cpp
 *		Taking and releasing heavyweight locks (storage/lock.h).
 *
 * Backends and workers.  What this process holds is counted here, by tag and mode, so that the shared
 * table hears of a lock once, however often it is taken.
 */
#include "postgres.h"

#include "storage/lmgr/heavy_lock.h"

#include <cstring>
#include <map>
#include <memory>

#include "access/xact.h"
#include "miscadmin.h"
#include "storage/ipc/interrupts.h"
#include "storage/latch.h"
#include "storage/lmgr/lmgr_internals.h"
#include "storage/lmgr/lock_table.h"
#include "storage/lmgr/lock_wait.h"
#include "storage/proc.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/timestamp.h"
#include "utils/wait_event.h"

namespace pg
{
namespace
{

using namespace locks;

/* The owner of a lock that the session holds; transactions are their nest level. */
constexpr int kSession = -1;

struct Key
{
	LOCKTAG tag;
	LOCKMODE mode;

	bool operator<(const Key &other) const
	{
		const int order = memcmp(&tag, &other.tag, sizeof(LOCKTAG));

		return order != 0 ? order < 0 : mode < other.mode;
	}
};

/* A lock that this process holds. */
struct HeldLock
{
	int hold;				   /* in the table */
	std::map<int, int> owners; /* how often each took it */
};

/* Never destroyed: locks are given back while the process exits. */
std::map<Key, HeldLock> &
held_locks()
{
	static auto *const all = std::make_unique<std::map<Key, HeldLock>>().release();

	return *all;
}

int
owner_for(bool session)
{
	return session ? kSession : GetCurrentTransactionNestLevel();
}

const char *
mode_name(LOCKMODE mode)
{
	return GetLockmodeName(DEFAULT_LOCKMETHOD, mode);
}

void
check_lock(const LOCKTAG &tag, LOCKMODE mode)
{
	if (tag.locktag_lockmethodid != DEFAULT_LOCKMETHOD &&
		tag.locktag_lockmethodid != USER_LOCKMETHOD)
		Raise(Report(ERROR).msg("unrecognized lock method: %d", tag.locktag_lockmethodid));
	if (mode <= NoLock || mode > MaxLockMode)
		Raise(Report(ERROR).msg("unrecognized lock mode: %d", mode));
	if (MyProc == nullptr)
		Raise(Report(ERROR).msg("cannot acquire locks without shared memory"));
}

/* Takes one mode from the hold and lets in who waited for that. */
void
give_back(int hold, LOCKMODE mode) noexcept
{
	const LockTableGuard guard;
	const int lock = Hold(hold).lh_lock;

	Ungrant(hold, mode);
	WakeUp(lock);
	Tidy(hold);
}

/*
 * Whom to stand in front of: the first who waits for something that this process holds, for he cannot
 * get it before.  *deadlock: and this process wants what he holds.
 */
int
place_in_queue(int hold, LOCKMODE mode, bool *deadlock)
{
	const LOCKMASK mine = Hold(hold).lh_modes;
	const LockEntry &lock = Lock(Hold(hold).lh_lock);

	*deadlock = false;
	for (int at = lock.lk_first; mine != 0 && at != kNone; at = Proc(at).lp_next)
	{
		const LockProc &other = Proc(at);

		if ((ConflictsOf(other.lp_mode) & mine) == 0)
			continue;
		*deadlock = (ConflictsOf(mode) & Hold(other.lp_hold).lh_modes) != 0;
		return at;
	}
	return kNone;
}

/* Modes that those in front of a place in the queue wait for. */
LOCKMASK
modes_ahead(int lock, int before)
{
	LOCKMASK modes = 0;

	for (int at = Lock(lock).lk_first; at != before; at = Proc(at).lp_next)
		modes |= LOCKBIT_ON(Proc(at).lp_mode);
	return modes;
}

enum class Step
{
	Granted,
	Queued,
	Refused, /* would have to wait */
	NoRoom,
};

/* The first step: takes the lock, or gets in line. *deadlock: there is no use in waiting. */
Step
take_or_enqueue(const LOCKTAG &tag, LOCKMODE mode, bool dont_wait, int *hold, bool *deadlock)
{
	const int64 now = GetCurrentTimestamp();
	const LockTableGuard guard;
	int lock = FindLock(tag);

	if (lock == kNone)
		lock = MakeLock(tag);
	if (lock == kNone)
		return Step::NoRoom;
	*hold = FindHold(lock, OwnProcNumber());
	if (*hold == kNone)
		*hold = MakeHold(lock, OwnProcNumber());
	if (*hold == kNone)
		return Step::NoRoom;

	const int before = place_in_queue(*hold, mode, deadlock);
	const bool free =
		(ConflictsOf(mode) & modes_ahead(lock, before)) == 0 && !ConflictsWithOthers(*hold, mode);

	if (free)
	{
		*deadlock = false;
		Grant(*hold, mode);
		return Step::Granted;
	}
	if (dont_wait)
	{
		Tidy(*hold);
		return Step::Refused;
	}
	Enqueue(*hold, mode, before, now);
	return Step::Queued;
}

/* Leaves the queue; true when the lock had been granted already. */
bool
stop_waiting() noexcept
{
	const LockTableGuard guard;
	LockProc &proc = Proc(OwnProcNumber());
	const int hold = proc.lp_hold;
	const bool granted = proc.lp_state.load(std::memory_order_relaxed) == LockState::Granted;

	if (!granted)
		Dequeue(OwnProcNumber());
	proc.lp_state.store(LockState::Idle, std::memory_order_relaxed);
	if (granted)
		return true;
	/* Those behind may not have to wait for anybody else. */
	WakeUp(Hold(hold).lh_lock);
	Tidy(hold);
	return false;
}

/* While a process waits: errors take it out of the queue, and give back what came at the last moment. */
class PlaceInQueue
{
public:
	PlaceInQueue(int hold, LOCKMODE mode) : hold_(hold), mode_(mode) {}
	~PlaceInQueue()
	{
		if (!done_ && stop_waiting())
			give_back(hold_, mode_);
	}
	PlaceInQueue(const PlaceInQueue &) = delete;
	PlaceInQueue &operator=(const PlaceInQueue &) = delete;

	void done() { done_ = true; }

private:
	int hold_;
	LOCKMODE mode_;
	bool done_ = false;
};

void
wait_for(const LOCKTAG &tag, LOCKMODE mode, int hold, bool deadlock)
{
	const auto what = [&] { return std::string(mode_name(mode)) + " on " + LockTagText(tag); };
	PlaceInQueue place(hold, mode);
	LockWait wait(what);
	const std::atomic<LockState> &state = Proc(OwnProcNumber()).lp_state;

	if (deadlock)
		CheckForDeadlock(what());
	for (;;)
	{
		ResetLatch(MyLatch);
		/* pairs with the release in WakeUp */
		if (state.load(std::memory_order_acquire) == LockState::Granted)
			break;
		CheckForInterrupts();
		if (wait.timed_out())
			LockWait::RaiseTimeout();
		wait.check_for_deadlock();
		wait.sleep(PG_WAIT_LOCK | tag.locktag_type);
	}
	place.done();
	Proc(OwnProcNumber()).lp_state.store(LockState::Idle, std::memory_order_relaxed);
	wait.acquired();
}

LockAcquireResult
acquire(const LOCKTAG &tag, LOCKMODE mode, bool session, bool dont_wait)
{
	check_lock(tag, mode);

	const Key key{tag, mode};
	const int owner = owner_for(session);
	bool deadlock = false;
	int hold;

	if (const auto found = held_locks().find(key); found != held_locks().end())
	{
		found->second.owners[owner]++;
		return LOCKACQUIRE_ALREADY_HELD;
	}
	/* Memory first: nothing may fail once the lock is ours. */
	HeldLock note{kNone, {{owner, 1}}};

	switch (take_or_enqueue(tag, mode, dont_wait, &hold, &deadlock))
	{
		case Step::NoRoom:
			Raise(Report(ERROR, ERRCODE_OUT_OF_MEMORY)
					  .msg("out of shared memory")
					  .hint("You might need to increase %s.", "max_locks_per_transaction"));
		case Step::Refused: return LOCKACQUIRE_NOT_AVAIL;
		case Step::Queued: wait_for(tag, mode, hold, deadlock); break;
		case Step::Granted: break;
	}
	note.hold = hold;
	held_locks().emplace(key, std::move(note));
	return LOCKACQUIRE_OK;
}

/* Who took it last, among transactions; kNone: none of them. */
std::map<int, int>::iterator
last_owner(HeldLock &held, bool session)
{
	if (session)
		return held.owners.find(kSession);
	if (held.owners.empty() || held.owners.rbegin()->first == kSession)
		return held.owners.end();
	return std::prev(held.owners.end());
}

bool
release(const LOCKTAG &tag, LOCKMODE mode, bool session)
{
	check_lock(tag, mode);

	const auto found = held_locks().find({tag, mode});

	if (found == held_locks().end() ||
		last_owner(found->second, session) == found->second.owners.end())
	{
		Report(WARNING).msg("you don't own a lock of type %s", mode_name(mode)).emit();
		return false;
	}

	HeldLock &held = found->second;
	const auto owner = last_owner(held, session);

	if (--owner->second == 0)
		held.owners.erase(owner);
	if (held.owners.empty())
	{
		give_back(held.hold, mode);
		held_locks().erase(found);
	}
	return true;
}

/* Drops the owners that doomed names, and the locks that nobody owns then. */
template <typename Doomed>
void
release_where(Doomed doomed)
{
	auto &all = held_locks();

	for (auto at = all.begin(); at != all.end();)
	{
		std::erase_if(at->second.owners,
					  [&](const auto &owner) { return doomed(at->first, owner.first); });
		if (!at->second.owners.empty())
		{
			++at;
			continue;
		}
		give_back(at->second.hold, at->first.mode);
		at = all.erase(at);
	}
}

void
hand_to_parent(int level)
{
	for (auto &[key, held] : held_locks())
	{
		const auto child = held.owners.find(level);

		if (child == held.owners.end())
			continue;
		held.owners[level - 1] += child->second;
		held.owners.erase(level);
	}
}

} /* namespace */

void
EndTransactionLocks(bool committed, int level)
{
	if (held_locks().empty())
		return;
	if (level <= 1)
		release_where([](const Key &, int owner) { return owner != kSession; });
	else if (committed)
		hand_to_parent(level);
	else
		release_where([&](const Key &, int owner) { return owner >= level; });
}

void
ForgetLocks() noexcept
{
	if (MyProc == nullptr || ProcGlobal == nullptr)
		return;
	/* The table tells more than held_locks(): a FATAL may have come between being granted and noting it. */
	if (Proc(OwnProcNumber()).lp_state.load(std::memory_order_relaxed) != LockState::Idle)
		stop_waiting();

	const LockTableGuard guard;

	for (int hold = Proc(OwnProcNumber()).lp_first_hold; hold != kNone;
		 hold = Proc(OwnProcNumber()).lp_first_hold)
	{
		const int lock = Hold(hold).lh_lock;

		for (LOCKMODE mode = 1; mode < kModes; mode++)
			if ((Hold(hold).lh_modes & LOCKBIT_ON(mode)) != 0)
				Ungrant(hold, mode);
		WakeUp(lock);
		Tidy(hold);
	}
	held_locks().clear();
}

} /* namespace pg */

using pg::FromC;

bool
DoLockModesConflict(LOCKMODE mode1, LOCKMODE mode2)
{
	return (pg::locks::ConflictsOf(mode1) & LOCKBIT_ON(mode2)) != 0;
}

uint32
LockTagHashCode(const LOCKTAG *locktag)
{
	uint32 words[4];
	uint32 hash = 0x9E3779B9U;

	memcpy(words, locktag, sizeof(words));
	for (const uint32 word : words)
	{
		hash = (hash ^ word) * 0x85EBCA6BU;
		hash ^= hash >> 15;
	}
	return hash;
}

LockAcquireResult
LockAcquire(const LOCKTAG *locktag, LOCKMODE lockmode, bool sessionLock, bool dontWait)
{
	return FromC([&] { return pg::acquire(*locktag, lockmode, sessionLock, dontWait); });
}

bool
LockRelease(const LOCKTAG *locktag, LOCKMODE lockmode, bool sessionLock)
{
	return FromC([&] { return pg::release(*locktag, lockmode, sessionLock); });
}

void
LockReleaseAll(LOCKMETHODID lockmethodid, bool allLocks)
{
	FromC(
		[&]
		{
			pg::release_where(
				[&](const pg::Key &key, int owner) {
					return key.tag.locktag_lockmethodid == lockmethodid &&
						   (allLocks || owner != pg::kSession);
				});
		});
}

void
LockReleaseSession(LOCKMETHODID lockmethodid)
{
	FromC(
		[&]
		{
			pg::release_where(
				[&](const pg::Key &key, int owner)
				{ return key.tag.locktag_lockmethodid == lockmethodid && owner == pg::kSession; });
		});
}

bool
LockHeldByMe(const LOCKTAG *locktag, LOCKMODE lockmode)
{
	return FromC([&] { return pg::held_locks().contains({*locktag, lockmode}); });
}

bool
LockOrStrongerHeldByMe(const LOCKTAG *locktag, LOCKMODE lockmode)
{
	for (LOCKMODE mode = lockmode; mode <= MaxLockMode; mode++)
		if (LockHeldByMe(locktag, mode))
			return true;
	return false;
}

bool
LockHasWaiters(const LOCKTAG *locktag, LOCKMODE lockmode, bool)
{
	return FromC(
		[&]
		{
			const pg::locks::LockTableGuard guard(LW_SHARED);
			const int lock = pg::locks::FindLock(*locktag);

			return lock != pg::locks::kNone &&
				   (pg::locks::ConflictsOf(lockmode) & pg::locks::WaitMask(lock)) != 0;
		});
}

int
LockWaiterCount(const LOCKTAG *locktag)
{
	return FromC(
		[&]
		{
			const pg::locks::LockTableGuard guard(LW_SHARED);
			const int lock = pg::locks::FindLock(*locktag);
			int count = 0;

			if (lock == pg::locks::kNone)
				return 0;
			for (int at = pg::locks::Lock(lock).lk_first; at != pg::locks::kNone;
				 at = pg::locks::Proc(at).lp_next)
				count++;
			return count;
		});
}
