/*
 * pg_authid.h
 *		Rows of the catalog pg_authid: roles.
 */
#ifndef PG_AUTHID_H
#define PG_AUTHID_H

#include "postgres.h"

#include "catalog/pg_authid_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_authid
{
	Oid oid;
	NameData rolname;
	bool rolsuper;
	bool rolinherit;
	bool rolcreaterole;
	bool rolcreatedb;
	bool rolcanlogin;
	bool rolreplication;
	bool rolbypassrls;
	int32 rolconnlimit;
} FormData_pg_authid;

typedef FormData_pg_authid *Form_pg_authid;

PG_END_EXTERN_C

#endif /* PG_AUTHID_H */
