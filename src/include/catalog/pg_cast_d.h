/*
 * pg_cast_d.h
 *		Numbers of the catalog pg_cast, for C and for programs without a server.
 */
#ifndef PG_CAST_D_H
#define PG_CAST_D_H

#define CastRelationId 2605
#define CastOidIndexId 2660
#define CastSourceTargetIndexId 2661
#define Anum_pg_cast_oid 1
#define Anum_pg_cast_castsource 2
#define Anum_pg_cast_casttarget 3
#define Anum_pg_cast_castfunc 4
#define Anum_pg_cast_castcontext 5
#define Anum_pg_cast_castmethod 6
#define Natts_pg_cast 6

#endif /* PG_CAST_D_H */
