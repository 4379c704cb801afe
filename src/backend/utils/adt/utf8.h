/*
 * utils/adt/utf8.h
 *		Characters of UTF-8 text. All texts are valid: the protocol checked them on the way in.
 *
 * Any process; pure.
 */
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pg
{

/* Bytes of the character that begins with this byte. */
constexpr size_t
CharBytes(char first)
{
	const unsigned char c = static_cast<unsigned char>(first);

	return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

constexpr bool
IsContinuation(char c)
{
	return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

/* Characters in text. */
inline size_t
CharCount(std::string_view text)
{
	size_t count = 0;

	for (char c : text)
		count += !IsContinuation(c);
	return count;
}

/* Byte offset of character n (from 0); text.size() when there are fewer. */
inline size_t
CharOffset(std::string_view text, size_t n)
{
	size_t offset = 0;

	while (n > 0 && offset < text.size())
	{
		offset += CharBytes(text[offset]);
		n--;
	}
	return offset < text.size() ? offset : text.size();
}

inline uint32_t
DecodeChar(std::string_view text)
{
	const auto byte = [&](size_t i)
	{ return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };

	switch (CharBytes(text[0]))
	{
		case 1: return byte(0);
		case 2: return (byte(0) & 0x1f) << 6 | (byte(1) & 0x3f);
		case 3: return (byte(0) & 0x0f) << 12 | (byte(1) & 0x3f) << 6 | (byte(2) & 0x3f);
		default:
			return (byte(0) & 0x07) << 18 | (byte(1) & 0x3f) << 12 | (byte(2) & 0x3f) << 6 |
				   (byte(3) & 0x3f);
	}
}

inline void
AppendChar(uint32_t c, std::string *out)
{
	if (c < 0x80)
		out->push_back(static_cast<char>(c));
	else if (c < 0x800)
	{
		out->push_back(static_cast<char>(0xc0 | c >> 6));
		out->push_back(static_cast<char>(0x80 | (c & 0x3f)));
	}
	else if (c < 0x10000)
	{
		out->push_back(static_cast<char>(0xe0 | c >> 12));
		out->push_back(static_cast<char>(0x80 | (c >> 6 & 0x3f)));
		out->push_back(static_cast<char>(0x80 | (c & 0x3f)));
	}
	else
	{
		out->push_back(static_cast<char>(0xf0 | c >> 18));
		out->push_back(static_cast<char>(0x80 | (c >> 12 & 0x3f)));
		out->push_back(static_cast<char>(0x80 | (c >> 6 & 0x3f)));
		out->push_back(static_cast<char>(0x80 | (c & 0x3f)));
	}
}

/* Case of one character, as the C.UTF-8 locale has it. */
uint32_t UpperChar(uint32_t c);
uint32_t LowerChar(uint32_t c);
bool IsAlphanumericChar(uint32_t c);
std::string UpperText(std::string_view text);
std::string LowerText(std::string_view text);

/* text cut to at most `bytes` bytes at a character boundary. */
inline std::string_view
ClipText(std::string_view text, size_t bytes)
{
	if (text.size() <= bytes)
		return text;
	while (bytes > 0 && IsContinuation(text[bytes]))
		bytes--;
	return text.substr(0, bytes);
}

/* Raises 22021 when bytes are not UTF-8 (or hold a zero). */
void CheckUtf8(std::string_view bytes);

} /* namespace pg */
