/*
 * pg_amproc.h
 *		Rows of the catalog pg_amproc: support functions of operator families.
 */
#ifndef PG_AMPROC_H
#define PG_AMPROC_H

#include "postgres.h"

#include "catalog/pg_amproc_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_amproc
{
	Oid oid;
	Oid amprocfamily;
	Oid amproclefttype;
	Oid amprocrighttype;
	int16 amprocnum;
	regproc amproc;
} FormData_pg_amproc;

typedef FormData_pg_amproc *Form_pg_amproc;

PG_END_EXTERN_C

#endif /* PG_AMPROC_H */
