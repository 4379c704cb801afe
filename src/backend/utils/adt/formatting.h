/*
 * utils/adt/formatting.h
 *		to_char, to_date, to_timestamp: patterns of dates, and of numbers (formatting_number.cpp).
 *
 * Processes with settings.
 */
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/function.h"

namespace pg
{

/* One element of a pattern for dates. */
enum class Key : uint8_t
{
	Hour12,
	Hour24,
	Minute,
	Second,
	Millisecond,
	Microsecond,
	Fraction, /* FF1..FF6 */
	SecondOfDay,
	Meridian,
	MeridianDots,
	YearComma,
	Year,
	IsoYear,
	Era,
	EraDots,
	MonthName,
	MonthShort,
	MonthNumber,
	MonthRoman,
	DayName,
	DayShort,
	DayOfYear,
	IsoDayOfYear,
	Day,
	DayOfWeek,
	IsoDayOfWeek,
	WeekOfMonth,
	WeekOfYear,
	IsoWeek,
	Century,
	Julian,
	Quarter,
	Zone,
	ZoneHours,
	ZoneMinutes,
	ZoneOffset,
	Literal
};

struct PatternNode
{
	Key key = Key::Literal;
	int digits = 0;
	bool fill = false;	  /* FM */
	bool ordinal = false; /* TH */
	bool ordinal_upper = false;
	bool first_upper = false, second_upper = false; /* case of a name */
	std::string text; /* of a literal, or as the keyword was written */
};

/* Cuts a pattern into its elements; what is no keyword is a literal (formatting_pattern.cpp). */
std::vector<PatternNode> ParseDatePattern(std::string_view pattern);
/* text begins with a word in whatever case; `upper` is in capitals. */
bool StartsWithNoCase(std::string_view text, std::string_view upper);

/* formatting_read.cpp */
void to_date(FunctionCall &call);
void to_timestamp(FunctionCall &call);

/* formatting_number.cpp */
void numeric_to_char(FunctionCall &call);
void int4_to_char(FunctionCall &call);
void float8_to_char(FunctionCall &call);

/* "st", "nd", "rd" or "th" of a number. */
const char *OrdinalSuffix(std::string_view digits, bool upper);

} /* namespace pg */
