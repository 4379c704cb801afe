/*
 * pg_partitioned_table.h
 *		Rows of the catalog pg_partitioned_table: partitioned tables.
 */
#ifndef PG_PARTITIONED_TABLE_H
#define PG_PARTITIONED_TABLE_H

#include "postgres.h"

#include "catalog/pg_partitioned_table_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_partitioned_table
{
	Oid partrelid;
	char partstrat;
	int16 partnatts;
	Oid partdefid;
	int2vector partattrs;
} FormData_pg_partitioned_table;

typedef FormData_pg_partitioned_table *Form_pg_partitioned_table;

PG_END_EXTERN_C

#endif /* PG_PARTITIONED_TABLE_H */
