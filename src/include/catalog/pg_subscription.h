/*
 * pg_subscription.h
 *		Rows of the catalog pg_subscription: subscriptions.
 */
#ifndef PG_SUBSCRIPTION_H
#define PG_SUBSCRIPTION_H

#include "postgres.h"

#include "access/xlogdefs.h"
#include "catalog/pg_subscription_d.h"
#include "nodes/pg_list.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_subscription
{
	Oid oid;
	Oid subdbid;
	XLogRecPtr subskiplsn;
	NameData subname;
	Oid subowner;
	bool subenabled;
	bool subbinary;
	bool substream;
	char subtwophasestate;
	bool subdisableonerr;
} FormData_pg_subscription;

typedef FormData_pg_subscription *Form_pg_subscription;

PG_END_EXTERN_C

#endif /* PG_SUBSCRIPTION_H */
