/*
 * utils/adt/float.cpp
 *		real and double precision: input, output, arithmetic, casts. Functions are in float_math.cpp.
 *
 * Any process.  Overflow and underflow raise 22003 as in PostgreSQL; NaN is greater than any number and
 * equal to itself.
 */
#include <charconv>

#include "utils/adt/adt_internals.h"
#include "utils/adt/float_internals.h"
#include "utils/adt/type_io.h"
#include "utils/misc/settings.h"

namespace pg
{

/* ---- Errors ---- */

void
RaiseFloatOverflow()
{
	Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE).msg("value out of range: overflow"));
}

void
RaiseFloatUnderflow()
{
	Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE).msg("value out of range: underflow"));
}

/* ---- Input and output ---- */

/* NaN, Infinity, inf with a sign; false when it is none of them. */
template <typename T>
static bool
parse_special(std::string_view text, T *value)
{
	bool negative = false;

	if (EqualNoCase(text, "nan"))
	{
		*value = std::numeric_limits<T>::quiet_NaN();
		return true;
	}
	if (!text.empty() && (text[0] == '-' || text[0] == '+'))
	{
		negative = text[0] == '-';
		text.remove_prefix(1);
	}
	if (!EqualNoCase(text, "infinity") && !EqualNoCase(text, "inf"))
		return false;
	*value = negative ? -std::numeric_limits<T>::infinity() : std::numeric_limits<T>::infinity();
	return true;
}

template <typename T>
static T
parse_float(std::string_view text, const char *type)
{
	std::string_view trimmed = TrimSpace(text);
	T value{};

	if (parse_special(trimmed, &value))
		return value;
	if (trimmed.size() > 1 && trimmed[0] == '+' && (IsDigit(trimmed[1]) || trimmed[1] == '.'))
		trimmed.remove_prefix(1);
	/* from_chars takes "inf" and "nan(...)" in forms that SQL does not know. */
	const size_t digit = trimmed.starts_with('-') ? 1 : 0;
	if (trimmed.size() <= digit || (!IsDigit(trimmed[digit]) && trimmed[digit] != '.'))
		RaiseBadInput(type, text);

	const char *const last = trimmed.data() + trimmed.size();
	const auto [end, error] = std::from_chars(trimmed.data(), last, value);

	if (error == std::errc::invalid_argument || end != last)
		RaiseBadInput(type, text);
	if (error == std::errc::result_out_of_range)
		Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE)
				  .msg("\"%.*s\" is out of range for type %s", static_cast<int>(trimmed.size()),
					   trimmed.data(), type));
	return value;
}

double
ParseFloat8(std::string_view text, const char *type)
{
	return parse_float<double>(text, type);
}

float
ParseFloat4(std::string_view text)
{
	return parse_float<float>(text, "real");
}

/*
 * The shortest digits that read back as the same number, laid out as %g would: with an exponent where
 * it is below -4 or beyond the digits that the type surely keeps.
 */
template <typename T>
static void
append_shortest(T value, int max_exponent, std::string *out)
{
	char digits[40];
	const auto end =
		std::to_chars(digits, digits + sizeof(digits), value, std::chars_format::scientific);
	const std::string_view text(digits, static_cast<size_t>(end.ptr - digits));
	const size_t e = text.find('e');
	int exponent = 0;

	std::from_chars(text.data() + e + (text[e + 1] == '+' ? 2 : 1), end.ptr, exponent);
	if (exponent < -4 || exponent >= max_exponent)
	{
		out->append(text);
		return;
	}
	char fixed[400];
	const auto fixed_end =
		std::to_chars(fixed, fixed + sizeof(fixed), value, std::chars_format::fixed);

	out->append(fixed, fixed_end.ptr);
}

template <typename T>
static void
append_float(T value, int digits, int max_exponent, std::string *out)
{
	if (std::isnan(value))
		out->append("NaN");
	else if (std::isinf(value))
		out->append(value < 0 ? "-Infinity" : "Infinity");
	else if (extra_float_digits > 0)
		append_shortest(value, max_exponent, out);
	else
	{
		char text[64];

		snprintf(text, sizeof(text), "%.*g", std::max(1, digits + extra_float_digits),
				 static_cast<double>(value));
		out->append(text);
	}
}

void
AppendFloat8(double value, std::string *out)
{
	append_float(value, 15, 15, out);
}

void
AppendFloat4(float value, std::string *out)
{
	append_float(value, 6, 6, out);
}

Value
Float8In(std::string_view text, int32, std::string *)
{
	return FloatValue(ParseFloat8(text, "double precision"));
}

Value
Float4In(std::string_view text, int32, std::string *)
{
	return FloatValue(ParseFloat4(text));
}

void
Float8Out(const Value &value, std::string *out)
{
	AppendFloat8(ValueFloat(value), out);
}

void
Float4Out(const Value &value, std::string *out)
{
	AppendFloat4(static_cast<float>(ValueFloat(value)), out);
}

/* ---- Arithmetic ---- */

template <typename T>
static void
add(FunctionCall &call)
{
	const T a = static_cast<T>(ArgFloat(call, 0));
	const T b = static_cast<T>(ArgFloat(call, 1));

	SetFloat(call, CheckFloat<T>(a + b, std::isinf(a) || std::isinf(b), true));
}

template <typename T>
static void
subtract(FunctionCall &call)
{
	const T a = static_cast<T>(ArgFloat(call, 0));
	const T b = static_cast<T>(ArgFloat(call, 1));

	SetFloat(call, CheckFloat<T>(a - b, std::isinf(a) || std::isinf(b), true));
}

template <typename T>
static void
multiply(FunctionCall &call)
{
	const T a = static_cast<T>(ArgFloat(call, 0));
	const T b = static_cast<T>(ArgFloat(call, 1));

	SetFloat(call, CheckFloat<T>(a * b, std::isinf(a) || std::isinf(b), a == 0 || b == 0));
}

template <typename T>
static void
divide(FunctionCall &call)
{
	const T a = static_cast<T>(ArgFloat(call, 0));
	const T b = static_cast<T>(ArgFloat(call, 1));

	if (b == 0 && !std::isnan(a))
		RaiseDivisionByZero();
	SetFloat(call, CheckFloat<T>(a / b, std::isinf(a), a == 0 || std::isinf(b)));
}

static constexpr ScalarBody float4pl = add<float>, float8pl = add<double>;
static constexpr ScalarBody float4mi = subtract<float>, float8mi = subtract<double>;
static constexpr ScalarBody float4mul = multiply<float>, float8mul = multiply<double>;
static constexpr ScalarBody float4div = divide<float>, float8div = divide<double>;

static void
float8um(FunctionCall &call)
{
	SetFloat(call, -ArgFloat(call, 0));
}

static void
float8abs(FunctionCall &call)
{
	SetFloat(call, std::fabs(ArgFloat(call, 0)));
}

/* NaN counts as greater than everything. */
static bool
is_less(double a, double b)
{
	if (std::isnan(a))
		return false;
	return std::isnan(b) || a < b;
}

static void
float8larger(FunctionCall &call)
{
	const double a = ArgFloat(call, 0);
	const double b = ArgFloat(call, 1);

	SetFloat(call, is_less(a, b) ? b : a);
}

static void
float8smaller(FunctionCall &call)
{
	const double a = ArgFloat(call, 0);
	const double b = ArgFloat(call, 1);

	SetFloat(call, is_less(b, a) ? b : a);
}

/* ---- Casts ---- */

static void
dtof(FunctionCall &call)
{
	const double value = ArgFloat(call, 0);
	const float result = static_cast<float>(value);

	SetFloat(call, CheckFloat<float>(result, std::isinf(value), value == 0));
}

static void
i4tof(FunctionCall &call)
{
	SetFloat(call, static_cast<float>(ArgInt(call, 0)));
}

/* Rounds half to even; 22003 beyond [min, limit). */
static void
set_integer(FunctionCall &call, double min, double limit, const char *type)
{
	const double value = std::rint(ArgFloat(call, 0));

	if (std::isnan(value) || value < min || value >= limit)
		RaiseOutOfRange(type);
	SetInt(call, static_cast<int64>(value));
}

static void
dtoi2(FunctionCall &call)
{
	set_integer(call, -32768.0, 32768.0, "smallint");
}

static void
dtoi4(FunctionCall &call)
{
	set_integer(call, -2147483648.0, 2147483648.0, "integer");
}

static void
dtoi8(FunctionCall &call)
{
	set_integer(call, -9223372036854775808.0, 9223372036854775808.0, "bigint");
}

static constexpr FunctionDef kFloatRows[] = {
	Fn(204, "float4pl", 'i', "float4pl", FLOAT4OID, {FLOAT4OID, FLOAT4OID}, float4pl),
	Fn(218, "float8pl", 'i', "float8pl", FLOAT8OID, {FLOAT8OID, FLOAT8OID}, float8pl),
	Fn(281, "float48pl", 'i', "float8pl", FLOAT8OID, {FLOAT4OID, FLOAT8OID}, float8pl),
	Fn(285, "float84pl", 'i', "float8pl", FLOAT8OID, {FLOAT8OID, FLOAT4OID}, float8pl),
	Fn(205, "float4mi", 'i', "float4mi", FLOAT4OID, {FLOAT4OID, FLOAT4OID}, float4mi),
	Fn(219, "float8mi", 'i', "float8mi", FLOAT8OID, {FLOAT8OID, FLOAT8OID}, float8mi),
	Fn(282, "float48mi", 'i', "float8mi", FLOAT8OID, {FLOAT4OID, FLOAT8OID}, float8mi),
	Fn(286, "float84mi", 'i', "float8mi", FLOAT8OID, {FLOAT8OID, FLOAT4OID}, float8mi),
	Fn(202, "float4mul", 'i', "float4mul", FLOAT4OID, {FLOAT4OID, FLOAT4OID}, float4mul),
	Fn(216, "float8mul", 'i', "float8mul", FLOAT8OID, {FLOAT8OID, FLOAT8OID}, float8mul),
	Fn(279, "float48mul", 'i', "float8mul", FLOAT8OID, {FLOAT4OID, FLOAT8OID}, float8mul),
	Fn(283, "float84mul", 'i', "float8mul", FLOAT8OID, {FLOAT8OID, FLOAT4OID}, float8mul),
	Fn(203, "float4div", 'i', "float4div", FLOAT4OID, {FLOAT4OID, FLOAT4OID}, float4div),
	Fn(217, "float8div", 'i', "float8div", FLOAT8OID, {FLOAT8OID, FLOAT8OID}, float8div),
	Fn(280, "float48div", 'i', "float8div", FLOAT8OID, {FLOAT4OID, FLOAT8OID}, float8div),
	Fn(284, "float84div", 'i', "float8div", FLOAT8OID, {FLOAT8OID, FLOAT4OID}, float8div),
	Fn(206, "float4um", 'i', "float8um", FLOAT4OID, {FLOAT4OID}, float8um),
	Fn(220, "float8um", 'i', "float8um", FLOAT8OID, {FLOAT8OID}, float8um),
	Native(1913, "float4up", 'i', "$1", FLOAT4OID, {FLOAT4OID}),
	Native(1914, "float8up", 'i', "$1", FLOAT8OID, {FLOAT8OID}),
	Fn(207, "float4abs", 'i', "float8abs", FLOAT4OID, {FLOAT4OID}, float8abs),
	Fn(1394, "abs", 'i', "float8abs", FLOAT4OID, {FLOAT4OID}, float8abs),
	Fn(221, "float8abs", 'i', "float8abs", FLOAT8OID, {FLOAT8OID}, float8abs),
	Fn(1395, "abs", 'i', "float8abs", FLOAT8OID, {FLOAT8OID}, float8abs),
	Fn(209, "float4larger", 'i', "float8larger", FLOAT4OID, {FLOAT4OID, FLOAT4OID}, float8larger),
	Fn(211, "float4smaller", 'i', "float8smaller", FLOAT4OID, {FLOAT4OID, FLOAT4OID},
	   float8smaller),
	Fn(223, "float8larger", 'i', "float8larger", FLOAT8OID, {FLOAT8OID, FLOAT8OID}, float8larger),
	Fn(224, "float8smaller", 'i', "float8smaller", FLOAT8OID, {FLOAT8OID, FLOAT8OID},
	   float8smaller),
	Native(311, "float8", 'i', "$1", FLOAT8OID, {FLOAT4OID}),
	Fn(312, "float4", 'i', "dtof", FLOAT4OID, {FLOAT8OID}, dtof),
	Native(235, "float8", 'i', "CAST($1 AS REAL)", FLOAT8OID, {INT2OID}),
	Native(316, "float8", 'i', "CAST($1 AS REAL)", FLOAT8OID, {INT4OID}),
	Native(482, "float8", 'i', "CAST($1 AS REAL)", FLOAT8OID, {INT8OID}),
	Native(236, "float4", 'i', "CAST($1 AS REAL)", FLOAT4OID, {INT2OID}),
	Fn(318, "float4", 'i', "i4tof", FLOAT4OID, {INT4OID}, i4tof),
	Fn(652, "float4", 'i', "i4tof", FLOAT4OID, {INT8OID}, i4tof),
	Fn(238, "int2", 'i', "dtoi2", INT2OID, {FLOAT4OID}, dtoi2),
	Fn(319, "int4", 'i', "dtoi4", INT4OID, {FLOAT4OID}, dtoi4),
	Fn(653, "int8", 'i', "dtoi8", INT8OID, {FLOAT4OID}, dtoi8),
	Fn(237, "int2", 'i', "dtoi2", INT2OID, {FLOAT8OID}, dtoi2),
	Fn(317, "int4", 'i', "dtoi4", INT4OID, {FLOAT8OID}, dtoi4),
	Fn(483, "int8", 'i', "dtoi8", INT8OID, {FLOAT8OID}, dtoi8),
};

const std::span<const FunctionDef> kFloatFunctions = kFloatRows;

} /* namespace pg */
