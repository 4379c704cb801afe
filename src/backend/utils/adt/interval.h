/*
 * utils/adt/interval.h
 *		Intervals: months, days and microseconds, which do not mix.
 *
 * Any process; printing looks at IntervalStyle.
 */
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "datatype/timestamp.h"
#include "engine/function.h"

namespace pg
{

/* The engine's form, "months days microseconds". */
Interval ReadInterval(std::string_view stored);
void WriteInterval(const Interval &interval, std::string *out);
Interval ArgInterval(const FunctionCall &call, int i);
void SetInterval(FunctionCall &call, const Interval &interval);
/* Collation pg_interval: a month counts 30 days, a day 24 hours. */
int CompareIntervalTexts(std::string_view a, std::string_view b) noexcept;
int CompareIntervals(const Interval &a, const Interval &b);

/* Literal (interval_parse.cpp); raises 22007, 22008, 22015. typmod gives the unit of a bare number. */
Interval ParseInterval(std::string_view text, int32 typmod);
/* In the session's IntervalStyle. */
void AppendInterval(const Interval &interval, std::string *out);

/* Fields and precision of interval(typmod). */
int32 MakeIntervalTypmod(std::span<const int32> modifiers);
std::string FormatIntervalTypmod(int32 typmod);
Interval ApplyIntervalTypmod(Interval interval, int32 typmod);

[[noreturn]] void RaiseIntervalRange();
Interval AddIntervals(const Interval &a, const Interval &b);
Interval NegateInterval(const Interval &interval);
Interval MultiplyInterval(const Interval &interval, double factor);
/* Raises 22012. */
Interval DivideInterval(const Interval &interval, double divisor);

/* timestamp + interval: months first (the day clipped to the month), then days, then time. */
int64 AddToTimestamp(int64 timestamp, const Interval &interval);
/* The same for an instant: months and days are local to the session's zone. */
int64 AddToTimestamptz(int64 timestamp, const Interval &interval);

/* Bits of the field mask in an interval's typmod. */
enum IntervalField : int
{
	kFieldMonth = 1 << 1,
	kFieldYear = 1 << 2,
	kFieldDay = 1 << 3,
	kFieldHour = 1 << 10,
	kFieldMinute = 1 << 11,
	kFieldSecond = 1 << 12,
	kFieldsAll = 0x7fff
};

constexpr int
IntervalTypmodFields(int32 typmod)
{
	return (typmod >> 16) & 0x7fff;
}

constexpr int
IntervalTypmodPrecision(int32 typmod)
{
	return typmod & 0xffff;
}

} /* namespace pg */
