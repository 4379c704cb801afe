/*
 * utils/adt/encode.cpp
 *		Bytes as text: hex, base64, escape.
 *
 * Any process; pure.
 */
#include "utils/adt/encode.h"

#include <algorithm>

#include "utils/adt/adt_internals.h"
#include "utils/adt/utf8.h"

namespace pg
{

/* ---- hex ---- */

static constexpr char kDigits[] = "0123456789abcdef";

std::string
EncodeHex(std::string_view bytes)
{
	std::string text;

	text.reserve(bytes.size() * 2);
	for (char c : bytes)
	{
		text.push_back(kDigits[static_cast<unsigned char>(c) >> 4]);
		text.push_back(kDigits[static_cast<unsigned char>(c) & 15]);
	}
	return text;
}

static int
hex_value(std::string_view text, size_t at)
{
	const char lower = LowerAscii(text[at]);

	if (IsDigit(lower))
		return lower - '0';
	if (lower >= 'a' && lower <= 'f')
		return lower - 'a' + 10;
	const std::string_view c = text.substr(at, CharBytes(text[at]));

	Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
			  .msg("invalid hexadecimal digit: \"%.*s\"", static_cast<int>(c.size()), c.data()));
}

std::string
DecodeHex(std::string_view text)
{
	std::string bytes;

	for (size_t i = 0; i < text.size();)
	{
		if (text[i] == ' ' || text[i] == '\n' || text[i] == '\t' || text[i] == '\r')
		{
			i++;
			continue;
		}
		const int high = hex_value(text, i++);

		if (i >= text.size())
			Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
					  .msg("invalid hexadecimal data: odd number of digits"));
		bytes.push_back(static_cast<char>(high << 4 | hex_value(text, i++)));
	}
	return bytes;
}

/* ---- escape: bytes that are no printable ASCII as \ooo ---- */

std::string
EncodeEscape(std::string_view bytes)
{
	std::string text;

	for (char c : bytes)
	{
		const unsigned char byte = static_cast<unsigned char>(c);

		if (c == '\\')
			text.append("\\\\");
		else if (byte >= 0x20 && byte < 0x7f)
			text.push_back(c);
		else
		{
			char octal[8];

			snprintf(octal, sizeof(octal), "\\%03o", byte);
			text.append(octal);
		}
	}
	return text;
}

std::string
DecodeEscape(std::string_view text, const char *type)
{
	const auto octal = [&](size_t i)
	{ return i < text.size() && text[i] >= '0' && text[i] <= '7'; };
	std::string bytes;

	for (size_t i = 0; i < text.size(); i++)
	{
		if (text[i] != '\\')
			bytes.push_back(text[i]);
		else if (i + 1 < text.size() && text[i + 1] == '\\')
			bytes.push_back(text[++i]);
		else if (octal(i + 1) && text[i + 1] <= '3' && octal(i + 2) && octal(i + 3))
		{
			bytes.push_back(static_cast<char>((text[i + 1] - '0') << 6 | (text[i + 2] - '0') << 3 |
											  (text[i + 3] - '0')));
			i += 3;
		}
		else
			Raise(Report(ERROR, ERRCODE_INVALID_TEXT_REPRESENTATION)
					  .msg("invalid input syntax for type %s", type));
	}
	return bytes;
}

/* encode(bytea, 'escape') leaves all but zero bytes and bytes beyond ASCII as they are. */
static std::string
encode_escape_loose(std::string_view bytes)
{
	std::string text;

	for (char c : bytes)
	{
		char octal[8];

		if (c == '\\')
			text.append("\\\\");
		else if (c != '\0' && static_cast<unsigned char>(c) < 0x80)
			text.push_back(c);
		else
		{
			snprintf(octal, sizeof(octal), "\\%03o", static_cast<unsigned char>(c));
			text.append(octal);
		}
	}
	return text;
}

/* ---- base64, in lines of 76 characters ---- */

static constexpr char kBase64[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static std::string
encode_base64(std::string_view bytes)
{
	std::string text;
	size_t line = 0;

	for (size_t i = 0; i < bytes.size(); i += 3)
	{
		uint32_t group = 0;
		const size_t count = std::min<size_t>(3, bytes.size() - i);

		for (size_t k = 0; k < 3; k++)
			group = group << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0);
		for (size_t k = 0; k < 4; k++)
			text.push_back(k <= count ? kBase64[group >> (18 - 6 * k) & 63] : '=');
		line += 4;
		if (line >= 76 && i + 3 <= bytes.size())
		{
			text.push_back('\n');
			line = 0;
		}
	}
	return text;
}

static std::string
decode_base64(std::string_view text)
{
	std::string bytes;
	uint32_t group = 0;
	int count = 0, padding = 0;

	for (size_t i = 0; i < text.size(); i++)
	{
		const char c = text[i];

		if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
			continue;
		const char *const found = c != '\0' ? std::find(kBase64, kBase64 + 64, c) : kBase64 + 64;

		if (c == '=')
		{
			if (padding == 0 && count < 2)
				Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
						  .msg("unexpected \"=\" while decoding base64 sequence"));
			padding++;
		}
		else if (found == kBase64 + 64 || padding > 0)
			Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
					  .msg("invalid symbol \"%.*s\" found while decoding base64 sequence",
						   static_cast<int>(CharBytes(c)), text.data() + i));
		group = group << 6 | (c == '=' ? 0 : static_cast<uint32_t>(found - kBase64));
		if (++count < 4)
			continue;
		for (int k = 0; k < 3 - padding; k++)
			bytes.push_back(static_cast<char>(group >> (16 - 8 * k)));
		group = 0;
		count = 0;
	}
	if (count != 0)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("invalid base64 end sequence")
				  .hint("Input data is missing padding, is truncated, or is otherwise corrupted."));
	return bytes;
}

/* ---- By name ---- */

[[noreturn]] static void
raise_unknown(std::string_view format)
{
	Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
			  .msg("unrecognized encoding: \"%.*s\"", static_cast<int>(format.size()),
				   format.data()));
}

std::string
EncodeBytes(std::string_view bytes, std::string_view format)
{
	const std::string name = LowerCase(format);

	if (name == "hex")
		return EncodeHex(bytes);
	if (name == "base64")
		return encode_base64(bytes);
	if (name == "escape")
		return encode_escape_loose(bytes);
	raise_unknown(format);
}

std::string
DecodeBytes(std::string_view text, std::string_view format)
{
	const std::string name = LowerCase(format);

	if (name == "hex")
		return DecodeHex(text);
	if (name == "base64")
		return decode_base64(text);
	if (name == "escape")
		return DecodeEscape(text, "bytea");
	raise_unknown(format);
}

} /* namespace pg */
