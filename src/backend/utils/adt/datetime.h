/*
 * utils/adt/datetime.h
 *		Dates and times taken apart: calendar, zones, reading, printing.
 *
 * Processes with settings (DateStyle, TimeZone).  Timestamps are microseconds since 2000-01-01, dates days.
 */
#pragma once

#include <string>
#include <string_view>

#include "common/timezone.h"
#include "datatype/timestamp.h"

namespace pg
{

/* year is astronomical: 0 is 1 BC. Fields of a local time; second may be 60 on input only. */
struct DateTime
{
	int year = 2000, month = 1, day = 1;
	int hour = 0, minute = 0, second = 0;
	int microsecond = 0;
};

/* ---- Calendar ---- */

bool IsLeapYear(int64 year);
int DaysInMonth(int64 year, int month);
/* Days since 2000-01-01 of the proleptic Gregorian calendar; month may lie outside 1..12. */
int64 DaysFromDate(int64 year, int month, int day);
void DateFromDays(int64 days, int *year, int *month, int *day);
inline bool
IsFiniteDate(int64 date)
{
	return date != PG_INT32_MIN && date != PG_INT32_MAX;
}
inline bool
IsFiniteTimestamp(int64 timestamp)
{
	return !TIMESTAMP_NOT_FINITE(timestamp);
}
/* 1 Monday .. 7 Sunday; week and year of ISO 8601. */
int IsoWeekday(int64 days);
void IsoWeek(int64 days, int *iso_year, int *week);
/* Monday of that week. */
int64 DaysFromIsoWeek(int iso_year, int week);

DateTime BreakTimestamp(int64 timestamp);
/* Raises 22008 "timestamp out of range" where it does not fit. */
int64 MakeTimestamp(const DateTime &t);
/* Without raising: false when out of range. */
bool TryMakeTimestamp(const DateTime &t, int64 *result);
[[noreturn]] void RaiseTimestampRange();

/* ---- Zones ---- */

/* Local time in a zone <-> UTC. Infinities stay. Raise 22008. */
int64 LocalToUtc(int64 local, const TimeZone &zone);
int64 UtcToLocal(int64 utc, const TimeZone &zone);
/* The session's zone. */
int64 LocalToUtc(int64 local);
int64 UtcToLocal(int64 utc);
/* Seconds east of Greenwich at an instant. */
int UtcOffset(int64 utc, const TimeZone &zone);
/* Abbreviation ("CEST", case ignored) to seconds east. */
bool FindZoneAbbreviation(std::string_view name, int *offset);
/* By full name or POSIX text; null when unknown. */
const TimeZone *FindZone(std::string_view name);

/* ---- Reading ---- */

enum class DateTimeKind : uint8_t
{
	Date,
	Time,
	Timestamp,
	Timestamptz
};

/*
 * The value of a literal: days for a date, microseconds else.  Raises 22007, 22008, 22009, 22023 as
 * PostgreSQL words them.
 */
int64 ParseDateTime(std::string_view text, DateTimeKind kind);

/* ---- Printing, in the session's DateStyle ---- */

void AppendDate(int64 date, std::string *out);
void AppendTime(int64 time, std::string *out);
void AppendTimestamp(int64 timestamp, std::string *out);
void AppendTimestamptz(int64 timestamp, std::string *out);
/* ".5", ".123456": nothing for 0. */
void AppendFraction(int microsecond, std::string *out);

/* Names in English, [1..12] and [0..6] from Sunday. */
extern const char *const kMonthNames[13];
extern const char *const kDayNames[7];

} /* namespace pg */
