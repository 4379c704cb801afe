/*
 * instr_time.h
 *		A clock for measuring durations: monotonic, in nanoseconds.
 */
#ifndef INSTR_TIME_H
#define INSTR_TIME_H

#include "postgres.h"

#include <time.h>

PG_BEGIN_EXTERN_C

typedef struct instr_time
{
	int64 ticks; /* nanoseconds */
} instr_time;

#define NS_PER_S INT64CONST(1000000000)
#define NS_PER_MS INT64CONST(1000000)
#define NS_PER_US INT64CONST(1000)
#define PG_INSTR_CLOCK CLOCK_MONOTONIC

static inline instr_time
pg_clock_gettime_ns(void)
{
	struct timespec now;
	instr_time t;

	clock_gettime(PG_INSTR_CLOCK, &now);
	t.ticks = (int64) now.tv_sec * NS_PER_S + now.tv_nsec;
	return t;
}

/* Arguments are variables, not pointers. */
#define INSTR_TIME_IS_ZERO(t) ((t).ticks == 0)
#define INSTR_TIME_SET_ZERO(t) ((void) ((t).ticks = 0))
#define INSTR_TIME_SET_CURRENT(t) ((void) ((t) = pg_clock_gettime_ns()))
#define INSTR_TIME_SET_CURRENT_LAZY(t) \
	(INSTR_TIME_IS_ZERO(t) ? (INSTR_TIME_SET_CURRENT(t), true) : false)
#define INSTR_TIME_ADD(x, y) ((void) ((x).ticks += (y).ticks))
#define INSTR_TIME_SUBTRACT(x, y) ((void) ((x).ticks -= (y).ticks))
#define INSTR_TIME_ACCUM_DIFF(x, y, z) ((void) ((x).ticks += (y).ticks - (z).ticks))
#define INSTR_TIME_GET_DOUBLE(t) ((double) (t).ticks / NS_PER_S)
#define INSTR_TIME_GET_MILLISEC(t) ((double) (t).ticks / NS_PER_MS)
#define INSTR_TIME_GET_MICROSEC(t) ((uint64) ((t).ticks / NS_PER_US))
#define INSTR_TIME_GET_NANOSEC(t) ((t).ticks)

PG_END_EXTERN_C

#endif /* INSTR_TIME_H */
