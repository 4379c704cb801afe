/*
 * pg_foreign_server_d.h
 *		Numbers of the catalog pg_foreign_server, for C and for programs without a server.
 */
#ifndef PG_FOREIGN_SERVER_D_H
#define PG_FOREIGN_SERVER_D_H

#define ForeignServerRelationId 1417
#define ForeignServerOidIndexId 113
#define ForeignServerNameIndexId 549
#define Anum_pg_foreign_server_oid 1
#define Anum_pg_foreign_server_srvname 2
#define Anum_pg_foreign_server_srvowner 3
#define Anum_pg_foreign_server_srvfdw 4
#define Anum_pg_foreign_server_srvtype 5
#define Anum_pg_foreign_server_srvversion 6
#define Anum_pg_foreign_server_srvacl 7
#define Anum_pg_foreign_server_srvoptions 8
#define Natts_pg_foreign_server 8

#endif /* PG_FOREIGN_SERVER_D_H */
