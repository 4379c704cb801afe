/*
 * utils/adt/numeric.h
 *		numeric as functions of other files need it: arguments, results, typmod, mathematics.
 *
 * Any process.
 */
#pragma once

#include "engine/function.h"
#include "utils/adt/decimal.h"

namespace pg
{

/* An integer argument is taken, too. */
Decimal ArgDecimal(const FunctionCall &call, int i);
void SetDecimal(FunctionCall &call, const Decimal &value);
Value DecimalValue(const Decimal &value, std::string *scratch);

/* Rounded half away from zero; 22003 outside [min, max], 0A000 for NaN and infinities. */
int64 DecimalToInteger(const Decimal &value, int64 min, int64 max, const char *type);

/* typmod = ((precision << 16) | (scale & 0x7ff)) + 4; the scale is signed. */
constexpr int
NumericTypmodPrecision(int32 typmod)
{
	return ((typmod - 4) >> 16) & 0xffff;
}

constexpr int
NumericTypmodScale(int32 typmod)
{
	return (((typmod - 4) & 0x7ff) ^ 1024) - 1024;
}

constexpr int32
MakeNumericTypmod(int precision, int scale)
{
	return ((precision << 16) | (scale & 0x7ff)) + 4;
}

/* Square root to the scale that PostgreSQL gives it. */
Decimal SquareRoot(const Decimal &value);
/* Square root to `scale` digits. */
Decimal SquareRoot(const Decimal &value, int scale);

/* Bodies of numeric_math.cpp. */
void numeric_sqrt(FunctionCall &call);
void numeric_exp(FunctionCall &call);
void numeric_ln(FunctionCall &call);
void numeric_log(FunctionCall &call);
void numeric_log10(FunctionCall &call);
void numeric_power(FunctionCall &call);

} /* namespace pg */
