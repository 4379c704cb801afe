/*
 * utils/adt/extract.cpp
 *		extract (numeric) and date_part (double precision): one field of a date, time or interval.
 *
 * Processes with settings.  A field is computed once, as an integer with a scale; the two functions
 * differ in how they print it.
 */
#include "utils/adt/extract.h"

#include <algorithm>
#include <optional>

#include "utils/adt/adt_internals.h"
#include "utils/adt/datetime.h"
#include "utils/adt/field.h"
#include "utils/adt/interval.h"
#include "utils/adt/numeric.h"
#include "utils/time/zone.h"

namespace pg
{

/* ---- Names ---- */

static constexpr std::pair<std::string_view, Field> kFields[] = {
	{"us", Field::Microseconds},
	{"usec", Field::Microseconds},
	{"usecs", Field::Microseconds},
	{"useconds", Field::Microseconds},
	{"microsecond", Field::Microseconds},
	{"microseconds", Field::Microseconds},
	{"ms", Field::Milliseconds},
	{"msec", Field::Milliseconds},
	{"msecs", Field::Milliseconds},
	{"mseconds", Field::Milliseconds},
	{"millisecond", Field::Milliseconds},
	{"milliseconds", Field::Milliseconds},
	{"s", Field::Second},
	{"sec", Field::Second},
	{"secs", Field::Second},
	{"second", Field::Second},
	{"seconds", Field::Second},
	{"m", Field::Minute},
	{"min", Field::Minute},
	{"mins", Field::Minute},
	{"minute", Field::Minute},
	{"minutes", Field::Minute},
	{"h", Field::Hour},
	{"hr", Field::Hour},
	{"hrs", Field::Hour},
	{"hour", Field::Hour},
	{"hours", Field::Hour},
	{"d", Field::Day},
	{"day", Field::Day},
	{"days", Field::Day},
	{"w", Field::Week},
	{"week", Field::Week},
	{"weeks", Field::Week},
	{"mon", Field::Month},
	{"mons", Field::Month},
	{"month", Field::Month},
	{"months", Field::Month},
	{"qtr", Field::Quarter},
	{"quarter", Field::Quarter},
	{"y", Field::Year},
	{"yr", Field::Year},
	{"yrs", Field::Year},
	{"year", Field::Year},
	{"years", Field::Year},
	{"dec", Field::Decade},
	{"decs", Field::Decade},
	{"decade", Field::Decade},
	{"decades", Field::Decade},
	{"c", Field::Century},
	{"cent", Field::Century},
	{"century", Field::Century},
	{"centuries", Field::Century},
	{"mil", Field::Millennium},
	{"mils", Field::Millennium},
	{"millennium", Field::Millennium},
	{"millennia", Field::Millennium},
	{"dow", Field::Dow},
	{"isodow", Field::Isodow},
	{"doy", Field::Doy},
	{"isoyear", Field::Isoyear},
	{"julian", Field::Julian},
	{"jd", Field::Julian},
	{"j", Field::Julian},
	{"epoch", Field::Epoch},
	{"timezone", Field::Timezone},
	{"timezone_h", Field::TimezoneHour},
	{"timezone_hour", Field::TimezoneHour},
	{"timezone_m", Field::TimezoneMinute},
	{"timezone_minute", Field::TimezoneMinute},
};

void
RaiseUnknownField(std::string_view name, const char *type)
{
	Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
			  .msg("unit \"%s\" not recognized for type %s", LowerCase(name).c_str(), type));
}

Field
ParseField(std::string_view name, const char *type)
{
	const std::string lower = LowerCase(name);

	for (const auto &[known, field] : kFields)
		if (known == lower)
			return field;
	RaiseUnknownField(name, type);
}

void
RaiseUnsupportedField(std::string_view name, const char *type, const char *detail)
{
	Report report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED);

	report.msg("unit \"%s\" not supported for type %s", LowerCase(name).c_str(), type);
	if (detail != nullptr)
		report.detail("%s", detail);
	Raise(report);
}

/* ---- Fields ---- */

namespace
{

/* number * 10^-scale; Infinity where the type's infinity has a place in the field's order. */
struct FieldValue
{
	int64 number = 0;
	int scale = 0;
	int infinity = 0;
};

} /* namespace */

using OptionalField = std::optional<FieldValue>;

static FieldValue
whole(int64 number)
{
	return {number, 0, 0};
}

/* Fields that grow with time have infinite values at the infinities; cyclic ones are null there. */
static OptionalField
infinite_field(Field field, bool negative, std::string_view name, const char *type, bool zones)
{
	switch (field)
	{
		case Field::Year:
		case Field::Decade:
		case Field::Century:
		case Field::Millennium:
		case Field::Isoyear:
		case Field::Julian:
		case Field::Epoch: return FieldValue{0, 0, negative ? -1 : 1};
		case Field::Timezone:
		case Field::TimezoneHour:
		case Field::TimezoneMinute:
			if (!zones)
				RaiseUnsupportedField(name, type);
			return std::nullopt;
		default: return std::nullopt;
	}
}

/* Fields of the date alone; false when it is none of them. */
static bool
date_field(Field field, const DateTime &t, FieldValue *result)
{
	const int64 days = DaysFromDate(t.year, t.month, t.day);
	int iso_year, week;

	switch (field)
	{
		case Field::Day: *result = whole(t.day); return true;
		case Field::Week:
			IsoWeek(days, &iso_year, &week);
			*result = whole(week);
			return true;
		case Field::Isoyear:
			IsoWeek(days, &iso_year, &week);
			*result = whole(iso_year > 0 ? iso_year : iso_year - 1);
			return true;
		case Field::Month: *result = whole(t.month); return true;
		case Field::Quarter: *result = whole((t.month - 1) / 3 + 1); return true;
		case Field::Year: *result = whole(t.year > 0 ? t.year : t.year - 1); return true;
		case Field::Decade:
			*result = whole(t.year >= 0 ? t.year / 10 : -((8 - (t.year - 1)) / 10));
			return true;
		case Field::Century:
			*result = whole(t.year > 0 ? (t.year + 99) / 100 : -((99 - (t.year - 1)) / 100));
			return true;
		case Field::Millennium:
			*result = whole(t.year > 0 ? (t.year + 999) / 1000 : -((999 - (t.year - 1)) / 1000));
			return true;
		case Field::Dow: *result = whole(IsoWeekday(days) % 7); return true;
		case Field::Isodow: *result = whole(IsoWeekday(days)); return true;
		case Field::Doy: *result = whole(days - DaysFromDate(t.year, 1, 1) + 1); return true;
		default: return false;
	}
}

/* Fields of a time of day in microseconds. */
static bool
time_field(Field field, int64 time, FieldValue *result)
{
	switch (field)
	{
		case Field::Microseconds: *result = whole(time % USECS_PER_MINUTE); return true;
		case Field::Milliseconds: *result = {time % USECS_PER_MINUTE, 3, 0}; return true;
		case Field::Second: *result = {time % USECS_PER_MINUTE, 6, 0}; return true;
		case Field::Minute: *result = whole(time / USECS_PER_MINUTE % 60); return true;
		case Field::Hour: *result = whole(time / USECS_PER_HOUR); return true;
		default: return false;
	}
}

static int64
time_of_day(const DateTime &t)
{
	return ((t.hour * 60LL + t.minute) * 60 + t.second) * USECS_PER_SEC + t.microsecond;
}

/* epoch of a time in microseconds since 2000; Julian days are for the callers. */
static OptionalField
timestamp_field(Field field, int64 local, int64 epoch_base, std::string_view name, const char *type)
{
	const DateTime t = BreakTimestamp(local);
	FieldValue result;

	if (date_field(field, t, &result) || time_field(field, time_of_day(t), &result))
		return result;
	if (field != Field::Epoch)
		RaiseUnsupportedField(name, type);
	int64 since_1970;

	if (__builtin_add_overflow(epoch_base, static_cast<int64>(10957) * USECS_PER_DAY, &since_1970))
		RaiseTimestampRange();
	return FieldValue{since_1970, 6, 0};
}

static OptionalField
timestamptz_field(Field field, int64 utc, std::string_view name)
{
	static constexpr const char *kType = "timestamp with time zone";

	if (!IsFiniteTimestamp(utc))
		return infinite_field(field, utc == DT_NOBEGIN, name, kType, true);
	const int offset = UtcOffset(utc, SessionTimeZone());

	switch (field)
	{
		case Field::Timezone: return whole(offset);
		case Field::TimezoneHour: return whole(offset / 3600);
		case Field::TimezoneMinute: return whole(offset % 3600 / 60);
		default: return timestamp_field(field, utc + offset * USECS_PER_SEC, utc, name, kType);
	}
}

static OptionalField
local_timestamp_field(Field field, int64 local, std::string_view name)
{
	static constexpr const char *kType = "timestamp without time zone";

	if (!IsFiniteTimestamp(local))
		return infinite_field(field, local == DT_NOBEGIN, name, kType, false);
	return timestamp_field(field, local, local, name, kType);
}

static OptionalField
interval_field(Field field, const Interval &interval, std::string_view name)
{
	const int years = interval.month / 12;
	FieldValue result;

	if (time_field(field, interval.time, &result))
		return result;
	switch (field)
	{
		case Field::Day: return whole(interval.day);
		case Field::Month: return whole(interval.month % 12);
		case Field::Quarter: return whole(interval.month % 12 / 3 + 1);
		case Field::Year: return whole(years);
		case Field::Decade: return whole(years / 10);
		case Field::Century: return whole(years / 100);
		case Field::Millennium: return whole(years / 1000);
		case Field::Epoch: break;
		default: RaiseUnsupportedField(name, "interval");
	}
	/* A year has 365.25 days, a month 30. */
	const int64 quarter_days = 1461LL * years + 120LL * (interval.month % 12) + 4LL * interval.day;
	int64 number;

	if (__builtin_mul_overflow(quarter_days * (SECS_PER_DAY / 4), USECS_PER_SEC, &number) ||
		__builtin_add_overflow(number, interval.time, &number))
		RaiseIntervalRange();
	return FieldValue{number, 6, 0};
}

static OptionalField
time_only_field(Field field, int64 time, std::string_view name)
{
	FieldValue result;

	if (time_field(field, time, &result))
		return result;
	if (field != Field::Epoch)
		RaiseUnsupportedField(name, "time without time zone");
	return FieldValue{time, 6, 0};
}

static OptionalField
date_only_field(Field field, int64 date, std::string_view name)
{
	FieldValue result;
	DateTime t;

	if (!IsFiniteDate(date))
	{
		const OptionalField value =
			infinite_field(field, date == PG_INT32_MIN, name, "date", false);
		if (!value && field <= Field::Hour)
			RaiseUnsupportedField(name, "date");
		return value;
	}
	DateFromDays(date, &t.year, &t.month, &t.day);
	if (date_field(field, t, &result))
		return result;
	if (field == Field::Julian)
		return whole(date + POSTGRES_EPOCH_JDATE);
	if (field != Field::Epoch)
		RaiseUnsupportedField(name, "date");
	return whole((date + 10957) * SECS_PER_DAY);
}

/* ---- Results ---- */

static void
set_numeric(FunctionCall &call, const OptionalField &field)
{
	if (!field)
		return;
	if (field->infinity != 0)
		return SetText(call, field->infinity < 0 ? "-Infinity" : "Infinity");
	SetDecimal(call, {BigInt(field->number), field->scale});
}

static void
set_float(FunctionCall &call, const OptionalField &field)
{
	if (!field)
		return;
	if (field->infinity != 0)
		return SetFloat(call, field->infinity * std::numeric_limits<double>::infinity());
	SetFloat(call, static_cast<double>(field->number) / (field->scale == 6	 ? 1e6
														 : field->scale == 3 ? 1e3
																			 : 1.0));
}

/* The day number with the part of the day gone. */
static bool
set_julian(FunctionCall &call, int64 local, bool numeric)
{
	const DateTime t = BreakTimestamp(local);
	const int64 day = DaysFromDate(t.year, t.month, t.day) + POSTGRES_EPOCH_JDATE;

	if (!numeric)
		SetFloat(call, static_cast<double>(day) + static_cast<double>(time_of_day(t)) /
													  static_cast<double>(USECS_PER_DAY));
	else
		SetDecimal(call, AddDecimals(Decimal::FromInt(day),
									 DivideDecimals(Decimal::FromInt(time_of_day(t)),
													Decimal::FromInt(USECS_PER_DAY))));
	return true;
}

template <bool kNumeric>
static void
set_field(FunctionCall &call, const OptionalField &field)
{
	kNumeric ? set_numeric(call, field) : set_float(call, field);
}

template <bool kNumeric>
static void
of_timestamp(FunctionCall &call)
{
	const std::string_view name = ArgText(call, 0);
	const int64 timestamp = ArgInt(call, 1);
	const Field field = ParseField(name, "timestamp without time zone");

	if (field == Field::Julian && IsFiniteTimestamp(timestamp))
		set_julian(call, timestamp, kNumeric);
	else
		set_field<kNumeric>(call, local_timestamp_field(field, timestamp, name));
}

template <bool kNumeric>
static void
of_timestamptz(FunctionCall &call)
{
	const std::string_view name = ArgText(call, 0);
	const int64 timestamp = ArgInt(call, 1);
	const Field field = ParseField(name, "timestamp with time zone");

	if (field == Field::Julian && IsFiniteTimestamp(timestamp))
		set_julian(call, UtcToLocal(timestamp), kNumeric);
	else
		set_field<kNumeric>(call, timestamptz_field(field, timestamp, name));
}

template <bool kNumeric>
static void
of_interval(FunctionCall &call)
{
	const std::string_view name = ArgText(call, 0);

	set_field<kNumeric>(call,
						interval_field(ParseField(name, "interval"), ArgInterval(call, 1), name));
}

template <bool kNumeric>
static void
of_time(FunctionCall &call)
{
	const std::string_view name = ArgText(call, 0);

	set_field<kNumeric>(
		call, time_only_field(ParseField(name, "time without time zone"), ArgInt(call, 1), name));
}

void
timestamp_part(FunctionCall &call)
{
	of_timestamp<false>(call);
}

void
extract_timestamp(FunctionCall &call)
{
	of_timestamp<true>(call);
}

void
timestamptz_part(FunctionCall &call)
{
	of_timestamptz<false>(call);
}

void
extract_timestamptz(FunctionCall &call)
{
	of_timestamptz<true>(call);
}

void
interval_part(FunctionCall &call)
{
	of_interval<false>(call);
}

void
extract_interval(FunctionCall &call)
{
	of_interval<true>(call);
}

void
time_part(FunctionCall &call)
{
	of_time<false>(call);
}

void
extract_time(FunctionCall &call)
{
	of_time<true>(call);
}

void
extract_date(FunctionCall &call)
{
	const std::string_view name = ArgText(call, 0);

	set_numeric(call, date_only_field(ParseField(name, "date"), ArgInt(call, 1), name));
}

/* date_part of a date goes through timestamp, so that it has hours, too. */
void
date_part_date(FunctionCall &call)
{
	const std::string_view name = ArgText(call, 0);
	const int64 date = ArgInt(call, 1);
	const int64 timestamp =
		!IsFiniteDate(date) ? (date < 0 ? DT_NOBEGIN : DT_NOEND) : date * USECS_PER_DAY;
	const Field field = ParseField(name, "timestamp without time zone");

	if (IsFiniteDate(date) && date >= TIMESTAMP_END_JULIAN - POSTGRES_EPOCH_JDATE)
		Raise(Report(ERROR, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE)
				  .msg("date out of range for timestamp"));
	if (field == Field::Julian && IsFiniteTimestamp(timestamp))
		set_julian(call, timestamp, false);
	else
		set_float(call, local_timestamp_field(field, timestamp, name));
}

} /* namespace pg */
