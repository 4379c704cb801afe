/*
 * condition_variable.cpp
 *		Condition variables: a list of processes that sleep on their latches.
 *
 * Backends and workers with shared memory.
 *
 * A sleeper is in the list until somebody takes it out, which is the signal, and sets its latch.  It stays in the list
 * while it tests its condition, so no signal is lost; a sleeper that was taken out puts itself back before it
 * returns, for the next test.  The mutex is a leaf, held for a few instructions.
 */
#include "storage/condition_variable.h"

#include "miscadmin.h"
#include "port/os.h"
#include "storage/ipc/interrupts.h"
#include "storage/ipc/latch_internals.h"
#include "storage/latch.h"
#include "storage/lmgr/lmgr_internals.h"
#include "storage/lmgr/proc_list.h"
#include "storage/proc.h"
#include "utils/error/wall.h"

namespace pg
{

using Sleepers = ProcList<&PGPROC::cvWaitLink>;

/* What this process sleeps on, or is prepared to. */
static ConditionVariable *target = nullptr;

static void
join(ConditionVariable *cv)
{
	const SpinLockHold hold(&cv->mutex);

	Sleepers(cv->wakeup).push_back(MyProc);
}

/* Was this process taken out? Then it is back again afterwards. */
static bool
rejoin(ConditionVariable *cv)
{
	const SpinLockHold hold(&cv->mutex);

	if (Sleepers::contains(MyProc))
		return false;
	Sleepers(cv->wakeup).push_back(MyProc);
	return true;
}

/* True when this process had been taken out. */
static bool
leave(ConditionVariable *cv)
{
	const SpinLockHold hold(&cv->mutex);

	if (!Sleepers::contains(MyProc))
		return true;
	Sleepers(cv->wakeup).erase(MyProc);
	return false;
}

static PGPROC *
take_first(ConditionVariable *cv)
{
	const SpinLockHold hold(&cv->mutex);

	return Sleepers(cv->wakeup).pop_front();
}

static long
milliseconds_left(int64 deadline)
{
	const int64 left = deadline - os.monotonic_usec();

	return left <= 0 ? 0 : static_cast<long>((left + 999) / 1000);
}

/* True when the time is over; deadline negative: never. */
static bool
sleep_until(ConditionVariable *cv, int64 deadline, uint32 wait_event_info)
{
	const int events = WL_LATCH_SET | WL_EXIT_ON_PM_DEATH | (deadline >= 0 ? WL_TIMEOUT : 0);

	for (;;)
	{
		const long timeout = deadline >= 0 ? milliseconds_left(deadline) : -1;

		WaitLatch(MyLatch, events, timeout, wait_event_info);
		ResetLatch(MyLatch);

		const bool signalled = rejoin(cv);

		/* An interrupt must not swallow the signal: leaving passes it on. */
		CheckForInterrupts();
		if (signalled || cv != target)
			return false;
		if (deadline >= 0 && milliseconds_left(deadline) == 0)
			return true;
	}
}

/* Takes the first one out and wakes it; whether the list then had this process in it. */
static bool
wake_first(ConditionVariable *cv, bool *had_me)
{
	PGPROC *first;

	{
		const SpinLockHold hold(&cv->mutex);

		*had_me = Sleepers::contains(MyProc);
		first = *had_me ? Sleepers(cv->wakeup).pop_front() : nullptr;
	}
	if (first != nullptr && first != MyProc)
		SetLatch(&first->procLatch);
	return first != nullptr && first != MyProc;
}

} // namespace pg

using namespace pg;

void
ConditionVariableInit(ConditionVariable *cv)
{
	SpinLockInit(&cv->mutex);
	Sleepers::init(cv->wakeup);
}

void
ConditionVariablePrepareToSleep(ConditionVariable *cv)
{
	if (target != nullptr)
		ConditionVariableCancelSleep();
	target = cv;
	join(cv);
}

void
ConditionVariableSleep(ConditionVariable *cv, uint32 wait_event_info)
{
	(void) ConditionVariableTimedSleep(cv, -1, wait_event_info);
}

bool
ConditionVariableTimedSleep(ConditionVariable *cv, long timeout, uint32 wait_event_info)
{
	if (target != cv)
	{
		ConditionVariablePrepareToSleep(cv);
		return false;
	}
	return FromC(
		[&]
		{ return sleep_until(cv, timeout >= 0 ? DeadlineAfter(timeout) : -1, wait_event_info); });
}

bool
ConditionVariableCancelSleep(void)
{
	ConditionVariable *const cv = target;

	if (cv == nullptr)
		return false;
	target = nullptr;
	if (!leave(cv))
		return false;
	ConditionVariableSignal(cv);
	return true;
}

void
ConditionVariableSignal(ConditionVariable *cv)
{
	if (PGPROC *const first = take_first(cv))
		SetLatch(&first->procLatch);
}

/*
 * Wakes those that are in the list now, and not those that join (again) meanwhile: this process's own node goes to the end as
 * a mark, and whoever is before it is taken out one by one.
 */
void
ConditionVariableBroadcast(ConditionVariable *cv)
{
	bool had_mark = true;

	if (target != nullptr)
		ConditionVariableCancelSleep();
	join(cv);
	while (wake_first(cv, &had_mark))
		;
	/* Another process's signal took the mark for a sleeper: it is meant for the next one. */
	if (!had_mark)
		ConditionVariableSignal(cv);
}
