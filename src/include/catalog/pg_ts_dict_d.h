/*
 * pg_ts_dict_d.h
 *		Numbers of the catalog pg_ts_dict, for C and for programs without a server.
 */
#ifndef PG_TS_DICT_D_H
#define PG_TS_DICT_D_H

#define TSDictionaryRelationId 3600
#define TSDictionaryNameNspIndexId 3604
#define TSDictionaryOidIndexId 3605
#define Anum_pg_ts_dict_oid 1
#define Anum_pg_ts_dict_dictname 2
#define Anum_pg_ts_dict_dictnamespace 3
#define Anum_pg_ts_dict_dictowner 4
#define Anum_pg_ts_dict_dicttemplate 5
#define Anum_pg_ts_dict_dictinitoption 6
#define Natts_pg_ts_dict 6

#endif /* PG_TS_DICT_D_H */
