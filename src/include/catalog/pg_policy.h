/*
 * pg_policy.h
 *		Rows of the catalog pg_policy: row security policies.
 */
#ifndef PG_POLICY_H
#define PG_POLICY_H

#include "postgres.h"

#include "catalog/pg_policy_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_policy
{
	Oid oid;
	NameData polname;
	Oid polrelid;
	char polcmd;
	bool polpermissive;
} FormData_pg_policy;

typedef FormData_pg_policy *Form_pg_policy;

PG_END_EXTERN_C

#endif /* PG_POLICY_H */
