/*
 * commands/role_settings.cpp
 *		ALTER ROLE and ALTER DATABASE ... SET and RESET: rows of pg_db_role_setting.
 *
 * Backends and workers, in a writing transaction.  Sessions to come read them (catalog/db_role_setting.h).
 */
#include "access/transaction.h"
#include "catalog/cluster.h"
#include "catalog/db_role_setting.h"
#include "catalog/functions.h"
#include "catalog/named.h"
#include "catalog/write.h"
#include "commands/commands.h"
#include "commands/roles.h"
#include "commands/setting_text.h"
#include "miscadmin.h"
#include "utils/acl.h"

namespace pg::commands
{
namespace
{

void
store(Oid database, Oid role, const ArrayElements &settings)
{
	const Value keys[] = {Value::Int(database), Value::Int(role)};

	SharedCatalogChanged();
	RunEngine("DELETE FROM " + CatalogTable(Home::Shared, "pg_db_role_setting") +
				  " WHERE setdatabase = ?1 AND setrole = ?2",
			  keys);
	if (settings.empty())
		return;

	const std::string text = ConfigText(settings);

	CatalogRow(Home::Shared, "pg_db_role_setting")
		.set("setdatabase", database)
		.set("setrole", role)
		.set("setconfig", text)
		.insert();
}

void
change(Oid database, Oid role, const PgQuery__VariableSetStmt &stmt)
{
	ArrayElements settings = StoredSettings(database, role);

	ChangeSettingList(stmt, &settings);
	store(database, role, settings);
}

} /* namespace */

std::string
RunAlterRoleSet(const Command &command)
{
	const PgQuery__AlterRoleSetStmt &stmt = *command.node.alter_role_set_stmt;
	Oid role = InvalidOid, database = InvalidOid;

	if (stmt.role != nullptr)
	{
		const RoleInfo info = RoleInfoOf(*stmt.role);

		if (IsReservedRoleName(info.name))
			Raise(Report(ERROR, ERRCODE_RESERVED_NAME)
					  .msg("role name \"%s\" is reserved", info.name.c_str())
					  .detail("Cannot alter reserved roles."));
		role = info.oid;
		if (role != GetUserId() || info.superuser)
			CheckMayChangeRole(info, "must be superuser to alter superusers", "permission denied");
	}
	if (stmt.database[0] != '\0')
		database = DatabaseNamed(stmt.database).oid;
	if (role == InvalidOid && database != InvalidOid)
		CheckDatabaseOwner(DatabaseNamed(stmt.database));
	else if (role == InvalidOid && !superuser())
		RaiseDenied("must be superuser to alter settings globally");
	change(database, role, *stmt.setstmt);
	return command.raw.tag;
}

std::string
RunAlterDatabaseSet(const Command &command)
{
	const PgQuery__AlterDatabaseSetStmt &stmt = *command.node.alter_database_set_stmt;
	const DatabaseInfo database = DatabaseNamed(stmt.dbname);

	CheckDatabaseOwner(database);
	change(database.oid, InvalidOid, *stmt.setstmt);
	return command.raw.tag;
}

} /* namespace pg::commands */
