/*
 * pg_publication_rel.h
 *		Rows of the catalog pg_publication_rel: tables of publications.
 */
#ifndef PG_PUBLICATION_REL_H
#define PG_PUBLICATION_REL_H

#include "postgres.h"

#include "catalog/pg_publication_rel_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_publication_rel
{
	Oid oid;
	Oid prpubid;
	Oid prrelid;
	int2vector prattrs;
} FormData_pg_publication_rel;

typedef FormData_pg_publication_rel *Form_pg_publication_rel;

PG_END_EXTERN_C

#endif /* PG_PUBLICATION_REL_H */
