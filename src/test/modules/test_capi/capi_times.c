/*
 * capi_times.c
 *		Times as values, arithmetic with them, and what has taken how long.
 */
#include "capi.h"

#include <limits.h>

#include "access/xlogdefs.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/pg_lsn.h"
#include "utils/pg_rusage.h"
#include "utils/timestamp.h"

/* Arguments and results: each function gives back what comes after its argument. */

static Datum
next_date(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATEADT(PG_GETARG_DATEADT(0) + 1);
}

static Datum
next_time(PG_FUNCTION_ARGS)
{
	PG_RETURN_TIMEADT(PG_GETARG_TIMEADT(0) + 1);
}

static Datum
next_timestamp(PG_FUNCTION_ARGS)
{
	PG_RETURN_TIMESTAMP(PG_GETARG_TIMESTAMP(0) + 1);
}

static Datum
next_timestamptz(PG_FUNCTION_ARGS)
{
	PG_RETURN_TIMESTAMPTZ(PG_GETARG_TIMESTAMPTZ(0) + 1);
}

static Datum
next_interval(PG_FUNCTION_ARGS)
{
	Interval *interval = PG_GETARG_INTERVAL_P(0);

	interval->day++;
	PG_RETURN_INTERVAL_P(interval);
}

static Datum
next_lsn(PG_FUNCTION_ARGS)
{
	PG_RETURN_LSN(PG_GETARG_LSN(0) + 1);
}

CAPI_TEST(test_times_as_values)
{
	Interval interval = {5, 6, 7};

	CHECK(DatumGetDateADT(DirectFunctionCall1(next_date, DateADTGetDatum(-8))) == -7);
	CHECK(DatumGetTimeADT(DirectFunctionCall1(next_time, TimeADTGetDatum(USECS_PER_HOUR))) ==
		  USECS_PER_HOUR + 1);
	CHECK(DatumGetTimestamp(DirectFunctionCall1(next_timestamp, TimestampGetDatum(-5))) == -4);
	CHECK(DatumGetTimestampTz(DirectFunctionCall1(
			  next_timestamptz, TimestampTzGetDatum(PG_INT64_MAX - 1))) == PG_INT64_MAX);
	CHECK(DatumGetIntervalP(DirectFunctionCall1(next_interval, IntervalPGetDatum(&interval))) ==
		  &interval);
	CHECK(interval.time == 5 && interval.day == 7 && interval.month == 7);
	CHECK(
		DatumGetLSN(DirectFunctionCall1(next_lsn, LSNGetDatum(UINT64CONST(0xFFFFFFFFFFFFFFF0)))) ==
		UINT64CONST(0xFFFFFFFFFFFFFFF1));
}

CAPI_TEST(test_dates_without_end)
{
	DateADT date;

	DATE_NOBEGIN(date);
	CHECK(DATE_IS_NOBEGIN(date) && !DATE_IS_NOEND(date) && DATE_NOT_FINITE(date));
	CHECK(date == PG_INT32_MIN);
	DATE_NOEND(date);
	CHECK(DATE_IS_NOEND(date) && !DATE_IS_NOBEGIN(date) && DATE_NOT_FINITE(date));
	CHECK(date == PG_INT32_MAX && !DATE_NOT_FINITE(0));
}

CAPI_TEST(test_differences_of_times)
{
	const TimestampTz start = TimestampTzPlusSeconds(0, 100);
	static const struct
	{
		int64 later; /* microseconds */
		long secs;
		int microsecs;
		long millis;
	} rows[] = {{0, 0, 0, 0},
				{1, 0, 1, 1},
				{1000, 0, 1000, 1},
				{1001, 0, 1001, 2},
				{2500000, 2, 500000, 2500},
				{-1, 0, 0, 0}};
	int i;

	CHECK(start == 100 * USECS_PER_SEC && TimestampTzPlusMilliseconds(start, -5) == start - 5000);
	for (i = 0; i < (int) lengthof(rows); i++)
	{
		const TimestampTz stop = start + rows[i].later;
		long secs;
		int microsecs;

		TimestampDifference(start, stop, &secs, &microsecs);
		CHECK(secs == rows[i].secs && microsecs == rows[i].microsecs);
		CHECK(TimestampDifferenceMilliseconds(start, stop) == rows[i].millis);
	}
	CHECK(TimestampDifferenceMilliseconds(0, PG_INT64_MAX) == INT_MAX);
	CHECK(TimestampDifferenceExceeds(start, start + 1000, 1) &&
		  !TimestampDifferenceExceeds(start, start + 999, 1));
}

CAPI_TEST(test_times_of_the_system)
{
	const TimestampTz now = GetCurrentTimestamp();

	CHECK(time_t_to_timestamptz(0) == -INT64CONST(946684800) * USECS_PER_SEC);
	CHECK(timestamptz_to_time_t(USECS_PER_SEC - 1) == 946684800);
	CHECK(timestamptz_to_time_t(time_t_to_timestamptz(1234567890)) == 1234567890);
	CHECK(strncmp(timestamptz_to_str(USECS_PER_DAY + 1500000), "2000-01-02 00:00:01.5", 21) == 0);
	CHECK(PgStartTime > 0 && PgStartTime <= now && PgReloadTime > 0 && PgReloadTime <= now);
}

CAPI_TEST(test_time_taken)
{
	PGRUsage usage;
	int user, user_part, system, system_part, elapsed, elapsed_part;

	pg_rusage_init(&usage);
	usage.tv.tv_sec -= 3;
	CHECK(sscanf(pg_rusage_show(&usage), "CPU: user: %d.%2d s, system: %d.%2d s, elapsed: %d.%2d s",
				 &user, &user_part, &system, &system_part, &elapsed, &elapsed_part) == 6);
	CHECK(elapsed >= 3 && user >= 0 && system >= 0);
}
