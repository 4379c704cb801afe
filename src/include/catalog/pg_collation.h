/*
 * pg_collation.h
 *		Rows of the catalog pg_collation: collations.
 */
#ifndef PG_COLLATION_H
#define PG_COLLATION_H

#include "postgres.h"

#include "catalog/pg_collation_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_collation
{
	Oid oid;
	NameData collname;
	Oid collnamespace;
	Oid collowner;
	char collprovider;
	bool collisdeterministic;
	int32 collencoding;
} FormData_pg_collation;

typedef FormData_pg_collation *Form_pg_collation;

PG_END_EXTERN_C

#endif /* PG_COLLATION_H */
