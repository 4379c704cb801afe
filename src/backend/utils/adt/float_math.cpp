/*
 * utils/adt/float_math.cpp
 *		Mathematical functions of double precision: rounding, powers, logarithms, trigonometry, random numbers.
 *
 * Any process.
 */
#include <cstring>
#include <random>

#include "utils/adt/adt_internals.h"
#include "utils/adt/float_internals.h"

namespace pg
{

[[noreturn]] static void
raise_input_range()
{
	Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE).msg("input is out of range"));
}

/* ---- Rounding and signs ---- */

template <double (*kFunction)(double)>
static void
plain(FunctionCall &call)
{
	SetFloat(call, kFunction(ArgFloat(call, 0)));
}

static double
float_sign(double v)
{
	return v > 0 ? 1 : v < 0 ? -1 : 0;
}

static constexpr ScalarBody dround = plain<std::rint>, dtrunc = plain<std::trunc>;
static constexpr ScalarBody dceil = plain<std::ceil>, dfloor = plain<std::floor>;
static constexpr ScalarBody dsign = plain<float_sign>;
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
	SetFloat(call, CheckFloat(std::sqrt(v), std::isinf(v), v == 0));
}

static void
dcbrt(FunctionCall &call)
{
	const double v = ArgFloat(call, 0);

	SetFloat(call, CheckFloat(std::cbrt(v), std::isinf(v), v == 0));
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

	SetFloat(call, CheckFloat(std::pow(base, exponent), infinite, infinite || base == 0));
}

static void
dexp(FunctionCall &call)
{
	const double v = ArgFloat(call, 0);

	SetFloat(call, CheckFloat(std::exp(v), std::isinf(v), std::isinf(v)));
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

	SetFloat(call, CheckFloat(v / kDegree, std::isinf(v), v == 0));
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

static constexpr FunctionDef kFloatMathRows[] = {
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

const std::span<const FunctionDef> kFloatMathFunctions = kFloatMathRows;

} /* namespace pg */
