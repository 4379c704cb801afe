/*
 * pg_ts_dict.h
 *		Rows of the catalog pg_ts_dict: text search dictionaries.
 */
#ifndef PG_TS_DICT_H
#define PG_TS_DICT_H

#include "postgres.h"

#include "catalog/pg_ts_dict_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_ts_dict
{
	Oid oid;
	NameData dictname;
	Oid dictnamespace;
	Oid dictowner;
	Oid dicttemplate;
} FormData_pg_ts_dict;

typedef FormData_pg_ts_dict *Form_pg_ts_dict;

PG_END_EXTERN_C

#endif /* PG_TS_DICT_H */
