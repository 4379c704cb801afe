/*
 * commands/schema_commands.cpp
 *		CREATE SCHEMA, with the elements in it.
 *
 * Backends and workers inside a writing transaction.
 */
#include "catalog/catalog_names.h"
#include "catalog/extension.h"
#include "catalog/objectaccess.h"
#include "catalog/write.h"
#include "commands/commands.h"
#include "commands/roles.h"
#include "commands/schema_names.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/misc/guc_internals.h"

namespace pg::commands
{
namespace
{

/* Sequences first, then tables, views and indexes, whatever their order in the text. */
int
rank(const Node &element)
{
	switch (element.node_case)
	{
		case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT: return 0;
		case PG_QUERY__NODE__NODE_CREATE_STMT: return 1;
		case PG_QUERY__NODE__NODE_VIEW_STMT: return 2;
		case PG_QUERY__NODE__NODE_INDEX_STMT: return 3;
		default: RaiseNotSupported("this kind of element in CREATE SCHEMA");
	}
}

const PgQuery__RangeVar *
range_of_element(const Node &element)
{
	switch (element.node_case)
	{
		case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT: return element.create_seq_stmt->sequence;
		case PG_QUERY__NODE__NODE_CREATE_STMT: return element.create_stmt->relation;
		case PG_QUERY__NODE__NODE_INDEX_STMT: return element.index_stmt->relation;
		default: return element.view_stmt->view;
	}
}

void
run_elements(const Command &command, const PgQuery__CreateSchemaStmt &stmt,
			 const std::string &schema)
{
	for (int wanted = 0; wanted <= 3; wanted++)
	{
		for (size_t i = 0; i < stmt.n_schema_elts; i++)
		{
			const Node &element = *stmt.schema_elts[i];

			if (rank(element) != wanted)
				continue;

			const char *const named = range_of_element(element)->schemaname;

			if (named[0] != '\0' && schema != named)
				Raise(
					Report(ERROR, ERRCODE_INVALID_SCHEMA_DEFINITION)
						.msg("CREATE specifies a schema (%s) different from the one being created "
							 "(%s)",
							 named, schema.c_str()));

			const Command inner{command.raw, element, command.receiver, schema};

			switch (element.node_case)
			{
				case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT: RunCreateSequence(inner); break;
				case PG_QUERY__NODE__NODE_CREATE_STMT: RunCreateTable(inner); break;
				case PG_QUERY__NODE__NODE_VIEW_STMT: RunCreateView(inner); break;
				default: RunCreateIndex(inner); break;
			}
		}
	}
}

/* While it lives, the new schema is the first of search_path. */
class SearchPathPrefix
{
public:
	explicit SearchPathPrefix(const std::string &schema) : level_(NewSettingsNestLevel())
	{
		const std::string path = QuoteIdentifier(schema) + ", " + *ShowSetting("search_path");

		SetSetting("search_path", path.c_str(), PGC_USERSET, PGC_S_SESSION, true);
	}
	~SearchPathPrefix() { AtEndOfTransactionSettings(false, level_); }
	SearchPathPrefix(const SearchPathPrefix &) = delete;
	SearchPathPrefix &operator=(const SearchPathPrefix &) = delete;

private:
	const int level_;
};

} /* namespace */

void
CheckSchemaName(const std::string &name)
{
	if (name.starts_with("pg_"))
		Raise(Report(ERROR, ERRCODE_RESERVED_NAME)
				  .msg("unacceptable schema name \"%s\"", name.c_str())
				  .detail("The prefix \"pg_\" is reserved for system schemas."));
}

std::string
RunCreateSchema(const Command &command)
{
	const PgQuery__CreateSchemaStmt &stmt = *command.node.create_schema_stmt;
	const Oid owner = stmt.authrole != nullptr ? RoleOf(command, *stmt.authrole) : GetUserId();
	const std::string name = stmt.schemaname[0] != '\0' ? stmt.schemaname : FindRole(owner)->name;

	if (!HasAll(kPgDatabaseOid, MyDatabaseId, GetUserId(), ACL_CREATE))
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("permission denied for database %s",
					   FindDatabase(MyDatabaseId)->name.c_str()));
	check_is_member_of_role(GetUserId(), owner);
	CheckSchemaName(name);
	if (FindSchema(name))
	{
		if (!stmt.if_not_exists)
			Raise(Report(ERROR, ERRCODE_DUPLICATE_SCHEMA)
					  .msg("schema \"%s\" already exists", name.c_str()));
		Report(NOTICE, ERRCODE_DUPLICATE_SCHEMA)
			.msg("schema \"%s\" already exists, skipping", name.c_str())
			.emit();
		return "CREATE SCHEMA";
	}
	const Oid oid = NewOid();

	CatalogRow(Home::Main, "pg_namespace")
		.set("oid", oid)
		.set("nspname", name)
		.set("nspowner", owner)
		.insert();
	RecordExtensionMember(kPgNamespaceOid, oid);
	CatalogChanged();
	InvokeObjectPostCreateHook(kPgNamespaceOid, oid, 0);
	if (stmt.n_schema_elts > 0)
	{
		const SearchPathPrefix prefix(name);

		run_elements(command, stmt, name);
	}
	return "CREATE SCHEMA";
}

} /* namespace pg::commands */
