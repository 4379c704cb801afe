/*
 * utils/adt/encode.h
 *		Bytes as text: hex, base64, escape.
 *
 * Any process; pure. Decoding raises 22023.
 */
#pragma once

#include <string>
#include <string_view>

namespace pg
{

std::string EncodeHex(std::string_view bytes);
std::string DecodeHex(std::string_view text);
std::string EncodeEscape(std::string_view bytes);
/* type: what 22P02 says when the text is malformed. */
std::string DecodeEscape(std::string_view text, const char *type);

/* Number of a character encoding by name (case and punctuation ignored); -1: none (misc.cpp). */
inline constexpr int kUtf8Encoding = 6;
int FindEncoding(std::string_view name);

/* By the name of the format; 22023 unrecognized encoding. */
std::string EncodeBytes(std::string_view bytes, std::string_view format);
std::string DecodeBytes(std::string_view text, std::string_view format);

} /* namespace pg */
