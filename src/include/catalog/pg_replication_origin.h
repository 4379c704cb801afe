/*
 * pg_replication_origin.h
 *		Rows of the catalog pg_replication_origin: origins of replication.
 */
#ifndef PG_REPLICATION_ORIGIN_H
#define PG_REPLICATION_ORIGIN_H

#include "postgres.h"

#include "access/xlogdefs.h"
#include "catalog/pg_replication_origin_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_replication_origin
{
	Oid roident;
	text roname;
} FormData_pg_replication_origin;

typedef FormData_pg_replication_origin *Form_pg_replication_origin;

PG_END_EXTERN_C

#endif /* PG_REPLICATION_ORIGIN_H */
