/*
 * commands/enum_commands.cpp
 *		CREATE TYPE name AS ENUM, ALTER TYPE of enumerations.
 *
 * Backends and workers inside a writing transaction.
 */
#include "commands/enum_commands.h"

#include <algorithm>
#include <limits>

#include "catalog/catalog_names.h"
#include "catalog/named.h"
#include "catalog/objectaccess.h"
#include "catalog/rights.h"
#include "catalog/user_types.h"
#include "commands/commands.h"
#include "commands/dependency.h"
#include "commands/roles.h"
#include "commands/table_draft.h"
#include "miscadmin.h"
#include "parser/plan.h"
#include "utils/adt/registry.h"

namespace pg::commands
{
namespace
{

Target
type_target(const Command &command, PgQuery__Node *const *names, size_t count)
{
	ObjectName name = SplitName(NamesOf(names, count));
	PgQuery__RangeVar range = PG_QUERY__RANGE_VAR__INIT;

	range.schemaname = name.schema.data();
	range.relname = name.name.data();
	range.location = -1;

	Target target = ResolveTarget(command, range);

	if (target.temporary)
		RaiseNotSupported("a type in a temporary schema");
	return target;
}

void
check_type_name_free(Oid schema, const std::string &name)
{
	const std::string schema_name = SchemaName(schema).value_or("");
	const RelationInfoPtr relation = FindRelation(schema_name, name);

	if (FindUserType(schema_name, name) != nullptr ||
		(relation != nullptr && std::string_view("rvc").find(relation->kind) != std::string::npos))
		Raise(Report(ERROR, ERRCODE_DUPLICATE_OBJECT)
				  .msg("type \"%s\" already exists", name.c_str()));
}

void
check_label(const std::string &label)
{
	if (label.size() >= NAMEDATALEN)
		Raise(Report(ERROR, ERRCODE_INVALID_NAME)
				  .msg("invalid enum label \"%s\"", label.c_str())
				  .detail("Labels must be %d bytes or less.", NAMEDATALEN - 1));
}

/* One that the statement may change; as_enum: its labels. */
UserTypePtr
own_type(const std::vector<std::string> &names, bool as_enum)
{
	const ObjectName name = SplitName(names);

	if (!name.schema.empty())
		SchemaNamed(name.schema);

	const UserTypePtr type = FindUserType(name.schema, name.name);

	if (type == nullptr)
	{
		const TypeDef *other = FindDatabaseType(name.schema, name.name);

		if (other == nullptr)
			other = FindTypeByName(name.name);
		if (other == nullptr)
			Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
					  .msg("type \"%s\" does not exist", name.display().c_str()));
		if (as_enum)
			Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
					  .msg("%s is not an enum", FormatType(other->oid).c_str()));
		RaiseNotSupported("ALTER TYPE of type " + FormatType(other->oid));
	}
	CheckOwner(kPgTypeOid, type->oid, "type", type->name);
	return type;
}

void
refuse_type_in_texts(const UserTypeInfo &type, const char *what)
{
	if (IsNamedInTexts(kPgTypeOid, type.oid))
		RaiseNotSupported(std::string(what) + " a type that other objects depend on");
}

/* The sort order of a new label: behind the last one, or between two. */
double
order_of_new(const UserTypeInfo &type, const PgQuery__AlterEnumStmt &stmt)
{
	const std::string neighbor = stmt.new_val_neighbor;

	if (neighbor.empty())
		return type.labels.empty() ? 1 : type.labels.back().order + 1;

	const EnumLabel *const beside = type.find(neighbor);

	if (beside == nullptr)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("\"%s\" is not an existing enum label", neighbor.c_str()));

	const bool after = stmt.new_val_is_after;
	const bool at_end = beside == (after ? &type.labels.back() : &type.labels.front());

	if (at_end)
		return beside->order + (after ? 1 : -1);

	const double other = (beside + (after ? 1 : -1))->order;
	const double middle = beside->order + (other - beside->order) / 2;

	if (middle == beside->order || middle == other)
		RaiseNotSupported("another label between \"" + (after ? beside : beside - 1)->label +
						  "\" and the next");
	return middle;
}

void
add_label(const UserTypeInfo &type, const PgQuery__AlterEnumStmt &stmt)
{
	const std::string label = stmt.new_val;

	check_label(label);
	if (type.find(label) != nullptr)
	{
		if (!stmt.skip_if_new_val_exists)
			Raise(Report(ERROR, ERRCODE_DUPLICATE_OBJECT)
					  .msg("enum label \"%s\" already exists", label.c_str()));
		Report(NOTICE, ERRCODE_DUPLICATE_OBJECT)
			.msg("enum label \"%s\" already exists, skipping", label.c_str())
			.emit();
		return;
	}
	WriteEnumLabel(type.oid, {NewOid(), order_of_new(type, stmt), label});
}

void
rename_label(const UserTypeInfo &type, const std::string &label, const std::string &new_label)
{
	check_label(new_label);

	const EnumLabel *const found = type.find(label);

	if (found == nullptr)
		Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
				  .msg("\"%s\" is not an existing enum label", label.c_str()));
	if (type.find(new_label) != nullptr)
		Raise(Report(ERROR, ERRCODE_DUPLICATE_OBJECT)
				  .msg("enum label \"%s\" already exists", new_label.c_str()));
	refuse_type_in_texts(type, "renaming a label of");
	SetCatalogColumn(Home::Main, "pg_enum", found->oid, "enumlabel", Value::Text(new_label));
}

} /* namespace */

std::string
RunCreateEnum(const Command &command)
{
	const PgQuery__CreateEnumStmt &stmt = *command.node.create_enum_stmt;
	const Target target = type_target(command, stmt.type_name, stmt.n_type_name);
	UserTypeInfo type;

	check_type_name_free(target.schema, target.name);
	type.oid = NewOid();
	type.name = target.name;
	type.schema = target.schema;
	type.owner = GetUserId();
	for (size_t i = 0; i < stmt.n_vals; i++)
	{
		const std::string label(StringOf(stmt.vals[i]));

		check_label(label);
		if (type.find(label) != nullptr)
			Raise(Report(ERROR, ERRCODE_UNIQUE_VIOLATION)
					  .msg("duplicate key value violates unique constraint "
						   "\"pg_enum_typid_label_index\"")
					  .detail("Key (enumtypid, enumlabel)=(%u, %s) already exists.", type.oid,
							  label.c_str()));
		type.labels.push_back({NewOid(), static_cast<double>(i + 1), label});
	}
	WriteUserType(type);
	CatalogChanged();
	InvokeObjectPostCreateHook(kPgTypeOid, type.oid, 0);
	return "CREATE TYPE";
}

std::string
RunAlterEnum(const Command &command)
{
	const PgQuery__AlterEnumStmt &stmt = *command.node.alter_enum_stmt;
	const UserTypePtr type = own_type(NamesOf(stmt.type_name, stmt.n_type_name), true);

	if (stmt.old_val[0] != '\0')
		rename_label(*type, stmt.old_val, stmt.new_val);
	else
		add_label(*type, stmt);
	CatalogChanged();
	return "ALTER TYPE";
}

void
RenameType(const std::vector<std::string> &names, const std::string &new_name)
{
	const UserTypePtr type = own_type(names, false);

	CheckSchemaRight(type->schema, ACL_CREATE);
	check_type_name_free(type->schema, new_name);
	refuse_type_in_texts(*type, "renaming");
	SetCatalogColumn(Home::Main, "pg_type_rows", type->oid, "typname", Value::Text(new_name));
}

void
ChangeTypeOwner(const std::vector<std::string> &names, Oid owner)
{
	const UserTypePtr type = own_type(names, false);

	CheckNewOwner(owner, type->schema);
	ReplaceOwnerInRights(kPgTypeOid, type->oid, type->owner, owner);
	SetCatalogColumn(Home::Main, "pg_type_rows", type->oid, "typowner", Value::Int(owner));
	CatalogChanged();
}

} /* namespace pg::commands */
