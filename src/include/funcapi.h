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
#include "executor/executor.h"
#include "executor/tuptable.h"
#include "fmgr.h"
#include "nodes/execnodes.h"
#include "utils/tuplestore.h"

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

/* The same of a function by its OID, which tells less, and of what fn_expr points to. */
extern TypeFuncClass get_func_result_type(Oid functionId, Oid *resultTypeId,
										  TupleDesc *resultTupleDesc);
extern TypeFuncClass get_expr_result_type(fmNodePtr expr, Oid *resultTypeId,
										  TupleDesc *resultTupleDesc);
/* The columns of a row type; ERROR 42809 for other types unless noError, then NULL. */
extern TupleDesc get_expr_result_tupdesc(fmNodePtr expr, bool noError);
/* Of a row of pg_proc: types, names and modes of all parameters, palloc'd; *p_argmodes and *p_argnames may come back NULL. */
extern int get_func_arg_info(HeapTuple procTup, Oid **p_argtypes, char ***p_argnames,
							 char **p_argmodes);
/* Name of the one OUT parameter, or NULL. */
extern char *get_func_result_name(Oid functionId);
/* Columns of a table or composite type, or one column named after colaliases. */
extern TupleDesc RelationNameGetTupleDesc(const char *relname);
extern TupleDesc TypeGetTupleDesc(Oid typeoid, List *colaliases);

/* Columns with their input functions, for rows given as C strings (NULL: null). */
typedef struct AttInMetadata
{
	TupleDesc tupdesc;
	FmgrInfo *attinfuncs;
	Oid *attioparams;
	int32 *atttypmods;
} AttInMetadata;

extern AttInMetadata *TupleDescGetAttInMetadata(TupleDesc tupdesc);
extern HeapTuple BuildTupleFromCStrings(AttInMetadata *attinmeta, char **values);

/*
 * Prepares fcinfo->resultinfo for a function that returns its whole set at once: an empty tuplestore in setResult and its
 * columns in setDesc, to be filled by tuplestore_putvalues. Flags are bits of the two below. ERROR 0A000 when the caller takes
 * no set this way.
 */
#define MAT_SRF_USE_EXPECTED_DESC \
	0x01				   /* the columns that the caller expects, not the declared ones */
#define MAT_SRF_BLESS 0x02 /* the description gets registered */
extern void InitMaterializedSRF(FunctionCallInfo fcinfo, bits32 flags);
#define SRF_SINGLE_USE_EXPECTED MAT_SRF_USE_EXPECTED_DESC
#define SRF_SINGLE_BLESS MAT_SRF_BLESS
#define SetSingleFuncCall(fcinfo, flags) InitMaterializedSRF(fcinfo, flags)

/*
 * The arguments from variadic_start on, or the elements of the array when the call says VARIADIC. Returns how many; -1: the
 * array is null. Arrays are palloc'd. With convert_unknown literals become text.
 */
extern int extract_variadic_args(FunctionCallInfo fcinfo, int variadic_start, bool convert_unknown,
								 Datum **args, Oid **types, bool **nulls);

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
