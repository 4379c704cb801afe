/*
 * utils/adt/binary_io.cpp
 *		Values in PostgreSQL's binary format: network byte order, layouts of the send functions.
 *
 * Any process.
 */
#include "utils/adt/binary_io.h"

#include <bit>
#include <cstring>

#include "utils/adt/adt_internals.h"
#include "utils/adt/array_text.h"
#include "utils/adt/inet.h"
#include "utils/adt/interval.h"
#include "utils/array.h"
#include "utils/inet.h"

namespace pg
{

namespace
{

template <typename Unsigned>
void
append(std::string *out, Unsigned v)
{
	for (int shift = static_cast<int>(sizeof(v)) * 8 - 8; shift >= 0; shift -= 8)
		out->push_back(static_cast<char>(v >> shift));
}

/* Bytes of one value, taken from the front. */
class Reader
{
public:
	explicit Reader(std::string_view bytes) : rest_(bytes) {}

	template <typename Unsigned>
	Unsigned take()
	{
		Unsigned v = 0;

		for (const char c : take_bytes(sizeof(Unsigned)))
			v = static_cast<Unsigned>((static_cast<uint64>(v) << 8) |
									  static_cast<unsigned char>(c));
		return v;
	}

	int32 take_int() { return static_cast<int32>(take<uint32>()); }

	std::string_view take_bytes(size_t count)
	{
		if (rest_.size() < count)
			Raise(
				Report(ERROR, ERRCODE_PROTOCOL_VIOLATION).msg("insufficient data left in message"));

		const std::string_view taken = rest_.substr(0, count);

		rest_.remove_prefix(count);
		return taken;
	}

	std::string_view take_rest() { return take_bytes(rest_.size()); }
	bool at_end() const { return rest_.empty(); }

private:
	std::string_view rest_;
};

[[noreturn]] void
raise_bad_format(const char *what)
{
	Raise(Report(ERROR, ERRCODE_INVALID_BINARY_REPRESENTATION).msg("%s", what));
}

constexpr char kJsonbVersion = 1;

/* ---- numeric: groups of four digits ---- */

constexpr uint16 kNegative = 0x4000, kNaN = 0xC000, kInfinity = 0xD000, kMinusInfinity = 0xF000;

void
append_numeric_head(std::string *out, size_t groups, int weight, uint16 sign, size_t scale)
{
	append(out, static_cast<uint16>(groups));
	append(out, static_cast<uint16>(weight));
	append(out, sign);
	append(out, static_cast<uint16>(scale));
}

void
append_numeric(std::string_view text, std::string *out)
{
	if (text == "NaN" || text == "Infinity" || text == "-Infinity")
		return append_numeric_head(out, 0, 0,
								   text[0] == 'N'	? kNaN
								   : text[0] == 'I' ? kInfinity
													: kMinusInfinity,
								   0);

	const bool negative = text.starts_with('-');

	text.remove_prefix(negative ? 1 : 0);

	const size_t point = std::min(text.find('.'), text.size());
	std::string digits(text.substr(0, point));
	std::string_view fraction = text.substr(std::min(point + 1, text.size()));

	digits.insert(0, (4 - digits.size() % 4) % 4, '0');
	int weight = static_cast<int>(digits.size() / 4) - 1;

	digits.append(fraction).append((4 - fraction.size() % 4) % 4, '0');
	while (digits.starts_with("0000"))
		digits.erase(0, 4), weight--;
	while (digits.ends_with("0000"))
		digits.resize(digits.size() - 4);
	append_numeric_head(out, digits.size() / 4, digits.empty() ? 0 : weight,
						negative ? kNegative : 0, fraction.size());
	for (size_t i = 0; i < digits.size(); i += 4)
		append(out, static_cast<uint16>(std::stoi(digits.substr(i, 4))));
}

std::string
group_text(uint16 group)
{
	if (group > 9999)
		raise_bad_format("invalid digit in external \"numeric\" value");

	const std::string text = std::to_string(group);

	return std::string(4 - text.size(), '0') + text;
}

std::string
read_numeric(Reader &reader)
{
	const int groups = reader.take<uint16>();
	const int weight = static_cast<int16>(reader.take<uint16>());
	const uint16 sign = reader.take<uint16>();
	const size_t scale = reader.take<uint16>();
	std::string whole, fraction;

	switch (sign)
	{
		case kNaN: return "NaN";
		case kInfinity: return "Infinity";
		case kMinusInfinity: return "-Infinity";
		case kNegative:
		case 0: break;
		default: raise_bad_format("invalid sign in external \"numeric\" value");
	}
	for (int i = weight + 1; i < 0; i++)
		fraction += "0000";
	for (int i = 0; i < groups; i++)
		(i <= weight ? whole : fraction) += group_text(reader.take<uint16>());
	for (int i = groups; i <= weight; i++)
		whole += "0000";
	fraction.resize(scale, '0');
	if (whole.empty())
		whole = "0";
	return (sign == kNegative ? "-" : "") + whole + (scale > 0 ? "." + fraction : "");
}

/* ---- Arrays ---- */

void
append_array(Oid element, std::string_view text, std::string *out)
{
	const ArrayText array = ParseArray(text);
	bool nulls = false;

	for (const std::optional<std::string> &value : array.elements)
		nulls |= !value.has_value();
	append(out, static_cast<uint32>(array.dims.size()));
	append(out, static_cast<uint32>(nulls));
	append(out, static_cast<uint32>(element));
	for (size_t i = 0; i < array.dims.size(); i++)
	{
		append(out, static_cast<uint32>(array.dims[i]));
		append(out, static_cast<uint32>(array.lower[i]));
	}
	for (const std::optional<std::string> &value : array.elements)
	{
		std::string scratch, bytes;

		if (!value)
		{
			append(out, ~uint32{0});
			continue;
		}
		AppendBinary(element, ValueIn(element, *value, -1, &scratch), &bytes);
		append(out, static_cast<uint32>(bytes.size()));
		out->append(bytes);
	}
}

ArrayText
read_array_shape(Oid element, Reader &reader)
{
	ArrayText array;
	const int dimensions = reader.take_int();
	const int flags = reader.take_int();

	if (dimensions < 0 || dimensions > MAXDIM)
		Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
				  .msg("number of array dimensions (%d) exceeds the maximum allowed (%d)",
					   dimensions, MAXDIM));
	if (flags != 0 && flags != 1)
		raise_bad_format("invalid array flags");
	if (const Oid told = reader.take<uint32>(); told != element)
		Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
				  .msg("binary data has array element type %u (%s) instead of expected %u (%s)",
					   told, FormatType(told).c_str(), element, FormatType(element).c_str()));
	for (int i = 0; i < dimensions; i++)
	{
		array.dims.push_back(reader.take_int());
		array.lower.push_back(reader.take_int());
	}
	ArrayCheckBounds(dimensions, array.dims.data(), array.lower.data());
	return array;
}

std::string
read_array(Oid element, int32 typmod, Reader &reader)
{
	ArrayText array = read_array_shape(element, reader);
	const int count = ArrayGetNItems(static_cast<int>(array.dims.size()), array.dims.data());

	for (int i = 0; i < count; i++)
	{
		const int32 size = reader.take_int();
		std::string scratch;

		if (size < -1)
			raise_bad_format("insufficient data left in message");
		if (size == -1)
			array.elements.emplace_back();
		else
			array.elements.emplace_back(
				ValueOut(element, ReadBinary(element, reader.take_bytes(static_cast<size_t>(size)),
											 typmod, &scratch)));
	}
	return FormatArray(array);
}

/* ---- inet and cidr ---- */

void
append_inet(Oid type, std::string_view text, std::string *out)
{
	const InetAddress address = ReadInet(text);

	out->push_back(static_cast<char>(address.v6 ? PGSQL_AF_INET6 : PGSQL_AF_INET));
	out->push_back(static_cast<char>(address.bits));
	out->push_back(static_cast<char>(type == CIDROID));
	out->push_back(address.v6 ? 16 : 4);
	out->append(reinterpret_cast<const char *>(address.bytes), address.v6 ? 16 : 4);
}

std::string
read_inet(Oid type, Reader &reader)
{
	InetAddress address;
	const int family = reader.take<uint8>();

	address.bits = reader.take<uint8>();
	reader.take<uint8>();
	address.v6 = family == PGSQL_AF_INET6;

	const size_t size = reader.take<uint8>();

	if ((family != PGSQL_AF_INET && !address.v6) || address.bits > (address.v6 ? 128 : 32) ||
		size != (address.v6 ? 16u : 4u))
		raise_bad_format(type == CIDROID ? "invalid address family in external \"cidr\" value"
										 : "invalid address family in external \"inet\" value");
	std::memcpy(address.bytes, reader.take_bytes(size).data(), size);
	return FormatInet(address, type == CIDROID);
}

void
append_interval(const Interval &interval, std::string *out)
{
	append(out, static_cast<uint64>(interval.time));
	append(out, static_cast<uint32>(interval.day));
	append(out, static_cast<uint32>(interval.month));
}

void
append_tid(const std::string &text, std::string *out)
{
	unsigned block = 0, position = 0;

	sscanf(text.c_str(), "(%u,%u)", &block, &position);
	append(out, static_cast<uint32>(block));
	append(out, static_cast<uint16>(position));
}

/* Integers of so many bytes; 0 for other types. */
int
integer_size(const TypeDef &type)
{
	return type.storage == Storage::Integer && type.kind == 'b' ? type.len : 0;
}

bool
is_text(const TypeDef &type)
{
	return type.category == 'S' || type.oid == UNKNOWNOID || type.oid == CSTRINGOID ||
		   type.oid == JSONOID || type.oid == REFCURSOROID || type.oid == CHAROID ||
		   type.oid == VOIDOID || type.kind == 'e';
}

const TypeDef &
binary_type(Oid type)
{
	const TypeDef *const def = FindType(type);

	if (def == nullptr)
		RaiseNotSupported("binary format of type " + std::to_string(type));
	return *def;
}

Value
read_integer(int size, Reader &reader)
{
	switch (size)
	{
		case 1: return Value::Bool(reader.take<uint8>() != 0);
		case 2: return Value::Int(static_cast<int16>(reader.take<uint16>()));
		case 4: return Value::Int(reader.take_int());
		default: return Value::Int(static_cast<int64>(reader.take<uint64>()));
	}
}

/* Of 4 bytes, which ones have no sign. */
bool
is_unsigned(const TypeDef &type)
{
	return type.len == 4 && type.oid != INT4OID && type.oid != DATEOID;
}

Value
read_value(const TypeDef &type, Reader &reader, int32 typmod, std::string *scratch)
{
	if (const int size = integer_size(type); size != 0)
	{
		const Value value = read_integer(size, reader);

		return is_unsigned(type) ? Value::Int(static_cast<uint32>(value.integer)) : value;
	}
	if (is_text(type))
		*scratch =
			ValueOut(type.oid, ValueIn(type.oid, std::string(reader.take_rest()), typmod, scratch));
	else if (type.category == 'A')
		*scratch = read_array(type.element_oid, typmod, reader);
	else
		switch (type.oid)
		{
			case FLOAT4OID: return FloatValue(std::bit_cast<float>(reader.take<uint32>()));
			case FLOAT8OID: return FloatValue(std::bit_cast<double>(reader.take<uint64>()));
			case BYTEAOID: *scratch = reader.take_rest(); return Value::Blob(*scratch);
			case UUIDOID: *scratch = reader.take_bytes(16); return Value::Blob(*scratch);
			case NUMERICOID: return ValueIn(NUMERICOID, read_numeric(reader), typmod, scratch);
			case JSONBOID:
				if (const int version = reader.take<uint8>(); version != kJsonbVersion)
					Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR)
							  .msg("unsupported jsonb version number %d", version));
				return ValueIn(JSONBOID, reader.take_rest(), typmod, scratch);
			case INETOID:
			case CIDROID: *scratch = read_inet(type.oid, reader); break;
			case INTERVALOID:
			{
				Interval interval;

				interval.time = static_cast<int64>(reader.take<uint64>());
				interval.day = reader.take_int();
				interval.month = reader.take_int();
				scratch->clear();
				WriteInterval(interval, scratch);
				break;
			}
			case TIDOID:
			{
				const uint32 block = reader.take<uint32>();

				*scratch =
					"(" + std::to_string(block) + "," + std::to_string(reader.take<uint16>()) + ")";
				break;
			}
			default: RaiseNotSupported("binary format of type " + FormatType(type.oid));
		}
	return Value::Text(*scratch);
}

} /* namespace */

void
AppendBinary(Oid type, const Value &value, std::string *out)
{
	const TypeDef &def = binary_type(type);

	switch (integer_size(def))
	{
		case 1: out->push_back(static_cast<char>(value.integer)); return;
		case 2: return append(out, static_cast<uint16>(value.integer));
		case 4: return append(out, static_cast<uint32>(value.integer));
		case 8: return append(out, static_cast<uint64>(value.integer));
		default: break;
	}
	if (is_text(def))
		return def.kind == 'e' ? AppendValue(def, value, out) : void(out->append(value.bytes));
	if (def.category == 'A')
		return append_array(def.element_oid, value.bytes, out);
	switch (type)
	{
		case FLOAT4OID:
			return append(out, std::bit_cast<uint32>(static_cast<float>(ValueFloat(value))));
		case FLOAT8OID: return append(out, std::bit_cast<uint64>(ValueFloat(value)));
		case BYTEAOID:
		case UUIDOID: out->append(value.bytes); return;
		case NUMERICOID: return append_numeric(value.bytes, out);
		case JSONBOID: out->append(1, kJsonbVersion).append(value.bytes); return;
		case INETOID:
		case CIDROID: return append_inet(type, value.bytes, out);
		case INTERVALOID: return append_interval(ReadInterval(value.bytes), out);
		case TIDOID: return append_tid(std::string(value.bytes), out);
		default: RaiseNotSupported("binary format of type " + FormatType(type));
	}
}

Value
ReadBinary(Oid type, std::string_view bytes, int32 typmod, std::string *scratch)
{
	Reader reader(bytes);
	const Value value = read_value(binary_type(type), reader, typmod, scratch);

	if (!reader.at_end())
		raise_bad_format("incorrect binary data format");
	return value;
}

} /* namespace pg */
