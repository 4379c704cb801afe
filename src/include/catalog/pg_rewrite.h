/*
 * pg_rewrite.h
 *		Rows of the catalog pg_rewrite: rules and queries of views.
 */
#ifndef PG_REWRITE_H
#define PG_REWRITE_H

#include "postgres.h"

#include "catalog/pg_rewrite_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_rewrite
{
	Oid oid;
	NameData rulename;
	Oid ev_class;
	char ev_type;
	char ev_enabled;
	bool is_instead;
} FormData_pg_rewrite;

typedef FormData_pg_rewrite *Form_pg_rewrite;

PG_END_EXTERN_C

#endif /* PG_REWRITE_H */
