/*
 * commands/roles.h
 *		Roles as statements name them.
 */
#pragma once

#include "commands/tree.h"

namespace pg::commands
{

/* Raises 42704. */
Oid RoleOf(const Command &command, const PgQuery__RoleSpec &role);
/* The same with all about the role. */
RoleInfo RoleInfoOf(const PgQuery__RoleSpec &role);

/* Raises 42501 with PostgreSQL's words unless the current user may change a role: superusers change
 * superusers, and everybody with CREATEROLE the others. */
void CheckMayChangeRole(const RoleInfo &role, const char *superuser_message, const char *message);
[[noreturn]] void RaiseDenied(const char *message);

/* Raises 42939 for a name that begins with pg_. */
void CheckRoleNameIsFree(const std::string &name);
bool IsReservedRoleName(std::string_view name);

/* GRANT role TO member, without rights being checked; a NOTICE where it is one already. */
void AddMember(const RoleInfo &role, const RoleInfo &member, Oid grantor, bool admin);
/* REVOKE; a WARNING where it is none. */
void RemoveMember(const RoleInfo &role, const RoleInfo &member, bool admin_only);
/* Raises 42501 unless the current user may give or take membership in the role. */
void CheckMayGrantRole(const RoleInfo &role);

/* ALTER ... OWNER TO: raises 42501 unless the user is a member of the new owner, which may create in the schema
 * (InvalidOid: no schema). Superusers pass. */
void CheckNewOwner(Oid owner, Oid schema);

/* ALTER ROLE ... RENAME. */
void RenameRole(const std::string &name, const std::string &new_name);

} /* namespace pg::commands */
