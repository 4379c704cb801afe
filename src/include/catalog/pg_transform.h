/*
 * pg_transform.h
 *		Rows of the catalog pg_transform: transforms.
 */
#ifndef PG_TRANSFORM_H
#define PG_TRANSFORM_H

#include "postgres.h"

#include "catalog/pg_transform_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_transform
{
	Oid oid;
	Oid trftype;
	Oid trflang;
	regproc trffromsql;
	regproc trftosql;
} FormData_pg_transform;

typedef FormData_pg_transform *Form_pg_transform;

PG_END_EXTERN_C

#endif /* PG_TRANSFORM_H */
