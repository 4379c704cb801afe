/*
 * pg_seclabel.h
 *		Rows of the catalog pg_seclabel: security labels.
 */
#ifndef PG_SECLABEL_H
#define PG_SECLABEL_H

#include "postgres.h"

#include "catalog/pg_seclabel_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_seclabel
{
	Oid objoid;
	Oid classoid;
	int32 objsubid;
} FormData_pg_seclabel;

typedef FormData_pg_seclabel *Form_pg_seclabel;

PG_END_EXTERN_C

#endif /* PG_SECLABEL_H */
