/*
 * utils/adt/calendar.cpp
 *		The proleptic Gregorian calendar, timestamps taken apart, and time zones.
 *
 * Processes with settings.
 */
#include <algorithm>

#include "utils/adt/adt_internals.h"
#include "utils/adt/datetime.h"
#include "utils/time/zone.h"

namespace pg
{

const char *const kMonthNames[13] = {"",		"January",	"February", "March",  "April",
									 "May",		"June",		"July",		"August", "September",
									 "October", "November", "December"};
const char *const kDayNames[7] = {"Sunday",	  "Monday", "Tuesday", "Wednesday",
								  "Thursday", "Friday", "Saturday"};

static constexpr int64 kUnixEpochSeconds = 946684800; /* 2000-01-01 in Unix time */

/* Rounds towards minus infinity. */
static int64
floor_divide(int64 a, int64 b)
{
	return a / b - (a % b < 0);
}

bool
IsLeapYear(int64 year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int
DaysInMonth(int64 year, int month)
{
	static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return kDays[month - 1] + (month == 2 && IsLeapYear(year));
}

/* Years begin in March here, so that the leap day comes last. */
int64
DaysFromDate(int64 year, int month, int day)
{
	year += floor_divide(month - 1, 12);
	month = static_cast<int>(month - 1 - 12 * floor_divide(month - 1, 12)) + 1;
	if (month <= 2)
		year--;
	const int64 era = floor_divide(year, 400);
	const int64 year_of_era = year - era * 400;
	const int64 day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	const int64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return era * 146097 + day_of_era - 730425;
}

void
DateFromDays(int64 days, int *year, int *month, int *day)
{
	const int64 z = days + 730425;
	const int64 era = floor_divide(z, 146097);
	const int64 day_of_era = z - era * 146097;
	const int64 year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	const int64 day_of_year =
		day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	const int64 march_month = (5 * day_of_year + 2) / 153;

	*day = static_cast<int>(day_of_year - (153 * march_month + 2) / 5 + 1);
	*month = static_cast<int>(march_month < 10 ? march_month + 3 : march_month - 9);
	*year = static_cast<int>(year_of_era + era * 400 + (*month <= 2));
}

/* 2000-01-01 was a Saturday. */
int
IsoWeekday(int64 days)
{
	const int64 from_monday = days + 5 - 7 * floor_divide(days + 5, 7);

	return static_cast<int>(from_monday) + 1;
}

int64
DaysFromIsoWeek(int iso_year, int week)
{
	const int64 fourth = DaysFromDate(iso_year, 1, 4);

	return fourth - (IsoWeekday(fourth) - 1) + 7 * (week - 1);
}

void
IsoWeek(int64 days, int *iso_year, int *week)
{
	int year, month, day;

	/* The year of a week is that of its Thursday. */
	DateFromDays(days - IsoWeekday(days) + 4, &year, &month, &day);
	*iso_year = year;
	*week = static_cast<int>((days - DaysFromIsoWeek(year, 1)) / 7) + 1;
}

DateTime
BreakTimestamp(int64 timestamp)
{
	DateTime t;
	const int64 days = floor_divide(timestamp, USECS_PER_DAY);
	int64 rest = timestamp - days * USECS_PER_DAY;

	DateFromDays(days, &t.year, &t.month, &t.day);
	t.microsecond = static_cast<int>(rest % USECS_PER_SEC);
	rest /= USECS_PER_SEC;
	t.second = static_cast<int>(rest % 60);
	t.minute = static_cast<int>(rest / 60 % 60);
	t.hour = static_cast<int>(rest / 3600);
	return t;
}

bool
TryMakeTimestamp(const DateTime &t, int64 *result)
{
	const int64 days = DaysFromDate(t.year, t.month, t.day);
	const int64 time = ((t.hour * 60LL + t.minute) * 60 + t.second) * USECS_PER_SEC + t.microsecond;

	return !__builtin_mul_overflow(days, USECS_PER_DAY, result) &&
		   !__builtin_add_overflow(*result, time, result) && IS_VALID_TIMESTAMP(*result);
}

void
RaiseTimestampRange()
{
	Raise(Report(ERROR, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE).msg("timestamp out of range"));
}

int64
MakeTimestamp(const DateTime &t)
{
	int64 result;

	if (!TryMakeTimestamp(t, &result))
		RaiseTimestampRange();
	return result;
}

/* ---- Zones ---- */

int
UtcOffset(int64 utc, const TimeZone &zone)
{
	return zone.rule_at(floor_divide(utc, USECS_PER_SEC) + kUnixEpochSeconds).utc_offset;
}

static int64
checked_timestamp(int64 timestamp)
{
	if (!IS_VALID_TIMESTAMP(timestamp))
		RaiseTimestampRange();
	return timestamp;
}

int64
UtcToLocal(int64 utc, const TimeZone &zone)
{
	if (!IsFiniteTimestamp(utc))
		return utc;
	return checked_timestamp(utc + UtcOffset(utc, zone) * USECS_PER_SEC);
}

int64
LocalToUtc(int64 local, const TimeZone &zone)
{
	if (!IsFiniteTimestamp(local))
		return local;
	const int64 seconds = floor_divide(local, USECS_PER_SEC);
	const int64 utc = zone.unix_time(seconds + kUnixEpochSeconds) - kUnixEpochSeconds;

	return checked_timestamp(utc * USECS_PER_SEC + (local - seconds * USECS_PER_SEC));
}

int64
LocalToUtc(int64 local)
{
	return LocalToUtc(local, SessionTimeZone());
}

int64
UtcToLocal(int64 utc)
{
	return UtcToLocal(utc, SessionTimeZone());
}

const TimeZone *
FindZone(std::string_view name)
{
	const pg_tz *const zone = pg_tzset(std::string(name).c_str());

	return zone != nullptr ? zone->zone.get() : nullptr;
}

/* Hours east of Greenwich, in halves; the abbreviations that PostgreSQL knows by default and that are in wide use. */
static constexpr std::pair<std::string_view, int> kAbbreviations[] = {
	{"acdt", 21},  {"acst", 19}, {"adt", -6},  {"aedt", 22}, {"aest", 20}, {"akdt", -16},
	{"akst", -18}, {"ast", -8},	 {"awst", 16}, {"bst", 2},	 {"cdt", -10}, {"cest", 4},
	{"cet", 2},	   {"cst", -12}, {"eat", 6},   {"edt", -8},	 {"eest", 6},  {"eet", 4},
	{"est", -10},  {"gmt", 0},	 {"hkt", 16},  {"hst", -20}, {"idt", 6},   {"ist", 4},
	{"jst", 18},   {"kst", 18},	 {"mdt", -12}, {"msd", 8},	 {"msk", 6},   {"mst", -14},
	{"ndt", -5},   {"nst", -7},	 {"nzdt", 26}, {"nzst", 24}, {"pdt", -14}, {"pkt", 10},
	{"pst", -16},  {"sast", 4},	 {"sgt", 16},  {"ut", 0},	 {"utc", 0},   {"west", 2},
	{"wet", 0},	   {"z", 0},	 {"zulu", 0},
};

bool
FindZoneAbbreviation(std::string_view name, int *offset)
{
	std::string lower(name);

	std::ranges::transform(lower, lower.begin(), LowerAscii);
	const auto found =
		std::ranges::lower_bound(kAbbreviations, lower, {}, [](auto &a) { return a.first; });

	if (found == std::end(kAbbreviations) || found->first != lower)
		return false;
	*offset = found->second * 1800;
	return true;
}

} /* namespace pg */
