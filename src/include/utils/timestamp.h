/*
 * timestamp.h
 *		The clock, and arithmetic with timestamps.
 *
 * Any process. Nothing here raises unless stated.
 */
#ifndef TIMESTAMP_H
#define TIMESTAMP_H

#include "postgres.h"

#include "datatype/timestamp.h"
#include "fmgr.h"
#include "pgtime.h"

PG_BEGIN_EXTERN_C

#define DatumGetTimestamp(X) ((Timestamp) DatumGetInt64(X))
#define DatumGetTimestampTz(X) ((TimestampTz) DatumGetInt64(X))
#define DatumGetIntervalP(X) ((Interval *) DatumGetPointer(X))
#define TimestampGetDatum(X) Int64GetDatum(X)
#define TimestampTzGetDatum(X) Int64GetDatum(X)
#define IntervalPGetDatum(X) PointerGetDatum(X)
#define PG_GETARG_TIMESTAMP(n) DatumGetTimestamp(PG_GETARG_DATUM(n))
#define PG_GETARG_TIMESTAMPTZ(n) DatumGetTimestampTz(PG_GETARG_DATUM(n))
#define PG_GETARG_INTERVAL_P(n) DatumGetIntervalP(PG_GETARG_DATUM(n))
#define PG_RETURN_TIMESTAMP(x) return TimestampGetDatum(x)
#define PG_RETURN_TIMESTAMPTZ(x) return TimestampTzGetDatum(x)
#define PG_RETURN_INTERVAL_P(x) return IntervalPGetDatum(x)

#define TimestampTzPlusMilliseconds(tz, ms) ((tz) + ((ms) * (int64) 1000))
#define TimestampTzPlusSeconds(tz, s) ((tz) + ((s) * (int64) 1000000))

/* When the postmaster started and when the configuration was last read. */
extern PGDLLIMPORT TimestampTz PgStartTime;
extern PGDLLIMPORT TimestampTz PgReloadTime;

extern TimestampTz GetCurrentTimestamp(void);
/*
 * Taken apart, and put together. With tzp the time is one of a zone (attimezone, or the session's): *tzp are its seconds west of
 * UTC, *tzn, if wanted, its abbreviation. -1 when out of range, else 0. tm_mon counts from 1, tm_year is the full year.
 */
extern int timestamp2tm(Timestamp dt, int *tzp, struct pg_tm *tm, fsec_t *fsec, const char **tzn,
						pg_tz *attimezone);
extern int tm2timestamp(struct pg_tm *tm, fsec_t fsec, int *tzp, Timestamp *result);
/* stop - start, split; both 0 when negative. */
extern void TimestampDifference(TimestampTz start_time, TimestampTz stop_time, long *secs,
								int *microsecs);
/* Milliseconds until stop, rounded up; 0 when negative, INT_MAX at most, so fit for WaitLatch. */
extern long TimestampDifferenceMilliseconds(TimestampTz start_time, TimestampTz stop_time);
/* Whether stop - start is at least msec. */
extern bool TimestampDifferenceExceeds(TimestampTz start_time, TimestampTz stop_time, int msec);
extern TimestampTz time_t_to_timestamptz(pg_time_t tm);
extern pg_time_t timestamptz_to_time_t(TimestampTz t);
/* ISO form in the log's zone, in a static buffer. */
extern const char *timestamptz_to_str(TimestampTz t);

PG_END_EXTERN_C

#endif /* TIMESTAMP_H */
