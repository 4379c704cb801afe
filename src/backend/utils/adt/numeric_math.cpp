/*
 * utils/adt/numeric_math.cpp
 *		numeric: square root, exponential, logarithms, powers.
 *
 * Any process.  Computed with 150 decimal digits and rounded to PostgreSQL's result scale; a result
 * that needs more digits is refused (0A000) instead of being wrong.
 */
#include <boost/multiprecision/cpp_dec_float.hpp>

#include <cmath>

#include "utils/adt/adt_internals.h"
#include "utils/adt/numeric.h"

namespace pg
{

using Real = boost::multiprecision::number<boost::multiprecision::cpp_dec_float<150>>;
static constexpr int kReliableDigits = 140;

static Real
to_real(const Decimal &value)
{
	std::string text;

	AppendDecimal(value, &text);
	return Real(text);
}

/* digits_before: decimal digits before the point, at least 0. */
static Decimal
from_real(const Real &value, int scale, int digits_before)
{
	if (digits_before + scale > kReliableDigits)
		RaiseNotSupported("a numeric result of more than 140 digits from this function");

	Decimal result;

	if (!ParseDecimal(value.str(scale + 10, std::ios_base::fixed), &result))
		RaiseOutOfRange("numeric");
	return RoundDecimal(result, scale);
}

static int
limit_scale(int scale)
{
	return std::clamp(scale, 0, kNumericMaxDisplayScale);
}

/* ---- Square root: exact integer arithmetic ---- */

Decimal
SquareRoot(const Decimal &value, int scale)
{
	/* One more digit than wanted, then round: sqrt(u / 10^s) = sqrt(u * 10^(2(scale+1) - s)) / 10^(scale+1). */
	const int shift = 2 * (scale + 1) - value.scale;
	const BigInt radicand = shift >= 0 ? BigInt(value.unscaled * PowerOfTen(shift))
									   : BigInt(value.unscaled / PowerOfTen(-shift));

	return RoundDecimal({BigInt(boost::multiprecision::sqrt(radicand)), scale + 1}, scale);
}

Decimal
SquareRoot(const Decimal &value)
{
	int first_group;
	const int weight = GroupWeight(value, &first_group);
	const int result_weight = weight >= 0 ? weight * 4 / 2 + 1 : 1 - (1 - weight * 4) / 2;

	return SquareRoot(value,
					  limit_scale(std::max(kNumericMinSignificant - result_weight, value.scale)));
}

void
numeric_sqrt(FunctionCall &call)
{
	const Decimal value = ArgDecimal(call, 0);

	if (value.sign() < 0)
		Raise(Report(ERROR, ERRCODE_INVALID_ARGUMENT_FOR_POWER_FUNCTION)
				  .msg("cannot take square root of a negative number"));
	if (!value.is_finite())
		return SetDecimal(call, value);
	SetDecimal(call, SquareRoot(value));
}

/* ---- Exponential ---- */

static constexpr double kLog10OfE = 0.434294481903251827651;

static Decimal
exponential(const Decimal &value)
{
	const double estimate = to_real(value).convert_to<double>() * kLog10OfE;

	if (estimate > kNumericMaxIntegerDigits)
		Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE)
				  .msg("value overflows numeric format"));

	const int weight = static_cast<int>(std::max(estimate, -2000.0));
	const int scale = limit_scale(std::max(kNumericMinSignificant - weight, value.scale));

	return from_real(boost::multiprecision::exp(to_real(value)), scale, std::max(0, weight));
}

void
numeric_exp(FunctionCall &call)
{
	const Decimal value = ArgDecimal(call, 0);

	if (value.kind == Decimal::Kind::NegativeInfinity)
		return SetText(call, "0");
	if (!value.is_finite())
		return SetDecimal(call, value);
	SetDecimal(call, exponential(value));
}

/* ---- Logarithms ---- */

static void
check_logarithm(const Decimal &value)
{
	if (value.is_zero())
		Raise(Report(ERROR, ERRCODE_INVALID_ARGUMENT_FOR_LOG).msg("cannot take logarithm of zero"));
	if (value.sign() < 0)
		Raise(Report(ERROR, ERRCODE_INVALID_ARGUMENT_FOR_LOG)
				  .msg("cannot take logarithm of a negative number"));
}

/* Decimal weight of ln(value): the place of its first digit. */
static int
logarithm_weight(const Real &value)
{
	const double logarithm = std::fabs(boost::multiprecision::log(value).convert_to<double>());

	if (logarithm == 0)
		return 0;
	if (value >= Real("0.9") && value <= Real("1.1"))
		return static_cast<int>(
			std::floor(std::log10(std::fabs((value - 1).convert_to<double>()))));
	return static_cast<int>(std::log10(logarithm));
}

void
numeric_ln(FunctionCall &call)
{
	const Decimal value = ArgDecimal(call, 0);

	if (value.is_nan())
		return SetDecimal(call, value);
	check_logarithm(value);
	if (!value.is_finite())
		return SetDecimal(call, value);

	const Real real = to_real(value);
	const int scale =
		limit_scale(std::max(kNumericMinSignificant - logarithm_weight(real), value.scale));

	SetDecimal(call, from_real(boost::multiprecision::log(real), scale, 6));
}

static void
set_decimal_logarithm(FunctionCall &call, const Decimal &base, const Decimal &value)
{
	if (base.is_nan() || value.is_nan())
		return SetText(call, "NaN");
	check_logarithm(base);
	check_logarithm(value);
	if (base.is_infinite())
		return SetText(call, value.is_infinite() ? "NaN" : "0");
	if (value.is_infinite())
		return SetDecimal(call, value);

	const Real real_base = to_real(base), real = to_real(value);
	const Real divisor = boost::multiprecision::log(real_base);

	if (divisor.is_zero())
		RaiseDivisionByZero();
	const int weight = logarithm_weight(real) - logarithm_weight(real_base);
	const int scale =
		limit_scale(std::max({kNumericMinSignificant - weight, base.scale, value.scale}));

	SetDecimal(call, from_real(boost::multiprecision::log(real) / divisor, scale, 6));
}

void
numeric_log(FunctionCall &call)
{
	set_decimal_logarithm(call, ArgDecimal(call, 0), ArgDecimal(call, 1));
}

void
numeric_log10(FunctionCall &call)
{
	set_decimal_logarithm(call, Decimal::FromInt(10), ArgDecimal(call, 0));
}

/* ---- Powers ---- */

static bool
is_whole(const Decimal &value)
{
	return CompareDecimals(TruncateDecimal(value, 0), value) == 0;
}

/* log10 of |base|^exponent. */
static double
power_weight(const Decimal &base, const Decimal &exponent)
{
	return (boost::multiprecision::log10(boost::multiprecision::abs(to_real(base))) *
			to_real(exponent))
		.convert_to<double>();
}

/* A whole exponent: exact where the digits allow. */
static Decimal
whole_power(const Decimal &base, const Decimal &exponent, int scale, double weight)
{
	const int64 n = static_cast<int64>(TruncateDecimal(exponent, 0).unscaled);

	if (n >= 0 && (weight < 2000 || n <= 2))
	{
		const unsigned count = static_cast<unsigned>(n);

		if (static_cast<int64>(base.scale) * n <= 20000)
			return RoundDecimal({BigInt(boost::multiprecision::pow(base.unscaled, count)),
								 static_cast<int>(base.scale * n)},
								scale);
	}
	return from_real(boost::multiprecision::pow(to_real(base), static_cast<int>(n)), scale,
					 std::max(0, static_cast<int>(weight)));
}

static Decimal
finite_power(const Decimal &base, const Decimal &exponent)
{
	const int operand_scale = std::max(base.scale, exponent.scale);

	if (base.is_zero())
		return {BigInt(exponent.is_zero() ? PowerOfTen(kNumericMinSignificant) : BigInt(0)),
				kNumericMinSignificant};

	const double weight = power_weight(base, exponent);

	if (weight > kNumericMaxIntegerDigits)
		Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE)
				  .msg("value overflows numeric format"));

	const int digits = static_cast<int>(std::max(weight, -2000.0));
	const bool whole = is_whole(exponent) && boost::multiprecision::abs(exponent.unscaled) <
												 PowerOfTen(exponent.scale + 9);
	const int scale = limit_scale(whole ? std::max(kNumericMinSignificant, base.scale)
										: std::max(kNumericMinSignificant - digits, operand_scale));

	if (whole)
		return whole_power(base, exponent, scale, weight);
	return from_real(boost::multiprecision::pow(to_real(base), to_real(exponent)), scale,
					 std::max(0, digits));
}

/* Base or exponent is infinite. */
static Decimal
infinite_power(const Decimal &base, const Decimal &exponent)
{
	const Decimal one = Decimal::FromInt(1), infinity(Decimal::Kind::Infinity);

	if (exponent.is_zero() || CompareDecimals(base, one) == 0)
		return one;
	if (exponent.is_infinite())
	{
		const int size = CompareDecimals(base.sign() < 0 ? NegateDecimal(base) : base, one);

		if (size == 0)
			return one;
		return (size > 0) == (exponent.sign() > 0) ? infinity : Decimal();
	}
	if (exponent.sign() < 0)
		return Decimal();
	const bool odd = is_whole(exponent) &&
					 boost::multiprecision::bit_test(
						 boost::multiprecision::abs(TruncateDecimal(exponent, 0).unscaled), 0);

	return base.sign() < 0 && odd ? base : infinity;
}

void
numeric_power(FunctionCall &call)
{
	const Decimal base = ArgDecimal(call, 0), exponent = ArgDecimal(call, 1);
	const Decimal one = Decimal::FromInt(1);

	if (base.is_nan() || exponent.is_nan())
	{
		if ((base.is_nan() && exponent.is_zero()) || CompareDecimals(base, one) == 0)
			return SetDecimal(call, one);
		return SetText(call, "NaN");
	}
	if (base.is_zero() && exponent.sign() < 0)
		Raise(Report(ERROR, ERRCODE_INVALID_ARGUMENT_FOR_POWER_FUNCTION)
				  .msg("zero raised to a negative power is undefined"));
	if (base.sign() < 0 && exponent.is_finite() && !is_whole(exponent))
		Raise(Report(ERROR, ERRCODE_INVALID_ARGUMENT_FOR_POWER_FUNCTION)
				  .msg("a negative number raised to a non-integer power yields a complex result"));
	if (base.is_infinite() || exponent.is_infinite())
		return SetDecimal(call, infinite_power(base, exponent));
	SetDecimal(call, finite_power(base, exponent));
}

} /* namespace pg */
