/*
 * utils/adt/simple_types.cpp
 *		Input and output of the small types: bool, uuid, pg_lsn, tid, vectors, arrays, pseudo-types.
 *
 * Any process.
 */
#include <charconv>

#include "utils/adt/adt_internals.h"
#include "utils/adt/array_text.h"
#include "utils/adt/type_io.h"

namespace pg
{

/* ---- bool ---- */

/* text is a beginning, of at least `shortest` letters, of word. */
static bool
begins(std::string_view text, std::string_view word, size_t shortest)
{
	if (text.size() < shortest || text.size() > word.size())
		return false;
	for (size_t i = 0; i < text.size(); i++)
		if (LowerAscii(text[i]) != word[i])
			return false;
	return true;
}

Value
BoolIn(std::string_view text, int32, std::string *)
{
	const std::string_view word = TrimSpace(text);

	if (begins(word, "true", 1) || begins(word, "yes", 1) || begins(word, "on", 2) || word == "1")
		return Value::Bool(true);
	if (begins(word, "false", 1) || begins(word, "no", 1) || begins(word, "off", 2) || word == "0")
		return Value::Bool(false);
	RaiseBadInput("boolean", text);
}

void
BoolOut(const Value &value, std::string *out)
{
	out->push_back(value.integer != 0 ? 't' : 'f');
}

/* ---- uuid ---- */

static int
hex_digit(char c)
{
	const char lower = LowerAscii(c);

	return IsDigit(c) ? c - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* 32 digits; a hyphen may follow each group of four, braces may stand around. */
Value
UuidIn(std::string_view text, int32, std::string *scratch)
{
	std::string_view rest = text;
	std::string bytes;

	if (rest.starts_with('{'))
	{
		if (!rest.ends_with('}'))
			RaiseBadInput("uuid", text);
		rest = rest.substr(1, rest.size() - 2);
	}
	while (bytes.size() < 16)
	{
		if (rest.size() < 2 || hex_digit(rest[0]) < 0 || hex_digit(rest[1]) < 0)
			RaiseBadInput("uuid", text);
		bytes.push_back(static_cast<char>(hex_digit(rest[0]) << 4 | hex_digit(rest[1])));
		rest.remove_prefix(2);
		if (rest.starts_with('-') && bytes.size() % 2 == 0 && bytes.size() < 16)
			rest.remove_prefix(1);
	}
	if (!rest.empty())
		RaiseBadInput("uuid", text);
	*scratch = std::move(bytes);
	return Value::Blob(*scratch);
}

void
UuidOut(const Value &value, std::string *out)
{
	for (size_t i = 0; i < value.bytes.size(); i++)
	{
		const unsigned char byte = static_cast<unsigned char>(value.bytes[i]);

		if (i == 4 || i == 6 || i == 8 || i == 10)
			out->push_back('-');
		out->push_back("0123456789abcdef"[byte >> 4]);
		out->push_back("0123456789abcdef"[byte & 15]);
	}
}

/* ---- pg_lsn, tid ---- */

Value
LsnIn(std::string_view text, int32, std::string *)
{
	const size_t slash = text.find('/');
	uint32_t high = 0, low = 0;
	const auto part = [&](std::string_view digits, uint32_t *value)
	{
		const auto [end, error] =
			std::from_chars(digits.data(), digits.data() + digits.size(), *value, 16);

		return error == std::errc() && end == digits.data() + digits.size() && digits.size() <= 8;
	};

	if (slash == std::string_view::npos || !part(text.substr(0, slash), &high) ||
		!part(text.substr(slash + 1), &low))
		RaiseBadInput("pg_lsn", text);
	return Value::Int(static_cast<int64>(static_cast<uint64>(high) << 32 | low));
}

void
LsnOut(const Value &value, std::string *out)
{
	char text[32];
	const uint64 lsn = static_cast<uint64>(value.integer);

	snprintf(text, sizeof(text), "%X/%X", static_cast<unsigned>(lsn >> 32),
			 static_cast<unsigned>(lsn));
	out->append(text);
}

Value
TidIn(std::string_view text, int32, std::string *)
{
	const size_t comma = text.find(',');

	if (!text.starts_with('(') || !text.ends_with(')') || comma == std::string_view::npos ||
		text.find_first_not_of("0123456789,()") != std::string_view::npos)
		RaiseBadInput("tid", text);
	return Value::Text(text);
}

/* ---- Vectors and arrays ---- */

static Value
vector_in(std::string_view text, int64 min, int64 max, const char *type)
{
	for (size_t at = 0; at < text.size();)
	{
		const size_t end = std::min(text.find(' ', at), text.size());

		if (end > at)
			ParseInteger(text.substr(at, end - at), min, max, type);
		at = end + 1;
	}
	return Value::Text(text);
}

Value
Int2VectorIn(std::string_view text, int32, std::string *)
{
	return vector_in(text, PG_INT16_MIN, PG_INT16_MAX, "smallint");
}

Value
OidVectorIn(std::string_view text, int32, std::string *)
{
	return vector_in(text, PG_INT32_MIN, PG_UINT32_MAX, "oid");
}

/* Which array type it is, the table does not say: ValueIn calls ArrayInput instead. */
Value
ArrayIn(std::string_view text, int32, std::string *scratch)
{
	*scratch = FormatArray(ParseArray(text));
	return Value::Text(*scratch);
}

/* ---- Types that have no literals ---- */

Value
OpaqueIn(std::string_view, int32, std::string *)
{
	RaiseNotSupported("input of this catalog type");
}

Value
PseudoIn(std::string_view, int32, std::string *)
{
	Raise(
		Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED).msg("cannot accept a value of a pseudo-type"));
}

void
PseudoOut(const Value &, std::string *)
{
	Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
			  .msg("cannot display a value of a pseudo-type"));
}

Value
VoidIn(std::string_view, int32, std::string *)
{
	return Value::Text("");
}

void
VoidOut(const Value &, std::string *)
{
}

} /* namespace pg */
