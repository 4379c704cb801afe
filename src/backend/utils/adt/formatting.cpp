/*
 * utils/adt/formatting.cpp
 *		x
 *
 * Any process.
 */
#include "utils/adt/adt_internals.h"

namespace pg
{

static constexpr FunctionDef kRows[] = {
	Fn(2049, "to_char", 's', "timestamp_to_char", TEXTOID, {TIMESTAMPOID, TEXTOID}, nullptr),
	Fn(1770, "to_char", 's', "timestamptz_to_char", TEXTOID, {TIMESTAMPTZOID, TEXTOID}, nullptr),
	Fn(1768, "to_char", 's', "interval_to_char", TEXTOID, {INTERVALOID, TEXTOID}, nullptr),
	Fn(1772, "to_char", 's', "numeric_to_char", TEXTOID, {NUMERICOID, TEXTOID}, nullptr),
	Fn(1773, "to_char", 's', "int4_to_char", TEXTOID, {INT4OID, TEXTOID}, nullptr),
	Fn(1774, "to_char", 's', "int8_to_char", TEXTOID, {INT8OID, TEXTOID}, nullptr),
	Fn(1775, "to_char", 's', "float4_to_char", TEXTOID, {FLOAT4OID, TEXTOID}, nullptr),
	Fn(1776, "to_char", 's', "float8_to_char", TEXTOID, {FLOAT8OID, TEXTOID}, nullptr),
	Fn(1780, "to_date", 's', "to_date", DATEOID, {TEXTOID, TEXTOID}, nullptr),
	Fn(1778, "to_timestamp", 's', "to_timestamp", TIMESTAMPTZOID, {TEXTOID, TEXTOID}, nullptr),
	Fn(1777, "to_number", 's', "numeric_to_number", NUMERICOID, {TEXTOID, TEXTOID}, nullptr),
};

const std::span<const FunctionDef> kFormattingFunctions = kRows;

} /* namespace pg */
