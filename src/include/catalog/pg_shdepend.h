/*
 * pg_shdepend.h
 *		Rows of the catalog pg_shdepend: dependencies on shared objects.
 */
#ifndef PG_SHDEPEND_H
#define PG_SHDEPEND_H

#include "postgres.h"

#include "catalog/pg_shdepend_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_shdepend
{
	Oid dbid;
	Oid classid;
	Oid objid;
	int32 objsubid;
	Oid refclassid;
	Oid refobjid;
	char deptype;
} FormData_pg_shdepend;

typedef FormData_pg_shdepend *Form_pg_shdepend;

PG_END_EXTERN_C

#endif /* PG_SHDEPEND_H */
