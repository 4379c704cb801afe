/*
 * commands/rename.cpp
 *		ALTER ... RENAME, ALTER ... OWNER TO.
 *
 * Backends and workers inside a writing transaction.
 */
#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/functions.h"
#include "catalog/named.h"
#include "commands/commands.h"
#include "commands/dependency.h"
#include "commands/enum_commands.h"
#include "commands/function_parameters.h"
#include "commands/named_object.h"
#include "commands/policy_commands.h"
#include "commands/roles.h"
#include "commands/schema_edit.h"
#include "commands/schema_names.h"
#include "commands/stored_query.h"
#include "commands/table_draft.h"
#include "commands/trigger_commands.h"
#include "parser/plan.h"

namespace pg::commands
{

namespace
{

RelationInfoPtr
relation_to_rename(const PgQuery__RangeVar &range, bool missing_ok)
{
	const ObjectName name = NameOf(range);
	RelationInfoPtr relation = RelationNamed(name, missing_ok);

	if (relation == nullptr)
		return nullptr;
	if (relation->oid < kFirstNormalOid)
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("permission denied: \"%s\" is a system catalog", name.name.c_str()));
	CheckRelationOwner(relation->oid);
	return relation;
}

/* The views' texts name relations. */
void
rewrite_views(const std::vector<RelationInfoPtr> &views, const RelationInfo &before,
			  const std::string &new_schema, const std::string &new_name)
{
	for (const RelationInfoPtr &view : views)
	{
		const std::string sql =
			RenamedInQuery(view->view_sql, before.schema_name, before.name, new_schema, new_name);
		const Value parameters[] = {Value::Int(view->oid), Value::Text(sql)};

		RunEngine("UPDATE " + CatalogTable(HomeOf(*view), "pg_rewrite") +
					  " SET ev_action = ?2 WHERE ev_class = ?1",
				  parameters);
	}
}

void
set_name(Home home, const char *catalog, const char *column, Oid oid, const std::string &name)
{
	SetCatalogColumn(home, catalog, oid, column, Value::Text(name));
}

void
check_wrong_kind(const PgQuery__RenameStmt &stmt, const RelationInfo &relation)
{
	if (stmt.rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_VIEW && relation.kind != 'v')
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("\"%s\" is not a view", relation.name.c_str()));
	if (stmt.rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_INDEX && relation.kind != 'i')
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("\"%s\" is not an index", relation.name.c_str()));
	if (stmt.rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE && relation.kind != 'S')
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("\"%s\" is not a sequence", relation.name.c_str()));
}

/* A constraint and its index have one name. */
void
rename_index(const RelationInfo &index, const std::string &new_name)
{
	const RelationInfoPtr table = TableOfIndex(index.oid);
	const Home home = HomeOf(*table);

	set_name(home, "pg_class", "relname", index.oid, new_name);
	for (const ConstraintInfo &constraint : table->constraints)
		if (constraint.index == index.oid && constraint.type != 'f')
			set_name(home, "pg_constraint", "conname", constraint.oid, new_name);
	RewriteRenamed(*table);
}

void
rename_relation(const PgQuery__RenameStmt &stmt)
{
	const RelationInfoPtr relation = relation_to_rename(*stmt.relation, stmt.missing_ok);

	if (relation == nullptr)
		return;
	check_wrong_kind(stmt, *relation);

	const std::string new_name = stmt.newname;

	CheckNameFree({relation->schema, relation->schema_name, new_name, relation->persistence == 't'},
				  false);
	if (relation->kind == 'i')
		return rename_index(*relation, new_name);

	const std::vector<RelationInfoPtr> views = DependentViews(relation->oid);

	set_name(HomeOf(*relation), "pg_class", "relname", relation->oid, new_name);
	if (relation->kind == 'r')
		RewriteRenamed(*relation);
	rewrite_views(views, *relation, relation->schema_name, new_name);
}

/* The text of an expression with one column called otherwise. */
std::string
with_column_renamed(const std::string &sql, const std::string &name, const std::string &new_name)
{
	if (sql.empty())
		return sql;

	const auto parsed = ParseStatements("SELECT " + sql);
	const Node *const query = parsed->front().node;
	std::string replacement = new_name;
	std::vector<std::pair<char **, char *>> undo;

	WalkTree(query,
			 [&](const Node &node)
			 {
				 if (node.node_case != PG_QUERY__NODE__NODE_COLUMN_REF ||
					 node.column_ref->n_fields == 0)
					 return true;

				 const Node *const last = node.column_ref->fields[node.column_ref->n_fields - 1];

				 if (last->node_case == PG_QUERY__NODE__NODE_STRING && name == last->string->sval)
				 {
					 undo.emplace_back(&last->string->sval, last->string->sval);
					 last->string->sval = replacement.data();
				 }
				 return true;
			 });

	std::string changed = DeparseNode(query);

	for (const auto &[place, old] : undo)
		*place = old;
	return changed.substr(std::string_view("SELECT ").size());
}

void
rename_column_in_texts(const RelationInfo &table, const std::string &name,
					   const std::string &new_name)
{
	const Home home = HomeOf(table);
	const auto update = [&](const char *catalog, const char *column, const char *key, Oid oid,
							const std::string &sql)
	{
		const std::string changed = with_column_renamed(sql, name, new_name);
		const Value parameters[] = {Value::Int(oid), Value::Text(changed)};

		if (!sql.empty())
			RunEngine("UPDATE " + CatalogTable(home, catalog) + " SET " + column + " = ?2 WHERE " +
						  key + " = ?1",
					  parameters);
	};

	for (const ConstraintInfo &constraint : table.constraints)
		if (constraint.type == 'c')
			update("pg_constraint", "conbin", "oid", constraint.oid, constraint.check_sql);
	for (const TriggerInfo &trigger : table.triggers)
		update("pg_trigger", "tgqual", "oid", trigger.oid, trigger.when_sql);
	for (const TableIndex &index : table.indexes)
	{
		update("pg_index", "indexprs", "indexrelid", index.oid, index.expressions_sql);
		update("pg_index", "indpred", "indexrelid", index.oid, index.predicate_sql);
	}
}

/* Index columns are called as the table's were. */
void
rename_index_columns(const RelationInfo &table, int16 attnum, const std::string &new_name)
{
	for (const TableIndex &index : table.indexes)
		for (size_t i = 0; i < index.columns.size(); i++)
		{
			const Value parameters[] = {Value::Int(index.oid),
										Value::Int(static_cast<int64>(i + 1)),
										Value::Text(new_name)};

			if (index.columns[i] == attnum)
				RunEngine("UPDATE " + CatalogTable(HomeOf(table), "pg_attribute") +
							  " SET attname = ?3 WHERE attrelid = ?1 AND attnum = ?2",
						  parameters);
		}
}

void
rename_column(const PgQuery__RenameStmt &stmt)
{
	const RelationInfoPtr relation = relation_to_rename(*stmt.relation, stmt.missing_ok);

	if (relation == nullptr)
		return;
	if (relation->kind == 'S')
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("cannot rename columns of relation \"%s\"", relation->name.c_str())
				  .detail("This operation is not supported for sequences."));

	const ColumnInfo *const column = relation->find_column(stmt.subname);
	const std::string new_name = stmt.newname;

	if (column == nullptr)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_COLUMN)
				  .msg("column \"%s\" does not exist", stmt.subname));
	if (relation->find_column(new_name) != nullptr)
		Raise(Report(ERROR, ERRCODE_DUPLICATE_COLUMN)
				  .msg("column \"%s\" of relation \"%s\" already exists", new_name.c_str(),
					   relation->name.c_str()));
	if (!DependentViews(relation->oid).empty())
		RaiseNotSupported("renaming a column of a relation that views read");
	RefuseColumnOfPolicy(*relation, column->name);

	RelationInfo others = *relation;

	std::erase_if(others.columns,
				  [&](const ColumnInfo &other) { return other.attnum == column->attnum; });

	const std::string physical = PhysicalColumnName(others, new_name);
	const Value keys[] = {Value::Int(relation->oid), Value::Int(column->attnum),
						  Value::Text(new_name), Value::Text(physical)};

	RunEngine("UPDATE " + CatalogTable(HomeOf(*relation), "pg_attribute") +
				  " SET attname = ?3 WHERE attrelid = ?1 AND attnum = ?2",
			  std::span(keys).first(3));
	if (relation->kind != 'r')
		return;
	RunEngine("DELETE FROM main.\"postroom.physical\" WHERE relid = ?1 AND attnum = ?2",
			  std::span(keys).first(2));
	if (physical != new_name)
		RunEngine("INSERT INTO main.\"postroom.physical\" (relid, attnum, name) "
				  "VALUES (?1, ?2, ?4)",
				  keys);
	rename_column_in_texts(*relation, column->name, new_name);
	rename_index_columns(*relation, column->attnum, new_name);
	RewriteRenamed(*relation);
}

/* Tables of other schemas that refer to this one name it in their definitions. */
void
rewrite_references_from_outside(const RelationInfo &relation, Oid schema)
{
	for (const Reference &reference : FindReferences(relation.oid))
		if (reference.relation->schema != schema)
			RewriteDefinition(reference.relation->oid);
}

/* Texts name the schemas of functions. */
void
refuse_called_functions(Oid schema)
{
	for (const ProcPtr &proc : AllProcs())
		if (proc->def.schema == schema && IsNamedInTexts(kPgProcOid, proc->def.oid))
			RaiseNotSupported("renaming a schema whose function " + ProcedureName(proc->def) +
							  " other objects depend on");
}

void
rename_schema(const PgQuery__RenameStmt &stmt)
{
	const std::string name = stmt.subname, new_name = stmt.newname;
	const Oid oid = SchemaNamed(name);
	std::vector<RelationInfoPtr> relations;

	if (FindSchema(new_name))
		Raise(Report(ERROR, ERRCODE_DUPLICATE_SCHEMA)
				  .msg("schema \"%s\" already exists", new_name.c_str()));
	if (oid < kFirstNormalOid && oid != kPublicOid)
		RaiseNotSupported("renaming a system schema");
	CheckOwner(kPgNamespaceOid, oid, "schema", name);
	CheckSchemaName(new_name);
	refuse_called_functions(oid);

	const std::unique_ptr<EngineStatement> rows =
		CurrentEngine().prepare("SELECT oid FROM " + CatalogTable(Home::Main, "pg_class") +
								" WHERE relnamespace = ?1 AND "
								"relkind IN ('r', 'v', 'S')");

	rows->bind(0, Value::Int(oid));
	while (rows->step())
		relations.push_back(FindRelation(static_cast<Oid>(rows->column(0).integer)));
	rows->reset();

	std::vector<std::vector<RelationInfoPtr>> views;

	for (const RelationInfoPtr &relation : relations)
		views.push_back(DependentViews(relation->oid));
	set_name(Home::Main, "pg_namespace", "nspname", oid, new_name);
	for (const RelationInfoPtr &relation : relations)
		if (relation->kind == 'r')
			RewriteRenamed(*relation, false);
	for (const RelationInfoPtr &relation : relations)
		rewrite_references_from_outside(*relation, oid);
	/* Each text is read anew: one view may name several of the relations. */
	for (size_t i = 0; i < relations.size(); i++)
	{
		CatalogChanged();

		std::vector<RelationInfoPtr> fresh;

		for (const RelationInfoPtr &view : views[i])
			fresh.push_back(FindRelation(view->oid));
		rewrite_views(fresh, *relations[i], new_name, relations[i]->name);
	}
}

void
rename_constraint(const PgQuery__RenameStmt &stmt)
{
	const RelationInfoPtr relation = relation_to_rename(*stmt.relation, stmt.missing_ok);

	if (relation == nullptr)
		return;
	for (const ConstraintInfo &constraint : relation->constraints)
	{
		if (constraint.name != stmt.subname)
			continue;
		for (const ConstraintInfo &other : relation->constraints)
			if (other.name == stmt.newname)
				Raise(Report(ERROR, ERRCODE_DUPLICATE_OBJECT)
						  .msg("constraint \"%s\" for relation \"%s\" already exists", stmt.newname,
							   relation->name.c_str()));
		set_name(HomeOf(*relation), "pg_constraint", "conname", constraint.oid, stmt.newname);
		if (constraint.type == 'p' || constraint.type == 'u')
			set_name(HomeOf(*relation), "pg_class", "relname", constraint.index, stmt.newname);
		RewriteRenamed(*relation);
		return;
	}
	Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
			  .msg("constraint \"%s\" for table \"%s\" does not exist", stmt.subname,
				   relation->name.c_str()));
}

void
rename_trigger(const PgQuery__RenameStmt &stmt)
{
	if (const RelationInfoPtr table = relation_to_rename(*stmt.relation, stmt.missing_ok))
		RenameTriggerOf(*table, stmt.subname, stmt.newname);
}

} /* namespace */

std::string
RunRename(const Command &command)
{
	const PgQuery__RenameStmt &stmt = *command.node.rename_stmt;

	switch (stmt.rename_type)
	{
		case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
		case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
		case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
		case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX: rename_relation(stmt); break;
		case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
		case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
		case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
			RenameFunction(*stmt.object->object_with_args, RoutineOf(stmt.rename_type),
						   stmt.newname);
			break;
		case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
			RenameType(NamesOf(stmt.object), stmt.newname);
			break;
		case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN: rename_column(stmt); break;
		case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA: rename_schema(stmt); break;
		case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT: rename_constraint(stmt); break;
		case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER: rename_trigger(stmt); break;
		case PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE:
			PreventInBlock("ALTER DATABASE RENAME");
			RenameDatabase(stmt.subname, stmt.newname);
			break;
		case PG_QUERY__OBJECT_TYPE__OBJECT_ROLE: RenameRole(stmt.subname, stmt.newname); break;
		default: RaiseNotSupported(command.raw.tag);
	}
	CatalogChanged();
	return command.raw.tag;
}

std::string
RunAlterOwner(const Command &command)
{
	const PgQuery__AlterOwnerStmt &stmt = *command.node.alter_owner_stmt;
	const Oid owner = RoleOf(command, *stmt.newowner);

	const std::string name(NamesOf(stmt.object).empty() ? "" : NamesOf(stmt.object).back());

	switch (stmt.object_type)
	{
		case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
		{
			const Oid schema = SchemaNamed(name);

			CheckOwner(kPgNamespaceOid, schema, "schema", name);
			CheckNewOwner(owner, InvalidOid);
			ReplaceOwnerInRights(kPgNamespaceOid, schema,
								 FindRights(kPgNamespaceOid, schema)->owner, owner);
			SetCatalogColumn(Home::Main, "pg_namespace", schema, "nspowner", Value::Int(owner));
			CatalogChanged();
			break;
		}
		case PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE: ChangeDatabaseOwner(name, owner); break;
		case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
		case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
		case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
			ChangeFunctionOwner(*stmt.object->object_with_args, RoutineOf(stmt.object_type), owner);
			break;
		case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
			ChangeTypeOwner(NamesOf(stmt.object), owner);
			break;
		default: RaiseNotSupported(command.raw.tag + std::string(" OWNER TO"));
	}
	return command.raw.tag;
}

} /* namespace pg::commands */
