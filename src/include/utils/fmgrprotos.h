/*
 * fmgrprotos.h
 *		Built-in SQL functions that C may call directly, through DirectFunctionCall.
 *
 * Each takes and returns Datums as its SQL declaration says. A function is listed when it is defined under this name.
 */
#ifndef FMGRPROTOS_H
#define FMGRPROTOS_H

#include "postgres.h"

#include "fmgr.h"

PG_BEGIN_EXTERN_C

extern Datum pg_reload_conf(PG_FUNCTION_ARGS); /* () -> bool */

PG_END_EXTERN_C

#endif /* FMGRPROTOS_H */
