/*
 * pg_description_d.h
 *		Numbers of the catalog pg_description, for C and for programs without a server.
 */
#ifndef PG_DESCRIPTION_D_H
#define PG_DESCRIPTION_D_H

#define DescriptionRelationId 2609
#define DescriptionObjIndexId 2675
#define Anum_pg_description_objoid 1
#define Anum_pg_description_classoid 2
#define Anum_pg_description_objsubid 3
#define Anum_pg_description_description 4
#define Natts_pg_description 4

#endif /* PG_DESCRIPTION_D_H */
