/*
 * utils/adt/encoding_c.cpp
 *		Encodings and the case of letters, for C (mb/pg_wchar.h, utils/formatting.h, tsearch/ts_locale.h).
 *
 * Any process.  Databases are UTF-8; a client is, too, or takes the bytes as they are.
 */
#include "postgres.h"

#include <algorithm>
#include <string_view>

#include "mb/pg_wchar.h"
#include "tsearch/ts_locale.h"
#include "utils/adt/adt_internals.h"
#include "utils/adt/utf8.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/formatting.h"
#include "utils/guc.h"

namespace pg
{
namespace
{

/* PostgreSQL's names of the encodings, by their numbers. */
constexpr const char *kEncodingNames[] = {
	"SQL_ASCII", "EUC_JP",		  "EUC_CN",		"EUC_KR",	  "EUC_TW",		"EUC_JIS_2004",
	"UTF8",		 "MULE_INTERNAL", "LATIN1",		"LATIN2",	  "LATIN3",		"LATIN4",
	"LATIN5",	 "LATIN6",		  "LATIN7",		"LATIN8",	  "LATIN9",		"LATIN10",
	"WIN1256",	 "WIN1258",		  "WIN866",		"WIN874",	  "KOI8R",		"WIN1251",
	"WIN1252",	 "ISO_8859_5",	  "ISO_8859_6", "ISO_8859_7", "ISO_8859_8", "WIN1250",
	"WIN1253",	 "WIN1254",		  "WIN1255",	"WIN1257",	  "KOI8U",		"SJIS",
	"BIG5",		 "GBK",			  "UHC",		"GB18030",	  "JOHAB",		"SHIFT_JIS_2004"};
static_assert(std::size(kEncodingNames) == _PG_LAST_ENCODING_);

/* Bytes of the longest character of each: those not listed have characters of one byte. */
constexpr int
longest_character(int encoding)
{
	switch (encoding)
	{
		case PG_SJIS:
		case PG_BIG5:
		case PG_GBK:
		case PG_UHC:
		case PG_SHIFT_JIS_2004: return 2;
		case PG_EUC_JP:
		case PG_EUC_CN:
		case PG_EUC_KR:
		case PG_EUC_JIS_2004:
		case PG_JOHAB: return 3;
		case PG_EUC_TW:
		case PG_UTF8:
		case PG_MULE_INTERNAL:
		case PG_GB18030: return 4;
		default: return 1;
	}
}

/* Letters and digits in lower case: so names compare. */
std::string
comparable_name(std::string_view name)
{
	std::string out;

	for (const char c : name)
		if (IsDigit(c) || (LowerAscii(c) >= 'a' && LowerAscii(c) <= 'z'))
			out += LowerAscii(c);
	return out;
}

size_t
char_bytes(const char *at)
{
	/* Not beyond the end of a text that is cut within a character. */
	return strnlen(at, CharBytes(*at));
}

bool
is_valid(int encoding, std::string_view text)
{
	if (encoding != PG_UTF8)
		return text.find('\0') == std::string_view::npos;
	for (size_t at = 0; at < text.size();)
	{
		const size_t bytes = CharBytes(text[at]);

		if (at + bytes > text.size() ||
			!pg_utf8_islegal(reinterpret_cast<const unsigned char *>(&text[at]),
							 static_cast<int>(bytes)) ||
			text[at] == '\0')
			return false;
		at += bytes;
	}
	return true;
}

char *
convert(const char *text, int len, int from, int to)
{
	const std::string_view bytes(text, static_cast<size_t>(len));

	if (from != PG_UTF8 && from != PG_SQL_ASCII)
		RaiseNotSupported(std::string("encoding ") + pg_encoding_to_char(from));
	if (to != PG_UTF8 && to != PG_SQL_ASCII)
		RaiseNotSupported(std::string("encoding ") + pg_encoding_to_char(to));
	/* From outside it is looked at, whatever it claims to be. */
	if (to == PG_UTF8)
		CheckUtf8(bytes);
	return const_cast<char *>(text);
}

template <typename Change>
char *
changed(const char *buff, size_t nbytes, Change change)
{
	return FromC(
		[&]
		{
			const std::string text = change(std::string(buff, strnlen(buff, nbytes)));

			return pnstrdup(text.data(), text.size());
		});
}

bool
is_word(char c)
{
	return isalnum(static_cast<unsigned char>(c)) || (c & 0x80) != 0;
}

std::string
ascii_initcap(std::string text)
{
	bool inside = false;

	for (char &c : text)
	{
		const unsigned char old = static_cast<unsigned char>(c);

		c = static_cast<char>(inside ? pg_ascii_tolower(old) : pg_ascii_toupper(old));
		inside = is_word(c);
	}
	return text;
}

std::string
initcap_text(const std::string &text)
{
	std::string out;
	bool inside = false;

	for (size_t at = 0; at < text.size();)
	{
		const size_t bytes = std::min(CharBytes(text[at]), text.size() - at);
		const uint32_t c = utf8_to_unicode(reinterpret_cast<const unsigned char *>(&text[at]));

		AppendChar(inside ? LowerChar(c) : UpperChar(c), &out);
		inside = IsAlphanumericChar(c);
		at += bytes;
	}
	return out;
}

std::string
change_ascii(std::string text, unsigned char (*change)(unsigned char))
{
	for (char &c : text)
		c = static_cast<char>(change(static_cast<unsigned char>(c)));
	return text;
}

} /* namespace */

int
FindEncoding(std::string_view name)
{
	const std::string wanted = comparable_name(name);

	if (wanted == "unicode")
		return PG_UTF8;
	for (int encoding = 0; encoding < _PG_LAST_ENCODING_; encoding++)
		if (comparable_name(kEncodingNames[encoding]) == wanted)
			return encoding;
	return -1;
}
} /* namespace pg */

using pg::changed;
using pg::FromC;

int
pg_char_to_encoding(const char *name)
{
	return pg::FindEncoding(name);
}

const char *
pg_encoding_to_char(int encoding)
{
	return PG_VALID_ENCODING(encoding) ? pg::kEncodingNames[encoding] : "";
}

int
pg_valid_server_encoding(const char *name)
{
	return pg_char_to_encoding(name) == PG_UTF8 ? PG_UTF8 : -1;
}

int
pg_valid_client_encoding(const char *name)
{
	const int encoding = pg_char_to_encoding(name);

	return encoding == PG_UTF8 || encoding == PG_SQL_ASCII ? encoding : -1;
}

int
GetDatabaseEncoding(void)
{
	return PG_UTF8;
}

const char *
GetDatabaseEncodingName(void)
{
	return "UTF8";
}

int
GetMessageEncoding(void)
{
	return PG_UTF8;
}

int
pg_get_client_encoding(void)
{
	return FromC(
		[]
		{
			const char *name = GetConfigOption("client_encoding", true, false);

			return name == nullptr ? static_cast<int>(PG_UTF8) : pg_char_to_encoding(name);
		});
}

const char *
pg_get_client_encoding_name(void)
{
	return pg_encoding_to_char(pg_get_client_encoding());
}

int
pg_database_encoding_max_length(void)
{
	return MAX_MULTIBYTE_CHAR_LEN;
}

int
pg_encoding_max_length(int encoding)
{
	return pg::longest_character(encoding);
}

int
pg_mblen(const char *mbstr)
{
	return pg_mblen_cstr(mbstr);
}

int
pg_mblen_cstr(const char *mbstr)
{
	return std::max(1, static_cast<int>(pg::char_bytes(mbstr)));
}

int
pg_mblen_with_len(const char *mbstr, int limit)
{
	return std::min(limit, pg_mblen_unbounded(mbstr));
}

int
pg_mblen_range(const char *mbstr, const char *end)
{
	return pg_mblen_with_len(mbstr, static_cast<int>(end - mbstr));
}

int
pg_mblen_unbounded(const char *mbstr)
{
	return static_cast<int>(pg::CharBytes(*mbstr));
}

int
pg_utf_mblen(const unsigned char *s)
{
	return static_cast<int>(pg::CharBytes(static_cast<char>(*s)));
}

int
pg_dsplen(const char *mbstr)
{
	const unsigned char c = static_cast<unsigned char>(*mbstr);

	return c == 0 ? 0 : c < 0x20 || c == 0x7f ? -1 : 1;
}

int
pg_mbstrlen(const char *mbstr)
{
	return pg_mbstrlen_with_len(mbstr, static_cast<int>(strlen(mbstr)));
}

int
pg_mbstrlen_with_len(const char *mbstr, int len)
{
	int count = 0;

	for (int at = 0; at < len && mbstr[at] != '\0'; count++)
		at += pg_mblen_with_len(mbstr + at, len - at);
	return count;
}

int
pg_mbcliplen(const char *mbstr, int len, int limit)
{
	const std::string_view text(mbstr, strnlen(mbstr, static_cast<size_t>(len)));

	return static_cast<int>(pg::ClipText(text, static_cast<size_t>(std::max(limit, 0))).size());
}

int
pg_mbcharcliplen(const char *mbstr, int len, int limit)
{
	int at = 0;

	for (int count = 0; count < limit && at < len && mbstr[at] != '\0'; count++)
		at += pg_mblen_with_len(mbstr + at, len - at);
	return at;
}

bool
pg_verifymbstr(const char *mbstr, int len, bool noError)
{
	return pg_verify_mbstr(PG_UTF8, mbstr, len, noError);
}

bool
pg_verify_mbstr(int encoding, const char *mbstr, int len, bool noError)
{
	return FromC(
		[&]
		{
			const std::string_view text(mbstr, static_cast<size_t>(len));

			if (pg::is_valid(encoding, text))
				return true;
			if (!noError)
				pg::Raise(pg::Report(ERROR, ERRCODE_CHARACTER_NOT_IN_REPERTOIRE)
							  .msg("invalid byte sequence for encoding \"%s\"",
								   pg_encoding_to_char(encoding)));
			return false;
		});
}

unsigned char *
unicode_to_utf8(pg_wchar c, unsigned char *utf8string)
{
	/* Short enough not to allocate. */
	std::string bytes;

	pg::AppendChar(c, &bytes);
	memcpy(utf8string, bytes.data(), bytes.size());
	return utf8string;
}

pg_wchar
utf8_to_unicode(const unsigned char *c)
{
	switch (pg_utf_mblen(c))
	{
		case 1: return c[0];
		case 2: return (c[0] & 0x1fu) << 6 | (c[1] & 0x3fu);
		case 3: return (c[0] & 0x0fu) << 12 | (c[1] & 0x3fu) << 6 | (c[2] & 0x3fu);
		default:
			return (c[0] & 0x07u) << 18 | (c[1] & 0x3fu) << 12 | (c[2] & 0x3fu) << 6 |
				   (c[3] & 0x3fu);
	}
}

bool
pg_utf8_islegal(const unsigned char *source, int length)
{
	if (length < 1 || length > 4 || pg_utf_mblen(source) != length)
		return false;
	for (int i = 1; i < length; i++)
		if ((source[i] & 0xc0) != 0x80)
			return false;

	/* Each character in its shortest form, and none of the halves of UTF-16. */
	constexpr pg_wchar least[] = {0, 0, 0x80, 0x800, 0x10000};
	const pg_wchar c = utf8_to_unicode(source);

	return (length > 1 || source[0] < 0x80) && c >= least[length] && c <= 0x10ffff &&
		   (c < 0xd800 || c > 0xdfff);
}

char *
pg_client_to_server(const char *s, int len)
{
	return pg_any_to_server(s, len, pg_get_client_encoding());
}

char *
pg_server_to_client(const char *s, int len)
{
	return pg_server_to_any(s, len, pg_get_client_encoding());
}

char *
pg_any_to_server(const char *s, int len, int encoding)
{
	return FromC([&] { return pg::convert(s, len, encoding, PG_UTF8); });
}

char *
pg_server_to_any(const char *s, int len, int encoding)
{
	return FromC([&] { return pg::convert(s, len, PG_SQL_ASCII, encoding); });
}

char *
str_tolower(const char *buff, size_t nbytes, Oid)
{
	return changed(buff, nbytes, [](const std::string &text) { return pg::LowerText(text); });
}

char *
str_toupper(const char *buff, size_t nbytes, Oid)
{
	return changed(buff, nbytes, [](const std::string &text) { return pg::UpperText(text); });
}

char *
str_initcap(const char *buff, size_t nbytes, Oid)
{
	return changed(buff, nbytes, pg::initcap_text);
}

char *
asc_tolower(const char *buff, size_t nbytes)
{
	return changed(buff, nbytes,
				   [](const std::string &text)
				   { return pg::change_ascii(text, pg_ascii_tolower); });
}

char *
asc_toupper(const char *buff, size_t nbytes)
{
	return changed(buff, nbytes,
				   [](const std::string &text)
				   { return pg::change_ascii(text, pg_ascii_toupper); });
}

char *
asc_initcap(const char *buff, size_t nbytes)
{
	return changed(buff, nbytes, pg::ascii_initcap);
}

char *
lowerstr(const char *str)
{
	return lowerstr_with_len(str, static_cast<int>(strlen(str)));
}

char *
lowerstr_with_len(const char *str, int len)
{
	return str_tolower(str, static_cast<size_t>(len), InvalidOid);
}
