/*
 * utils/adt/int.cpp
 *		smallint, integer, bigint, oid: input, output, arithmetic, casts.
 *
 * Any process.  Results outside the result type's range raise 22003; nothing wraps around.
 */
#include <charconv>
#include <numeric>

#include "utils/adt/adt_internals.h"
#include "utils/adt/type_io.h"

namespace pg
{

template <typename T>
static constexpr const char *
type_title()
{
	if constexpr (sizeof(T) == 2)
		return "smallint";
	else if constexpr (sizeof(T) == 4)
		return "integer";
	else
		return "bigint";
}

/* ---- Input and output ---- */

int64
ParseInteger(std::string_view text, int64 min, int64 max, const char *type)
{
	const std::string_view trimmed = TrimSpace(text);
	const char *first = trimmed.data();
	const char *const last = first + trimmed.size();
	int64 value = 0;

	if (first != last && *first == '+' && first + 1 != last && IsDigit(first[1]))
		first++;
	const auto [end, error] = std::from_chars(first, last, value);

	if (error == std::errc::invalid_argument || end != last)
		RaiseBadInput(type, text);
	if (error == std::errc::result_out_of_range || value < min || value > max)
		RaiseInputRange(type, text);
	return value;
}

Value
Int2In(std::string_view text, int32, std::string *)
{
	return Value::Int(ParseInteger(text, PG_INT16_MIN, PG_INT16_MAX, "smallint"));
}

Value
Int4In(std::string_view text, int32, std::string *)
{
	return Value::Int(ParseInteger(text, PG_INT32_MIN, PG_INT32_MAX, "integer"));
}

Value
Int8In(std::string_view text, int32, std::string *)
{
	return Value::Int(ParseInteger(text, PG_INT64_MIN, PG_INT64_MAX, "bigint"));
}

/* Negative input means the unsigned value with the same bits. */
Value
OidIn(std::string_view text, int32, std::string *)
{
	return Value::Int(static_cast<uint32>(ParseInteger(text, PG_INT32_MIN, PG_UINT32_MAX, "oid")));
}

Value
XidIn(std::string_view text, int32, std::string *)
{
	return Value::Int(static_cast<uint32>(ParseInteger(text, PG_INT32_MIN, PG_UINT32_MAX, "xid")));
}

Value
Xid8In(std::string_view text, int32, std::string *)
{
	return Value::Int(ParseInteger(text, PG_INT64_MIN, PG_INT64_MAX, "xid8"));
}

void
IntOut(const Value &value, std::string *out)
{
	char digits[24];
	const auto result = std::to_chars(digits, digits + sizeof(digits), value.integer);

	out->append(digits, result.ptr);
}

void
OidOut(const Value &value, std::string *out)
{
	IntOut(Value::Int(static_cast<uint32>(value.integer)), out);
}

/* ---- Arithmetic; the result is of type R ---- */

template <typename R>
static void
set_checked(FunctionCall &call, int64 value, bool overflow)
{
	if (overflow || value < std::numeric_limits<R>::min() || value > std::numeric_limits<R>::max())
		[[unlikely]]
		RaiseOutOfRange(type_title<R>());
	SetInt(call, value);
}

template <typename R>
static void
int_add(FunctionCall &call)
{
	int64 result;
	const bool overflow = __builtin_add_overflow(ArgInt(call, 0), ArgInt(call, 1), &result);

	set_checked<R>(call, result, overflow);
}

template <typename R>
static void
int_subtract(FunctionCall &call)
{
	int64 result;
	const bool overflow = __builtin_sub_overflow(ArgInt(call, 0), ArgInt(call, 1), &result);

	set_checked<R>(call, result, overflow);
}

template <typename R>
static void
int_multiply(FunctionCall &call)
{
	int64 result;
	const bool overflow = __builtin_mul_overflow(ArgInt(call, 0), ArgInt(call, 1), &result);

	set_checked<R>(call, result, overflow);
}

template <typename R>
static void
int_divide(FunctionCall &call)
{
	const int64 dividend = ArgInt(call, 0);
	const int64 divisor = ArgInt(call, 1);

	if (divisor == 0)
		RaiseDivisionByZero();
	if (divisor == -1)
		set_checked<R>(call, dividend == PG_INT64_MIN ? 0 : -dividend, dividend == PG_INT64_MIN);
	else
		set_checked<R>(call, dividend / divisor, false);
}

static void
modulo(FunctionCall &call)
{
	const int64 divisor = ArgInt(call, 1);

	if (divisor == 0)
		RaiseDivisionByZero();
	SetInt(call, divisor == -1 ? 0 : ArgInt(call, 0) % divisor);
}

template <typename R>
static void
negate(FunctionCall &call)
{
	const int64 value = ArgInt(call, 0);

	set_checked<R>(call, value == PG_INT64_MIN ? 0 : -value, value == PG_INT64_MIN);
}

template <typename R>
static void
int_absolute(FunctionCall &call)
{
	if (ArgInt(call, 0) < 0)
		negate<R>(call);
	else
		SetInt(call, ArgInt(call, 0));
}

static void
bitwise_xor(FunctionCall &call)
{
	SetInt(call, ArgInt(call, 0) ^ ArgInt(call, 1));
}

/* The shift count wraps at the width of the promoted type, as the processor does it. */
template <typename T, unsigned kMask>
static void
shift_left(FunctionCall &call)
{
	const uint64 value = static_cast<uint64>(ArgInt(call, 0));

	SetInt(call, static_cast<T>(value << (static_cast<uint64>(ArgInt(call, 1)) & kMask)));
}

template <unsigned kMask>
static void
shift_right(FunctionCall &call)
{
	SetInt(call, ArgInt(call, 0) >> (static_cast<uint64>(ArgInt(call, 1)) & kMask));
}

template <typename R>
static void
int_gcd(FunctionCall &call)
{
	uint64 a = static_cast<uint64>(ArgInt(call, 0));
	uint64 b = static_cast<uint64>(ArgInt(call, 1));

	if (ArgInt(call, 0) < 0)
		a = -a;
	if (ArgInt(call, 1) < 0)
		b = -b;
	const uint64 result = std::gcd(a, b);

	set_checked<R>(call, static_cast<int64>(result), static_cast<int64>(result) < 0);
}

template <typename R>
static void
int_lcm(FunctionCall &call)
{
	const int64 a = ArgInt(call, 0);
	const int64 b = ArgInt(call, 1);

	if (a == 0 || b == 0)
		return SetInt(call, 0);
	const __int128 wide_a = a < 0 ? -static_cast<__int128>(a) : a;
	const __int128 wide_b = b < 0 ? -static_cast<__int128>(b) : b;
	const __int128 divisor = std::gcd(static_cast<uint64>(wide_a), static_cast<uint64>(wide_b));
	const __int128 result = wide_a / divisor * wide_b;

	set_checked<R>(call, static_cast<int64>(result), result > PG_INT64_MAX);
}

/* ---- Casts ---- */

template <typename R>
static void
narrow(FunctionCall &call)
{
	set_checked<R>(call, ArgInt(call, 0), false);
}

static void
i8tooid(FunctionCall &call)
{
	const int64 value = ArgInt(call, 0);

	if (value < 0 || value > PG_UINT32_MAX)
		Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE).msg("OID out of range"));
	SetInt(call, value);
}

static void
chartoi4(FunctionCall &call)
{
	const std::string_view text = ArgText(call, 0);

	SetInt(call, text.empty() ? 0 : static_cast<signed char>(text[0]));
}

template <typename T>
static void
to_hex(FunctionCall &call)
{
	char digits[20];
	const auto value = static_cast<std::make_unsigned_t<T>>(ArgInt(call, 0));
	const auto result = std::to_chars(digits, digits + sizeof(digits), value, 16);

	SetText(call, {digits, static_cast<size_t>(result.ptr - digits)});
}

/* ---- Names of pg_proc.prosrc for the instances above ---- */

static constexpr ScalarBody int2pl = int_add<int16>, int4pl = int_add<int32>,
							int8pl = int_add<int64>;
static constexpr ScalarBody int2mi = int_subtract<int16>, int4mi = int_subtract<int32>,
							int8mi = int_subtract<int64>;
static constexpr ScalarBody int2mul = int_multiply<int16>, int4mul = int_multiply<int32>,
							int8mul = int_multiply<int64>;
static constexpr ScalarBody int2div = int_divide<int16>, int4div = int_divide<int32>,
							int8div = int_divide<int64>;
static constexpr ScalarBody int2um = negate<int16>, int4um = negate<int32>, int8um = negate<int64>;
static constexpr ScalarBody int2abs = int_absolute<int16>, int4abs = int_absolute<int32>,
							int8abs = int_absolute<int64>;
static constexpr ScalarBody int2shl = shift_left<int16, 31>, int4shl = shift_left<int32, 31>,
							int8shl = shift_left<int64, 63>;
static constexpr ScalarBody int2shr = shift_right<31>, int4shr = shift_right<31>,
							int8shr = shift_right<63>;
static constexpr ScalarBody int4gcd = int_gcd<int32>, int8gcd = int_gcd<int64>;
static constexpr ScalarBody int4lcm = int_lcm<int32>, int8lcm = int_lcm<int64>;
static constexpr ScalarBody to_int2 = narrow<int16>, to_int4 = narrow<int32>;
static constexpr ScalarBody to_hex32 = to_hex<int32>, to_hex64 = to_hex<int64>;

static constexpr FunctionDef kIntRows[] = {
	Fn(176, "int2pl", 'i', "int2pl", INT2OID, {INT2OID, INT2OID}, int2pl),
	Fn(180, "int2mi", 'i', "int2mi", INT2OID, {INT2OID, INT2OID}, int2mi),
	Fn(152, "int2mul", 'i', "int2mul", INT2OID, {INT2OID, INT2OID}, int2mul),
	Fn(153, "int2div", 'i', "int2div", INT2OID, {INT2OID, INT2OID}, int2div),
	Fn(155, "int2mod", 'i', "int2mod", INT2OID, {INT2OID, INT2OID}, modulo),
	Fn(940, "mod", 'i', "int2mod", INT2OID, {INT2OID, INT2OID}, modulo),
	Fn(178, "int24pl", 'i', "int24pl", INT4OID, {INT2OID, INT4OID}, int4pl),
	Fn(182, "int24mi", 'i', "int24mi", INT4OID, {INT2OID, INT4OID}, int4mi),
	Fn(170, "int24mul", 'i', "int24mul", INT4OID, {INT2OID, INT4OID}, int4mul),
	Fn(172, "int24div", 'i', "int24div", INT4OID, {INT2OID, INT4OID}, int4div),
	Fn(841, "int28pl", 'i', "int28pl", INT8OID, {INT2OID, INT8OID}, int8pl),
	Fn(942, "int28mi", 'i', "int28mi", INT8OID, {INT2OID, INT8OID}, int8mi),
	Fn(943, "int28mul", 'i', "int28mul", INT8OID, {INT2OID, INT8OID}, int8mul),
	Fn(948, "int28div", 'i', "int28div", INT8OID, {INT2OID, INT8OID}, int8div),
	Native(1892, "int2and", 'i', "($1 & $2)", INT2OID, {INT2OID, INT2OID}),
	Native(1893, "int2or", 'i', "($1 | $2)", INT2OID, {INT2OID, INT2OID}),
	Fn(1894, "int2xor", 'i', "intxor", INT2OID, {INT2OID, INT2OID}, bitwise_xor),
	Native(1895, "int2not", 'i', "(~$1)", INT2OID, {INT2OID}),
	Native(1911, "int2up", 'i', "(+$1)", INT2OID, {INT2OID}),
	Fn(213, "int2um", 'i', "int2um", INT2OID, {INT2OID}, int2um),
	Fn(1253, "int2abs", 'i', "int2abs", INT2OID, {INT2OID}, int2abs),
	Fn(1398, "abs", 'i', "int2abs", INT2OID, {INT2OID}, int2abs),
	Fn(1896, "int2shl", 'i', "int2shl", INT2OID, {INT2OID, INT4OID}, int2shl),
	Fn(1897, "int2shr", 'i', "int2shr", INT2OID, {INT2OID, INT4OID}, int2shr),
	Fn(179, "int42pl", 'i', "int42pl", INT4OID, {INT4OID, INT2OID}, int4pl),
	Fn(183, "int42mi", 'i', "int42mi", INT4OID, {INT4OID, INT2OID}, int4mi),
	Fn(171, "int42mul", 'i', "int42mul", INT4OID, {INT4OID, INT2OID}, int4mul),
	Fn(173, "int42div", 'i', "int42div", INT4OID, {INT4OID, INT2OID}, int4div),
	Fn(177, "int4pl", 'i', "int4pl", INT4OID, {INT4OID, INT4OID}, int4pl),
	Fn(181, "int4mi", 'i', "int4mi", INT4OID, {INT4OID, INT4OID}, int4mi),
	Fn(141, "int4mul", 'i', "int4mul", INT4OID, {INT4OID, INT4OID}, int4mul),
	Fn(154, "int4div", 'i', "int4div", INT4OID, {INT4OID, INT4OID}, int4div),
	Fn(156, "int4mod", 'i', "int4mod", INT4OID, {INT4OID, INT4OID}, modulo),
	Fn(941, "mod", 'i', "int4mod", INT4OID, {INT4OID, INT4OID}, modulo),
	Fn(1278, "int48pl", 'i', "int48pl", INT8OID, {INT4OID, INT8OID}, int8pl),
	Fn(1279, "int48mi", 'i', "int48mi", INT8OID, {INT4OID, INT8OID}, int8mi),
	Fn(1280, "int48mul", 'i', "int48mul", INT8OID, {INT4OID, INT8OID}, int8mul),
	Fn(1281, "int48div", 'i', "int48div", INT8OID, {INT4OID, INT8OID}, int8div),
	Native(1898, "int4and", 'i', "($1 & $2)", INT4OID, {INT4OID, INT4OID}),
	Native(1899, "int4or", 'i', "($1 | $2)", INT4OID, {INT4OID, INT4OID}),
	Fn(1900, "int4xor", 'i', "intxor", INT4OID, {INT4OID, INT4OID}, bitwise_xor),
	Native(1901, "int4not", 'i', "(~$1)", INT4OID, {INT4OID}),
	Native(1912, "int4up", 'i', "(+$1)", INT4OID, {INT4OID}),
	Fn(212, "int4um", 'i', "int4um", INT4OID, {INT4OID}, int4um),
	Fn(1251, "int4abs", 'i', "int4abs", INT4OID, {INT4OID}, int4abs),
	Fn(1397, "abs", 'i', "int4abs", INT4OID, {INT4OID}, int4abs),
	Fn(1902, "int4shl", 'i', "int4shl", INT4OID, {INT4OID, INT4OID}, int4shl),
	Fn(1903, "int4shr", 'i', "int4shr", INT4OID, {INT4OID, INT4OID}, int4shr),
	Fn(837, "int82pl", 'i', "int82pl", INT8OID, {INT8OID, INT2OID}, int8pl),
	Fn(838, "int82mi", 'i', "int82mi", INT8OID, {INT8OID, INT2OID}, int8mi),
	Fn(839, "int82mul", 'i', "int82mul", INT8OID, {INT8OID, INT2OID}, int8mul),
	Fn(840, "int82div", 'i', "int82div", INT8OID, {INT8OID, INT2OID}, int8div),
	Fn(1274, "int84pl", 'i', "int84pl", INT8OID, {INT8OID, INT4OID}, int8pl),
	Fn(1275, "int84mi", 'i', "int84mi", INT8OID, {INT8OID, INT4OID}, int8mi),
	Fn(1276, "int84mul", 'i', "int84mul", INT8OID, {INT8OID, INT4OID}, int8mul),
	Fn(1277, "int84div", 'i', "int84div", INT8OID, {INT8OID, INT4OID}, int8div),
	Fn(463, "int8pl", 'i', "int8pl", INT8OID, {INT8OID, INT8OID}, int8pl),
	Fn(464, "int8mi", 'i', "int8mi", INT8OID, {INT8OID, INT8OID}, int8mi),
	Fn(465, "int8mul", 'i', "int8mul", INT8OID, {INT8OID, INT8OID}, int8mul),
	Fn(466, "int8div", 'i', "int8div", INT8OID, {INT8OID, INT8OID}, int8div),
	Fn(945, "int8mod", 'i', "int8mod", INT8OID, {INT8OID, INT8OID}, modulo),
	Fn(947, "mod", 'i', "int8mod", INT8OID, {INT8OID, INT8OID}, modulo),
	Native(1904, "int8and", 'i', "($1 & $2)", INT8OID, {INT8OID, INT8OID}),
	Native(1905, "int8or", 'i', "($1 | $2)", INT8OID, {INT8OID, INT8OID}),
	Fn(1906, "int8xor", 'i', "intxor", INT8OID, {INT8OID, INT8OID}, bitwise_xor),
	Native(1907, "int8not", 'i', "(~$1)", INT8OID, {INT8OID}),
	Native(1910, "int8up", 'i', "(+$1)", INT8OID, {INT8OID}),
	Fn(462, "int8um", 'i', "int8um", INT8OID, {INT8OID}, int8um),
	Fn(1230, "int8abs", 'i', "int8abs", INT8OID, {INT8OID}, int8abs),
	Fn(1396, "abs", 'i', "int8abs", INT8OID, {INT8OID}, int8abs),
	Fn(1908, "int8shl", 'i', "int8shl", INT8OID, {INT8OID, INT4OID}, int8shl),
	Fn(1909, "int8shr", 'i', "int8shr", INT8OID, {INT8OID, INT4OID}, int8shr),
	Fn(5044, "gcd", 'i', "int4gcd", INT4OID, {INT4OID, INT4OID}, int4gcd),
	Fn(5045, "gcd", 'i', "int8gcd", INT8OID, {INT8OID, INT8OID}, int8gcd),
	Fn(5046, "lcm", 'i', "int4lcm", INT4OID, {INT4OID, INT4OID}, int4lcm),
	Fn(5047, "lcm", 'i', "int8lcm", INT8OID, {INT8OID, INT8OID}, int8lcm),
	Fn(714, "int2", 'i', "int82", INT2OID, {INT8OID}, to_int2),
	Fn(314, "int2", 'i', "i4toi2", INT2OID, {INT4OID}, to_int2),
	Fn(480, "int4", 'i', "int84", INT4OID, {INT8OID}, to_int4),
	Native(313, "int4", 'i', "$1", INT4OID, {INT2OID}),
	Native(481, "int8", 'i', "$1", INT8OID, {INT4OID}),
	Native(754, "int8", 'i', "$1", INT8OID, {INT2OID}),
	Native(1288, "int8", 'i', "$1", INT8OID, {OIDOID}),
	Fn(1287, "oid", 'i', "i8tooid", OIDOID, {INT8OID}, i8tooid),
	Fn(77, "int4", 'i', "chartoi4", INT4OID, {CHAROID}, chartoi4),
	Fn(2089, "to_hex", 'i', "to_hex32", TEXTOID, {INT4OID}, to_hex32),
	Fn(2090, "to_hex", 'i', "to_hex64", TEXTOID, {INT8OID}, to_hex64),
	Native(2558, "int4", 'i', "$1", INT4OID, {BOOLOID}),
	Native(2557, "bool", 'i', "($1 <> 0)", BOOLOID, {INT4OID}),
	Native(768, "int4larger", 'i', "max($1, $2)", INT4OID, {INT4OID, INT4OID}),
	Native(769, "int4smaller", 'i', "min($1, $2)", INT4OID, {INT4OID, INT4OID}),
	Native(1236, "int8larger", 'i', "max($1, $2)", INT8OID, {INT8OID, INT8OID}),
	Native(1237, "int8smaller", 'i', "min($1, $2)", INT8OID, {INT8OID, INT8OID}),
	Native(770, "int2larger", 'i', "max($1, $2)", INT2OID, {INT2OID, INT2OID}),
	Native(771, "int2smaller", 'i', "min($1, $2)", INT2OID, {INT2OID, INT2OID}),
};

const std::span<const FunctionDef> kIntFunctions = kIntRows;

} /* namespace pg */
