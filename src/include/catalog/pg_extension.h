/*
 * pg_extension.h
 *		Rows of the catalog pg_extension: extensions.
 */
#ifndef PG_EXTENSION_H
#define PG_EXTENSION_H

#include "postgres.h"

#include "catalog/pg_extension_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_extension
{
	Oid oid;
	NameData extname;
	Oid extowner;
	Oid extnamespace;
	bool extrelocatable;
} FormData_pg_extension;

typedef FormData_pg_extension *Form_pg_extension;

PG_END_EXTERN_C

#endif /* PG_EXTENSION_H */
