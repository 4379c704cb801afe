/*
 * commands/schema_edit.cpp
 *		Engine definitions written anew from the catalogs.
 *
 * Backends and workers inside a writing transaction.  The engine keeps each table's definition as
 * text; what does not change how rows are stored can be changed there, in the same transaction.
 */
#include "commands/schema_edit.h"

#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/lookup.h"
#include "commands/table_draft.h"
#include "parser/plan.h"

namespace pg::commands
{
namespace
{

const char *
engine_schema(const RelationInfo &relation)
{
	return HomeOf(relation) == Home::Temporary ? "temp" : "main";
}

/* What lookups leave out of pg_constraint. */
std::vector<ConstraintTiming>
timing_of(const RelationInfo &relation)
{
	std::vector<ConstraintTiming> timing;
	const std::string sql = "SELECT condeferrable + 2 * condeferred FROM " +
							CatalogTable(HomeOf(relation), "pg_constraint") + " WHERE oid = ?1";

	for (const ConstraintInfo &constraint : relation.constraints)
	{
		const Value oid = Value::Int(constraint.oid);
		const int64 bits = QueryEngineNumber(sql, {&oid, 1});

		timing.push_back({(bits & 1) != 0, (bits & 2) != 0});
	}
	return timing;
}

void
bump_schema_version(const char *schema)
{
	const std::string pragma = std::string("PRAGMA ") + schema + ".schema_version";
	const int64 version = QueryEngineNumber(pragma);

	CurrentEngine().execute((pragma + " = " + std::to_string(version + 1)).c_str());
}

} /* namespace */

SchemaEdit::SchemaEdit()
{
	CurrentEngine().edit_schema(true);
}

SchemaEdit::~SchemaEdit()
{
	CurrentEngine().edit_schema(false);
}

std::string
EngineIndexName(const RelationInfo &table, const TableIndex &index)
{
	return std::string(engine_schema(table)) + "." + QuoteEngineName(index.physical);
}

namespace
{

std::string
engine_name(const RelationInfo &relation)
{
	return relation.schema_name + "." + relation.name;
}

/* "CREATE TABLE main.x" as the engine stores it: without the schema. */
std::string
as_stored(std::string sql, const RelationInfo &relation)
{
	const std::string schema = std::string(engine_schema(relation)) + ".";

	if (const size_t at = sql.find(schema); at != std::string::npos)
		sql.erase(at, schema.size());
	return sql;
}

/* A dropped column may still be the rowid: only the engine knows. */
void
mark_dropped_rowid(RelationInfo *relation)
{
	const std::string sql = "SELECT pk FROM pragma_table_info(?1, ?2) WHERE name = ?3";

	for (ColumnInfo &column : relation->columns)
	{
		const std::string table = engine_name(*relation);
		const Value parameters[] = {Value::Text(table), Value::Text(engine_schema(*relation)),
									Value::Text(column.physical)};

		if (column.dropped)
			column.is_rowid = QueryEngineNumber(sql, parameters) == 1;
	}
}

void
write_definition(const RelationInfo &before, const RelationInfo &relation, const std::string &sql)
{
	const std::string old_name = engine_name(before), new_name = engine_name(relation);
	const Value parameters[] = {Value::Text(sql), Value::Text(new_name), Value::Text(old_name)};
	const int64 changed = RunEngine(std::string("UPDATE ") + engine_schema(relation) +
										".sqlite_schema SET sql = ?1, name = ?2, tbl_name = ?2 "
										"WHERE type = 'table' AND name = ?3",
									parameters);

	if (changed != 1)
		Raise(Report(ERROR, ERRCODE_DATA_CORRUPTED)
				  .msg("table \"%s\" is missing in its database file", old_name.c_str()));
}

void
write_index(const TableIndex &before, const RelationInfo &relation, const IndexDraft &index)
{
	const std::string sql = as_stored(EngineIndexSql(relation, index), relation);
	const std::string table = engine_name(relation);
	const Value parameters[] = {Value::Text(sql), Value::Text(index.info.physical),
								Value::Text(table), Value::Text(before.physical)};

	RunEngine(std::string("UPDATE ") + engine_schema(relation) +
				  ".sqlite_schema SET sql = ?1, name = ?2, tbl_name = ?3 WHERE type = 'index' AND "
				  "name = ?4",
			  parameters);
}

} /* namespace */

void
RewriteDefinition(Oid table, int16 dropped_rowid)
{
	CatalogChanged();

	RelationInfo relation = *FindRelation(table);

	mark_dropped_rowid(&relation);
	for (ColumnInfo &column : relation.columns)
		column.is_rowid = column.is_rowid || (column.dropped && column.attnum == dropped_rowid);

	const std::string sql = as_stored(EngineTableSql(relation, timing_of(relation)), relation);
	SchemaEdit edit;

	write_definition(relation, relation, sql);
	bump_schema_version(engine_schema(relation));
}

void
RewriteRenamed(const RelationInfo &before, bool with_references)
{
	CatalogChanged();

	RelationInfo relation = *FindRelation(before.oid);
	std::vector<IndexDraft> indexes;

	{
		RelationInfo old = before;

		mark_dropped_rowid(&old);
		for (size_t i = 0; i < relation.columns.size(); i++)
			if (relation.columns[i].dropped)
				relation.columns[i].is_rowid = old.columns[i].is_rowid;
	}
	for (const TableIndex &index : relation.indexes)
		indexes.push_back(LoadIndex(relation, index));

	const std::string sql = as_stored(EngineTableSql(relation, timing_of(relation)), relation);
	{
		SchemaEdit edit;

		write_definition(before, relation, sql);
		for (const IndexDraft &index : indexes)
			for (const TableIndex &old : before.indexes)
				if (old.oid == index.info.oid)
					write_index(old, relation, index);
		bump_schema_version(engine_schema(relation));
	}
	if (!with_references)
		return;
	for (const Reference &reference : FindReferences(before.oid))
		if (reference.relation->oid != before.oid)
			RewriteDefinition(reference.relation->oid);
}

IndexDraft
LoadIndex(const RelationInfo &table, const TableIndex &index)
{
	const Home home = HomeOf(table);
	IndexDraft draft;
	const std::vector<std::string> expressions = SplitExpressions(index.expressions_sql);
	size_t next_expression = 0;
	const std::unique_ptr<EngineStatement> rows = CurrentEngine().prepare(
		"SELECT a.attname, a.atttypid, a.atttypmod, i.indoption, c.relfilenode FROM " +
		CatalogTable(home, "pg_attribute") + " a JOIN " + CatalogTable(home, "pg_index") +
		" i ON i.indexrelid = a.attrelid JOIN " + CatalogTable(home, "pg_class") +
		" c ON c.oid = a.attrelid WHERE a.attrelid = ?1 ORDER BY a.attnum");

	draft.info = index;
	rows->bind(0, Value::Int(index.oid));
	for (size_t i = 0; rows->step() && i < index.columns.size(); i++)
	{
		const std::string options(rows->column(3).bytes);
		const int option = options.size() > 2 * i ? options[2 * i] - '0' : 0;
		IndexKey key;

		key.attnum = index.columns[i];
		key.name = rows->column(0).bytes;
		key.type = static_cast<Oid>(rows->column(1).integer);
		key.typmod = static_cast<int32>(rows->column(2).integer);
		key.descending = (option & 1) != 0;
		key.nulls_first = (option & 2) != 0;
		if (key.attnum == 0)
			key.expression_sql = expressions.at(next_expression++);
		draft.is_rowid = rows->column(4).integer == 0;
		draft.keys.push_back(std::move(key));
	}
	rows->reset();
	return draft;
}

void
RemoveConstraint(Oid table, Oid oid)
{
	const RelationInfoPtr relation = FindRelation(table);

	for (const ConstraintInfo &constraint : relation->constraints)
	{
		if (constraint.oid != oid)
			continue;
		DeleteConstraint(*relation, oid);
		if (constraint.type == 'c')
		{
			const Value id = Value::Int(table);

			RunEngine("UPDATE " + CatalogTable(HomeOf(*relation), "pg_class") +
						  " SET relchecks = relchecks - 1 WHERE oid = ?1",
					  {&id, 1});
		}
		if (constraint.type == 'p' || constraint.type == 'u')
		{
			for (const TableIndex &index : relation->indexes)
				if (index.oid == constraint.index)
					CurrentEngine().execute(
						("DROP INDEX IF EXISTS " + EngineIndexName(*relation, index)).c_str());
			DeleteIndex(*relation, constraint.index);
		}
	}
	RewriteDefinition(table);
}

} /* namespace pg::commands */
