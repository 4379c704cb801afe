/*
 * commands/drop.cpp
 *		DROP TABLE, VIEW, SEQUENCE, INDEX, TYPE, SCHEMA, FUNCTION and EXTENSION.
 *
 * Backends and workers inside a writing transaction.
 */
#include <algorithm>

#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/extension.h"
#include "catalog/functions.h"
#include "catalog/lookup.h"
#include "catalog/rights.h"
#include "catalog/sequences.h"
#include "catalog/triggers.h"
#include "catalog/user_types.h"
#include "catalog/write.h"
#include "commands/commands.h"
#include "commands/dependency.h"
#include "commands/function_parameters.h"
#include "commands/named_object.h"
#include "commands/policy_commands.h"
#include "miscadmin.h"
#include "utils/adt/registry.h"

namespace pg::commands
{
namespace
{

using DropType = PgQuery__ObjectType;

struct DropKind
{
	DropType type;
	char relkind; /* 0: not a relation */
	const char *noun;
	int missing; /* SQLSTATE */
};

constexpr DropKind kKinds[] = {
	{PG_QUERY__OBJECT_TYPE__OBJECT_TABLE, 'r', "table", ERRCODE_UNDEFINED_TABLE},
	{PG_QUERY__OBJECT_TYPE__OBJECT_VIEW, 'v', "view", ERRCODE_UNDEFINED_TABLE},
	{PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE, 'S', "sequence", ERRCODE_UNDEFINED_TABLE},
	{PG_QUERY__OBJECT_TYPE__OBJECT_INDEX, 'i', "index", ERRCODE_UNDEFINED_OBJECT},
	{PG_QUERY__OBJECT_TYPE__OBJECT_TYPE, 'c', "type", ERRCODE_UNDEFINED_OBJECT},
	{PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION, 0, "function", ERRCODE_UNDEFINED_FUNCTION},
	{PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE, 0, "procedure", ERRCODE_UNDEFINED_FUNCTION},
	{PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE, 0, "routine", ERRCODE_UNDEFINED_FUNCTION},
	{PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER, 0, "trigger", ERRCODE_UNDEFINED_OBJECT},
	{PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION, 0, "extension", ERRCODE_UNDEFINED_OBJECT},
	{PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA, 0, "schema", ERRCODE_UNDEFINED_SCHEMA},
};

const DropKind &
kind_of(const Command &command, DropType type)
{
	for (const DropKind &kind : kKinds)
		if (kind.type == type)
			return kind;
	RaiseNotSupported(command.raw.tag);
}

void
skip_missing(const DropKind &kind, const std::string &name)
{
	Report(NOTICE).msg("%s \"%s\" does not exist, skipping", kind.noun, name.c_str()).emit();
}

void
skip_missing_schema(const std::string &name)
{
	Report(NOTICE).msg("schema \"%s\" does not exist, skipping", name.c_str()).emit();
}

[[noreturn]] void
raise_wrong_kind(const DropKind &kind, const RelationInfo &relation)
{
	if (kind.relkind == 'c')
	{
		const std::string owner =
			Describe({DropObject::Kind::Relation, relation.oid, FindRelation(relation.oid), ""});

		Raise(Report(ERROR, ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST)
				  .msg("cannot drop type %s because %s requires it",
					   QuoteIdentifier(relation.name).c_str(), owner.c_str())
				  .hint("You can drop %s instead.", owner.c_str()));
	}

	const char *const article = kind.relkind == 'i' ? "an" : "a";
	const char *hint = nullptr;

	switch (relation.kind)
	{
		case 'r': hint = "Use DROP TABLE to remove a table."; break;
		case 'v': hint = "Use DROP VIEW to remove a view."; break;
		case 'S': hint = "Use DROP SEQUENCE to remove a sequence."; break;
		case 'i': hint = "Use DROP INDEX to remove an index."; break;
		case 'c': hint = "Use DROP TYPE to remove a type."; break;
		default: break;
	}

	Report report(ERROR, ERRCODE_WRONG_OBJECT_TYPE);

	report.msg("\"%s\" is not %s %s", relation.name.c_str(), article, kind.noun);
	if (hint != nullptr)
		report.hint("%s", hint);
	Raise(report);
}

/* What is named twice is dropped once. */
void
add_once(DropObject object, std::vector<DropObject> *objects)
{
	if (std::find(objects->begin(), objects->end(), object) == objects->end())
		objects->push_back(std::move(object));
}

/* An index with the table it is on. */
DropObject
index_to_drop(const DropKind &kind, const RelationInfoPtr &index)
{
	const RelationInfoPtr table = TableOfIndex(index->oid);

	if (table == nullptr)
		Raise(Report(ERROR, ERRCODE_DATA_CORRUPTED)
				  .msg("%s \"%s\" belongs to no table", kind.noun, index->name.c_str()));
	for (const ConstraintInfo &constraint : table->constraints)
		if (constraint.index == index->oid && constraint.type != 'f')
		{
			const std::string text =
				Describe({DropObject::Kind::Constraint, constraint.oid, table, constraint.name});

			Raise(Report(ERROR, ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST)
					  .msg("cannot drop index %s because %s requires it",
						   QuoteIdentifier(index->name).c_str(), text.c_str())
					  .hint("You can drop %s instead.", text.c_str()));
		}
	return {DropObject::Kind::Index, index->oid, table, index->name};
}

/* A column whose type goes would go with it: that is not done here. */
void
refuse_used_in_columns(const DropObject &object)
{
	const Value parameter = Value::Int(object.oid);
	const int64 user = QueryEngineNumber(
		"SELECT attrelid FROM " + CatalogTable(Home::Main, "pg_attribute") +
			" WHERE atttypid = ?1 AND attrelid <> ?1 AND NOT attisdropped ORDER BY attrelid",
		{&parameter, 1});
	const RelationInfoPtr holder = user > 0 ? FindRelation(static_cast<Oid>(user)) : nullptr;

	if (holder == nullptr)
		return;

	const std::string type = "type " + FormatType(object.oid);
	std::string detail;

	for (const ColumnInfo &column : holder->columns)
		if (!column.dropped && column.type == object.oid && detail.empty())
			detail = "column " + column.name + " of " +
					 Describe({DropObject::Kind::Relation, holder->oid, holder, ""}) +
					 " depends on " + type;
	Raise(Report(ERROR, ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST)
			  .msg("cannot drop %s because other objects depend on it", Describe(object).c_str())
			  .detail("%s", detail.c_str())
			  .hint("Use DROP ... CASCADE to drop the dependent objects too."));
}

void
add_relation(const DropKind &kind, const ObjectName &name, bool missing_ok,
			 std::vector<DropObject> *objects)
{
	if (!name.schema.empty() && !FindSchema(name.schema))
	{
		if (!missing_ok)
			Raise(Report(ERROR, ERRCODE_UNDEFINED_SCHEMA)
					  .msg("schema \"%s\" does not exist", name.schema.c_str()));
		skip_missing_schema(name.schema);
		return;
	}

	const RelationInfoPtr relation = FindRelation(name.schema, name.name);

	if (relation == nullptr)
	{
		if (!missing_ok)
			Raise(Report(ERROR, kind.missing)
					  .msg("%s \"%s\" does not exist", kind.noun, name.display().c_str()));
		skip_missing(kind, name.name);
		return;
	}
	if (relation->kind != kind.relkind)
		raise_wrong_kind(kind, *relation);
	if (relation->is_system || relation->oid < kFirstNormalOid)
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("permission denied: \"%s\" is a system catalog", relation->name.c_str()));
	/* The owner of the schema may tidy up in it. */
	if (!OwnsObject(kPgNamespaceOid, relation->schema, GetUserId()))
		CheckRelationOwner(kind.relkind == 'i' ? TableOfIndex(relation->oid)->oid : relation->oid);

	refuse_used_in_columns({DropObject::Kind::Relation, relation->oid, relation, ""});

	DropObject object = kind.relkind == 'i'
							? index_to_drop(kind, relation)
							: DropObject{DropObject::Kind::Relation, relation->oid, relation, ""};

	add_once(std::move(object), objects);
}

/* False for what is no type without columns. */
bool
add_type(const ObjectName &name, std::vector<DropObject> *objects)
{
	const UserTypePtr type = FindUserType(name.schema, name.name);

	if (type == nullptr)
		return false;
	if (!OwnsObject(kPgNamespaceOid, type->schema, GetUserId()))
		CheckOwner(kPgTypeOid, type->oid, "type", type->name);

	DropObject object = TypeObject(type->oid);

	refuse_used_in_columns(object);
	add_once(std::move(object), objects);
	return true;
}

void
add_schema(const DropKind &kind, const std::string &name, bool missing_ok,
		   std::vector<DropObject> *objects)
{
	const std::optional<Oid> oid = FindSchema(name);

	if (!oid)
	{
		if (!missing_ok)
			Raise(Report(ERROR, kind.missing).msg("schema \"%s\" does not exist", name.c_str()));
		skip_missing(kind, name);
		return;
	}
	if (*oid < kFirstNormalOid && *oid != kPublicOid)
		Raise(Report(ERROR, ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST)
				  .msg("cannot drop schema %s because it is required by the database system",
					   QuoteIdentifier(name).c_str()));

	CheckOwner(kPgNamespaceOid, *oid, "schema", name);

	DropObject object{DropObject::Kind::Schema, *oid, nullptr, name};

	add_once(std::move(object), objects);
}

void
add_extension(const DropKind &kind, const std::string &name, bool missing_ok,
			  std::vector<DropObject> *objects)
{
	const std::optional<ExtensionInfo> extension = FindExtension(name);

	if (!extension)
	{
		if (!missing_ok)
			Raise(Report(ERROR, kind.missing).msg("extension \"%s\" does not exist", name.c_str()));
		skip_missing(kind, name);
		return;
	}
	if (extension->oid == CreatingExtension())
		Raise(Report(ERROR, ERRCODE_OBJECT_IN_USE)
				  .msg("cannot drop extension \"%s\" because it is being modified", name.c_str()));

	DropObject object{DropObject::Kind::Extension, extension->oid, nullptr, name};

	add_once(std::move(object), objects);
}

void
add_function(const PgQuery__ObjectWithArgs &named, Routine routine, bool missing_ok,
			 std::vector<DropObject> *objects)
{
	const FunctionPtr function = FunctionOf(named, missing_ok, routine);

	if (function == nullptr)
		return;
	if (!function->stored)
		Raise(Report(ERROR, ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST)
				  .msg("cannot drop function %s because it is required by the database system",
					   ProcedureName(*function).c_str()));

	CheckOwner(kPgProcOid, function->oid,
			   FindProc(function->oid)->is_procedure ? "procedure" : "function", function->name);

	DropObject object = FunctionObject(function->oid);

	add_once(std::move(object), objects);
}

/* names: of the table, then the trigger. */
void
add_trigger(std::vector<std::string> names, bool missing_ok, std::vector<DropObject> *objects)
{
	const std::string wanted = names.back();

	names.pop_back();

	const ObjectName name = SplitName(names);

	if (!name.schema.empty() && !FindSchema(name.schema) && missing_ok)
		return skip_missing_schema(name.schema);

	const RelationInfoPtr table = FindRelation(name.schema, name.name);

	if (table == nullptr)
	{
		if (!missing_ok)
			RaiseNoRelation(name);
		Report(NOTICE).msg("relation \"%s\" does not exist, skipping", name.name.c_str()).emit();
		return;
	}

	const TriggerInfo *const trigger = FindTrigger(*table, wanted);

	if (trigger == nullptr)
	{
		if (!missing_ok)
			Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
					  .msg("trigger \"%s\" for table \"%s\" does not exist", wanted.c_str(),
						   table->name.c_str()));
		Report(NOTICE)
			.msg("trigger \"%s\" for relation \"%s\" does not exist, skipping", wanted.c_str(),
				 name.name.c_str())
			.emit();
		return;
	}
	if (!OwnsObject(kPgClassOid, table->oid, GetUserId()))
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("must be owner of relation %s", table->name.c_str()));
	objects->push_back({DropObject::Kind::Trigger, trigger->oid, table, wanted});
}

} /* namespace */

std::string
RunDrop(const Command &command)
{
	const PgQuery__DropStmt &stmt = *command.node.drop_stmt;

	if (stmt.remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_POLICY)
	{
		DropPolicyNamed(NamesOf(stmt.objects[0]), stmt.missing_ok);
		return command.raw.tag;
	}

	const DropKind &kind = kind_of(command, stmt.remove_type);
	const bool cascade = stmt.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
	std::vector<DropObject> objects;

	if (stmt.concurrent && stmt.n_objects > 1)
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("DROP INDEX CONCURRENTLY does not support dropping multiple objects"));
	for (size_t i = 0; i < stmt.n_objects; i++)
	{
		if (stmt.objects[i]->node_case == PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS)
		{
			add_function(*stmt.objects[i]->object_with_args, RoutineOf(stmt.remove_type),
						 stmt.missing_ok, &objects);
			continue;
		}

		const std::vector<std::string> names =
			stmt.objects[i]->node_case == PG_QUERY__NODE__NODE_TYPE_NAME
				? NamesOf(stmt.objects[i]->type_name->names, stmt.objects[i]->type_name->n_names)
				: NamesOf(stmt.objects[i]);

		if (kind.relkind == 'c' && add_type(SplitName(names), &objects))
			continue;
		if (kind.relkind != 0)
			add_relation(kind, SplitName(names), stmt.missing_ok, &objects);
		else if (kind.type == PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER)
			add_trigger(names, stmt.missing_ok, &objects);
		else if (kind.type == PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION)
			add_extension(kind, names.back(), stmt.missing_ok, &objects);
		else
			add_schema(kind, names.back(), stmt.missing_ok, &objects);
	}
	if (!objects.empty())
		DropWithDependents(objects, cascade);
	return command.raw.tag;
}

void
DropTemporaryObjects()
{
	if (!TempSchemaExists())
		return;
	PrepareForWrite("DISCARD TEMP");

	const std::unique_ptr<EngineStatement> rows =
		CurrentEngine().prepare("SELECT oid FROM " + CatalogTable(Home::Temporary, "pg_class") +
								" WHERE relkind IN ('r', 'v', 'c', 'S')");
	std::vector<DropObject> objects;

	while (rows->step())
		if (RelationInfoPtr relation = FindRelation(static_cast<Oid>(rows->column(0).integer));
			relation != nullptr && !OwnerOfSequence(relation->oid))
			objects.push_back({DropObject::Kind::Relation, relation->oid, relation, ""});
	rows->reset();
	if (!objects.empty())
		DropWithDependents(objects, true);
}

} /* namespace pg::commands */
