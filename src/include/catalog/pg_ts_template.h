/*
 * pg_ts_template.h
 *		Rows of the catalog pg_ts_template: text search templates.
 */
#ifndef PG_TS_TEMPLATE_H
#define PG_TS_TEMPLATE_H

#include "postgres.h"

#include "catalog/pg_ts_template_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_ts_template
{
	Oid oid;
	NameData tmplname;
	Oid tmplnamespace;
	regproc tmplinit;
	regproc tmpllexize;
} FormData_pg_ts_template;

typedef FormData_pg_ts_template *Form_pg_ts_template;

PG_END_EXTERN_C

#endif /* PG_TS_TEMPLATE_H */
