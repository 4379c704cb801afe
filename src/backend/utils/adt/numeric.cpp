/*
 * utils/adt/numeric.cpp
 *		x
 *
 * Any process.
 */
#include "utils/adt/adt_internals.h"

namespace pg
{

static constexpr FunctionDef kRows[] = {
	Fn(1724, "numeric_add", 'i', "numeric_add", NUMERICOID, {NUMERICOID, NUMERICOID}, nullptr),
	Fn(1725, "numeric_sub", 'i', "numeric_sub", NUMERICOID, {NUMERICOID, NUMERICOID}, nullptr),
	Fn(1726, "numeric_mul", 'i', "numeric_mul", NUMERICOID, {NUMERICOID, NUMERICOID}, nullptr),
	Fn(1727, "numeric_div", 'i', "numeric_div", NUMERICOID, {NUMERICOID, NUMERICOID}, nullptr),
	Fn(1728, "mod", 'i', "numeric_mod", NUMERICOID, {NUMERICOID, NUMERICOID}, nullptr),
	Fn(1729, "numeric_mod", 'i', "numeric_mod", NUMERICOID, {NUMERICOID, NUMERICOID}, nullptr),
	Fn(1738, "pow", 'i', "numeric_power", NUMERICOID, {NUMERICOID, NUMERICOID}, nullptr),
	Fn(1739, "numeric_power", 'i', "numeric_power", NUMERICOID, {NUMERICOID, NUMERICOID}, nullptr),
	Fn(2169, "power", 'i', "numeric_power", NUMERICOID, {NUMERICOID, NUMERICOID}, nullptr),
	Fn(1771, "numeric_uminus", 'i', "numeric_uminus", NUMERICOID, {NUMERICOID}, nullptr),
	Native(1915, "numeric_uplus", 'i', "$1", NUMERICOID, {NUMERICOID}),
	Fn(1704, "numeric_abs", 'i', "numeric_abs", NUMERICOID, {NUMERICOID}, nullptr),
	Fn(1705, "abs", 'i', "numeric_abs", NUMERICOID, {NUMERICOID}, nullptr),
	Fn(1706, "sign", 'i', "numeric_sign", NUMERICOID, {NUMERICOID}, nullptr),
	Fn(1711, "ceil", 'i', "numeric_ceil", NUMERICOID, {NUMERICOID}, nullptr),
	Fn(2167, "ceiling", 'i', "numeric_ceil", NUMERICOID, {NUMERICOID}, nullptr),
	Fn(1712, "floor", 'i', "numeric_floor", NUMERICOID, {NUMERICOID}, nullptr),
	Fn(1707, "round", 'i', "numeric_round", NUMERICOID, {NUMERICOID, INT4OID}, nullptr),
	Fn(1709, "trunc", 'i', "numeric_trunc", NUMERICOID, {NUMERICOID, INT4OID}, nullptr),
	Fn(1708, "round", 'i', "numeric_round", NUMERICOID, {NUMERICOID}, nullptr),
	Fn(1710, "trunc", 'i', "numeric_trunc", NUMERICOID, {NUMERICOID}, nullptr),
	Fn(1973, "div", 'i', "numeric_div_trunc", NUMERICOID, {NUMERICOID, NUMERICOID}, nullptr),
	Fn(1980, "numeric_div_trunc", 'i', "numeric_div_trunc", NUMERICOID, {NUMERICOID, NUMERICOID},
	   nullptr),
	Fn(1730, "sqrt", 'i', "numeric_sqrt", NUMERICOID, {NUMERICOID}, nullptr),
	Fn(1731, "numeric_sqrt", 'i', "numeric_sqrt", NUMERICOID, {NUMERICOID}, nullptr),
	Fn(1732, "exp", 'i', "numeric_exp", NUMERICOID, {NUMERICOID}, nullptr),
	Fn(1733, "numeric_exp", 'i', "numeric_exp", NUMERICOID, {NUMERICOID}, nullptr),
	Fn(1734, "ln", 'i', "numeric_ln", NUMERICOID, {NUMERICOID}, nullptr),
	Fn(1735, "numeric_ln", 'i', "numeric_ln", NUMERICOID, {NUMERICOID}, nullptr),
	Fn(1736, "log", 'i', "numeric_log", NUMERICOID, {NUMERICOID, NUMERICOID}, nullptr),
	Fn(1737, "numeric_log", 'i', "numeric_log", NUMERICOID, {NUMERICOID, NUMERICOID}, nullptr),
	Fn(1741, "log", 'i', "numeric_log10", NUMERICOID, {NUMERICOID}, nullptr),
	Fn(1481, "log10", 'i', "numeric_log10", NUMERICOID, {NUMERICOID}, nullptr),
	Fn(1376, "factorial", 'i', "numeric_fac", NUMERICOID, {INT8OID}, nullptr),
	Fn(5048, "gcd", 'i', "numeric_gcd", NUMERICOID, {NUMERICOID, NUMERICOID}, nullptr),
	Fn(5049, "lcm", 'i', "numeric_lcm", NUMERICOID, {NUMERICOID, NUMERICOID}, nullptr),
	Fn(3281, "scale", 'i', "numeric_scale", INT4OID, {NUMERICOID}, nullptr),
	Fn(5042, "min_scale", 'i', "numeric_min_scale", INT4OID, {NUMERICOID}, nullptr),
	Fn(5043, "trim_scale", 'i', "numeric_trim_scale", NUMERICOID, {NUMERICOID}, nullptr),
	Fn(1764, "numeric_inc", 'i', "numeric_inc", NUMERICOID, {NUMERICOID}, nullptr),
	Fn(1767, "numeric_larger", 'i', "numeric_larger", NUMERICOID, {NUMERICOID, NUMERICOID},
	   nullptr),
	Fn(1766, "numeric_smaller", 'i', "numeric_smaller", NUMERICOID, {NUMERICOID, NUMERICOID},
	   nullptr),
	Fn(1769, "numeric_cmp", 'i', "numeric_cmp", INT4OID, {NUMERICOID, NUMERICOID}, nullptr),
	Fn(2170, "width_bucket", 'i', "width_bucket_numeric", INT4OID,
	   {NUMERICOID, NUMERICOID, NUMERICOID, INT4OID}, nullptr),
	Fn(1782, "numeric", 'i', "int_numeric", NUMERICOID, {INT2OID}, nullptr),
	Fn(1740, "numeric", 'i', "int_numeric", NUMERICOID, {INT4OID}, nullptr),
	Fn(1781, "numeric", 'i', "int_numeric", NUMERICOID, {INT8OID}, nullptr),
	Fn(1742, "numeric", 'i', "float4_numeric", NUMERICOID, {FLOAT4OID}, nullptr),
	Fn(1743, "numeric", 'i', "float8_numeric", NUMERICOID, {FLOAT8OID}, nullptr),
	Fn(1783, "int2", 'i', "numeric_int2", INT2OID, {NUMERICOID}, nullptr),
	Fn(1744, "int4", 'i', "numeric_int4", INT4OID, {NUMERICOID}, nullptr),
	Fn(1779, "int8", 'i', "numeric_int8", INT8OID, {NUMERICOID}, nullptr),
	Fn(1745, "float4", 'i', "numeric_float4", FLOAT4OID, {NUMERICOID}, nullptr),
	Fn(1746, "float8", 'i', "numeric_float8", FLOAT8OID, {NUMERICOID}, nullptr),
	Fn(1703, "numeric", 'i', "numeric_typmod", NUMERICOID, {NUMERICOID, INT4OID}, nullptr),
};

const std::span<const FunctionDef> kNumericFunctions = kRows;

} /* namespace pg */
