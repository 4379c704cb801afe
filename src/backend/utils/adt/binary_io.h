/*
 * utils/adt/binary_io.h
 *		Values in PostgreSQL's binary format, as send and receive functions have them.
 *
 * Any process.
 */
#pragma once

#include <string>
#include <string_view>

#include "engine/value.h"

namespace pg
{

/* value is not null. Raises 0A000 for types without the format. */
void AppendBinary(Oid type, const Value &value, std::string *out);

/* The result's bytes live in *scratch. Raises 22P03, 08P01 for too few bytes, 0A000, and what the type's input raises. */
Value ReadBinary(Oid type, std::string_view bytes, int32 typmod, std::string *scratch);

} /* namespace pg */
