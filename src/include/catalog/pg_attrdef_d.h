/*
 * pg_attrdef_d.h
 *		Numbers of the catalog pg_attrdef, for C and for programs without a server.
 */
#ifndef PG_ATTRDEF_D_H
#define PG_ATTRDEF_D_H

#define AttrDefaultRelationId 2604
#define AttrDefaultIndexId 2656
#define AttrDefaultOidIndexId 2657
#define Anum_pg_attrdef_oid 1
#define Anum_pg_attrdef_adrelid 2
#define Anum_pg_attrdef_adnum 3
#define Anum_pg_attrdef_adbin 4
#define Natts_pg_attrdef 4

#endif /* PG_ATTRDEF_D_H */
