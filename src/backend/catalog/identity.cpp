/*
 * catalog/identity.cpp
 *		The session's role, and how many sessions there are.
 *
 * Backends and workers with a role.  The C functions here never raise but where their contract says.
 */
#include "catalog/identity.h"

#include "catalog/objects.h"
#include "miscadmin.h"
#include "utils/activity/status.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/memutils.h"
#include "utils/misc/guc_internals.h"

namespace pg
{
namespace
{

Oid authenticated_user = InvalidOid;
Oid session_user = InvalidOid;
Oid current_user = InvalidOid;
bool session_is_superuser = false;
int security_context = 0;

bool
is_superuser(Oid role)
{
	if (role == session_user)
		return session_is_superuser;

	std::optional<RoleInfo> info = FindRole(role);

	return info && info->superuser;
}

template <typename Predicate>
int
count_activity(Predicate matches)
{
	std::vector<ActivityRow> rows;
	int count = 0;

	SnapshotActivity(rows);
	for (const ActivityRow &row : rows)
		if (row.backend_type == B_BACKEND && matches(row))
			count++;
	return count;
}

} /* namespace */

void
SetSessionIdentity(Oid role, bool is_superuser)
{
	authenticated_user = session_user = current_user = role;
	session_is_superuser = is_superuser;
	SetSetting("is_superuser", is_superuser ? "on" : "off", PGC_INTERNAL, PGC_S_DYNAMIC_DEFAULT);
	if (const std::optional<RoleInfo> info = FindRole(role))
		SetSetting("session_authorization", info->name.c_str(), PGC_SUSET, PGC_S_OVERRIDE);
}

int
CountSessionsOfUser(Oid role)
{
	return count_activity([&](const ActivityRow &row) { return row.user == role; });
}

int
CountSessionsOfDatabase(Oid database)
{
	return count_activity([&](const ActivityRow &row) { return row.database == database; });
}

int
CountClientBackends()
{
	return count_activity([](const ActivityRow &) { return true; });
}

} /* namespace pg */

Oid
GetUserId(void)
{
	return pg::current_user;
}

Oid
GetOuterUserId(void)
{
	return pg::session_user;
}

Oid
GetSessionUserId(void)
{
	return pg::session_user;
}

Oid
GetAuthenticatedUserId(void)
{
	return pg::authenticated_user;
}

void
GetUserIdAndSecContext(Oid *userid, int *sec_context)
{
	*userid = pg::current_user;
	*sec_context = pg::security_context;
}

void
SetUserIdAndSecContext(Oid userid, int sec_context)
{
	pg::current_user = userid;
	pg::security_context = sec_context;
}

bool
superuser(void)
{
	return pg::FromC([] { return pg::is_superuser(pg::current_user); });
}

bool
superuser_arg(Oid roleid)
{
	return pg::FromC([&] { return pg::is_superuser(roleid); });
}

char *
GetUserNameFromId(Oid roleid, bool noerr)
{
	return pg::FromC(
		[&]() -> char *
		{
			std::optional<pg::RoleInfo> role = pg::FindRole(roleid);

			if (role)
				return pstrdup(role->name.c_str());
			if (!noerr)
				pg::Raise(pg::Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
							  .msg("invalid role OID: %u", roleid));
			return nullptr;
		});
}
