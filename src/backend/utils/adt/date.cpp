/*
 * utils/adt/date.cpp
 *		date and time: arithmetic, casts, comparison of dates with timestamps.
 *
 * Processes with settings.
 */
#include "utils/adt/adt_internals.h"
#include "utils/adt/datetime.h"
#include "utils/adt/interval.h"
#include "utils/adt/type_io.h"

namespace pg
{

[[noreturn]] static void
raise_date_range(const char *what = "date out of range")
{
	Raise(Report(ERROR, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE).msg("%s", what));
}

/* ---- Dates and timestamps ---- */

static int64
date_to_timestamp(int64 date)
{
	if (!IsFiniteDate(date))
		return date < 0 ? DT_NOBEGIN : DT_NOEND;
	if (date >= TIMESTAMP_END_JULIAN - POSTGRES_EPOCH_JDATE)
		raise_date_range("date out of range for timestamp");
	return date * USECS_PER_DAY;
}

/* A date beyond the timestamps lies between them and infinity: it is only compared. */
static int64
date_to_comparable(int64 date)
{
	if (IsFiniteDate(date) && date >= TIMESTAMP_END_JULIAN - POSTGRES_EPOCH_JDATE)
		return DT_NOEND - 1;
	return date_to_timestamp(date);
}

static int64
timestamp_to_date(int64 timestamp)
{
	if (!IsFiniteTimestamp(timestamp))
		return timestamp < 0 ? PG_INT32_MIN : PG_INT32_MAX;
	return timestamp / USECS_PER_DAY - (timestamp % USECS_PER_DAY < 0);
}

static int64
time_of(int64 timestamp)
{
	return timestamp - timestamp_to_date(timestamp) * USECS_PER_DAY;
}

static void
date_timestamp(FunctionCall &call)
{
	SetInt(call, date_to_timestamp(ArgInt(call, 0)));
}

static void
date_timestamptz(FunctionCall &call)
{
	SetInt(call, LocalToUtc(date_to_timestamp(ArgInt(call, 0))));
}

static void
timestamp_date(FunctionCall &call)
{
	SetInt(call, timestamp_to_date(ArgInt(call, 0)));
}

static void
timestamptz_date(FunctionCall &call)
{
	SetInt(call, timestamp_to_date(UtcToLocal(ArgInt(call, 0))));
}

static int64
date_and_time(int64 date, int64 time)
{
	const int64 start = date_to_timestamp(date);

	return IsFiniteTimestamp(start) ? start + time : start;
}

static void
datetime_timestamp(FunctionCall &call)
{
	SetInt(call, date_and_time(ArgInt(call, 0), ArgInt(call, 1)));
}

static void
timedate_pl(FunctionCall &call)
{
	SetInt(call, date_and_time(ArgInt(call, 1), ArgInt(call, 0)));
}

static void
date_time_timestamptz(FunctionCall &call)
{
	SetInt(call, LocalToUtc(date_and_time(ArgInt(call, 0), ArgInt(call, 1))));
}

/* ---- Comparison; the first letter of the order is what the row's name says ---- */

static bool
answer(int order, const char *wanted)
{
	switch (wanted[0])
	{
		case 'l': return wanted[1] == 't' ? order < 0 : order <= 0;
		case 'g': return wanted[1] == 't' ? order > 0 : order >= 0;
		case 'e': return order == 0;
		default: return order != 0;
	}
}

static int
compare_moments(int64 a, int64 b)
{
	return a < b ? -1 : a > b;
}

enum class Pair
{
	DateTimestamp,
	DateTimestamptz,
	TimestampDate,
	TimestamptzDate
};

template <Pair kPair, char kFirst, char kSecond>
static void
compare_pair(FunctionCall &call)
{
	static constexpr char kWanted[] = {kFirst, kSecond, '\0'};
	const int64 a = ArgInt(call, 0), b = ArgInt(call, 1);
	const auto instant = [](int64 date)
	{
		const int64 local = date_to_comparable(date);

		return local == DT_NOEND - 1 ? local : LocalToUtc(local);
	};
	int order = 0;

	if constexpr (kPair == Pair::DateTimestamp)
		order = compare_moments(date_to_comparable(a), b);
	else if constexpr (kPair == Pair::DateTimestamptz)
		order = compare_moments(instant(a), b);
	else if constexpr (kPair == Pair::TimestampDate)
		order = compare_moments(a, date_to_comparable(b));
	else
		order = compare_moments(a, instant(b));
	SetBool(call, answer(order, kWanted));
}

static constexpr ScalarBody date_lt_timestamp = compare_pair<Pair::DateTimestamp, 'l', 't'>;
static constexpr ScalarBody date_le_timestamp = compare_pair<Pair::DateTimestamp, 'l', 'e'>;
static constexpr ScalarBody date_eq_timestamp = compare_pair<Pair::DateTimestamp, 'e', 'q'>;
static constexpr ScalarBody date_ge_timestamp = compare_pair<Pair::DateTimestamp, 'g', 'e'>;
static constexpr ScalarBody date_gt_timestamp = compare_pair<Pair::DateTimestamp, 'g', 't'>;
static constexpr ScalarBody date_ne_timestamp = compare_pair<Pair::DateTimestamp, 'n', 'e'>;
static constexpr ScalarBody date_lt_timestamptz = compare_pair<Pair::DateTimestamptz, 'l', 't'>;
static constexpr ScalarBody date_le_timestamptz = compare_pair<Pair::DateTimestamptz, 'l', 'e'>;
static constexpr ScalarBody date_eq_timestamptz = compare_pair<Pair::DateTimestamptz, 'e', 'q'>;
static constexpr ScalarBody date_ge_timestamptz = compare_pair<Pair::DateTimestamptz, 'g', 'e'>;
static constexpr ScalarBody date_gt_timestamptz = compare_pair<Pair::DateTimestamptz, 'g', 't'>;
static constexpr ScalarBody date_ne_timestamptz = compare_pair<Pair::DateTimestamptz, 'n', 'e'>;
static constexpr ScalarBody timestamp_lt_date = compare_pair<Pair::TimestampDate, 'l', 't'>;
static constexpr ScalarBody timestamp_le_date = compare_pair<Pair::TimestampDate, 'l', 'e'>;
static constexpr ScalarBody timestamp_eq_date = compare_pair<Pair::TimestampDate, 'e', 'q'>;
static constexpr ScalarBody timestamp_ge_date = compare_pair<Pair::TimestampDate, 'g', 'e'>;
static constexpr ScalarBody timestamp_gt_date = compare_pair<Pair::TimestampDate, 'g', 't'>;
static constexpr ScalarBody timestamp_ne_date = compare_pair<Pair::TimestampDate, 'n', 'e'>;
static constexpr ScalarBody timestamptz_lt_date = compare_pair<Pair::TimestamptzDate, 'l', 't'>;
static constexpr ScalarBody timestamptz_le_date = compare_pair<Pair::TimestamptzDate, 'l', 'e'>;
static constexpr ScalarBody timestamptz_eq_date = compare_pair<Pair::TimestamptzDate, 'e', 'q'>;
static constexpr ScalarBody timestamptz_ge_date = compare_pair<Pair::TimestamptzDate, 'g', 'e'>;
static constexpr ScalarBody timestamptz_gt_date = compare_pair<Pair::TimestamptzDate, 'g', 't'>;
static constexpr ScalarBody timestamptz_ne_date = compare_pair<Pair::TimestamptzDate, 'n', 'e'>;

/* ---- Arithmetic of dates ---- */

static void
date_mi(FunctionCall &call)
{
	const int64 a = ArgInt(call, 0), b = ArgInt(call, 1);

	if (!IsFiniteDate(a) || !IsFiniteDate(b))
		raise_date_range("cannot subtract infinite dates");
	SetInt(call, a - b);
}

static int64
shifted_date(int64 date, int64 days)
{
	if (!IsFiniteDate(date))
		return date;
	const int64 result = date + days;

	if (!IS_VALID_DATE(result))
		raise_date_range();
	return result;
}

static void
date_pli(FunctionCall &call)
{
	SetInt(call, shifted_date(ArgInt(call, 0), ArgInt(call, 1)));
}

static void
date_mii(FunctionCall &call)
{
	SetInt(call, shifted_date(ArgInt(call, 0), -ArgInt(call, 1)));
}

static void
integer_pl_date(FunctionCall &call)
{
	SetInt(call, shifted_date(ArgInt(call, 1), ArgInt(call, 0)));
}

static void
date_pl_interval(FunctionCall &call)
{
	SetInt(call, AddToTimestamp(date_to_timestamp(ArgInt(call, 0)), ArgInterval(call, 1)));
}

static void
date_mi_interval(FunctionCall &call)
{
	SetInt(call, AddToTimestamp(date_to_timestamp(ArgInt(call, 0)),
								NegateInterval(ArgInterval(call, 1))));
}

static void
interval_pl_date(FunctionCall &call)
{
	SetInt(call, AddToTimestamp(date_to_timestamp(ArgInt(call, 1)), ArgInterval(call, 0)));
}

static void
date_finite(FunctionCall &call)
{
	SetBool(call, IsFiniteDate(ArgInt(call, 0)));
}

/* A negative year is BC. */
static void
make_date(FunctionCall &call)
{
	const int64 given = ArgInt(call, 0), month = ArgInt(call, 1), day = ArgInt(call, 2);
	const int64 year = given < 0 ? given + 1 : given;

	if (given == 0 || month < 1 || month > 12 || day < 1 ||
		day > DaysInMonth(year, static_cast<int>(month)))
		Raise(Report(ERROR, ERRCODE_DATETIME_FIELD_OVERFLOW)
				  .msg("date field value out of range: %d-%02d-%02d", static_cast<int>(year),
					   static_cast<int>(month), static_cast<int>(day)));
	const int64 result = DaysFromDate(year, static_cast<int>(month), static_cast<int>(day));

	if (!IS_VALID_DATE(result))
		Raise(Report(ERROR, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE)
				  .msg("date out of range: %d-%02d-%02d", static_cast<int>(given),
					   static_cast<int>(month), static_cast<int>(day)));
	SetInt(call, result);
}

/* ---- Times of day ---- */

static void
make_time(FunctionCall &call)
{
	const int64 hour = ArgInt(call, 0), minute = ArgInt(call, 1);
	const double second = ArgFloat(call, 2);
	const double time = (hour * 60.0 + minute) * 60e6 + std::rint(second * 1e6);

	if (hour < 0 || minute < 0 || minute > 59 || hour > 24 || !(second >= 0) || second > 60 ||
		time > static_cast<double>(USECS_PER_DAY))
		Raise(Report(ERROR, ERRCODE_DATETIME_FIELD_OVERFLOW)
				  .msg("time field value out of range: %d:%02d:%02g", static_cast<int>(hour),
					   static_cast<int>(minute), second));
	SetInt(call, static_cast<int64>(time));
}

static void
time_mi_time(FunctionCall &call)
{
	SetInterval(call, {ArgInt(call, 0) - ArgInt(call, 1), 0, 0});
}

static int64
wrapped(int64 time)
{
	const int64 rest = time % USECS_PER_DAY;

	return rest < 0 ? rest + USECS_PER_DAY : rest;
}

static void
time_pl_interval(FunctionCall &call)
{
	SetInt(call, wrapped(ArgInt(call, 0) + ArgInterval(call, 1).time % USECS_PER_DAY));
}

static void
time_mi_interval(FunctionCall &call)
{
	SetInt(call, wrapped(ArgInt(call, 0) - ArgInterval(call, 1).time % USECS_PER_DAY));
}

static void
interval_pl_time(FunctionCall &call)
{
	SetInt(call, wrapped(ArgInt(call, 1) + ArgInterval(call, 0).time % USECS_PER_DAY));
}

static void
time_interval(FunctionCall &call)
{
	SetInterval(call, {ArgInt(call, 0), 0, 0});
}

static void
interval_time(FunctionCall &call)
{
	SetInt(call, wrapped(ArgInterval(call, 0).time));
}

static void
timestamp_time(FunctionCall &call)
{
	const int64 timestamp = ArgInt(call, 0);

	if (IsFiniteTimestamp(timestamp))
		SetInt(call, time_of(timestamp));
}

static void
timestamptz_time(FunctionCall &call)
{
	const int64 timestamp = ArgInt(call, 0);

	if (IsFiniteTimestamp(timestamp))
		SetInt(call, time_of(UtcToLocal(timestamp)));
}

static void
time_scale(FunctionCall &call)
{
	SetInt(call, RoundMicroseconds(ArgInt(call, 0), static_cast<int32>(ArgInt(call, 1))));
}

static constexpr FunctionDef kDateRows[] = {
	Native(1138, "date_larger", 'i', "max($1, $2)", DATEOID, {DATEOID, DATEOID}),
	Native(1139, "date_smaller", 'i', "min($1, $2)", DATEOID, {DATEOID, DATEOID}),
	Fn(1140, "date_mi", 'i', "date_mi", INT4OID, {DATEOID, DATEOID}, date_mi),
	Fn(1141, "date_pli", 'i', "date_pli", DATEOID, {DATEOID, INT4OID}, date_pli),
	Fn(1142, "date_mii", 'i', "date_mii", DATEOID, {DATEOID, INT4OID}, date_mii),
	Fn(2550, "integer_pl_date", 'i', "integer_pl_date", DATEOID, {INT4OID, DATEOID},
	   integer_pl_date),
	Fn(2071, "date_pl_interval", 'i', "date_pl_interval", TIMESTAMPOID, {DATEOID, INTERVALOID},
	   date_pl_interval),
	Fn(2072, "date_mi_interval", 'i', "date_mi_interval", TIMESTAMPOID, {DATEOID, INTERVALOID},
	   date_mi_interval),
	Fn(2546, "interval_pl_date", 'i', "interval_pl_date", TIMESTAMPOID, {INTERVALOID, DATEOID},
	   interval_pl_date),
	Fn(1272, "datetime_pl", 'i', "datetime_timestamp", TIMESTAMPOID, {DATEOID, TIMEOID},
	   datetime_timestamp),
	Fn(2025, "timestamp", 'i', "datetime_timestamp", TIMESTAMPOID, {DATEOID, TIMEOID},
	   datetime_timestamp),
	Fn(1296, "timedate_pl", 'i', "timedate_pl", TIMESTAMPOID, {TIMEOID, DATEOID}, timedate_pl),
	Fn(1176, "timestamptz", 's', "date_time_timestamptz", TIMESTAMPTZOID, {DATEOID, TIMEOID},
	   date_time_timestamptz),
	Fn(2024, "timestamp", 'i', "date_timestamp", TIMESTAMPOID, {DATEOID}, date_timestamp),
	Fn(1174, "timestamptz", 's', "date_timestamptz", TIMESTAMPTZOID, {DATEOID}, date_timestamptz),
	Fn(2029, "date", 'i', "timestamp_date", DATEOID, {TIMESTAMPOID}, timestamp_date),
	Fn(1178, "date", 's', "timestamptz_date", DATEOID, {TIMESTAMPTZOID}, timestamptz_date),
	Fn(1373, "isfinite", 'i', "date_finite", BOOLOID, {DATEOID}, date_finite),
	Fn(3846, "make_date", 'i', "make_date", DATEOID, {INT4OID, INT4OID, INT4OID}, make_date),
	Fn(3847, "make_time", 'i', "make_time", TIMEOID, {INT4OID, INT4OID, FLOAT8OID}, make_time),
	Native(1377, "time_larger", 'i', "max($1, $2)", TIMEOID, {TIMEOID, TIMEOID}),
	Native(1378, "time_smaller", 'i', "min($1, $2)", TIMEOID, {TIMEOID, TIMEOID}),
	Fn(1690, "time_mi_time", 'i', "time_mi_time", INTERVALOID, {TIMEOID, TIMEOID}, time_mi_time),
	Fn(1747, "time_pl_interval", 'i', "time_pl_interval", TIMEOID, {TIMEOID, INTERVALOID},
	   time_pl_interval),
	Fn(1748, "time_mi_interval", 'i', "time_mi_interval", TIMEOID, {TIMEOID, INTERVALOID},
	   time_mi_interval),
	Fn(1848, "interval_pl_time", 'i', "interval_pl_time", TIMEOID, {INTERVALOID, TIMEOID},
	   interval_pl_time),
	Fn(1370, "interval", 'i', "time_interval", INTERVALOID, {TIMEOID}, time_interval),
	Fn(1419, "time", 'i', "interval_time", TIMEOID, {INTERVALOID}, interval_time),
	Fn(1316, "time", 'i', "timestamp_time", TIMEOID, {TIMESTAMPOID}, timestamp_time),
	Fn(2019, "time", 's', "timestamptz_time", TIMEOID, {TIMESTAMPTZOID}, timestamptz_time),
	Fn(1968, "time", 'i', "time_scale", TIMEOID, {TIMEOID, INT4OID}, time_scale),
	Fn(2338, "date_lt_timestamp", 'i', "date_lt_timestamp", BOOLOID, {DATEOID, TIMESTAMPOID},
	   date_lt_timestamp),
	Fn(2339, "date_le_timestamp", 'i', "date_le_timestamp", BOOLOID, {DATEOID, TIMESTAMPOID},
	   date_le_timestamp),
	Fn(2340, "date_eq_timestamp", 'i', "date_eq_timestamp", BOOLOID, {DATEOID, TIMESTAMPOID},
	   date_eq_timestamp),
	Fn(2342, "date_ge_timestamp", 'i', "date_ge_timestamp", BOOLOID, {DATEOID, TIMESTAMPOID},
	   date_ge_timestamp),
	Fn(2341, "date_gt_timestamp", 'i', "date_gt_timestamp", BOOLOID, {DATEOID, TIMESTAMPOID},
	   date_gt_timestamp),
	Fn(2343, "date_ne_timestamp", 'i', "date_ne_timestamp", BOOLOID, {DATEOID, TIMESTAMPOID},
	   date_ne_timestamp),
	Fn(2351, "date_lt_timestamptz", 's', "date_lt_timestamptz", BOOLOID, {DATEOID, TIMESTAMPTZOID},
	   date_lt_timestamptz),
	Fn(2352, "date_le_timestamptz", 's', "date_le_timestamptz", BOOLOID, {DATEOID, TIMESTAMPTZOID},
	   date_le_timestamptz),
	Fn(2353, "date_eq_timestamptz", 's', "date_eq_timestamptz", BOOLOID, {DATEOID, TIMESTAMPTZOID},
	   date_eq_timestamptz),
	Fn(2355, "date_ge_timestamptz", 's', "date_ge_timestamptz", BOOLOID, {DATEOID, TIMESTAMPTZOID},
	   date_ge_timestamptz),
	Fn(2354, "date_gt_timestamptz", 's', "date_gt_timestamptz", BOOLOID, {DATEOID, TIMESTAMPTZOID},
	   date_gt_timestamptz),
	Fn(2356, "date_ne_timestamptz", 's', "date_ne_timestamptz", BOOLOID, {DATEOID, TIMESTAMPTZOID},
	   date_ne_timestamptz),
	Fn(2364, "timestamp_lt_date", 'i', "timestamp_lt_date", BOOLOID, {TIMESTAMPOID, DATEOID},
	   timestamp_lt_date),
	Fn(2365, "timestamp_le_date", 'i', "timestamp_le_date", BOOLOID, {TIMESTAMPOID, DATEOID},
	   timestamp_le_date),
	Fn(2366, "timestamp_eq_date", 'i', "timestamp_eq_date", BOOLOID, {TIMESTAMPOID, DATEOID},
	   timestamp_eq_date),
	Fn(2368, "timestamp_ge_date", 'i', "timestamp_ge_date", BOOLOID, {TIMESTAMPOID, DATEOID},
	   timestamp_ge_date),
	Fn(2367, "timestamp_gt_date", 'i', "timestamp_gt_date", BOOLOID, {TIMESTAMPOID, DATEOID},
	   timestamp_gt_date),
	Fn(2369, "timestamp_ne_date", 'i', "timestamp_ne_date", BOOLOID, {TIMESTAMPOID, DATEOID},
	   timestamp_ne_date),
	Fn(2377, "timestamptz_lt_date", 's', "timestamptz_lt_date", BOOLOID, {TIMESTAMPTZOID, DATEOID},
	   timestamptz_lt_date),
	Fn(2378, "timestamptz_le_date", 's', "timestamptz_le_date", BOOLOID, {TIMESTAMPTZOID, DATEOID},
	   timestamptz_le_date),
	Fn(2379, "timestamptz_eq_date", 's', "timestamptz_eq_date", BOOLOID, {TIMESTAMPTZOID, DATEOID},
	   timestamptz_eq_date),
	Fn(2381, "timestamptz_ge_date", 's', "timestamptz_ge_date", BOOLOID, {TIMESTAMPTZOID, DATEOID},
	   timestamptz_ge_date),
	Fn(2380, "timestamptz_gt_date", 's', "timestamptz_gt_date", BOOLOID, {TIMESTAMPTZOID, DATEOID},
	   timestamptz_gt_date),
	Fn(2382, "timestamptz_ne_date", 's', "timestamptz_ne_date", BOOLOID, {TIMESTAMPTZOID, DATEOID},
	   timestamptz_ne_date),
};

const std::span<const FunctionDef> kDateFunctions = kDateRows;

} /* namespace pg */
