/*
 * pg_description.h
 *		Rows of the catalog pg_description: comments.
 */
#ifndef PG_DESCRIPTION_H
#define PG_DESCRIPTION_H

#include "postgres.h"

#include "catalog/pg_description_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_description
{
	Oid objoid;
	Oid classoid;
	int32 objsubid;
} FormData_pg_description;

typedef FormData_pg_description *Form_pg_description;

PG_END_EXTERN_C

#endif /* PG_DESCRIPTION_H */
