/*
 * regress_values.c
 *		Values of many types in C: arrays, numeric, inet and others; calls of built-in functions.
 *
 * For the regression file "values". Builds for PostgreSQL 15 as well, so that expected outputs come from there.
 */
#include "postgres.h"

#include <sys/socket.h>

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/inet.h"
#include "utils/jsonb.h"
#include "utils/lsyscache.h"

PG_MODULE_MAGIC;

/* ---- Arrays ---- */

/* The elements of any array the other way round, nulls included; the shape stays. */
PG_FUNCTION_INFO_V1(turn_array);
Datum
turn_array(PG_FUNCTION_ARGS)
{
	ArrayType *array = PG_GETARG_ARRAYTYPE_P(0);
	int16 length;
	bool by_value;
	char alignment;
	Datum *values;
	bool *nulls;
	int count;

	get_typlenbyvalalign(ARR_ELEMTYPE(array), &length, &by_value, &alignment);
	deconstruct_array(array, ARR_ELEMTYPE(array), length, by_value, alignment, &values, &nulls,
					  &count);
	for (int i = 0; i < count / 2; i++)
	{
		Datum value = values[i];
		bool is_null = nulls[i];

		values[i] = values[count - 1 - i];
		nulls[i] = nulls[count - 1 - i];
		values[count - 1 - i] = value;
		nulls[count - 1 - i] = is_null;
	}
	PG_RETURN_ARRAYTYPE_P(construct_md_array(values, nulls, ARR_NDIM(array), ARR_DIMS(array),
											 ARR_LBOUND(array), ARR_ELEMTYPE(array), length,
											 by_value, alignment));
}

/* What is to be seen from outside. */
PG_FUNCTION_INFO_V1(array_facts);
Datum
array_facts(PG_FUNCTION_ARGS)
{
	ArrayType *array = PG_GETARG_ARRAYTYPE_P(0);
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfo(&text, "%d dimensions, %d items, type %u%s, size %d", ARR_NDIM(array),
					 ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array)), ARR_ELEMTYPE(array),
					 array_contains_nulls(array) ? ", nulls" : "", (int) ARR_SIZE(array));
	for (int i = 0; i < ARR_NDIM(array); i++)
		appendStringInfo(&text, " [%d:%d]", ARR_LBOUND(array)[i],
						 ARR_LBOUND(array)[i] + ARR_DIMS(array)[i] - 1);
	PG_RETURN_TEXT_P(cstring_to_text(text.data));
}

/* int[], subscript */
PG_FUNCTION_INFO_V1(element_of);
Datum
element_of(PG_FUNCTION_ARGS)
{
	int subscript = PG_GETARG_INT32(1);
	bool is_null;
	Datum value = array_get_element(PG_GETARG_DATUM(0), 1, &subscript, -1, 4, true, 'i', &is_null);

	if (is_null)
		PG_RETURN_NULL();
	return value;
}

/* int[], subscript, new element or null */
PG_FUNCTION_INFO_V1(with_element);
Datum
with_element(PG_FUNCTION_ARGS)
{
	int subscript = PG_GETARG_INT32(1);

	return array_set_element(PG_GETARG_DATUM(0), 1, &subscript, PG_GETARG_DATUM(2), PG_ARGISNULL(2),
							 -1, 4, true, 'i');
}

/* The texts "1" to n, every third one null. */
PG_FUNCTION_INFO_V1(count_to);
Datum
count_to(PG_FUNCTION_ARGS)
{
	ArrayBuildState *state = initArrayResult(25, CurrentMemoryContext, true);

	for (int i = 1; i <= PG_GETARG_INT32(0); i++)
		state = accumArrayResult(state, CStringGetTextDatum(psprintf("%d", i)), i % 3 == 0, 25,
								 CurrentMemoryContext);
	return makeArrayResult(state, CurrentMemoryContext);
}

/* The same array n times in one of a dimension more. */
PG_FUNCTION_INFO_V1(stack_array);
Datum
stack_array(PG_FUNCTION_ARGS)
{
	ArrayBuildStateAny *state = initArrayResultAny(1007, CurrentMemoryContext, true);

	for (int i = 0; i < PG_GETARG_INT32(1); i++)
		state = accumArrayResultAny(state, PG_GETARG_DATUM(0), false, 1007, CurrentMemoryContext);
	return makeArrayResultAny(state, CurrentMemoryContext, true);
}

/* int[], how many dimensions a slice has: sum of each slice */
PG_FUNCTION_INFO_V1(sums_of_slices);
Datum
sums_of_slices(PG_FUNCTION_ARGS)
{
	ArrayIterator slices =
		array_create_iterator(PG_GETARG_ARRAYTYPE_P(0), PG_GETARG_INT32(1), NULL);
	StringInfoData text;
	Datum slice;
	bool is_null;

	initStringInfo(&text);
	while (array_iterate(slices, &slice, &is_null))
	{
		ArrayIterator items = array_create_iterator(DatumGetArrayTypeP(slice), 0, NULL);
		int64 sum = 0;
		Datum item;

		while (array_iterate(items, &item, &is_null))
			sum += is_null ? 0 : DatumGetInt32(item);
		array_free_iterator(items);
		appendStringInfo(&text, "%lld;", (long long) sum);
	}
	array_free_iterator(slices);
	PG_RETURN_TEXT_P(cstring_to_text(text.data));
}

/* ---- Values of other types ---- */

/* a * b + 1 */
PG_FUNCTION_INFO_V1(numeric_product);
Datum
numeric_product(PG_FUNCTION_ARGS)
{
	Datum product = DirectFunctionCall2(numeric_mul, PG_GETARG_DATUM(0), PG_GETARG_DATUM(1));

	return DirectFunctionCall2(numeric_add, product,
							   DirectFunctionCall1(int4_numeric, Int32GetDatum(1)));
}

PG_FUNCTION_INFO_V1(inet_facts);
Datum
inet_facts(PG_FUNCTION_ARGS)
{
	inet *address = PG_GETARG_INET_PP(0);

	PG_RETURN_TEXT_P(
		cstring_to_text(psprintf("family %d, %d of %d bits, first byte %d", ip_family(address),
								 ip_bits(address), ip_maxbits(address), ip_addr(address)[0])));
}

/* The address with another netmask. */
PG_FUNCTION_INFO_V1(inet_widened);
Datum
inet_widened(PG_FUNCTION_ARGS)
{
	inet *given = PG_GETARG_INET_PP(0);
	inet *result = (inet *) palloc0(sizeof(inet));

	memcpy(VARDATA(result), VARDATA_ANY(given), VARSIZE_ANY_EXHDR(given));
	ip_bits(result) = (unsigned char) PG_GETARG_INT32(1);
	SET_INET_VARSIZE(result);
	PG_RETURN_INET_P(result);
}

/* Sum of an oidvector's or int2vector's members. */
PG_FUNCTION_INFO_V1(sum_of_vector);
Datum
sum_of_vector(PG_FUNCTION_ARGS)
{
	oidvector *vector = (oidvector *) PG_GETARG_POINTER(0);
	int64 sum = 0;

	for (int i = 0; i < vector->dim1; i++)
		sum += vector->elemtype == 26 ? vector->values[i] : ((int2vector *) vector)->values[i];
	PG_RETURN_INT64(sum);
}

PG_FUNCTION_INFO_V1(next_int8_value);
Datum
next_int8_value(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_INT64(0) + 1);
}

/* ---- Calls by OID ---- */

/* type, text, typmod: through the type's input and output functions */
PG_FUNCTION_INFO_V1(through_type);
Datum
through_type(PG_FUNCTION_ARGS)
{
	Oid type = PG_GETARG_OID(0);
	Oid input, parameter, output;
	bool is_varlena;
	Datum value;

	getTypeInputInfo(type, &input, &parameter);
	getTypeOutputInfo(type, &output, &is_varlena);
	value = OidInputFunctionCall(input, text_to_cstring(PG_GETARG_TEXT_PP(1)), parameter,
								 PG_GETARG_INT32(2));
	PG_RETURN_TEXT_P(cstring_to_text(OidOutputFunctionCall(output, value)));
}

/* input, send, receive and output functions, parameter, text: the bytes and what comes back */
PG_FUNCTION_INFO_V1(through_wire);
Datum
through_wire(PG_FUNCTION_ARGS)
{
	Oid parameter = PG_GETARG_OID(4);
	Datum value = OidInputFunctionCall(PG_GETARG_OID(0), text_to_cstring(PG_GETARG_TEXT_PP(5)),
									   parameter, -1);
	bytea *sent = OidSendFunctionCall(PG_GETARG_OID(1), value);
	StringInfoData buffer, text;

	initStringInfo(&buffer);
	initStringInfo(&text);
	appendBinaryStringInfo(&buffer, VARDATA_ANY(sent), VARSIZE_ANY_EXHDR(sent));
	for (int i = 0; i < buffer.len; i++)
		appendStringInfo(&text, "%02x", (unsigned char) buffer.data[i]);
	value = OidReceiveFunctionCall(PG_GETARG_OID(2), &buffer, parameter, -1);
	appendStringInfo(&text, " %s", OidOutputFunctionCall(PG_GETARG_OID(3), value));
	PG_RETURN_TEXT_P(cstring_to_text(text.data));
}

/* function(int, int) */
PG_FUNCTION_INFO_V1(call_with_ints);
Datum
call_with_ints(PG_FUNCTION_ARGS)
{
	return OidFunctionCall2Coll(PG_GETARG_OID(0), PG_GET_COLLATION(), PG_GETARG_DATUM(1),
								PG_GETARG_DATUM(2));
}

/* function(text, text) that gives a bool */
PG_FUNCTION_INFO_V1(ask_texts);
Datum
ask_texts(PG_FUNCTION_ARGS)
{
	FmgrInfo function;

	fmgr_info(PG_GETARG_OID(0), &function);
	PG_RETURN_BOOL(DatumGetBool(
		FunctionCall2Coll(&function, PG_GET_COLLATION(), PG_GETARG_DATUM(1), PG_GETARG_DATUM(2))));
}

/* ---- jsonb ---- */

/* Each token that an iterator meets, as "key=a elem=1 ...". */
PG_FUNCTION_INFO_V1(jsonb_walk);
Datum
jsonb_walk(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"done", "key", "value", "elem", "[", "]", "{", "}"};
	JsonbIterator *walk = JsonbIteratorInit(&PG_GETARG_JSONB_P(0)->root);
	JsonbIteratorToken token;
	JsonbValue value;
	StringInfoData shown;

	initStringInfo(&shown);
	while ((token = JsonbIteratorNext(&walk, &value, false)) != WJB_DONE)
	{
		appendStringInfo(&shown, "%s", names[token]);
		if (token == WJB_KEY ||
			((token == WJB_VALUE || token == WJB_ELEM) && value.type == jbvString))
			appendStringInfo(&shown, "=%.*s", value.val.string.len, value.val.string.val);
		else if (token == WJB_VALUE || token == WJB_ELEM)
			appendStringInfo(&shown, "(%d)", (int) value.type);
		appendStringInfoChar(&shown, ' ');
	}
	PG_RETURN_TEXT_P(cstring_to_text(shown.data));
}

/* {"given": value, "size": bytes of it} */
PG_FUNCTION_INFO_V1(jsonb_wrap);
Datum
jsonb_wrap(PG_FUNCTION_ARGS)
{
	Jsonb *given = PG_GETARG_JSONB_P(0);
	JsonbParseState *state = NULL;
	JsonbValue key, value;

	key.type = jbvString;
	pushJsonbValue(&state, WJB_BEGIN_OBJECT, NULL);
	key.val.string.val = pstrdup("size");
	key.val.string.len = 4;
	pushJsonbValue(&state, WJB_KEY, &key);
	value.type = jbvNumeric;
	value.val.numeric =
		DatumGetNumeric(DirectFunctionCall1(int4_numeric, Int32GetDatum(JB_ROOT_COUNT(given))));
	pushJsonbValue(&state, WJB_VALUE, &value);
	key.val.string.val = pstrdup("given");
	key.val.string.len = 5;
	pushJsonbValue(&state, WJB_KEY, &key);
	if (!JB_ROOT_IS_SCALAR(given) || !JsonbExtractScalar(&given->root, &value))
	{
		value.type = jbvBinary;
		value.val.binary.data = &given->root;
		value.val.binary.len = VARSIZE(given) - VARHDRSZ;
	}
	pushJsonbValue(&state, WJB_VALUE, &value);
	PG_RETURN_JSONB_P(JsonbValueToJsonb(pushJsonbValue(&state, WJB_END_OBJECT, NULL)));
}
