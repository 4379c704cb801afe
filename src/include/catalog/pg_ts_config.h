/*
 * pg_ts_config.h
 *		Rows of the catalog pg_ts_config: text search configurations.
 */
#ifndef PG_TS_CONFIG_H
#define PG_TS_CONFIG_H

#include "postgres.h"

#include "catalog/pg_ts_config_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_ts_config
{
	Oid oid;
	NameData cfgname;
	Oid cfgnamespace;
	Oid cfgowner;
	Oid cfgparser;
} FormData_pg_ts_config;

typedef FormData_pg_ts_config *Form_pg_ts_config;

PG_END_EXTERN_C

#endif /* PG_TS_CONFIG_H */
