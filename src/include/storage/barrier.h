/*
 * barrier.h
 *		Barriers in shared memory: several processes go on to the next phase together.
 *
 * Phases are numbered from 0. With a fixed party each participant arrives; with participants 0 processes attach
 * and detach as they like, and attaching tells the phase that is under way. Waits serve interrupts.
 */
#ifndef BARRIER_H
#define BARRIER_H

#include "postgres.h"

#include "storage/condition_variable.h"
#include "storage/spin.h"

PG_BEGIN_EXTERN_C

typedef struct Barrier
{
	slock_t mutex;
	int phase;
	int participants;
	int arrived;
	int elected; /* phase for which somebody was elected */
	bool static_party;
	ConditionVariable condition_variable;
} Barrier;

extern void BarrierInit(Barrier *barrier, int participants);
/* Waits for all others; true in exactly one of them, for work to be done once. */
extern bool BarrierArriveAndWait(Barrier *barrier, uint32 wait_event_info);
/* Arrives and leaves, without waiting; true for the last one that leaves. */
extern bool BarrierArriveAndDetach(Barrier *barrier);
/* The same unless it is the last one: then it stays, the phase goes on, and the answer is true. */
extern bool BarrierArriveAndDetachExceptLast(Barrier *barrier);
/* Dynamic party: joins and returns the phase. */
extern int BarrierAttach(Barrier *barrier);
/* Dynamic party: leaves; true for the last one. */
extern bool BarrierDetach(Barrier *barrier);
/* Only a participant's answer does not change under its feet. */
extern int BarrierPhase(Barrier *barrier);
extern int BarrierParticipants(Barrier *barrier);

PG_END_EXTERN_C

#endif /* BARRIER_H */
