/*
 * commands/expression_type.cpp
 *		Types of expressions over a table, and building engine indexes.
 *
 * Backends and workers inside a writing transaction.
 */
#include "commands/expression_type.h"

#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/pg_type_d.h"
#include "commands/table_draft.h"
#include "parser/plan.h"
#include "utils/adt/registry.h"

namespace pg::commands
{
namespace
{

} /* namespace */

std::string
LowerStored(const std::string &sql, const RelationInfo *relation, Oid type, int32 typmod)
{
	try
	{
		return LowerExpression(sql, relation, type, typmod);
	}
	catch (PgError &error)
	{
		error.report.position = 0;
		throw;
	}
}

void
CheckDefault(const ColumnInfo &column, const std::string &sql)
{
	try
	{
		LowerStored(sql, nullptr, column.type, column.typmod);
	}
	catch (const PgError &error)
	{
		if (error.sqlstate() != ERRCODE_DATATYPE_MISMATCH)
			throw;

		const auto statements = ParseStatements("SELECT " + sql);
		const Oid type = MakePlan(statements->front(), {})->columns.at(0).type;

		Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
				  .msg("column \"%s\" is of type %s but default expression is of type %s",
					   column.name.c_str(), FormatType(column.type).c_str(),
					   FormatType(type).c_str())
				  .hint("You will need to rewrite or cast the expression."));
	}
}

Oid
TypeOfExpression(const RelationInfo &table, const std::string &sql)
{
	const std::string query = "SELECT " + sql + " FROM " + QuoteIdentifier(table.schema_name) +
							  "." + QuoteIdentifier(table.name);
	const auto statements = ParseStatements(query);

	return MakePlan(statements->front(), {})->columns.at(0).type;
}

namespace
{

/* "Key (a, b)=(1, 2) is duplicated." of one such key; empty when a key is an expression. */
std::string
duplicate_detail(const RelationInfo &table, const IndexDraft &index)
{
	std::string columns, names, values;

	for (const IndexKey &key : index.keys)
	{
		if (key.attnum == 0)
			return "";
		columns += (columns.empty() ? "" : ", ") +
				   QuoteEngineName(ColumnByNumber(table, key.attnum).physical);
		names += (names.empty() ? "" : ", ") + key.name;
	}

	/* Nulls are not equal to each other. */
	std::string filter = " WHERE 1";

	for (const IndexKey &key : index.keys)
		filter +=
			" AND " + QuoteEngineName(ColumnByNumber(table, key.attnum).physical) + " IS NOT NULL";
	if (!index.info.predicate_sql.empty())
		filter += " AND " + LowerExpression(index.info.predicate_sql, &table, BOOLOID, -1);
	const std::unique_ptr<EngineStatement> rows =
		CurrentEngine().prepare("SELECT " + columns + " FROM " + table.physical + filter +
								" GROUP BY " + columns + " HAVING count(*) > 1 LIMIT 1");

	if (!rows->step())
		return "";
	for (size_t i = 0; i < index.keys.size(); i++)
		values +=
			(i > 0 ? ", " : "") + ValueOut(index.keys[i].type, rows->column(static_cast<int>(i)));
	return "Key (" + names + ")=(" + values + ") is duplicated.";
}

[[noreturn]] void
raise_duplicates(const RelationInfo &table, const IndexDraft &index)
{
	const std::string detail = duplicate_detail(table, index);
	Report report(ERROR, ERRCODE_UNIQUE_VIOLATION);

	report.msg("could not create unique index \"%s\"", index.info.name.c_str());
	if (!detail.empty())
		report.detail("%s", detail.c_str());
	Raise(report.object(table.schema_name.c_str(), table.name.c_str(), nullptr, nullptr,
						index.info.name.c_str()));
}

} /* namespace */

void
CreateEngineIndex(const RelationInfo &table, const IndexDraft &index)
{
	const std::string sql = EngineIndexSql(table, index);

	try
	{
		CurrentEngine().execute(sql.c_str());
	}
	catch (const PgError &error)
	{
		if (error.sqlstate() == ERRCODE_UNIQUE_VIOLATION)
			raise_duplicates(table, index);
		if (error.report.message.find("non-deterministic") != std::string::npos)
			Raise(Report(ERROR, ERRCODE_INVALID_OBJECT_DEFINITION)
					  .msg("functions in index %s must be marked IMMUTABLE",
						   index.info.predicate_sql.empty() ? "expression" : "predicate"));
		throw;
	}
}

} /* namespace pg::commands */
