/*
 * tcop/binary_format.cpp
 *		Values on the wire in text and binary format.
 *
 * Client backends.  Network byte order; layouts are PostgreSQL's send and receive functions'.
 */
#include "tcop/binary_format.h"

#include <bit>
#include <cstring>
#include <limits>

#include "catalog/pg_type.h"
#include "utils/adt/registry.h"
#include "utils/error/report.h"

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

template <typename Unsigned>
Unsigned
read_big_endian(std::string_view bytes)
{
	Unsigned v = 0;

	if (bytes.size() != sizeof(Unsigned))
		Raise(Report(ERROR, ERRCODE_INVALID_BINARY_REPRESENTATION)
				  .msg("incorrect binary data format in bind parameter"));
	for (const char c : bytes)
		v = static_cast<Unsigned>((v << 8) | static_cast<unsigned char>(c));
	return v;
}

double
real_of(const Value &value)
{
	if (value.kind == Value::Kind::Text)
		return std::numeric_limits<double>::quiet_NaN();
	return value.kind == Value::Kind::Int ? static_cast<double>(value.integer) : value.real;
}

void
append_binary(std::string *out, Oid type, const Value &value)
{
	switch (type)
	{
		case BOOLOID: out->push_back(static_cast<char>(value.integer)); return;
		case INT2OID: return append_big_endian(out, static_cast<uint16>(value.integer));
		case INT4OID:
		case OIDOID:
		case DATEOID: return append_big_endian(out, static_cast<uint32>(value.integer));
		case INT8OID:
		case TIMESTAMPOID:
		case TIMESTAMPTZOID: return append_big_endian(out, static_cast<uint64>(value.integer));
		case FLOAT4OID:
			return append_big_endian(out,
									 std::bit_cast<uint32>(static_cast<float>(real_of(value))));
		case FLOAT8OID: return append_big_endian(out, std::bit_cast<uint64>(real_of(value)));
		case TEXTOID:
		case VARCHAROID:
		case BPCHAROID:
		case NAMEOID:
		case UNKNOWNOID:
		case BYTEAOID: out->append(value.bytes); return;
	}
	RaiseNotSupported("binary format of type " + FormatType(type));
}

Value
real_value(double v, std::string *)
{
	return v != v ? Value::Text("NaN") : Value::Real(v);
}

Value
read_binary(Oid type, std::string_view bytes, std::string *scratch)
{
	switch (type)
	{
		case BOOLOID: return Value::Bool(read_big_endian<uint8>(bytes) != 0);
		case INT2OID: return Value::Int(static_cast<int16>(read_big_endian<uint16>(bytes)));
		case INT4OID:
		case DATEOID: return Value::Int(static_cast<int32>(read_big_endian<uint32>(bytes)));
		case OIDOID: return Value::Int(read_big_endian<uint32>(bytes));
		case INT8OID:
		case TIMESTAMPOID:
		case TIMESTAMPTZOID: return Value::Int(static_cast<int64>(read_big_endian<uint64>(bytes)));
		case FLOAT4OID:
			return real_value(std::bit_cast<float>(read_big_endian<uint32>(bytes)), scratch);
		case FLOAT8OID:
			return real_value(std::bit_cast<double>(read_big_endian<uint64>(bytes)), scratch);
		case BYTEAOID: *scratch = bytes; return Value::Blob(*scratch);
		case TEXTOID:
		case VARCHAROID:
		case BPCHAROID:
		case NAMEOID:
		case UNKNOWNOID: *scratch = bytes; return Value::Text(*scratch);
	}
	RaiseNotSupported("binary format of type " + FormatType(type));
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
		append_binary(out, type, value);
	else
		FindType(type)->output(value, out);

	std::string length;

	append_big_endian(&length, static_cast<uint32>(out->size() - start - 4));
	memcpy(out->data() + start, length.data(), length.size());
}

Value
ReadWireValue(Oid type, std::string_view bytes, int format, std::string *scratch)
{
	if (format == 1)
		return read_binary(type, bytes, scratch);

	const Value value = FindType(type)->input(bytes, -1, scratch);

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
