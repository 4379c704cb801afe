/*
 * parse_func.h
 *		Functions by name.
 *
 * Processes with a database connection, within a transaction.
 */
#ifndef PARSE_FUNC_H
#define PARSE_FUNC_H

#include "postgres.h"

#include "catalog/namespace.h"
#include "parser/parse_node.h"

PG_BEGIN_EXTERN_C

/* The function with exactly these arguments, through the search path unless funcname has a schema; nargs -1: whatever
 * the arguments are, if there is one only. Not there: InvalidOid with missing_ok, else ERROR 42883. Several with nargs -1: ERROR 42725. */
extern Oid LookupFuncName(List *funcname, int nargs, const Oid *argtypes, bool missing_ok);

PG_END_EXTERN_C

#endif /* PARSE_FUNC_H */
