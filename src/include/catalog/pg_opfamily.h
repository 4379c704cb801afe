/*
 * pg_opfamily.h
 *		Rows of the catalog pg_opfamily: operator families.
 */
#ifndef PG_OPFAMILY_H
#define PG_OPFAMILY_H

#include "postgres.h"

#include "catalog/pg_opfamily_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_opfamily
{
	Oid oid;
	Oid opfmethod;
	NameData opfname;
	Oid opfnamespace;
	Oid opfowner;
} FormData_pg_opfamily;

typedef FormData_pg_opfamily *Form_pg_opfamily;

PG_END_EXTERN_C

#endif /* PG_OPFAMILY_H */
