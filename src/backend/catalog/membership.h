/*
 * catalog/membership.h
 *		Which roles a role stands in for.
 *
 * Backends and workers; reads the shared copy of pg_auth_members (cluster.h) and keeps what it made of
 * it until the copy changes.  The C API is in utils/acl.h.
 */
#pragma once

#include "postgres.h"

namespace pg
{

/* How far memberships reach. */
enum class Reach : uint8_t
{
	Rights, /* whose rights it has without SET ROLE: not beyond a role with NOINHERIT */
	Members /* whose member it is at all */
};

/* A role is a member of itself. Superusers have no shortcut here. */
bool IsMember(Oid member, Oid role, Reach reach);
/* May it give membership in `role` away? Superusers have no shortcut here. */
bool HasAdminOption(Oid member, Oid role);

/* May the current user see what a process of that role does? InvalidOid: the server's own. */
bool MaySeeActivityOf(Oid role);

/* has_privs_of_role() for one of the roles of initdb that grant a view or a signal. */
inline constexpr Oid kRoleReadAllSettings = 3374;
inline constexpr Oid kRoleReadAllStats = 3375;
inline constexpr Oid kRoleStatScanTables = 3377;
inline constexpr Oid kRoleMonitor = 3373;
inline constexpr Oid kRoleSignalBackend = 4200;
inline constexpr Oid kRoleCheckpoint = 4544;
inline constexpr Oid kRoleDatabaseOwner = 6171;
inline constexpr Oid kRoleReadAllData = 6181;
inline constexpr Oid kRoleWriteAllData = 6182;

} /* namespace pg */
