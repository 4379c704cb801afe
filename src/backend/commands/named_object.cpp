/*
 * commands/named_object.cpp
 *		Looks up what COMMENT ON and ALTER EXTENSION ... ADD name.
 *
 * Backends and workers inside a transaction.
 */
#include "commands/named_object.h"
#include "catalog/user_types.h"

#include "catalog/catalog_names.h"
#include "catalog/cluster.h"
#include "catalog/extension.h"
#include "catalog/functions.h"
#include "catalog/named.h"
#include "catalog/triggers.h"
#include "commands/function_parameters.h"
#include "parser/plan.h"

namespace pg::commands
{

void
RaiseNoRelation(const ObjectName &name)
{
	Raise(Report(ERROR, ERRCODE_UNDEFINED_TABLE)
			  .msg("relation \"%s\" does not exist", name.display().c_str()));
}

RelationInfoPtr
RelationNamed(const ObjectName &name)
{
	RelationInfoPtr relation = FindRelation(name.schema, name.name);

	if (relation == nullptr)
		RaiseNoRelation(name);
	return relation;
}

RelationInfoPtr
RelationNamed(const ObjectName &name, bool missing_ok)
{
	RelationInfoPtr relation = FindRelation(name.schema, name.name);

	if (relation == nullptr && !missing_ok)
		RaiseNoRelation(name);
	if (relation == nullptr)
		Report(NOTICE)
			.msg("relation \"%s\" does not exist, skipping", name.display().c_str())
			.emit();
	return relation;
}

namespace
{

RelationInfoPtr
relation_named(const std::vector<std::string> &names, char kind, const char *noun)
{
	const ObjectName name = SplitName(names);
	RelationInfoPtr relation = RelationNamed(name);

	if (kind != 0 && relation->kind != kind)
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("\"%s\" is not %s %s", name.name.c_str(), kind == 'i' ? "an" : "a", noun));
	return relation;
}

NamedObject
column_of(std::vector<std::string> names)
{
	const std::string column_name = names.back();

	names.pop_back();

	const RelationInfoPtr relation = relation_named(names, 0, "");
	const ColumnInfo *const column = relation->find_column(column_name);

	if (column == nullptr)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_COLUMN)
				  .msg("column \"%s\" of relation \"%s\" does not exist", column_name.c_str(),
					   relation->name.c_str()));
	return {HomeOf(*relation), kPgClassOid, relation->oid, column->attnum};
}

NamedObject
constraint_of(std::vector<std::string> names)
{
	const std::string wanted = names.back();

	names.pop_back();

	const RelationInfoPtr relation = relation_named(names, 'r', "table");

	for (const ConstraintInfo &constraint : relation->constraints)
		if (constraint.name == wanted)
			return {HomeOf(*relation), kPgConstraintOid, constraint.oid};
	Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
			  .msg("constraint \"%s\" for table \"%s\" does not exist", wanted.c_str(),
				   relation->name.c_str()));
}

NamedObject
trigger_of(std::vector<std::string> names)
{
	const std::string wanted = names.back();

	names.pop_back();

	const RelationInfoPtr table = relation_named(names, 0, "");
	const TriggerInfo *const trigger = FindTrigger(*table, wanted);

	if (trigger == nullptr)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
				  .msg("trigger \"%s\" for table \"%s\" does not exist", wanted.c_str(),
					   table->name.c_str()));
	return {HomeOf(*table), kPgTriggerOid, trigger->oid};
}

/* A row type is its relation. */
NamedObject
named_type(const PgQuery__TypeName &name)
{
	const Oid type = ResolveTypeName(&name).type;
	const RelationInfoPtr relation = FindRelation(type);

	if (relation != nullptr)
		return {HomeOf(*relation), kPgClassOid, type};
	return {Home::Main, kPgTypeOid, type};
}

} /* namespace */

std::optional<NamedObject>
FindNamedObject(const Command &command, PgQuery__ObjectType type, const Node *node)
{
	const std::vector<std::string> names = NamesOf(node);

	switch (type)
	{
		case PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION:
			if (const std::optional<ExtensionInfo> extension = FindExtension(names.back()))
				return NamedObject{Home::Main, kPgExtensionOid, extension->oid};
			Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
					  .msg("extension \"%s\" does not exist", names.back().c_str()));
		case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
		case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
		case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
			return NamedObject{Home::Main, kPgProcOid,
							   FunctionOf(*node->object_with_args, false, RoutineOf(type))->oid};
		case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
		case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
		case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
		case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
		{
			const bool view = type == PG_QUERY__OBJECT_TYPE__OBJECT_VIEW;
			const bool index = type == PG_QUERY__OBJECT_TYPE__OBJECT_INDEX;
			const bool sequence = type == PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE;
			const RelationInfoPtr relation = relation_named(names,
															view	   ? 'v'
															: index	   ? 'i'
															: sequence ? 'S'
																	   : 'r',
															view	   ? "view"
															: index	   ? "index"
															: sequence ? "sequence"
																	   : "table");

			return NamedObject{HomeOf(*relation), kPgClassOid, relation->oid};
		}
		case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE: return named_type(*node->type_name);
		case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN: return column_of(names);
		case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT: return constraint_of(names);
		case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER: return trigger_of(names);
		case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
			return NamedObject{Home::Main, kPgNamespaceOid, SchemaNamed(names.back())};
		case PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE:
			if (const std::optional<DatabaseInfo> database = FindDatabase(names.back()))
				return NamedObject{Home::Shared, kPgDatabaseOid, database->oid};
			Report(WARNING, ERRCODE_UNDEFINED_DATABASE)
				.msg("database \"%s\" does not exist", names.back().c_str())
				.emit();
			return std::nullopt;
		default: RaiseNotSupported(command.raw.tag + std::string(" on this kind of object"));
	}
}

} /* namespace pg::commands */
