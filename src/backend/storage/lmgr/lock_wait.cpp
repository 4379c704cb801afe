/*
 * storage/lmgr/lock_wait.cpp
 *		One wait for a lock.
 *
 * Backends and workers.
 */
#include "postgres.h"

#include "storage/lmgr/lock_wait.h"

#include <algorithm>

#include "miscadmin.h"
#include "storage/ipc/interrupts.h"
#include "storage/ipc/latch_internals.h"
#include "storage/latch.h"
#include "storage/proc.h"
#include "utils/error/report.h"
#include "utils/timestamp.h"

namespace pg
{
namespace
{

/* Until a time on the monotonic clock, rounded up. */
long
milliseconds_until(int64 when)
{
	return static_cast<long>(std::max<int64>(when - DeadlineAfter(0) + 999, 0) / 1000);
}

} /* namespace */

LockWait::LockWait(std::function<std::string()> what)
	: what_(std::move(what)), start_(DeadlineAfter(0)),
	  deadline_(LockTimeout > 0 ? DeadlineAfter(LockTimeout) : -1)
{
	pg_atomic_write_u64(&MyProc->waitStart, static_cast<uint64>(GetCurrentTimestamp()));
}

LockWait::~LockWait()
{
	pg_atomic_write_u64(&MyProc->waitStart, 0);
}

bool
LockWait::timed_out() const
{
	return deadline_ >= 0 && milliseconds_until(deadline_) == 0;
}

void
LockWait::RaiseTimeout()
{
	Raise(Report(ERROR, ERRCODE_LOCK_NOT_AVAILABLE).msg("canceling statement due to lock timeout"));
}

bool
LockWait::check_is_due() const
{
	return !checked_ &&
		   milliseconds_until(start_ + static_cast<int64>(DeadlockTimeout) * 1000) == 0;
}

void
LockWait::check_for_deadlock()
{
	if (!check_is_due())
		return;
	checked_ = true;
	CheckForDeadlock(what_());
	if (log_lock_waits)
	{
		log("still waiting for");
		logged_ = true;
	}
}

void
LockWait::sleep(uint32 wait_event) const
{
	int64 until = deadline_;

	if (!checked_)
	{
		const int64 check = start_ + static_cast<int64>(DeadlockTimeout) * 1000;

		until = until < 0 ? check : std::min(until, check);
	}
	if (until < 0)
		WaitLatch(MyLatch, WL_LATCH_SET | WL_EXIT_ON_PM_DEATH, 0, wait_event);
	else
		WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH,
				  milliseconds_until(until), wait_event);
}

void
LockWait::acquired() const
{
	if (logged_)
		log("acquired");
}

void
LockWait::log(const char *what) const
{
	const int64 usec = DeadlineAfter(0) - start_;

	Report(LOG)
		.msg("process %d %s %s after %ld.%03d ms", MyProcPid, what, what_().c_str(),
			 static_cast<long>(usec / 1000), static_cast<int>(usec % 1000))
		.emit();
}

} /* namespace pg */
