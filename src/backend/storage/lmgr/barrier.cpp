/*
 * barrier.cpp
 *		Barriers: processes that go through phases together.
 *
 * Backends and workers with shared memory.  The mutex guards all fields; whoever ends a phase broadcasts outside of it.
 */
#include "storage/barrier.h"

#include "storage/lmgr/lmgr_internals.h"
#include "utils/error/wall.h"

namespace pg
{

static void
next_phase(Barrier *barrier)
{
	barrier->arrived = 0;
	barrier->phase++;
}

/* Arrives; true when that ends the phase. *phase is the one it arrived in. */
static bool
arrive(Barrier *barrier, int *phase)
{
	const SpinLockHold hold(&barrier->mutex);

	*phase = barrier->phase;
	if (++barrier->arrived < barrier->participants)
		return false;
	next_phase(barrier);
	barrier->elected = barrier->phase;
	return true;
}

/*
 * Is the phase over?  When somebody left so that it ended, nobody was elected: the first of those who wait is.
 */
static bool
is_over(Barrier *barrier, int phase, bool *elected)
{
	const SpinLockHold hold(&barrier->mutex);

	if (barrier->phase == phase)
		return false;
	*elected = barrier->elected != barrier->phase;
	barrier->elected = barrier->phase;
	return true;
}

static bool
arrive_and_wait(Barrier *barrier, uint32 wait_event_info)
{
	bool elected = false;
	int phase;

	if (arrive(barrier, &phase))
	{
		ConditionVariableBroadcast(&barrier->condition_variable);
		return true;
	}
	ConditionVariablePrepareToSleep(&barrier->condition_variable);
	while (!is_over(barrier, phase, &elected))
		ConditionVariableSleep(&barrier->condition_variable, wait_event_info);
	ConditionVariableCancelSleep();
	return elected;
}

/* One less; true for the last one. */
static bool
detach(Barrier *barrier, bool arrives)
{
	bool ends = false;
	bool last;

	{
		const SpinLockHold hold(&barrier->mutex);

		Assert(!barrier->static_party || arrives);
		barrier->participants--;
		last = barrier->participants == 0;
		ends = (arrives || barrier->participants > 0) && barrier->arrived == barrier->participants;
		if (ends)
			next_phase(barrier);
	}
	if (ends)
		ConditionVariableBroadcast(&barrier->condition_variable);
	return last;
}

} // namespace pg

using namespace pg;

void
BarrierInit(Barrier *barrier, int participants)
{
	SpinLockInit(&barrier->mutex);
	barrier->participants = participants;
	barrier->arrived = 0;
	barrier->phase = 0;
	barrier->elected = 0;
	barrier->static_party = participants > 0;
	ConditionVariableInit(&barrier->condition_variable);
}

bool
BarrierArriveAndWait(Barrier *barrier, uint32 wait_event_info)
{
	return FromC([&] { return arrive_and_wait(barrier, wait_event_info); });
}

bool
BarrierArriveAndDetach(Barrier *barrier)
{
	return detach(barrier, true);
}

bool
BarrierArriveAndDetachExceptLast(Barrier *barrier)
{
	{
		const SpinLockHold hold(&barrier->mutex);

		if (barrier->participants == 1)
		{
			Assert(barrier->arrived == 0);
			barrier->phase++;
			return true;
		}
	}
	(void) detach(barrier, true);
	return false;
}

int
BarrierAttach(Barrier *barrier)
{
	const SpinLockHold hold(&barrier->mutex);

	Assert(!barrier->static_party);
	barrier->participants++;
	return barrier->phase;
}

bool
BarrierDetach(Barrier *barrier)
{
	return detach(barrier, false);
}

int
BarrierPhase(Barrier *barrier)
{
	return barrier->phase;
}

int
BarrierParticipants(Barrier *barrier)
{
	const SpinLockHold hold(&barrier->mutex);

	return barrier->participants;
}
