/*
 * utils/adt/truncate.cpp
 *		date_trunc and date_bin of timestamps, and age: differences in years, months and days.
 *
 * Processes with settings.
 */
#include "access/transaction.h"
#include "utils/adt/adt_internals.h"
#include "utils/adt/datetime.h"
#include "utils/adt/extract.h"
#include "utils/adt/field.h"
#include "utils/adt/interval.h"
#include "utils/time/zone.h"

namespace pg
{

/* First year of a span of `length` years; centuries and millennia begin with year 1. */
static int
first_year(int year, int length, int first)
{
	if (first == 1)
		return year > 0 ? (year - 1) / length * length + 1
						: -((length - 1 - (year - 1)) / length) * length + 1;
	return year > 0 ? year / length * length : -((length - 2 - (year - 1)) / length) * length;
}

static void
clear_time(DateTime *t)
{
	t->hour = t->minute = t->second = t->microsecond = 0;
}

static void
clear_from_month(DateTime *t)
{
	t->month = t->day = 1;
	clear_time(t);
}

/* Raises for fields that cut nothing. */
static int64
truncate_local(int64 local, Field field, std::string_view name, const char *type)
{
	DateTime t = BreakTimestamp(local);

	switch (field)
	{
		case Field::Millennium:
			t.year = first_year(t.year, 1000, 1);
			clear_from_month(&t);
			break;
		case Field::Century:
			t.year = first_year(t.year, 100, 1);
			clear_from_month(&t);
			break;
		case Field::Decade:
			t.year = first_year(t.year, 10, 0);
			clear_from_month(&t);
			break;
		case Field::Year: clear_from_month(&t); break;
		case Field::Quarter:
			t.month = (t.month - 1) / 3 * 3 + 1;
			t.day = 1;
			clear_time(&t);
			break;
		case Field::Month:
			t.day = 1;
			clear_time(&t);
			break;
		case Field::Week:
		{
			const int64 days = DaysFromDate(t.year, t.month, t.day);

			DateFromDays(days - IsoWeekday(days) + 1, &t.year, &t.month, &t.day);
			clear_time(&t);
			break;
		}
		case Field::Day: clear_time(&t); break;
		case Field::Hour: t.minute = t.second = t.microsecond = 0; break;
		case Field::Minute: t.second = t.microsecond = 0; break;
		case Field::Second: t.microsecond = 0; break;
		case Field::Milliseconds: t.microsecond = t.microsecond / 1000 * 1000; break;
		case Field::Microseconds: break;
		case Field::Timezone:
		case Field::TimezoneHour:
		case Field::TimezoneMinute: RaiseUnsupportedField(name, type);
		default: RaiseUnknownField(name, type);
	}
	return MakeTimestamp(t);
}

void
timestamp_trunc(FunctionCall &call)
{
	static constexpr const char *kType = "timestamp without time zone";
	const std::string_view name = ArgText(call, 0);
	const Field field = ParseField(name, kType);
	const int64 timestamp = ArgInt(call, 1);

	SetInt(call, IsFiniteTimestamp(timestamp) ? truncate_local(timestamp, field, name, kType)
											  : timestamp);
}

/* Below a day the offset stays; from a day on it is that of the new local time. */
static void
truncate_in_zone(FunctionCall &call, const TimeZone &zone)
{
	static constexpr const char *kType = "timestamp with time zone";
	const std::string_view name = ArgText(call, 0);
	const Field field = ParseField(name, kType);
	const int64 utc = ArgInt(call, 1);

	if (!IsFiniteTimestamp(utc))
		return SetInt(call, utc);
	const int64 local = UtcToLocal(utc, zone);
	const int64 cut = truncate_local(local, field, name, kType);

	SetInt(call, field < Field::Day ? cut - (local - utc) : LocalToUtc(cut, zone));
}

void
timestamptz_trunc(FunctionCall &call)
{
	truncate_in_zone(call, SessionTimeZone());
}

void
timestamptz_trunc_zone(FunctionCall &call)
{
	const std::string_view name = ArgText(call, 2);
	const TimeZone *zone = FindZone(name);

	if (zone == nullptr && name.size() > 1 && (name[0] == '+' || name[0] == '-'))
		zone = FindZone("<ZZZ>" + std::string(name));
	if (zone == nullptr)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("time zone \"%.*s\" not recognized", static_cast<int>(name.size()),
					   name.data()));
	truncate_in_zone(call, *zone);
}

/* The start of the bin of `stride`, counted from `origin`, that the timestamp lies in. */
void
timestamp_bin(FunctionCall &call)
{
	const Interval stride = ArgInterval(call, 0);
	const int64 timestamp = ArgInt(call, 1), origin = ArgInt(call, 2);
	int64 width, distance;

	if (!IsFiniteTimestamp(timestamp))
		return SetInt(call, timestamp);
	if (!IsFiniteTimestamp(origin))
		Raise(Report(ERROR, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE).msg("origin out of range"));
	if (stride.month != 0)
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("timestamps cannot be binned into intervals containing months or years"));
	if (__builtin_mul_overflow(static_cast<int64>(stride.day), USECS_PER_DAY, &width) ||
		__builtin_add_overflow(width, stride.time, &width) ||
		__builtin_sub_overflow(timestamp, origin, &distance))
		RaiseIntervalRange();
	if (width <= 0)
		Raise(Report(ERROR, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE)
				  .msg("stride must be greater than zero"));
	int64 rest = distance % width;

	if (rest < 0)
		rest += width;
	SetInt(call, timestamp - rest);
}

/* ---- age ---- */

static Interval
field_difference(const DateTime &later, const DateTime &earlier)
{
	int year = later.year - earlier.year, month = later.month - earlier.month,
		day = later.day - earlier.day;
	const auto time = [](const DateTime &t)
	{ return ((t.hour * 60LL + t.minute) * 60 + t.second) * USECS_PER_SEC + t.microsecond; };
	Interval result;

	result.time = time(later) - time(earlier);
	if (result.time < 0)
	{
		result.time += USECS_PER_DAY;
		day--;
	}
	if (day < 0)
	{
		day += DaysInMonth(earlier.year, earlier.month);
		month--;
	}
	if (month < 0)
	{
		month += 12;
		year--;
	}
	result.day = day;
	result.month = year * 12 + month;
	return result;
}

static void
set_age(FunctionCall &call, int64 a, int64 b)
{
	if (!IsFiniteTimestamp(a) || !IsFiniteTimestamp(b))
		RaiseTimestampRange();

	const DateTime x = BreakTimestamp(a), y = BreakTimestamp(b);

	SetInterval(call, a >= b ? field_difference(x, y) : NegateInterval(field_difference(y, x)));
}

void
timestamp_age(FunctionCall &call)
{
	set_age(call, ArgInt(call, 0), ArgInt(call, 1));
}

void
timestamptz_age(FunctionCall &call)
{
	set_age(call, UtcToLocal(ArgInt(call, 0)), UtcToLocal(ArgInt(call, 1)));
}

/* Midnight of today, local. */
static int64
today()
{
	DateTime t = BreakTimestamp(UtcToLocal(TransactionStartTime()));

	clear_time(&t);
	return MakeTimestamp(t);
}

void
timestamp_age_today(FunctionCall &call)
{
	set_age(call, today(), ArgInt(call, 0));
}

void
timestamptz_age_today(FunctionCall &call)
{
	set_age(call, today(), UtcToLocal(ArgInt(call, 0)));
}

} /* namespace pg */
