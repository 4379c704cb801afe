/*
 * commands/expression_type.h
 *		Types of expressions over a table, and engine indexes on them.
 */
#pragma once

#include <string>

#include "catalog/objects.h"
#include "catalog/write.h"

namespace pg::commands
{

/* Type of a PostgreSQL expression over the columns of `table`. Raises what analysis raises. */
Oid TypeOfExpression(const RelationInfo &table, const std::string &sql);

/*
 * LowerExpression for a text that was deparsed: what it raises points at no place of the client's text.
 */
std::string LowerStored(const std::string &sql, const RelationInfo *relation, Oid type,
						int32 typmod);

/* Says now what would fail at the first INSERT: 42804 and what the expression raises. */
void CheckDefault(const ColumnInfo &column, const std::string &sql);

/* Builds the index in the engine; 23505 and 42P17 with PostgreSQL's words. */
void CreateEngineIndex(const RelationInfo &table, const IndexDraft &index);

} /* namespace pg::commands */
