/*
 * pg_largeobject.h
 *		Rows of the catalog pg_largeobject: data of large objects.
 */
#ifndef PG_LARGEOBJECT_H
#define PG_LARGEOBJECT_H

#include "postgres.h"

#include "catalog/pg_largeobject_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_largeobject
{
	Oid loid;
	int32 pageno;
	bytea data;
} FormData_pg_largeobject;

typedef FormData_pg_largeobject *Form_pg_largeobject;

PG_END_EXTERN_C

#endif /* PG_LARGEOBJECT_H */
