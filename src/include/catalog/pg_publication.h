/*
 * pg_publication.h
 *		Rows of the catalog pg_publication: publications.
 */
#ifndef PG_PUBLICATION_H
#define PG_PUBLICATION_H

#include "postgres.h"

#include "catalog/objectaddress.h"
#include "catalog/pg_publication_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_publication
{
	Oid oid;
	NameData pubname;
	Oid pubowner;
	bool puballtables;
	bool pubinsert;
	bool pubupdate;
	bool pubdelete;
	bool pubtruncate;
	bool pubviaroot;
} FormData_pg_publication;

typedef FormData_pg_publication *Form_pg_publication;

PG_END_EXTERN_C

#endif /* PG_PUBLICATION_H */
