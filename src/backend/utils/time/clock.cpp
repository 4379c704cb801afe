/*
 * utils/time/clock.cpp
 *		The clock, and arithmetic with its readings (C API: utils/timestamp.h).
 *
 * Any process.  Raises nothing.
 */
#include "utils/timestamp.h"

#include <climits>
#include <cstdio>

#include "port/os.h"
#include "utils/time/zone.h"

TimestampTz PgStartTime = 0;
TimestampTz PgReloadTime = 0;

namespace
{

/* Seconds from the Unix epoch to PostgreSQL's. */
constexpr int64 kEpochDifference =
	static_cast<int64>(POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * SECS_PER_DAY;

} /* namespace */

TimestampTz
GetCurrentTimestamp(void)
{
	return pg::os.realtime_usec() - kEpochDifference * USECS_PER_SEC;
}

void
TimestampDifference(TimestampTz start_time, TimestampTz stop_time, long *secs, int *microsecs)
{
	const TimestampTz difference = Max(stop_time - start_time, 0);

	*secs = difference / USECS_PER_SEC;
	*microsecs = static_cast<int>(difference % USECS_PER_SEC);
}

long
TimestampDifferenceMilliseconds(TimestampTz start_time, TimestampTz stop_time)
{
	TimestampTz difference;

	if (start_time >= stop_time)
		return 0;
	if (__builtin_sub_overflow(stop_time, start_time, &difference) ||
		difference >= INT_MAX * INT64CONST(1000) - 999)
		return INT_MAX;
	return (difference + 999) / 1000;
}

bool
TimestampDifferenceExceeds(TimestampTz start_time, TimestampTz stop_time, int msec)
{
	return stop_time - start_time >= msec * INT64CONST(1000);
}

TimestampTz
time_t_to_timestamptz(pg_time_t tm)
{
	return (tm - kEpochDifference) * USECS_PER_SEC;
}

pg_time_t
timestamptz_to_time_t(TimestampTz t)
{
	const int64 seconds = t / USECS_PER_SEC - (t % USECS_PER_SEC < 0 ? 1 : 0);

	return seconds + kEpochDifference;
}

const char *
timestamptz_to_str(TimestampTz t)
{
	static char text[128];
	const pg_time_t seconds = timestamptz_to_time_t(t);
	const int usec = static_cast<int>(t - time_t_to_timestamptz(seconds));

	if (t == DT_NOBEGIN || t == DT_NOEND)
		return t == DT_NOBEGIN ? "-infinity" : "infinity";

	const pg::LocalTime local = pg::LogTimeZone().local_time(seconds);

	snprintf(text, sizeof(text), "%04d-%02d-%02d %02d:%02d:%02d.%06d %s", local.year, local.month,
			 local.day, local.hour, local.minute, local.second, usec, local.abbreviation);
	return text;
}
