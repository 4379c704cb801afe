/*
 * regproc.h
 *		Names of functions and of other objects, as text.
 *
 * Processes with a database connection, within a transaction.
 */
#ifndef REGPROC_H
#define REGPROC_H

#include "postgres.h"

#include "nodes/pg_list.h"

PG_BEGIN_EXTERN_C

/* "a.b" with SQL's quoting to a list of String nodes. ERROR 42602 for a bad name. */
extern List *stringToQualifiedNameList(const char *string);
/* name(types) as regprocedure shows it, palloc'd; digits when there is no such function. */
extern char *format_procedure(Oid procedure_oid);
extern char *format_procedure_qualified(Oid procedure_oid);

PG_END_EXTERN_C

#endif /* REGPROC_H */
