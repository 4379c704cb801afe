/*
 * utils/adt/float.cpp
 *		real and double precision: input, output, arithmetic, mathematical functions, casts.
 *
 * Any process.  Overflow and underflow raise 22003 as in PostgreSQL; NaN is greater than any number and
 * equal to itself.
 */
#include <charconv>
#include <cstring>
#include <random>

#include "utils/adt/adt_internals.h"
#include "utils/adt/type_io.h"
#include "utils/misc/settings.h"

namespace pg
{

/* ---- Errors ---- */

[[noreturn]] static void
raise_overflow()
{
	Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE).msg("value out of range: overflow"));
}

[[noreturn]] static void
raise_underflow()
{
	Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE).msg("value out of range: underflow"));
}

[[noreturn]] static void
raise_input_range()
{
	Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE).msg("input is out of range"));
}

/* ---- Input and output ---- */

static bool
equal_no_case(std::string_view text, std::string_view lower)
{
	if (text.size() != lower.size())
		return false;
	for (size_t i = 0; i < text.size(); i++)
		if (LowerAscii(text[i]) != lower[i])
			return false;
	return true;
}

/* NaN, Infinity, inf with a sign; false when it is none of them. */
template <typename T>
static bool
parse_special(std::string_view text, T *value)
{
	bool negative = false;

	if (equal_no_case(text, "nan"))
	{
		*value = std::numeric_limits<T>::quiet_NaN();
		return true;
	}
	if (!text.empty() && (text[0] == '-' || text[0] == '+'))
	{
		negative = text[0] == '-';
		text.remove_prefix(1);
	}
	if (!equal_no_case(text, "infinity") && !equal_no_case(text, "inf"))
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
static T
checked(T result, bool operand_infinite, bool zero_is_valid)
{
	if (std::isinf(result) && !operand_infinite) [[unlikely]]
		raise_overflow();
	if (result == 0 && !zero_is_valid) [[unlikely]]
		raise_underflow();
	return result;
}

template <typename T>
static void
add(FunctionCall &call)
{
	const T a = static_cast<T>(ArgFloat(call, 0));
	const T b = static_cast<T>(ArgFloat(call, 1));

	SetFloat(call, checked<T>(a + b, std::isinf(a) || std::isinf(b), true));
}

template <typename T>
static void
subtract(FunctionCall &call)
{
	const T a = static_cast<T>(ArgFloat(call, 0));
	const T b = static_cast<T>(ArgFloat(call, 1));

	SetFloat(call, checked<T>(a - b, std::isinf(a) || std::isinf(b), true));
}

template <typename T>
static void
multiply(FunctionCall &call)
{
	const T a = static_cast<T>(ArgFloat(call, 0));
	const T b = static_cast<T>(ArgFloat(call, 1));

	SetFloat(call, checked<T>(a * b, std::isinf(a) || std::isinf(b), a == 0 || b == 0));
}

template <typename T>
static void
divide(FunctionCall &call)
{
	const T a = static_cast<T>(ArgFloat(call, 0));
	const T b = static_cast<T>(ArgFloat(call, 1));

	if (b == 0 && !std::isnan(a))
		RaiseDivisionByZero();
	SetFloat(call, checked<T>(a / b, std::isinf(a), a == 0 || std::isinf(b)));
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

	SetFloat(call, checked<float>(result, std::isinf(value), value == 0));
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

/* ---- Rounding and signs ---- */

template <double (*kFunction)(double)>
static void
plain(FunctionCall &call)
{
	SetFloat(call, kFunction(ArgFloat(call, 0)));
}

static double
sign_of(double v)
{
	return v > 0 ? 1 : v < 0 ? -1 : 0;
}

static constexpr ScalarBody dround = plain<std::rint>, dtrunc = plain<std::trunc>;
static constexpr ScalarBody dceil = plain<std::ceil>, dfloor = plain<std::floor>;
static constexpr ScalarBody dsign = plain<sign_of>;
static constexpr ScalarBody datan = plain<std::atan>, dasinh = plain<std::asinh>,
							dtanh = plain<std::tanh>;

/* ---- Powers and logarithms ---- */

static void
dsqrt(FunctionCall &call)
{
	const double v = ArgFloat(call, 0);

	if (v < 0)
		Raise(Report(ERROR, ERRCODE_INVALID_ARGUMENT_FOR_POWER_FUNCTION)
				  .msg("cannot take square root of a negative number"));
	SetFloat(call, checked(std::sqrt(v), std::isinf(v), v == 0));
}

static void
dcbrt(FunctionCall &call)
{
	const double v = ArgFloat(call, 0);

	SetFloat(call, checked(std::cbrt(v), std::isinf(v), v == 0));
}

static void
dpow(FunctionCall &call)
{
	const double base = ArgFloat(call, 0);
	const double exponent = ArgFloat(call, 1);

	if (base == 0 && exponent < 0)
		Raise(Report(ERROR, ERRCODE_INVALID_ARGUMENT_FOR_POWER_FUNCTION)
				  .msg("zero raised to a negative power is undefined"));
	if (base < 0 && std::isfinite(exponent) && std::floor(exponent) != exponent)
		Raise(Report(ERROR, ERRCODE_INVALID_ARGUMENT_FOR_POWER_FUNCTION)
				  .msg("a negative number raised to a non-integer power yields a complex result"));

	const bool infinite = std::isinf(base) || std::isinf(exponent);

	SetFloat(call, checked(std::pow(base, exponent), infinite, infinite || base == 0));
}

static void
dexp(FunctionCall &call)
{
	const double v = ArgFloat(call, 0);

	SetFloat(call, checked(std::exp(v), std::isinf(v), std::isinf(v)));
}

static void
set_logarithm(FunctionCall &call, double (*function)(double))
{
	const double v = ArgFloat(call, 0);

	if (v == 0)
		Raise(Report(ERROR, ERRCODE_INVALID_ARGUMENT_FOR_LOG).msg("cannot take logarithm of zero"));
	if (v < 0)
		Raise(Report(ERROR, ERRCODE_INVALID_ARGUMENT_FOR_LOG)
				  .msg("cannot take logarithm of a negative number"));
	SetFloat(call, function(v));
}

static void
dlog1(FunctionCall &call)
{
	set_logarithm(call, std::log);
}

static void
dlog10(FunctionCall &call)
{
	set_logarithm(call, std::log10);
}

/* ---- Trigonometry ---- */

/* A function whose argument must lie within [low, high]. */
template <double (*kFunction)(double), int kLow, int kHigh>
static void
bounded(FunctionCall &call)
{
	const double v = ArgFloat(call, 0);

	if (v < kLow || v > kHigh)
		raise_input_range();
	SetFloat(call, kFunction(v));
}

/* A periodic function: an infinite argument has no place. */
template <double (*kFunction)(double)>
static void
periodic(FunctionCall &call)
{
	const double v = ArgFloat(call, 0);

	if (std::isinf(v))
		raise_input_range();
	SetFloat(call, kFunction(v));
}

/* May overflow. */
template <double (*kFunction)(double)>
static void
hyperbolic(FunctionCall &call)
{
	SetFloat(call, kFunction(ArgFloat(call, 0)));
}

static double
cotangent(double v)
{
	return 1.0 / std::tan(v);
}

static constexpr double kDegree = M_PI / 180.0;

/*
 * Of an angle in the first quadrant, made exact at 30, 45, 60 and 90 degrees by dividing by what the C
 * library says there.
 */
static double
sine_to_30(double v)
{
	return std::sin(v * kDegree) / std::sin(30.0 * kDegree) / 2.0;
}

static double
cosine_to_60(double v)
{
	return 1.0 - (1.0 - std::cos(v * kDegree)) / (1.0 - std::cos(60.0 * kDegree)) / 2.0;
}

static double
quadrant_sine(double v)
{
	return v <= 30.0 ? sine_to_30(v) : cosine_to_60(90.0 - v);
}

static double
quadrant_cosine(double v)
{
	return v <= 60.0 ? cosine_to_60(v) : sine_to_30(90.0 - v);
}

/* Folds the angle into the first quadrant; *sign gets the sign of an odd or even function there. */
static double
fold(double v, bool odd, int *sign)
{
	v = std::fmod(v, 360.0);
	if (v < 0.0)
	{
		v = -v;
		if (odd)
			*sign = -*sign;
	}
	if (v > 180.0)
	{
		v = 360.0 - v;
		if (odd)
			*sign = -*sign;
	}
	if (v > 90.0)
	{
		v = 180.0 - v;
		if (!odd)
			*sign = -*sign;
	}
	return v;
}

static double
sine_degrees(double v)
{
	int sign = 1;
	const double folded = fold(v, true, &sign);

	return sign * quadrant_sine(folded);
}

static double
cosine_degrees(double v)
{
	int sign = 1;
	const double folded = fold(v, false, &sign);

	return sign * quadrant_cosine(folded);
}

/* Tangents change their sign with both of the others'. */
static double
fold_tangent(double v, int *sign)
{
	int sine_sign = 1, cosine_sign = 1;
	const double folded = fold(v, true, &sine_sign);

	fold(v, false, &cosine_sign);
	*sign = sine_sign * cosine_sign;
	return folded;
}

static double
tangent_degrees(double v)
{
	int sign;
	const double folded = fold_tangent(v, &sign);
	const double unit = quadrant_sine(45.0) / quadrant_cosine(45.0);
	const double result = sign * (quadrant_sine(folded) / quadrant_cosine(folded) / unit);

	return result == 0.0 ? 0.0 : result;
}

static double
cotangent_degrees(double v)
{
	int sign;
	const double folded = fold_tangent(v, &sign);
	const double unit = quadrant_cosine(45.0) / quadrant_sine(45.0);
	const double result = sign * (quadrant_cosine(folded) / quadrant_sine(folded) / unit);

	return result == 0.0 ? 0.0 : result;
}

static double
quadrant_arc_sine(double v)
{
	return v <= 0.5 ? std::asin(v) / std::asin(0.5) * 30.0
					: 90.0 - std::acos(v) / std::acos(0.5) * 60.0;
}

static double
quadrant_arc_cosine(double v)
{
	return v <= 0.5 ? 90.0 - std::asin(v) / std::asin(0.5) * 30.0
					: std::acos(v) / std::acos(0.5) * 60.0;
}

static double
arc_sine_degrees(double v)
{
	return v >= 0.0 ? quadrant_arc_sine(v) : -quadrant_arc_sine(-v);
}

static double
arc_cosine_degrees(double v)
{
	return v >= 0.0 ? quadrant_arc_cosine(v) : 90.0 + quadrant_arc_sine(-v);
}

static double
arc_tangent_degrees(double v)
{
	return std::atan(v) / std::atan(1.0) * 45.0;
}

static constexpr ScalarBody dacos = bounded<std::acos, -1, 1>, dasin = bounded<std::asin, -1, 1>;
static constexpr ScalarBody datanh = bounded<std::atanh, -1, 1>;
static constexpr ScalarBody dacosd = bounded<arc_cosine_degrees, -1, 1>,
							dasind = bounded<arc_sine_degrees, -1, 1>;
static constexpr ScalarBody dcos = periodic<std::cos>, dsin = periodic<std::sin>,
							dtan = periodic<std::tan>;
static constexpr ScalarBody dcot = periodic<cotangent>, dcotd = periodic<cotangent_degrees>;
static constexpr ScalarBody dcosd = periodic<cosine_degrees>, dsind = periodic<sine_degrees>,
							dtand = periodic<tangent_degrees>;
static constexpr ScalarBody dcosh = hyperbolic<std::cosh>, dsinh = hyperbolic<std::sinh>;
static constexpr ScalarBody datand = plain<arc_tangent_degrees>;

static void
dacosh(FunctionCall &call)
{
	const double v = ArgFloat(call, 0);

	if (v < 1)
		raise_input_range();
	SetFloat(call, std::acosh(v));
}

static void
datan2(FunctionCall &call)
{
	SetFloat(call, std::atan2(ArgFloat(call, 0), ArgFloat(call, 1)));
}

static void
datan2d(FunctionCall &call)
{
	SetFloat(call, std::atan2(ArgFloat(call, 0), ArgFloat(call, 1)) / std::atan(1.0) * 45.0);
}

static void
degrees(FunctionCall &call)
{
	const double v = ArgFloat(call, 0);

	SetFloat(call, checked(v / kDegree, std::isinf(v), v == 0));
}

static void
radians(FunctionCall &call)
{
	SetFloat(call, ArgFloat(call, 0) * kDegree);
}

static void
dpi(FunctionCall &call)
{
	SetFloat(call, M_PI);
}

/* ---- Random numbers: one generator a process, seeded at its first use ---- */

namespace
{

struct Generator
{
	uint64 state;
	bool seeded;
};

} /* namespace */

static Generator generator;

/* splitmix64 (Steele, Lea, Flood 2014). */
static uint64
next_random()
{
	uint64 z = generator.state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

static void
drandom(FunctionCall &call)
{
	if (!generator.seeded)
	{
		std::random_device device;

		generator.state = static_cast<uint64>(device()) << 32 | device();
		generator.seeded = true;
	}
	SetFloat(call, static_cast<double>(next_random() >> 11) * 0x1.0p-53);
}

static void
setseed(FunctionCall &call)
{
	const double seed = ArgFloat(call, 0);

	if (!(seed >= -1 && seed <= 1))
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("setseed parameter %g is out of allowed range [-1,1]", seed));
	std::memcpy(&generator.state, &seed, sizeof(seed));
	generator.seeded = true;
	SetText(call, "");
}

static void
width_bucket_float8(FunctionCall &call)
{
	const double operand = ArgFloat(call, 0);
	const double low = ArgFloat(call, 1);
	const double high = ArgFloat(call, 2);
	const int64 count = ArgInt(call, 3);
	const auto fail = [](const char *what)
	{ Raise(Report(ERROR, ERRCODE_INVALID_ARGUMENT_FOR_WIDTH_BUCKET_FUNCTION).msg("%s", what)); };

	if (count <= 0)
		fail("count must be greater than zero");
	if (std::isnan(operand) || std::isnan(low) || std::isnan(high))
		fail("operand, lower bound, and upper bound cannot be NaN");
	if (std::isinf(low) || std::isinf(high))
		fail("lower and upper bounds must be finite");
	if (low == high)
		fail("lower bound cannot equal upper bound");
	const bool ascending = low < high;

	if (ascending ? operand < low : operand > low)
		return SetInt(call, 0);
	if (ascending ? operand >= high : operand <= high)
		return SetInt(call, count + 1);
	SetInt(call, static_cast<int64>(count * ((operand - low) / (high - low))) + 1);
}

static constexpr FunctionDef kRows[] = {
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
	Fn(228, "dround", 'i', "dround", FLOAT8OID, {FLOAT8OID}, dround),
	Fn(1342, "round", 'i', "dround", FLOAT8OID, {FLOAT8OID}, dround),
	Fn(229, "dtrunc", 'i', "dtrunc", FLOAT8OID, {FLOAT8OID}, dtrunc),
	Fn(1343, "trunc", 'i', "dtrunc", FLOAT8OID, {FLOAT8OID}, dtrunc),
	Fn(2308, "ceil", 'i', "dceil", FLOAT8OID, {FLOAT8OID}, dceil),
	Fn(2320, "ceiling", 'i', "dceil", FLOAT8OID, {FLOAT8OID}, dceil),
	Fn(2309, "floor", 'i', "dfloor", FLOAT8OID, {FLOAT8OID}, dfloor),
	Fn(2310, "sign", 'i', "dsign", FLOAT8OID, {FLOAT8OID}, dsign),
	Fn(230, "dsqrt", 'i', "dsqrt", FLOAT8OID, {FLOAT8OID}, dsqrt),
	Fn(1344, "sqrt", 'i', "dsqrt", FLOAT8OID, {FLOAT8OID}, dsqrt),
	Fn(231, "dcbrt", 'i', "dcbrt", FLOAT8OID, {FLOAT8OID}, dcbrt),
	Fn(1345, "cbrt", 'i', "dcbrt", FLOAT8OID, {FLOAT8OID}, dcbrt),
	Fn(232, "dpow", 'i', "dpow", FLOAT8OID, {FLOAT8OID, FLOAT8OID}, dpow),
	Fn(1346, "pow", 'i', "dpow", FLOAT8OID, {FLOAT8OID, FLOAT8OID}, dpow),
	Fn(1368, "power", 'i', "dpow", FLOAT8OID, {FLOAT8OID, FLOAT8OID}, dpow),
	Fn(233, "dexp", 'i', "dexp", FLOAT8OID, {FLOAT8OID}, dexp),
	Fn(1347, "exp", 'i', "dexp", FLOAT8OID, {FLOAT8OID}, dexp),
	Fn(234, "dlog1", 'i', "dlog1", FLOAT8OID, {FLOAT8OID}, dlog1),
	Fn(1341, "ln", 'i', "dlog1", FLOAT8OID, {FLOAT8OID}, dlog1),
	Fn(1194, "log10", 'i', "dlog10", FLOAT8OID, {FLOAT8OID}, dlog10),
	Fn(1339, "dlog10", 'i', "dlog10", FLOAT8OID, {FLOAT8OID}, dlog10),
	Fn(1340, "log", 'i', "dlog10", FLOAT8OID, {FLOAT8OID}, dlog10),
	Fn(1601, "acos", 'i', "dacos", FLOAT8OID, {FLOAT8OID}, dacos),
	Fn(1600, "asin", 'i', "dasin", FLOAT8OID, {FLOAT8OID}, dasin),
	Fn(1602, "atan", 'i', "datan", FLOAT8OID, {FLOAT8OID}, datan),
	Fn(1603, "atan2", 'i', "datan2", FLOAT8OID, {FLOAT8OID, FLOAT8OID}, datan2),
	Fn(1605, "cos", 'i', "dcos", FLOAT8OID, {FLOAT8OID}, dcos),
	Fn(1604, "sin", 'i', "dsin", FLOAT8OID, {FLOAT8OID}, dsin),
	Fn(1606, "tan", 'i', "dtan", FLOAT8OID, {FLOAT8OID}, dtan),
	Fn(1607, "cot", 'i', "dcot", FLOAT8OID, {FLOAT8OID}, dcot),
	Fn(2466, "acosh", 'i', "dacosh", FLOAT8OID, {FLOAT8OID}, dacosh),
	Fn(2465, "asinh", 'i', "dasinh", FLOAT8OID, {FLOAT8OID}, dasinh),
	Fn(2467, "atanh", 'i', "datanh", FLOAT8OID, {FLOAT8OID}, datanh),
	Fn(2463, "cosh", 'i', "dcosh", FLOAT8OID, {FLOAT8OID}, dcosh),
	Fn(2462, "sinh", 'i', "dsinh", FLOAT8OID, {FLOAT8OID}, dsinh),
	Fn(2464, "tanh", 'i', "dtanh", FLOAT8OID, {FLOAT8OID}, dtanh),
	Fn(2736, "cosd", 'i', "dcosd", FLOAT8OID, {FLOAT8OID}, dcosd),
	Fn(2735, "sind", 'i', "dsind", FLOAT8OID, {FLOAT8OID}, dsind),
	Fn(2737, "tand", 'i', "dtand", FLOAT8OID, {FLOAT8OID}, dtand),
	Fn(2738, "cotd", 'i', "dcotd", FLOAT8OID, {FLOAT8OID}, dcotd),
	Fn(2732, "acosd", 'i', "dacosd", FLOAT8OID, {FLOAT8OID}, dacosd),
	Fn(2731, "asind", 'i', "dasind", FLOAT8OID, {FLOAT8OID}, dasind),
	Fn(2733, "atand", 'i', "datand", FLOAT8OID, {FLOAT8OID}, datand),
	Fn(2734, "atan2d", 'i', "datan2d", FLOAT8OID, {FLOAT8OID, FLOAT8OID}, datan2d),
	Fn(1608, "degrees", 'i', "pg_degrees", FLOAT8OID, {FLOAT8OID}, degrees),
	Fn(1609, "radians", 'i', "pg_radians", FLOAT8OID, {FLOAT8OID}, radians),
	Fn(1610, "pi", 'i', "dpi", FLOAT8OID, {}, dpi),
	Fn(1598, "random", 'v', "drandom", FLOAT8OID, {}, drandom),
	Fn(1599, "setseed", 'v', "setseed", VOIDOID, {FLOAT8OID}, setseed),
	Fn(320, "width_bucket", 'i', "width_bucket_float8", INT4OID,
	   {FLOAT8OID, FLOAT8OID, FLOAT8OID, INT4OID}, width_bucket_float8),
};

const std::span<const FunctionDef> kFloatFunctions = kRows;

} /* namespace pg */
