/*
 * catalog/unlogged.cpp
 *		Empties unlogged tables after a crash.
 *
 * The startup process, alone.  Reads the catalogs by SQL of its own: look-ups of a session are for one
 * database.
 */
#include "catalog/unlogged.h"

#include <string>
#include <vector>

#include "catalog/catalog_names.h"
#include "catalog/cluster.h"
#include "catalog/write.h"
#include "engine/engine.h"
#include "utils/error/report.h"

namespace pg
{
namespace
{

/* Their names in the engine. */
std::vector<std::string>
unlogged_tables(EngineSession &session)
{
	std::vector<std::string> names;
	const std::unique_ptr<EngineStatement> rows =
		session.prepare("SELECT n.nspname || '.' || c.relname FROM main.\"pg_catalog.pg_class\" c "
						"JOIN main.\"pg_catalog.pg_namespace\" n ON n.oid = c.relnamespace "
						"WHERE c.relpersistence = 'u' AND c.relkind = 'r'");

	while (rows->step())
		names.emplace_back(rows->column(0).bytes);
	rows->reset();
	return names;
}

void
empty_tables(Oid database)
{
	const std::unique_ptr<EngineSession> session = SqliteEngine().open(database, false);
	const std::vector<std::string> names = unlogged_tables(*session);

	if (names.empty())
		return;
	session->begin(SnapshotMode::PerStatement, false);
	session->ensure_write();
	for (const std::string &name : names)
		session->execute(("DELETE FROM main." + QuoteEngineName(name)).c_str());
	session->commit();
}

} /* namespace */

void
EmptyUnloggedTables()
{
	for (const DatabaseInfo &database : AllDatabases())
	{
		try
		{
			empty_tables(database.oid);
		}
		catch (const PgError &error)
		{
			Report(LOG, error.sqlstate())
				.msg("could not empty the unlogged tables of database \"%s\": %s",
					 database.name.c_str(), error.report.message.c_str())
				.emit();
		}
	}
}

} /* namespace pg */
