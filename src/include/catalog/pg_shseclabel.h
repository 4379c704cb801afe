/*
 * pg_shseclabel.h
 *		Rows of the catalog pg_shseclabel: security labels of shared objects.
 */
#ifndef PG_SHSECLABEL_H
#define PG_SHSECLABEL_H

#include "postgres.h"

#include "catalog/pg_shseclabel_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_shseclabel
{
	Oid objoid;
	Oid classoid;
} FormData_pg_shseclabel;

typedef FormData_pg_shseclabel *Form_pg_shseclabel;

PG_END_EXTERN_C

#endif /* PG_SHSECLABEL_H */
