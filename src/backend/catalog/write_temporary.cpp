/*
 * catalog/write_temporary.cpp
 *		The temporary schema of a session: its catalogs, made with its first temporary object.
 *
 * Backends and workers with a database, inside a writing transaction.
 */
#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/lookup.h"
#include "catalog/write.h"

namespace pg
{
namespace
{

/* Catalogs that can describe a temporary object. */
constexpr const char *kCatalogs[] = {"pg_class",	"pg_attribute", "pg_attrdef", "pg_constraint",
									 "pg_index",	"pg_depend",	"pg_rewrite", "pg_description",
									 "pg_inherits", "pg_sequence",	"pg_trigger", "pg_policy"};

void
replace_first(std::string *text, std::string_view what, std::string_view by)
{
	if (const size_t at = text->find(what); at != std::string::npos)
		text->replace(at, what.size(), by);
}

/* The definitions of a catalog and its indexes, as the permanent one has them. */
std::vector<std::string>
definitions_of(const std::string &catalog)
{
	const std::string name = "pg_catalog." + catalog;
	const std::unique_ptr<EngineStatement> rows = CurrentEngine().prepare(
		"SELECT sql FROM main.sqlite_schema WHERE tbl_name = ?1 AND sql IS NOT NULL "
		"ORDER BY type DESC");
	std::vector<std::string> definitions;

	rows->bind(0, Value::Text(name));
	while (rows->step())
		definitions.emplace_back(rows->column(0).bytes);
	rows->reset();
	return definitions;
}

} /* namespace */

void
EnsureTemporarySchema()
{
	if (TempSchemaExists())
		return;
	for (const char *catalog : kCatalogs)
	{
		for (std::string sql : definitions_of(catalog))
		{
			/* The stored text names the object right after the keyword, without a schema. */
			for (const char *kind :
				 {"CREATE TABLE \"", "CREATE INDEX \"", "CREATE UNIQUE INDEX \""})
			{
				const std::string_view keyword(kind);

				if (sql.starts_with(keyword))
					replace_first(&sql, keyword,
								  std::string(keyword.substr(0, keyword.size() - 1)) + "temp.\"");
			}
			CurrentEngine().execute(sql.c_str());
		}
	}
	SetTempSchemaExists();
}

} /* namespace pg */
