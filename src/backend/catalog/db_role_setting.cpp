/*
 * catalog/db_role_setting.cpp
 *		Reads pg_db_role_setting, for sessions that begin and for ALTER ROLE ... SET.
 *
 * Backends and workers with a database, inside a transaction.
 */
#include "catalog/db_role_setting.h"

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

} /* namespace */

void
ApplyStoredSettings(Oid database, Oid role)
{
	apply_all(StoredSettings(database, role), PGC_S_DATABASE_USER);
	apply_all(StoredSettings(InvalidOid, role), PGC_S_USER);
	apply_all(StoredSettings(database, InvalidOid), PGC_S_DATABASE);
	apply_all(StoredSettings(InvalidOid, InvalidOid), PGC_S_GLOBAL);
}

} /* namespace pg */
