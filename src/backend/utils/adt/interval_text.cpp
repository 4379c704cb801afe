/*
 * utils/adt/interval_text.cpp
 *		Intervals as text: the engine's form, and output in the four styles.
 *
 * Any process; output looks at IntervalStyle.
 */
#include <charconv>

#include "miscadmin.h"
#include "utils/adt/adt_internals.h"
#include "utils/adt/datetime.h"
#include "utils/adt/interval.h"
#include "utils/adt/type_io.h"

namespace pg
{

/* ---- The engine's form ---- */

static int64
take_number(std::string_view *text) noexcept
{
	int64 value = 0;
	const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);

	text->remove_prefix(static_cast<size_t>(end - text->data()));
	if (text->starts_with(' '))
		text->remove_prefix(1);
	return value;
}

Interval
ReadInterval(std::string_view stored)
{
	Interval interval;

	interval.month = static_cast<int32>(take_number(&stored));
	interval.day = static_cast<int32>(take_number(&stored));
	interval.time = take_number(&stored);
	return interval;
}

void
WriteInterval(const Interval &interval, std::string *out)
{
	const auto append = [&](int64 value)
	{
		char digits[24];
		const auto end = std::to_chars(digits, digits + sizeof(digits), value);

		out->append(digits, end.ptr);
	};

	append(interval.month);
	out->push_back(' ');
	append(interval.day);
	out->push_back(' ');
	append(interval.time);
}

static __int128
comparable_span(const Interval &interval)
{
	return static_cast<__int128>(interval.month * 30LL + interval.day) * USECS_PER_DAY +
		   interval.time;
}

int
CompareIntervals(const Interval &a, const Interval &b)
{
	const __int128 x = comparable_span(a), y = comparable_span(b);

	return x < y ? -1 : x > y;
}

int
CompareIntervalTexts(std::string_view a, std::string_view b) noexcept
{
	return CompareIntervals(ReadInterval(a), ReadInterval(b));
}

void
RaiseIntervalRange()
{
	Raise(Report(ERROR, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE).msg("interval out of range"));
}

/* ---- Printing ---- */

namespace
{

struct IntervalParts
{
	int64 years, months, days, hours, minutes, seconds, microseconds;

	explicit IntervalParts(const Interval &interval)
		: years(interval.month / 12), months(interval.month % 12), days(interval.day),
		  hours(interval.time / USECS_PER_HOUR), minutes(interval.time / USECS_PER_MINUTE % 60),
		  seconds(interval.time / USECS_PER_SEC % 60), microseconds(interval.time % USECS_PER_SEC)
	{
	}
};

} /* namespace */

static void
append_interval_clock(const IntervalParts &p, int hour_width, std::string *out)
{
	char text[64];

	snprintf(text, sizeof(text), "%0*lld:%02lld:%02lld", hour_width, std::llabs(p.hours),
			 std::llabs(p.minutes), std::llabs(p.seconds));
	out->append(text);
	AppendFraction(static_cast<int>(std::llabs(p.microseconds)), out);
}

/* A sign is written where it changes from minus to plus. */
static void
append_postgres(const Interval &interval, std::string *out)
{
	const IntervalParts p(interval);
	bool first = true, after_negative = false;
	const auto field = [&](int64 value, const char *unit)
	{
		if (value == 0)
			return;
		if (!first)
			out->push_back(' ');
		if (after_negative && value > 0)
			out->push_back('+');
		out->append(std::to_string(value)).append(" ").append(unit);
		if (value != 1)
			out->push_back('s');
		after_negative = value < 0;
		first = false;
	};

	field(p.years, "year");
	field(p.months, "mon");
	field(p.days, "day");
	if (!first && interval.time == 0)
		return;
	if (!first)
		out->push_back(' ');
	if (interval.time < 0)
		out->push_back('-');
	else if (after_negative)
		out->push_back('+');
	append_interval_clock(p, 2, out);
}

static void
append_seconds(const IntervalParts &p, std::string *out)
{
	if (p.seconds < 0 || p.microseconds < 0)
		out->push_back('-');
	out->append(std::to_string(std::llabs(p.seconds)));
	AppendFraction(static_cast<int>(std::llabs(p.microseconds)), out);
}

static void
append_verbose(const Interval &interval, std::string *out)
{
	const IntervalParts p(interval);
	bool negative = false, first = true;
	const auto field = [&](int64 value, const char *unit)
	{
		if (value == 0)
			return;
		if (first)
			negative = value < 0;
		const int64 shown = negative ? -value : value;

		out->append(" ").append(std::to_string(shown)).append(" ").append(unit);
		if (shown != 1)
			out->push_back('s');
		first = false;
	};

	out->push_back('@');
	field(p.years, "year");
	field(p.months, "mon");
	field(p.days, "day");
	field(p.hours, "hour");
	field(p.minutes, "min");
	if (p.seconds != 0 || p.microseconds != 0)
	{
		const bool below = p.seconds < 0 || p.microseconds < 0;

		if (first)
			negative = below;
		out->append(below != negative ? " -" : " ").append(std::to_string(std::llabs(p.seconds)));
		AppendFraction(static_cast<int>(std::llabs(p.microseconds)), out);
		out->append(std::llabs(p.seconds) == 1 && p.microseconds == 0 ? " sec" : " secs");
		first = false;
	}
	if (first)
		out->append(" 0");
	if (negative)
		out->append(" ago");
}

static void
append_iso(const Interval &interval, std::string *out)
{
	const IntervalParts p(interval);
	const auto field = [&](int64 value, char unit)
	{
		if (value != 0)
			out->append(std::to_string(value)).push_back(unit);
	};

	if (interval.month == 0 && interval.day == 0 && interval.time == 0)
	{
		out->append("PT0S");
		return;
	}
	out->push_back('P');
	field(p.years, 'Y');
	field(p.months, 'M');
	field(p.days, 'D');
	if (interval.time == 0)
		return;
	out->push_back('T');
	field(p.hours, 'H');
	field(p.minutes, 'M');
	if (p.seconds != 0 || p.microseconds != 0)
	{
		append_seconds(p, out);
		out->push_back('S');
	}
}

static void
append_sql(const Interval &interval, std::string *out)
{
	const IntervalParts p(interval);
	const bool any_negative = interval.month < 0 || interval.day < 0 || interval.time < 0;
	const bool any_positive = interval.month > 0 || interval.day > 0 || interval.time > 0;
	const bool has_year_month = interval.month != 0;
	const bool has_day_time = interval.day != 0 || interval.time != 0;
	const auto year_month = [&]
	{ return std::to_string(std::llabs(p.years)) + "-" + std::to_string(std::llabs(p.months)); };

	if (!any_negative && !any_positive)
	{
		out->push_back('0');
		return;
	}
	if ((any_negative && any_positive) || (has_year_month && has_day_time))
	{
		/* Not a standard interval: every part with its sign. */
		out->append(interval.month < 0 ? "-" : "+").append(year_month());
		out->append(interval.day < 0 ? " -" : " +").append(std::to_string(std::llabs(p.days)));
		out->append(interval.time < 0 ? " -" : " +");
		return append_interval_clock(p, 1, out);
	}
	if (any_negative)
		out->push_back('-');
	if (has_year_month)
	{
		out->append(year_month());
		return;
	}
	if (interval.day != 0)
		out->append(std::to_string(std::llabs(p.days))).push_back(' ');
	append_interval_clock(p, 1, out);
}

void
AppendInterval(const Interval &interval, std::string *out)
{
	switch (IntervalStyle)
	{
		case INTSTYLE_POSTGRES: return append_postgres(interval, out);
		case INTSTYLE_POSTGRES_VERBOSE: return append_verbose(interval, out);
		case INTSTYLE_SQL_STANDARD: return append_sql(interval, out);
		default: return append_iso(interval, out);
	}
}

/* ---- Type functions ---- */

static Value
stored(const Interval &interval, std::string *scratch)
{
	scratch->clear();
	WriteInterval(interval, scratch);
	return Value::Text(*scratch);
}

Value
IntervalIn(std::string_view text, int32 typmod, std::string *scratch)
{
	return stored(ApplyIntervalTypmod(ParseInterval(text, typmod), typmod), scratch);
}

void
IntervalOut(const Value &value, std::string *out)
{
	AppendInterval(ReadInterval(value.bytes), out);
}

Value
IntervalTypmod(const Value &value, int32 typmod, bool, std::string *scratch)
{
	return stored(ApplyIntervalTypmod(ReadInterval(value.bytes), typmod), scratch);
}

} /* namespace pg */
