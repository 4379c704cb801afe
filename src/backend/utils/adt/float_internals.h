/*
 * utils/adt/float_internals.h
 *		The check that every result of floating-point arithmetic passes.
 *
 * Any process.
 */
#pragma once

#include <cmath>

#include "utils/adt/adt_internals.h"

namespace pg
{

/* 22003 value out of range: overflow (underflow) */
[[noreturn]] void RaiseFloatOverflow();
[[noreturn]] void RaiseFloatUnderflow();

/* An infinite result needs an infinite operand, a zero one the caller's word. */
template <typename T>
T
CheckFloat(T result, bool operand_infinite, bool zero_is_valid)
{
	if (std::isinf(result) && !operand_infinite) [[unlikely]]
		RaiseFloatOverflow();
	if (result == 0 && !zero_is_valid) [[unlikely]]
		RaiseFloatUnderflow();
	return result;
}

} /* namespace pg */
