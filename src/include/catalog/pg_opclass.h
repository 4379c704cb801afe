/*
 * pg_opclass.h
 *		Rows of the catalog pg_opclass: operator classes.
 */
#ifndef PG_OPCLASS_H
#define PG_OPCLASS_H

#include "postgres.h"

#include "catalog/pg_opclass_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_opclass
{
	Oid oid;
	Oid opcmethod;
	NameData opcname;
	Oid opcnamespace;
	Oid opcowner;
	Oid opcfamily;
	Oid opcintype;
	bool opcdefault;
	Oid opckeytype;
} FormData_pg_opclass;

typedef FormData_pg_opclass *Form_pg_opclass;

PG_END_EXTERN_C

#endif /* PG_OPCLASS_H */
