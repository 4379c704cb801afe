/*
 * pg_parameter_acl.h
 *		Rows of the catalog pg_parameter_acl: rights on settings.
 */
#ifndef PG_PARAMETER_ACL_H
#define PG_PARAMETER_ACL_H

#include "postgres.h"

#include "catalog/pg_parameter_acl_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_parameter_acl
{
	Oid oid;
} FormData_pg_parameter_acl;

typedef FormData_pg_parameter_acl *Form_pg_parameter_acl;

PG_END_EXTERN_C

#endif /* PG_PARAMETER_ACL_H */
