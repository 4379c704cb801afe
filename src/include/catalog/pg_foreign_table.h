/*
 * pg_foreign_table.h
 *		Rows of the catalog pg_foreign_table: foreign tables.
 */
#ifndef PG_FOREIGN_TABLE_H
#define PG_FOREIGN_TABLE_H

#include "postgres.h"

#include "catalog/pg_foreign_table_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_foreign_table
{
	Oid ftrelid;
	Oid ftserver;
} FormData_pg_foreign_table;

typedef FormData_pg_foreign_table *Form_pg_foreign_table;

PG_END_EXTERN_C

#endif /* PG_FOREIGN_TABLE_H */
