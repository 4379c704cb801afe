/*
 * utils/adt/aggregates.cpp
 *		Aggregates that the engine does not have by itself, or not with PostgreSQL's types and errors.
 *
 * Any process.  One state object per group; null arguments are passed over.
 */
#include "utils/adt/adt_internals.h"
#include "utils/adt/interval.h"
#include "utils/adt/numeric.h"

namespace pg
{

namespace
{

template <typename State>
std::unique_ptr<AggregateState>
Create()
{
	return std::make_unique<State>();
}

/* Calls State::add for each argument that is not null; finish is called when there was one. */
class NonNull : public AggregateState
{
public:
	void step(FunctionCall &call) final
	{
		if (call.arg(0).is_null())
			return;
		count_++;
		add(call);
	}

	void finish(FunctionCall &call) final
	{
		if (count_ > 0)
			result(call);
	}

protected:
	virtual void add(FunctionCall &call) = 0;
	virtual void result(FunctionCall &call) = 0;

	int64 count_ = 0;
};

/* ---- Sums and averages of integers: exact, 128 bits wide ---- */

BigInt
wide(__int128 value)
{
	const bool negative = value < 0;
	const unsigned __int128 magnitude =
		negative ? -static_cast<unsigned __int128>(value) : static_cast<unsigned __int128>(value);
	BigInt result = BigInt(static_cast<uint64>(magnitude >> 64));

	result <<= 64;
	result += static_cast<uint64>(magnitude);
	return negative ? BigInt(-result) : result;
}

class SumInt8 : public NonNull
{
	void add(FunctionCall &call) override { sum_ += ArgInt(call, 0); }
	void result(FunctionCall &call) override { SetDecimal(call, {wide(sum_), 0}); }

	__int128 sum_ = 0;
};

class AverageInteger : public NonNull
{
	void add(FunctionCall &call) override { sum_ += ArgInt(call, 0); }
	void result(FunctionCall &call) override
	{
		SetDecimal(call, DivideDecimals({wide(sum_), 0}, Decimal::FromInt(count_)));
	}

	__int128 sum_ = 0;
};

class SumNumeric : public NonNull
{
protected:
	void add(FunctionCall &call) override { sum_ = AddDecimals(sum_, ArgDecimal(call, 0)); }
	void result(FunctionCall &call) override { SetDecimal(call, sum_); }

	Decimal sum_;
};

class AverageNumeric : public SumNumeric
{
	void result(FunctionCall &call) override
	{
		SetDecimal(call, DivideDecimals(sum_, Decimal::FromInt(count_)));
	}
};

/* ---- Floats ---- */

class SumFloat8 : public NonNull
{
protected:
	void add(FunctionCall &call) override
	{
		const double value = ArgFloat(call, 0);

		infinite_ = infinite_ || std::isinf(value);
		sum_ += value;
		if (std::isinf(sum_) && !infinite_)
			Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE)
					  .msg("value out of range: overflow"));
	}
	void result(FunctionCall &call) override { SetFloat(call, sum_); }

	double sum_ = 0;
	bool infinite_ = false;
};

class SumFloat4 : public NonNull
{
	void add(FunctionCall &call) override
	{
		const float value = static_cast<float>(ArgFloat(call, 0));

		infinite_ = infinite_ || std::isinf(value);
		sum_ += value;
		if (std::isinf(sum_) && !infinite_)
			Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE)
					  .msg("value out of range: overflow"));
	}
	void result(FunctionCall &call) override { SetFloat(call, sum_); }

	float sum_ = 0;
	bool infinite_ = false;
};

class AverageFloat : public SumFloat8
{
	void result(FunctionCall &call) override { SetFloat(call, sum_ / static_cast<double>(count_)); }
};

/* ---- Intervals ---- */

class SumInterval : public NonNull
{
protected:
	void add(FunctionCall &call) override { sum_ = AddIntervals(sum_, ArgInterval(call, 0)); }
	void result(FunctionCall &call) override { SetInterval(call, sum_); }

	Interval sum_{};
};

class AverageInterval : public SumInterval
{
	void result(FunctionCall &call) override
	{
		SetInterval(call, DivideInterval(sum_, static_cast<double>(count_)));
	}
};

/* ---- Extremes under a collation ---- */

int
compare_bpchar(std::string_view a, std::string_view b)
{
	const auto trimmed = [](std::string_view text)
	{ return text.substr(0, text.find_last_not_of(' ') + 1); };

	return trimmed(a).compare(trimmed(b));
}

template <auto kCompare, int kDirection>
class Extreme : public NonNull
{
	void add(FunctionCall &call) override
	{
		/* Of equal ones the last counts, as it may be written otherwise (1.0 and 1.00). */
		if (count_ == 1 || kCompare(ArgText(call, 0), best_) * kDirection >= 0)
			best_ = ArgText(call, 0);
	}
	void result(FunctionCall &call) override { SetText(call, best_); }

	std::string best_;
};

using MaxNumeric = Extreme<CompareDecimalTexts, 1>;
using MinNumeric = Extreme<CompareDecimalTexts, -1>;
using MaxInterval = Extreme<CompareIntervalTexts, 1>;
using MinInterval = Extreme<CompareIntervalTexts, -1>;
using MaxBpchar = Extreme<compare_bpchar, 1>;
using MinBpchar = Extreme<compare_bpchar, -1>;

/* ---- Bits ---- */

template <typename Operation>
class Bits : public NonNull
{
	void add(FunctionCall &call) override
	{
		bits_ = count_ == 1 ? ArgInt(call, 0) : Operation()(bits_, ArgInt(call, 0));
	}
	void result(FunctionCall &call) override { SetInt(call, bits_); }

	int64 bits_ = 0;
};

using BitAnd = Bits<std::bit_and<int64>>;
using BitOr = Bits<std::bit_or<int64>>;
using BitXor = Bits<std::bit_xor<int64>>;

/* ---- Concatenation: the first separator is not used, each later one stands before its value ---- */

template <bool kBytes>
class Concatenation : public NonNull
{
	void add(FunctionCall &call) override
	{
		if (count_ > 1)
			text_.append(call.arg(1).bytes);
		text_.append(ArgText(call, 0));
	}
	void result(FunctionCall &call) override
	{
		call.set_result(kBytes ? Value::Blob(text_) : Value::Text(text_));
	}

	std::string text_;
};

using StringAgg = Concatenation<false>;
using BytesAgg = Concatenation<true>;

/* ---- Variance and standard deviation ---- */

enum class Spread
{
	VarSamp,
	VarPop,
	StddevSamp,
	StddevPop
};

constexpr bool
is_sample(Spread kind)
{
	return kind == Spread::VarSamp || kind == Spread::StddevSamp;
}

constexpr bool
is_deviation(Spread kind)
{
	return kind == Spread::StddevSamp || kind == Spread::StddevPop;
}

/* (N * sum(x^2) - sum(x)^2) / (N * (N - 1)), exactly. */
template <Spread kKind>
class NumericSpread : public NonNull
{
	void add(FunctionCall &call) override
	{
		const Decimal value = ArgDecimal(call, 0);

		sum_ = AddDecimals(sum_, value);
		squares_ = AddDecimals(squares_, MultiplyDecimals(value, value));
	}

	void result(FunctionCall &call) override
	{
		if (is_sample(kKind) && count_ == 1)
			return;
		if (!sum_.is_finite())
			return SetText(call, "NaN");
		const Decimal n = Decimal::FromInt(count_);
		const Decimal numerator =
			SubtractDecimals(MultiplyDecimals(n, squares_), MultiplyDecimals(sum_, sum_));
		const Decimal denominator =
			MultiplyDecimals(n, Decimal::FromInt(is_sample(kKind) ? count_ - 1 : count_));

		if (numerator.sign() <= 0)
			return SetText(call, "0");
		const Decimal variance = DivideDecimals(numerator, denominator);

		SetDecimal(call, is_deviation(kKind) ? SquareRoot(variance, variance.scale) : variance);
	}

	Decimal sum_, squares_;
};

using NumericVarSamp = NumericSpread<Spread::VarSamp>;
using NumericVarPop = NumericSpread<Spread::VarPop>;
using NumericStddevSamp = NumericSpread<Spread::StddevSamp>;
using NumericStddevPop = NumericSpread<Spread::StddevPop>;

/* Youngs and Cramer's recurrence: no cancellation of large squares. */
template <Spread kKind>
class FloatSpread : public NonNull
{
	void add(FunctionCall &call) override
	{
		const double value = ArgFloat(call, 0);
		const double n = static_cast<double>(count_);

		infinite_ = infinite_ || std::isinf(value);
		sum_ += value;
		if (count_ > 1)
		{
			const double difference = value * n - sum_;

			deviations_ += difference * difference / (n * (n - 1));
			if (std::isinf(deviations_) && !infinite_ && !std::isinf(value))
				Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE)
						  .msg("value out of range: overflow"));
		}
		else if (!std::isfinite(value))
			deviations_ = std::numeric_limits<double>::quiet_NaN();
	}

	void result(FunctionCall &call) override
	{
		if (is_sample(kKind) && count_ == 1)
			return;
		const double variance =
			deviations_ / static_cast<double>(is_sample(kKind) ? count_ - 1 : count_);

		SetFloat(call, is_deviation(kKind) ? std::sqrt(variance) : variance);
	}

	double sum_ = 0, deviations_ = 0;
	bool infinite_ = false;
};

using FloatVarSamp = FloatSpread<Spread::VarSamp>;
using FloatVarPop = FloatSpread<Spread::VarPop>;
using FloatStddevSamp = FloatSpread<Spread::StddevSamp>;
using FloatStddevPop = FloatSpread<Spread::StddevPop>;

} /* namespace */

static constexpr FunctionDef kAggregateRows[] = {
	Aggregate(2803, "count", "count", INT8OID, {}, nullptr),
	Aggregate(2147, "count", "count", INT8OID, {ANYOID}, nullptr),
	Aggregate(2109, "sum", "sum", INT8OID, {INT2OID}, nullptr),
	Aggregate(2108, "sum", "sum", INT8OID, {INT4OID}, nullptr),
	Aggregate(2107, "sum", "sum_int8", NUMERICOID, {INT8OID}, Create<SumInt8>),
	Aggregate(2114, "sum", "sum_numeric", NUMERICOID, {NUMERICOID}, Create<SumNumeric>),
	Aggregate(2110, "sum", "sum_float4", FLOAT4OID, {FLOAT4OID}, Create<SumFloat4>),
	Aggregate(2111, "sum", "sum_float8", FLOAT8OID, {FLOAT8OID}, Create<SumFloat8>),
	Aggregate(2113, "sum", "sum_interval", INTERVALOID, {INTERVALOID}, Create<SumInterval>),
	Aggregate(2102, "avg", "avg_int", NUMERICOID, {INT2OID}, Create<AverageInteger>),
	Aggregate(2101, "avg", "avg_int", NUMERICOID, {INT4OID}, Create<AverageInteger>),
	Aggregate(2100, "avg", "avg_int", NUMERICOID, {INT8OID}, Create<AverageInteger>),
	Aggregate(2103, "avg", "avg_numeric", NUMERICOID, {NUMERICOID}, Create<AverageNumeric>),
	Aggregate(2104, "avg", "avg_float", FLOAT8OID, {FLOAT4OID}, Create<AverageFloat>),
	Aggregate(2105, "avg", "avg_float", FLOAT8OID, {FLOAT8OID}, Create<AverageFloat>),
	Aggregate(2106, "avg", "avg_interval", INTERVALOID, {INTERVALOID}, Create<AverageInterval>),
	Aggregate(2517, "bool_and", "min", BOOLOID, {BOOLOID}, nullptr),
	Aggregate(2518, "bool_or", "max", BOOLOID, {BOOLOID}, nullptr),
	Aggregate(2519, "every", "min", BOOLOID, {BOOLOID}, nullptr),
	Aggregate(3538, "string_agg", "string_agg", TEXTOID, {TEXTOID, TEXTOID}, Create<StringAgg>),
	Aggregate(3545, "string_agg", "string_agg_bytea", BYTEAOID, {BYTEAOID, BYTEAOID},
			  Create<BytesAgg>),
	Aggregate(2050, "max", "max", ANYARRAYOID, {ANYARRAYOID}, nullptr),
	Aggregate(2051, "min", "min", ANYARRAYOID, {ANYARRAYOID}, nullptr),
	Aggregate(2117, "max", "max", INT2OID, {INT2OID}, nullptr),
	Aggregate(2133, "min", "min", INT2OID, {INT2OID}, nullptr),
	Aggregate(2116, "max", "max", INT4OID, {INT4OID}, nullptr),
	Aggregate(2132, "min", "min", INT4OID, {INT4OID}, nullptr),
	Aggregate(2115, "max", "max", INT8OID, {INT8OID}, nullptr),
	Aggregate(2131, "min", "min", INT8OID, {INT8OID}, nullptr),
	Aggregate(2118, "max", "max", OIDOID, {OIDOID}, nullptr),
	Aggregate(2134, "min", "min", OIDOID, {OIDOID}, nullptr),
	Aggregate(2122, "max", "max", DATEOID, {DATEOID}, nullptr),
	Aggregate(2138, "min", "min", DATEOID, {DATEOID}, nullptr),
	Aggregate(2123, "max", "max", TIMEOID, {TIMEOID}, nullptr),
	Aggregate(2139, "min", "min", TIMEOID, {TIMEOID}, nullptr),
	Aggregate(2126, "max", "max", TIMESTAMPOID, {TIMESTAMPOID}, nullptr),
	Aggregate(2142, "min", "min", TIMESTAMPOID, {TIMESTAMPOID}, nullptr),
	Aggregate(2127, "max", "max", TIMESTAMPTZOID, {TIMESTAMPTZOID}, nullptr),
	Aggregate(2143, "min", "min", TIMESTAMPTZOID, {TIMESTAMPTZOID}, nullptr),
	Aggregate(2129, "max", "max", TEXTOID, {TEXTOID}, nullptr),
	Aggregate(2145, "min", "min", TEXTOID, {TEXTOID}, nullptr),
	Aggregate(2119, "max", "max", FLOAT4OID, {FLOAT4OID}, nullptr),
	Aggregate(2135, "min", "min", FLOAT4OID, {FLOAT4OID}, nullptr),
	Aggregate(2120, "max", "max", FLOAT8OID, {FLOAT8OID}, nullptr),
	Aggregate(2136, "min", "min", FLOAT8OID, {FLOAT8OID}, nullptr),
	Aggregate(5099, "max", "max", XID8OID, {XID8OID}, nullptr),
	Aggregate(5100, "min", "min", XID8OID, {XID8OID}, nullptr),
	Aggregate(4189, "max", "max", PG_LSNOID, {PG_LSNOID}, nullptr),
	Aggregate(4190, "min", "min", PG_LSNOID, {PG_LSNOID}, nullptr),
	Aggregate(2130, "max", "max_numeric", NUMERICOID, {NUMERICOID}, Create<MaxNumeric>),
	Aggregate(2146, "min", "min_numeric", NUMERICOID, {NUMERICOID}, Create<MinNumeric>),
	Aggregate(2128, "max", "max_interval", INTERVALOID, {INTERVALOID}, Create<MaxInterval>),
	Aggregate(2144, "min", "min_interval", INTERVALOID, {INTERVALOID}, Create<MinInterval>),
	Aggregate(2244, "max", "max_bpchar", BPCHAROID, {BPCHAROID}, Create<MaxBpchar>),
	Aggregate(2245, "min", "min_bpchar", BPCHAROID, {BPCHAROID}, Create<MinBpchar>),
	Aggregate(2236, "bit_and", "bit_and", INT2OID, {INT2OID}, Create<BitAnd>),
	Aggregate(2238, "bit_and", "bit_and", INT4OID, {INT4OID}, Create<BitAnd>),
	Aggregate(2240, "bit_and", "bit_and", INT8OID, {INT8OID}, Create<BitAnd>),
	Aggregate(2237, "bit_or", "bit_or", INT2OID, {INT2OID}, Create<BitOr>),
	Aggregate(2239, "bit_or", "bit_or", INT4OID, {INT4OID}, Create<BitOr>),
	Aggregate(2241, "bit_or", "bit_or", INT8OID, {INT8OID}, Create<BitOr>),
	Aggregate(6164, "bit_xor", "bit_xor", INT2OID, {INT2OID}, Create<BitXor>),
	Aggregate(6165, "bit_xor", "bit_xor", INT4OID, {INT4OID}, Create<BitXor>),
	Aggregate(6166, "bit_xor", "bit_xor", INT8OID, {INT8OID}, Create<BitXor>),
	Aggregate(2156, "stddev", "stddev_samp_numeric", NUMERICOID, {INT2OID},
			  Create<NumericStddevSamp>),
	Aggregate(2155, "stddev", "stddev_samp_numeric", NUMERICOID, {INT4OID},
			  Create<NumericStddevSamp>),
	Aggregate(2154, "stddev", "stddev_samp_numeric", NUMERICOID, {INT8OID},
			  Create<NumericStddevSamp>),
	Aggregate(2159, "stddev", "stddev_samp_numeric", NUMERICOID, {NUMERICOID},
			  Create<NumericStddevSamp>),
	Aggregate(2157, "stddev", "stddev_samp_float", FLOAT8OID, {FLOAT4OID}, Create<FloatStddevSamp>),
	Aggregate(2158, "stddev", "stddev_samp_float", FLOAT8OID, {FLOAT8OID}, Create<FloatStddevSamp>),
	Aggregate(2714, "stddev_samp", "stddev_samp_numeric", NUMERICOID, {INT2OID},
			  Create<NumericStddevSamp>),
	Aggregate(2713, "stddev_samp", "stddev_samp_numeric", NUMERICOID, {INT4OID},
			  Create<NumericStddevSamp>),
	Aggregate(2712, "stddev_samp", "stddev_samp_numeric", NUMERICOID, {INT8OID},
			  Create<NumericStddevSamp>),
	Aggregate(2717, "stddev_samp", "stddev_samp_numeric", NUMERICOID, {NUMERICOID},
			  Create<NumericStddevSamp>),
	Aggregate(2715, "stddev_samp", "stddev_samp_float", FLOAT8OID, {FLOAT4OID},
			  Create<FloatStddevSamp>),
	Aggregate(2716, "stddev_samp", "stddev_samp_float", FLOAT8OID, {FLOAT8OID},
			  Create<FloatStddevSamp>),
	Aggregate(2726, "stddev_pop", "stddev_pop_numeric", NUMERICOID, {INT2OID},
			  Create<NumericStddevPop>),
	Aggregate(2725, "stddev_pop", "stddev_pop_numeric", NUMERICOID, {INT4OID},
			  Create<NumericStddevPop>),
	Aggregate(2724, "stddev_pop", "stddev_pop_numeric", NUMERICOID, {INT8OID},
			  Create<NumericStddevPop>),
	Aggregate(2729, "stddev_pop", "stddev_pop_numeric", NUMERICOID, {NUMERICOID},
			  Create<NumericStddevPop>),
	Aggregate(2727, "stddev_pop", "stddev_pop_float", FLOAT8OID, {FLOAT4OID},
			  Create<FloatStddevPop>),
	Aggregate(2728, "stddev_pop", "stddev_pop_float", FLOAT8OID, {FLOAT8OID},
			  Create<FloatStddevPop>),
	Aggregate(2150, "variance", "var_samp_numeric", NUMERICOID, {INT2OID}, Create<NumericVarSamp>),
	Aggregate(2149, "variance", "var_samp_numeric", NUMERICOID, {INT4OID}, Create<NumericVarSamp>),
	Aggregate(2148, "variance", "var_samp_numeric", NUMERICOID, {INT8OID}, Create<NumericVarSamp>),
	Aggregate(2153, "variance", "var_samp_numeric", NUMERICOID, {NUMERICOID},
			  Create<NumericVarSamp>),
	Aggregate(2151, "variance", "var_samp_float", FLOAT8OID, {FLOAT4OID}, Create<FloatVarSamp>),
	Aggregate(2152, "variance", "var_samp_float", FLOAT8OID, {FLOAT8OID}, Create<FloatVarSamp>),
	Aggregate(2643, "var_samp", "var_samp_numeric", NUMERICOID, {INT2OID}, Create<NumericVarSamp>),
	Aggregate(2642, "var_samp", "var_samp_numeric", NUMERICOID, {INT4OID}, Create<NumericVarSamp>),
	Aggregate(2641, "var_samp", "var_samp_numeric", NUMERICOID, {INT8OID}, Create<NumericVarSamp>),
	Aggregate(2646, "var_samp", "var_samp_numeric", NUMERICOID, {NUMERICOID},
			  Create<NumericVarSamp>),
	Aggregate(2644, "var_samp", "var_samp_float", FLOAT8OID, {FLOAT4OID}, Create<FloatVarSamp>),
	Aggregate(2645, "var_samp", "var_samp_float", FLOAT8OID, {FLOAT8OID}, Create<FloatVarSamp>),
	Aggregate(2720, "var_pop", "var_pop_numeric", NUMERICOID, {INT2OID}, Create<NumericVarPop>),
	Aggregate(2719, "var_pop", "var_pop_numeric", NUMERICOID, {INT4OID}, Create<NumericVarPop>),
	Aggregate(2718, "var_pop", "var_pop_numeric", NUMERICOID, {INT8OID}, Create<NumericVarPop>),
	Aggregate(2723, "var_pop", "var_pop_numeric", NUMERICOID, {NUMERICOID}, Create<NumericVarPop>),
	Aggregate(2721, "var_pop", "var_pop_float", FLOAT8OID, {FLOAT4OID}, Create<FloatVarPop>),
	Aggregate(2722, "var_pop", "var_pop_float", FLOAT8OID, {FLOAT8OID}, Create<FloatVarPop>),
	Window(3100, "row_number", "row_number", INT8OID, {}),
	Window(3101, "rank", "rank", INT8OID, {}),
	Window(3102, "dense_rank", "dense_rank", INT8OID, {}),
	Window(3103, "percent_rank", "percent_rank", FLOAT8OID, {}),
	Window(3104, "cume_dist", "cume_dist", FLOAT8OID, {}),
	Window(3105, "ntile", "ntile", INT4OID, {INT4OID}),
	Window(3106, "lag", "lag", ANYELEMENTOID, {ANYELEMENTOID}),
	Window(3107, "lag", "lag", ANYELEMENTOID, {ANYELEMENTOID, INT4OID}),
	Window(3108, "lag", "lag", ANYCOMPATIBLEOID, {ANYCOMPATIBLEOID, INT4OID, ANYCOMPATIBLEOID}),
	Window(3109, "lead", "lead", ANYELEMENTOID, {ANYELEMENTOID}),
	Window(3110, "lead", "lead", ANYELEMENTOID, {ANYELEMENTOID, INT4OID}),
	Window(3111, "lead", "lead", ANYCOMPATIBLEOID, {ANYCOMPATIBLEOID, INT4OID, ANYCOMPATIBLEOID}),
	Window(3112, "first_value", "first_value", ANYELEMENTOID, {ANYELEMENTOID}),
	Window(3113, "last_value", "last_value", ANYELEMENTOID, {ANYELEMENTOID}),
	Window(3114, "nth_value", "nth_value", ANYELEMENTOID, {ANYELEMENTOID, INT4OID}),
};

const std::span<const FunctionDef> kAggregateFunctions = kAggregateRows;

} /* namespace pg */
