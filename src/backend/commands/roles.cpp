/*
 * commands/roles.cpp
 *		Roles as statements name them.
 *
 * Backends and workers inside a transaction; reads only.
 */
#include "commands/roles.h"

#include "miscadmin.h"

namespace pg::commands
{

Oid
RoleByName(const std::string &name)
{
	const std::optional<RoleInfo> role = FindRole(name);

	if (!role)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
				  .msg("role \"%s\" does not exist", name.c_str()));
	return role->oid;
}

Oid
RoleOf(const Command &, const PgQuery__RoleSpec &role)
{
	switch (role.roletype)
	{
		case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CSTRING: return RoleByName(role.rolename);
		case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC:
			Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
					  .msg("role \"%s\" does not exist", "public"));
		case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_SESSION_USER: return GetSessionUserId();
		default: return GetUserId();
	}
}

} /* namespace pg::commands */
