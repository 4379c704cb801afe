/*
 * commands/roles.cpp
 *		Roles as statements name them, and who may change one.
 *
 * Backends and workers inside a transaction; reads only.
 */
#include "commands/roles.h"
#include "catalog/named.h"

#include "catalog/rights.h"
#include "catalog/write.h"
#include "miscadmin.h"
#include "utils/acl.h"

namespace pg::commands
{

namespace
{

RoleInfo
role_with_oid(Oid oid)
{
	std::optional<RoleInfo> role = FindRole(oid);

	if (!role)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT).msg("role with OID %u does not exist", oid));
	return *role;
}

} /* namespace */

RoleInfo
RoleInfoOf(const PgQuery__RoleSpec &role)
{
	switch (role.roletype)
	{
		case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CSTRING: return RoleNamed(role.rolename);
		case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC:
			Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
					  .msg("role \"%s\" does not exist", "public"));
		case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_SESSION_USER:
			return role_with_oid(GetSessionUserId());
		default: return role_with_oid(GetUserId());
	}
}

Oid
RoleOf(const Command &, const PgQuery__RoleSpec &role)
{
	return RoleInfoOf(role).oid;
}

void
RaiseDenied(const char *message)
{
	Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE).msg("%s", message));
}

void
CheckMayChangeRole(const RoleInfo &role, const char *superuser_message, const char *message)
{
	if (role.superuser && !superuser())
		RaiseDenied(superuser_message);
	if (!has_createrole_privilege(GetUserId()))
		RaiseDenied(message);
}

void
CheckNewOwner(Oid owner, Oid schema)
{
	if (superuser())
		return;
	check_is_member_of_role(GetUserId(), owner);
	if (schema != InvalidOid && !HasAll(kPgNamespaceOid, schema, owner, ACL_CREATE))
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("permission denied for schema %s", SchemaName(schema).value_or("").c_str()));
}

bool
IsReservedRoleName(std::string_view name)
{
	return name.starts_with("pg_");
}

void
CheckRoleNameIsFree(const std::string &name)
{
	if (IsReservedRoleName(name))
		Raise(Report(ERROR, ERRCODE_RESERVED_NAME)
				  .msg("role name \"%s\" is reserved", name.c_str())
				  .detail("Role names starting with \"pg_\" are reserved."));
}

} /* namespace pg::commands */
