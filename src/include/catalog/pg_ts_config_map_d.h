/*
 * pg_ts_config_map_d.h
 *		Numbers of the catalog pg_ts_config_map, for C and for programs without a server.
 */
#ifndef PG_TS_CONFIG_MAP_D_H
#define PG_TS_CONFIG_MAP_D_H

#define TSConfigMapRelationId 3603
#define TSConfigMapIndexId 3609
#define Anum_pg_ts_config_map_mapcfg 1
#define Anum_pg_ts_config_map_maptokentype 2
#define Anum_pg_ts_config_map_mapseqno 3
#define Anum_pg_ts_config_map_mapdict 4
#define Natts_pg_ts_config_map 4

#endif /* PG_TS_CONFIG_MAP_D_H */
