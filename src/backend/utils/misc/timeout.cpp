/*
 * timeout.cpp
 *		All timers of a process on one interval timer.
 *
 * Backends and workers.  The table is shared with the SIGALRM handler, which looks at it only while
 * handler_may_run is set; code that changes it clears that first and then schedules anew, so a signal
 * that came meanwhile is not lost.
 *
 * Stopping a timeout leaves the kernel's timer alone, and starting one arms it only when it would go off
 * too late: a session that starts and stops statement_timeout for each statement makes no system call
 * for most of them.  A signal that finds nothing due arms the timer for what is next.
 */
#include "utils/misc/timeout.h"

#include <errno.h>
#include <signal.h>
#include <sys/time.h>

#include <algorithm>

#include "port/os.h"
#include "storage/ipc/interrupts.h"
#include "storage/latch.h"
#include "utils/error/report.h"

namespace pg
{

static constexpr int kCount = static_cast<int>(TimeoutKind::Count);

struct Timer
{
	void (*handler)() noexcept;
	int64 due;	  /* monotonic microseconds; 0: not active */
	int64 period; /* microseconds between two; 0: once */
	volatile sig_atomic_t fired;
};

static Timer timers[kCount];
static volatile int64 signal_due = 0; /* when the kernel's timer goes off; 0: it is not armed */
static volatile sig_atomic_t handler_may_run = 0;

static Timer &
timer_of(TimeoutKind id)
{
	return timers[static_cast<int>(id)];
}

/* The earliest due time, or 0. */
static int64
next_due()
{
	int64 earliest = 0;

	for (const Timer &timer : timers)
	{
		if (timer.due != 0 && (earliest == 0 || timer.due < earliest))
			earliest = timer.due;
	}
	return earliest;
}

/* Makes sure that SIGALRM comes no later than the next timeout. Ends a change of the table. */
static void
schedule(int64 now) noexcept
{
	const int64 next = next_due();

	/* Before the timer is armed: it may go off at once. */
	handler_may_run = 1;
	if (next == 0 || (signal_due > now && signal_due <= next))
		return;

	const int64 delay = std::max<int64>(next - now, 1);
	itimerval when = {};

	when.it_value.tv_sec = delay / 1000000;
	when.it_value.tv_usec = delay % 1000000;
	signal_due = next;
	setitimer(ITIMER_REAL, &when, nullptr);
}

static void
fire_due(int64 now) noexcept
{
	for (Timer &timer : timers)
	{
		if (timer.due == 0 || timer.due > now)
			continue;
		timer.due = timer.period == 0 ? 0 : now + timer.period;
		timer.fired = 1;
		timer.handler();
	}
}

static void
handle_alarm(int) noexcept
{
	const int saved_errno = errno;

	if (MyLatch != nullptr)
		SetLatch(MyLatch);
	signal_due = 0; /* also for the change that it interrupts: schedule() arms it again */
	if (handler_may_run)
	{
		handler_may_run = 0;
		fire_due(os.monotonic_usec());
		schedule(os.monotonic_usec());
	}
	errno = saved_errno;
}

void
RegisterSessionTimeouts()
{
	timer_of(TimeoutKind::Statement).handler = HandleStatementTimeout;
	timer_of(TimeoutKind::Lock).handler = HandleLockTimeout;
	timer_of(TimeoutKind::IdleInTransaction).handler = HandleIdleInTransactionTimeout;
	timer_of(TimeoutKind::IdleSession).handler = HandleIdleSessionTimeout;
}

void
InitializeTimeouts()
{
	handler_may_run = 0;
	signal_due = 0;
	std::fill(std::begin(timers), std::end(timers), Timer{});
	RegisterSessionTimeouts();
	pqsignal(SIGALRM, handle_alarm);
}

void
RegisterTimeoutHandler(TimeoutKind id, void (*handler)() noexcept)
{
	timer_of(id).handler = handler;
}

TimeoutKind
RegisterUserTimeout(void (*handler)() noexcept)
{
	for (int i = static_cast<int>(TimeoutKind::FirstUser); i < kCount; i++)
	{
		if (timers[i].handler != nullptr)
			continue;
		timers[i].handler = handler;
		return static_cast<TimeoutKind>(i);
	}
	Raise(
		Report(FATAL, ERRCODE_CONFIGURATION_LIMIT_EXCEEDED).msg("cannot add more timeout reasons"));
}

static void
enable(TimeoutKind id, int milliseconds, int64 period)
{
	const int64 now = os.monotonic_usec();
	Timer &timer = timer_of(id);

	Assert(timer.handler != nullptr);
	handler_may_run = 0;
	timer.due = now + static_cast<int64>(std::max(milliseconds, 0)) * 1000;
	timer.period = period;
	timer.fired = 0;
	schedule(now);
}

void
EnableTimeoutAfter(TimeoutKind id, int milliseconds)
{
	enable(id, milliseconds, 0);
}

void
EnableTimeoutEvery(TimeoutKind id, int first_milliseconds, int milliseconds)
{
	enable(id, first_milliseconds, static_cast<int64>(std::max(milliseconds, 1)) * 1000);
}

bool
TimeoutHasFired(TimeoutKind id, bool reset) noexcept
{
	Timer &timer = timer_of(id);
	const bool fired = timer.fired != 0;

	if (reset)
		timer.fired = 0;
	return fired;
}

void
DisableTimeout(TimeoutKind id) noexcept
{
	Timer &timer = timer_of(id);

	if (timer.due == 0)
		return;
	handler_may_run = 0;
	timer.due = 0;
	schedule(os.monotonic_usec());
}

void
DisableAllTimeouts() noexcept
{
	handler_may_run = 0;
	for (Timer &timer : timers)
		timer.due = 0;
	signal_due = 0;

	const itimerval never = {};

	setitimer(ITIMER_REAL, &never, nullptr);
	handler_may_run = 1;
}

bool
TimeoutActive(TimeoutKind id)
{
	return timer_of(id).due != 0;
}

} // namespace pg
