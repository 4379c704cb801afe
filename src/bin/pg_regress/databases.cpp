/*
 * databases.cpp
 *		Makes and drops what tests start with, through psql (databases.h).
 *
 * Client program.
 */
#include "databases.h"

#include "process.h"
#include "report.h"

namespace
{

std::string
quoted_name(const std::string &name)
{
	std::string quoted = "\"";

	for (char c : name)
		quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
	return quoted + "\"";
}

void
execute(const Options &options, const std::string &database, const std::string &sql)
{
	std::string command =
		Quoted(ProgramPath(options, "psql")) + " -X -c " + Quoted(sql) + " " + Quoted(database);

	if (Run(command) != 0)
		Bail("command failed: %s", command.c_str());
}

/* What ALTER DATABASE ... SET would keep stands in PGOPTIONS, see pg_regress.cpp. */
void
create_database(const Options &options, const std::string &name)
{
	std::string sql = "CREATE DATABASE " + quoted_name(name) + " TEMPLATE=template0";

	if (!options.encoding.empty())
		sql += " ENCODING='" + options.encoding + "'";
	if (options.no_locale)
		sql += " LC_COLLATE='C' LC_CTYPE='C'";
	Header("creating database \"%s\"", name.c_str());
	execute(options, "postgres", sql);
	for (const std::string &extension : options.extensions)
	{
		Header("installing %s", extension.c_str());
		execute(options, name, "CREATE EXTENSION IF NOT EXISTS " + quoted_name(extension));
	}
}

void
create_role(const Options &options, const std::string &role)
{
	Header("creating role \"%s\"", role.c_str());
	execute(options, "postgres", "CREATE ROLE " + quoted_name(role) + " WITH LOGIN");
	for (const std::string &database : options.databases)
		execute(options, "postgres",
				"GRANT ALL ON DATABASE " + quoted_name(database) + " TO " + quoted_name(role));
}

} /* namespace */

void
DropDatabases(const Options &options)
{
	for (const std::string &name : options.databases)
	{
		Header("dropping database \"%s\"", name.c_str());
		execute(options, "postgres", "DROP DATABASE IF EXISTS " + quoted_name(name));
	}
	for (const std::string &role : options.roles)
	{
		Header("dropping role \"%s\"", role.c_str());
		execute(options, "postgres", "DROP ROLE IF EXISTS " + quoted_name(role));
	}
}

void
CreateDatabases(const Options &options)
{
	for (const std::string &name : options.databases)
		create_database(options, name);
	for (const std::string &role : options.roles)
		create_role(options, role);
}
