/*
 * pg_largeobject_metadata.h
 *		Rows of the catalog pg_largeobject_metadata: large objects.
 */
#ifndef PG_LARGEOBJECT_METADATA_H
#define PG_LARGEOBJECT_METADATA_H

#include "postgres.h"

#include "catalog/pg_largeobject_metadata_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_largeobject_metadata
{
	Oid oid;
	Oid lomowner;
} FormData_pg_largeobject_metadata;

typedef FormData_pg_largeobject_metadata *Form_pg_largeobject_metadata;

PG_END_EXTERN_C

#endif /* PG_LARGEOBJECT_METADATA_H */
