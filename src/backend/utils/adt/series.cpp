/*
 * utils/adt/series.cpp
 *		generate_series for integers, numeric and timestamps.
 *
 * Any process.  The arguments are hidden columns of the row sources: start, stop, step.
 */
#include "utils/adt/adt_internals.h"
#include "utils/adt/datetime.h"
#include "utils/adt/interval.h"
#include "utils/adt/numeric.h"
#include "utils/adt/type_io.h"

namespace pg
{

namespace
{

[[noreturn]] void
raise_zero_step()
{
	Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE).msg("step size cannot equal zero"));
}

/* No rows: an argument was null. */
class EmptyCursor : public RowCursor
{
	bool next() override { return false; }
	Value column(int) override { return Value::Null(); }
};

class IntegerSeries : public RowCursor
{
public:
	IntegerSeries(int64 start, int64 stop, int64 step) : next_(start), stop_(stop), step_(step)
	{
		if (step == 0)
			raise_zero_step();
	}

	bool next() override
	{
		if (done_ || (step_ > 0 ? next_ > stop_ : next_ < stop_))
			return false;
		current_ = next_;
		done_ = __builtin_add_overflow(next_, step_, &next_);
		return true;
	}

	Value column(int) override { return Value::Int(current_); }

private:
	int64 next_, stop_, step_;
	int64 current_ = 0;
	bool done_ = false;
};

class NumericSeries : public RowCursor
{
public:
	NumericSeries(Decimal start, Decimal stop, Decimal step)
		: next_(std::move(start)), stop_(std::move(stop)), step_(std::move(step))
	{
		check(next_, "start");
		check(stop_, "stop");
		check(step_, "step size");
		if (step_.is_zero())
			raise_zero_step();
	}

	bool next() override
	{
		if (CompareDecimals(next_, stop_) * step_.sign() > 0)
			return false;
		value_ = DecimalValue(next_, &text_);
		next_ = AddDecimals(next_, step_);
		return true;
	}

	Value column(int) override { return value_; }

private:
	static void check(const Decimal &value, const char *what)
	{
		if (!value.is_finite())
			Raise(
				Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
					.msg("%s %s cannot be %s", what, "value", value.is_nan() ? "NaN" : "infinity"));
	}

	Decimal next_, stop_, step_;
	std::string text_;
	Value value_;
};

template <int64 (*kAdd)(int64, const Interval &)>
class TimestampSeries : public RowCursor
{
public:
	TimestampSeries(int64 start, int64 stop, const Interval &step)
		: next_(start), stop_(stop), step_(step)
	{
		direction_ = CompareIntervals(step, Interval{0, 0, 0});
		if (direction_ == 0)
			raise_zero_step();
	}

	bool next() override
	{
		if (direction_ > 0 ? next_ > stop_ : next_ < stop_)
			return false;
		current_ = next_;
		next_ = kAdd(next_, step_);
		return true;
	}

	Value column(int) override { return Value::Int(current_); }

private:
	int64 next_, stop_;
	Interval step_;
	int64 current_ = 0;
	int direction_;
};

bool
any_null(std::span<const Value> args, size_t needed)
{
	for (size_t i = 0; i < needed; i++)
		if (args[i].is_null())
			return true;
	return false;
}

std::unique_ptr<RowCursor>
open_integers(std::span<const Value> args)
{
	if (any_null(args, 2))
		return std::make_unique<EmptyCursor>();
	return std::make_unique<IntegerSeries>(args[0].integer, args[1].integer,
										   args[2].is_null() ? 1 : args[2].integer);
}

Decimal
decimal_of(const Value &value)
{
	return value.kind == Value::Kind::Int ? Decimal::FromInt(value.integer)
										  : ReadDecimal(value.bytes);
}

std::unique_ptr<RowCursor>
open_numerics(std::span<const Value> args)
{
	if (any_null(args, 2))
		return std::make_unique<EmptyCursor>();
	return std::make_unique<NumericSeries>(decimal_of(args[0]), decimal_of(args[1]),
										   args[2].is_null() ? Decimal::FromInt(1)
															 : decimal_of(args[2]));
}

template <int64 (*kAdd)(int64, const Interval &)>
std::unique_ptr<RowCursor>
open_timestamps(std::span<const Value> args)
{
	if (any_null(args, 3))
		return std::make_unique<EmptyCursor>();
	return std::make_unique<TimestampSeries<kAdd>>(args[0].integer, args[1].integer,
												   ReadInterval(args[2].bytes));
}

} /* namespace */

static constexpr RowColumn kIntegerColumns[] = {{"generate_series", INT8OID}};
static constexpr RowColumn kNumericColumns[] = {{"generate_series", NUMERICOID}};
static constexpr RowColumn kTimestampColumns[] = {{"generate_series", TIMESTAMPOID}};
static constexpr RowColumn kTimestamptzColumns[] = {{"generate_series", TIMESTAMPTZOID}};

static constexpr RowSource kSeriesSourceRows[] = {
	{"pg_catalog.generate_series_int", kIntegerColumns, 3, open_integers},
	{"pg_catalog.generate_series_numeric", kNumericColumns, 3, open_numerics},
	{"pg_catalog.generate_series_timestamp", kTimestampColumns, 3, open_timestamps<AddToTimestamp>},
	{"pg_catalog.generate_series_timestamptz", kTimestamptzColumns, 3,
	 open_timestamps<AddToTimestamptz>},
};

const std::span<const RowSource> kSeriesSources = kSeriesSourceRows;

static constexpr FunctionDef kSeriesRows[] = {
	Rows(1066, "generate_series", 'i', "pg_catalog.generate_series_int", INT4OID,
		 {INT4OID, INT4OID, INT4OID}),
	Rows(1067, "generate_series", 'i', "pg_catalog.generate_series_int", INT4OID,
		 {INT4OID, INT4OID}),
	Rows(1068, "generate_series", 'i', "pg_catalog.generate_series_int", INT8OID,
		 {INT8OID, INT8OID, INT8OID}),
	Rows(1069, "generate_series", 'i', "pg_catalog.generate_series_int", INT8OID,
		 {INT8OID, INT8OID}),
	Rows(3259, "generate_series", 'i', "pg_catalog.generate_series_numeric", NUMERICOID,
		 {NUMERICOID, NUMERICOID, NUMERICOID}),
	Rows(3260, "generate_series", 'i', "pg_catalog.generate_series_numeric", NUMERICOID,
		 {NUMERICOID, NUMERICOID}),
	Rows(938, "generate_series", 'i', "pg_catalog.generate_series_timestamp", TIMESTAMPOID,
		 {TIMESTAMPOID, TIMESTAMPOID, INTERVALOID}),
	Rows(939, "generate_series", 's', "pg_catalog.generate_series_timestamptz", TIMESTAMPTZOID,
		 {TIMESTAMPTZOID, TIMESTAMPTZOID, INTERVALOID}),
};

const std::span<const FunctionDef> kSeriesFunctions = kSeriesRows;

} /* namespace pg */
