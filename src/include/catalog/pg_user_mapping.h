/*
 * pg_user_mapping.h
 *		Rows of the catalog pg_user_mapping: user mappings.
 */
#ifndef PG_USER_MAPPING_H
#define PG_USER_MAPPING_H

#include "postgres.h"

#include "catalog/pg_user_mapping_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_user_mapping
{
	Oid oid;
	Oid umuser;
	Oid umserver;
} FormData_pg_user_mapping;

typedef FormData_pg_user_mapping *Form_pg_user_mapping;

PG_END_EXTERN_C

#endif /* PG_USER_MAPPING_H */
