/*
 * pg_proc.h
 *		Rows of the catalog pg_proc: functions.
 */
#ifndef PG_PROC_H
#define PG_PROC_H

#include "postgres.h"

#include "catalog/objectaddress.h"
#include "catalog/pg_proc_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_proc
{
	Oid oid;
	NameData proname;
	Oid pronamespace;
	Oid proowner;
	Oid prolang;
	float4 procost;
	float4 prorows;
	Oid provariadic;
	regproc prosupport;
	char prokind;
	bool prosecdef;
	bool proleakproof;
	bool proisstrict;
	bool proretset;
	char provolatile;
	char proparallel;
	int16 pronargs;
	int16 pronargdefaults;
	Oid prorettype;
	oidvector proargtypes;
} FormData_pg_proc;

typedef FormData_pg_proc *Form_pg_proc;

PG_END_EXTERN_C

#endif /* PG_PROC_H */
