/*
 * regress_functions.c
 *		Functions that regression files and session tests call from SQL.
 *
 * Builds for PostgreSQL 15 as well, so that expected outputs come from there.
 */
#include "postgres.h"

#include "access/xact.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/timestamp.h"

PG_MODULE_MAGIC;

/* ---- Each type that has a C form, given back changed where that is easy ---- */

PG_FUNCTION_INFO_V1(next_int2);
Datum
next_int2(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT16(PG_GETARG_INT16(0) + 1);
}

PG_FUNCTION_INFO_V1(next_int4);
Datum
next_int4(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PG_GETARG_INT32(0) + 1);
}

PG_FUNCTION_INFO_V1(next_int8);
Datum
next_int8(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_INT64(0) + 1);
}

PG_FUNCTION_INFO_V1(negate);
Datum
negate(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!PG_GETARG_BOOL(0));
}

PG_FUNCTION_INFO_V1(half_float4);
Datum
half_float4(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT4(PG_GETARG_FLOAT4(0) / 2);
}

PG_FUNCTION_INFO_V1(half_float8);
Datum
half_float8(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(PG_GETARG_FLOAT8(0) / 2);
}

PG_FUNCTION_INFO_V1(twice_text);
Datum
twice_text(PG_FUNCTION_ARGS)
{
	char *once = text_to_cstring(PG_GETARG_TEXT_PP(0));

	PG_RETURN_TEXT_P(cstring_to_text(psprintf("%s%s", once, once)));
}

/* Turns the bytes around. */
PG_FUNCTION_INFO_V1(turn_bytea);
Datum
turn_bytea(PG_FUNCTION_ARGS)
{
	bytea *given = PG_GETARG_BYTEA_PP(0);
	int length = VARSIZE_ANY_EXHDR(given);
	bytea *result = (bytea *) palloc(length + VARHDRSZ);

	SET_VARSIZE(result, length + VARHDRSZ);
	for (int i = 0; i < length; i++)
		VARDATA(result)[i] = VARDATA_ANY(given)[length - 1 - i];
	PG_RETURN_BYTEA_P(result);
}

PG_FUNCTION_INFO_V1(same_name);
Datum
same_name(PG_FUNCTION_ARGS)
{
	Name result = (Name) palloc0(NAMEDATALEN);

	strlcpy(NameStr(*result), NameStr(*PG_GETARG_NAME(0)), NAMEDATALEN);
	PG_RETURN_NAME(result);
}

PG_FUNCTION_INFO_V1(same_oid);
Datum
same_oid(PG_FUNCTION_ARGS)
{
	PG_RETURN_OID(PG_GETARG_OID(0));
}

/* One microsecond later; timestamp and timestamptz have one form. */
PG_FUNCTION_INFO_V1(later);
Datum
later(PG_FUNCTION_ARGS)
{
	PG_RETURN_TIMESTAMPTZ(PG_GETARG_TIMESTAMPTZ(0) + 1);
}

PG_FUNCTION_INFO_V1(tomorrow);
Datum
tomorrow(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATEADT(PG_GETARG_DATEADT(0) + 1);
}

PG_FUNCTION_INFO_V1(longer);
Datum
longer(PG_FUNCTION_ARGS)
{
	Interval *result = (Interval *) palloc(sizeof(Interval));

	*result = *PG_GETARG_INTERVAL_P(0);
	result->day++;
	PG_RETURN_INTERVAL_P(result);
}

PG_FUNCTION_INFO_V1(shout);
Datum
shout(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(psprintf("%s!", PG_GETARG_CSTRING(0)));
}

/* ---- Nulls, arguments, nothing ---- */

PG_FUNCTION_INFO_V1(count_nulls);
Datum
count_nulls(PG_FUNCTION_ARGS)
{
	int count = 0;

	for (int i = 0; i < PG_NARGS(); i++)
		count += PG_ARGISNULL(i);
	PG_RETURN_INT32(count);
}

PG_FUNCTION_INFO_V1(always_null);
Datum
always_null(PG_FUNCTION_ARGS)
{
	PG_RETURN_NULL();
}

PG_FUNCTION_INFO_V1(do_nothing);
Datum
do_nothing(PG_FUNCTION_ARGS)
{
	PG_RETURN_VOID();
}

/* a - b * c */
PG_FUNCTION_INFO_V1(combine);
Datum
combine(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PG_GETARG_INT32(0) - PG_GETARG_INT32(1) * PG_GETARG_INT32(2));
}

/* Ten arguments. */
PG_FUNCTION_INFO_V1(sum_of_ten);
Datum
sum_of_ten(PG_FUNCTION_ARGS)
{
	int32 sum = 0;

	for (int i = 0; i < 10; i++)
		sum += PG_GETARG_INT32(i);
	PG_RETURN_INT32(sum);
}

/* ---- Errors, memory, SPI ---- */

PG_FUNCTION_INFO_V1(fail_with);
Datum
fail_with(PG_FUNCTION_ARGS)
{
	ereport(ERROR, (errcode(ERRCODE_CHECK_VIOLATION),
					errmsg("asked to fail: %s", text_to_cstring(PG_GETARG_TEXT_PP(0))),
					errdetail("It was asked for."), errhint("Do not ask.")));
}

/* How often this call site has been called in this run of its statement. */
PG_FUNCTION_INFO_V1(nth_call);
Datum
nth_call(PG_FUNCTION_ARGS)
{
	int32 *count = (int32 *) fcinfo->flinfo->fn_extra;

	if (count == NULL)
	{
		count = (int32 *) MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(int32));
		fcinfo->flinfo->fn_extra = count;
	}
	PG_RETURN_INT32(++*count);
}

/* Allocates and forgets so many bytes. */
PG_FUNCTION_INFO_V1(forget_memory);
Datum
forget_memory(PG_FUNCTION_ARGS)
{
	int32 size = PG_GETARG_INT32(0);

	memset(palloc(size), 1, size);
	PG_RETURN_INT32(size);
}

/* First column of the first row that a statement gives, as text; null when there is none. */
PG_FUNCTION_INFO_V1(ask);
Datum
ask(PG_FUNCTION_ARGS)
{
	char *answer = NULL;
	MemoryContext caller = CurrentMemoryContext;

	SPI_connect();
	if (SPI_execute(text_to_cstring(PG_GETARG_TEXT_PP(0)), false, 0) > 0 && SPI_processed > 0 &&
		SPI_tuptable != NULL)
	{
		answer = SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1);
		if (answer != NULL)
			answer = MemoryContextStrdup(caller, answer);
	}
	SPI_finish();
	if (answer == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(answer));
}

/* The same in a subtransaction: an error gives its message. */
PG_FUNCTION_INFO_V1(try_to_ask);
Datum
try_to_ask(PG_FUNCTION_ARGS)
{
	MemoryContext context = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;
	Datum result = (Datum) 0;

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(context);
	PG_TRY();
	{
		result = ask(fcinfo);
		ReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		ErrorData *error;

		MemoryContextSwitchTo(context);
		error = CopyErrorData();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
		result = CStringGetTextDatum(psprintf("error: %s", error->message));
		fcinfo->isnull = false;
	}
	PG_END_TRY();
	MemoryContextSwitchTo(context);
	CurrentResourceOwner = owner;
	return result;
}

/* Runs until it is interrupted. */
PG_FUNCTION_INFO_V1(run_for_ever);
Datum
run_for_ever(PG_FUNCTION_ARGS)
{
	for (;;)
	{
		CHECK_FOR_INTERRUPTS();
		pg_usleep(1000);
	}
}

/* ---- Sets ---- */

/* The words of a text, one by one; a "-" gives a null. */
PG_FUNCTION_INFO_V1(words);
Datum
words(PG_FUNCTION_ARGS)
{
	FuncCallContext *context;
	char *word;

	if (SRF_IS_FIRSTCALL())
	{
		context = SRF_FIRSTCALL_INIT();
		context->user_fctx = MemoryContextStrdup(context->multi_call_memory_ctx,
												 text_to_cstring(PG_GETARG_TEXT_PP(0)));
	}
	context = SRF_PERCALL_SETUP();
	word = strsep((char **) &context->user_fctx, " ");
	if (word == NULL)
		SRF_RETURN_DONE(context);
	if (strcmp(word, "-") == 0)
		SRF_RETURN_NEXT_NULL(context);
	SRF_RETURN_NEXT(context, CStringGetTextDatum(word));
}

/* Without PG_FUNCTION_INFO_V1. */
PGDLLEXPORT Datum unannounced(PG_FUNCTION_ARGS);
Datum
unannounced(PG_FUNCTION_ARGS)
{
	PG_RETURN_NULL();
}

/* ---- Procedures ---- */

/* p(count, INOUT done): writes rows; commits the even ones, rolls the others back; counts the commits. */
PG_FUNCTION_INFO_V1(regress_batches);
Datum
regress_batches(PG_FUNCTION_ARGS)
{
	bool nonatomic = fcinfo->context != NULL && IsA(fcinfo->context, CallContext) &&
					 !((CallContext *) fcinfo->context)->atomic;
	int32 count = PG_GETARG_INT32(0);
	int32 done = PG_GETARG_INT32(1);
	bool nulls[1] = {false};
	Datum values[1];
	TupleDesc desc;

	SPI_connect_ext(nonatomic ? SPI_OPT_NONATOMIC : 0);
	for (int32 i = 1; i <= count; i++)
	{
		SPI_execute(psprintf("INSERT INTO log VALUES (%d, 'in C')", i), false, 0);
		if (i % 2 == 0)
		{
			SPI_commit();
			done++;
		}
		else
			SPI_rollback();
	}
	SPI_finish();
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "no row type");
	values[0] = Int32GetDatum(done);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls)));
}

/* Raises: its frame is atomic. */
PG_FUNCTION_INFO_V1(regress_commit);
Datum
regress_commit(PG_FUNCTION_ARGS)
{
	(void) fcinfo;
	SPI_connect();
	SPI_commit();
	SPI_finish();
	PG_RETURN_VOID();
}
