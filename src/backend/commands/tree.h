/*
 * commands/tree.h
 *		Reading parse trees: names, option lists, and the statement being run.
 *
 * Any process with a session.  Only this folder includes it.
 */
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <pg_query/pg_query.pb-c.h>

#include "commands/utility.h"
#include "parser/parse.h"
#include "utils/error/report.h"

namespace pg::commands
{

using Node = PgQuery__Node;
using Option = PgQuery__DefElem;

/* One utility statement on its way. Lives as long as its run. */
struct Command
{
	const RawStatement &raw;
	const Node &node;
	RowReceiver &receiver;
	/* Where names without a schema are created, when CREATE SCHEMA says so. */
	std::string schema;
	const Plan *plan = nullptr; /* of the statement itself, not of an element of it */
	std::span<const Value> parameters{};
	/* 1-based position in the client's text of a byte offset of the tree, for Report::at. */
	int at(int location) const;
};

/* Text of a String node, empty for others. */
std::string_view StringOf(const Node *node);
/* Name parts of a List of Strings. */
std::vector<std::string> NamesOf(const Node *list);
std::vector<std::string> NamesOf(Node *const *nodes, size_t count);
/* "a.b" as messages print a name. */
std::string Dotted(const std::vector<std::string> &names);

/* schema.name of the last two parts of a dotted name; the schema may be empty. */
struct ObjectName
{
	std::string schema, name;

	std::string display() const { return schema.empty() ? name : schema + "." + name; }
};
/* Raises 0A000 for a catalog that is not this database, 42601 for too many parts. */
ObjectName SplitName(const std::vector<std::string> &names);
ObjectName NameOf(const PgQuery__RangeVar &range);

/* Values of an option (DefElem). Raise 42601 with PostgreSQL's words when it is of another kind. */
bool OptionBool(const PgQuery__DefElem &option);
int64 OptionInteger(const PgQuery__DefElem &option);
std::string OptionString(const PgQuery__DefElem &option);
/* CONNECTION LIMIT: -1 or more, or 22023. */
int OptionConnectionLimit(const PgQuery__DefElem &option);
/* Raises 42601 for an option that was given before. */
[[noreturn]] void RaiseRedundantOption(const Command &command, const PgQuery__DefElem &option);
/* With the letters A to Z as small ones: how names of encodings and locales, and engine names, are compared. */
std::string LowerAsciiText(std::string text);

/* Cut to 63 bytes with the NOTICE 42622, as identifiers are. (The grammar's own are cut already.) */
std::string Truncated(const std::string &name);

/* Calls `visit` for each node of a tree, outermost first; returning false skips what is below. */
using Visit = std::function<bool(const Node &)>;
void WalkTree(const Node *node, const Visit &visit);

/* Names of the columns that an expression mentions, each once, in order. */
std::vector<std::string> ColumnsMentioned(const Node *expression);
/* Relations that a query reads, views included, its own WITH queries not. */
std::vector<Oid> RelationsMentioned(const Node *query);

/* "name" where SQL needs the quotes. */
std::string QuoteIdentifier(std::string_view name);

} /* namespace pg::commands */
