/*
 * pg_subscription_rel.h
 *		Rows of the catalog pg_subscription_rel: tables of subscriptions.
 */
#ifndef PG_SUBSCRIPTION_REL_H
#define PG_SUBSCRIPTION_REL_H

#include "postgres.h"

#include "access/xlogdefs.h"
#include "catalog/pg_subscription_rel_d.h"
#include "nodes/pg_list.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_subscription_rel
{
	Oid srsubid;
	Oid srrelid;
	char srsubstate;
} FormData_pg_subscription_rel;

typedef FormData_pg_subscription_rel *Form_pg_subscription_rel;

PG_END_EXTERN_C

#endif /* PG_SUBSCRIPTION_REL_H */
