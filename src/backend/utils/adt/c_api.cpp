/*
 * utils/adt/c_api.cpp
 *		Type functions that modules call: quoting, texts, integers, names of types.
 *
 * Processes that run modules.  Results are palloc'ed in CurrentMemoryContext.
 */
#include <charconv>
#include <cstring>

#include "utils/adt/adt_internals.h"
#include "utils/adt/datum.h"
#include "utils/adt/text_bodies.h"
#include "utils/adt/type_io.h"
#include "utils/adt/utf8.h"
#include "utils/builtins.h"
#include "utils/error/wall.h"

using namespace pg;

static char *
copied(std::string_view text)
{
	char *const result = static_cast<char *>(palloc(text.size() + 1));

	std::memcpy(result, text.data(), text.size());
	result[text.size()] = '\0';
	return result;
}

/* ---- Quoting ---- */

bool quote_all_identifiers = false;

const char *
quote_identifier(const char *ident)
{
	return FromC(
		[&]() -> const char *
		{
			std::string quoted;

			if (quote_all_identifiers)
				AppendQuotedIdentifier(ident, &quoted);
			else
				AppendIdentifier(ident, &quoted);
			return quoted == ident ? ident : copied(quoted);
		});
}

char *
quote_qualified_identifier(const char *qualifier, const char *ident)
{
	return FromC(
		[&]
		{
			std::string quoted;

			if (qualifier != nullptr)
				quoted.append(quote_identifier(qualifier)).append(".");
			return copied(quoted.append(quote_identifier(ident)));
		});
}

char *
quote_literal_cstr(const char *rawstr)
{
	return FromC(
		[&]
		{
			std::string quoted;

			AppendLiteral(rawstr, &quoted);
			return copied(quoted);
		});
}

/* ---- Texts ---- */

text *
cstring_to_text_with_len(const char *s, int len)
{
	return FromC(
		[&] {
			return reinterpret_cast<text *>(
				DatumGetPointer(MakeVarlena({s, static_cast<size_t>(len)})));
		});
}

text *
cstring_to_text(const char *s)
{
	return cstring_to_text_with_len(s, static_cast<int>(std::strlen(s)));
}

char *
text_to_cstring(const text *t)
{
	return FromC([&] { return copied({VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t)}); });
}

void
text_to_cstring_buffer(const text *src, char *dst, size_t dst_len)
{
	if (dst_len == 0)
		return;
	const std::string_view clipped =
		ClipText({VARDATA_ANY(src), VARSIZE_ANY_EXHDR(src)}, dst_len - 1);

	std::memcpy(dst, clipped.data(), clipped.size());
	dst[clipped.size()] = '\0';
}

/* ---- Names ---- */

void
namestrcpy(Name name, const char *str)
{
	const std::string_view clipped = ClipText(str, NAMEDATALEN - 1);

	std::memset(NameStr(*name), 0, NAMEDATALEN);
	std::memcpy(NameStr(*name), clipped.data(), clipped.size());
}

int
namestrcmp(Name name, const char *str)
{
	if (name == nullptr || str == nullptr)
		return name == nullptr ? (str == nullptr ? 0 : -1) : 1;
	return std::strncmp(NameStr(*name), str, NAMEDATALEN);
}

/* ---- Integers ---- */

int16
pg_strtoint16(const char *s)
{
	return FromC(
		[&]
		{ return static_cast<int16>(ParseInteger(s, PG_INT16_MIN, PG_INT16_MAX, "smallint")); });
}

int32
pg_strtoint32(const char *s)
{
	return FromC(
		[&] { return static_cast<int32>(ParseInteger(s, PG_INT32_MIN, PG_INT32_MAX, "integer")); });
}

int64
pg_strtoint64(const char *s)
{
	return FromC([&] { return ParseInteger(s, PG_INT64_MIN, PG_INT64_MAX, "bigint"); });
}

int
pg_lltoa(int64 ll, char *a)
{
	const int length = static_cast<int>(std::to_chars(a, a + MAXINT8LEN, ll).ptr - a);

	a[length] = '\0';
	return length;
}

int
pg_ltoa(int32 l, char *a)
{
	return pg_lltoa(l, a);
}

int
pg_itoa(int16 i, char *a)
{
	return pg_lltoa(i, a);
}

/* ---- Names of types ---- */

char *
format_type_be(Oid type_oid)
{
	return FromC(
		[&]
		{
			if (FindType(type_oid) == nullptr)
				Raise(Report(ERROR).msg("cache lookup failed for type %u", type_oid));
			return copied(FormatType(type_oid));
		});
}

char *
format_type_with_typemod(Oid type_oid, int32 typemod)
{
	return FromC([&] { return copied(FormatType(type_oid, typemod)); });
}
