/*
 * pg_attrdef.h
 *		Rows of the catalog pg_attrdef: defaults of columns.
 */
#ifndef PG_ATTRDEF_H
#define PG_ATTRDEF_H

#include "postgres.h"

#include "catalog/objectaddress.h"
#include "catalog/pg_attrdef_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_attrdef
{
	Oid oid;
	Oid adrelid;
	int16 adnum;
} FormData_pg_attrdef;

typedef FormData_pg_attrdef *Form_pg_attrdef;

PG_END_EXTERN_C

#endif /* PG_ATTRDEF_H */
