/*
 * utils/adt/decimal.h
 *		Decimal numbers of any size: what numeric is computed with.
 *
 * Any process; nothing here looks at settings.  A number is unscaled * 10^-scale; scale is how many
 * digits stand after the point and is part of the value's text, not of its magnitude.
 */
#pragma once

#include <boost/multiprecision/cpp_int.hpp>

#include <string>
#include <string_view>

#include "postgres.h"

namespace pg
{

using BigInt = boost::multiprecision::cpp_int;

/* Limits of the type. */
inline constexpr int kNumericMaxPrecision = 1000;
inline constexpr int kNumericMaxScale = 16383;		 /* of any value */
inline constexpr int kNumericMaxDisplayScale = 1000; /* of a computed one */
inline constexpr int kNumericMaxIntegerDigits = 131072;
inline constexpr int kNumericMinSignificant = 16;

struct Decimal
{
	enum class Kind : uint8_t
	{
		NegativeInfinity,
		Finite,
		Infinity,
		NaN
	};

	Kind kind = Kind::Finite;
	int scale = 0;
	BigInt unscaled = 0;

	Decimal() = default;
	explicit Decimal(Kind k) : kind(k) {}
	Decimal(BigInt value, int s) : scale(s), unscaled(std::move(value)) {}
	static Decimal FromInt(int64 value) { return {BigInt(value), 0}; }

	bool is_finite() const { return kind == Kind::Finite; }
	bool is_nan() const { return kind == Kind::NaN; }
	bool is_infinite() const { return !is_finite() && !is_nan(); }
	bool is_zero() const { return is_finite() && unscaled.is_zero(); }
	/* -1, 0, 1; NaN counts as 1. */
	int sign() const;
};

/* 10^n, n >= 0. */
BigInt PowerOfTen(int n);
/* Decimal digits of |value|; 0 has none. */
int CountDigits(const BigInt &value);

/* Text in any form that numeric's input takes. False when malformed; raises 22003 when too large. */
bool ParseDecimal(std::string_view text, Decimal *result);
/* Text as the engine stores it: what AppendDecimal wrote. */
Decimal ReadDecimal(std::string_view text);
void AppendDecimal(const Decimal &value, std::string *out);

/* Order of the type: NaN is above Infinity and equal to itself. */
int CompareDecimals(const Decimal &a, const Decimal &b);
/* The same order on stored texts, without conversion. */
int CompareDecimalTexts(std::string_view a, std::string_view b) noexcept;

/* Half away from zero, to `scale` digits after the point; a negative scale rounds before it and leaves scale 0. */
Decimal RoundDecimal(const Decimal &value, int scale);
Decimal TruncateDecimal(const Decimal &value, int scale);
Decimal FloorDecimal(const Decimal &value);
Decimal CeilDecimal(const Decimal &value);

/* Raise 22003 where the result leaves the type, 22012 for a zero divisor. */
Decimal AddDecimals(const Decimal &a, const Decimal &b);
Decimal SubtractDecimals(const Decimal &a, const Decimal &b);
Decimal MultiplyDecimals(const Decimal &a, const Decimal &b);
Decimal DivideDecimals(const Decimal &a, const Decimal &b);
/* To a given scale, rounded or cut. */
Decimal DivideDecimals(const Decimal &a, const Decimal &b, int scale, bool round);
Decimal DecimalRemainder(const Decimal &a, const Decimal &b);
Decimal NegateDecimal(Decimal value);

/* Scale that PostgreSQL gives to a quotient: at least 16 significant digits, never less than the operands' scales. */
int QuotientScale(const Decimal &a, const Decimal &b);
/* floor(log10(|value|)) in groups of four digits, and the first such group. Zero has 0 and 0. */
int GroupWeight(const Decimal &value, int *first_group);

/* 22003 "value overflows numeric format" when too large. */
const Decimal &CheckDecimal(const Decimal &value);

} /* namespace pg */
