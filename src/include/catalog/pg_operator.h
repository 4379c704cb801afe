/*
 * pg_operator.h
 *		Rows of the catalog pg_operator: operators.
 */
#ifndef PG_OPERATOR_H
#define PG_OPERATOR_H

#include "postgres.h"

#include "catalog/objectaddress.h"
#include "catalog/pg_operator_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_operator
{
	Oid oid;
	NameData oprname;
	Oid oprnamespace;
	Oid oprowner;
	char oprkind;
	bool oprcanmerge;
	bool oprcanhash;
	Oid oprleft;
	Oid oprright;
	Oid oprresult;
	Oid oprcom;
	Oid oprnegate;
	regproc oprcode;
	regproc oprrest;
	regproc oprjoin;
} FormData_pg_operator;

typedef FormData_pg_operator *Form_pg_operator;

PG_END_EXTERN_C

#endif /* PG_OPERATOR_H */
