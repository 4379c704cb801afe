/*
 * commands/expression_type.cpp
 *		Types of expressions over a table, and building engine indexes.
 *
 * Backends and workers inside a writing transaction.
 */
#include "commands/expression_type.h"

#include "access/transaction.h"
#include "commands/table_draft.h"
#include "parser/plan.h"

namespace pg::commands
{

Oid
TypeOfExpression(const RelationInfo &table, const std::string &sql)
{
	const std::string query = "SELECT " + sql + " FROM " + QuoteIdentifier(table.schema_name) + "." +
		QuoteIdentifier(table.name);
	const auto statements = ParseStatements(query);

	return MakePlan(statements->front(), {})->columns.at(0).type;
}

namespace
{

[[noreturn]] void
raise_duplicates(const IndexDraft &index)
{
	Raise(Report(ERROR, ERRCODE_UNIQUE_VIOLATION)
			  .msg("could not create unique index \"%s\"", index.info.name.c_str())
			  .detail("Key values occur more than once in the table."));
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
			raise_duplicates(index);
		if (error.report.message.find("non-deterministic") != std::string::npos)
			Raise(Report(ERROR, ERRCODE_INVALID_OBJECT_DEFINITION)
					  .msg("functions in index %s must be marked IMMUTABLE",
						   index.info.predicate_sql.empty() ? "expression" : "predicate"));
		throw;
	}
}

} /* namespace pg::commands */
