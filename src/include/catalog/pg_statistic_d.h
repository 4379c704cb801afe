/*
 * pg_statistic_d.h
 *		Numbers of the catalog pg_statistic, for C and for programs without a server.
 */
#ifndef PG_STATISTIC_D_H
#define PG_STATISTIC_D_H

#define StatisticRelationId 2619
#define StatisticRelidAttnumInhIndexId 2696
#define Anum_pg_statistic_starelid 1
#define Anum_pg_statistic_staattnum 2
#define Anum_pg_statistic_stainherit 3
#define Anum_pg_statistic_stanullfrac 4
#define Anum_pg_statistic_stawidth 5
#define Anum_pg_statistic_stadistinct 6
#define Anum_pg_statistic_stakind1 7
#define Anum_pg_statistic_stakind2 8
#define Anum_pg_statistic_stakind3 9
#define Anum_pg_statistic_stakind4 10
#define Anum_pg_statistic_stakind5 11
#define Anum_pg_statistic_staop1 12
#define Anum_pg_statistic_staop2 13
#define Anum_pg_statistic_staop3 14
#define Anum_pg_statistic_staop4 15
#define Anum_pg_statistic_staop5 16
#define Anum_pg_statistic_stacoll1 17
#define Anum_pg_statistic_stacoll2 18
#define Anum_pg_statistic_stacoll3 19
#define Anum_pg_statistic_stacoll4 20
#define Anum_pg_statistic_stacoll5 21
#define Anum_pg_statistic_stanumbers1 22
#define Anum_pg_statistic_stanumbers2 23
#define Anum_pg_statistic_stanumbers3 24
#define Anum_pg_statistic_stanumbers4 25
#define Anum_pg_statistic_stanumbers5 26
#define Anum_pg_statistic_stavalues1 27
#define Anum_pg_statistic_stavalues2 28
#define Anum_pg_statistic_stavalues3 29
#define Anum_pg_statistic_stavalues4 30
#define Anum_pg_statistic_stavalues5 31
#define Natts_pg_statistic 31
#define STATISTIC_KIND_MCV 1
#define STATISTIC_KIND_HISTOGRAM 2
#define STATISTIC_KIND_CORRELATION 3
#define STATISTIC_KIND_MCELEM 4
#define STATISTIC_KIND_DECHIST 5
#define STATISTIC_KIND_RANGE_LENGTH_HISTOGRAM 6
#define STATISTIC_KIND_BOUNDS_HISTOGRAM 7

#endif /* PG_STATISTIC_D_H */
