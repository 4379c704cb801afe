/*
 * utils/adt/decimal.cpp
 *		Decimal numbers: text, order, rounding, arithmetic.
 *
 * Any process.  Pure.
 */
#include "utils/adt/decimal.h"

#include <charconv>

#include "utils/adt/adt_internals.h"

namespace pg
{

using Kind = Decimal::Kind;

[[noreturn]] static void
raise_overflow()
{
	Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE).msg("value overflows numeric format"));
}

/* ---- Helpers on integers ---- */

static constexpr uint64 kSmallPowers[] = {
	1ULL,
	10ULL,
	100ULL,
	1000ULL,
	10000ULL,
	100000ULL,
	1000000ULL,
	10000000ULL,
	100000000ULL,
	1000000000ULL,
	10000000000ULL,
	100000000000ULL,
	1000000000000ULL,
	10000000000000ULL,
	100000000000000ULL,
	1000000000000000ULL,
	10000000000000000ULL,
	100000000000000000ULL,
	1000000000000000000ULL,
	10000000000000000000ULL,
};

BigInt
PowerOfTen(int n)
{
	if (n < static_cast<int>(std::size(kSmallPowers)))
		return BigInt(kSmallPowers[n]);
	return boost::multiprecision::pow(BigInt(10), static_cast<unsigned>(n));
}

int
CountDigits(const BigInt &value)
{
	if (value.is_zero())
		return 0;

	const BigInt magnitude = boost::multiprecision::abs(value);
	/* log10(2) from below: never too many, at most one too few. */
	int digits = static_cast<int>(boost::multiprecision::msb(magnitude) * 0.30102999566398114) + 1;

	while (magnitude >= PowerOfTen(digits))
		digits++;
	while (digits > 1 && magnitude < PowerOfTen(digits - 1))
		digits--;
	return digits;
}

int
Decimal::sign() const
{
	switch (kind)
	{
		case Kind::NegativeInfinity: return -1;
		case Kind::Finite: return unscaled.sign();
		default: return 1;
	}
}

static BigInt
scaled_to(const Decimal &value, int scale)
{
	if (scale == value.scale)
		return value.unscaled;
	return value.unscaled * PowerOfTen(scale - value.scale);
}

/* ---- Text ---- */

static BigInt
digits_to_integer(std::string_view digits)
{
	if (digits.size() <= 18)
	{
		uint64 small = 0;

		for (char c : digits)
			small = small * 10 + static_cast<uint64>(c - '0');
		return BigInt(small);
	}
	/* A leading zero would mean octal. */
	const size_t first = digits.find_first_not_of('0');

	return first == std::string_view::npos ? BigInt(0) : BigInt(std::string(digits.substr(first)));
}

Decimal
ReadDecimal(std::string_view text)
{
	if (text == "NaN")
		return Decimal(Kind::NaN);
	if (text == "Infinity")
		return Decimal(Kind::Infinity);
	if (text == "-Infinity")
		return Decimal(Kind::NegativeInfinity);

	const bool negative = text.starts_with('-');

	if (negative)
		text.remove_prefix(1);
	const size_t point = text.find('.');
	Decimal result;

	if (point == std::string_view::npos)
		result.unscaled = digits_to_integer(text);
	else
	{
		std::string digits(text.substr(0, point));

		digits.append(text.substr(point + 1));
		result.unscaled = digits_to_integer(digits);
		result.scale = static_cast<int>(text.size() - point - 1);
	}
	if (negative)
		result.unscaled.backend().negate();
	return result;
}

static bool
parse_special_decimal(std::string_view text, bool negative, bool signed_text, Decimal *result)
{
	if (!signed_text && EqualNoCase(text, "nan"))
		*result = Decimal(Kind::NaN);
	else if (EqualNoCase(text, "infinity") || EqualNoCase(text, "inf"))
		*result = Decimal(negative ? Kind::NegativeInfinity : Kind::Infinity);
	else
		return false;
	return true;
}

/* The exponent after 'e'; false when malformed. */
static bool
parse_exponent(std::string_view text, int64 *exponent)
{
	if (text.starts_with('+'))
		text.remove_prefix(1);
	if (text.empty())
		return false;
	const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *exponent);

	if (error == std::errc::invalid_argument || end != text.data() + text.size())
		return false;
	if (error != std::errc() || *exponent > INT_MAX / 2 || *exponent < -INT_MAX / 2)
		raise_overflow();
	return true;
}

bool
ParseDecimal(std::string_view text, Decimal *result)
{
	text = TrimSpace(text);
	const bool negative = text.starts_with('-');
	const bool signed_text = negative || text.starts_with('+');

	if (signed_text)
		text.remove_prefix(1);
	if (parse_special_decimal(text, negative, signed_text, result))
		return true;

	std::string digits;
	int64 fraction = 0;
	bool after_point = false;
	size_t i = 0;

	for (; i < text.size(); i++)
	{
		if (IsDigit(text[i]))
		{
			digits.push_back(text[i]);
			fraction += after_point;
		}
		else if (text[i] == '.' && !after_point)
			after_point = true;
		else
			break;
	}
	int64 exponent = 0;

	if (digits.empty())
		return false;
	if (i < text.size() &&
		(LowerAscii(text[i]) != 'e' || !parse_exponent(text.substr(i + 1), &exponent)))
		return false;

	*result = Decimal(digits_to_integer(digits), 0);
	int64 scale = fraction - exponent;

	if (scale < 0)
	{
		if (!result->unscaled.is_zero())
		{
			if (-scale > kNumericMaxIntegerDigits)
				raise_overflow();
			result->unscaled *= PowerOfTen(static_cast<int>(-scale));
		}
		scale = 0;
	}
	if (scale > kNumericMaxScale)
		raise_overflow();
	result->scale = static_cast<int>(scale);
	if (negative)
		result->unscaled.backend().negate();
	CheckDecimal(*result);
	return true;
}

static void
append_digits(const BigInt &magnitude, std::string *out)
{
	if (boost::multiprecision::msb(magnitude) < 64)
	{
		char text[24];
		const auto end = std::to_chars(text, text + sizeof(text), static_cast<uint64>(magnitude));

		out->append(text, end.ptr);
	}
	else
		out->append(magnitude.str());
}

void
AppendDecimal(const Decimal &value, std::string *out)
{
	switch (value.kind)
	{
		case Kind::NaN: out->append("NaN"); return;
		case Kind::Infinity: out->append("Infinity"); return;
		case Kind::NegativeInfinity: out->append("-Infinity"); return;
		case Kind::Finite: break;
	}
	if (value.unscaled.sign() < 0)
		out->push_back('-');

	const size_t start = out->size();

	if (value.unscaled.is_zero())
		out->push_back('0');
	else
		append_digits(boost::multiprecision::abs(value.unscaled), out);
	if (value.scale == 0)
		return;

	const size_t digits = out->size() - start;
	const size_t scale = static_cast<size_t>(value.scale);

	if (digits <= scale)
		out->insert(start, scale - digits + 1, '0');
	out->insert(out->size() - scale, 1, '.');
}

/* ---- Order ---- */

int
CompareDecimals(const Decimal &a, const Decimal &b)
{
	if (!a.is_finite() || !b.is_finite())
		return a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0;
	if (a.scale == b.scale)
		return a.unscaled.compare(b.unscaled);
	const int scale = std::max(a.scale, b.scale);

	return scaled_to(a, scale).compare(scaled_to(b, scale));
}

static int
special_rank(std::string_view text) noexcept
{
	if (text == "NaN")
		return 3;
	if (text == "Infinity")
		return 2;
	return text == "-Infinity" ? -1 : 0;
}

/* Of two texts without sign. */
static int
compare_magnitudes(std::string_view a, std::string_view b) noexcept
{
	const size_t point_a = std::min(a.find('.'), a.size());
	const size_t point_b = std::min(b.find('.'), b.size());

	if (point_a != point_b)
		return point_a < point_b ? -1 : 1;

	const size_t common = std::min(a.size(), b.size());
	const int order = a.substr(0, common).compare(b.substr(0, common));

	if (order != 0)
		return order < 0 ? -1 : 1;
	/* One text has more digits after the point: they decide only where they are not zeros. */
	if (a.find_first_not_of("0.", common) != std::string_view::npos)
		return 1;
	return b.find_first_not_of("0.", common) != std::string_view::npos ? -1 : 0;
}

static bool
is_zero_text(std::string_view magnitude) noexcept
{
	return magnitude.find_first_not_of("0.") == std::string_view::npos;
}

int
CompareDecimalTexts(std::string_view a, std::string_view b) noexcept
{
	const int rank_a = special_rank(a);
	const int rank_b = special_rank(b);

	if (rank_a != 0 || rank_b != 0)
		return rank_a < rank_b ? -1 : rank_a > rank_b;

	bool negative_a = a.starts_with('-');
	bool negative_b = b.starts_with('-');

	a.remove_prefix(negative_a);
	b.remove_prefix(negative_b);
	negative_a = negative_a && !is_zero_text(a);
	negative_b = negative_b && !is_zero_text(b);
	if (negative_a != negative_b)
		return negative_a ? -1 : 1;
	return negative_a ? compare_magnitudes(b, a) : compare_magnitudes(a, b);
}

/* ---- Rounding ---- */

/* value / divisor, half away from zero. */
static BigInt
divide_rounded(const BigInt &value, const BigInt &divisor)
{
	BigInt quotient, remainder;

	boost::multiprecision::divide_qr(value, divisor, quotient, remainder);
	if (2 * boost::multiprecision::abs(remainder) >= boost::multiprecision::abs(divisor))
		quotient += value.sign() * divisor.sign() < 0 ? -1 : 1;
	return quotient;
}

static Decimal
shorten(const Decimal &value, int scale, bool round)
{
	const BigInt divisor = PowerOfTen(value.scale - scale);
	Decimal result(
		round ? divide_rounded(value.unscaled, divisor) : BigInt(value.unscaled / divisor), scale);

	if (scale < 0)
	{
		result.unscaled *= PowerOfTen(-scale);
		result.scale = 0;
	}
	return result;
}

static Decimal
to_scale(const Decimal &value, int scale, bool round)
{
	if (!value.is_finite())
		return value;
	if (scale >= value.scale)
		return {scaled_to(value, scale), scale};
	return shorten(value, scale, round);
}

Decimal
RoundDecimal(const Decimal &value, int scale)
{
	return to_scale(value, scale, true);
}

Decimal
TruncateDecimal(const Decimal &value, int scale)
{
	return to_scale(value, scale, false);
}

static Decimal
towards(const Decimal &value, int direction)
{
	if (!value.is_finite())
		return value;
	Decimal result = TruncateDecimal(value, 0);

	if (value.unscaled.sign() == direction && CompareDecimals(result, value) != 0)
		result.unscaled += direction;
	return result;
}

Decimal
FloorDecimal(const Decimal &value)
{
	return towards(value, -1);
}

Decimal
CeilDecimal(const Decimal &value)
{
	return towards(value, 1);
}

/* ---- Arithmetic ---- */

const Decimal &
CheckDecimal(const Decimal &value)
{
	/* Cheap for ordinary numbers: digits are counted only where there are very many bits. */
	if (!value.unscaled.is_zero() &&
		boost::multiprecision::msb(boost::multiprecision::abs(value.unscaled)) > 400000 &&
		CountDigits(value.unscaled) - value.scale > kNumericMaxIntegerDigits)
		raise_overflow();
	return value;
}

Decimal
NegateDecimal(Decimal value)
{
	if (value.is_finite())
		value.unscaled.backend().negate();
	else if (value.kind == Kind::Infinity)
		value.kind = Kind::NegativeInfinity;
	else if (value.kind == Kind::NegativeInfinity)
		value.kind = Kind::Infinity;
	return value;
}

Decimal
AddDecimals(const Decimal &a, const Decimal &b)
{
	if (!a.is_finite() || !b.is_finite())
	{
		if (a.is_nan() || b.is_nan() || (a.is_infinite() && b.is_infinite() && a.kind != b.kind))
			return Decimal(Kind::NaN);
		return a.is_finite() ? b : a;
	}
	const int scale = std::max(a.scale, b.scale);
	Decimal result(scaled_to(a, scale), scale);

	if (b.scale == scale)
		result.unscaled += b.unscaled;
	else
		result.unscaled += scaled_to(b, scale);
	CheckDecimal(result);
	return result;
}

Decimal
SubtractDecimals(const Decimal &a, const Decimal &b)
{
	return AddDecimals(a, NegateDecimal(b));
}

static Decimal
infinity_of_sign(int sign)
{
	return Decimal(sign < 0 ? Kind::NegativeInfinity : Kind::Infinity);
}

Decimal
MultiplyDecimals(const Decimal &a, const Decimal &b)
{
	if (!a.is_finite() || !b.is_finite())
	{
		if (a.is_nan() || b.is_nan() || a.sign() == 0 || b.sign() == 0)
			return Decimal(Kind::NaN);
		return infinity_of_sign(a.sign() * b.sign());
	}
	Decimal result(BigInt(a.unscaled * b.unscaled), a.scale + b.scale);

	if (result.scale > kNumericMaxScale)
		result = RoundDecimal(result, kNumericMaxScale);
	CheckDecimal(result);
	return result;
}

static int
floor_quarter(int exponent)
{
	return exponent >= 0 ? exponent / 4 : -((3 - exponent) / 4);
}

int
GroupWeight(const Decimal &value, int *first_group)
{
	*first_group = 0;
	if (value.is_zero())
		return 0;

	const int digits = CountDigits(value.unscaled);
	const int exponent = digits - 1 - value.scale;
	const int weight = floor_quarter(exponent);
	const int wanted = exponent - 4 * weight + 1; /* decimal digits in the first group */
	const BigInt magnitude = boost::multiprecision::abs(value.unscaled);

	*first_group = digits >= wanted
					   ? static_cast<int>(BigInt(magnitude / PowerOfTen(digits - wanted)))
					   : static_cast<int>(BigInt(magnitude * PowerOfTen(wanted - digits)));
	return weight;
}

int
QuotientScale(const Decimal &a, const Decimal &b)
{
	int first_a, first_b;
	int weight = GroupWeight(a, &first_a) - GroupWeight(b, &first_b);

	if (first_a <= first_b)
		weight--;
	const int scale = std::max({kNumericMinSignificant - weight * 4, a.scale, b.scale, 0});

	return std::min(scale, kNumericMaxDisplayScale);
}

static Decimal
divide_special(const Decimal &a, const Decimal &b)
{
	if (a.is_nan() || b.is_nan() || (a.is_infinite() && b.is_infinite()))
		return Decimal(Kind::NaN);
	if (b.is_infinite())
		return Decimal();
	if (b.is_zero())
		RaiseDivisionByZero();
	return infinity_of_sign(a.sign() * b.sign());
}

Decimal
DivideDecimals(const Decimal &a, const Decimal &b, int scale, bool round)
{
	if (!a.is_finite() || !b.is_finite())
		return divide_special(a, b);
	if (b.is_zero())
		RaiseDivisionByZero();

	/* a/10^sa / (b/10^sb) = (a * 10^(scale + sb - sa) / b) / 10^scale */
	const int shift = scale + b.scale - a.scale;
	const BigInt dividend = shift > 0 ? BigInt(a.unscaled * PowerOfTen(shift)) : a.unscaled;
	const BigInt divisor = shift < 0 ? BigInt(b.unscaled * PowerOfTen(-shift)) : b.unscaled;
	Decimal result(round ? divide_rounded(dividend, divisor) : BigInt(dividend / divisor), scale);

	CheckDecimal(result);
	return result;
}

Decimal
DivideDecimals(const Decimal &a, const Decimal &b)
{
	if (!a.is_finite() || !b.is_finite())
		return divide_special(a, b);
	return DivideDecimals(a, b, QuotientScale(a, b), true);
}

Decimal
DecimalRemainder(const Decimal &a, const Decimal &b)
{
	if (a.is_nan() || b.is_nan())
		return Decimal(Kind::NaN);
	if (b.is_zero())
		RaiseDivisionByZero();
	if (a.is_infinite())
		return Decimal(Kind::NaN);
	if (b.is_infinite())
		return a;
	const int scale = std::max(a.scale, b.scale);

	return {BigInt(scaled_to(a, scale) % scaled_to(b, scale)), scale};
}

} /* namespace pg */
