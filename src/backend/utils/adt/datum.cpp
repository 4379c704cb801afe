/*
 * utils/adt/datum.cpp
 *		Engine values to C datums and back.
 *
 * Processes that run modules.  palloc() raises through PgError here.
 */
#include "utils/adt/datum.h"

#include <cstring>
#include <vector>

#include "access/tupmacs.h"
#include "storage/itemptr.h"
#include "utils/adt/adt_internals.h"
#include "utils/adt/array_c.h"
#include "utils/adt/array_text.h"
#include "utils/adt/enum_type.h"
#include "utils/adt/inet.h"
#include "utils/adt/interval.h"
#include "utils/adt/jsonb_c.h"
#include "utils/adt/row_type.h"
#include "utils/inet.h"
#include "utils/palloc.h"
#include "utils/typcache.h"

namespace pg
{

Datum
MakeVarlena(std::string_view bytes)
{
	const Size size = bytes.size() + VARHDRSZ;
	void *const result = palloc(size);

	SET_VARSIZE(result, size);
	std::memcpy(VARDATA(result), bytes.data(), bytes.size());
	return PointerGetDatum(result);
}

/* size bytes, filled up with zeros. */
static Datum
fixed_bytes(std::string_view bytes, size_t size)
{
	char *const result = static_cast<char *>(palloc0(size));

	std::memcpy(result, bytes.data(), std::min(bytes.size(), size));
	return PointerGetDatum(result);
}

static Datum
interval_datum(const Value &value)
{
	auto *const result = static_cast<Interval *>(palloc(sizeof(Interval)));

	*result = ReadInterval(value.bytes);
	return PointerGetDatum(result);
}

static Datum
by_value(Oid type, const Value &value)
{
	switch (type)
	{
		case BOOLOID: return BoolGetDatum(value.integer != 0);
		case INT2OID: return Int16GetDatum(static_cast<int16>(value.integer));
		case INT4OID:
		case DATEOID: return Int32GetDatum(static_cast<int32>(value.integer));
		case FLOAT4OID: return Float4GetDatum(static_cast<float>(ValueFloat(value)));
		case FLOAT8OID: return Float8GetDatum(ValueFloat(value));
		case CHAROID: return CharGetDatum(value.bytes.empty() ? '\0' : value.bytes[0]);
		case VOIDOID: return static_cast<Datum>(0);
		default: break;
	}
	const TypeDef *const def = FindType(type);

	if (def != nullptr && def->kind == 'e')
		return EnumToDatum(type, value);
	return def != nullptr && def->len == 4 ? UInt32GetDatum(static_cast<uint32>(value.integer))
										   : Int64GetDatum(value.integer);
}

/* Pseudo-types stand for other types or for nothing that a value could be of; of these
 * void, cstring and record are written. */
bool
HasCForm(Oid type)
{
	const TypeDef *const def = FindType(type);

	return def != nullptr && (def->kind != 'p' || type == VOIDOID || type == CSTRINGOID ||
							  type == UNKNOWNOID || type == RECORDOID);
}

/* ---- Arrays ---- */

static bool
is_array(const TypeDef &type)
{
	return type.category == 'A' && type.array_oid == InvalidOid;
}

static Datum
array_datum(const TypeDef &type, std::string_view text)
{
	const ArrayText array = ParseArray(text);
	const size_t count = array.elements.size();
	std::vector<Datum> values(count);
	const std::unique_ptr<bool[]> nulls(new bool[count]);

	for (size_t i = 0; i < count; i++)
	{
		std::string scratch;

		nulls[i] = !array.elements[i];
		if (!nulls[i])
			values[i] = ValueToDatum(type.element_oid,
									 ValueIn(type.element_oid, *array.elements[i], -1, &scratch));
	}
	return PointerGetDatum(MakeArray(ElementTypeOf(type.element_oid), values, nulls.get(),
									 static_cast<int>(array.dims.size()), array.dims.data(),
									 array.lower.data()));
}

static Value
from_array(Datum datum, std::string *scratch)
{
	ArrayType *const array = DatumGetArrayTypeP(datum);
	const size_t dimensions = static_cast<size_t>(ARR_NDIM(array));
	ArrayReader reader(array, ElementTypeOf(ARR_ELEMTYPE(array)));
	ArrayText text{{ARR_DIMS(array), ARR_DIMS(array) + dimensions},
				   {ARR_LBOUND(array), ARR_LBOUND(array) + dimensions},
				   {}};
	Datum element;
	bool is_null;

	while (reader.next(&element, &is_null))
	{
		std::string bytes;

		if (is_null)
			text.elements.emplace_back();
		else
			text.elements.emplace_back(
				ValueOut(ARR_ELEMTYPE(array), DatumToValue(ARR_ELEMTYPE(array), element, &bytes)));
	}
	*scratch = FormatArray(text);
	return Value::Text(*scratch);
}

/* int2vector and oidvector: arrays of one dimension that counts from 0, even without elements. */
static Datum
vector_datum(const TypeDef &type, std::string_view text)
{
	const ArrayElements elements = ReadArray(text);
	const ElementType element = ElementTypeOf(type.element_oid);
	const Size head = offsetof(oidvector, values);
	const Size size = head + elements.size() * static_cast<Size>(element.len);
	auto *const vector = static_cast<oidvector *>(palloc0(size));
	char *at = reinterpret_cast<char *>(vector) + head;

	static_assert(offsetof(oidvector, values) == offsetof(int2vector, values));
	SET_VARSIZE(vector, size);
	vector->ndim = 1;
	vector->elemtype = type.element_oid;
	vector->dim1 = static_cast<int>(elements.size());
	for (const std::optional<std::string> &value : elements)
	{
		std::string scratch;

		store_att_byval(at, ValueToDatum(element.oid, ValueIn(element.oid, *value, -1, &scratch)),
						element.len);
		at += element.len;
	}
	return PointerGetDatum(vector);
}

static Value
from_vector(Datum datum, std::string *scratch)
{
	ArrayType *const array = DatumGetArrayTypeP(datum);
	ArrayReader reader(array, ElementTypeOf(ARR_ELEMTYPE(array)));
	Datum element;
	bool is_null;

	scratch->clear();
	while (reader.next(&element, &is_null))
	{
		std::string bytes;

		if (!scratch->empty())
			*scratch += ' ';
		*scratch +=
			ValueOut(ARR_ELEMTYPE(array), DatumToValue(ARR_ELEMTYPE(array), element, &bytes));
	}
	return Value::Text(*scratch);
}

/* ---- inet, cidr, tid ---- */

static Datum
inet_datum(std::string_view text)
{
	const InetAddress address = ReadInet(text);
	const size_t bytes = address.v6 ? 16 : 4;
	std::string data;

	data.push_back(static_cast<char>(address.v6 ? PGSQL_AF_INET6 : PGSQL_AF_INET));
	data.push_back(static_cast<char>(address.bits));
	data.append(reinterpret_cast<const char *>(address.bytes), bytes);
	return MakeVarlena(data);
}

static Value
from_inet(Oid type, const char *pointer, std::string *scratch)
{
	const inet *const value = reinterpret_cast<const inet *>(pointer);
	InetAddress address{};

	address.v6 = ip_family(value) == PGSQL_AF_INET6;
	address.bits = ip_bits(value);
	std::memcpy(address.bytes, ip_addr(value), static_cast<size_t>(ip_addrsize(value)));
	*scratch = FormatInet(address, type == CIDROID);
	return Value::Text(*scratch);
}

/* "(block,position)" */
static Datum
tid_datum(std::string_view text)
{
	auto *const result = static_cast<ItemPointerData *>(palloc0(sizeof(ItemPointerData)));
	const std::string copy(text);
	unsigned block = 0, position = 0;

	sscanf(copy.c_str(), "(%u,%u)", &block, &position);
	result->ip_blkid.bi_hi = static_cast<uint16>(block >> 16);
	result->ip_blkid.bi_lo = static_cast<uint16>(block);
	result->ip_posid = static_cast<OffsetNumber>(position);
	return PointerGetDatum(result);
}

static Value
from_tid(const char *pointer, std::string *scratch)
{
	const auto *const tid = reinterpret_cast<const ItemPointerData *>(pointer);
	const unsigned block = static_cast<unsigned>(tid->ip_blkid.bi_hi) << 16 | tid->ip_blkid.bi_lo;

	*scratch = "(" + std::to_string(block) + "," + std::to_string(tid->ip_posid) + ")";
	return Value::Text(*scratch);
}

/* ---- All types ---- */

Datum
ValueToDatum(Oid type, const Value &value)
{
	const TypeDef *const def = FindType(type);

	if (def == nullptr)
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR).msg("cache lookup failed for type %u", type));
	if (def->by_value)
		return by_value(type, value);
	if (is_array(*def))
		return array_datum(*def, value.bytes);
	if (def->kind == 'c')
		return RowToDatum(lookup_rowtype_tupdesc(type, -1), value.bytes);
	switch (type)
	{
		case NAMEOID: return fixed_bytes(value.bytes.substr(0, NAMEDATALEN - 1), NAMEDATALEN);
		case UUIDOID: return fixed_bytes(value.bytes, 16);
		case INTERVALOID: return interval_datum(value);
		case TIDOID: return tid_datum(value.bytes);
		case INETOID:
		case CIDROID: return inet_datum(value.bytes);
		case JSONBOID: return MakeVarlena(EncodeJsonb(ParseJson(value.bytes)));
		case INT2VECTOROID:
		case OIDVECTOROID: return vector_datum(*def, value.bytes);
		case CSTRINGOID:
		case UNKNOWNOID: return fixed_bytes(value.bytes, value.bytes.size() + 1);
		default: break;
	}
	if (def->len != -1)
		RaiseNotSupported(std::string("type ") + def->sql_name + " in C");
	return MakeVarlena(value.bytes);
}

static Value
from_by_value(Oid type, Datum datum, std::string *scratch)
{
	switch (type)
	{
		case BOOLOID: return Value::Bool(DatumGetBool(datum));
		case INT2OID: return Value::Int(DatumGetInt16(datum));
		case INT4OID:
		case DATEOID: return Value::Int(DatumGetInt32(datum));
		case FLOAT4OID: return FloatValue(DatumGetFloat4(datum));
		case FLOAT8OID: return FloatValue(DatumGetFloat8(datum));
		case CHAROID:
			scratch->assign(DatumGetChar(datum) != '\0' ? 1 : 0, DatumGetChar(datum));
			return Value::Text(*scratch);
		case VOIDOID: return Value::Text("");
		default: break;
	}
	const TypeDef *const def = FindType(type);

	if (def != nullptr && def->kind == 'e')
		return EnumFromDatum(type, datum);
	return Value::Int(def != nullptr && def->len == 4 ? static_cast<int64>(DatumGetUInt32(datum))
													  : DatumGetInt64(datum));
}

Value
DatumToValue(Oid type, Datum datum, std::string *scratch)
{
	const TypeDef *const def = FindType(type);

	if (def == nullptr)
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR).msg("cache lookup failed for type %u", type));
	if (def->by_value)
		return from_by_value(type, datum, scratch);

	if (is_array(*def))
		return from_array(datum, scratch);
	if (def->kind == 'c' || type == RECORDOID)
	{
		*scratch = RowFromDatum(datum);
		return Value::Text(*scratch);
	}

	const char *const pointer = DatumGetPointer(datum);

	switch (type)
	{
		case TIDOID: return from_tid(pointer, scratch);
		case INETOID:
		case CIDROID: return from_inet(type, pointer, scratch);
		case JSONBOID:
			*scratch = FormatJsonb(DecodeJsonb(&DatumGetJsonbP(datum)->root));
			return Value::Text(*scratch);
		case INT2VECTOROID:
		case OIDVECTOROID: return from_vector(datum, scratch);
		case NAMEOID: return Value::Text({pointer, strnlen(pointer, NAMEDATALEN)});
		case UUIDOID: return Value::Blob({pointer, 16});
		case INTERVALOID:
			scratch->clear();
			WriteInterval(*reinterpret_cast<const Interval *>(pointer), scratch);
			return Value::Text(*scratch);
		case CSTRINGOID:
		case UNKNOWNOID: return Value::Text(pointer);
		default: break;
	}
	if (def->len != -1)
		RaiseNotSupported(std::string("type ") + def->sql_name + " in C");
	const std::string_view bytes(VARDATA_ANY(pointer), VARSIZE_ANY_EXHDR(pointer));

	return type == BYTEAOID ? Value::Blob(bytes) : Value::Text(bytes);
}

} /* namespace pg */
