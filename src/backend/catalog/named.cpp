/*
 * catalog/named.cpp
 *		See named.h.
 */
#include "catalog/named.h"

#include "catalog/catalog_names.h"
#include "catalog/write.h"
#include "utils/error/report.h"

namespace pg
{
namespace
{

template <typename Found>
Found
existing(const std::optional<Found> &found, const char *noun, std::string_view name, int sqlstate)
{
	if (!found)
		Raise(Report(ERROR, sqlstate)
				  .msg("%s \"%s\" does not exist", noun, std::string(name).c_str()));
	return *found;
}

} /* namespace */

Oid
SchemaNamed(std::string_view name)
{
	return existing(FindSchema(name), "schema", name, ERRCODE_UNDEFINED_SCHEMA);
}

DatabaseInfo
DatabaseNamed(std::string_view name)
{
	return existing(FindDatabase(name), "database", name, ERRCODE_UNDEFINED_DATABASE);
}

RoleInfo
RoleNamed(std::string_view name)
{
	return existing(FindRole(name), "role", name, ERRCODE_UNDEFINED_OBJECT);
}

Oid
LanguageNamed(std::string_view name)
{
	const Value parameter = Value::Text(name);
	const int64 oid = QueryEngineNumber(
		"SELECT oid FROM " + CatalogTable(Home::Main, "pg_language") + " WHERE lanname = ?1",
		{&parameter, 1});
	const std::optional<Oid> found = oid < 0 ? std::nullopt : std::optional(static_cast<Oid>(oid));

	return existing(found, "language", name, ERRCODE_UNDEFINED_OBJECT);
}

} /* namespace pg */
