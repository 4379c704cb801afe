/*
 * utils/adt/formatting.h
 *		to_char, to_date, to_timestamp: patterns of dates, and of numbers (formatting_number.cpp).
 *
 * Processes with settings.
 */
#pragma once

#include <string>
#include <string_view>

#include "engine/function.h"

namespace pg
{

/* formatting_number.cpp */
void numeric_to_char(FunctionCall &call);
void int4_to_char(FunctionCall &call);
void float8_to_char(FunctionCall &call);

/* "st", "nd", "rd" or "th" of a number. */
const char *OrdinalSuffix(std::string_view digits, bool upper);

} /* namespace pg */
