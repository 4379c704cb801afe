/*
 * postmaster/time_units.h
 *		Spans of time as this folder counts them: microseconds, as TimestampTz.
 */
#pragma once

#include "c.h"

namespace pg
{

inline constexpr int64 kMillisecond = 1000;
inline constexpr int64 kSecond = 1000 * kMillisecond;

} /* namespace pg */
