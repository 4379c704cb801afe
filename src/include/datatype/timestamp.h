/*
 * timestamp.h
 *		What the date and time types look like in memory.
 *
 * Timestamps count microseconds from 2000-01-01 00:00: UTC for TimestampTz, no zone for Timestamp. Dates count days from
 * 2000-01-01. The extreme values stand for -infinity and infinity.
 */
#ifndef DATATYPE_TIMESTAMP_H
#define DATATYPE_TIMESTAMP_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

typedef int64 Timestamp;
typedef int64 TimestampTz;
typedef int64 TimeOffset; /* microseconds */
typedef int32 fsec_t;	  /* microseconds within a second */

typedef struct
{
	TimeOffset time;
	int32 day;
	int32 month;
} Interval;

/* An interval taken apart. */
struct pg_itm
{
	int tm_usec;
	int tm_sec;
	int tm_min;
	int64 tm_hour;
	int tm_mday;
	int tm_mon;
	int tm_year;
};

struct pg_itm_in
{
	int64 tm_usec;
	int tm_mday;
	int tm_mon;
	int tm_year;
};

#define MAX_TIMESTAMP_PRECISION 6
#define MAX_INTERVAL_PRECISION 6

#define DAYS_PER_YEAR 365.25
#define MONTHS_PER_YEAR 12
#define DAYS_PER_MONTH 30
#define HOURS_PER_DAY 24
#define MINS_PER_HOUR 60
#define SECS_PER_MINUTE 60
#define SECS_PER_HOUR 3600
#define SECS_PER_DAY 86400
#define SECS_PER_YEAR 31557600
#define USECS_PER_SEC INT64CONST(1000000)
#define USECS_PER_MINUTE INT64CONST(60000000)
#define USECS_PER_HOUR INT64CONST(3600000000)
#define USECS_PER_DAY INT64CONST(86400000000)

#define MAX_TZDISP_HOUR 15
#define TZDISP_LIMIT 57600 /* seconds */

#define DT_NOBEGIN PG_INT64_MIN
#define DT_NOEND PG_INT64_MAX
#define TIMESTAMP_MINUS_INFINITY PG_INT64_MIN
#define TIMESTAMP_INFINITY PG_INT64_MAX
#define TIMESTAMP_NOBEGIN(j) ((void) ((j) = DT_NOBEGIN))
#define TIMESTAMP_IS_NOBEGIN(j) ((j) == DT_NOBEGIN)
#define TIMESTAMP_NOEND(j) ((void) ((j) = DT_NOEND))
#define TIMESTAMP_IS_NOEND(j) ((j) == DT_NOEND)
#define TIMESTAMP_NOT_FINITE(j) (TIMESTAMP_IS_NOBEGIN(j) || TIMESTAMP_IS_NOEND(j))

/* Julian day numbers of the two epochs, and the limits of the types. */
#define UNIX_EPOCH_JDATE 2440588
#define POSTGRES_EPOCH_JDATE 2451545
#define DATETIME_MIN_JULIAN (0)
#define DATE_END_JULIAN (2147483494)
#define TIMESTAMP_END_JULIAN (109203528)
#define MIN_TIMESTAMP INT64CONST(-211813488000000000)
#define END_TIMESTAMP INT64CONST(9223371331200000000)
#define IS_VALID_DATE(d)                                  \
	((d) >= DATETIME_MIN_JULIAN - POSTGRES_EPOCH_JDATE && \
	 (d) < DATE_END_JULIAN - POSTGRES_EPOCH_JDATE)
#define IS_VALID_TIMESTAMP(t) ((t) >= MIN_TIMESTAMP && (t) < END_TIMESTAMP)

PG_END_EXTERN_C

#endif /* DATATYPE_TIMESTAMP_H */
