/*
 * utils/adt/datum.cpp
 *		Engine values to C datums and back.
 *
 * Processes that run modules.  palloc() raises through PgError here.
 */
#include "utils/adt/datum.h"

#include <cstring>

#include "utils/adt/adt_internals.h"
#include "utils/adt/interval.h"
#include "utils/palloc.h"

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

	return def != nullptr && def->len == 4 ? UInt32GetDatum(static_cast<uint32>(value.integer))
										   : Int64GetDatum(value.integer);
}

bool
HasCForm(Oid type)
{
	switch (type)
	{
		case BOOLOID:
		case BYTEAOID:
		case CHAROID:
		case NAMEOID:
		case INT8OID:
		case INT2OID:
		case INT4OID:
		case REGPROCOID:
		case TEXTOID:
		case OIDOID:
		case XIDOID:
		case FLOAT4OID:
		case FLOAT8OID:
		case UNKNOWNOID:
		case BPCHAROID:
		case VARCHAROID:
		case DATEOID:
		case TIMEOID:
		case TIMESTAMPOID:
		case TIMESTAMPTZOID:
		case INTERVALOID:
		case REGPROCEDUREOID:
		case REGCLASSOID:
		case REGTYPEOID:
		case REGROLEOID:
		case REGNAMESPACEOID:
		case CSTRINGOID:
		case VOIDOID:
		case UUIDOID:
		case JSONOID: return true;
		default: return false;
	}
}

Datum
ValueToDatum(Oid type, const Value &value)
{
	const TypeDef *const def = FindType(type);

	if (def == nullptr)
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR).msg("cache lookup failed for type %u", type));
	if (def->by_value)
		return by_value(type, value);
	switch (type)
	{
		case NAMEOID: return fixed_bytes(value.bytes.substr(0, NAMEDATALEN - 1), NAMEDATALEN);
		case UUIDOID: return fixed_bytes(value.bytes, 16);
		case INTERVALOID: return interval_datum(value);
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

	const char *const pointer = DatumGetPointer(datum);

	switch (type)
	{
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
