/*
 * pg_inherits.h
 *		Rows of the catalog pg_inherits: inheritance.
 */
#ifndef PG_INHERITS_H
#define PG_INHERITS_H

#include "postgres.h"

#include "catalog/pg_inherits_d.h"
#include "nodes/pg_list.h"
#include "storage/lock.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_inherits
{
	Oid inhrelid;
	Oid inhparent;
	int32 inhseqno;
	bool inhdetachpending;
} FormData_pg_inherits;

typedef FormData_pg_inherits *Form_pg_inherits;

PG_END_EXTERN_C

#endif /* PG_INHERITS_H */
