/*
 * pg_cast.h
 *		Rows of the catalog pg_cast: casts.
 */
#ifndef PG_CAST_H
#define PG_CAST_H

#include "postgres.h"

#include "catalog/dependency.h"
#include "catalog/pg_cast_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_cast
{
	Oid oid;
	Oid castsource;
	Oid casttarget;
	Oid castfunc;
	char castcontext;
	char castmethod;
} FormData_pg_cast;

typedef FormData_pg_cast *Form_pg_cast;

PG_END_EXTERN_C

#endif /* PG_CAST_H */
