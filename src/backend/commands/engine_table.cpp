/*
 * commands/engine_table.cpp
 *		The engine's CREATE TABLE and CREATE INDEX for what the catalogs describe.
 *
 * Backends and workers inside a transaction.  Keys other than the rowid are unique indexes of their
 * own, under their PostgreSQL name, so that a constraint can come and go without a new table.
 */
#include "catalog/catalog_names.h"
#include "catalog/pg_type_d.h"
#include "commands/table_draft.h"
#include "parser/plan.h"
#include "utils/adt/registry.h"

namespace pg::commands
{
namespace
{

const char *
engine_type(Storage storage)
{
	switch (storage)
	{
		case Storage::Integer: return "INTEGER";
		case Storage::Real: return "REAL";
		case Storage::Text: return "TEXT";
		case Storage::Blob: return "BLOB";
	}
	return "BLOB";
}

std::string
column_list(const RelationInfo &relation, const std::vector<int16> &columns)
{
	std::string list;

	for (const int16 attnum : columns)
		list +=
			(list.empty() ? "" : ", ") + QuoteEngineName(ColumnByNumber(relation, attnum).physical);
	return list;
}

const char *
action(char code)
{
	switch (code)
	{
		case 'r': return "RESTRICT";
		case 'c': return "CASCADE";
		case 'n': return "SET NULL";
		case 'd': return "SET DEFAULT";
		default: return "NO ACTION";
	}
}

/* Without its schema: the engine looks where the referencing table is. */
std::string
bare_name(const RelationInfo &relation)
{
	return QuoteEngineName(relation.schema_name + "." + relation.name);
}

std::string
foreign_key(const RelationInfo &relation, const ConstraintInfo &constraint, ConstraintTiming timing)
{
	const bool itself = constraint.foreign_relation == relation.oid;
	const RelationInfoPtr found = itself ? nullptr : FindRelation(constraint.foreign_relation);
	const RelationInfo &other = itself ? relation : *found;
	std::string sql = "CONSTRAINT " + QuoteEngineName(constraint.name) + " FOREIGN KEY (" +
					  column_list(relation, constraint.columns) + ") REFERENCES " +
					  bare_name(other) + " (" + column_list(other, constraint.foreign_columns) +
					  ") ON UPDATE " + action(constraint.update_action) + " ON DELETE " +
					  action(constraint.delete_action);

	if (timing.deferred)
		sql += " DEFERRABLE INITIALLY DEFERRED";
	return sql;
}

const ConstraintInfo *
primary_key(const RelationInfo &relation)
{
	for (const ConstraintInfo &constraint : relation.constraints)
		if (constraint.type == 'p')
			return &constraint;
	return nullptr;
}

} /* namespace */

const ColumnInfo &
ColumnByNumber(const RelationInfo &relation, int16 attnum)
{
	for (const ColumnInfo &column : relation.columns)
		if (column.attnum == attnum)
			return column;
	Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR)
			  .msg("column %d of relation \"%s\" does not exist", attnum, relation.name.c_str()));
}

std::string
EngineColumnSql(const ColumnInfo &column)
{
	const TypeDef &type = *FindType(column.type);
	std::string sql = QuoteEngineName(column.physical) + " " + engine_type(type.storage);

	if (type.collation != nullptr)
		sql += std::string(" COLLATE ") + type.collation;
	if (column.not_null && !column.is_rowid)
		sql += " NOT NULL";
	return sql;
}

std::string
EngineTableSql(const RelationInfo &relation, const std::vector<ConstraintTiming> &timing)
{
	std::string sql = "CREATE TABLE " + relation.physical + " (";
	const size_t start = sql.size();
	const auto comma = [&] { return sql.size() == start ? "" : ", "; };

	for (const ColumnInfo &column : relation.columns)
	{
		if (column.dropped)
		{
			/* Its values stay where they are. */
			sql += comma() + QuoteEngineName(column.physical) +
				   (column.is_rowid ? " INTEGER PRIMARY KEY" : "");
			continue;
		}
		sql += comma() + EngineColumnSql(column);
		if (column.is_rowid)
			sql += " CONSTRAINT " + QuoteEngineName(primary_key(relation)->name) + " PRIMARY KEY";
	}
	/* A table of the engine has at least one column; nobody reads this one. */
	if (sql.size() == start)
		sql += "\"postroom.none\" INTEGER";
	for (size_t i = 0; i < relation.constraints.size(); i++)
	{
		const ConstraintInfo &constraint = relation.constraints[i];

		if (constraint.type == 'c')
			sql += ", CONSTRAINT " + QuoteEngineName(constraint.name) + " CHECK (" +
				   LowerExpression(constraint.check_sql, &relation, BOOLOID, -1) + ")";
		else if (constraint.type == 'f')
			sql += ", " + foreign_key(relation, constraint, timing[i]);
	}
	return sql + ")";
}

std::string
EngineIndexSql(const RelationInfo &table, const IndexDraft &index)
{
	const std::string schema = HomeOf(table) == Home::Temporary ? "temp." : "main.";
	std::string sql = std::string("CREATE ") + (index.info.unique ? "UNIQUE " : "") + "INDEX " +
					  schema + QuoteEngineName(index.info.physical) + " ON " + bare_name(table) +
					  " (";
	const size_t start = sql.size();

	for (const IndexKey &key : index.keys)
	{
		const char *const collation = FindType(key.type)->collation;

		if (sql.size() > start)
			sql += ", ";
		sql += key.attnum != 0 ? QuoteEngineName(ColumnByNumber(table, key.attnum).physical)
							   : LowerExpression(key.expression_sql, &table, InvalidOid, -1);
		if (key.attnum == 0 && collation != nullptr)
			sql += std::string(" COLLATE ") + collation;
		if (key.descending)
			sql += " DESC";
	}
	sql += ")";
	if (!index.info.predicate_sql.empty())
		sql += " WHERE " + LowerExpression(index.info.predicate_sql, &table, BOOLOID, -1);
	return sql;
}

} /* namespace pg::commands */
