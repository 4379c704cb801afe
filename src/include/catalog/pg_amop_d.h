/*
 * pg_amop_d.h
 *		Numbers of the catalog pg_amop, for C and for programs without a server.
 */
#ifndef PG_AMOP_D_H
#define PG_AMOP_D_H

#define AccessMethodOperatorRelationId 2602
#define AccessMethodStrategyIndexId 2653
#define AccessMethodOperatorIndexId 2654
#define AccessMethodOperatorOidIndexId 2756
#define Anum_pg_amop_oid 1
#define Anum_pg_amop_amopfamily 2
#define Anum_pg_amop_amoplefttype 3
#define Anum_pg_amop_amoprighttype 4
#define Anum_pg_amop_amopstrategy 5
#define Anum_pg_amop_amoppurpose 6
#define Anum_pg_amop_amopopr 7
#define Anum_pg_amop_amopmethod 8
#define Anum_pg_amop_amopsortfamily 9
#define Natts_pg_amop 9
#define AMOP_SEARCH 's'
#define AMOP_ORDER 'o'

#endif /* PG_AMOP_D_H */
