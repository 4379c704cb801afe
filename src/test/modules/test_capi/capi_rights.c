/*
 * capi_rights.c
 *		Rights: lists of rights, right holders, owners, members of roles.
 */
#include "capi.h"

#include "access/htup_details.h"
#include "catalog/pg_authid.h"
#include "catalog/pg_class.h"
#include "catalog/pg_collation_d.h"
#include "catalog/pg_database.h"
#include "catalog/pg_language_d.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_tablespace_d.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/syscache.h"

#define INT4PL_OID 177
#define INT4EQ_OPERATOR 96
#define NO_OBJECT 4711

CAPI_TEST(test_items_of_rights)
{
	AclItem item = {ACL_ID_PUBLIC, BOOTSTRAP_SUPERUSERID, ACL_NO_RIGHTS};

	ACLITEM_SET_PRIVS_GOPTIONS(item, ACL_SELECT | ACL_UPDATE, ACL_SELECT);
	CHECK(ACLITEM_GET_PRIVS(item) == (ACL_SELECT | ACL_UPDATE));
	CHECK(ACLITEM_GET_GOPTIONS(item) == ACL_SELECT);
	CHECK(ACLITEM_GET_RIGHTS(item) == ((ACL_SELECT | ACL_UPDATE) | (AclMode) ACL_SELECT << 16));
	CHECK(item.ai_grantee == ACL_ID_PUBLIC && item.ai_grantor == BOOTSTRAP_SUPERUSERID);
}

/* What a role without any rights of its own may do. */
CAPI_TEST(test_rights_of_everybody)
{
	const Oid other = get_role_oid("pg_monitor", false);

	CHECK(pg_language_aclcheck(SQLlanguageId, other, ACL_USAGE) == ACLCHECK_OK);
	CHECK(pg_language_aclcheck(ClanguageId, other, ACL_USAGE) == ACLCHECK_OK);
	CHECK(pg_database_aclmask(MyDatabaseId, other, ACL_ALL_RIGHTS_DATABASE, ACLMASK_ALL) ==
		  (ACL_CREATE_TEMP | ACL_CONNECT));
	CHECK(pg_database_aclmask(MyDatabaseId, GetUserId(), ACL_ALL_RIGHTS_DATABASE, ACLMASK_ALL) ==
		  ACL_ALL_RIGHTS_DATABASE);
	CHECK(pg_namespace_aclmask(PG_PUBLIC_NAMESPACE, other, ACL_ALL_RIGHTS_SCHEMA, ACLMASK_ALL) ==
		  ACL_USAGE);
	CHECK(pg_parameter_aclcheck("log_statement", other, ACL_SET) == ACLCHECK_NO_PRIV);
	CHECK(pg_parameter_aclcheck("log_statement", GetUserId(), ACL_SET) == ACLCHECK_OK);
}

/* The form of PostgreSQL 16 says the same as the one for each kind of object. */
CAPI_TEST(test_rights_by_catalog)
{
	const struct
	{
		Oid catalog, object;
		AclMode mode;
		AclResult result;
	} rows[] = {
		{RelationRelationId, RelationRelationId, ACL_UPDATE,
		 pg_class_aclcheck(RelationRelationId, get_role_oid("pg_monitor", false), ACL_UPDATE)},
		{DatabaseRelationId, MyDatabaseId, ACL_CONNECT, ACLCHECK_OK},
		{DatabaseRelationId, MyDatabaseId, ACL_CREATE, ACLCHECK_NO_PRIV},
		{NamespaceRelationId, PG_PUBLIC_NAMESPACE, ACL_USAGE, ACLCHECK_OK},
		{NamespaceRelationId, PG_PUBLIC_NAMESPACE, ACL_CREATE, ACLCHECK_NO_PRIV},
		{ProcedureRelationId, INT4PL_OID, ACL_EXECUTE, ACLCHECK_OK},
		{LanguageRelationId, ClanguageId, ACL_USAGE, ACLCHECK_OK},
		{TableSpaceRelationId, DEFAULTTABLESPACE_OID, ACL_CREATE, ACLCHECK_NO_PRIV},
		{TypeRelationId, INT4OID, ACL_USAGE, ACLCHECK_OK}};
	int i;

	for (i = 0; i < (int) lengthof(rows); i++)
		CHECK(object_aclcheck(rows[i].catalog, rows[i].object, get_role_oid("pg_monitor", false),
							  rows[i].mode) == rows[i].result);
}

/* Who may do what with foreign data is asked of objects that there are none of. */
CAPI_TEST(test_rights_on_foreign_data)
{
	const Oid other = get_role_oid("pg_monitor", false);

	CHECK(pg_foreign_data_wrapper_aclcheck(NO_OBJECT, GetUserId(), ACL_USAGE) == ACLCHECK_OK);
	CHECK(pg_foreign_server_aclcheck(NO_OBJECT, GetUserId(), ACL_USAGE) == ACLCHECK_OK);
	CHECK_ERROR(ERRCODE_UNDEFINED_OBJECT, "foreign-data wrapper with OID 4711 does not exist",
				(void) pg_foreign_data_wrapper_aclcheck(NO_OBJECT, other, ACL_USAGE));
	CHECK_ERROR(ERRCODE_UNDEFINED_OBJECT, "foreign server with OID 4711 does not exist",
				(void) pg_foreign_server_aclcheck(NO_OBJECT, other, ACL_USAGE));
}

typedef bool (*OwnerCheck)(Oid object, Oid role);

/* Superusers own everything, whether it is there or not; others are told what is not there. */
CAPI_TEST(test_owners)
{
	static const struct
	{
		OwnerCheck check;
		Oid object; /* 0: there is none of the kind */
	} rows[] = {{pg_type_ownercheck, INT4OID},
				{pg_oper_ownercheck, INT4EQ_OPERATOR},
				{pg_proc_ownercheck, INT4PL_OID},
				{pg_language_ownercheck, ClanguageId},
				{pg_namespace_ownercheck, PG_CATALOG_NAMESPACE},
				{pg_tablespace_ownercheck, DEFAULTTABLESPACE_OID},
				{pg_collation_ownercheck, C_COLLATION_OID},
				{pg_opclass_ownercheck, 0},
				{pg_opfamily_ownercheck, 0},
				{pg_conversion_ownercheck, 0},
				{pg_event_trigger_ownercheck, 0},
				{pg_extension_ownercheck, 0},
				{pg_foreign_data_wrapper_ownercheck, 0},
				{pg_foreign_server_ownercheck, 0},
				{pg_publication_ownercheck, 0},
				{pg_subscription_ownercheck, 0},
				{pg_statistics_object_ownercheck, 0}};
	const Oid other = get_role_oid("pg_monitor", false);
	int i;

	for (i = 0; i < (int) lengthof(rows); i++)
	{
		CHECK(rows[i].check(NO_OBJECT, BOOTSTRAP_SUPERUSERID));
		if (rows[i].object != 0)
			CHECK(!rows[i].check(rows[i].object, other));
	}
	CHECK(object_ownercheck(TypeRelationId, INT4OID, BOOTSTRAP_SUPERUSERID));
	CHECK(!object_ownercheck(TypeRelationId, INT4OID, other));
	CHECK_ERROR(ERRCODE_UNDEFINED_OBJECT, "type with OID 4711 does not exist",
				(void) pg_type_ownercheck(NO_OBJECT, other));
	CHECK_ERROR(ERRCODE_UNDEFINED_FUNCTION, "function with OID 4711 does not exist",
				(void) pg_proc_ownercheck(NO_OBJECT, other));
	CHECK_ERROR(ERRCODE_UNDEFINED_SCHEMA, "schema with OID 4711 does not exist",
				(void) pg_namespace_ownercheck(NO_OBJECT, other));
}

CAPI_TEST(test_members_of_roles)
{
	const Oid monitor = get_role_oid("pg_monitor", false);
	const Oid stats = get_role_oid("pg_read_all_stats", false);

	CHECK(is_member_of_role(GetUserId(), stats) && is_member_of_role_nosuper(monitor, stats));
	CHECK(!is_member_of_role_nosuper(GetUserId(), stats) &&
		  !is_member_of_role_nosuper(stats, monitor));
	CHECK(is_admin_of_role(GetUserId(), stats) && !is_admin_of_role(monitor, stats));
	CHECK(member_can_set_role(monitor, stats) && !member_can_set_role(stats, monitor));
	CHECK(member_can_set_role(GetUserId(), monitor));
}
