/*
 * pg_default_acl.h
 *		Rows of the catalog pg_default_acl: default rights.
 */
#ifndef PG_DEFAULT_ACL_H
#define PG_DEFAULT_ACL_H

#include "postgres.h"

#include "catalog/pg_default_acl_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_default_acl
{
	Oid oid;
	Oid defaclrole;
	Oid defaclnamespace;
	char defaclobjtype;
} FormData_pg_default_acl;

typedef FormData_pg_default_acl *Form_pg_default_acl;

PG_END_EXTERN_C

#endif /* PG_DEFAULT_ACL_H */
