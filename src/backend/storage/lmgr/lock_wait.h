/*
 * storage/lmgr/lock_wait.h
 *		One wait for a lock: its time limits, its search for deadlocks, its lines in the log.
 *
 * Shared by the two kinds of lock.  The waiter sleeps on its latch; whoever has queued it up takes it
 * out of the queue again, whichever way the wait ends.
 */
#pragma once

#include <functional>
#include <string>

#include "postgres.h"

namespace pg
{

class LockWait
{
public:
	/* what: "ExclusiveLock on database 5", asked for only when somebody wants to read it. */
	explicit LockWait(std::function<std::string()> what);
	~LockWait();
	LockWait(const LockWait &) = delete;
	LockWait &operator=(const LockWait &) = delete;

	/* lock_timeout ran out. */
	bool timed_out() const;
	[[noreturn]] static void RaiseTimeout();

	/* After deadlock_timeout, once: looks for a deadlock (raises 40P01), then logs that it still waits. */
	void check_for_deadlock();

	/* Until the latch is set or a limit is reached. */
	void sleep(uint32 wait_event) const;

	/* It came after all. */
	void acquired() const;

private:
	bool check_is_due() const;
	void log(const char *what) const;

	std::function<std::string()> what_;
	int64 start_;
	int64 deadline_; /* of lock_timeout, or negative */
	bool checked_ = false, logged_ = false;
};

/* Raises 40P01 when this process waits for itself in the end. It may first put others in front of their queues. */
void CheckForDeadlock(const std::string &what);

} /* namespace pg */
