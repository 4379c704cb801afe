/*
 * pg_range.h
 *		Rows of the catalog pg_range: range types.
 */
#ifndef PG_RANGE_H
#define PG_RANGE_H

#include "postgres.h"

#include "catalog/pg_range_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_range
{
	Oid rngtypid;
	Oid rngsubtype;
	Oid rngmultitypid;
	Oid rngcollation;
	Oid rngsubopc;
	regproc rngcanonical;
	regproc rngsubdiff;
} FormData_pg_range;

typedef FormData_pg_range *Form_pg_range;

PG_END_EXTERN_C

#endif /* PG_RANGE_H */
