/*
 * pg_foreign_data_wrapper.h
 *		Rows of the catalog pg_foreign_data_wrapper: foreign-data wrappers.
 */
#ifndef PG_FOREIGN_DATA_WRAPPER_H
#define PG_FOREIGN_DATA_WRAPPER_H

#include "postgres.h"

#include "catalog/pg_foreign_data_wrapper_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_foreign_data_wrapper
{
	Oid oid;
	NameData fdwname;
	Oid fdwowner;
	Oid fdwhandler;
	Oid fdwvalidator;
} FormData_pg_foreign_data_wrapper;

typedef FormData_pg_foreign_data_wrapper *Form_pg_foreign_data_wrapper;

PG_END_EXTERN_C

#endif /* PG_FOREIGN_DATA_WRAPPER_H */
