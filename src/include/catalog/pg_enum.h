/*
 * pg_enum.h
 *		Rows of the catalog pg_enum: values of enumerations.
 */
#ifndef PG_ENUM_H
#define PG_ENUM_H

#include "postgres.h"

#include "catalog/pg_enum_d.h"
#include "nodes/pg_list.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_enum
{
	Oid oid;
	Oid enumtypid;
	float4 enumsortorder;
	NameData enumlabel;
} FormData_pg_enum;

typedef FormData_pg_enum *Form_pg_enum;

PG_END_EXTERN_C

#endif /* PG_ENUM_H */
