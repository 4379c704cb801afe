/*
 * pg_database_d.h
 *		Numbers of the catalog pg_database, for C and for programs without a server.
 */
#ifndef PG_DATABASE_D_H
#define PG_DATABASE_D_H

#define DatabaseRelationId 1262
#define DatabaseRelation_Rowtype_Id 1248
#define PgDatabaseToastTable 4177
#define PgDatabaseToastIndex 4178
#define DatabaseNameIndexId 2671
#define DatabaseOidIndexId 2672
#define Template0DbOid 4
#define PostgresDbOid 5
#define Anum_pg_database_oid 1
#define Anum_pg_database_datname 2
#define Anum_pg_database_datdba 3
#define Anum_pg_database_encoding 4
#define Anum_pg_database_datlocprovider 5
#define Anum_pg_database_datistemplate 6
#define Anum_pg_database_datallowconn 7
#define Anum_pg_database_datconnlimit 8
#define Anum_pg_database_datfrozenxid 9
#define Anum_pg_database_datminmxid 10
#define Anum_pg_database_dattablespace 11
#define Anum_pg_database_datcollate 12
#define Anum_pg_database_datctype 13
#define Anum_pg_database_daticulocale 14
#define Anum_pg_database_datcollversion 15
#define Anum_pg_database_datacl 16
#define Natts_pg_database 16
#define Template1DbOid 1

#endif /* PG_DATABASE_D_H */
