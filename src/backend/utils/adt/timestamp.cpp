/*
 * utils/adt/timestamp.cpp
 *		timestamp and timestamptz: arithmetic, conversion between them and between zones, construction.
 *
 * Processes with settings.
 */
#include <functional>

#include "utils/adt/adt_internals.h"
#include "utils/adt/datetime.h"
#include "utils/adt/extract.h"
#include "utils/adt/interval.h"
#include "utils/adt/type_io.h"
#include "utils/time/zone.h"

namespace pg
{

/* ---- Between the two types ---- */

static void
timestamp_timestamptz(FunctionCall &call)
{
	SetInt(call, LocalToUtc(ArgInt(call, 0)));
}

static void
timestamptz_timestamp(FunctionCall &call)
{
	SetInt(call, UtcToLocal(ArgInt(call, 0)));
}

/* kLocalFirst: the first argument is the timestamp without zone. */
template <bool kLocalFirst, typename Order>
static void
compare(FunctionCall &call)
{
	const int64 a = kLocalFirst ? LocalToUtc(ArgInt(call, 0)) : ArgInt(call, 0);
	const int64 b = kLocalFirst ? ArgInt(call, 1) : LocalToUtc(ArgInt(call, 1));

	SetBool(call, Order()(a, b));
}

static constexpr ScalarBody timestamp_lt_timestamptz = compare<true, std::less<int64>>;
static constexpr ScalarBody timestamp_le_timestamptz = compare<true, std::less_equal<int64>>;
static constexpr ScalarBody timestamp_eq_timestamptz = compare<true, std::equal_to<int64>>;
static constexpr ScalarBody timestamp_ge_timestamptz = compare<true, std::greater_equal<int64>>;
static constexpr ScalarBody timestamp_gt_timestamptz = compare<true, std::greater<int64>>;
static constexpr ScalarBody timestamp_ne_timestamptz = compare<true, std::not_equal_to<int64>>;
static constexpr ScalarBody timestamptz_lt_timestamp = compare<false, std::less<int64>>;
static constexpr ScalarBody timestamptz_le_timestamp = compare<false, std::less_equal<int64>>;
static constexpr ScalarBody timestamptz_eq_timestamp = compare<false, std::equal_to<int64>>;
static constexpr ScalarBody timestamptz_ge_timestamp = compare<false, std::greater_equal<int64>>;
static constexpr ScalarBody timestamptz_gt_timestamp = compare<false, std::greater<int64>>;
static constexpr ScalarBody timestamptz_ne_timestamp = compare<false, std::not_equal_to<int64>>;

static void
timestamp_scale(FunctionCall &call)
{
	std::string scratch;
	const int64 typmod = ArgInt(call, 1);

	if ((typmod < 0 || typmod > MAX_TIMESTAMP_PRECISION) && typmod != -1)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("timestamp(%d) precision must be between %d and %d",
					   static_cast<int>(typmod), 0, MAX_TIMESTAMP_PRECISION));

	call.set_result(
		TimestampTypmod(call.arg(0), static_cast<int32>(ArgInt(call, 1)), true, &scratch));
}

static void
timestamp_finite(FunctionCall &call)
{
	SetBool(call, IsFiniteTimestamp(ArgInt(call, 0)));
}

/* ---- Arithmetic ---- */

/* Days and the rest, of one sign. */
static void
timestamp_mi(FunctionCall &call)
{
	const int64 a = ArgInt(call, 0), b = ArgInt(call, 1);
	Interval result{};

	if (!IsFiniteTimestamp(a) || !IsFiniteTimestamp(b))
		Raise(Report(ERROR, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE)
				  .msg("cannot subtract infinite timestamps"));
	if (__builtin_sub_overflow(a, b, &result.time))
		RaiseIntervalRange();
	result.day = static_cast<int32>(result.time / USECS_PER_DAY);
	result.time %= USECS_PER_DAY;
	SetInterval(call, result);
}

static void
timestamp_pl_interval(FunctionCall &call)
{
	SetInt(call, AddToTimestamp(ArgInt(call, 0), ArgInterval(call, 1)));
}

static void
timestamp_mi_interval(FunctionCall &call)
{
	SetInt(call, AddToTimestamp(ArgInt(call, 0), NegateInterval(ArgInterval(call, 1))));
}

static void
interval_pl_timestamp(FunctionCall &call)
{
	SetInt(call, AddToTimestamp(ArgInt(call, 1), ArgInterval(call, 0)));
}

static void
timestamptz_pl_interval(FunctionCall &call)
{
	SetInt(call, AddToTimestamptz(ArgInt(call, 0), ArgInterval(call, 1)));
}

static void
timestamptz_mi_interval(FunctionCall &call)
{
	SetInt(call, AddToTimestamptz(ArgInt(call, 0), NegateInterval(ArgInterval(call, 1))));
}

static void
interval_pl_timestamptz(FunctionCall &call)
{
	SetInt(call, AddToTimestamptz(ArgInt(call, 1), ArgInterval(call, 0)));
}

/* ---- AT TIME ZONE ---- */

static int64
shifted(int64 timestamp, int64 seconds)
{
	int64 result;

	if (!IsFiniteTimestamp(timestamp))
		return timestamp;
	if (__builtin_add_overflow(timestamp, seconds * USECS_PER_SEC, &result) ||
		!IS_VALID_TIMESTAMP(result))
		RaiseTimestampRange();
	return result;
}

/* "+02", "-03:30" in a zone argument count westward, as POSIX has it; the zone loader knows. */
static const TimeZone &
zone_argument(std::string_view name)
{
	const TimeZone *zone = FindZone(name);

	/* A bare offset is a POSIX text whose zone has no name. */
	if (zone == nullptr && name.size() > 1 && (name[0] == '+' || name[0] == '-') &&
		IsDigit(name[1]))
		zone = FindZone("<ZZZ>" + std::string(name));
	if (zone == nullptr)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("time zone \"%.*s\" not recognized", static_cast<int>(name.size()),
					   name.data()));
	return *zone;
}

static void
timestamp_zone(FunctionCall &call)
{
	const std::string_view name = ArgText(call, 0);
	int offset;

	if (FindZoneAbbreviation(name, &offset))
		return SetInt(call, shifted(ArgInt(call, 1), -offset));
	SetInt(call, LocalToUtc(ArgInt(call, 1), zone_argument(name)));
}

static void
timestamptz_zone(FunctionCall &call)
{
	const std::string_view name = ArgText(call, 0);
	int offset;

	if (FindZoneAbbreviation(name, &offset))
		return SetInt(call, shifted(ArgInt(call, 1), offset));
	SetInt(call, UtcToLocal(ArgInt(call, 1), zone_argument(name)));
}

/* Seconds of an interval that stands for a zone. */
static int64
zone_interval(const FunctionCall &call)
{
	const Interval interval = ArgInterval(call, 0);
	std::string text;

	if (interval.month == 0 && interval.day == 0)
		return interval.time / USECS_PER_SEC;
	AppendInterval(interval, &text);
	Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
			  .msg("interval time zone \"%s\" must not include months or days", text.c_str()));
}

static void
timestamp_izone(FunctionCall &call)
{
	if (!IsFiniteTimestamp(ArgInt(call, 1)))
		return call.set_result(call.arg(1));
	SetInt(call, shifted(ArgInt(call, 1), -zone_interval(call)));
}

static void
timestamptz_izone(FunctionCall &call)
{
	if (!IsFiniteTimestamp(ArgInt(call, 1)))
		return call.set_result(call.arg(1));
	SetInt(call, shifted(ArgInt(call, 1), zone_interval(call)));
}

/* ---- Construction ---- */

static int64
made_timestamp(const FunctionCall &call)
{
	const int64 given_year = ArgInt(call, 0);
	const double second = ArgFloat(call, 5);
	const double microseconds = std::rint(second * 1e6);
	DateTime t;

	t.month = static_cast<int>(ArgInt(call, 1));
	t.day = static_cast<int>(ArgInt(call, 2));
	t.hour = static_cast<int>(ArgInt(call, 3));
	t.minute = static_cast<int>(ArgInt(call, 4));
	t.year = static_cast<int>(given_year < 0 ? given_year + 1 : given_year);
	if (given_year == 0 || t.month < 1 || t.month > 12 || t.day < 1 ||
		t.day > DaysInMonth(t.year, t.month))
		Raise(Report(ERROR, ERRCODE_DATETIME_FIELD_OVERFLOW)
				  .msg("date field value out of range: %d-%02d-%02d", static_cast<int>(given_year),
					   t.month, t.day));
	if (t.hour < 0 || t.minute < 0 || t.minute > 59 || t.hour > 24 || !(second >= 0) ||
		second > 60 || (t.hour == 24 && (t.minute > 0 || microseconds > 0)))
		Raise(Report(ERROR, ERRCODE_DATETIME_FIELD_OVERFLOW)
				  .msg("time field value out of range: %d:%02d:%02g", t.hour, t.minute, second));
	t.second = static_cast<int>(microseconds / 1000000);
	t.microsecond = static_cast<int>(microseconds - t.second * 1e6);
	int64 result;

	if (!TryMakeTimestamp(t, &result))
		Raise(Report(ERROR, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE)
				  .msg("timestamp out of range: %d-%02d-%02d %d:%02d:%02g",
					   static_cast<int>(given_year), t.month, t.day, t.hour, t.minute, second));
	return result;
}

static void
make_timestamp(FunctionCall &call)
{
	SetInt(call, made_timestamp(call));
}

static void
make_timestamptz(FunctionCall &call)
{
	SetInt(call, LocalToUtc(made_timestamp(call)));
}

static void
make_timestamptz_at_timezone(FunctionCall &call)
{
	const std::string_view name = ArgText(call, 6);
	const int64 local = made_timestamp(call);
	int offset;

	if (!name.empty() && IsDigit(name[0]))
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("invalid input syntax for type %s: \"%.*s\"", "numeric time zone",
					   static_cast<int>(name.size()), name.data())
				  .hint("Numeric time zones must have \"-\" or \"+\" as first character."));
	if (FindZoneAbbreviation(name, &offset))
		return SetInt(call, shifted(local, -offset));
	if (!name.empty() && (name[0] == '+' || name[0] == '-'))
	{
		std::string text;

		/* Here a plus is east: read it as a literal would. */
		AppendTimestamp(local, &text);
		return SetInt(call,
					  ParseDateTime(text + " " + std::string(name), DateTimeKind::Timestamptz));
	}
	SetInt(call, LocalToUtc(local, zone_argument(name)));
}

/* Seconds since 1970. */
static void
float8_timestamptz(FunctionCall &call)
{
	const double seconds = ArgFloat(call, 0);

	if (std::isnan(seconds))
		Raise(Report(ERROR, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE).msg("timestamp cannot be NaN"));
	if (std::isinf(seconds))
		return SetInt(call, seconds < 0 ? DT_NOBEGIN : DT_NOEND);
	const double microseconds = std::rint((seconds - 946684800.0) * 1e6);

	if (!(std::fabs(microseconds) < 9.3e18) ||
		!IS_VALID_TIMESTAMP(static_cast<int64>(microseconds)))
		Raise(Report(ERROR, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE)
				  .msg("timestamp out of range: \"%g\"", seconds));
	SetInt(call, static_cast<int64>(microseconds));
}

/* ---- OVERLAPS: (start1, end1, start2, end2), ends excluded; a null end leaves what can be told ---- */

static void
overlaps_timestamp(FunctionCall &call)
{
	Value s1 = call.arg(0), e1 = call.arg(1), s2 = call.arg(2), e2 = call.arg(3);
	const auto order = [](Value *start, Value *end)
	{
		if (start->is_null() || (!end->is_null() && end->integer < start->integer))
			std::swap(*start, *end);
		return !start->is_null();
	};

	if (!order(&s1, &e1) || !order(&s2, &e2))
		return;
	if (s1.integer < s2.integer)
	{
		std::swap(s1, s2);
		std::swap(e1, e2);
	}
	/* Now the second begins first, or both at once. */
	if (s1.integer == s2.integer)
	{
		if (!e1.is_null() && !e2.is_null())
			SetBool(call, true);
		return;
	}
	if (e2.is_null())
		return;
	if (s1.integer < e2.integer)
		return SetBool(call, true);
	if (!e1.is_null())
		SetBool(call, false);
}

static constexpr FunctionDef kTimestampRows[] = {
	Fn(2520, "timestamp_lt_timestamptz", 's', "timestamp_lt_timestamptz", BOOLOID,
	   {TIMESTAMPOID, TIMESTAMPTZOID}, timestamp_lt_timestamptz),
	Fn(2521, "timestamp_le_timestamptz", 's', "timestamp_le_timestamptz", BOOLOID,
	   {TIMESTAMPOID, TIMESTAMPTZOID}, timestamp_le_timestamptz),
	Fn(2522, "timestamp_eq_timestamptz", 's', "timestamp_eq_timestamptz", BOOLOID,
	   {TIMESTAMPOID, TIMESTAMPTZOID}, timestamp_eq_timestamptz),
	Fn(2524, "timestamp_ge_timestamptz", 's', "timestamp_ge_timestamptz", BOOLOID,
	   {TIMESTAMPOID, TIMESTAMPTZOID}, timestamp_ge_timestamptz),
	Fn(2523, "timestamp_gt_timestamptz", 's', "timestamp_gt_timestamptz", BOOLOID,
	   {TIMESTAMPOID, TIMESTAMPTZOID}, timestamp_gt_timestamptz),
	Fn(2525, "timestamp_ne_timestamptz", 's', "timestamp_ne_timestamptz", BOOLOID,
	   {TIMESTAMPOID, TIMESTAMPTZOID}, timestamp_ne_timestamptz),
	Fn(2527, "timestamptz_lt_timestamp", 's', "timestamptz_lt_timestamp", BOOLOID,
	   {TIMESTAMPTZOID, TIMESTAMPOID}, timestamptz_lt_timestamp),
	Fn(2528, "timestamptz_le_timestamp", 's', "timestamptz_le_timestamp", BOOLOID,
	   {TIMESTAMPTZOID, TIMESTAMPOID}, timestamptz_le_timestamp),
	Fn(2529, "timestamptz_eq_timestamp", 's', "timestamptz_eq_timestamp", BOOLOID,
	   {TIMESTAMPTZOID, TIMESTAMPOID}, timestamptz_eq_timestamp),
	Fn(2531, "timestamptz_ge_timestamp", 's', "timestamptz_ge_timestamp", BOOLOID,
	   {TIMESTAMPTZOID, TIMESTAMPOID}, timestamptz_ge_timestamp),
	Fn(2530, "timestamptz_gt_timestamp", 's', "timestamptz_gt_timestamp", BOOLOID,
	   {TIMESTAMPTZOID, TIMESTAMPOID}, timestamptz_gt_timestamp),
	Fn(2532, "timestamptz_ne_timestamp", 's', "timestamptz_ne_timestamp", BOOLOID,
	   {TIMESTAMPTZOID, TIMESTAMPOID}, timestamptz_ne_timestamp),
	Native(1196, "timestamptz_larger", 'i', "max($1, $2)", TIMESTAMPTZOID,
		   {TIMESTAMPTZOID, TIMESTAMPTZOID}),
	Native(2036, "timestamp_larger", 'i', "max($1, $2)", TIMESTAMPOID,
		   {TIMESTAMPOID, TIMESTAMPOID}),
	Native(1195, "timestamptz_smaller", 'i', "min($1, $2)", TIMESTAMPTZOID,
		   {TIMESTAMPTZOID, TIMESTAMPTZOID}),
	Native(2035, "timestamp_smaller", 'i', "min($1, $2)", TIMESTAMPOID,
		   {TIMESTAMPOID, TIMESTAMPOID}),
	Fn(1188, "timestamptz_mi", 'i', "timestamp_mi", INTERVALOID, {TIMESTAMPTZOID, TIMESTAMPTZOID},
	   timestamp_mi),
	Fn(2031, "timestamp_mi", 'i', "timestamp_mi", INTERVALOID, {TIMESTAMPOID, TIMESTAMPOID},
	   timestamp_mi),
	Fn(2032, "timestamp_pl_interval", 'i', "timestamp_pl_interval", TIMESTAMPOID,
	   {TIMESTAMPOID, INTERVALOID}, timestamp_pl_interval),
	Fn(2033, "timestamp_mi_interval", 'i', "timestamp_mi_interval", TIMESTAMPOID,
	   {TIMESTAMPOID, INTERVALOID}, timestamp_mi_interval),
	Fn(1189, "timestamptz_pl_interval", 's', "timestamptz_pl_interval", TIMESTAMPTZOID,
	   {TIMESTAMPTZOID, INTERVALOID}, timestamptz_pl_interval),
	Fn(1190, "timestamptz_mi_interval", 's', "timestamptz_mi_interval", TIMESTAMPTZOID,
	   {TIMESTAMPTZOID, INTERVALOID}, timestamptz_mi_interval),
	Fn(2548, "interval_pl_timestamp", 'i', "interval_pl_timestamp", TIMESTAMPOID,
	   {INTERVALOID, TIMESTAMPOID}, interval_pl_timestamp),
	Fn(2549, "interval_pl_timestamptz", 's', "interval_pl_timestamptz", TIMESTAMPTZOID,
	   {INTERVALOID, TIMESTAMPTZOID}, interval_pl_timestamptz),
	Fn(2028, "timestamptz", 's', "timestamp_timestamptz", TIMESTAMPTZOID, {TIMESTAMPOID},
	   timestamp_timestamptz),
	Fn(2027, "timestamp", 's', "timestamptz_timestamp", TIMESTAMPOID, {TIMESTAMPTZOID},
	   timestamptz_timestamp),
	Fn(1961, "timestamp", 'i', "timestamp_scale", TIMESTAMPOID, {TIMESTAMPOID, INT4OID},
	   timestamp_scale),
	Fn(1967, "timestamptz", 'i', "timestamp_scale", TIMESTAMPTZOID, {TIMESTAMPTZOID, INT4OID},
	   timestamp_scale),
	Fn(1389, "isfinite", 'i', "timestamp_finite", BOOLOID, {TIMESTAMPTZOID}, timestamp_finite),
	Fn(2048, "isfinite", 'i', "timestamp_finite", BOOLOID, {TIMESTAMPOID}, timestamp_finite),
	Fn(2058, "age", 'i', "timestamp_age", INTERVALOID, {TIMESTAMPOID, TIMESTAMPOID}, timestamp_age),
	Fn(1199, "age", 'i', "timestamptz_age", INTERVALOID, {TIMESTAMPTZOID, TIMESTAMPTZOID},
	   timestamptz_age),
	Fn(2059, "age", 's', "timestamp_age_today", INTERVALOID, {TIMESTAMPOID}, timestamp_age_today),
	Fn(1386, "age", 's', "timestamptz_age_today", INTERVALOID, {TIMESTAMPTZOID},
	   timestamptz_age_today),
	Fn(2020, "date_trunc", 'i', "timestamp_trunc", TIMESTAMPOID, {TEXTOID, TIMESTAMPOID},
	   timestamp_trunc),
	Fn(1217, "date_trunc", 's', "timestamptz_trunc", TIMESTAMPTZOID, {TEXTOID, TIMESTAMPTZOID},
	   timestamptz_trunc),
	Fn(1284, "date_trunc", 's', "timestamptz_trunc_zone", TIMESTAMPTZOID,
	   {TEXTOID, TIMESTAMPTZOID, TEXTOID}, timestamptz_trunc_zone),
	Fn(6177, "date_bin", 'i', "timestamp_bin", TIMESTAMPOID,
	   {INTERVALOID, TIMESTAMPOID, TIMESTAMPOID}, timestamp_bin),
	Fn(6178, "date_bin", 'i', "timestamp_bin", TIMESTAMPTZOID,
	   {INTERVALOID, TIMESTAMPTZOID, TIMESTAMPTZOID}, timestamp_bin),
	Fn(2021, "date_part", 'i', "timestamp_part", FLOAT8OID, {TEXTOID, TIMESTAMPOID},
	   timestamp_part),
	Fn(1171, "date_part", 's', "timestamptz_part", FLOAT8OID, {TEXTOID, TIMESTAMPTZOID},
	   timestamptz_part),
	Fn(1172, "date_part", 'i', "interval_part", FLOAT8OID, {TEXTOID, INTERVALOID}, interval_part),
	Fn(1385, "date_part", 'i', "time_part", FLOAT8OID, {TEXTOID, TIMEOID}, time_part),
	Fn(1384, "date_part", 'i', "date_part_date", FLOAT8OID, {TEXTOID, DATEOID}, date_part_date),
	Fn(6202, "extract", 'i', "extract_timestamp", NUMERICOID, {TEXTOID, TIMESTAMPOID},
	   extract_timestamp),
	Fn(6203, "extract", 's', "extract_timestamptz", NUMERICOID, {TEXTOID, TIMESTAMPTZOID},
	   extract_timestamptz),
	Fn(6204, "extract", 'i', "extract_interval", NUMERICOID, {TEXTOID, INTERVALOID},
	   extract_interval),
	Fn(6200, "extract", 'i', "extract_time", NUMERICOID, {TEXTOID, TIMEOID}, extract_time),
	Fn(6199, "extract", 'i', "extract_date", NUMERICOID, {TEXTOID, DATEOID}, extract_date),
	Fn(2069, "timezone", 'i', "timestamp_zone", TIMESTAMPTZOID, {TEXTOID, TIMESTAMPOID},
	   timestamp_zone),
	Fn(1159, "timezone", 'i', "timestamptz_zone", TIMESTAMPOID, {TEXTOID, TIMESTAMPTZOID},
	   timestamptz_zone),
	Fn(2070, "timezone", 'i', "timestamp_izone", TIMESTAMPTZOID, {INTERVALOID, TIMESTAMPOID},
	   timestamp_izone),
	Fn(1026, "timezone", 'i', "timestamptz_izone", TIMESTAMPOID, {INTERVALOID, TIMESTAMPTZOID},
	   timestamptz_izone),
	Fn(3461, "make_timestamp", 'i', "make_timestamp", TIMESTAMPOID,
	   {INT4OID, INT4OID, INT4OID, INT4OID, INT4OID, FLOAT8OID}, make_timestamp),
	Fn(3462, "make_timestamptz", 's', "make_timestamptz", TIMESTAMPTZOID,
	   {INT4OID, INT4OID, INT4OID, INT4OID, INT4OID, FLOAT8OID}, make_timestamptz),
	Fn(3463, "make_timestamptz", 's', "make_timestamptz_at_timezone", TIMESTAMPTZOID,
	   {INT4OID, INT4OID, INT4OID, INT4OID, INT4OID, FLOAT8OID, TEXTOID},
	   make_timestamptz_at_timezone),
	Fn(1158, "to_timestamp", 'i', "float8_timestamptz", TIMESTAMPTZOID, {FLOAT8OID},
	   float8_timestamptz),
	Fn(1299, "now", 's', "now", TIMESTAMPTZOID, {}, now),
	Fn(2647, "transaction_timestamp", 's', "now", TIMESTAMPTZOID, {}, now),
	Fn(2648, "statement_timestamp", 's', "statement_timestamp", TIMESTAMPTZOID, {},
	   statement_timestamp),
	Fn(2649, "clock_timestamp", 'v', "clock_timestamp", TIMESTAMPTZOID, {}, clock_timestamp),
	Fn(274, "timeofday", 'v', "timeofday", TEXTOID, {}, timeofday),
	Lax(Fn(1304, "overlaps", 'i', "overlaps_timestamp", BOOLOID,
		   {TIMESTAMPTZOID, TIMESTAMPTZOID, TIMESTAMPTZOID, TIMESTAMPTZOID}, overlaps_timestamp)),
	Lax(Fn(2041, "overlaps", 'i', "overlaps_timestamp", BOOLOID,
		   {TIMESTAMPOID, TIMESTAMPOID, TIMESTAMPOID, TIMESTAMPOID}, overlaps_timestamp)),
};

const std::span<const FunctionDef> kTimestampFunctions = kTimestampRows;

} /* namespace pg */
