/*
 * regress_rows.c
 *		Functions that take and give rows, in all the ways that funcapi.h has.
 *
 * Builds for PostgreSQL 15 as well, so that expected outputs come from there.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "executor/executor.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/tuplestore.h"
#include "utils/typcache.h"

PG_MODULE_MAGIC;

/* (number, word): word twice as long, or null for a negative number. */
static HeapTuple
make_pair(TupleDesc desc, int number, const char *word)
{
	Datum values[2];
	bool nulls[2] = {false, false};

	values[0] = Int32GetDatum(number);
	values[1] = CStringGetTextDatum(psprintf("%s%s", word, word));
	nulls[1] = number < 0;
	return heap_form_tuple(desc, values, nulls);
}

/* A row of the type that the caller expects, whichever that is. */
PG_FUNCTION_INFO_V1(row_pair);
Datum
row_pair(PG_FUNCTION_ARGS)
{
	TupleDesc desc;

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		ereport(ERROR, (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
						errmsg("function returning record called in context that cannot accept "
							   "type record")));
	BlessTupleDesc(desc);
	PG_RETURN_DATUM(HeapTupleGetDatum(
		make_pair(desc, PG_GETARG_INT32(0), text_to_cstring(PG_GETARG_TEXT_PP(1)))));
}

/* A record of its own making. */
PG_FUNCTION_INFO_V1(row_own);
Datum
row_own(PG_FUNCTION_ARGS)
{
	TupleDesc desc = CreateTemplateTupleDesc(2);

	TupleDescInitEntry(desc, 1, "number", INT4OID, -1, 0);
	TupleDescInitEntry(desc, 2, "word", TEXTOID, -1, 0);
	desc = BlessTupleDesc(desc);
	PG_RETURN_DATUM(HeapTupleGetDatum(make_pair(desc, PG_GETARG_INT32(0), "own")));
}

/* Rows one per call, from C strings. */
PG_FUNCTION_INFO_V1(row_series);
Datum
row_series(PG_FUNCTION_ARGS)
{
	FuncCallContext *context;

	if (SRF_IS_FIRSTCALL())
	{
		TupleDesc desc;
		MemoryContext former;

		context = SRF_FIRSTCALL_INIT();
		former = MemoryContextSwitchTo(context->multi_call_memory_ctx);
		if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
			elog(ERROR, "return type must be a row type");
		context->attinmeta = TupleDescGetAttInMetadata(desc);
		context->max_calls = PG_GETARG_INT32(0);
		MemoryContextSwitchTo(former);
	}
	context = SRF_PERCALL_SETUP();
	if (context->call_cntr < context->max_calls)
	{
		char *values[2];
		HeapTuple tuple;

		values[0] = psprintf("%d", (int) context->call_cntr);
		values[1] = context->call_cntr == 1 ? NULL : psprintf("row %d", (int) context->call_cntr);
		tuple = BuildTupleFromCStrings(context->attinmeta, values);
		SRF_RETURN_NEXT(context, HeapTupleGetDatum(tuple));
	}
	SRF_RETURN_DONE(context);
}

/* All rows at once. */
PG_FUNCTION_INFO_V1(row_store);
Datum
row_store(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *info = (ReturnSetInfo *) fcinfo->resultinfo;
	int i;

	InitMaterializedSRF(fcinfo, 0);
	for (i = 0; i < PG_GETARG_INT32(0); i++)
	{
		Datum values[2];
		bool nulls[2] = {false, false};

		values[0] = Int32GetDatum(i * i);
		values[1] = CStringGetTextDatum(psprintf("square of %d", i));
		tuplestore_putvalues(info->setResult, info->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* The older way: the store is made by hand, in the caller's memory. */
PG_FUNCTION_INFO_V1(row_store_by_hand);
Datum
row_store_by_hand(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *info = (ReturnSetInfo *) fcinfo->resultinfo;
	MemoryContext former;
	TupleDesc desc;
	Tuplestorestate *store;
	TupleTableSlot *slot;
	int i;

	if (info == NULL || !IsA(info, ReturnSetInfo) || !(info->allowedModes & SFRM_Materialize))
		elog(ERROR, "cannot return a set here");
	former = MemoryContextSwitchTo(info->econtext->ecxt_per_query_memory);
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	desc = CreateTupleDescCopy(desc);
	store = tuplestore_begin_heap(true, false, work_mem);
	info->returnMode = SFRM_Materialize;
	info->setResult = store;
	info->setDesc = desc;
	slot = MakeSingleTupleTableSlot(desc, &TTSOpsVirtual);
	for (i = 0; i < PG_GETARG_INT32(0); i++)
	{
		ExecClearTuple(slot);
		slot->tts_values[0] = Int32GetDatum(-i);
		slot->tts_isnull[0] = i == 1;
		slot->tts_values[1] = CStringGetTextDatum("by hand");
		slot->tts_isnull[1] = false;
		ExecStoreVirtualTuple(slot);
		tuplestore_puttupleslot(store, slot);
	}
	ExecDropSingleTupleTableSlot(slot);
	MemoryContextSwitchTo(former);
	return (Datum) 0;
}

/* "name=value, ..." of any row. */
PG_FUNCTION_INFO_V1(row_describe);
Datum
row_describe(PG_FUNCTION_ARGS)
{
	HeapTupleHeader row = PG_GETARG_HEAPTUPLEHEADER(0);
	TupleDesc desc =
		lookup_rowtype_tupdesc(HeapTupleHeaderGetTypeId(row), HeapTupleHeaderGetTypMod(row));
	StringInfoData text;
	int i;

	initStringInfo(&text);
	for (i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);
		Oid output;
		bool varlena, isnull;
		Datum value;

		if (att->attisdropped)
			continue;
		value = GetAttributeByNum(row, i + 1, &isnull);
		getTypeOutputInfo(att->atttypid, &output, &varlena);
		appendStringInfo(&text, "%s%s=%s", text.len > 0 ? ", " : "", NameStr(att->attname),
						 isnull ? "null" : OidOutputFunctionCall(output, value));
	}
	ReleaseTupleDesc(desc);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(text.data, text.len));
}

/* A named column of a row, as text. */
PG_FUNCTION_INFO_V1(row_number);
Datum
row_number(PG_FUNCTION_ARGS)
{
	bool isnull;
	Datum value = GetAttributeByName(PG_GETARG_HEAPTUPLEHEADER(0), "number", &isnull);

	if (isnull)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(value);
}

/* What the place that calls says of itself. */
PG_FUNCTION_INFO_V1(call_types);
Datum
call_types(PG_FUNCTION_ARGS)
{
	StringInfoData text;
	int i;

	initStringInfo(&text);
	for (i = 0; i < PG_NARGS(); i++)
		appendStringInfo(&text, "%s%s", i > 0 ? ", " : "",
						 format_type_be(get_fn_expr_argtype(fcinfo->flinfo, i)));
	appendStringInfo(&text, " -> %s%s", format_type_be(get_fn_expr_rettype(fcinfo->flinfo)),
					 get_fn_expr_variadic(fcinfo->flinfo) ? " variadic" : "");
	PG_RETURN_TEXT_P(cstring_to_text_with_len(text.data, text.len));
}

/* The first argument back, whatever its type. */
PG_FUNCTION_INFO_V1(any_same);
Datum
any_same(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

/* An array of the two arguments. */
PG_FUNCTION_INFO_V1(any_array);
Datum
any_array(PG_FUNCTION_ARGS)
{
	Oid type = get_fn_expr_argtype(fcinfo->flinfo, 0);
	Datum elements[2];
	int16 length;
	bool by_value;
	char align;

	get_typlenbyvalalign(type, &length, &by_value, &align);
	elements[0] = PG_GETARG_DATUM(0);
	elements[1] = PG_GETARG_DATUM(1);
	PG_RETURN_ARRAYTYPE_P(construct_array(elements, 2, type, length, by_value, align));
}

/* Number of arguments and their texts, however VARIADIC came. */
PG_FUNCTION_INFO_V1(any_list);
Datum
any_list(PG_FUNCTION_ARGS)
{
	Datum *values;
	Oid *types;
	bool *nulls;
	int count = extract_variadic_args(fcinfo, 0, true, &values, &types, &nulls);
	StringInfoData text;
	int i;

	if (count < 0)
		PG_RETURN_NULL();
	initStringInfo(&text);
	appendStringInfo(&text, "%d:", count);
	for (i = 0; i < count; i++)
	{
		Oid output;
		bool varlena;

		getTypeOutputInfo(types[i], &output, &varlena);
		appendStringInfo(&text, " %s",
						 nulls[i] ? "null" : OidOutputFunctionCall(output, values[i]));
	}
	PG_RETURN_TEXT_P(cstring_to_text_with_len(text.data, text.len));
}

/* Sum of an array of int4. */
PG_FUNCTION_INFO_V1(sum_array);
Datum
sum_array(PG_FUNCTION_ARGS)
{
	ArrayType *array = PG_GETARG_ARRAYTYPE_P(0);
	int count = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array)), i, sum = 0;

	for (i = 0; i < count; i++)
		sum += ((int32 *) ARR_DATA_PTR(array))[i];
	PG_RETURN_INT32(sum);
}

/* a * 100 + b * 10 + c, null counting as 9. */
PG_FUNCTION_INFO_V1(three_digits);
Datum
three_digits(PG_FUNCTION_ARGS)
{
	int result = 0, i;

	for (i = 0; i < 3; i++)
		result = result * 10 + (PG_ARGISNULL(i) ? 9 : PG_GETARG_INT32(i));
	PG_RETURN_INT32(result);
}

/* OUT parameters: half and remainder. */
PG_FUNCTION_INFO_V1(halve);
Datum
halve(PG_FUNCTION_ARGS)
{
	TupleDesc desc;
	Datum values[2];
	bool nulls[2] = {false, false};

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	values[0] = Int32GetDatum(PG_GETARG_INT32(0) / 2);
	values[1] = Int32GetDatum(PG_GETARG_INT32(0) % 2);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(desc, values, nulls)));
}

/* One of several OUT parameters' types is the argument's. */
PG_FUNCTION_INFO_V1(with_type);
Datum
with_type(PG_FUNCTION_ARGS)
{
	TupleDesc desc;
	Datum values[2];
	bool nulls[2] = {false, false};

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	values[0] = PG_GETARG_DATUM(0);
	values[1] = CStringGetTextDatum(format_type_be(TupleDescAttr(desc, 0)->atttypid));
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls)));
}
