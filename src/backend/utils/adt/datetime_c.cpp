/*
 * utils/adt/datetime_c.cpp
 *		Times taken apart and put together, for C (utils/datetime.h, utils/timestamp.h).
 *
 * Any process with settings.
 */
#include "utils/datetime.h"

#include "access/xact.h"
#include "utils/adt/datetime.h"
#include "utils/error/wall.h"
#include "utils/time/zone.h"

const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",	 "Jul",
							  "Aug", "Sep", "Oct", "Nov", "Dec", nullptr};
const char *const days[] = {"Sunday",	"Monday", "Tuesday",  "Wednesday",
							"Thursday", "Friday", "Saturday", nullptr};
const int day_tab[2][13] = {{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0},
							{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0}};

namespace pg
{
namespace
{

/* Seconds west of UTC at that moment. */
int
offset_of(const TimeZone &zone, int64 utc)
{
	return static_cast<int>((utc - UtcToLocal(utc, zone)) / USECS_PER_SEC);
}

void
fill(struct pg_tm *tm, fsec_t *fsec, int64 local)
{
	const DateTime parts = BreakTimestamp(local);

	*tm = {};
	tm->tm_year = parts.year;
	tm->tm_mon = parts.month;
	tm->tm_mday = parts.day;
	tm->tm_hour = parts.hour;
	tm->tm_min = parts.minute;
	tm->tm_sec = parts.second;
	tm->tm_isdst = -1;
	*fsec = parts.microsecond;
}

/* The zone's abbreviation at that moment; static text, or of the zone. */
const char *
abbreviation(int64 utc, const pg_tz *zone)
{
	const pg_time_t seconds = timestamptz_to_time_t(utc);
	const struct pg_tm *local = pg_localtime(&seconds, zone);

	return local == nullptr ? nullptr : local->tm_zone;
}

} /* namespace */
} /* namespace pg */

int
date2j(int year, int month, int day)
{
	return static_cast<int>(pg::DaysFromDate(year, month, day) + POSTGRES_EPOCH_JDATE);
}

void
j2date(int jd, int *year, int *month, int *day)
{
	pg::DateFromDays(static_cast<int64>(jd) - POSTGRES_EPOCH_JDATE, year, month, day);
}

int
j2day(int jd)
{
	return pg::IsoWeekday(static_cast<int64>(jd) - POSTGRES_EPOCH_JDATE) % 7;
}

int
timestamp2tm(Timestamp dt, int *tzp, struct pg_tm *tm, fsec_t *fsec, const char **tzn,
			 pg_tz *attimezone)
{
	return pg::FromC(
		[&]
		{
			const pg_tz *zone = attimezone != nullptr ? attimezone : session_timezone;

			if (!pg::IsFiniteTimestamp(dt))
				return -1;
			if (tzn != nullptr)
				*tzn = nullptr;
			if (tzp == nullptr)
			{
				pg::fill(tm, fsec, dt);
				return 0;
			}
			*tzp = pg::offset_of(*zone->zone, dt);
			pg::fill(tm, fsec, dt - *tzp * USECS_PER_SEC);
			tm->tm_gmtoff = -*tzp;
			tm->tm_zone = pg::abbreviation(dt, zone);
			if (tzn != nullptr)
				*tzn = tm->tm_zone;
			return 0;
		});
}

int
tm2timestamp(struct pg_tm *tm, fsec_t fsec, int *tzp, Timestamp *result)
{
	const pg::DateTime parts = {.year = tm->tm_year,
								.month = tm->tm_mon,
								.day = tm->tm_mday,
								.hour = tm->tm_hour,
								.minute = tm->tm_min,
								.second = tm->tm_sec,
								.microsecond = fsec};

	*result = 0;
	if (!pg::TryMakeTimestamp(parts, result))
		return -1;
	if (tzp != nullptr)
		*result += *tzp * USECS_PER_SEC;
	return 0;
}

void
GetCurrentDateTime(struct pg_tm *tm)
{
	fsec_t fsec;

	GetCurrentTimeUsec(tm, &fsec, nullptr);
}

void
GetCurrentTimeUsec(struct pg_tm *tm, fsec_t *fsec, int *tzp)
{
	int offset;

	timestamp2tm(GetCurrentTransactionStartTimestamp(), &offset, tm, fsec, nullptr,
				 session_timezone);
	if (tzp != nullptr)
		*tzp = offset;
}
