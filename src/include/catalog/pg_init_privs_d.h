/*
 * pg_init_privs_d.h
 *		Numbers of the catalog pg_init_privs, for C and for programs without a server.
 */
#ifndef PG_INIT_PRIVS_D_H
#define PG_INIT_PRIVS_D_H

#define InitPrivsRelationId 3394
#define InitPrivsObjIndexId 3395
#define Anum_pg_init_privs_objoid 1
#define Anum_pg_init_privs_classoid 2
#define Anum_pg_init_privs_objsubid 3
#define Anum_pg_init_privs_privtype 4
#define Anum_pg_init_privs_initprivs 5
#define Natts_pg_init_privs 5

#endif /* PG_INIT_PRIVS_D_H */
