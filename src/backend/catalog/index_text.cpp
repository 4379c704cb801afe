/*
 * catalog/index_text.cpp
 *		The text of an index: its expressions, and its definition as pg_get_indexdef prints it.
 *
 * Backends and workers.  Pure.
 */
#include "catalog/lookup.h"
#include "utils/builtins.h"

namespace pg
{
namespace
{

/* Position behind a quoted part that starts at `at`. A doubled quote is two parts. */
size_t
skip_quoted(std::string_view text, size_t at)
{
	const size_t end = text.find(text[at], at + 1);

	return end == std::string_view::npos ? text.size() : end + 1;
}

std::string
quoted(const std::string &name)
{
	return quote_identifier(name.c_str());
}

std::string
column_name(const RelationInfo &table, int16 attnum)
{
	for (const ColumnInfo &column : table.columns)
		if (column.attnum == attnum)
			return quoted(column.name);
	return "?";
}

/* What an index key says of its order, where that is not the default. */
const char *
order_suffix(int option)
{
	static constexpr const char *kSuffixes[] = {"", " DESC NULLS LAST", " NULLS FIRST", " DESC"};

	return kSuffixes[option & 3];
}

} /* namespace */

std::vector<std::string>
SplitExpressions(std::string_view list)
{
	std::vector<std::string> parts;
	size_t start = 0;
	int depth = 0;

	for (size_t at = 0; at < list.size();)
	{
		const char c = list[at];

		if (c == '\'' || c == '"')
		{
			at = skip_quoted(list, at);
			continue;
		}
		depth += (c == '(' || c == '[') - (c == ')' || c == ']');
		if (c == ',' && depth == 0)
		{
			parts.emplace_back(list.substr(start, at - start));
			start = at + (list.substr(at).starts_with(", ") ? 2 : 1);
		}
		at++;
	}
	if (start < list.size())
		parts.emplace_back(list.substr(start));
	return parts;
}

std::string
IndexDefinition(const RelationInfo &table, const TableIndex &index, std::string_view options)
{
	const std::vector<std::string> expressions = SplitExpressions(index.expressions_sql);
	std::string text = index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
	size_t next_expression = 0;

	text += quoted(index.name) + " ON " + quoted(table.schema_name) + "." + quoted(table.name) +
			" USING btree (";
	for (size_t i = 0; i < index.columns.size(); i++)
	{
		const int option = options.size() > 2 * i ? options[2 * i] - '0' : 0;

		text += i > 0 ? ", " : "";
		if (index.columns[i] != 0)
			text += column_name(table, index.columns[i]);
		else if (next_expression < expressions.size())
		{
			const std::string &expression = expressions[next_expression++];

			/* As PostgreSQL: a call stands by itself, anything else in parentheses twice. */
			text += expression.starts_with('(') ? "(" + expression + ")" : expression;
		}
		text += order_suffix(option);
	}
	text += ")";
	if (!index.predicate_sql.empty())
		text += " WHERE (" + index.predicate_sql + ")";
	return text;
}

} /* namespace pg */
