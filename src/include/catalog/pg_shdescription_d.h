/*
 * pg_shdescription_d.h
 *		Numbers of the catalog pg_shdescription, for C and for programs without a server.
 */
#ifndef PG_SHDESCRIPTION_D_H
#define PG_SHDESCRIPTION_D_H

#define SharedDescriptionRelationId 2396
#define PgShdescriptionToastTable 2846
#define PgShdescriptionToastIndex 2847
#define SharedDescriptionObjIndexId 2397
#define Anum_pg_shdescription_objoid 1
#define Anum_pg_shdescription_classoid 2
#define Anum_pg_shdescription_description 3
#define Natts_pg_shdescription 3

#endif /* PG_SHDESCRIPTION_D_H */
