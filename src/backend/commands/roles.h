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
Oid RoleByName(const std::string &name);

} /* namespace pg::commands */
