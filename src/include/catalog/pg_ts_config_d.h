/*
 * pg_ts_config_d.h
 *		Numbers of the catalog pg_ts_config, for C and for programs without a server.
 */
#ifndef PG_TS_CONFIG_D_H
#define PG_TS_CONFIG_D_H

#define TSConfigRelationId 3602
#define TSConfigNameNspIndexId 3608
#define TSConfigOidIndexId 3712
#define Anum_pg_ts_config_oid 1
#define Anum_pg_ts_config_cfgname 2
#define Anum_pg_ts_config_cfgnamespace 3
#define Anum_pg_ts_config_cfgowner 4
#define Anum_pg_ts_config_cfgparser 5
#define Natts_pg_ts_config 5

#endif /* PG_TS_CONFIG_D_H */
