/*
 * pg_namespace.h
 *		Rows of the catalog pg_namespace: schemas.
 */
#ifndef PG_NAMESPACE_H
#define PG_NAMESPACE_H

#include "postgres.h"

#include "catalog/pg_namespace_d.h"
#include "utils/acl.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_namespace
{
	Oid oid;
	NameData nspname;
	Oid nspowner;
} FormData_pg_namespace;

typedef FormData_pg_namespace *Form_pg_namespace;

PG_END_EXTERN_C

#endif /* PG_NAMESPACE_H */
