/*
 * catalog/db_role_setting.cpp
 *		Reads pg_db_role_setting, for sessions that begin and for ALTER ROLE ... SET.
 *
 * Backends and workers with a database, inside a transaction.
 */
#include "catalog/db_role_setting.h"

#include <utility>
#include <vector>

#include "access/transaction.h"
#include "catalog/write.h"
#include "utils/misc/guc_internals.h"

namespace pg
{

ArrayElements
StoredSettings(Oid database, Oid role)
{
	const std::unique_ptr<EngineStatement> row = CurrentEngine().prepare(
		"SELECT setconfig FROM " + CatalogTable(Home::Shared, "pg_db_role_setting") +
		" WHERE setdatabase = ?1 AND setrole = ?2");
	ArrayElements settings;

	row->bind(0, Value::Int(database));
	row->bind(1, Value::Int(role));
	if (row->step() && !row->column(0).is_null())
		settings = ReadArray(row->column(0).bytes);
	row->reset();
	return settings;
}

namespace
{

/* They were checked when they were stored, so they count as a superuser's. */
void
apply_all(const ArrayElements &settings, GucSource source)
{
	for (const std::optional<std::string> &setting : settings)
	{
		const size_t equals = setting ? setting->find('=') : std::string::npos;

		if (equals != std::string::npos)
			SetSetting(setting->substr(0, equals), setting->c_str() + equals + 1, PGC_SUSET,
					   source);
	}
}

GucSource
source_of(bool of_database, bool of_role)
{
	if (of_role)
		return of_database ? PGC_S_DATABASE_USER : PGC_S_USER;
	return of_database ? PGC_S_DATABASE : PGC_S_GLOBAL;
}

} /* namespace */

void
ApplyStoredSettings(Oid database, Oid role)
{
	std::vector<std::pair<GucSource, ArrayElements>> found;
	const std::unique_ptr<EngineStatement> rows =
		CurrentEngine().prepare("SELECT setdatabase, setrole, setconfig FROM " +
								CatalogTable(Home::Shared, "pg_db_role_setting") +
								" WHERE setdatabase IN (0, ?1) AND setrole IN (0, ?2)"
								" ORDER BY setrole = 0, setdatabase = 0");

	rows->bind(0, Value::Int(database));
	rows->bind(1, Value::Int(role));
	while (rows->step())
		found.emplace_back(source_of(rows->column(0).integer != 0, rows->column(1).integer != 0),
						   ReadArray(rows->column(2).bytes));
	rows->reset();
	for (const auto &[source, settings] : found)
		apply_all(settings, source);
}

} /* namespace pg */
