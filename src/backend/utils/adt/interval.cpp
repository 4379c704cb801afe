/*
 * utils/adt/interval.cpp
 *		Interval arithmetic, and timestamps moved by intervals.
 *
 * Processes with settings (the zone matters for days of a timestamptz).
 */
#include "utils/adt/interval.h"

#include "utils/adt/adt_internals.h"
#include "utils/adt/datetime.h"
#include "utils/adt/field.h"
#include "utils/adt/type_io.h"

namespace pg
{

Interval
ArgInterval(const FunctionCall &call, int i)
{
	return ReadInterval(ArgText(call, i));
}

void
SetInterval(FunctionCall &call, const Interval &interval)
{
	std::string text;

	WriteInterval(interval, &text);
	SetText(call, text);
}

/* ---- typmod: fields and precision ---- */

static constexpr int32 kFullPrecision = 0xffff;

int32
MakeIntervalTypmod(std::span<const int32> modifiers)
{
	if (modifiers.empty() || modifiers.size() > 2)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE).msg("invalid INTERVAL type modifier"));

	int32 precision = kFullPrecision;

	if (modifiers.size() == 2)
	{
		precision = modifiers[1];
		if (precision < 0)
			Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
					  .msg("INTERVAL(%d) precision must not be negative", precision));
		if (precision > MAX_INTERVAL_PRECISION)
		{
			Report(WARNING, ERRCODE_INVALID_PARAMETER_VALUE)
				.msg("INTERVAL(%d) precision reduced to maximum allowed, %d", precision,
					 MAX_INTERVAL_PRECISION)
				.emit();
			precision = MAX_INTERVAL_PRECISION;
		}
	}
	if (modifiers[0] == kFieldsAll && precision == kFullPrecision)
		return -1;
	return (modifiers[0] & kFieldsAll) << 16 | precision;
}

std::string
FormatIntervalTypmod(int32 typmod)
{
	static constexpr std::pair<int, const char *> kNames[] = {
		{kFieldYear, " year"},
		{kFieldMonth, " month"},
		{kFieldDay, " day"},
		{kFieldHour, " hour"},
		{kFieldMinute, " minute"},
		{kFieldSecond, " second"},
		{kFieldYear | kFieldMonth, " year to month"},
		{kFieldDay | kFieldHour, " day to hour"},
		{kFieldDay | kFieldHour | kFieldMinute, " day to minute"},
		{kFieldDay | kFieldHour | kFieldMinute | kFieldSecond, " day to second"},
		{kFieldHour | kFieldMinute, " hour to minute"},
		{kFieldHour | kFieldMinute | kFieldSecond, " hour to second"},
		{kFieldMinute | kFieldSecond, " minute to second"},
	};
	std::string text;

	for (const auto &[fields, name] : kNames)
		if (fields == IntervalTypmodFields(typmod))
			text = name;
	if (IntervalTypmodPrecision(typmod) != kFullPrecision)
		text.append("(").append(std::to_string(IntervalTypmodPrecision(typmod))).append(")");
	return text;
}

/* What lies below the smallest field is cut off. */
Interval
ApplyIntervalTypmod(Interval interval, int32 typmod)
{
	if (typmod < 0)
		return interval;

	const int fields = IntervalTypmodFields(typmod);

	if (fields != kFieldsAll)
	{
		if (fields == kFieldYear)
			interval.month -= interval.month % 12;
		if ((fields & ~(kFieldYear | kFieldMonth)) == 0)
			interval.day = 0;
		if ((fields & (kFieldHour | kFieldMinute | kFieldSecond)) == 0)
			interval.time = 0;
		else if ((fields & (kFieldMinute | kFieldSecond)) == 0)
			interval.time -= interval.time % USECS_PER_HOUR;
		else if ((fields & kFieldSecond) == 0)
			interval.time -= interval.time % USECS_PER_MINUTE;
	}
	if (IntervalTypmodPrecision(typmod) != kFullPrecision)
		interval.time = RoundMicroseconds(interval.time, IntervalTypmodPrecision(typmod));
	return interval;
}

static void
interval_scale(FunctionCall &call)
{
	SetInterval(call,
				ApplyIntervalTypmod(ArgInterval(call, 0), static_cast<int32>(ArgInt(call, 1))));
}

/* ---- Arithmetic ---- */

Interval
AddIntervals(const Interval &a, const Interval &b)
{
	Interval result;

	if (__builtin_add_overflow(a.month, b.month, &result.month) ||
		__builtin_add_overflow(a.day, b.day, &result.day) ||
		__builtin_add_overflow(a.time, b.time, &result.time))
		RaiseIntervalRange();
	return result;
}

Interval
NegateInterval(const Interval &interval)
{
	Interval result;

	if (__builtin_sub_overflow(0, interval.month, &result.month) ||
		__builtin_sub_overflow(0, interval.day, &result.day) ||
		__builtin_sub_overflow(static_cast<int64>(0), interval.time, &result.time))
		RaiseIntervalRange();
	return result;
}

static double
round_to_microseconds(double seconds)
{
	return std::rint(seconds * 1000000.0) / 1000000.0;
}

static int32
to_int32(double value)
{
	if (std::isnan(value) || value > PG_INT32_MAX || value < PG_INT32_MIN)
		RaiseIntervalRange();
	return static_cast<int32>(value);
}

/* What is left of months goes to days, what is left of days to the time. */
static Interval
spread(double months, double days, double time)
{
	Interval result;

	result.month = to_int32(months);
	result.day = to_int32(days);

	double month_remainder_days = round_to_microseconds((months - result.month) * DAYS_PER_MONTH);
	double seconds = round_to_microseconds(
		(days - result.day + month_remainder_days - static_cast<int>(month_remainder_days)) *
		SECS_PER_DAY);

	if (std::fabs(seconds) >= SECS_PER_DAY)
	{
		const int whole = static_cast<int>(seconds / SECS_PER_DAY);

		result.day += whole;
		seconds -= whole * static_cast<double>(SECS_PER_DAY);
	}
	result.day += static_cast<int32>(month_remainder_days);
	const double microseconds = std::rint(time + seconds * USECS_PER_SEC);

	if (std::isnan(microseconds) || std::fabs(microseconds) >= 9.2233720368547758e18)
		RaiseIntervalRange();
	result.time = static_cast<int64>(microseconds);
	return result;
}

Interval
MultiplyInterval(const Interval &interval, double factor)
{
	return spread(interval.month * factor, interval.day * factor,
				  static_cast<double>(interval.time) * factor);
}

static void
interval_um(FunctionCall &call)
{
	SetInterval(call, NegateInterval(ArgInterval(call, 0)));
}

static void
interval_pl(FunctionCall &call)
{
	SetInterval(call, AddIntervals(ArgInterval(call, 0), ArgInterval(call, 1)));
}

static void
interval_mi(FunctionCall &call)
{
	SetInterval(call, AddIntervals(ArgInterval(call, 0), NegateInterval(ArgInterval(call, 1))));
}

static void
interval_mul(FunctionCall &call)
{
	SetInterval(call, MultiplyInterval(ArgInterval(call, 0), ArgFloat(call, 1)));
}

static void
mul_d_interval(FunctionCall &call)
{
	SetInterval(call, MultiplyInterval(ArgInterval(call, 1), ArgFloat(call, 0)));
}

Interval
DivideInterval(const Interval &interval, double divisor)
{
	if (divisor == 0)
		RaiseDivisionByZero();
	return spread(interval.month / divisor, interval.day / divisor,
				  static_cast<double>(interval.time) / divisor);
}

static void
interval_div(FunctionCall &call)
{
	SetInterval(call, DivideInterval(ArgInterval(call, 0), ArgFloat(call, 1)));
}

static void
interval_larger(FunctionCall &call)
{
	SetText(call, CompareIntervalTexts(ArgText(call, 0), ArgText(call, 1)) > 0 ? ArgText(call, 0)
																			   : ArgText(call, 1));
}

static void
interval_smaller(FunctionCall &call)
{
	SetText(call, CompareIntervalTexts(ArgText(call, 0), ArgText(call, 1)) < 0 ? ArgText(call, 0)
																			   : ArgText(call, 1));
}

/* ---- Justification ---- */

/* Moves whole `unit`s of *low to *high, then makes both have one sign. */
template <typename High, typename Low>
static void
carry(Low *low, High *high, Low unit)
{
	const Low whole = *low / unit;
	High sum;

	if (__builtin_add_overflow(*high, whole, &sum))
		RaiseIntervalRange();
	*high = sum;
	*low -= whole * unit;
}

template <typename High, typename Low>
static void
same_sign(Low *low, High *high, Low unit)
{
	if (*high > 0 && *low < 0)
	{
		*low += unit;
		(*high)--;
	}
	else if (*high < 0 && *low > 0)
	{
		*low -= unit;
		(*high)++;
	}
}

static constexpr int64 kDay = USECS_PER_DAY;

static void
interval_justify_hours(FunctionCall &call)
{
	Interval interval = ArgInterval(call, 0);

	carry(&interval.time, &interval.day, kDay);
	same_sign(&interval.time, &interval.day, kDay);
	SetInterval(call, interval);
}

static void
interval_justify_days(FunctionCall &call)
{
	Interval interval = ArgInterval(call, 0);

	carry(&interval.day, &interval.month, 30);
	same_sign(&interval.day, &interval.month, 30);
	SetInterval(call, interval);
}

static void
interval_justify_interval(FunctionCall &call)
{
	Interval interval = ArgInterval(call, 0);

	carry(&interval.time, &interval.day, kDay);
	carry(&interval.day, &interval.month, 30);
	if (interval.month > 0 && (interval.day < 0 || (interval.day == 0 && interval.time < 0)))
	{
		interval.day += 30;
		interval.month--;
	}
	else if (interval.month < 0 && (interval.day > 0 || (interval.day == 0 && interval.time > 0)))
	{
		interval.day -= 30;
		interval.month++;
	}
	same_sign(&interval.time, &interval.day, kDay);
	SetInterval(call, interval);
}

/* ---- Making and cutting ---- */

static void
make_interval(FunctionCall &call)
{
	const double seconds = ArgFloat(call, 6);
	Interval interval;
	int64 time = 0;
	bool bad = !std::isfinite(seconds) || std::fabs(seconds) > 9.2e12;

	bad =
		bad || __builtin_mul_overflow(static_cast<int32>(ArgInt(call, 0)), 12, &interval.month) ||
		__builtin_add_overflow(interval.month, static_cast<int32>(ArgInt(call, 1)),
							   &interval.month) ||
		__builtin_mul_overflow(static_cast<int32>(ArgInt(call, 2)), 7, &interval.day) ||
		__builtin_add_overflow(interval.day, static_cast<int32>(ArgInt(call, 3)), &interval.day) ||
		__builtin_add_overflow(ArgInt(call, 4) * USECS_PER_HOUR, ArgInt(call, 5) * USECS_PER_MINUTE,
							   &time);
	if (bad || __builtin_add_overflow(time, static_cast<int64>(std::rint(seconds * 1000000)),
									  &interval.time))
		RaiseIntervalRange();
	SetInterval(call, interval);
}

static void
interval_trunc(FunctionCall &call)
{
	Interval interval = ArgInterval(call, 1);
	const auto keep_years = [&](int years)
	{
		interval.month -= interval.month % (12 * years);
		interval.day = 0;
		interval.time = 0;
	};

	switch (ParseField(ArgText(call, 0), "interval"))
	{
		case Field::Millennium: keep_years(1000); break;
		case Field::Century: keep_years(100); break;
		case Field::Decade: keep_years(10); break;
		case Field::Year: keep_years(1); break;
		case Field::Quarter:
			interval.month -= interval.month % 3;
			interval.day = 0;
			interval.time = 0;
			break;
		case Field::Month:
			interval.day = 0;
			interval.time = 0;
			break;
		case Field::Day: interval.time = 0; break;
		case Field::Hour: interval.time -= interval.time % USECS_PER_HOUR; break;
		case Field::Minute: interval.time -= interval.time % USECS_PER_MINUTE; break;
		case Field::Second: interval.time -= interval.time % USECS_PER_SEC; break;
		case Field::Milliseconds: interval.time -= interval.time % 1000; break;
		case Field::Microseconds: break;
		case Field::Week:
			RaiseUnsupportedField(ArgText(call, 0), "interval",
								  "Months usually have fractional weeks.");
		case Field::Timezone:
		case Field::TimezoneHour:
		case Field::TimezoneMinute: RaiseUnsupportedField(ArgText(call, 0), "interval");
		default: RaiseUnknownField(ArgText(call, 0), "interval");
	}
	SetInterval(call, interval);
}

/* ---- Timestamps moved by intervals ---- */

/* Months and days of an interval added to a local time. */
static int64
add_calendar(int64 local, const Interval &interval)
{
	if (interval.month == 0 && interval.day == 0)
		return local;

	DateTime t = BreakTimestamp(local);

	if (interval.month != 0)
	{
		const int64 months = t.year * 12LL + t.month - 1 + interval.month;
		const int64 year = months >= 0 ? months / 12 : -((11 - months) / 12);

		t.year = static_cast<int>(year);
		t.month = static_cast<int>(months - year * 12) + 1;
		t.day = std::min(t.day, DaysInMonth(t.year, t.month));
	}
	int64 result;
	int64 days;

	if (!TryMakeTimestamp(t, &result) ||
		__builtin_mul_overflow(static_cast<int64>(interval.day), USECS_PER_DAY, &days) ||
		__builtin_add_overflow(result, days, &result) || !IS_VALID_TIMESTAMP(result))
		RaiseTimestampRange();
	return result;
}

static int64
add_time(int64 timestamp, int64 time)
{
	int64 result;

	if (__builtin_add_overflow(timestamp, time, &result) || !IS_VALID_TIMESTAMP(result))
		RaiseTimestampRange();
	return result;
}

int64
AddToTimestamp(int64 timestamp, const Interval &interval)
{
	if (!IsFiniteTimestamp(timestamp))
		return timestamp;
	return add_time(add_calendar(timestamp, interval), interval.time);
}

int64
AddToTimestamptz(int64 timestamp, const Interval &interval)
{
	if (!IsFiniteTimestamp(timestamp))
		return timestamp;
	if (interval.month != 0 || interval.day != 0)
		timestamp = LocalToUtc(add_calendar(UtcToLocal(timestamp), interval));
	return add_time(timestamp, interval.time);
}

static constexpr FunctionDef kIntervalRows[] = {
	Fn(1168, "interval_um", 'i', "interval_um", INTERVALOID, {INTERVALOID}, interval_um),
	Fn(1169, "interval_pl", 'i', "interval_pl", INTERVALOID, {INTERVALOID, INTERVALOID},
	   interval_pl),
	Fn(1170, "interval_mi", 'i', "interval_mi", INTERVALOID, {INTERVALOID, INTERVALOID},
	   interval_mi),
	Fn(1618, "interval_mul", 'i', "interval_mul", INTERVALOID, {INTERVALOID, FLOAT8OID},
	   interval_mul),
	Fn(1624, "mul_d_interval", 'i', "mul_d_interval", INTERVALOID, {FLOAT8OID, INTERVALOID},
	   mul_d_interval),
	Fn(1326, "interval_div", 'i', "interval_div", INTERVALOID, {INTERVALOID, FLOAT8OID},
	   interval_div),
	Fn(1198, "interval_larger", 'i', "interval_larger", INTERVALOID, {INTERVALOID, INTERVALOID},
	   interval_larger),
	Fn(1197, "interval_smaller", 'i', "interval_smaller", INTERVALOID, {INTERVALOID, INTERVALOID},
	   interval_smaller),
	Fn(1295, "justify_days", 'i', "interval_justify_days", INTERVALOID, {INTERVALOID},
	   interval_justify_days),
	Fn(1175, "justify_hours", 'i', "interval_justify_hours", INTERVALOID, {INTERVALOID},
	   interval_justify_hours),
	Fn(2711, "justify_interval", 'i', "interval_justify_interval", INTERVALOID, {INTERVALOID},
	   interval_justify_interval),
	Native(1390, "isfinite", 'i', "1", BOOLOID, {INTERVALOID}),
	Fn(1218, "date_trunc", 'i', "interval_trunc", INTERVALOID, {TEXTOID, INTERVALOID},
	   interval_trunc),
	Fn(1200, "interval", 'i', "interval_scale", INTERVALOID, {INTERVALOID, INT4OID},
	   interval_scale),
	Defaults(Fn(3464, "make_interval", 'i', "make_interval", INTERVALOID,
				{INT4OID, INT4OID, INT4OID, INT4OID, INT4OID, INT4OID, FLOAT8OID}, make_interval),
			 7, "0, 0, 0, 0, 0, 0, 0.0"),
};

const std::span<const FunctionDef> kIntervalFunctions = kIntervalRows;

} /* namespace pg */
