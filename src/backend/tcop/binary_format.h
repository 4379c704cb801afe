/*
 * tcop/binary_format.h
 *		Values on the wire in text and binary format.
 *
 * Pure.  Types without binary format (utils/adt/binary_io.h) answer 0A000.
 */
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "engine/value.h"

namespace pg
{

/* The format code for column or parameter i: none given is text, one given is for all. */
inline int
FormatOf(std::span<const int16> formats, size_t i)
{
	return formats.empty() ? 0 : formats[formats.size() == 1 ? 0 : i < formats.size() ? i : 0];
}

/* Appends length word and bytes of a value (null: -1). Raises 0A000. */
void AppendWireValue(std::string *out, Oid type, const Value &value, int format);

/* Reads a parameter; its bytes live in *scratch or in `bytes`. Raises 22P02, 22P03, 0A000. */
Value ReadWireValue(Oid type, std::string_view bytes, int format, std::string *scratch);

} /* namespace pg */
