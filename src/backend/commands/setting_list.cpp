/*
 * commands/setting_list.cpp
 *		Lists of settings that catalogs keep: of roles, databases and functions.
 *
 * Backends and workers.
 */
#include "catalog/identity.h"
#include "commands/commands.h"
#include "commands/setting_text.h"
#include "utils/guc.h"
#include "utils/misc/guc_internals.h"
#include "utils/palloc.h"

namespace pg::commands
{
namespace
{

/* Only tries the value: raises what SET would. */
void
check_value(const char *name, const char *value)
{
	if (GetConfigOption(name, true, false) == nullptr && value == nullptr)
		return;
	set_config_option(name, value, SettingContext(), PGC_S_TEST, GUC_ACTION_SET, false, 0, false);
}

bool
is_setting(const std::optional<std::string> &entry, const std::string &name)
{
	return entry && LowerAsciiText(entry->substr(0, entry->find('='))) == LowerAsciiText(name);
}

/* The value of SET, or of SET ... FROM CURRENT; none for RESET and DEFAULT. */
std::optional<std::string>
new_value(const PgQuery__VariableSetStmt &stmt)
{
	switch (stmt.kind)
	{
		case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE: return SettingText(stmt);
		case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_CURRENT: return ShowSetting(stmt.name);
		case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_DEFAULT:
		case PG_QUERY__VARIABLE_SET_KIND__VAR_RESET: return std::nullopt;
		default: RaiseNotSupported("SET of this kind for a role, a database or a function");
	}
}

/* In the case of its definition. */
std::string
proper_name(const char *name)
{
	const char *found = nullptr;
	char *const value = GetConfigOptionByName(name, &found, true);

	if (value != nullptr)
		pfree(value);
	return found != nullptr ? found : name;
}

} /* namespace */

void
ChangeSettingList(const PgQuery__VariableSetStmt &stmt, ArrayElements *list)
{
	if (stmt.kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL)
	{
		list->clear();
		return;
	}

	const std::optional<std::string> value = new_value(stmt);
	bool placed = false;

	check_value(stmt.name, value ? value->c_str() : nullptr);

	const std::string name = proper_name(stmt.name);

	for (auto entry = list->begin(); entry != list->end();)
	{
		if (!is_setting(*entry, name))
			++entry;
		else if (value && !placed)
		{
			*entry++ = name + "=" + *value;
			placed = true;
		}
		else
			entry = list->erase(entry);
	}
	if (value && !placed)
		list->emplace_back(name + "=" + *value);
}

} /* namespace pg::commands */
