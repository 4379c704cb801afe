/*
 * pg_am.h
 *		Rows of the catalog pg_am: access methods.
 */
#ifndef PG_AM_H
#define PG_AM_H

#include "postgres.h"

#include "catalog/pg_am_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_am
{
	Oid oid;
	NameData amname;
	regproc amhandler;
	char amtype;
} FormData_pg_am;

typedef FormData_pg_am *Form_pg_am;

PG_END_EXTERN_C

#endif /* PG_AM_H */
