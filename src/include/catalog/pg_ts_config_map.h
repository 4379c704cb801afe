/*
 * pg_ts_config_map.h
 *		Rows of the catalog pg_ts_config_map: token types of text search configurations.
 */
#ifndef PG_TS_CONFIG_MAP_H
#define PG_TS_CONFIG_MAP_H

#include "postgres.h"

#include "catalog/pg_ts_config_map_d.h"

PG_BEGIN_EXTERN_C

/* The columns of fixed width, as GETSTRUCT finds them; what follows is read with SysCacheGetAttr or heap_getattr. */
typedef struct FormData_pg_ts_config_map
{
	Oid mapcfg;
	int32 maptokentype;
	int32 mapseqno;
	Oid mapdict;
} FormData_pg_ts_config_map;

typedef FormData_pg_ts_config_map *Form_pg_ts_config_map;

PG_END_EXTERN_C

#endif /* PG_TS_CONFIG_MAP_H */
