/*
 * utils/adt/datetime_print.cpp
 *		Prints dates and times in the session's DateStyle; their input and output functions.
 *
 * Processes with settings.
 */
#include <charconv>

#include "miscadmin.h"
#include "utils/adt/adt_internals.h"
#include "utils/adt/datetime.h"
#include "utils/adt/type_io.h"
#include "utils/time/zone.h"

namespace pg
{

/* With leading zeros; value is not negative.  A view shows thousands of times: no printf here. */
static void
append_number(int value, int width, std::string *out)
{
	char text[16];
	const auto length = std::to_chars(text, text + sizeof(text), value).ptr - text;

	if (length < width)
		out->append(static_cast<size_t>(width - length), '0');
	out->append(text, static_cast<size_t>(length));
}

void
AppendFraction(int microsecond, std::string *out)
{
	if (microsecond == 0)
		return;
	out->push_back('.');
	append_number(microsecond, 6, out);
	while (out->back() == '0')
		out->pop_back();
}

static void
append_clock(const DateTime &t, std::string *out)
{
	append_number(t.hour, 2, out);
	out->push_back(':');
	append_number(t.minute, 2, out);
	out->push_back(':');
	append_number(t.second, 2, out);
	AppendFraction(t.microsecond, out);
}

static int
shown_year(const DateTime &t)
{
	return t.year > 0 ? t.year : 1 - t.year;
}

/* Day and month in the order of the style, with a separator. */
static void
append_day_month(const DateTime &t, char separator, bool day_first, std::string *out)
{
	append_number(day_first ? t.day : t.month, 2, out);
	out->push_back(separator);
	append_number(day_first ? t.month : t.day, 2, out);
}

static void
append_date_part(const DateTime &t, std::string *out)
{
	switch (DateStyle)
	{
		case USE_ISO_DATES:
			append_number(shown_year(t), 4, out);
			out->push_back('-');
			append_number(t.month, 2, out);
			out->push_back('-');
			append_number(t.day, 2, out);
			break;
		case USE_SQL_DATES:
			append_day_month(t, '/', DateOrder == DATEORDER_DMY, out);
			out->push_back('/');
			append_number(shown_year(t), 4, out);
			break;
		case USE_GERMAN_DATES:
			append_day_month(t, '.', true, out);
			out->push_back('.');
			append_number(shown_year(t), 4, out);
			break;
		case USE_POSTGRES_DATES:
			append_day_month(t, '-', DateOrder == DATEORDER_DMY, out);
			out->push_back('-');
			append_number(shown_year(t), 4, out);
			break;
	}
}

static void
append_era(const DateTime &t, std::string *out)
{
	if (t.year <= 0)
		out->append(" BC");
}

/* "+02", "-03:30", "+01:22:33" */
static void
append_offset(int seconds, std::string *out)
{
	const int absolute = seconds < 0 ? -seconds : seconds;

	out->push_back(seconds < 0 ? '-' : '+');
	append_number(absolute / 3600, 2, out);
	if (absolute % 3600 != 0)
	{
		out->push_back(':');
		append_number(absolute / 60 % 60, 2, out);
	}
	if (absolute % 60 != 0)
	{
		out->push_back(':');
		append_number(absolute % 60, 2, out);
	}
}

/* zone null: without time zone. */
static void
append_timestamp(const DateTime &t, const TimeZone::Rule *zone, std::string *out)
{
	const auto append_zone = [&](bool by_name)
	{
		if (zone == nullptr)
			return;
		if (!by_name || zone->abbreviation.empty() || zone->abbreviation[0] == '+' ||
			zone->abbreviation[0] == '-')
			return append_offset(zone->utc_offset, out);
		out->push_back(' ');
		out->append(zone->abbreviation);
	};

	if (DateStyle != USE_POSTGRES_DATES)
	{
		append_date_part(t, out);
		out->push_back(' ');
		append_clock(t, out);
		append_zone(DateStyle != USE_ISO_DATES);
		append_era(t, out);
		return;
	}
	const int weekday = IsoWeekday(DaysFromDate(t.year, t.month, t.day)) % 7;
	const std::string_view month = std::string_view(kMonthNames[t.month]).substr(0, 3);

	out->append(std::string_view(kDayNames[weekday]).substr(0, 3)).push_back(' ');
	if (DateOrder == DATEORDER_DMY)
	{
		append_number(t.day, 2, out);
		out->append(" ").append(month);
	}
	else
	{
		out->append(month).append(" ");
		append_number(t.day, 2, out);
	}
	out->push_back(' ');
	append_clock(t, out);
	out->push_back(' ');
	append_number(shown_year(t), 4, out);
	append_zone(true);
	append_era(t, out);
}

static bool
append_infinity(bool lowest, bool highest, std::string *out)
{
	if (lowest || highest)
		out->append(lowest ? "-infinity" : "infinity");
	return lowest || highest;
}

void
AppendDate(int64 date, std::string *out)
{
	DateTime t;

	if (append_infinity(date == PG_INT32_MIN, date == PG_INT32_MAX, out))
		return;
	DateFromDays(date, &t.year, &t.month, &t.day);
	append_date_part(t, out);
	append_era(t, out);
}

void
AppendTime(int64 time, std::string *out)
{
	DateTime t;

	t.hour = static_cast<int>(time / USECS_PER_HOUR);
	t.minute = static_cast<int>(time / USECS_PER_MINUTE % 60);
	t.second = static_cast<int>(time / USECS_PER_SEC % 60);
	t.microsecond = static_cast<int>(time % USECS_PER_SEC);
	append_clock(t, out);
}

void
AppendTimestamp(int64 timestamp, std::string *out)
{
	if (!append_infinity(timestamp == DT_NOBEGIN, timestamp == DT_NOEND, out))
		append_timestamp(BreakTimestamp(timestamp), nullptr, out);
}

void
AppendTimestamptz(int64 timestamp, std::string *out)
{
	if (append_infinity(timestamp == DT_NOBEGIN, timestamp == DT_NOEND, out))
		return;

	const int64 unix_time =
		(timestamp >= 0 ? timestamp : timestamp - (USECS_PER_SEC - 1)) / USECS_PER_SEC + 946684800;
	const TimeZone::Rule &rule = SessionTimeZone().rule_at(unix_time);

	append_timestamp(BreakTimestamp(timestamp + rule.utc_offset * USECS_PER_SEC), &rule, out);
}

/* ---- Type functions ---- */

int64
RoundMicroseconds(int64 value, int32 typmod)
{
	static constexpr int64 kUnits[] = {1000000, 100000, 10000, 1000, 100, 10, 1};

	if (typmod < 0 || typmod >= 6 || !IsFiniteTimestamp(value))
		return value;
	const int64 unit = kUnits[typmod];
	const int64 half = unit / 2;

	return value >= 0 ? (value + half) / unit * unit : -((-value + half) / unit * unit);
}

Value
DateIn(std::string_view text, int32, std::string *)
{
	return Value::Int(ParseDateTime(text, DateTimeKind::Date));
}

Value
TimeIn(std::string_view text, int32 typmod, std::string *)
{
	return Value::Int(RoundMicroseconds(ParseDateTime(text, DateTimeKind::Time), typmod));
}

Value
TimestampIn(std::string_view text, int32 typmod, std::string *)
{
	return Value::Int(RoundMicroseconds(ParseDateTime(text, DateTimeKind::Timestamp), typmod));
}

Value
TimestamptzIn(std::string_view text, int32 typmod, std::string *)
{
	return Value::Int(RoundMicroseconds(ParseDateTime(text, DateTimeKind::Timestamptz), typmod));
}

void
DateOut(const Value &value, std::string *out)
{
	AppendDate(value.integer, out);
}

void
TimeOut(const Value &value, std::string *out)
{
	AppendTime(value.integer, out);
}

void
TimestampOut(const Value &value, std::string *out)
{
	AppendTimestamp(value.integer, out);
}

void
TimestamptzOut(const Value &value, std::string *out)
{
	AppendTimestamptz(value.integer, out);
}

Value
TimeTypmod(const Value &value, int32 typmod, bool, std::string *)
{
	return Value::Int(RoundMicroseconds(value.integer, typmod));
}

Value
TimestampTypmod(const Value &value, int32 typmod, bool, std::string *)
{
	const int64 result = RoundMicroseconds(value.integer, typmod);

	if (IsFiniteTimestamp(result) && !IS_VALID_TIMESTAMP(result))
		RaiseTimestampRange();
	return Value::Int(result);
}

} /* namespace pg */
