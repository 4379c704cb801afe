/*
 * pg_parameter_acl_d.h
 *		Numbers of the catalog pg_parameter_acl, for C and for programs without a server.
 */
#ifndef PG_PARAMETER_ACL_D_H
#define PG_PARAMETER_ACL_D_H

#define ParameterAclRelationId 6243
#define PgParameterAclToastTable 6244
#define PgParameterAclToastIndex 6245
#define ParameterAclParnameIndexId 6246
#define ParameterAclOidIndexId 6247
#define Anum_pg_parameter_acl_oid 1
#define Anum_pg_parameter_acl_parname 2
#define Anum_pg_parameter_acl_paracl 3
#define Natts_pg_parameter_acl 3

#endif /* PG_PARAMETER_ACL_D_H */
