/*
 * tcop/binary_format.cpp
 *		Values on the wire in text and binary format.
 *
 * Client backends.
 */
#include "tcop/binary_format.h"

#include <cstring>

#include "utils/adt/binary_io.h"
#include "utils/adt/registry.h"

namespace pg
{
namespace
{

template <typename Unsigned>
void
append_big_endian(std::string *out, Unsigned v)
{
	for (int shift = static_cast<int>(sizeof(v)) * 8 - 8; shift >= 0; shift -= 8)
		out->push_back(static_cast<char>(v >> shift));
}

} /* namespace */

void
AppendWireValue(std::string *out, Oid type, const Value &value, int format)
{
	if (value.is_null())
		return append_big_endian(out, static_cast<uint32>(-1));

	const size_t start = out->size();

	out->append(4, '\0');
	if (format == 1)
		AppendBinary(type, value, out);
	else
		AppendValue(*FindType(type), value, out);

	std::string length;

	append_big_endian(&length, static_cast<uint32>(out->size() - start - 4));
	memcpy(out->data() + start, length.data(), length.size());
}

Value
ReadWireValue(Oid type, std::string_view bytes, int format, std::string *scratch)
{
	if (format == 1)
		return ReadBinary(type, bytes, -1, scratch);

	const Value value = ValueIn(type, bytes, -1, scratch);

	/* Input functions may return the text they were given, which lives only as long as the message. */
	if (!value.bytes.empty() && value.bytes.data() != scratch->data())
	{
		Value kept = value;

		*scratch = value.bytes;
		kept.bytes = *scratch;
		return kept;
	}
	return value;
}

} /* namespace pg */
