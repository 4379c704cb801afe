/*
 * pg_init_privs.h
 *		Rows of the catalog pg_init_privs: first rights of objects.
 */
#ifndef PG_INIT_PRIVS_H
#define PG_INIT_PRIVS_H

#include "postgres.h"

#include "catalog/pg_init_privs_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_init_privs
{
	Oid objoid;
	Oid classoid;
	int32 objsubid;
	char privtype;
} FormData_pg_init_privs;

typedef FormData_pg_init_privs *Form_pg_init_privs;

PG_END_EXTERN_C

#endif /* PG_INIT_PRIVS_H */
