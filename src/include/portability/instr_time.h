/*
 * instr_time.h
 *		A clock for measuring durations: monotonic, in nanoseconds.
 *
 * As PostgreSQL 15 has it: the clock's seconds and nanoseconds, which modules read.
 */
#ifndef INSTR_TIME_H
#define INSTR_TIME_H

#include "postgres.h"

#include <time.h>

PG_BEGIN_EXTERN_C

typedef struct timespec instr_time;

#define NS_PER_S INT64CONST(1000000000)
#define NS_PER_MS INT64CONST(1000000)
#define NS_PER_US INT64CONST(1000)
#define PG_INSTR_CLOCK CLOCK_MONOTONIC

static inline int64
pg_instr_ns(instr_time t)
{
	return (int64) t.tv_sec * NS_PER_S + t.tv_nsec;
}

static inline instr_time
pg_instr_from_ns(int64 ns)
{
	instr_time t;

	t.tv_sec = ns / NS_PER_S;
	t.tv_nsec = ns % NS_PER_S;
	if (t.tv_nsec < 0)
	{
		t.tv_sec--;
		t.tv_nsec += NS_PER_S;
	}
	return t;
}

/* Arguments are variables, not pointers. */
#define INSTR_TIME_IS_ZERO(t) ((t).tv_nsec == 0 && (t).tv_sec == 0)
#define INSTR_TIME_SET_ZERO(t) ((void) ((t).tv_sec = 0, (t).tv_nsec = 0))
#define INSTR_TIME_SET_CURRENT(t) ((void) clock_gettime(PG_INSTR_CLOCK, &(t)))
#define INSTR_TIME_SET_CURRENT_LAZY(t) \
	(INSTR_TIME_IS_ZERO(t) ? (INSTR_TIME_SET_CURRENT(t), true) : false)
#define INSTR_TIME_ADD(x, y) ((void) ((x) = pg_instr_from_ns(pg_instr_ns(x) + pg_instr_ns(y))))
#define INSTR_TIME_SUBTRACT(x, y) ((void) ((x) = pg_instr_from_ns(pg_instr_ns(x) - pg_instr_ns(y))))
#define INSTR_TIME_ACCUM_DIFF(x, y, z) \
	((void) ((x) = pg_instr_from_ns(pg_instr_ns(x) + pg_instr_ns(y) - pg_instr_ns(z))))
#define INSTR_TIME_GET_DOUBLE(t) ((double) pg_instr_ns(t) / NS_PER_S)
#define INSTR_TIME_GET_MILLISEC(t) ((double) pg_instr_ns(t) / NS_PER_MS)
#define INSTR_TIME_GET_MICROSEC(t) ((uint64) (pg_instr_ns(t) / NS_PER_US))
#define INSTR_TIME_GET_NANOSEC(t) (pg_instr_ns(t))

PG_END_EXTERN_C

#endif /* INSTR_TIME_H */
