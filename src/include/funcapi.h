/*
 * funcapi.h
 *		Functions that return rows.
 *
 * Processes with a database connection.
 */
#ifndef FUNCAPI_H
#define FUNCAPI_H

#include "postgres.h"

#include "access/htup.h"
#include "access/htup_details.h"
#include "access/tupdesc.h"
#include "fmgr.h"
#include "nodes/execnodes.h"

PG_BEGIN_EXTERN_C

/* Shape of a function's result. */
typedef enum TypeFuncClass
{
	TYPEFUNC_SCALAR,
	TYPEFUNC_COMPOSITE,
	TYPEFUNC_COMPOSITE_DOMAIN,
	TYPEFUNC_RECORD,
	TYPEFUNC_OTHER
} TypeFuncClass;

/* What the running function is expected to return; either pointer may be NULL. The description is palloc'd. */
extern TypeFuncClass get_call_result_type(FunctionCallInfo fcinfo, Oid *resultTypeId,
										  TupleDesc *resultTupleDesc);

/* Registers a record type, so that values of it can be told apart later; returns tupdesc. */
extern TupleDesc BlessTupleDesc(TupleDesc tupdesc);
/* A row as a Datum. */
extern Datum HeapTupleHeaderGetDatum(HeapTupleHeader tuple);
#define HeapTupleGetDatum(tuple) HeapTupleHeaderGetDatum((tuple)->t_data)

/*
 * Functions that return a set, one value per call:
 *
 *		FuncCallContext *context;
 *
 *		if (SRF_IS_FIRSTCALL())
 *		{
 *			context = SRF_FIRSTCALL_INIT();
 *			context->max_calls = 3;		(what is to last is palloc'd in multi_call_memory_ctx)
 *		}
 *		context = SRF_PERCALL_SETUP();
 *		if (context->call_cntr < context->max_calls)
 *			SRF_RETURN_NEXT(context, Int64GetDatum(context->call_cntr));
 *		SRF_RETURN_DONE(context);
 */
typedef struct AttInMetadata AttInMetadata;

typedef struct FuncCallContext
{
	uint64 call_cntr; /* values returned so far */
	uint64 max_calls; /* for the function alone */
	void *user_fctx;  /* for the function alone */
	AttInMetadata *attinmeta;
	MemoryContext multi_call_memory_ctx; /* lasts until the set is at its end */
	TupleDesc tuple_desc;
} FuncCallContext;

/* ERROR 0A000 when the caller wants no set. */
extern FuncCallContext *init_MultiFuncCall(PG_FUNCTION_ARGS);
extern FuncCallContext *per_MultiFuncCall(PG_FUNCTION_ARGS);
extern void end_MultiFuncCall(PG_FUNCTION_ARGS, FuncCallContext *funcctx);

#define SRF_IS_FIRSTCALL() (fcinfo->flinfo->fn_extra == NULL)
#define SRF_FIRSTCALL_INIT() init_MultiFuncCall(fcinfo)
#define SRF_PERCALL_SETUP() per_MultiFuncCall(fcinfo)
#define SRF_RETURN_NEXT(funcctx, result)                                              \
	do                                                                                \
	{                                                                                 \
		(funcctx)->call_cntr++;                                                       \
		((ReturnSetInfo *) (void *) fcinfo->resultinfo)->isDone = ExprMultipleResult; \
		PG_RETURN_DATUM(result);                                                      \
	} while (0)
#define SRF_RETURN_NEXT_NULL(funcctx)                                                 \
	do                                                                                \
	{                                                                                 \
		(funcctx)->call_cntr++;                                                       \
		((ReturnSetInfo *) (void *) fcinfo->resultinfo)->isDone = ExprMultipleResult; \
		PG_RETURN_NULL();                                                             \
	} while (0)
#define SRF_RETURN_DONE(funcctx)                                                 \
	do                                                                           \
	{                                                                            \
		end_MultiFuncCall(fcinfo, funcctx);                                      \
		((ReturnSetInfo *) (void *) fcinfo->resultinfo)->isDone = ExprEndResult; \
		PG_RETURN_NULL();                                                        \
	} while (0)

PG_END_EXTERN_C

#endif /* FUNCAPI_H */
