/*
 * pg_tablespace.h
 *		Rows of the catalog pg_tablespace: tablespaces.
 */
#ifndef PG_TABLESPACE_H
#define PG_TABLESPACE_H

#include "postgres.h"

#include "catalog/pg_tablespace_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_tablespace
{
	Oid oid;
	NameData spcname;
	Oid spcowner;
} FormData_pg_tablespace;

typedef FormData_pg_tablespace *Form_pg_tablespace;

PG_END_EXTERN_C

#endif /* PG_TABLESPACE_H */
