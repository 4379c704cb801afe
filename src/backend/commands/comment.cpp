/*
 * commands/comment.cpp
 *		COMMENT ON.
 *
 * Backends and workers inside a writing transaction.
 */
#include "catalog/catalog_names.h"
#include "catalog/cluster.h"
#include "catalog/extension.h"
#include "catalog/write.h"
#include "commands/commands.h"
#include "commands/function_parameters.h"

namespace pg::commands
{
namespace
{

struct Commented
{
	Home home;
	Oid class_id;
	Oid object;
	int sub_id = 0;
};

RelationPtr
relation_named(const std::vector<std::string> &names, char kind, const char *noun)
{
	const ObjectName name = SplitName(names);
	RelationPtr relation = FindRelation(name.schema, name.name);

	if (relation == nullptr)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_TABLE)
				  .msg("relation \"%s\" does not exist", name.display().c_str()));
	if (kind != 0 && relation->kind != kind)
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("\"%s\" is not %s %s", name.name.c_str(), kind == 'i' ? "an" : "a", noun));
	return relation;
}

Commented
column_of(std::vector<std::string> names)
{
	const std::string column_name = names.back();

	names.pop_back();

	const RelationPtr relation = relation_named(names, 0, "");
	const ColumnInfo *const column = relation->find_column(column_name);

	if (column == nullptr)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_COLUMN)
				  .msg("column \"%s\" of relation \"%s\" does not exist", column_name.c_str(),
					   relation->name.c_str()));
	return {HomeOf(*relation), kPgClassOid, relation->oid, column->attnum};
}

Commented
constraint_of(std::vector<std::string> names)
{
	const std::string wanted = names.back();

	names.pop_back();

	const RelationPtr relation = relation_named(names, 'r', "table");

	for (const ConstraintInfo &constraint : relation->constraints)
		if (constraint.name == wanted)
			return {HomeOf(*relation), kPgConstraintOid, constraint.oid};
	Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
			  .msg("constraint \"%s\" for table \"%s\" does not exist", wanted.c_str(),
				   relation->name.c_str()));
}

Commented
schema_of(const std::string &name)
{
	const std::optional<Oid> oid = FindSchema(name);

	if (!oid)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_SCHEMA)
				  .msg("schema \"%s\" does not exist", name.c_str()));
	return {Home::Main, kPgNamespaceOid, *oid};
}

std::optional<Commented>
find_object(const Command &command, const PgQuery__CommentStmt &stmt)
{
	const std::vector<std::string> names = NamesOf(stmt.object);

	switch (stmt.objtype)
	{
		case PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION:
			if (const std::optional<ExtensionInfo> extension = FindExtension(names.back()))
				return Commented{Home::Main, kPgExtensionOid, extension->oid};
			Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
					  .msg("extension \"%s\" does not exist", names.back().c_str()));
		case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
		case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
			return Commented{Home::Main, kPgProcOid,
							 FunctionOf(*stmt.object->object_with_args, false)->oid};
		case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
		case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
		case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
		{
			const bool view = stmt.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_VIEW;
			const bool index = stmt.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_INDEX;
			const RelationPtr relation = relation_named(names,
														view	? 'v'
														: index ? 'i'
																: 'r',
														view	? "view"
														: index ? "index"
																: "table");

			return Commented{HomeOf(*relation), kPgClassOid, relation->oid};
		}
		case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN: return column_of(names);
		case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT: return constraint_of(names);
		case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA: return schema_of(names.back());
		case PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE:
			if (const std::optional<DatabaseInfo> database = FindDatabase(names.back()))
				return Commented{Home::Shared, kPgDatabaseOid, database->oid};
			Report(WARNING, ERRCODE_UNDEFINED_DATABASE)
				.msg("database \"%s\" does not exist", names.back().c_str())
				.emit();
			return std::nullopt;
		default: RaiseNotSupported(command.raw.tag + std::string(" on this kind of object"));
	}
}

} /* namespace */

std::string
RunComment(const Command &command)
{
	const PgQuery__CommentStmt &stmt = *command.node.comment_stmt;
	const std::optional<Commented> object = find_object(command, stmt);

	if (!object)
		return "COMMENT";

	const bool shared = object->home == Home::Shared;
	const std::string catalog = shared ? "pg_shdescription" : "pg_description";
	const Value keys[] = {Value::Int(object->object), Value::Int(object->class_id),
						  Value::Int(object->sub_id)};

	RunEngine("DELETE FROM " + CatalogTable(object->home, catalog) +
				  " WHERE objoid = ?1 AND classoid = ?2" + (shared ? "" : " AND objsubid = ?3"),
			  std::span(keys).first(shared ? 2 : 3));
	if (stmt.comment[0] != '\0')
	{
		CatalogRow row(object->home, catalog);

		row.set("objoid", object->object).set("classoid", object->class_id);
		if (!shared)
			row.set("objsubid", object->sub_id);
		row.set("description", stmt.comment).insert();
	}
	CatalogChanged();
	return "COMMENT";
}

} /* namespace pg::commands */
