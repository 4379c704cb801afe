/*
 * capi_values.c
 *		Values: arrays, numeric, jsonb, text, times, and calls through fmgr.
 */
#include "capi.h"

#include "catalog/pg_type_d.h"
#include "lib/stringinfo.h"
#include "nodes/miscnodes.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/inet.h"
#include "utils/json.h"
#include "utils/jsonb.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/numeric.h"
#include "utils/timestamp.h"

/* ---- Calls ---- */

static Datum
count_arguments(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PG_NARGS());
}

static Datum
give_null(PG_FUNCTION_ARGS)
{
	PG_RETURN_NULL();
}

/* Whether it was called with somebody's FmgrInfo. */
static Datum
see_info(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(fcinfo->flinfo == NULL ? 0 : (int32) fcinfo->flinfo->fn_oid);
}

CAPI_TEST(test_direct_calls)
{
	Datum d = Int32GetDatum(1);

	CHECK(DatumGetInt32(DirectFunctionCall1(count_arguments, d)) == 1);
	CHECK(DatumGetInt32(DirectFunctionCall2(count_arguments, d, d)) == 2);
	CHECK(DatumGetInt32(DirectFunctionCall3(count_arguments, d, d, d)) == 3);
	CHECK(DatumGetInt32(DirectFunctionCall4(count_arguments, d, d, d, d)) == 4);
	CHECK(DatumGetInt32(DirectFunctionCall5(count_arguments, d, d, d, d, d)) == 5);
	CHECK(DatumGetInt32(DirectFunctionCall6(count_arguments, d, d, d, d, d, d)) == 6);
	CHECK(DatumGetInt32(DirectFunctionCall7(count_arguments, d, d, d, d, d, d, d)) == 7);
	CHECK(DatumGetInt32(DirectFunctionCall8(count_arguments, d, d, d, d, d, d, d, d)) == 8);
	CHECK(DatumGetInt32(DirectFunctionCall9(count_arguments, d, d, d, d, d, d, d, d, d)) == 9);
	CHECK(DatumGetInt32(DirectFunctionCall1Coll(count_arguments, 100, d)) == 1);
	CHECK(DatumGetInt32(DirectFunctionCall2Coll(count_arguments, 100, d, d)) == 2);
	CHECK(DatumGetInt32(DirectFunctionCall3Coll(count_arguments, 100, d, d, d)) == 3);
	CHECK(DatumGetInt32(DirectFunctionCall4Coll(count_arguments, 100, d, d, d, d)) == 4);
	CHECK(DatumGetInt32(DirectFunctionCall5Coll(count_arguments, 100, d, d, d, d, d)) == 5);
	CHECK(DatumGetInt32(DirectFunctionCall6Coll(count_arguments, 100, d, d, d, d, d, d)) == 6);
	CHECK(DatumGetInt32(DirectFunctionCall7Coll(count_arguments, 100, d, d, d, d, d, d, d)) == 7);
	CHECK(DatumGetInt32(DirectFunctionCall8Coll(count_arguments, 100, d, d, d, d, d, d, d, d)) ==
		  8);
	CHECK(DatumGetInt32(DirectFunctionCall9Coll(count_arguments, 100, d, d, d, d, d, d, d, d, d)) ==
		  9);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "returned NULL", DirectFunctionCall1(give_null, d));
}

CAPI_TEST(test_calls_with_info)
{
	Datum d = Int32GetDatum(1);
	FmgrInfo info, copy;

	memset(&info, 0, sizeof(info));
	info.fn_oid = 77;
	info.fn_addr = count_arguments;
	info.fn_mcxt = CurrentMemoryContext;
	CHECK(DatumGetInt32(FunctionCall0(&info)) == 0);
	CHECK(DatumGetInt32(FunctionCall1(&info, d)) == 1);
	CHECK(DatumGetInt32(FunctionCall2(&info, d, d)) == 2);
	CHECK(DatumGetInt32(FunctionCall3(&info, d, d, d)) == 3);
	CHECK(DatumGetInt32(FunctionCall4(&info, d, d, d, d)) == 4);
	CHECK(DatumGetInt32(FunctionCall5(&info, d, d, d, d, d)) == 5);
	CHECK(DatumGetInt32(FunctionCall6(&info, d, d, d, d, d, d)) == 6);
	CHECK(DatumGetInt32(FunctionCall7(&info, d, d, d, d, d, d, d)) == 7);
	CHECK(DatumGetInt32(FunctionCall8(&info, d, d, d, d, d, d, d, d)) == 8);
	CHECK(DatumGetInt32(FunctionCall9(&info, d, d, d, d, d, d, d, d, d)) == 9);
	CHECK(DatumGetInt32(FunctionCall0Coll(&info, 100)) == 0);
	CHECK(DatumGetInt32(FunctionCall1Coll(&info, 100, d)) == 1);
	CHECK(DatumGetInt32(FunctionCall2Coll(&info, 100, d, d)) == 2);
	CHECK(DatumGetInt32(FunctionCall3Coll(&info, 100, d, d, d)) == 3);
	CHECK(DatumGetInt32(FunctionCall4Coll(&info, 100, d, d, d, d)) == 4);
	CHECK(DatumGetInt32(FunctionCall5Coll(&info, 100, d, d, d, d, d)) == 5);
	CHECK(DatumGetInt32(FunctionCall6Coll(&info, 100, d, d, d, d, d, d)) == 6);
	CHECK(DatumGetInt32(FunctionCall7Coll(&info, 100, d, d, d, d, d, d, d)) == 7);
	CHECK(DatumGetInt32(FunctionCall8Coll(&info, 100, d, d, d, d, d, d, d, d)) == 8);
	CHECK(DatumGetInt32(FunctionCall9Coll(&info, 100, d, d, d, d, d, d, d, d, d)) == 9);
	CHECK(DatumGetInt32(CallerFInfoFunctionCall1(see_info, &info, InvalidOid, d)) == 77);
	CHECK(DatumGetInt32(CallerFInfoFunctionCall2(see_info, &info, InvalidOid, d, d)) == 77);
	info.fn_extra = &info;
	fmgr_info_copy(&copy, &info, TopMemoryContext);
	CHECK(copy.fn_oid == 77 && copy.fn_extra == NULL && copy.fn_mcxt == TopMemoryContext);
	info.fn_addr = give_null;
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "function 77 returned NULL", FunctionCall1(&info, d));
}

CAPI_TEST(test_calls_by_oid)
{
	Oid concat = fmgr_internal_function("text_concat");
	Datum a = CStringGetTextDatum("a"), b = CStringGetTextDatum("b");
	Datum six = Float8GetDatum(6), year = Int32GetDatum(2024), one = Int32GetDatum(1);
	Datum a_flag = CStringGetTextDatum("g");
	FmgrInfo info;

	CHECK(fmgr_internal_function("int4pl") == 177);
	CHECK(fmgr_internal_function("no_such_function") == InvalidOid);
	CHECK(concat != InvalidOid);
	fmgr_info(177, &info);
	CHECK(info.fn_oid == 177 && info.fn_nargs == 2 && info.fn_strict && !info.fn_retset);
	CHECK(DatumGetInt32(FunctionCall2(&info, Int32GetDatum(2), Int32GetDatum(3))) == 5);
	fmgr_info_cxt(67, &info, TopMemoryContext);
	CHECK(info.fn_mcxt == TopMemoryContext);
	CHECK(!DatumGetBool(FunctionCall2Coll(&info, 100, a, b)));
	CHECK(DatumGetInt32(OidFunctionCall1(1257, a)) == 1);
	CHECK(DatumGetInt32(OidFunctionCall1Coll(1257, 100, a)) == 1);
	CHECK(DatumGetInt32(OidFunctionCall2(177, one, year)) == 2025);
	CHECK(DatumGetInt32(OidFunctionCall2Coll(177, InvalidOid, one, year)) == 2025);
	CHECK(strcmp(TextDatumGetCString(OidFunctionCall3(2087, a, a, b)), "b") == 0);
	CHECK(strcmp(TextDatumGetCString(OidFunctionCall3Coll(2087, 100, a, a, b)), "b") == 0);
	CHECK(DatumGetFloat8(OidFunctionCall0(1610)) > 3.14);
	CHECK(DatumGetFloat8(OidFunctionCall0Coll(1610, InvalidOid)) > 3.14);
	CHECK(strcmp(TextDatumGetCString(OidFunctionCall4(2285, a, a, b, a_flag)), "b") == 0);
	CHECK(strcmp(TextDatumGetCString(OidFunctionCall4Coll(2285, 100, a, a, b, a_flag)), "b") == 0);
	CHECK(DatumGetInt64(OidFunctionCall6(3461, year, one, one, one, one, six)) != 0);
	CHECK(DatumGetInt64(OidFunctionCall6Coll(3461, InvalidOid, year, one, one, one, one, six)) !=
		  0);
	CHECK(((Interval *) DatumGetPointer(OidFunctionCall7(3464, one, one, one, one, one, one, six)))
			  ->month == 13);
	CHECK(((Interval *) DatumGetPointer(
			   OidFunctionCall7Coll(3464, InvalidOid, one, one, one, one, one, one, six)))
			  ->month == 13);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "called with 5 arguments",
				OidFunctionCall5(177, one, one, one, one, one));
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "called with 5 arguments",
				OidFunctionCall5Coll(177, InvalidOid, one, one, one, one, one));
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "called with 8 arguments",
				OidFunctionCall8(177, one, one, one, one, one, one, one, one));
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "called with 8 arguments",
				OidFunctionCall8Coll(177, InvalidOid, one, one, one, one, one, one, one, one));
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "called with 9 arguments",
				OidFunctionCall9(177, one, one, one, one, one, one, one, one, one));
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "called with 9 arguments",
				OidFunctionCall9Coll(177, InvalidOid, one, one, one, one, one, one, one, one, one));
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "cache lookup failed for function 4000000000",
				fmgr_info(4000000000U, &info));
	CHECK_ERROR(ERRCODE_FEATURE_NOT_SUPPORTED, "box_in",
				DirectFunctionCall1(box_in, CStringGetDatum("(1,2)")));
}

/* Built-in functions by name. */
CAPI_TEST(test_named_functions)
{
	Datum number = DirectFunctionCall3(numeric_in, CStringGetDatum("1.50"), ObjectIdGetDatum(0),
									   Int32GetDatum(-1));
	Datum twice = DirectFunctionCall2(numeric_add, number, number);
	Datum interval = DirectFunctionCall3(interval_in, CStringGetDatum("2 days"),
										 ObjectIdGetDatum(0), Int32GetDatum(-1));

	CHECK(strcmp(DatumGetCString(DirectFunctionCall1(numeric_out, twice)), "3.00") == 0);
	CHECK(DatumGetInt32(DirectFunctionCall1(numeric_int4, twice)) == 3);
	CHECK(((Interval *) DatumGetPointer(interval))->day == 2);
	CHECK(DatumGetUInt64(DirectFunctionCall1(pg_lsn_in, CStringGetDatum("1/2"))) ==
		  UINT64CONST(0x100000002));
	CHECK(DatumGetInt32(DirectFunctionCall1(int4in, CStringGetDatum("7"))) == 7);
	CHECK(strcmp(DatumGetCString(DirectFunctionCall1(
					 byteaout, DirectFunctionCall1(byteain, CStringGetDatum("\\x01")))),
				 "\\x01") == 0);
	CHECK(DatumGetBool(
		DirectFunctionCall2(texteq, CStringGetTextDatum("a"), CStringGetTextDatum("a"))));
	CHECK_ERROR(ERRCODE_INVALID_TEXT_REPRESENTATION, "invalid input syntax for type integer: \"x\"",
				DirectFunctionCall1(int4in, CStringGetDatum("x")));
}

CAPI_TEST(test_input_and_output)
{
	Oid input, output, parameter;
	bool is_varlena;
	FmgrInfo in, out, send, receive;
	StringInfoData buffer;
	bytea *sent;
	ErrorSaveContext soft;
	Datum value;

	char seven[] = "7", bad[] = "x";

	getTypeInputInfo(INT4OID, &input, &parameter);
	getTypeOutputInfo(INT4OID, &output, &is_varlena);
	fmgr_info(input, &in);
	fmgr_info(output, &out);
	fmgr_info(2407, &send);
	fmgr_info(2406, &receive);
	CHECK(DatumGetInt32(InputFunctionCall(&in, seven, parameter, -1)) == 7);
	CHECK(InputFunctionCall(&in, NULL, parameter, -1) == 0);
	CHECK(DatumGetInt32(OidInputFunctionCall(input, seven, parameter, -1)) == 7);
	CHECK(strcmp(OutputFunctionCall(&out, Int32GetDatum(-3)), "-3") == 0);
	CHECK(strcmp(OidOutputFunctionCall(output, Int32GetDatum(-3)), "-3") == 0);
	sent = SendFunctionCall(&send, Int32GetDatum(258));
	CHECK(VARSIZE_ANY_EXHDR(sent) == 4 && memcmp(VARDATA_ANY(sent), "\0\0\1\2", 4) == 0);
	CHECK(VARSIZE(OidSendFunctionCall(2407, Int32GetDatum(258))) == VARSIZE(sent));
	initStringInfo(&buffer);
	appendBinaryStringInfo(&buffer, "\0\0\1\2", 4);
	CHECK(DatumGetInt32(ReceiveFunctionCall(&receive, &buffer, parameter, -1)) == 258);
	buffer.cursor = 0;
	CHECK(DatumGetInt32(OidReceiveFunctionCall(2406, &buffer, parameter, -1)) == 258);
	buffer.cursor = 2;
	CHECK_ERROR(ERRCODE_PROTOCOL_VIOLATION, "insufficient data left in message",
				OidReceiveFunctionCall(2406, &buffer, parameter, -1));

	memset(&soft, 0, sizeof(soft));
	soft.type = T_ErrorSaveContext;
	soft.details_wanted = true;
	CHECK(InputFunctionCallSafe(&in, seven, parameter, -1, (fmNodePtr) &soft, &value));
	CHECK(DatumGetInt32(value) == 7 && !SOFT_ERROR_OCCURRED(&soft));
	CHECK(!InputFunctionCallSafe(&in, bad, parameter, -1, (fmNodePtr) &soft, &value));
	CHECK(SOFT_ERROR_OCCURRED(&soft) && strstr(soft.error_data->message, "\"x\"") != NULL);
	soft.error_occurred = false;
	CHECK(!DirectInputFunctionCallSafe(int4in, bad, parameter, -1, (fmNodePtr) &soft, &value));
	CHECK_ERROR(ERRCODE_INVALID_TEXT_REPRESENTATION, "\"x\"",
				InputFunctionCallSafe(&in, bad, parameter, -1, NULL, &value));
}

CAPI_TEST(test_call_expressions)
{
	FmgrInfo info;

	fmgr_info(177, &info);
	fmgr_info_set_expr(NULL, &info);
	CHECK(get_fn_expr_rettype(&info) == InvalidOid);
	CHECK(get_fn_expr_argtype(&info, 0) == InvalidOid);
	CHECK(get_call_expr_argtype(NULL, 0) == InvalidOid);
	CHECK(!get_fn_expr_arg_stable(&info, 0) && !get_call_expr_arg_stable(NULL, 0));
	CHECK(!get_fn_expr_variadic(&info));
	CHECK(!has_fn_opclass_options(&info));
	CHECK_ERROR(ERRCODE_INVALID_PARAMETER_VALUE, "operator class options info is absent",
				get_fn_opclass_options(&info));
}

/* ---- Arrays ---- */

static ArrayType *
three_ints(void)
{
	Datum values[3] = {Int32GetDatum(1), Int32GetDatum(2), Int32GetDatum(3)};

	return construct_array(values, 3, INT4OID, 4, true, TYPALIGN_INT);
}

CAPI_TEST(test_array_layout)
{
	ArrayType *array = three_ints();
	AnyArrayType *any = (AnyArrayType *) array;
	Datum values[2] = {CStringGetTextDatum("a"), 0};
	bool nulls[2] = {false, true};
	int dims[2] = {1, 2}, lower[2] = {1, -3};
	ArrayType *square = construct_md_array(values, nulls, 2, dims, lower, TEXTOID, -1, false, 'i');

	CHECK(ARR_NDIM(array) == 1 && ARR_DIMS(array)[0] == 3 && ARR_LBOUND(array)[0] == 1);
	CHECK(ARR_ELEMTYPE(array) == INT4OID && !ARR_HASNULL(array) && ARR_NULLBITMAP(array) == NULL);
	CHECK(ARR_SIZE(array) == ARR_OVERHEAD_NONULLS(1) + 12);
	CHECK(ARR_DATA_OFFSET(array) == ARR_OVERHEAD_NONULLS(1));
	CHECK(((int32 *) ARR_DATA_PTR(array))[2] == 3);
	CHECK(AARR_NDIM(any) == 1 && AARR_DIMS(any)[0] == 3 && AARR_LBOUND(any)[0] == 1);
	CHECK(AARR_ELEMTYPE(any) == INT4OID && !AARR_HASNULL(any));
	CHECK(ARR_HASNULL(square) && ARR_NULLBITMAP(square)[0] == 1);
	CHECK(ARR_LBOUND(square)[1] == -3 && array_contains_nulls(square));
	CHECK(ARR_DATA_OFFSET(square) == ARR_OVERHEAD_WITHNULLS(2, 2));
	CHECK(ARR_NDIM(construct_empty_array(TEXTOID)) == 0);
	CHECK(ArrayGetNItems(2, dims) == 2 && ArrayGetNItems(0, dims) == 0);
	CHECK(ArrayGetOffset(2, dims, lower, dims) == 5);
	ArrayCheckBounds(2, dims, lower);
	lower[0] = PG_INT32_MAX;
	CHECK_ERROR(ERRCODE_PROGRAM_LIMIT_EXCEEDED, "array lower bound is too large",
				ArrayCheckBounds(2, dims, lower));
	dims[0] = dims[1] = 100000;
	CHECK_ERROR(ERRCODE_PROGRAM_LIMIT_EXCEEDED, "array size exceeds", ArrayGetNItems(2, dims));
	CHECK_ERROR(ERRCODE_PROGRAM_LIMIT_EXCEEDED, "number of array dimensions (7)",
				construct_md_array(values, nulls, 7, dims, lower, TEXTOID, -1, false, 'i'));
}

static Datum
take_array(PG_FUNCTION_ARGS)
{
	ArrayType *array = PG_GETARG_ARRAYTYPE_P(0);
	ArrayType *copy = PG_GETARG_ARRAYTYPE_P_COPY(0);

	CHECK(array != copy && PG_GETARG_ANY_ARRAY_P(0) == (AnyArrayType *) array);
	CHECK(DatumGetArrayTypePCopy(PG_GETARG_DATUM(0)) != array);
	CHECK(DatumGetAnyArrayP(PG_GETARG_DATUM(0)) == (AnyArrayType *) array);
	PG_RETURN_ARRAYTYPE_P(copy);
}

CAPI_TEST(test_array_elements)
{
	ArrayType *array = three_ints();
	Datum *values;
	bool *nulls, is_null;
	int count, at = 2;
	Datum word = CStringGetTextDatum("word");

	CHECK(DatumGetArrayTypeP(DirectFunctionCall1(take_array, PointerGetDatum(array))) != array);
	deconstruct_array(array, INT4OID, 4, true, TYPALIGN_INT, &values, &nulls, &count);
	CHECK(count == 3 && DatumGetInt32(values[2]) == 3 && !nulls[2]);
	deconstruct_array_builtin(construct_array_builtin(&word, 1, TEXTOID), TEXTOID, &values, NULL,
							  &count);
	CHECK(count == 1 && strcmp(TextDatumGetCString(values[0]), "word") == 0);
	CHECK(DatumGetInt32(array_ref(array, 1, &at, -1, 4, true, 'i', &is_null)) == 2 && !is_null);
	CHECK(DatumGetInt32(
			  array_get_element(PointerGetDatum(array), 1, &at, -1, 4, true, 'i', &is_null)) == 2);
	array = array_set(array, 1, &at, Int32GetDatum(9), false, -1, 4, true, 'i');
	CHECK(DatumGetInt32(array_ref(array, 1, &at, -1, 4, true, 'i', &is_null)) == 9);
	at = 5;
	array = DatumGetArrayTypeP(
		array_set_element(PointerGetDatum(array), 1, &at, 0, true, -1, 4, true, 'i'));
	CHECK(ARR_DIMS(array)[0] == 5 && array_contains_nulls(array));
	CHECK_ERROR(ERRCODE_NULL_VALUE_NOT_ALLOWED, "null array element not allowed",
				deconstruct_array(array, INT4OID, 4, true, 'i', &values, NULL, &count));
}

CAPI_TEST(test_array_building)
{
	MemoryContext context = CurrentMemoryContext;
	ArrayBuildState *state = initArrayResult(INT4OID, context, true);
	ArrayBuildState *sized = initArrayResultWithSize(INT4OID, context, false, 2);
	ArrayBuildStateArr *rows = initArrayResultArr(INT4ARRAYOID, INT4OID, context, true);
	ArrayBuildStateAny *any = initArrayResultAny(INT4OID, context, true);
	int dims[2] = {2, 1}, lower[2] = {1, 1};
	Datum word;
	int32 *modifiers;
	int count;

	for (int i = 0; i < 100; i++)
		state = accumArrayResult(state, Int32GetDatum(i), i == 50, INT4OID, context);
	CHECK(ARR_DIMS(DatumGetArrayTypeP(makeArrayResult(state, context)))[0] == 100);
	accumArrayResult(sized, Int32GetDatum(1), false, INT4OID, context);
	accumArrayResult(sized, Int32GetDatum(2), false, INT4OID, context);
	CHECK(ARR_NDIM(DatumGetArrayTypeP(makeMdArrayResult(sized, 2, dims, lower, context, true))) ==
		  2);
	rows = accumArrayResultArr(rows, PointerGetDatum(three_ints()), false, INT4ARRAYOID, context);
	CHECK(ARR_DIMS(DatumGetArrayTypeP(makeArrayResultArr(rows, context, true)))[1] == 3);
	any = accumArrayResultAny(any, Int32GetDatum(1), false, INT4OID, context);
	CHECK(ARR_NDIM(DatumGetArrayTypeP(makeArrayResultAny(any, context, true))) == 1);
	word = CStringGetDatum("12");
	modifiers = ArrayGetIntegerTypmods(construct_array_builtin(&word, 1, CSTRINGOID), &count);
	CHECK(count == 1 && modifiers[0] == 12);
}

CAPI_TEST(test_array_iterators)
{
	ArrayType *array = three_ints();
	ArrayMetaState meta;
	ArrayIterator iterator;
	Datum value;
	bool is_null;
	int sum = 0;

	memset(&meta, 0, sizeof(meta));
	meta.typlen = 4;
	meta.typbyval = true;
	meta.typalign = TYPALIGN_INT;
	iterator = array_create_iterator(array, 0, &meta);
	while (array_iterate(iterator, &value, &is_null))
		sum += DatumGetInt32(value);
	array_free_iterator(iterator);
	CHECK(sum == 6);
	iterator = array_create_iterator(array, 1, NULL);
	CHECK(array_iterate(iterator, &value, &is_null) && !is_null);
	CHECK(ARR_DIMS(DatumGetArrayTypeP(value))[0] == 3);
	CHECK(!array_iterate(iterator, &value, &is_null));
	array_free_iterator(iterator);
}

/* ---- inet ---- */

static Datum
take_inet(PG_FUNCTION_ARGS)
{
	inet *address = PG_GETARG_INET_PP(0);

	CHECK(ip_family(address) == PGSQL_AF_INET && ip_bits(address) == 8);
	CHECK(ip_addr(address)[0] == 10 && ip_addrsize(address) == 4 && ip_maxbits(address) == 32);
	ip_bits(address) = 16;
	SET_INET_VARSIZE(address);
	PG_RETURN_INET_P(address);
}

static Datum
take_macaddr(PG_FUNCTION_ARGS)
{
	PG_RETURN_MACADDR_P(PG_GETARG_MACADDR_P(0));
}

CAPI_TEST(test_inet)
{
	Datum address = DirectFunctionCall1(inet_in, CStringGetDatum("10.0.0.1/8"));
	macaddr mac = {1, 2, 3, 4, 5, 6};

	CHECK(DatumGetInetPP(InetPGetDatum(DatumGetPointer(address))) != NULL);
	address = DirectFunctionCall1(take_inet, address);
	CHECK(strcmp(DatumGetCString(DirectFunctionCall1(inet_out, address)), "10.0.0.1/16") == 0);
	CHECK(DatumGetMacaddrP(DirectFunctionCall1(take_macaddr, MacaddrPGetDatum(&mac)))->f == 6);
}

/* ---- numeric ---- */

static Numeric
number(const char *digits)
{
	return DatumGetNumeric(DirectFunctionCall3(numeric_in, CStringGetDatum(digits),
											   ObjectIdGetDatum(0), Int32GetDatum(-1)));
}

static const char *
shown(Numeric value)
{
	return DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(value)));
}

static Datum
take_numeric(PG_FUNCTION_ARGS)
{
	Numeric copy = PG_GETARG_NUMERIC_COPY(0);

	CHECK(copy != PG_GETARG_NUMERIC(0) && DatumGetNumericCopy(PG_GETARG_DATUM(0)) != copy);
	PG_RETURN_NUMERIC(copy);
}

CAPI_TEST(test_numeric)
{
	bool failed = false;
	Numeric one = number("1.50"), zero = number("0");

	CHECK(strcmp(shown(DatumGetNumeric(DirectFunctionCall1(take_numeric, NumericGetDatum(one)))),
				 "1.50") == 0);
	CHECK(numeric_is_nan(number("NaN")) && !numeric_is_nan(one));
	CHECK(numeric_is_inf(number("-Infinity")) && !numeric_is_inf(one));
	CHECK(strcmp(shown(int64_to_numeric(-7)), "-7") == 0);
	CHECK(strcmp(shown(int64_div_fast_to_numeric(1234, 2)), "12.34") == 0);
	CHECK(strcmp(numeric_normalize(number("100.500")), "100.5") == 0);
	CHECK(strcmp(numeric_normalize(number("100.000")), "100") == 0);
	CHECK(strcmp(numeric_out_sci(number("12345"), 2), "1.23e+04") == 0);
	CHECK(strcmp(numeric_out_sci(number("-0.00099999"), 2), "-1.00e-03") == 0);
	CHECK(strcmp(numeric_out_sci(zero, 1), "0.0e+00") == 0);
	CHECK(strcmp(shown(numeric_add_opt_error(one, one, NULL)), "3.00") == 0);
	CHECK(strcmp(shown(numeric_sub_opt_error(one, one, NULL)), "0.00") == 0);
	CHECK(strcmp(shown(numeric_mul_opt_error(one, one, NULL)), "2.2500") == 0);
	CHECK(strcmp(shown(numeric_mod_opt_error(one, one, NULL)), "0.00") == 0);
	CHECK(numeric_div_opt_error(one, zero, &failed) == NULL && failed);
	CHECK_ERROR(ERRCODE_DIVISION_BY_ZERO, "division by zero",
				numeric_div_opt_error(one, zero, NULL));
	failed = false;
	CHECK(numeric_int4_opt_error(one, &failed) == 2 && !failed);
	numeric_int4_opt_error(number("1e10"), &failed);
	CHECK(failed && numeric_maximum_size(-1) == -1 &&
		  numeric_maximum_size(((10 << 16) | 2) + 4) > 9);
}

/* ---- jsonb ---- */

static JsonbValue
string_value(const char *string)
{
	JsonbValue value;

	memset(&value, 0, sizeof(value));
	value.type = jbvString;
	value.val.string.val = pstrdup(string);
	value.val.string.len = (int) strlen(string);
	return value;
}

/* {"n": 1.50, "list": [true, null], "n": 2} */
static Jsonb *
small_object(void)
{
	JsonbParseState *state = NULL;
	JsonbValue key, value, *result;

	pushJsonbValue(&state, WJB_BEGIN_OBJECT, NULL);
	key = string_value("n");
	pushJsonbValue(&state, WJB_KEY, &key);
	value.type = jbvNumeric;
	value.val.numeric = number("1.50");
	pushJsonbValue(&state, WJB_VALUE, &value);
	key = string_value("list");
	pushJsonbValue(&state, WJB_KEY, &key);
	pushJsonbValue(&state, WJB_BEGIN_ARRAY, NULL);
	value.type = jbvBool;
	value.val.boolean = true;
	pushJsonbValue(&state, WJB_ELEM, &value);
	value.type = jbvNull;
	pushJsonbValue(&state, WJB_ELEM, &value);
	pushJsonbValue(&state, WJB_END_ARRAY, NULL);
	key = string_value("n");
	pushJsonbValue(&state, WJB_KEY, &key);
	value.type = jbvNumeric;
	value.val.numeric = number("2");
	pushJsonbValue(&state, WJB_VALUE, &value);
	result = pushJsonbValue(&state, WJB_END_OBJECT, NULL);
	CHECK(state == NULL && result->type == jbvObject && result->val.object.nPairs == 2);
	return JsonbValueToJsonb(result);
}

static Jsonb *
jsonb_of(const char *json)
{
	return DatumGetJsonbP(DirectFunctionCall1(jsonb_in, CStringGetDatum(json)));
}

static Datum
take_jsonb(PG_FUNCTION_ARGS)
{
	Jsonb *copy = PG_GETARG_JSONB_P_COPY(0);

	CHECK(copy != PG_GETARG_JSONB_P(0) && DatumGetJsonbPCopy(JsonbPGetDatum(copy)) != copy);
	PG_RETURN_JSONB_P(copy);
}

CAPI_TEST(test_jsonb_making)
{
	Jsonb *object = small_object();
	Datum taken = DirectFunctionCall1(take_jsonb, JsonbPGetDatum(object));
	StringInfoData buffer;
	JsonbValue whole;

	CHECK(strcmp(JsonbToCString(NULL, &object->root, 0), "{\"n\": 2, \"list\": [true, null]}") ==
		  0);
	CHECK(strcmp(DatumGetCString(DirectFunctionCall1(jsonb_out, taken)),
				 "{\"n\": 2, \"list\": [true, null]}") == 0);
	CHECK(strstr(JsonbToCStringIndent(NULL, &object->root, 0), "{\n    \"n\": 2,") != NULL);
	JsonbToJsonbValue(object, &whole);
	CHECK(whole.type == jbvBinary && strcmp(JsonbTypeName(&whole), "object") == 0);
	CHECK(compareJsonbContainers(&JsonbValueToJsonb(&whole)->root, &object->root) == 0);
	CHECK(compareJsonbContainers(&jsonb_of("[1]")->root, &object->root) < 0);
	CHECK_ERROR(ERRCODE_INVALID_TEXT_REPRESENTATION, "invalid input syntax for type json",
				jsonb_of("{"));
	initStringInfo(&buffer);
	escape_json(&buffer, "a\"b\n");
	CHECK(strcmp(buffer.data, "\"a\\\"b\\n\"") == 0);
}

CAPI_TEST(test_jsonb_layout)
{
	Jsonb *object =
		jsonb_of("{\"a\": \"text\", \"bb\": 7, \"ccc\": [false], \"d\": null, \"e\": true}");
	JsonbContainer *root = &object->root;

	CHECK(JB_ROOT_COUNT(object) == 5 && JsonContainerSize(root) == 5);
	CHECK(JB_ROOT_IS_OBJECT(object) && JsonContainerIsObject(root));
	CHECK(!JB_ROOT_IS_ARRAY(object) && !JsonContainerIsArray(root));
	CHECK(!JB_ROOT_IS_SCALAR(object) && !JsonContainerIsScalar(root));
	CHECK(JB_ROOT_IS_SCALAR(jsonb_of("1")) && JB_ROOT_IS_ARRAY(jsonb_of("1")));
	/* Keys a d e bb ccc, then their values. */
	CHECK(JBE_ISSTRING(root->children[0]) && JBE_HAS_OFF(root->children[0]));
	CHECK(JBE_OFFLENFLD(root->children[3]) == 2 && getJsonbLength(root, 4) == 3);
	CHECK(getJsonbOffset(root, 5) == 8 && getJsonbLength(root, 5) == 4);
	CHECK(JBE_ISNULL(root->children[6]) && JBE_ISBOOL_TRUE(root->children[7]));
	CHECK(JBE_ISBOOL(root->children[7]) && !JBE_ISBOOL_FALSE(root->children[7]));
	CHECK(JBE_ISNUMERIC(root->children[8]) && JBE_ISCONTAINER(root->children[9]));
}

CAPI_TEST(test_jsonb_parts)
{
	Jsonb *object = jsonb_of("{\"key\": \"text\", \"list\": [10, \"x\", {\"y\": 1}]}");
	JsonbValue wanted = string_value("key"), place, *found, *list;
	StringInfoData digits;

	found = findJsonbValueFromContainer(&object->root, JB_FOBJECT, &wanted);
	CHECK(found != NULL && found->type == jbvString && IsAJsonbScalar(found));
	CHECK(found->val.string.len == 4 && strncmp(found->val.string.val, "text", 4) == 0);
	CHECK(getKeyJsonValueFromContainer(&object->root, "none", 4, NULL) == NULL);
	list = getKeyJsonValueFromContainer(&object->root, "list", 4, &place);
	CHECK(list == &place && list->type == jbvBinary && strcmp(JsonbTypeName(list), "array") == 0);
	found = getIthJsonbValueFromContainer(list->val.binary.data, 1);
	CHECK(found->type == jbvString && strcmp(JsonbTypeName(found), "string") == 0);
	CHECK(getIthJsonbValueFromContainer(list->val.binary.data, 3) == NULL);
	wanted = string_value("x");
	CHECK(findJsonbValueFromContainer(list->val.binary.data, JB_FARRAY, &wanted) != NULL);
	wanted = string_value("z");
	CHECK(findJsonbValueFromContainer(list->val.binary.data, JB_FARRAY, &wanted) == NULL);
	CHECK(JsonbExtractScalar(&jsonb_of("5")->root, &place) && place.type == jbvNumeric);
	CHECK(!JsonbExtractScalar(&object->root, &place));
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "not a jsonb array",
				getIthJsonbValueFromContainer(&object->root, 0));

	/* More than one stride of entries. */
	initStringInfo(&digits);
	for (int i = 0; i < 100; i++)
		appendStringInfo(&digits, "%c%d", i == 0 ? '[' : ',', i);
	appendStringInfoChar(&digits, ']');
	object = jsonb_of(digits.data);
	for (uint32 i = 0; i < 100; i++)
		CHECK(numeric_int4_opt_error(getIthJsonbValueFromContainer(&object->root, i)->val.numeric,
									 NULL) == (int32) i);
}

CAPI_TEST(test_jsonb_walking)
{
	Jsonb *object = jsonb_of("{\"a\": [1, {}], \"b\": \"x\"}");
	JsonbIterator *walk = JsonbIteratorInit(&object->root);
	JsonbIteratorToken expected[] = {WJB_BEGIN_OBJECT, WJB_KEY,		   WJB_BEGIN_ARRAY, WJB_ELEM,
									 WJB_BEGIN_OBJECT, WJB_END_OBJECT, WJB_END_ARRAY,	WJB_KEY,
									 WJB_VALUE,		   WJB_END_OBJECT, WJB_DONE};
	JsonbValue value;

	for (size_t i = 0; i < lengthof(expected); i++)
		CHECK(JsonbIteratorNext(&walk, &value, false) == expected[i]);
	CHECK(walk == NULL);
	walk = JsonbIteratorInit(&object->root);
	CHECK(JsonbIteratorNext(&walk, &value, true) == WJB_BEGIN_OBJECT);
	CHECK(value.val.object.nPairs == 2);
	CHECK(JsonbIteratorNext(&walk, &value, true) == WJB_KEY);
	CHECK(JsonbIteratorNext(&walk, &value, true) == WJB_VALUE && value.type == jbvBinary);
}
