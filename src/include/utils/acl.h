/*
 * acl.h
 *		Rights: who may do what.
 *
 * Processes with a database connection, within a transaction.
 */
#ifndef ACL_H
#define ACL_H

#include "postgres.h"

#include "access/attnum.h"
#include "access/htup.h"
#include "nodes/parsenodes.h"
#include "parser/parse_node.h"
#include "utils/snapshot.h"

PG_BEGIN_EXTERN_C

#define ACL_ID_PUBLIC 0

/* Rights that an object of a kind can have. */
#define ACL_ALL_RIGHTS_COLUMN (ACL_INSERT | ACL_SELECT | ACL_UPDATE | ACL_REFERENCES)
#define ACL_ALL_RIGHTS_RELATION                                                          \
	(ACL_INSERT | ACL_SELECT | ACL_UPDATE | ACL_DELETE | ACL_TRUNCATE | ACL_REFERENCES | \
	 ACL_TRIGGER)
#define ACL_ALL_RIGHTS_SEQUENCE (ACL_USAGE | ACL_SELECT | ACL_UPDATE)
#define ACL_ALL_RIGHTS_DATABASE (ACL_CREATE | ACL_CREATE_TEMP | ACL_CONNECT)
#define ACL_ALL_RIGHTS_FUNCTION (ACL_EXECUTE)
#define ACL_ALL_RIGHTS_LANGUAGE (ACL_USAGE)
#define ACL_ALL_RIGHTS_SCHEMA (ACL_USAGE | ACL_CREATE)
#define ACL_ALL_RIGHTS_TABLESPACE (ACL_CREATE)
#define ACL_ALL_RIGHTS_TYPE (ACL_USAGE)

/* One right holder of a list: the element of aclitem[]. Grant options are the upper half of ai_privs. */
typedef struct AclItem
{
	Oid ai_grantee; /* ACL_ID_PUBLIC: everybody */
	Oid ai_grantor;
	AclMode ai_privs;
} AclItem;

#define ACLITEM_GET_PRIVS(item) ((item).ai_privs & 0xFFFF)
#define ACLITEM_GET_GOPTIONS(item) (((item).ai_privs >> 16) & 0xFFFF)
#define ACLITEM_GET_RIGHTS(item) ((item).ai_privs)
#define ACLITEM_SET_PRIVS_GOPTIONS(item, privs, goptions) \
	((item).ai_privs = ((AclMode) (privs) &0xFFFF) | (((AclMode) (goptions) &0xFFFF) << 16))

typedef enum
{
	ACLMASK_ALL,
	ACLMASK_ANY
} AclMaskHow;

typedef enum
{
	ACLCHECK_OK = 0,
	ACLCHECK_NO_PRIV,
	ACLCHECK_NOT_OWNER
} AclResult;

/*
 * May the role do it, by itself or by a membership? Rights on columns follow those on their table; objects without a list of
 * rights here (types, tablespaces, ...) are the superusers'. ERROR 42P01 for a relation that does not exist,
 * unless is_missing is given.
 */
extern AclResult pg_class_aclcheck(Oid class_oid, Oid roleid, AclMode mode);
extern AclResult pg_database_aclcheck(Oid database_oid, Oid roleid, AclMode mode);
extern AclResult pg_namespace_aclcheck(Oid namespace_oid, Oid roleid, AclMode mode);
extern AclResult pg_tablespace_aclcheck(Oid tablespace_oid, Oid roleid, AclMode mode);
extern AclResult pg_proc_aclcheck(Oid proc_oid, Oid roleid, AclMode mode);
extern AclResult pg_language_aclcheck(Oid language_oid, Oid roleid, AclMode mode);
extern AclResult pg_type_aclcheck(Oid type_oid, Oid roleid, AclMode mode);
extern AclResult pg_foreign_data_wrapper_aclcheck(Oid foreign_data_wrapper_oid, Oid roleid,
												  AclMode mode);
extern AclResult pg_foreign_server_aclcheck(Oid foreign_server_oid, Oid roleid, AclMode mode);
extern AclResult pg_attribute_aclcheck(Oid table_oid, AttrNumber attnum, Oid roleid, AclMode mode);
extern AclResult pg_attribute_aclcheck_all(Oid table_oid, Oid roleid, AclMode mode, AclMaskHow how);
extern AclResult pg_class_aclcheck_ext(Oid table_oid, Oid roleid, AclMode mode, bool *is_missing);
extern AclMode pg_class_aclmask(Oid table_oid, Oid roleid, AclMode mask, AclMaskHow how);
extern AclMode pg_database_aclmask(Oid db_oid, Oid roleid, AclMode mask, AclMaskHow how);
extern AclMode pg_namespace_aclmask(Oid nsp_oid, Oid roleid, AclMode mask, AclMaskHow how);
extern AclResult pg_parameter_aclcheck(const char *name, Oid roleid, AclMode mode);
/* As PostgreSQL 16 and later have it: classid is the catalog. */
extern AclResult object_aclcheck(Oid classid, Oid objectid, Oid roleid, AclMode mode);

/* Owners and their members; superusers own everything. */
extern bool pg_class_ownercheck(Oid object_oid, Oid roleid);
extern bool pg_type_ownercheck(Oid object_oid, Oid roleid);
extern bool pg_oper_ownercheck(Oid object_oid, Oid roleid);
extern bool pg_proc_ownercheck(Oid object_oid, Oid roleid);
extern bool pg_language_ownercheck(Oid object_oid, Oid roleid);
extern bool pg_namespace_ownercheck(Oid object_oid, Oid roleid);
extern bool pg_tablespace_ownercheck(Oid object_oid, Oid roleid);
extern bool pg_opclass_ownercheck(Oid object_oid, Oid roleid);
extern bool pg_opfamily_ownercheck(Oid object_oid, Oid roleid);
extern bool pg_database_ownercheck(Oid object_oid, Oid roleid);
extern bool pg_collation_ownercheck(Oid object_oid, Oid roleid);
extern bool pg_conversion_ownercheck(Oid object_oid, Oid roleid);
extern bool pg_foreign_data_wrapper_ownercheck(Oid object_oid, Oid roleid);
extern bool pg_foreign_server_ownercheck(Oid object_oid, Oid roleid);
extern bool pg_event_trigger_ownercheck(Oid object_oid, Oid roleid);
extern bool pg_extension_ownercheck(Oid object_oid, Oid roleid);
extern bool pg_publication_ownercheck(Oid object_oid, Oid roleid);
extern bool pg_subscription_ownercheck(Oid object_oid, Oid roleid);
extern bool pg_statistics_object_ownercheck(Oid object_oid, Oid roleid);
extern bool object_ownercheck(Oid classid, Oid objectid, Oid roleid);

/* What PostgreSQL 10 and before called them. */
#define ACL_KIND_CLASS OBJECT_TABLE
#define ACL_KIND_SEQUENCE OBJECT_SEQUENCE
#define ACL_KIND_DATABASE OBJECT_DATABASE
#define ACL_KIND_PROC OBJECT_FUNCTION
#define ACL_KIND_TYPE OBJECT_TYPE
#define ACL_KIND_LANGUAGE OBJECT_LANGUAGE
#define ACL_KIND_NAMESPACE OBJECT_SCHEMA
#define ACL_KIND_EXTENSION OBJECT_EXTENSION

/* Says what the check found: nothing, or ERROR 42501 "permission denied for table %s", "must be owner of ...". */
extern void aclcheck_error(AclResult aclerr, ObjectType objtype, const char *objectname);
extern void aclcheck_error_col(AclResult aclerr, ObjectType objtype, const char *objectname,
							   const char *colname);
extern void aclcheck_error_type(AclResult aclerr, Oid typeOid);

/* Roles: whose rights it has (not through a role with NOINHERIT), whose member it is. A superuser is everybody's. */
extern bool has_privs_of_role(Oid member, Oid role);
extern bool is_member_of_role(Oid member, Oid role);
extern bool is_member_of_role_nosuper(Oid member, Oid role);
extern bool is_admin_of_role(Oid member, Oid role);
/* ERROR 42501 unless it is. */
extern void check_is_member_of_role(Oid member, Oid role);
extern bool member_can_set_role(Oid member, Oid role);
extern bool has_createrole_privilege(Oid roleid);
extern bool has_bypassrls_privilege(Oid roleid);
/* By name; with missing_ok InvalidOid, else ERROR 42704. */
extern Oid get_role_oid(const char *rolename, bool missing_ok);
extern Oid get_role_oid_or_public(const char *rolename);

PG_END_EXTERN_C

#endif /* ACL_H */
