/*
 * commands/role_membership.cpp
 *		GRANT and REVOKE of membership in roles.
 *
 * Backends and workers, in a writing transaction; rows of pg_auth_members.
 */
#include "catalog/cluster.h"
#include "catalog/membership.h"
#include "catalog/named.h"
#include "catalog/write.h"
#include "commands/commands.h"
#include "commands/roles.h"
#include "miscadmin.h"
#include "utils/acl.h"

namespace pg::commands
{
namespace
{

std::string
members_table()
{
	return CatalogTable(Home::Shared, "pg_auth_members");
}

std::optional<Membership>
direct_membership(const RoleInfo &role, const RoleInfo &member)
{
	for (const Membership &row : AllMemberships())
		if (row.role == role.oid && row.member == member.oid)
			return row;
	return std::nullopt;
}

void
set_admin(const RoleInfo &role, const RoleInfo &member, bool admin, Oid grantor)
{
	const Value parameters[] = {Value::Int(role.oid), Value::Int(member.oid), Value::Bool(admin),
								Value::Int(grantor)};

	RunEngine("UPDATE " + members_table() +
				  " SET admin_option = ?3, grantor = ?4 WHERE roleid = ?1 AND member = ?2",
			  parameters);
}

void
check_can_be_member(const RoleInfo &role, const RoleInfo &member)
{
	if (member.oid == kRoleDatabaseOwner)
		Raise(Report(ERROR, ERRCODE_INVALID_GRANT_OPERATION)
				  .msg("role \"%s\" cannot be a member of any role", member.name.c_str()));
	if (role.oid == kRoleDatabaseOwner)
		Raise(Report(ERROR, ERRCODE_INVALID_GRANT_OPERATION)
				  .msg("role \"%s\" cannot have explicit members", role.name.c_str()));
	if (IsMember(role.oid, member.oid, Reach::Members))
		Raise(Report(ERROR, ERRCODE_INVALID_GRANT_OPERATION)
				  .msg("role \"%s\" is a member of role \"%s\"", role.name.c_str(),
					   member.name.c_str()));
}

/* The role behind an element of the list before TO or FROM. */
RoleInfo
granted_role(const Node &node)
{
	const PgQuery__AccessPriv &priv = *node.access_priv;

	if (priv.n_cols > 0 || priv.priv_name[0] == '\0')
		Raise(Report(ERROR, ERRCODE_INVALID_GRANT_OPERATION)
				  .msg("column names cannot be included in GRANT/REVOKE ROLE"));
	return RoleNamed(priv.priv_name);
}

Oid
grantor_of(const PgQuery__GrantRoleStmt &stmt, const RoleInfo &role)
{
	if (stmt.grantor == nullptr)
		return GetUserId();

	const RoleInfo grantor = RoleInfoOf(*stmt.grantor);

	if (grantor.oid != GetUserId() && !superuser())
		RaiseDenied("must be superuser to set grantor");
	(void) role;
	return grantor.oid;
}

} /* namespace */

void
AddMember(const RoleInfo &role, const RoleInfo &member, Oid grantor, bool admin)
{
	check_can_be_member(role, member);

	const std::optional<Membership> now = direct_membership(role, member);

	if (now && (now->admin || !admin))
	{
		Report(NOTICE)
			.msg("role \"%s\" is already a member of role \"%s\"", member.name.c_str(),
				 role.name.c_str())
			.emit();
		return;
	}
	if (now)
		set_admin(role, member, true, grantor);
	else
		CatalogRow(Home::Shared, "pg_auth_members")
			.set("roleid", role.oid)
			.set("member", member.oid)
			.set("grantor", grantor)
			.set("admin_option", admin)
			.insert();
	SharedCatalogChanged();
}

void
RemoveMember(const RoleInfo &role, const RoleInfo &member, bool admin_only)
{
	if (!direct_membership(role, member))
	{
		Report(WARNING)
			.msg("role \"%s\" is not a member of role \"%s\"", member.name.c_str(),
				 role.name.c_str())
			.emit();
		return;
	}
	if (admin_only)
		set_admin(role, member, false, GetUserId());
	else
	{
		const Value parameters[] = {Value::Int(role.oid), Value::Int(member.oid)};

		RunEngine("DELETE FROM " + members_table() + " WHERE roleid = ?1 AND member = ?2",
				  parameters);
	}
	SharedCatalogChanged();
}

void
CheckMayGrantRole(const RoleInfo &role)
{
	if (role.superuser)
	{
		if (!superuser())
			RaiseDenied("must be superuser to alter superusers");
		return;
	}
	if (!has_createrole_privilege(GetUserId()) && !is_admin_of_role(GetUserId(), role.oid))
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("must have admin option on role \"%s\"", role.name.c_str()));
}

std::string
RunGrantRole(const Command &command)
{
	const PgQuery__GrantRoleStmt &stmt = *command.node.grant_role_stmt;

	for (size_t i = 0; i < stmt.n_granted_roles; i++)
	{
		const RoleInfo role = granted_role(*stmt.granted_roles[i]);
		const Oid grantor = grantor_of(stmt, role);

		CheckMayGrantRole(role);
		for (size_t k = 0; k < stmt.n_grantee_roles; k++)
		{
			const RoleInfo member = RoleInfoOf(*stmt.grantee_roles[k]->role_spec);

			if (stmt.is_grant)
				AddMember(role, member, grantor, stmt.admin_opt);
			else
				RemoveMember(role, member, stmt.admin_opt);
		}
	}
	CatalogChanged();
	return command.raw.tag;
}

} /* namespace pg::commands */
