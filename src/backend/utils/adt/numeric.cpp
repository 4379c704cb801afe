/*
 * utils/adt/numeric.cpp
 *		numeric: input, typmod, operators, rounding, casts. Logarithms and powers are in numeric_math.cpp.
 *
 * Any process.
 */
#include "utils/adt/numeric.h"

#include "utils/adt/adt_internals.h"
#include "utils/adt/type_io.h"

namespace pg
{

/* ---- Arguments and results ---- */

Decimal
ArgDecimal(const FunctionCall &call, int i)
{
	const Value value = call.arg(i);

	if (value.kind == Value::Kind::Int)
		return Decimal::FromInt(value.integer);
	return ReadDecimal(value.bytes);
}

void
SetDecimal(FunctionCall &call, const Decimal &value)
{
	std::string text;

	AppendDecimal(value, &text);
	SetText(call, text);
}

Value
DecimalValue(const Decimal &value, std::string *scratch)
{
	scratch->clear();
	AppendDecimal(value, scratch);
	return Value::Text(*scratch);
}

/* ---- Input and typmod ---- */

static Decimal
apply_typmod(const Decimal &value, int32 typmod)
{
	if (typmod < 4 || value.is_nan())
		return value;

	const int precision = NumericTypmodPrecision(typmod);
	const int scale = NumericTypmodScale(typmod);

	if (value.is_infinite())
		Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE)
				  .msg("numeric field overflow")
				  .detail("A field with precision %d, scale %d cannot hold an infinite value.",
						  precision, scale));
	Decimal result = RoundDecimal(value, scale);

	if (CountDigits(result.unscaled) - result.scale > precision - scale && !result.is_zero())
		Raise(
			Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE)
				.msg("numeric field overflow")
				.detail("A field with precision %d, scale %d must round to an absolute value less "
						"than %s%d.",
						precision, scale, precision == scale ? "" : "10^",
						precision == scale ? 1 : precision - scale));
	return result;
}

Value
NumericIn(std::string_view text, int32 typmod, std::string *scratch)
{
	Decimal value;

	if (!ParseDecimal(text, &value))
		RaiseBadInput("numeric", text);
	return DecimalValue(apply_typmod(value, typmod), scratch);
}

Value
NumericTypmod(const Value &value, int32 typmod, bool, std::string *scratch)
{
	if (typmod < 4)
		return value;
	return DecimalValue(apply_typmod(ReadDecimal(value.bytes), typmod), scratch);
}

static void
numeric_typmod(FunctionCall &call)
{
	SetDecimal(call, apply_typmod(ArgDecimal(call, 0), static_cast<int32>(ArgInt(call, 1))));
}

/* ---- Operators ---- */

template <Decimal (*kFunction)(const Decimal &, const Decimal &)>
static void
binary(FunctionCall &call)
{
	SetDecimal(call, kFunction(ArgDecimal(call, 0), ArgDecimal(call, 1)));
}

template <Decimal (*kFunction)(const Decimal &)>
static void
unary(FunctionCall &call)
{
	SetDecimal(call, kFunction(ArgDecimal(call, 0)));
}

static Decimal
absolute(const Decimal &value)
{
	return value.sign() < 0 ? NegateDecimal(value) : value;
}

static Decimal
negated(const Decimal &value)
{
	return NegateDecimal(value);
}

static Decimal
quotient(const Decimal &a, const Decimal &b)
{
	return DivideDecimals(a, b);
}

static Decimal
whole_quotient(const Decimal &a, const Decimal &b)
{
	return DivideDecimals(a, b, 0, false);
}

static Decimal
sign_of(const Decimal &value)
{
	return value.is_nan() ? value : Decimal::FromInt(value.sign());
}

static Decimal
trimmed(const Decimal &value)
{
	Decimal result = value;

	while (result.is_finite() && result.scale > 0 && BigInt(result.unscaled % 10).is_zero())
	{
		result.unscaled /= 10;
		result.scale--;
	}
	return result;
}

static Decimal
incremented(const Decimal &value)
{
	return AddDecimals(value, Decimal::FromInt(1));
}

static Decimal
larger(const Decimal &a, const Decimal &b)
{
	return CompareDecimals(a, b) > 0 ? a : b;
}

static Decimal
smaller(const Decimal &a, const Decimal &b)
{
	return CompareDecimals(a, b) < 0 ? a : b;
}

static Decimal
greatest_common_divisor(const Decimal &a, const Decimal &b)
{
	if (!a.is_finite() || !b.is_finite())
		return Decimal(Decimal::Kind::NaN);
	const int scale = std::max(a.scale, b.scale);

	return {BigInt(boost::multiprecision::gcd(RoundDecimal(a, scale).unscaled,
											  RoundDecimal(b, scale).unscaled)),
			scale};
}

static Decimal
least_common_multiple(const Decimal &a, const Decimal &b)
{
	if (!a.is_finite() || !b.is_finite())
		return Decimal(Decimal::Kind::NaN);
	const int scale = std::max(a.scale, b.scale);

	return {BigInt(boost::multiprecision::lcm(RoundDecimal(a, scale).unscaled,
											  RoundDecimal(b, scale).unscaled)),
			scale};
}

static constexpr ScalarBody numeric_add = binary<AddDecimals>,
							numeric_sub = binary<SubtractDecimals>;
static constexpr ScalarBody numeric_mul = binary<MultiplyDecimals>, numeric_div = binary<quotient>;
static constexpr ScalarBody numeric_mod = binary<DecimalRemainder>,
							numeric_div_trunc = binary<whole_quotient>;
static constexpr ScalarBody numeric_larger = binary<larger>, numeric_smaller = binary<smaller>;
static constexpr ScalarBody numeric_gcd = binary<greatest_common_divisor>,
							numeric_lcm = binary<least_common_multiple>;
static constexpr ScalarBody numeric_uminus = unary<negated>, numeric_abs = unary<absolute>;
static constexpr ScalarBody numeric_sign = unary<sign_of>, numeric_trim_scale = unary<trimmed>;
static constexpr ScalarBody numeric_ceil = unary<CeilDecimal>, numeric_floor = unary<FloorDecimal>;
static constexpr ScalarBody numeric_inc = unary<incremented>;

static void
numeric_cmp(FunctionCall &call)
{
	SetInt(call, CompareDecimalTexts(ArgText(call, 0), ArgText(call, 1)));
}

/* ---- Rounding and scale ---- */

static int
scale_argument(const FunctionCall &call)
{
	if (call.arg_count() < 2)
		return 0;
	return static_cast<int>(std::clamp<int64>(ArgInt(call, 1), -2000, 2000));
}

static void
numeric_round(FunctionCall &call)
{
	SetDecimal(call, RoundDecimal(ArgDecimal(call, 0), scale_argument(call)));
}

static void
numeric_trunc(FunctionCall &call)
{
	SetDecimal(call, TruncateDecimal(ArgDecimal(call, 0), scale_argument(call)));
}

/* Scale functions answer null for what has no scale. */
static void
numeric_scale(FunctionCall &call)
{
	const Decimal value = ArgDecimal(call, 0);

	if (value.is_finite())
		SetInt(call, value.scale);
}

static void
numeric_min_scale(FunctionCall &call)
{
	const Decimal value = ArgDecimal(call, 0);

	if (value.is_finite())
		SetInt(call, trimmed(value).scale);
}

static void
numeric_fac(FunctionCall &call)
{
	const int64 n = ArgInt(call, 0);
	BigInt result = 1;

	if (n < 0)
		Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE)
				  .msg("factorial of a negative number is undefined"));
	if (n > 32177)
		Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE)
				  .msg("value overflows numeric format"));
	for (int64 i = 2; i <= n; i++)
		result *= i;
	SetDecimal(call, {result, 0});
}

static void
width_bucket_numeric(FunctionCall &call)
{
	const Decimal operand = ArgDecimal(call, 0), low = ArgDecimal(call, 1),
				  high = ArgDecimal(call, 2);
	const int64 count = ArgInt(call, 3);
	const auto fail = [](const char *what)
	{ Raise(Report(ERROR, ERRCODE_INVALID_ARGUMENT_FOR_WIDTH_BUCKET_FUNCTION).msg("%s", what)); };

	if (count <= 0)
		fail("count must be greater than zero");
	if (operand.is_nan() || low.is_nan() || high.is_nan())
		fail("operand, lower bound, and upper bound cannot be NaN");
	if (low.is_infinite() || high.is_infinite())
		fail("lower and upper bounds must be finite");
	const int direction = CompareDecimals(high, low);

	if (direction == 0)
		fail("lower bound cannot equal upper bound");
	if (CompareDecimals(operand, low) * direction < 0)
		return SetInt(call, 0);
	if (CompareDecimals(operand, high) * direction >= 0)
		return SetInt(call, count + 1);

	const Decimal position =
		DivideDecimals(MultiplyDecimals(SubtractDecimals(operand, low), Decimal::FromInt(count)),
					   SubtractDecimals(high, low), 0, false);

	SetInt(call, static_cast<int64>(position.unscaled) + 1);
}

/* ---- Casts ---- */

static void
int_numeric(FunctionCall &call)
{
	std::string text;

	IntOut(call.arg(0), &text);
	SetText(call, text);
}

/* Through the digits that the binary type surely keeps. */
static void
set_from_float(FunctionCall &call, int digits)
{
	const double value = ArgFloat(call, 0);

	if (std::isnan(value))
		return SetText(call, "NaN");
	if (std::isinf(value))
		return SetText(call, value < 0 ? "-Infinity" : "Infinity");

	char text[64];
	Decimal decimal;

	snprintf(text, sizeof(text), "%.*g", digits, value);
	ParseDecimal(text, &decimal);
	SetDecimal(call, decimal);
}

static void
float4_numeric(FunctionCall &call)
{
	set_from_float(call, 6);
}

static void
float8_numeric(FunctionCall &call)
{
	set_from_float(call, 15);
}

int64
DecimalToInteger(const Decimal &value, int64 min, int64 max, const char *type)
{
	if (!value.is_finite())
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("cannot convert %s to %s", value.is_nan() ? "NaN" : "infinity", type));

	const Decimal rounded = RoundDecimal(value, 0);

	if (rounded.unscaled < min || rounded.unscaled > max)
		RaiseOutOfRange(type);
	return static_cast<int64>(rounded.unscaled);
}

static void
numeric_int2(FunctionCall &call)
{
	SetInt(call, DecimalToInteger(ArgDecimal(call, 0), PG_INT16_MIN, PG_INT16_MAX, "smallint"));
}

static void
numeric_int4(FunctionCall &call)
{
	SetInt(call, DecimalToInteger(ArgDecimal(call, 0), PG_INT32_MIN, PG_INT32_MAX, "integer"));
}

static void
numeric_int8(FunctionCall &call)
{
	SetInt(call, DecimalToInteger(ArgDecimal(call, 0), PG_INT64_MIN, PG_INT64_MAX, "bigint"));
}

static void
numeric_float8(FunctionCall &call)
{
	SetFloat(call, ParseFloat8(ArgText(call, 0), "double precision"));
}

static void
numeric_float4(FunctionCall &call)
{
	SetFloat(call, ParseFloat4(ArgText(call, 0)));
}

static constexpr FunctionDef kNumericRows[] = {
	Fn(1724, "numeric_add", 'i', "numeric_add", NUMERICOID, {NUMERICOID, NUMERICOID}, numeric_add),
	Fn(1725, "numeric_sub", 'i', "numeric_sub", NUMERICOID, {NUMERICOID, NUMERICOID}, numeric_sub),
	Fn(1726, "numeric_mul", 'i', "numeric_mul", NUMERICOID, {NUMERICOID, NUMERICOID}, numeric_mul),
	Fn(1727, "numeric_div", 'i', "numeric_div", NUMERICOID, {NUMERICOID, NUMERICOID}, numeric_div),
	Fn(1728, "mod", 'i', "numeric_mod", NUMERICOID, {NUMERICOID, NUMERICOID}, numeric_mod),
	Fn(1729, "numeric_mod", 'i', "numeric_mod", NUMERICOID, {NUMERICOID, NUMERICOID}, numeric_mod),
	Fn(1738, "pow", 'i', "numeric_power", NUMERICOID, {NUMERICOID, NUMERICOID}, numeric_power),
	Fn(1739, "numeric_power", 'i', "numeric_power", NUMERICOID, {NUMERICOID, NUMERICOID},
	   numeric_power),
	Fn(2169, "power", 'i', "numeric_power", NUMERICOID, {NUMERICOID, NUMERICOID}, numeric_power),
	Fn(1771, "numeric_uminus", 'i', "numeric_uminus", NUMERICOID, {NUMERICOID}, numeric_uminus),
	Native(1915, "numeric_uplus", 'i', "$1", NUMERICOID, {NUMERICOID}),
	Fn(1704, "numeric_abs", 'i', "numeric_abs", NUMERICOID, {NUMERICOID}, numeric_abs),
	Fn(1705, "abs", 'i', "numeric_abs", NUMERICOID, {NUMERICOID}, numeric_abs),
	Fn(1706, "sign", 'i', "numeric_sign", NUMERICOID, {NUMERICOID}, numeric_sign),
	Fn(1711, "ceil", 'i', "numeric_ceil", NUMERICOID, {NUMERICOID}, numeric_ceil),
	Fn(2167, "ceiling", 'i', "numeric_ceil", NUMERICOID, {NUMERICOID}, numeric_ceil),
	Fn(1712, "floor", 'i', "numeric_floor", NUMERICOID, {NUMERICOID}, numeric_floor),
	Fn(1707, "round", 'i', "numeric_round", NUMERICOID, {NUMERICOID, INT4OID}, numeric_round),
	Fn(1709, "trunc", 'i', "numeric_trunc", NUMERICOID, {NUMERICOID, INT4OID}, numeric_trunc),
	Fn(1708, "round", 'i', "numeric_round", NUMERICOID, {NUMERICOID}, numeric_round),
	Fn(1710, "trunc", 'i', "numeric_trunc", NUMERICOID, {NUMERICOID}, numeric_trunc),
	Fn(1973, "div", 'i', "numeric_div_trunc", NUMERICOID, {NUMERICOID, NUMERICOID},
	   numeric_div_trunc),
	Fn(1980, "numeric_div_trunc", 'i', "numeric_div_trunc", NUMERICOID, {NUMERICOID, NUMERICOID},
	   numeric_div_trunc),
	Fn(1730, "sqrt", 'i', "numeric_sqrt", NUMERICOID, {NUMERICOID}, numeric_sqrt),
	Fn(1731, "numeric_sqrt", 'i', "numeric_sqrt", NUMERICOID, {NUMERICOID}, numeric_sqrt),
	Fn(1732, "exp", 'i', "numeric_exp", NUMERICOID, {NUMERICOID}, numeric_exp),
	Fn(1733, "numeric_exp", 'i', "numeric_exp", NUMERICOID, {NUMERICOID}, numeric_exp),
	Fn(1734, "ln", 'i', "numeric_ln", NUMERICOID, {NUMERICOID}, numeric_ln),
	Fn(1735, "numeric_ln", 'i', "numeric_ln", NUMERICOID, {NUMERICOID}, numeric_ln),
	Fn(1736, "log", 'i', "numeric_log", NUMERICOID, {NUMERICOID, NUMERICOID}, numeric_log),
	Fn(1737, "numeric_log", 'i', "numeric_log", NUMERICOID, {NUMERICOID, NUMERICOID}, numeric_log),
	Fn(1741, "log", 'i', "numeric_log10", NUMERICOID, {NUMERICOID}, numeric_log10),
	Fn(1481, "log10", 'i', "numeric_log10", NUMERICOID, {NUMERICOID}, numeric_log10),
	Fn(1376, "factorial", 'i', "numeric_fac", NUMERICOID, {INT8OID}, numeric_fac),
	Fn(5048, "gcd", 'i', "numeric_gcd", NUMERICOID, {NUMERICOID, NUMERICOID}, numeric_gcd),
	Fn(5049, "lcm", 'i', "numeric_lcm", NUMERICOID, {NUMERICOID, NUMERICOID}, numeric_lcm),
	Fn(3281, "scale", 'i', "numeric_scale", INT4OID, {NUMERICOID}, numeric_scale),
	Fn(5042, "min_scale", 'i', "numeric_min_scale", INT4OID, {NUMERICOID}, numeric_min_scale),
	Fn(5043, "trim_scale", 'i', "numeric_trim_scale", NUMERICOID, {NUMERICOID}, numeric_trim_scale),
	Fn(1764, "numeric_inc", 'i', "numeric_inc", NUMERICOID, {NUMERICOID}, numeric_inc),
	Fn(1767, "numeric_larger", 'i', "numeric_larger", NUMERICOID, {NUMERICOID, NUMERICOID},
	   numeric_larger),
	Fn(1766, "numeric_smaller", 'i', "numeric_smaller", NUMERICOID, {NUMERICOID, NUMERICOID},
	   numeric_smaller),
	Fn(1769, "numeric_cmp", 'i', "numeric_cmp", INT4OID, {NUMERICOID, NUMERICOID}, numeric_cmp),
	Fn(2170, "width_bucket", 'i', "width_bucket_numeric", INT4OID,
	   {NUMERICOID, NUMERICOID, NUMERICOID, INT4OID}, width_bucket_numeric),
	Fn(1782, "numeric", 'i', "int_numeric", NUMERICOID, {INT2OID}, int_numeric),
	Fn(1740, "numeric", 'i', "int_numeric", NUMERICOID, {INT4OID}, int_numeric),
	Fn(1781, "numeric", 'i', "int_numeric", NUMERICOID, {INT8OID}, int_numeric),
	Fn(1742, "numeric", 'i', "float4_numeric", NUMERICOID, {FLOAT4OID}, float4_numeric),
	Fn(1743, "numeric", 'i', "float8_numeric", NUMERICOID, {FLOAT8OID}, float8_numeric),
	Fn(1783, "int2", 'i', "numeric_int2", INT2OID, {NUMERICOID}, numeric_int2),
	Fn(1744, "int4", 'i', "numeric_int4", INT4OID, {NUMERICOID}, numeric_int4),
	Fn(1779, "int8", 'i', "numeric_int8", INT8OID, {NUMERICOID}, numeric_int8),
	Fn(1745, "float4", 'i', "numeric_float4", FLOAT4OID, {NUMERICOID}, numeric_float4),
	Fn(1746, "float8", 'i', "numeric_float8", FLOAT8OID, {NUMERICOID}, numeric_float8),
	Fn(1703, "numeric", 'i', "numeric_typmod", NUMERICOID, {NUMERICOID, INT4OID}, numeric_typmod),
};

const std::span<const FunctionDef> kNumericFunctions = kNumericRows;

} /* namespace pg */
