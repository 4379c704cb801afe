/*
 * utils/adt/adt_internals.h
 *		What the files of this folder share: how rows are written, how bodies read their arguments.
 *
 * Any process.  Bodies are called with non-null arguments where the row is strict, and with the kinds
 * of engine/value.h, which the analyzer guarantees.
 */
#pragma once

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <memory>
#include <string>
#include <string_view>

#include "catalog/pg_type_d.h"
#include "utils/adt/registry.h"
#include "utils/error/report.h"

namespace pg
{

/* ---- Rows ---- */

consteval FunctionDef
MakeRow(Oid oid, const char *name, char volatility, Oid result, std::initializer_list<Oid> args)
{
	FunctionDef row{};

	row.oid = oid;
	row.name = name;
	row.kind = FunctionKind::Normal;
	row.volatility = static_cast<Volatility>(volatility);
	row.strict = true;
	row.result = result;
	for (Oid arg : args)
		row.arg_types[row.arg_count++] = arg;
	return row;
}

/* A function with a body of its own, called in the engine by engine_name. */
consteval FunctionDef
Fn(Oid oid, const char *name, char volatility, const char *engine_name, Oid result,
   std::initializer_list<Oid> args, ScalarBody body)
{
	FunctionDef row = MakeRow(oid, name, volatility, result, args);

	row.engine_name = engine_name;
	row.body = body;
	return row;
}

/* A function that is an expression of the engine's. */
consteval FunctionDef
Native(Oid oid, const char *name, char volatility, const char *lowering, Oid result,
	   std::initializer_list<Oid> args)
{
	FunctionDef row = MakeRow(oid, name, volatility, result, args);

	row.lowering = lowering;
	return row;
}

/* An aggregate; without `create` it is the engine's own of that name. */
consteval FunctionDef
Aggregate(Oid oid, const char *name, const char *engine_name, Oid result,
		  std::initializer_list<Oid> args, std::unique_ptr<AggregateState> (*create)())
{
	FunctionDef row = MakeRow(oid, name, 'i', result, args);

	row.kind = FunctionKind::Aggregate;
	row.strict = false;
	row.engine_name = engine_name;
	row.aggregate = create;
	return row;
}

/* What creates the state of an aggregate. */
template <typename State>
std::unique_ptr<AggregateState>
MakeState()
{
	return std::make_unique<State>();
}

/* A window function that the engine has by itself. */
consteval FunctionDef
Window(Oid oid, const char *name, const char *engine_name, Oid result,
	   std::initializer_list<Oid> args)
{
	FunctionDef row = MakeRow(oid, name, 'i', result, args);

	row.kind = FunctionKind::Window;
	row.strict = false;
	row.engine_name = engine_name;
	return row;
}

/* A set-returning function, read from a row source. */
consteval FunctionDef
Rows(Oid oid, const char *name, char volatility, const char *source, Oid result,
	 std::initializer_list<Oid> args)
{
	FunctionDef row = MakeRow(oid, name, volatility, result, args);

	row.kind = FunctionKind::TableSource;
	row.row_source = source;
	return row;
}

/* Called with null arguments, too. */
consteval FunctionDef
Lax(FunctionDef row)
{
	row.strict = false;
	return row;
}

consteval FunctionDef
Variadic(FunctionDef row)
{
	row.variadic_any = true;
	return row;
}

consteval FunctionDef
Defaults(FunctionDef row, int count, const char *defaults)
{
	row.default_count = count;
	row.defaults = defaults;
	return row;
}

/* ---- The tables, one a file ---- */

extern const std::span<const FunctionDef> kCompareFunctions, kIntFunctions, kFloatFunctions,
	kFloatMathFunctions, kNumericFunctions, kTextFunctions, kPatternFunctions, kRegexpFunctions,
	kByteaFunctions, kDateFunctions, kTimestampFunctions, kIntervalFunctions, kFormattingFunctions,
	kAggregateFunctions, kSeriesFunctions, kMiscFunctions, kSystemFunctions, kWorkerFunctions,
	kLockFunctions, kCatalogFunctions, kPrivilegeFunctions, kSequenceFunctions, kArrayFunctions,
	kArraySearchFunctions, kEnumFunctions, kAclFunctions, kRegexpSetFunctions;

/* Engine functions without a row in pg_proc. */
extern const std::span<const EngineFunction> kEngineOnlyFunctions, kCatalogHelpers, kEnumHelpers;
extern const std::span<const RowSource> kSeriesSources, kArraySources, kArraySearchSources,
	kAclSources, kRegexpSources;

/* ---- Arguments and results of bodies ---- */

inline int64
ArgInt(const FunctionCall &call, int i)
{
	return call.arg(i).integer;
}

inline Oid
ArgOid(const FunctionCall &call, int i)
{
	return static_cast<Oid>(ArgInt(call, i));
}

inline bool
ArgBool(const FunctionCall &call, int i)
{
	return call.arg(i).integer != 0;
}

inline std::string_view
ArgText(const FunctionCall &call, int i)
{
	return call.arg(i).bytes;
}

/* NaN is stored as text; an engine column without a type may have kept a whole number as an integer. */
inline double
ValueFloat(const Value &value)
{
	if (value.kind == Value::Kind::Real)
		return value.real;
	if (value.kind == Value::Kind::Int)
		return static_cast<double>(value.integer);
	return std::numeric_limits<double>::quiet_NaN();
}

inline double
ArgFloat(const FunctionCall &call, int i)
{
	return ValueFloat(call.arg(i));
}

inline Value
FloatValue(double v)
{
	if (std::isnan(v))
		return Value::Text("NaN");
	return Value::Real(v);
}

inline void
SetInt(FunctionCall &call, int64 v)
{
	call.set_result(Value::Int(v));
}

inline void
SetBool(FunctionCall &call, bool v)
{
	call.set_result(Value::Bool(v));
}

inline void
SetFloat(FunctionCall &call, double v)
{
	call.set_result(FloatValue(v));
}

inline void
SetText(FunctionCall &call, std::string_view v)
{
	call.set_result(Value::Text(v));
}

/* ---- Errors that many types share ---- */

/* 22P02 invalid input syntax for type %s: "%s" */
[[noreturn]] void RaiseBadInput(const char *type, std::string_view text);
/* 22003 value "%s" is out of range for type %s */
[[noreturn]] void RaiseInputRange(const char *type, std::string_view text);
/* 22003 %s out of range ("integer", "bigint", "smallint", "interval", ...) */
[[noreturn]] void RaiseOutOfRange(const char *type);
[[noreturn]] void RaiseDivisionByZero();

/* 22011 */
[[noreturn]] inline void
RaiseNegativeLength()
{
	Raise(Report(ERROR, ERRCODE_SUBSTRING_ERROR).msg("negative substring length not allowed"));
}

/* ---- Text ---- */

/* White space as PostgreSQL's parsers see it (C locale isspace). */
inline bool
IsSpace(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

inline bool
IsDigit(char c)
{
	return c >= '0' && c <= '9';
}

inline char
LowerAscii(char c)
{
	return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

inline char
UpperAscii(char c)
{
	return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

inline std::string
LowerCase(std::string_view text)
{
	std::string lower(text);

	std::ranges::transform(lower, lower.begin(), LowerAscii);
	return lower;
}

/* Whether the text, in lower case, is `lower`. */
inline bool
EqualNoCase(std::string_view text, std::string_view lower)
{
	return std::ranges::equal(text, lower, [](char a, char b) { return LowerAscii(a) == b; });
}

inline std::string_view
TrimSpace(std::string_view text)
{
	while (!text.empty() && IsSpace(text.front()))
		text.remove_prefix(1);
	while (!text.empty() && IsSpace(text.back()))
		text.remove_suffix(1);
	return text;
}

} /* namespace pg */
