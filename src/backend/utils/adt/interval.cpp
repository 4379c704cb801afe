/*
 * utils/adt/interval.cpp
 *		x
 *
 * Any process.
 */
#include "utils/adt/adt_internals.h"

namespace pg
{

static constexpr FunctionDef kRows[] = {
	Fn(1168, "interval_um", 'i', "interval_um", INTERVALOID, {INTERVALOID}, nullptr),
	Fn(1169, "interval_pl", 'i', "interval_pl", INTERVALOID, {INTERVALOID, INTERVALOID}, nullptr),
	Fn(1170, "interval_mi", 'i', "interval_mi", INTERVALOID, {INTERVALOID, INTERVALOID}, nullptr),
	Fn(1618, "interval_mul", 'i', "interval_mul", INTERVALOID, {INTERVALOID, FLOAT8OID}, nullptr),
	Fn(1624, "mul_d_interval", 'i', "mul_d_interval", INTERVALOID, {FLOAT8OID, INTERVALOID},
	   nullptr),
	Fn(1326, "interval_div", 'i', "interval_div", INTERVALOID, {INTERVALOID, FLOAT8OID}, nullptr),
	Fn(1198, "interval_larger", 'i', "interval_larger", INTERVALOID, {INTERVALOID, INTERVALOID},
	   nullptr),
	Fn(1197, "interval_smaller", 'i', "interval_smaller", INTERVALOID, {INTERVALOID, INTERVALOID},
	   nullptr),
	Fn(1295, "justify_days", 'i', "interval_justify_days", INTERVALOID, {INTERVALOID}, nullptr),
	Fn(1175, "justify_hours", 'i', "interval_justify_hours", INTERVALOID, {INTERVALOID}, nullptr),
	Fn(2711, "justify_interval", 'i', "interval_justify_interval", INTERVALOID, {INTERVALOID},
	   nullptr),
	Native(1390, "isfinite", 'i', "1", BOOLOID, {INTERVALOID}),
	Fn(1218, "date_trunc", 'i', "interval_trunc", INTERVALOID, {TEXTOID, INTERVALOID}, nullptr),
	Fn(1200, "interval", 'i', "interval_scale", INTERVALOID, {INTERVALOID, INT4OID}, nullptr),
	Defaults(Fn(3464, "make_interval", 'i', "make_interval", INTERVALOID,
				{INT4OID, INT4OID, INT4OID, INT4OID, INT4OID, INT4OID, FLOAT8OID}, nullptr),
			 7, "0, 0, 0, 0, 0, 0, 0.0"),
};

const std::span<const FunctionDef> kIntervalFunctions = kRows;

} /* namespace pg */
