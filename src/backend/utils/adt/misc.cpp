/*
 * utils/adt/misc.cpp
 *		Small functions of no type in particular: counting nulls, sizes for people, encodings, version.
 *
 * Any process.
 */
#include <array>

#include "mb/pg_wchar.h"
#include "utils/adt/adt_internals.h"
#include "utils/adt/encode.h"
#include "utils/adt/numeric.h"

namespace pg
{

/* ---- Nulls ---- */

static int64
count_nulls(const FunctionCall &call)
{
	int64 nulls = 0;

	for (int i = 0; i < call.arg_count(); i++)
		nulls += call.arg(i).is_null();
	return nulls;
}

static void
pg_num_nulls(FunctionCall &call)
{
	SetInt(call, count_nulls(call));
}

static void
pg_num_nonnulls(FunctionCall &call)
{
	SetInt(call, call.arg_count() - count_nulls(call));
}

/* ---- Sizes ---- */

static constexpr std::array kSizeUnits = {"bytes", "kB", "MB", "GB", "TB", "PB"};

/* Stays in a unit up to ten thousand of it; half a unit rounds away from zero. */
static std::string
pretty_size(BigInt size)
{
	const int sign = size.sign() < 0 ? -1 : 1;

	size *= sign;
	if (size < 10240)
		return BigInt(size * sign).str() + " bytes";
	/* One bit more than the unit, for rounding. */
	size >>= 9;
	for (size_t unit = 1;; unit++)
	{
		if (size < 20479 || unit + 1 == kSizeUnits.size())
			return BigInt((size + 1) / 2 * sign).str() + " " + kSizeUnits[unit];
		size >>= 10;
	}
}

static void
pg_size_pretty(FunctionCall &call)
{
	SetText(call, pretty_size(BigInt(ArgInt(call, 0))));
}

static void
pg_size_pretty_numeric(FunctionCall &call)
{
	const Decimal size = ArgDecimal(call, 0);
	std::string text;

	if (!size.is_finite())
	{
		AppendDecimal(size, &text);
		return SetText(call, text + " bytes");
	}
	if (size.scale > 0 &&
		CompareDecimals(size.sign() < 0 ? NegateDecimal(size) : size, Decimal::FromInt(10240)) < 0)
	{
		AppendDecimal(size, &text);
		return SetText(call, text + " bytes");
	}
	SetText(call, pretty_size(TruncateDecimal(size, 0).unscaled));
}

[[noreturn]] static void
raise_bad_size(std::string_view text)
{
	Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
			  .msg("invalid size: \"%.*s\"", static_cast<int>(text.size()), text.data()));
}

static void
pg_size_bytes(FunctionCall &call)
{
	const std::string_view text = ArgText(call, 0);
	const std::string_view trimmed = TrimSpace(text);
	const size_t end = std::min(trimmed.find_first_not_of("0123456789.+-eE"), trimmed.size());
	const std::string_view unit = TrimSpace(trimmed.substr(end));
	Decimal size;

	if (!ParseDecimal(trimmed.substr(0, end), &size))
		raise_bad_size(text);
	if (!unit.empty())
	{
		std::string lower;

		for (char c : unit)
			lower.push_back(LowerAscii(c));
		size_t power = 0;

		while (power < kSizeUnits.size() && (LowerAscii(kSizeUnits[power][0]) != lower[0] ||
											 lower.substr(1) != (power == 0 ? "ytes" : "b")))
			power++;
		if (lower == "b")
			power = 0;
		if (power == kSizeUnits.size())
			Raise(
				Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
					.msg("invalid size: \"%.*s\"", static_cast<int>(text.size()), text.data())
					.detail("Invalid size unit: \"%.*s\".", static_cast<int>(unit.size()),
							unit.data())
					.hint(
						"Valid units are \"bytes\", \"kB\", \"MB\", \"GB\", \"TB\", and \"PB\"."));
		size = MultiplyDecimals(size, Decimal(BigInt(1) << static_cast<unsigned>(10 * power), 0));
	}
	SetInt(call, DecimalToInteger(size, PG_INT64_MIN, PG_INT64_MAX, "bigint"));
}

/* ---- Encodings ---- */

static void
PG_encoding_to_char(FunctionCall &call)
{
	SetText(call, pg_encoding_to_char(static_cast<int>(ArgInt(call, 0))));
}

static void
PG_char_to_encoding(FunctionCall &call)
{
	SetInt(call, FindEncoding(ArgText(call, 0)));
}

/* ---- Versions ---- */

static void
pgsql_version(FunctionCall &call)
{
	SetText(call, PG_VERSION_STR);
}

/* As a text, an address always has its mask. */
static void
network_show(FunctionCall &call)
{
	std::string address(ArgText(call, 0));

	if (address.find('/') == std::string::npos)
		address.append(address.find(':') != std::string::npos ? "/128" : "/32");
	SetText(call, address);
}

static void
pg_lsn_mi(FunctionCall &call)
{
	SetDecimal(call, {BigInt(static_cast<uint64>(ArgInt(call, 0))) -
						  BigInt(static_cast<uint64>(ArgInt(call, 1))),
					  0});
}

/* What it does as a trigger is executor/triggers.cpp's. */
static void
suppress_redundant_updates_trigger(FunctionCall &)
{
	Raise(Report(ERROR, ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED)
			  .msg("suppress_redundant_updates_trigger: must be called as trigger"));
}

static constexpr FunctionDef kMiscRows[] = {
	Fn(1291, "suppress_redundant_updates_trigger", 'v', "suppress_redundant_updates_trigger",
	   TRIGGEROID, {}, suppress_redundant_updates_trigger),
	Lax(Native(1619, "pg_typeof", 's', "@1", REGTYPEOID, {ANYOID})),
	Variadic(Lax(Fn(438, "num_nulls", 'i', "pg_num_nulls", INT4OID, {ANYOID}, pg_num_nulls))),
	Variadic(
		Lax(Fn(440, "num_nonnulls", 'i', "pg_num_nonnulls", INT4OID, {ANYOID}, pg_num_nonnulls))),
	Fn(2288, "pg_size_pretty", 'i', "pg_size_pretty", TEXTOID, {INT8OID}, pg_size_pretty),
	Fn(3166, "pg_size_pretty", 'i', "pg_size_pretty_numeric", TEXTOID, {NUMERICOID},
	   pg_size_pretty_numeric),
	Fn(3334, "pg_size_bytes", 'i', "pg_size_bytes", INT8OID, {TEXTOID}, pg_size_bytes),
	Fn(89, "version", 's', "pgsql_version", TEXTOID, {}, pgsql_version),
	Fn(1597, "pg_encoding_to_char", 's', "PG_encoding_to_char", NAMEOID, {INT4OID},
	   PG_encoding_to_char),
	Fn(1264, "pg_char_to_encoding", 's', "PG_char_to_encoding", INT4OID, {NAMEOID},
	   PG_char_to_encoding),
	Native(1039, "getdatabaseencoding", 's', "'UTF8'", NAMEOID, {}),
	Native(315, "pg_jit_available", 'v', "0", BOOLOID, {}),
	Fn(730, "text", 'i', "network_show", TEXTOID, {INETOID}, network_show),
	Native(5071, "xid", 'i', "($1 & 4294967295)", XIDOID, {XID8OID}),
	Fn(3237, "pg_lsn_mi", 'i', "pg_lsn_mi", NUMERICOID, {PG_LSNOID, PG_LSNOID}, pg_lsn_mi),
};

const std::span<const FunctionDef> kMiscFunctions = kMiscRows;

} /* namespace pg */
