/*
 * pg_default_acl_d.h
 *		Numbers of the catalog pg_default_acl, for C and for programs without a server.
 */
#ifndef PG_DEFAULT_ACL_D_H
#define PG_DEFAULT_ACL_D_H

#define DefaultAclRelationId 826
#define DefaultAclRoleNspObjIndexId 827
#define DefaultAclOidIndexId 828
#define Anum_pg_default_acl_oid 1
#define Anum_pg_default_acl_defaclrole 2
#define Anum_pg_default_acl_defaclnamespace 3
#define Anum_pg_default_acl_defaclobjtype 4
#define Anum_pg_default_acl_defaclacl 5
#define Natts_pg_default_acl 5
#define DEFACLOBJ_RELATION 'r'
#define DEFACLOBJ_SEQUENCE 'S'
#define DEFACLOBJ_FUNCTION 'f'
#define DEFACLOBJ_TYPE 'T'
#define DEFACLOBJ_NAMESPACE 'n'

#endif /* PG_DEFAULT_ACL_D_H */
