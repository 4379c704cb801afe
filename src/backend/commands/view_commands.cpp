/*
 * commands/view_commands.cpp
 *		CREATE [OR REPLACE] VIEW.
 *
 * Backends and workers inside a writing transaction.  The engine knows nothing of views: the analyzer
 * puts their queries where they are named.
 */
#include <algorithm>

#include "catalog/catalog_names.h"
#include "catalog/extension.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_type_d.h"
#include "commands/commands.h"
#include "commands/dependency.h"
#include "commands/stored_query.h"
#include "commands/table_draft.h"
#include "parser/plan.h"
#include "utils/adt/registry.h"

namespace pg::commands
{
namespace
{

void
refuse_unsupported_view(const Command &command, const PgQuery__ViewStmt &stmt)
{
	if (stmt.with_check_option == PG_QUERY__VIEW_CHECK_OPTION__LOCAL_CHECK_OPTION ||
		stmt.with_check_option == PG_QUERY__VIEW_CHECK_OPTION__CASCADED_CHECK_OPTION)
		RaiseNotSupported("WITH CHECK OPTION");
	if (stmt.n_options > 0)
		RaiseNotSupported(std::string("view option ") + stmt.options[0]->def_elem->defname);
	if (stmt.query->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("views must not contain data-modifying statements in WITH"));
	if (stmt.query->select_stmt->into_clause != nullptr)
		Raise(
			Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED).msg("views must not contain SELECT INTO"));
	(void) command;
}

/* The view's columns: the query's, under the names given. */
void
add_view_columns(const PgQuery__ViewStmt &stmt, const Plan &plan, TableDraft *draft)
{
	const std::vector<std::string> aliases = NamesOf(stmt.aliases, stmt.n_aliases);

	if (aliases.size() > plan.columns.size())
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("CREATE VIEW specifies more column names than columns"));
	for (size_t i = 0; i < plan.columns.size(); i++)
	{
		const ResultColumn &column = plan.columns[i];

		AddColumn(draft, i < aliases.size() ? aliases[i] : column.name,
				  column.type == UNKNOWNOID ? TEXTOID : column.type, column.typmod);
	}
}

bool
reads_temporary(const std::vector<Oid> &relations)
{
	return std::any_of(relations.begin(), relations.end(),
					   [](Oid oid)
					   {
						   const RelationInfoPtr relation = FindRelation(oid);

						   return relation != nullptr && relation->persistence == 't';
					   });
}

void
check_same_columns(const RelationInfo &old, const RelationInfo &fresh)
{
	if (fresh.columns.size() < old.columns.size())
		Raise(Report(ERROR, ERRCODE_INVALID_TABLE_DEFINITION).msg("cannot drop columns from view"));
	for (size_t i = 0; i < old.columns.size(); i++)
	{
		const ColumnInfo &before = old.columns[i], &after = fresh.columns[i];

		if (before.name != after.name)
			Raise(Report(ERROR, ERRCODE_INVALID_TABLE_DEFINITION)
					  .msg("cannot change name of view column \"%s\" to \"%s\"",
						   before.name.c_str(), after.name.c_str())
					  .hint("Use ALTER VIEW ... RENAME COLUMN ... to change name of view column "
							"instead."));
		if (before.type != after.type || before.typmod != after.typmod)
			Raise(Report(ERROR, ERRCODE_INVALID_TABLE_DEFINITION)
					  .msg("cannot change data type of view column \"%s\" from %s to %s",
						   before.name.c_str(), FormatType(before.type, before.typmod).c_str(),
						   FormatType(after.type, after.typmod).c_str()));
	}
}

/* Keeps the view's OID, so that what depends on it stays. */
void
replace_view(const RelationInfo &old, RelationInfo fresh, const std::string &sql,
			 const std::vector<Oid> &referenced)
{
	CheckExtensionReplaces(kPgClassOid, old.oid, "view " + VisibleName(old));
	check_same_columns(old, fresh);
	fresh.oid = old.oid;
	for (size_t i = old.columns.size(); i < fresh.columns.size(); i++)
		InsertColumn(fresh, fresh.columns[i]);
	SetCatalogColumn(HomeOf(old), "pg_class", old.oid, "relnatts",
					 Value::Int(static_cast<int64>(fresh.columns.size())));
	SetViewQuery(fresh, sql, referenced);
}

} /* namespace */

std::string
RunCreateView(const Command &command)
{
	const PgQuery__ViewStmt &stmt = *command.node.view_stmt;

	refuse_unsupported_view(command, stmt);

	const std::shared_ptr<const Plan> plan = MakePlan(InnerStatement(command.raw, stmt.query), {});
	const std::string sql = StoredQuery(command, *stmt.query);
	const std::vector<Oid> referenced = RelationsMentioned(ParseStatements(sql)->front().node);
	PgQuery__RangeVar range = *stmt.view;
	char temporary[] = "t";

	if (reads_temporary(referenced) && std::string_view(range.relpersistence) != "t")
	{
		range.relpersistence = temporary;
		Report(NOTICE).msg("view \"%s\" will be a temporary view", range.relname).emit();
	}

	if (std::string_view(range.relpersistence) == "u")
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("views cannot be unlogged because they do not have storage"));

	const Target target = ResolveTarget(command, range);
	const RelationInfoPtr old =
		stmt.replace ? FindRelation(target.schema_name, target.name) : nullptr;
	TableDraft draft;

	if (old != nullptr && old->kind != 'v')
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("\"%s\" is not a view", target.name.c_str()));
	if (old == nullptr)
		CheckNameFree(target, false);
	StartRelation(&draft.relation, target, 'v');
	add_view_columns(stmt, *plan, &draft);
	if (old != nullptr)
		replace_view(*old, std::move(draft.relation), sql, referenced);
	else
	{
		InsertRelation(draft.relation);
		SetViewQuery(draft.relation, sql, referenced);
	}
	CatalogChanged();
	if (old == nullptr)
		InvokeObjectPostCreateHook(kPgClassOid, draft.relation.oid, 0);
	return "CREATE VIEW";
}

} /* namespace pg::commands */
