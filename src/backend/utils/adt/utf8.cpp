/*
 * utils/adt/utf8.cpp
 *		Case of characters and validity of UTF-8.
 *
 * Any process.  The locale is opened at the first character beyond ASCII.
 */
#include "utils/adt/utf8.h"

#include <clocale>
#include <cwctype>

#include "utils/adt/adt_internals.h"

namespace pg
{

static locale_t
unicode_locale()
{
	static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);

	return locale;
}

uint32_t
UpperChar(uint32_t c)
{
	if (c < 0x80)
		return c >= 'a' && c <= 'z' ? c - 32 : c;
	const locale_t locale = unicode_locale();

	return locale != nullptr ? towupper_l(c, locale) : c;
}

uint32_t
LowerChar(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 32 : c;
	const locale_t locale = unicode_locale();

	return locale != nullptr ? towlower_l(c, locale) : c;
}

bool
IsAlphanumericChar(uint32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
	const locale_t locale = unicode_locale();

	return locale != nullptr && iswalnum_l(c, locale) != 0;
}

template <uint32_t (*kMap)(uint32_t)>
static std::string
mapped(std::string_view text)
{
	std::string result;

	result.reserve(text.size());
	for (size_t i = 0; i < text.size(); i += CharBytes(text[i]))
		AppendChar(kMap(DecodeChar(text.substr(i))), &result);
	return result;
}

std::string
UpperText(std::string_view text)
{
	return mapped<UpperChar>(text);
}

std::string
LowerText(std::string_view text)
{
	return mapped<LowerChar>(text);
}

/* Length of a valid character at the start of bytes; 0 when there is none. */
static size_t
valid_char(std::string_view bytes)
{
	const unsigned char first = static_cast<unsigned char>(bytes[0]);

	if (first < 0x80)
		return first == 0 ? 0 : 1;
	if (first < 0xc2 || first > 0xf4)
		return 0;

	const size_t length = CharBytes(bytes[0]);

	if (bytes.size() < length)
		return 0;
	for (size_t i = 1; i < length; i++)
		if (!IsContinuation(bytes[i]))
			return 0;
	const uint32_t c = DecodeChar(bytes);

	if ((length == 3 && c < 0x800) || (length == 4 && (c < 0x10000 || c > 0x10ffff)) ||
		(c >= 0xd800 && c <= 0xdfff))
		return 0;
	return length;
}

void
CheckUtf8(std::string_view bytes)
{
	for (size_t i = 0; i < bytes.size();)
	{
		const size_t length = valid_char(bytes.substr(i));

		if (length != 0)
		{
			i += length;
			continue;
		}
		std::string shown;
		const size_t end = std::min(bytes.size(), i + CharBytes(bytes[i]));

		for (size_t k = i; k < end; k++)
		{
			char hex[8];

			snprintf(hex, sizeof(hex), "%s0x%02x", k > i ? " " : "",
					 static_cast<unsigned char>(bytes[k]));
			shown.append(hex);
		}
		Raise(Report(ERROR, ERRCODE_CHARACTER_NOT_IN_REPERTOIRE)
				  .msg("invalid byte sequence for encoding \"UTF8\": %s", shown.c_str()));
	}
}

} /* namespace pg */
