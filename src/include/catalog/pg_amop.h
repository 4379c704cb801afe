/*
 * pg_amop.h
 *		Rows of the catalog pg_amop: operators of operator families.
 */
#ifndef PG_AMOP_H
#define PG_AMOP_H

#include "postgres.h"

#include "catalog/pg_amop_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_amop
{
	Oid oid;
	Oid amopfamily;
	Oid amoplefttype;
	Oid amoprighttype;
	int16 amopstrategy;
	char amoppurpose;
	Oid amopopr;
	Oid amopmethod;
	Oid amopsortfamily;
} FormData_pg_amop;

typedef FormData_pg_amop *Form_pg_amop;

PG_END_EXTERN_C

#endif /* PG_AMOP_H */
