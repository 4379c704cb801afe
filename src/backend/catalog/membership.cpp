/*
 * catalog/membership.cpp
 *		Memberships of roles, and the part of utils/acl.h about roles.
 *
 * Backends and workers with a role.  A walk over pg_auth_members is made once for each role asked
 * about, and again when roles change.
 */
#include "catalog/membership.h"

#include <algorithm>
#include <map>
#include <vector>

#include "catalog/cluster.h"
#include "catalog/named.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/error/wall.h"

namespace pg
{
namespace
{

using Roles = std::vector<Oid>;

bool
contains(const Roles &roles, Oid role)
{
	return std::find(roles.begin(), roles.end(), role) != roles.end();
}

/* The owner of this database is a member of pg_database_owner, which no row says. */
bool
owns_this_database(Oid role)
{
	const std::optional<DatabaseInfo> here = FindDatabase(MyDatabaseId);

	return here && here->owner == role;
}

/* `start` and everything it is a member of, over any number of steps. */
Roles
reachable(Oid start, Reach reach)
{
	const std::vector<Membership> memberships = AllMemberships();
	Roles found{start};

	for (size_t i = 0; i < found.size(); i++)
	{
		const Oid member = found[i];
		const std::optional<RoleInfo> info = FindRole(member);

		if (reach == Reach::Rights && info && !info->inherit)
			continue;
		for (const Membership &row : memberships)
			if (row.member == member && !contains(found, row.role))
				found.push_back(row.role);
		if (owns_this_database(member) && !contains(found, kRoleDatabaseOwner))
			found.push_back(kRoleDatabaseOwner);
	}
	return found;
}

const Roles &
roles_of(Oid member, Reach reach)
{
	static std::map<std::pair<Oid, Reach>, Roles> known;
	static uint64 known_at = UINT64_MAX;
	const uint64 version = ClusterVersion();

	if (version != known_at)
		known.clear();
	known_at = version;

	const auto [place, added] = known.try_emplace({member, reach});

	if (added)
		place->second = reachable(member, reach);
	return place->second;
}

RoleInfo
known_role(Oid oid)
{
	std::optional<RoleInfo> role = FindRole(oid);

	if (!role)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT).msg("invalid role OID: %u", oid));
	return *role;
}

template <typename Test>
bool
role_has(Oid oid, Test test)
{
	return FromC(
		[&]
		{
			const std::optional<RoleInfo> role = FindRole(oid);

			return role && (role->superuser || test(*role));
		});
}

} /* namespace */

bool
IsMember(Oid member, Oid role, Reach reach)
{
	return member == role || contains(roles_of(member, reach), role);
}

bool
MaySeeActivityOf(Oid role)
{
	const Oid user = GetUserId();

	return superuser() || IsMember(user, kRoleReadAllStats, Reach::Rights) ||
		   (role != InvalidOid && IsMember(user, role, Reach::Rights));
}

bool
HasAdminOption(Oid member, Oid role)
{
	for (const Membership &row : AllMemberships())
		if (row.role == role && row.admin && IsMember(member, row.member, Reach::Members))
			return true;
	return false;
}

} /* namespace pg */

using pg::FromC;

bool
has_privs_of_role(Oid member, Oid role)
{
	return FromC(
		[&] { return superuser_arg(member) || pg::IsMember(member, role, pg::Reach::Rights); });
}

bool
is_member_of_role(Oid member, Oid role)
{
	return FromC(
		[&] { return superuser_arg(member) || pg::IsMember(member, role, pg::Reach::Members); });
}

bool
is_member_of_role_nosuper(Oid member, Oid role)
{
	return FromC([&] { return pg::IsMember(member, role, pg::Reach::Members); });
}

bool
is_admin_of_role(Oid member, Oid role)
{
	return FromC([&] { return superuser_arg(member) || pg::HasAdminOption(member, role); });
}

bool
member_can_set_role(Oid member, Oid role)
{
	return is_member_of_role(member, role);
}

void
check_is_member_of_role(Oid member, Oid role)
{
	FromC(
		[&]
		{
			if (!is_member_of_role(member, role))
				pg::Raise(
					pg::Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
						.msg("must be member of role \"%s\"", pg::known_role(role).name.c_str()));
		});
}

bool
has_createrole_privilege(Oid roleid)
{
	return pg::role_has(roleid, [](const pg::RoleInfo &role) { return role.create_role; });
}

bool
has_rolreplication(Oid roleid)
{
	return pg::role_has(roleid, [](const pg::RoleInfo &role) { return role.replication; });
}

bool
has_bypassrls_privilege(Oid roleid)
{
	return pg::role_has(roleid, [](const pg::RoleInfo &role) { return role.bypass_rls; });
}

Oid
get_role_oid(const char *rolename, bool missing_ok)
{
	return FromC(
		[&]
		{
			if (!missing_ok)
				return pg::RoleNamed(rolename).oid;

			const std::optional<pg::RoleInfo> role = pg::FindRole(rolename);

			return role ? role->oid : InvalidOid;
		});
}

Oid
get_role_oid_or_public(const char *rolename)
{
	return strcmp(rolename, "public") == 0 ? ACL_ID_PUBLIC : get_role_oid(rolename, false);
}
