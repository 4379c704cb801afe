/*
 * pg_statistic_ext_data.h
 *		Rows of the catalog pg_statistic_ext_data: data of extended statistics.
 */
#ifndef PG_STATISTIC_EXT_DATA_H
#define PG_STATISTIC_EXT_DATA_H

#include "postgres.h"

#include "catalog/pg_statistic_ext_data_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_statistic_ext_data
{
	Oid stxoid;
	bool stxdinherit;
} FormData_pg_statistic_ext_data;

typedef FormData_pg_statistic_ext_data *Form_pg_statistic_ext_data;

PG_END_EXTERN_C

#endif /* PG_STATISTIC_EXT_DATA_H */
