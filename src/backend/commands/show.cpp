/*
 * commands/show.cpp
 *		SHOW and SHOW ALL.
 *
 * Sessions; reads only.
 */
#include "catalog/pg_type_d.h"
#include "commands/commands.h"
#include "utils/guc.h"
#include "utils/misc/guc_internals.h"

namespace pg::commands
{
namespace
{

bool
shows_all(const PgQuery__VariableShowStmt &stmt)
{
	return std::string_view(stmt.name) == "all";
}

/* The name as it was declared: SHOW timezone is about TimeZone. */
std::string
declared_name(const char *name)
{
	const char *declared = nullptr;

	GetConfigOptionByName(name, &declared, false);
	return declared != nullptr ? declared : name;
}

void
show_all(RowReceiver &receiver)
{
	for (const SettingRow &row : SettingRows())
	{
		if ((GetConfigOptionFlags(row.name.c_str(), true) & GUC_NO_SHOW_ALL) != 0)
			continue;

		const std::string setting = ShowSetting(row.name).value_or("");
		const Value values[] = {Value::Text(row.name), Value::Text(setting),
								Value::Text(row.short_desc)};

		receiver.row(values);
	}
}

} /* namespace */

std::vector<ResultColumn>
ShowColumns(const PgQuery__VariableShowStmt &stmt)
{
	std::vector<ResultColumn> columns;

	if (shows_all(stmt))
		for (const char *name : {"name", "setting", "description"})
			columns.push_back({.name = name, .type = TEXTOID});
	else
		columns.push_back({.name = declared_name(stmt.name), .type = TEXTOID});
	return columns;
}

std::string
RunShow(const Command &command)
{
	const PgQuery__VariableShowStmt &stmt = *command.node.variable_show_stmt;

	command.receiver.start(ShowColumns(stmt));
	if (shows_all(stmt))
		show_all(command.receiver);
	else
	{
		const std::string setting = ShowSetting(stmt.name).value_or("");
		const Value value = Value::Text(setting);

		command.receiver.row({&value, 1});
	}
	return "SHOW";
}

} /* namespace pg::commands */
