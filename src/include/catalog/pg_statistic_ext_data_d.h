/*
 * pg_statistic_ext_data_d.h
 *		Numbers of the catalog pg_statistic_ext_data, for C and for programs without a server.
 */
#ifndef PG_STATISTIC_EXT_DATA_D_H
#define PG_STATISTIC_EXT_DATA_D_H

#define StatisticExtDataRelationId 3429
#define StatisticExtDataStxoidInhIndexId 3433
#define Anum_pg_statistic_ext_data_stxoid 1
#define Anum_pg_statistic_ext_data_stxdinherit 2
#define Anum_pg_statistic_ext_data_stxdndistinct 3
#define Anum_pg_statistic_ext_data_stxddependencies 4
#define Anum_pg_statistic_ext_data_stxdmcv 5
#define Anum_pg_statistic_ext_data_stxdexpr 6
#define Natts_pg_statistic_ext_data 6

#endif /* PG_STATISTIC_EXT_DATA_D_H */
