/*
 * pg_statistic_ext.h
 *		Rows of the catalog pg_statistic_ext: extended statistics.
 */
#ifndef PG_STATISTIC_EXT_H
#define PG_STATISTIC_EXT_H

#include "postgres.h"

#include "catalog/pg_statistic_ext_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_statistic_ext
{
	Oid oid;
	Oid stxrelid;
	NameData stxname;
	Oid stxnamespace;
	Oid stxowner;
	int32 stxstattarget;
	int2vector stxkeys;
} FormData_pg_statistic_ext;

typedef FormData_pg_statistic_ext *Form_pg_statistic_ext;

PG_END_EXTERN_C

#endif /* PG_STATISTIC_EXT_H */
