/*
 * utils/adt/type_calls.cpp
 *		Input, output, receive, send and modifier functions of the types, called with datums.
 *
 * Backends and workers.  One body for each role serves all types; those of arrays take the element
 * type from the call (typioparam) or from the array.
 */
#include "utils/adt/type_calls.h"

#include "lib/stringinfo.h"
#include "utils/adt/adt_internals.h"
#include "utils/adt/binary_io.h"
#include "utils/adt/datum.h"
#include "utils/array.h"
#include "utils/palloc.h"

#include <vector>

namespace pg
{

namespace
{

Oid
oid_argument(FunctionCallInfo fcinfo, int i)
{
	return fcinfo->nargs > i && !fcinfo->args[i].isnull ? DatumGetObjectId(fcinfo->args[i].value)
														: InvalidOid;
}

int32
typmod_argument(FunctionCallInfo fcinfo, int i)
{
	return fcinfo->nargs > i && !fcinfo->args[i].isnull ? DatumGetInt32(fcinfo->args[i].value) : -1;
}

/* The type to read: that of the function, or the array type of the element type that is given. */
Oid
type_to_read(const TypeFunction &function, FunctionCallInfo fcinfo)
{
	if (function.type == RECORDOID && oid_argument(fcinfo, 1) != InvalidOid)
		return oid_argument(fcinfo, 1);
	if (function.type != InvalidOid)
		return function.type;
	const TypeDef *const element = FindType(oid_argument(fcinfo, 1));

	if (element == nullptr || element->array_oid == InvalidOid)
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR)
				  .msg("cache lookup failed for type %u", oid_argument(fcinfo, 1)));
	return element->array_oid;
}

Oid
type_to_write(const TypeFunction &function, FunctionCallInfo fcinfo)
{
	if (function.type != InvalidOid)
		return function.type;
	const TypeDef *const element =
		FindType(ARR_ELEMTYPE(DatumGetArrayTypeP(fcinfo->args[0].value)));

	return element == nullptr ? InvalidOid : element->array_oid;
}

const TypeDef &
called_type(Oid type)
{
	const TypeDef *const found = FindType(type);

	if (found == nullptr)
		RaiseNotSupported("type " + FormatType(type));
	return *found;
}

Datum
input(Oid type, FunctionCallInfo fcinfo)
{
	std::string scratch;
	const char *const text = DatumGetCString(fcinfo->args[0].value);

	return ValueToDatum(type,
						ValueIn(called_type(type).oid, text, typmod_argument(fcinfo, 2), &scratch));
}

Datum
output(Oid type, FunctionCallInfo fcinfo)
{
	std::string scratch;
	const Value value = DatumToValue(called_type(type).oid, fcinfo->args[0].value, &scratch);

	return CStringGetDatum(pstrdup(ValueOut(type, value).c_str()));
}

Datum
receive(Oid type, FunctionCallInfo fcinfo)
{
	auto *const buffer = reinterpret_cast<StringInfo>(DatumGetPointer(fcinfo->args[0].value));
	std::string scratch;
	const std::string_view rest(buffer->data + buffer->cursor,
								static_cast<size_t>(buffer->len - buffer->cursor));
	const Value value =
		ReadBinary(called_type(type).oid, rest, typmod_argument(fcinfo, 2), &scratch);

	buffer->cursor = buffer->len;
	return ValueToDatum(type, value);
}

Datum
send(Oid type, FunctionCallInfo fcinfo)
{
	std::string scratch, bytes;

	AppendBinary(called_type(type).oid, DatumToValue(type, fcinfo->args[0].value, &scratch),
				 &bytes);
	return MakeVarlena(bytes);
}

/* cstring[] to a modifier. */
Datum
modifier_input(Oid type, FunctionCallInfo fcinfo)
{
	std::vector<int32> modifiers;
	Datum *texts;
	int count;

	deconstruct_array(DatumGetArrayTypeP(fcinfo->args[0].value), CSTRINGOID, -2, false,
					  TYPALIGN_CHAR, &texts, nullptr, &count);
	for (int i = 0; i < count; i++)
	{
		std::string scratch;

		modifiers.push_back(
			static_cast<int32>(ValueIn(INT4OID, DatumGetCString(texts[i]), -1, &scratch).integer));
	}
	return Int32GetDatum(MakeTypmod(type, modifiers));
}

} /* namespace */

Datum
CallTypeFunction(const TypeFunction &function, FunctionCallInfo fcinfo)
{
	if (fcinfo->nargs < 1 || fcinfo->args[0].isnull)
	{
		fcinfo->isnull = true;
		return 0;
	}
	switch (function.role)
	{
		case TypeRole::Input: return input(type_to_read(function, fcinfo), fcinfo);
		case TypeRole::Receive: return receive(type_to_read(function, fcinfo), fcinfo);
		case TypeRole::Output: return output(type_to_write(function, fcinfo), fcinfo);
		case TypeRole::Send: return send(type_to_write(function, fcinfo), fcinfo);
		case TypeRole::ModifierInput: return modifier_input(function.type, fcinfo);
		default: break;
	}
	return CStringGetDatum(
		pstrdup(FormatTypmod(function.type, DatumGetInt32(fcinfo->args[0].value)).c_str()));
}

} /* namespace pg */
