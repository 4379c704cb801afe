/*
 * condition_variable.h
 *		Condition variables in shared memory: waiting until another process has changed something.
 *
 *		ConditionVariablePrepareToSleep(cv);	(optional: saves a test)
 *		while (!condition)
 *			ConditionVariableSleep(cv, wait_event_info);
 *		ConditionVariableCancelSleep();
 *
 * The condition is the caller's, guarded by a lock of its own that it does not hold over the sleep; whoever changes it then
 * signals or broadcasts. A process sleeps on one at a time. Sleeping uses MyLatch and serves interrupts; an error, the
 * end of the transaction and of the process cancel it. Backends and workers with shared memory.
 */
#ifndef CONDITION_VARIABLE_H
#define CONDITION_VARIABLE_H

#include "postgres.h"

#include "storage/proclist_types.h"
#include "storage/spin.h"

PG_BEGIN_EXTERN_C

typedef struct
{
	slock_t mutex;
	proclist_head wakeup; /* who sleeps, in order */
} ConditionVariable;

/* Padded to a power of two, for arrays. */
#define CV_MINIMAL_SIZE (sizeof(ConditionVariable) <= 16 ? 16 : 32)
typedef union ConditionVariableMinimallyPadded
{
	ConditionVariable cv;
	char pad[CV_MINIMAL_SIZE];
} ConditionVariableMinimallyPadded;

extern void ConditionVariableInit(ConditionVariable *cv);

/* Joins those who sleep, without sleeping; leaves another variable first. */
extern void ConditionVariablePrepareToSleep(ConditionVariable *cv);
/* Sleeps until signalled; may return for no reason, and does so at once when it was not prepared: test again. */
extern void ConditionVariableSleep(ConditionVariable *cv, uint32 wait_event_info);
/* The same for at most timeout milliseconds (negative: without limit); true when the time is over. */
extern bool ConditionVariableTimedSleep(ConditionVariable *cv, long timeout,
										uint32 wait_event_info);
/* Ends a sleep, if there is one. True when this process had been signalled; the signal then goes to the next one. */
extern bool ConditionVariableCancelSleep(void);

/* Wakes the one that has slept longest; and all that sleep now. Any process with shared memory. */
extern void ConditionVariableSignal(ConditionVariable *cv);
extern void ConditionVariableBroadcast(ConditionVariable *cv);

PG_END_EXTERN_C

#endif /* CONDITION_VARIABLE_H */
