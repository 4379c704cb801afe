/*
 * pg_shdescription.h
 *		Rows of the catalog pg_shdescription: comments on shared objects.
 */
#ifndef PG_SHDESCRIPTION_H
#define PG_SHDESCRIPTION_H

#include "postgres.h"

#include "catalog/pg_shdescription_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_shdescription
{
	Oid objoid;
	Oid classoid;
} FormData_pg_shdescription;

typedef FormData_pg_shdescription *Form_pg_shdescription;

PG_END_EXTERN_C

#endif /* PG_SHDESCRIPTION_H */
