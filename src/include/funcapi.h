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

PG_END_EXTERN_C

#endif /* FUNCAPI_H */
