/*
 * pg_auth_members_d.h
 *		Numbers of the catalog pg_auth_members, for C and for programs without a server.
 */
#ifndef PG_AUTH_MEMBERS_D_H
#define PG_AUTH_MEMBERS_D_H

#define AuthMemRelationId 1261
#define AuthMemRelation_Rowtype_Id 2843
#define AuthMemRoleMemIndexId 2694
#define AuthMemMemRoleIndexId 2695
#define Anum_pg_auth_members_roleid 1
#define Anum_pg_auth_members_member 2
#define Anum_pg_auth_members_grantor 3
#define Anum_pg_auth_members_admin_option 4
#define Natts_pg_auth_members 4

#endif /* PG_AUTH_MEMBERS_D_H */
