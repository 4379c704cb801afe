/*
 * pg_depend.h
 *		Rows of the catalog pg_depend: dependencies between objects.
 */
#ifndef PG_DEPEND_H
#define PG_DEPEND_H

#include "postgres.h"

#include "catalog/pg_depend_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_depend
{
	Oid classid;
	Oid objid;
	int32 objsubid;
	Oid refclassid;
	Oid refobjid;
	int32 refobjsubid;
	char deptype;
} FormData_pg_depend;

typedef FormData_pg_depend *Form_pg_depend;

PG_END_EXTERN_C

#endif /* PG_DEPEND_H */
