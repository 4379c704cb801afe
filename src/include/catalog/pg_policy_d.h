/*
 * pg_policy_d.h
 *		Numbers of the catalog pg_policy, for C and for programs without a server.
 */
#ifndef PG_POLICY_D_H
#define PG_POLICY_D_H

#define PolicyRelationId 3256
#define PolicyOidIndexId 3257
#define PolicyPolrelidPolnameIndexId 3258
#define Anum_pg_policy_oid 1
#define Anum_pg_policy_polname 2
#define Anum_pg_policy_polrelid 3
#define Anum_pg_policy_polcmd 4
#define Anum_pg_policy_polpermissive 5
#define Anum_pg_policy_polroles 6
#define Anum_pg_policy_polqual 7
#define Anum_pg_policy_polwithcheck 8
#define Natts_pg_policy 8

#endif /* PG_POLICY_D_H */
