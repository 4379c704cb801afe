/*
 * pg_user_mapping_d.h
 *		Numbers of the catalog pg_user_mapping, for C and for programs without a server.
 */
#ifndef PG_USER_MAPPING_D_H
#define PG_USER_MAPPING_D_H

#define UserMappingRelationId 1418
#define UserMappingOidIndexId 174
#define UserMappingUserServerIndexId 175
#define Anum_pg_user_mapping_oid 1
#define Anum_pg_user_mapping_umuser 2
#define Anum_pg_user_mapping_umserver 3
#define Anum_pg_user_mapping_umoptions 4
#define Natts_pg_user_mapping 4

#endif /* PG_USER_MAPPING_D_H */
