/*
 * capi_fmgr.c
 *		Functions as SQL calls them: arguments and results of each type, rows, sets, variable numbers of arguments, libraries.
 */
#include "capi.h"

#include "access/htup_details.h"
#include "catalog/pg_type_d.h"
#include "executor/spi.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/syscache.h"

/* ---- Arguments and results by value ---- */

#define SAME(name, get, give)           \
	static Datum name(PG_FUNCTION_ARGS) \
	{                                   \
		give(get(0));                   \
	}

SAME(same_bool, PG_GETARG_BOOL, PG_RETURN_BOOL)
SAME(same_char, PG_GETARG_CHAR, PG_RETURN_CHAR)
SAME(same_int16, PG_GETARG_INT16, PG_RETURN_INT16)
SAME(same_uint16, PG_GETARG_UINT16, PG_RETURN_UINT16)
SAME(same_int32, PG_GETARG_INT32, PG_RETURN_INT32)
SAME(same_uint32, PG_GETARG_UINT32, PG_RETURN_UINT32)
SAME(same_int64, PG_GETARG_INT64, PG_RETURN_INT64)
SAME(same_uint64, PG_GETARG_INT64, PG_RETURN_UINT64)
SAME(same_float4, PG_GETARG_FLOAT4, PG_RETURN_FLOAT4)
SAME(same_float8, PG_GETARG_FLOAT8, PG_RETURN_FLOAT8)
SAME(same_oid, PG_GETARG_OID, PG_RETURN_OID)
SAME(same_xid, PG_GETARG_TRANSACTIONID, PG_RETURN_TRANSACTIONID)
SAME(same_datum, PG_GETARG_DATUM, PG_RETURN_DATUM)
SAME(same_pointer, PG_GETARG_POINTER, PG_RETURN_POINTER)
SAME(same_cstring, PG_GETARG_CSTRING, PG_RETURN_CSTRING)
SAME(same_name, PG_GETARG_NAME, PG_RETURN_NAME)
SAME(same_bpchar, PG_GETARG_BPCHAR_P, PG_RETURN_BPCHAR_P)
SAME(same_varchar, PG_GETARG_VARCHAR_P, PG_RETURN_VARCHAR_P)

CAPI_TEST(test_arguments_and_results)
{
	const Datum word = CStringGetTextDatum("word");
	const struct
	{
		PGFunction function;
		Datum value;
	} cases[] = {
		{same_bool, BoolGetDatum(true)},
		{same_char, CharGetDatum('c')},
		{same_int16, Int16GetDatum(-12345)},
		{same_uint16, UInt16GetDatum(0xABCD)},
		{same_int32, Int32GetDatum(-1234567890)},
		{same_uint32, UInt32GetDatum(0xABCDEF98u)},
		{same_int64, Int64GetDatum(-INT64CONST(0x123456789ABCDEF))},
		{same_uint64, UInt64GetDatum(UINT64CONST(0xFEDCBA9876543210))},
		{same_float4, Float4GetDatum(-0.5f)},
		{same_float8, Float8GetDatum(1e300)},
		{same_oid, ObjectIdGetDatum(0xABCDEF98u)},
		{same_xid, TransactionIdGetDatum(0xABCDEF98u)},
		{same_datum, word},
		{same_pointer, word},
		{same_cstring, CStringGetDatum("abc")},
		{same_name, word},
		{same_bpchar, word},
		{same_varchar, word},
	};

	for (size_t i = 0; i < lengthof(cases); i++)
		CHECK(DirectFunctionCall1(cases[i].function, cases[i].value) == cases[i].value);
}

/* The first argument that is not null; else the collation of the call. */
static Datum
first_or_collation(PG_FUNCTION_ARGS)
{
	for (int i = 0; i < PG_NARGS(); i++)
		if (!PG_ARGISNULL(i))
			PG_RETURN_DATUM(PG_GETARG_DATUM(i));
	PG_RETURN_OID(PG_GET_COLLATION());
}

CAPI_TEST(test_calls_by_hand)
{
	const Size size = SizeForFunctionCallInfo(3);
	FunctionCallInfo fcinfo = (FunctionCallInfo) palloc0(size);
	FmgrInfo info;

	CHECK(size == offsetof(FunctionCallInfoBaseData, args) + 3 * sizeof(NullableDatum));
	memset(&info, 0, sizeof(info));
	info.fn_addr = first_or_collation;
	InitFunctionCallInfoData(*fcinfo, &info, 3, 950, NULL, NULL);
	for (int i = 0; i < 3; i++)
		fcinfo->args[i].isnull = true;
	CHECK(DatumGetObjectId(FunctionCallInvoke(fcinfo)) == 950);
	fcinfo->args[2].isnull = false;
	fcinfo->args[2].value = Int32GetDatum(7);
	CHECK(DatumGetInt32(FunctionCallInvoke(fcinfo)) == 7 && !fcinfo->isnull);
}

/* ---- Sets, value by value ---- */

PG_FUNCTION_INFO_V1(capi_series);
PG_FUNCTION_INFO_V1(capi_series_by_calls);
PG_FUNCTION_INFO_V1(capi_pairs);
PG_FUNCTION_INFO_V1(capi_records);
PG_FUNCTION_INFO_V1(capi_shape);
PG_FUNCTION_INFO_V1(capi_next_pair);
PG_FUNCTION_INFO_V1(capi_list);

/* 1 to n, with null for the second. */
Datum
capi_series(PG_FUNCTION_ARGS)
{
	FuncCallContext *context;
	Datum number;

	if (SRF_IS_FIRSTCALL())
	{
		context = SRF_FIRSTCALL_INIT();
		context->max_calls = (uint64) PG_GETARG_INT32(0);
		context->user_fctx = MemoryContextStrdup(context->multi_call_memory_ctx, "kept");
	}
	context = SRF_PERCALL_SETUP();
	CHECK(strcmp((char *) context->user_fctx, "kept") == 0);
	if (context->call_cntr == context->max_calls)
		SRF_RETURN_DONE(context);
	if (context->call_cntr == 1)
		SRF_RETURN_NEXT_NULL(context);
	number = Int32GetDatum((int32) context->call_cntr + 1);
	SRF_RETURN_NEXT(context, number);
}

/* The same by the functions that the macros call; no value is null. */
Datum
capi_series_by_calls(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *set = (ReturnSetInfo *) (void *) fcinfo->resultinfo;
	FuncCallContext *context;

	if (fcinfo->flinfo->fn_extra == NULL)
		init_MultiFuncCall(fcinfo)->max_calls = (uint64) PG_GETARG_INT32(0);
	context = per_MultiFuncCall(fcinfo);
	if (context->call_cntr == context->max_calls)
	{
		end_MultiFuncCall(fcinfo, context);
		set->isDone = ExprEndResult;
		PG_RETURN_NULL();
	}
	set->isDone = ExprMultipleResult;
	PG_RETURN_INT32((int32) ++context->call_cntr);
}

/* ---- Sets, all at once ---- */

static void
put_pairs(ReturnSetInfo *set, int count)
{
	for (int i = 1; i <= count; i++)
	{
		Datum values[2] = {Int32GetDatum(i), CStringGetTextDatum(i == 1 ? "one" : "many")};
		bool nulls[2] = {false, i == 3};

		tuplestore_putvalues(set->setResult, set->setDesc, values, nulls);
	}
}

Datum
capi_pairs(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *set = (ReturnSetInfo *) (void *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	CHECK(set->returnMode == SFRM_Materialize && set->setDesc->natts == 2);
	put_pairs(set, PG_GETARG_INT32(0));
	return (Datum) 0;
}

/* By the name of PostgreSQL 15.0, and with the columns that the statement lists. */
Datum
capi_records(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *set = (ReturnSetInfo *) (void *) fcinfo->resultinfo;

	SetSingleFuncCall(fcinfo, SRF_SINGLE_USE_EXPECTED | SRF_SINGLE_BLESS);
	CHECK(strcmp(NameStr(TupleDescAttr(set->setDesc, 1)->attname), "w") == 0);
	put_pairs(set, PG_GETARG_INT32(0));
	return (Datum) 0;
}

/* ---- Rows ---- */

/* What is expected of it: a row of an int and a text, or the name of the one type. */
Datum
capi_shape(PG_FUNCTION_ARGS)
{
	TupleDesc desc;
	Oid type;
	Datum values[2] = {PG_GETARG_DATUM(0), CStringGetTextDatum("row")};
	bool nulls[2] = {false, false};
	const TypeFuncClass kind = get_call_result_type(fcinfo, &type, &desc);

	if (kind == TYPEFUNC_SCALAR)
		PG_RETURN_TEXT_P(cstring_to_text(format_type_be(type)));
	CHECK(kind == TYPEFUNC_COMPOSITE && type == RECORDOID && desc->natts == 2);
	CHECK(TupleDescAttr(desc, 0)->atttypid == INT4OID);
	CHECK(strcmp(NameStr(TupleDescAttr(desc, 1)->attname), "word") == 0);
	PG_RETURN_HEAPTUPLEHEADER(heap_form_tuple(BlessTupleDesc(desc), values, nulls)->t_data);
}

/* The same pair with the next number. */
Datum
capi_next_pair(PG_FUNCTION_ARGS)
{
	HeapTupleHeader row = PG_GETARG_HEAPTUPLEHEADER(0);
	HeapTupleHeader copy = PG_GETARG_HEAPTUPLEHEADER_COPY(0);
	TupleDesc desc = TypeGetTupleDesc(HeapTupleHeaderGetTypeId(row), NIL);
	HeapTupleData tuple;
	Datum values[2];
	bool nulls[2];

	CHECK(copy != row && HeapTupleHeaderGetTypMod(copy) == HeapTupleHeaderGetTypMod(row));
	CHECK(memcmp(copy, row, HeapTupleHeaderGetDatumLength(row)) == 0);
	CHECK(VARSIZE(DatumGetHeapTupleHeaderCopy(PG_GETARG_DATUM(0))) == VARSIZE(row));
	CHECK(DatumGetHeapTupleHeader(PointerGetDatum(copy)) == copy);
	memset(&tuple, 0, sizeof(tuple));
	tuple.t_len = HeapTupleHeaderGetDatumLength(copy);
	tuple.t_data = copy;
	heap_deform_tuple(&tuple, desc, values, nulls);
	values[0] = Int32GetDatum(DatumGetInt32(values[0]) + 1);
	return HeapTupleHeaderGetDatum(heap_form_tuple(desc, values, nulls)->t_data);
}

/* ---- As many arguments as there are ---- */

/* "type=value" of each, "null" for an array that is null. */
Datum
capi_list(PG_FUNCTION_ARGS)
{
	StringInfoData list;
	Datum *values;
	Oid *types;
	bool *nulls;
	const int count = extract_variadic_args(fcinfo, 0, true, &values, &types, &nulls);

	initStringInfo(&list);
	for (int i = 0; i < count; i++)
	{
		Oid output;
		bool varlena;

		getTypeOutputInfo(types[i], &output, &varlena);
		appendStringInfo(&list, "%s%s=%s", i == 0 ? "" : " ", format_type_be(types[i]),
						 nulls[i] ? "null" : OidOutputFunctionCall(output, values[i]));
	}
	PG_RETURN_TEXT_P(cstring_to_text(count < 0 ? "null" : list.data));
}

/* The one value of a query as text. */
static char *
ask(const char *query)
{
	char *value;

	SPI_connect();
	CHECK(SPI_execute(query, false, 0) == SPI_OK_SELECT && SPI_processed == 1);
	value = SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1);
	value = value == NULL ? NULL : MemoryContextStrdup(TopTransactionContext, value);
	SPI_finish();
	return value;
}

CAPI_TEST(test_functions_from_sql)
{
	const struct
	{
		const char *query, *answer;
	} cases[] = {
		{"SELECT string_agg(coalesce(n::text, '-'), ',') FROM capi_series(4) n", "1,-,3,4"},
		{"SELECT count(*) FROM capi_series(0)", "0"},
		{"SELECT string_agg(n::text, ',') FROM capi_series_by_calls(3) n", "1,2,3"},
		{"SELECT string_agg(number || coalesce(word, '-'), ',') FROM capi_pairs(3)",
		 "1one,2many,3-"},
		{"SELECT string_agg(n || w, ',') FROM capi_records(2) AS r(n int, w text)", "1one,2many"},
		{"SELECT number || word FROM capi_shape(5)", "5row"},
		{"SELECT capi_scalar_shape(5)", "text"},
		{"SELECT capi_next_pair(ROW(1, 'a b')::capi_pair)", "(2,\"a b\")"},
		{"SELECT (capi_next_pair(ROW(1, NULL)::capi_pair)).word IS NULL", "t"},
		{"SELECT capi_list(1, 'x', NULL::bool)", "integer=1 text=x boolean=null"},
		{"SELECT capi_list(VARIADIC ARRAY[3, NULL]::int8[])", "bigint=3 bigint=null"},
		{"SELECT capi_list(VARIADIC NULL::int[])", "null"},
	};

	for (size_t i = 0; i < lengthof(cases); i++)
	{
		const char *answer = ask(cases[i].query);

		if (answer == NULL || strcmp(answer, cases[i].answer) != 0)
			elog(ERROR, "%s: %s", cases[i].query, answer);
	}
}

CAPI_TEST(test_parameters_of_a_function)
{
	const Oid function = (Oid) atoi(ask("SELECT 'capi_shape(int)'::regprocedure::oid"));
	HeapTuple row = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
	Oid *types;
	char **names;
	char *modes;

	CHECK(HeapTupleIsValid(row) && get_func_arg_info(row, &types, &names, &modes) == 3);
	CHECK(types[0] == INT4OID && types[1] == INT4OID && types[2] == TEXTOID);
	CHECK(strcmp(names[0], "") == 0 && strcmp(names[2], "word") == 0);
	CHECK(memcmp(modes, "ioo", 3) == 0);
	ReleaseSysCache(row);
}

/* ---- Libraries ---- */

CAPI_TEST(test_functions_of_libraries)
{
	void *handle = NULL;
	PGFunction series =
		(PGFunction) load_external_function("test_capi", "capi_series", true, &handle);

	CHECK(series == capi_series && handle != NULL);
	CHECK((PGFunction) lookup_external_function(handle, "capi_series") == capi_series);
	CHECK(lookup_external_function(handle, "capi_nothing") == NULL);
	CHECK(load_external_function("test_capi", "capi_nothing", false, NULL) == NULL);
	CHECK_ERROR(ERRCODE_UNDEFINED_FUNCTION, "could not find function \"capi_nothing\" in file",
				load_external_function("test_capi", "capi_nothing", true, NULL));
	load_file("test_capi", false);
	CHECK_ERROR(ERRCODE_UNDEFINED_FILE, "could not access file \"capi_no_library\"",
				load_file("capi_no_library", false));
	CHECK_ERROR(ERRCODE_INSUFFICIENT_PRIVILEGE, "access to library \"/tmp/x\" is not allowed",
				load_file("/tmp/x", true));
}
