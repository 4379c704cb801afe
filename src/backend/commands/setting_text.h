/*
 * commands/setting_text.h
 *		The value of a SET, wherever it stands: SET, ALTER SYSTEM, ALTER ROLE, ALTER DATABASE.
 */
#pragma once

#include "commands/tree.h"

namespace pg::commands
{

/* Raises 22023 for several values of a setting that takes one. */
std::string SettingText(const PgQuery__VariableSetStmt &stmt);

} /* namespace pg::commands */
