/*
 * pg_statistic.h
 *		Rows of the catalog pg_statistic: statistics of columns.
 */
#ifndef PG_STATISTIC_H
#define PG_STATISTIC_H

#include "postgres.h"

#include "catalog/pg_statistic_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_statistic
{
	Oid starelid;
	int16 staattnum;
	bool stainherit;
	float4 stanullfrac;
	int32 stawidth;
	float4 stadistinct;
	int16 stakind1;
	int16 stakind2;
	int16 stakind3;
	int16 stakind4;
	int16 stakind5;
	Oid staop1;
	Oid staop2;
	Oid staop3;
	Oid staop4;
	Oid staop5;
	Oid stacoll1;
	Oid stacoll2;
	Oid stacoll3;
	Oid stacoll4;
	Oid stacoll5;
} FormData_pg_statistic;

typedef FormData_pg_statistic *Form_pg_statistic;

PG_END_EXTERN_C

#endif /* PG_STATISTIC_H */
