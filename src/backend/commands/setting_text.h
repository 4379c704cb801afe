/*
 * commands/setting_text.h
 *		SET wherever it stands: of a session, the server, a role, a database, a function.
 */
#pragma once

#include "commands/tree.h"
#include "utils/adt/array_text.h"

namespace pg::commands
{

/* Raises 22023 for several values of a setting that takes one. */
std::string SettingText(const PgQuery__VariableSetStmt &stmt);

/* What a SET or RESET makes of a list of "name=value"; raises what SET would. */
void ChangeSettingList(const PgQuery__VariableSetStmt &stmt, ArrayElements *list);

} /* namespace pg::commands */
