/*
 * pg_publication_namespace.h
 *		Rows of the catalog pg_publication_namespace: schemas of publications.
 */
#ifndef PG_PUBLICATION_NAMESPACE_H
#define PG_PUBLICATION_NAMESPACE_H

#include "postgres.h"

#include "catalog/pg_publication_namespace_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_publication_namespace
{
	Oid oid;
	Oid pnpubid;
	Oid pnnspid;
} FormData_pg_publication_namespace;

typedef FormData_pg_publication_namespace *Form_pg_publication_namespace;

PG_END_EXTERN_C

#endif /* PG_PUBLICATION_NAMESPACE_H */
