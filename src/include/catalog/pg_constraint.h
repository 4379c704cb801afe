/*
 * pg_constraint.h
 *		Rows of the catalog pg_constraint: constraints.
 */
#ifndef PG_CONSTRAINT_H
#define PG_CONSTRAINT_H

#include "postgres.h"

#include "catalog/dependency.h"
#include "catalog/pg_constraint_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_constraint
{
	Oid oid;
	NameData conname;
	Oid connamespace;
	char contype;
	bool condeferrable;
	bool condeferred;
	bool convalidated;
	Oid conrelid;
	Oid contypid;
	Oid conindid;
	Oid conparentid;
	Oid confrelid;
	char confupdtype;
	char confdeltype;
	char confmatchtype;
	bool conislocal;
	int32 coninhcount;
	bool connoinherit;
} FormData_pg_constraint;

typedef FormData_pg_constraint *Form_pg_constraint;

PG_END_EXTERN_C

#endif /* PG_CONSTRAINT_H */
