/*
 * catalog/identity.cpp
 *		The session's role, and how many sessions there are.
 *
 * Backends and workers with a role.  The C functions here never raise but where their contract says.
 */
#include "catalog/identity.h"

#include <cstring>

#include "catalog/cluster.h"
#include "catalog/lookup.h"
#include "catalog/membership.h"
#include "miscadmin.h"
#include "utils/activity/status.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/guc.h"
#include "utils/memutils.h"
#include "utils/misc/guc_internals.h"

namespace pg
{
namespace
{

Oid authenticated_user = InvalidOid;
Oid session_user = InvalidOid;
Oid outer_user = InvalidOid; /* SET ROLE, or else the session user */
Oid current_user = InvalidOid;
int security_context = 0;

bool shown_is_superuser = false;
char *role_string = nullptr;
char *session_authorization_string = nullptr;

/* Asked for with every statement, so the last answer is kept while roles stay as they are. */
bool
is_superuser(Oid role)
{
	static Oid asked = InvalidOid;
	static uint64 asked_at = 0;
	static bool answer = false;

	if (role == InvalidOid)
		return false;
	if (role == asked && asked_at == ClusterVersion())
		return answer;

	const std::optional<RoleInfo> info = FindRole(role);

	asked = role;
	asked_at = ClusterVersion();
	answer = info && info->superuser;
	return answer;
}

void
become(Oid role, bool as_superuser)
{
	outer_user = current_user = role;
	/* Other schemas may be searched now. */
	BumpLocalCatalogGeneration();
	SetSetting("is_superuser", as_superuser ? "on" : "off", PGC_INTERNAL, PGC_S_DYNAMIC_DEFAULT);
}

void
become(Oid role)
{
	become(role, is_superuser(role));
}

bool
refuse(int sqlstate, const std::string &message)
{
	GUC_check_errcode(sqlstate);
	GUC_check_errmsg("%s", message.c_str());
	return false;
}

bool
refuse_missing(const char *role)
{
	return refuse(ERRCODE_INVALID_PARAMETER_VALUE,
				  "role \"" + std::string(role) + "\" does not exist");
}

/* Leaves a role's OID for the assign hook; the settings machine frees it. */
bool
pass_on(Oid role, void **extra)
{
	Oid *const kept = static_cast<Oid *>(malloc(sizeof(Oid)));

	if (kept == nullptr)
		return false;
	*kept = role;
	*extra = kept;
	return true;
}

/* A function of somebody else does not lend its rights to what the caller names. */
bool
refuse_within_definer(const char *setting)
{
	return refuse(ERRCODE_INSUFFICIENT_PRIVILEGE, "cannot set parameter \"" + std::string(setting) +
													  "\" within security-definer function");
}

bool
check_role(char **newval, void **extra, GucSource)
{
	if ((security_context & SECURITY_LOCAL_USERID_CHANGE) != 0)
		return refuse_within_definer("role");
	if (strcmp(*newval, "none") == 0)
		return pass_on(InvalidOid, extra);

	const std::optional<RoleInfo> role = FindRole(*newval);

	if (!role)
		return refuse_missing(*newval);
	if (!superuser_arg(session_user) && !IsMember(session_user, role->oid, Reach::Members))
		return refuse(ERRCODE_INSUFFICIENT_PRIVILEGE,
					  "permission denied to set role \"" + std::string(*newval) + "\"");
	return pass_on(role->oid, extra);
}

Oid active_role = InvalidOid; /* of SET ROLE; InvalidOid: none */

void
assign_role(const char *, void *extra)
{
	active_role = *static_cast<const Oid *>(extra);
	if (session_user != InvalidOid)
		become(active_role != InvalidOid ? active_role : session_user);
}

/* SET SESSION AUTHORIZATION makes an earlier SET ROLE void. */
const char *
show_role()
{
	return active_role != InvalidOid ? role_string : "none";
}

bool
check_session_authorization(char **newval, void **extra, GucSource)
{
	if ((security_context & SECURITY_LOCAL_USERID_CHANGE) != 0)
		return refuse_within_definer("session_authorization");
	const std::optional<RoleInfo> role = FindRole(*newval);

	if (!role)
		return refuse_missing(*newval);
	if (role->oid != authenticated_user && !superuser_arg(authenticated_user))
		return refuse(ERRCODE_INSUFFICIENT_PRIVILEGE,
					  "permission denied to set session authorization");
	return pass_on(role->oid, extra);
}

void
assign_session_authorization(const char *, void *extra)
{
	if (extra == nullptr)
		return; /* nobody has logged in yet */
	session_user = *static_cast<const Oid *>(extra);
	active_role = InvalidOid;
	become(session_user);
}

constexpr int kHidden =
	GUC_NO_SHOW_ALL | GUC_NO_RESET_ALL | GUC_NOT_IN_SAMPLE | GUC_DISALLOW_IN_FILE;

constexpr SettingDef kSessionUserSettings[] = {
	{.name = "is_superuser",
	 .context = PGC_INTERNAL,
	 .group = SettingGroup::PresetOptions,
	 .short_desc = "Shows whether the current user is a superuser.",
	 .value = BoolSetting{.variable = &shown_is_superuser, .boot = false},
	 .flags = GUC_REPORT | kHidden},
	{.name = "role",
	 .context = PGC_USERSET,
	 .group = SettingGroup::PresetOptions,
	 .short_desc = "Sets the current role.",
	 .value = StringSetting{.variable = &role_string,
							.boot = "none",
							.check = check_role,
							.assign = assign_role,
							.show = show_role},
	 .flags = GUC_IS_NAME | kHidden},
	{.name = "session_authorization",
	 .context = PGC_USERSET,
	 .group = SettingGroup::PresetOptions,
	 .short_desc = "Sets the session user name.",
	 .value = StringSetting{.variable = &session_authorization_string,
							.boot = nullptr,
							.check = check_session_authorization,
							.assign = assign_session_authorization},
	 .flags = GUC_IS_NAME | GUC_REPORT | kHidden},
};

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

const SettingSpan kIdentitySettings = kSessionUserSettings;

void
SetSessionIdentity(const RoleInfo &role)
{
	authenticated_user = role.oid;
	SetSetting("session_authorization", role.name.c_str(), PGC_BACKEND, PGC_S_OVERRIDE);
}

GucContext
SettingContext()
{
	return superuser() ? PGC_SUSET : PGC_USERSET;
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
	return pg::outer_user;
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

Oid
GetCurrentRoleId(void)
{
	return pg::active_role;
}

void
SetCurrentRoleId(Oid roleid, bool is_superuser)
{
	pg::FromC(
		[&]
		{
			if (roleid == InvalidOid && pg::session_user == InvalidOid)
				return;
			pg::active_role = roleid;
			pg::become(roleid != InvalidOid ? roleid : pg::session_user, is_superuser);
		});
}

void
SetSessionAuthorization(Oid userid, bool is_superuser)
{
	pg::FromC(
		[&]
		{
			pg::session_user = userid;
			pg::active_role = InvalidOid;
			pg::become(userid, is_superuser);
		});
}

bool
InLocalUserIdChange(void)
{
	return (pg::security_context & SECURITY_LOCAL_USERID_CHANGE) != 0;
}

bool
InSecurityRestrictedOperation(void)
{
	return (pg::security_context & SECURITY_RESTRICTED_OPERATION) != 0;
}

bool
InNoForceRLSOperation(void)
{
	return (pg::security_context & SECURITY_NOFORCE_RLS) != 0;
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
