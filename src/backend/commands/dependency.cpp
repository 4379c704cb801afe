/*
 * commands/dependency.cpp
 *		Finding dependents, reporting them, and dropping all in a safe order.
 *
 * Backends and workers inside a writing transaction.
 */
#include "commands/dependency.h"

#include <algorithm>
#include <optional>

#include "access/sequence.h"
#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/extension.h"
#include "catalog/functions.h"
#include "catalog/lookup.h"
#include "catalog/objectaccess.h"
#include "catalog/triggers.h"
#include "catalog/user_types.h"
#include "catalog/write.h"
#include "commands/on_commit.h"
#include "commands/schema_edit.h"

namespace pg::commands
{
namespace
{

using Kind = DropObject::Kind;

struct Dependent
{
	DropObject object;
	DropObject on;
};

std::vector<Oid>
query_oids(const std::string &sql, Oid parameter)
{
	const std::unique_ptr<EngineStatement> rows = CurrentEngine().prepare(sql);
	std::vector<Oid> oids;

	rows->bind(0, Value::Int(parameter));
	while (rows->step())
		oids.push_back(static_cast<Oid>(rows->column(0).integer));
	rows->reset();
	return oids;
}

DropObject
relation_object(RelationInfoPtr relation)
{
	const Oid oid = relation->oid;

	return {Kind::Relation, oid, std::move(relation), ""};
}

/* Functions that take or give values of the type. */
void
add_functions_with(Oid type, std::vector<DropObject> *found)
{
	for (const ProcPtr &proc : AllProcs())
	{
		const std::vector<Oid> &types = proc->all_types.empty() ? proc->arg_types : proc->all_types;

		if (proc->def.result == type || std::find(types.begin(), types.end(), type) != types.end())
			found->push_back(FunctionObject(proc->def.oid));
	}
}

std::vector<DropObject>
dependents_of_relation(const RelationInfo &relation)
{
	std::vector<DropObject> found;

	for (RelationInfoPtr &view : DependentViews(relation.oid))
		found.push_back(relation_object(std::move(view)));
	add_functions_with(relation.oid, &found);
	for (const Reference &reference : FindReferences(relation.oid))
	{
		const ConstraintInfo &constraint = reference.relation->constraints[reference.constraint];

		if (reference.relation->oid != relation.oid)
			found.push_back(
				{Kind::Constraint, constraint.oid, reference.relation, constraint.name});
	}
	return found;
}

/* Foreign keys that rest on the key of a constraint being dropped. */
std::vector<DropObject>
dependents_of_constraint(const DropObject &object)
{
	std::vector<DropObject> found;
	Oid index = 0;

	for (const ConstraintInfo &constraint : object.relation->constraints)
		if (constraint.oid == object.oid && constraint.type != 'f')
			index = constraint.index;
	if (index == 0)
		return found;
	for (const Reference &reference : FindReferences(object.relation->oid))
	{
		const ConstraintInfo &constraint = reference.relation->constraints[reference.constraint];

		if (constraint.index == index)
			found.push_back(
				{Kind::Constraint, constraint.oid, reference.relation, constraint.name});
	}
	return found;
}

/* The default that a row of pg_attrdef keeps. */
std::optional<DropObject>
default_object(Home home, Oid oid)
{
	const std::unique_ptr<EngineStatement> row = CurrentEngine().prepare(
		"SELECT adrelid, adnum FROM " + CatalogTable(home, "pg_attrdef") + " WHERE oid = ?1");

	row->bind(0, Value::Int(oid));
	if (!row->step())
		return std::nullopt;

	const Oid table = static_cast<Oid>(row->column(0).integer);
	const int64 attnum = row->column(1).integer;

	row->reset();

	RelationInfoPtr relation = FindRelation(table);

	if (relation == nullptr)
		return std::nullopt;
	for (const ColumnInfo &column : relation->columns)
		if (column.attnum == attnum)
			return DropObject{Kind::Default, oid, relation, column.name};
	return std::nullopt;
}

std::optional<DropObject>
constraint_object(Home home, Oid oid)
{
	for (const Oid table : query_oids("SELECT conrelid FROM " +
										  CatalogTable(home, "pg_constraint") + " WHERE oid = ?1",
									  oid))
		if (RelationInfoPtr relation = FindRelation(table))
			for (const ConstraintInfo &constraint : relation->constraints)
				if (constraint.oid == oid)
					return DropObject{Kind::Constraint, oid, relation, constraint.name};
	return std::nullopt;
}

std::optional<DropObject>
index_object(Oid oid)
{
	if (RelationInfoPtr table = TableOfIndex(oid))
		for (const TableIndex &index : table->indexes)
			if (index.oid == oid)
				return DropObject{Kind::Index, oid, table, index.name};
	return std::nullopt;
}

/* The object that a row of pg_depend names as the one that depends. */
std::optional<DropObject>
depending_object(Home home, Oid class_id, Oid oid)
{
	switch (class_id)
	{
		case kPgRewriteOid:
			for (const Oid view : query_oids(
					 "SELECT ev_class FROM " + CatalogTable(home, "pg_rewrite") + " WHERE oid = ?1",
					 oid))
				if (RelationInfoPtr relation = FindRelation(view))
					return relation_object(std::move(relation));
			return std::nullopt;
		case kPgAttrdefOid: return default_object(home, oid);
		case kPgConstraintOid: return constraint_object(home, oid);
		case kPgClassOid: return index_object(oid);
		case kPgProcOid: return FunctionObject(oid);
		case kPgTriggerOid:
			if (const TriggerOfTable found = FindTrigger(oid); found.trigger != nullptr)
				return DropObject{Kind::Trigger, oid, found.table, found.trigger->name};
			return std::nullopt;
		default: return std::nullopt;
	}
}

/* What keeps SQL that names the function, or the sequence. */
std::vector<DropObject>
dependents_of_named(Oid ref_class, Oid named)
{
	std::vector<DropObject> found;

	for (const Home home : {Home::Main, Home::Temporary})
	{
		if (home == Home::Temporary && !TempSchemaExists())
			continue;

		const std::unique_ptr<EngineStatement> rows = CurrentEngine().prepare(
			"SELECT DISTINCT classid, objid FROM " + CatalogTable(home, "pg_depend") +
			" WHERE refclassid = ?2 AND refobjid = ?1 AND deptype = 'n'");
		std::vector<std::pair<Oid, Oid>> objects;

		rows->bind(0, Value::Int(named));
		rows->bind(1, Value::Int(ref_class));
		while (rows->step())
			objects.emplace_back(static_cast<Oid>(rows->column(0).integer),
								 static_cast<Oid>(rows->column(1).integer));
		rows->reset();
		for (const auto &[class_id, oid] : objects)
			if (std::optional<DropObject> object = depending_object(home, class_id, oid))
				found.push_back(std::move(*object));
	}
	return found;
}

DropObject
extension_object(Oid oid)
{
	const std::optional<ExtensionInfo> extension = FindExtension(oid);

	return {Kind::Extension, oid, nullptr, extension ? extension->name : std::to_string(oid)};
}

/* pg_depend.classid of what may be a member of an extension; InvalidOid of the rest. */
Oid
class_of(const DropObject &object)
{
	switch (object.kind)
	{
		case Kind::Relation: return kPgClassOid;
		case Kind::Function: return kPgProcOid;
		case Kind::Type: return kPgTypeOid;
		case Kind::Schema: return kPgNamespaceOid;
		default: return InvalidOid;
	}
}

/* The extension of which it is a member, unless it is the one whose script runs. */
std::optional<DropObject>
extension_of(const DropObject &object)
{
	const Oid class_id = class_of(object);
	const Oid extension =
		class_id != InvalidOid ? ExtensionOf(class_id, object.oid) : Oid{InvalidOid};

	if (extension == InvalidOid || extension == CreatingExtension())
		return std::nullopt;
	return extension_object(extension);
}

std::vector<DropObject>
members_of(Oid extension)
{
	std::vector<DropObject> found;

	for (const ExtensionMember &member : ExtensionMembers(extension))
	{
		if (member.class_id == kPgProcOid)
			found.push_back(FunctionObject(member.object));
		else if (member.class_id == kPgTypeOid)
			found.push_back(TypeObject(member.object));
		else if (member.class_id == kPgNamespaceOid)
			found.push_back(
				{Kind::Schema, member.object, nullptr, SchemaName(member.object).value_or("")});
		else if (RelationInfoPtr relation = FindRelation(member.object))
			found.push_back(relation_object(std::move(relation)));
	}
	return found;
}

std::vector<DropObject>
sequences_of(const RelationInfo &table)
{
	std::vector<DropObject> found;

	for (const Oid oid : SequencesOwnedBy(table, 0))
		if (RelationInfoPtr sequence = FindRelation(oid))
			found.push_back(relation_object(std::move(sequence)));
	return found;
}

std::vector<DropObject>
dependents_of(const DropObject &object)
{
	std::vector<DropObject> found;

	switch (object.kind)
	{
		case Kind::Relation:
			found = object.relation->kind == 'S' ? dependents_of_named(kPgClassOid, object.oid)
												 : dependents_of_relation(*object.relation);
			break;
		case Kind::Constraint: found = dependents_of_constraint(object); break;
		case Kind::Schema:
			for (const Oid oid :
				 query_oids("SELECT oid FROM " + CatalogTable(Home::Main, "pg_class") +
								" WHERE relnamespace = ?1 AND relkind IN ('r', 'v', 'c', 'S')",
							object.oid))
				if (RelationInfoPtr relation = FindRelation(oid);
					relation != nullptr && !OwnerOfSequence(oid))
					found.push_back(relation_object(std::move(relation)));
			for (const ProcPtr &proc : AllProcs())
				if (proc->def.schema == object.oid)
					found.push_back(FunctionObject(proc->def.oid));
			for (const UserTypePtr &type : AllUserTypes())
				if (type->schema == object.oid)
					found.push_back(TypeObject(type->oid));
			for (const ExtensionInfo &extension : AllExtensions())
				if (extension.schema == object.oid)
					found.push_back(extension_object(extension.oid));
			break;
		case Kind::Extension:
			for (const Oid oid : ExtensionsRequiring(object.oid))
				found.push_back(extension_object(oid));
			break;
		case Kind::Function: found = dependents_of_named(kPgProcOid, object.oid); break;
		case Kind::Type:
			found = dependents_of_named(kPgTypeOid, object.oid);
			add_functions_with(object.oid, &found);
			break;
		case Kind::Index:
		case Kind::Default:
		case Kind::Trigger: break;
	}
	std::sort(found.begin(), found.end(),
			  [](const DropObject &a, const DropObject &b) { return a.oid < b.oid; });
	return found;
}

bool
contains(const std::vector<DropObject> &objects, const DropObject &object)
{
	return std::find(objects.begin(), objects.end(), object) != objects.end();
}

void
collect(const DropObject &object, std::vector<DropObject> *all, std::vector<Dependent> *dependents)
{
	std::vector<DropObject> direct, members;

	/* Members, and sequences of a table's columns, go without a word, but what depends on them counts. */
	if (object.kind == Kind::Extension)
		members = members_of(object.oid);
	else if (object.kind == Kind::Relation && object.relation->kind == 'r')
		members = sequences_of(*object.relation);
	if (!members.empty())
	{
		std::erase_if(members, [&](const DropObject &member) { return contains(*all, member); });
		all->insert(all->end(), members.begin(), members.end());
	}
	for (const DropObject &found : dependents_of(object))
	{
		if (contains(*all, found))
			continue;

		/* In place of a member its extension goes. */
		DropObject dependent = extension_of(found).value_or(found);

		if (contains(*all, dependent))
			continue;
		all->push_back(dependent);
		direct.push_back(std::move(dependent));
	}
	for (const DropObject &dependent : direct)
	{
		dependents->push_back({dependent, object});
		collect(dependent, all, dependents);
	}
	for (const DropObject &member : members)
		collect(member, all, dependents);
}

bool
is_part_of_relation(const DropObject &object)
{
	return object.kind == Kind::Constraint || object.kind == Kind::Default ||
		   object.kind == Kind::Index || object.kind == Kind::Trigger;
}

/* A part of a table that is dropped anyway needs no word. */
void
drop_implied(const std::vector<DropObject> &all, std::vector<Dependent> *dependents)
{
	std::erase_if(
		*dependents,
		[&](const Dependent &dependent)
		{
			return is_part_of_relation(dependent.object) &&
				   contains(all, {Kind::Relation, dependent.object.relation->oid, nullptr, ""});
		});
}

/* The sequence of an identity column goes with the column. */
void
refuse_identity_sequence(const DropObject &target)
{
	if (target.kind != Kind::Relation || target.relation->kind != 'S')
		return;

	const std::optional<SequenceOwner> owner = OwnerOfSequence(target.oid);
	const RelationInfoPtr table = owner && owner->identity ? FindRelation(owner->table) : nullptr;

	if (table == nullptr)
		return;

	const std::string column =
		"column " +
		QuoteIdentifier(table->columns.at(static_cast<size_t>(owner->column) - 1).name) +
		" of table " + VisibleName(*table);

	Raise(
		Report(ERROR, ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST)
			.msg("cannot drop %s because %s requires it", Describe(target).c_str(), column.c_str())
			.hint("You can drop %s instead.", column.c_str()));
}

void
refuse_members(const std::vector<DropObject> &targets)
{
	for (const DropObject &target : targets)
	{
		refuse_identity_sequence(target);

		const std::optional<DropObject> extension = extension_of(target);

		if (extension && !contains(targets, *extension))
			Raise(Report(ERROR, ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST)
					  .msg("cannot drop %s because %s requires it", Describe(target).c_str(),
						   Describe(*extension).c_str())
					  .hint("You can drop %s instead.", Describe(*extension).c_str()));
	}
}

[[noreturn]] void
raise_dependents(const std::vector<DropObject> &targets, const std::vector<Dependent> &dependents)
{
	std::string detail;

	for (const Dependent &dependent : dependents)
		detail += (detail.empty() ? "" : "\n") + Describe(dependent.object) + " depends on " +
				  Describe(dependent.on);

	Report report(ERROR, ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST);

	if (targets.size() == 1)
		report.msg("cannot drop %s because other objects depend on it",
				   Describe(targets[0]).c_str());
	else
		report.msg("cannot drop desired object(s) because other objects depend on them");
	Raise(report.detail("%s", detail.c_str())
			  .hint("Use DROP ... CASCADE to drop the dependent objects too."));
}

void
announce(const std::vector<Dependent> &dependents)
{
	if (dependents.empty())
		return;
	if (dependents.size() == 1)
	{
		Report(NOTICE).msg("drop cascades to %s", Describe(dependents[0].object).c_str()).emit();
		return;
	}

	std::string detail;

	for (const Dependent &dependent : dependents)
		detail += (detail.empty() ? "" : "\n") + ("drop cascades to " + Describe(dependent.object));
	Report(NOTICE)
		.msg("drop cascades to %d other objects", static_cast<int>(dependents.size()))
		.detail("%s", detail.c_str())
		.emit();
}

void
drop_schema(const DropObject &object)
{
	const Value oid = Value::Int(object.oid);
	const Value notes[] = {Value::Int(kPgNamespaceOid), oid};

	RunEngine("DELETE FROM " + CatalogTable(Home::Main, "pg_description") +
				  " WHERE classoid = ?1 AND objoid = ?2",
			  notes);
	RunEngine("DELETE FROM " + CatalogTable(Home::Main, "pg_depend") +
				  " WHERE refclassid = ?1 AND refobjid = ?2",
			  notes);
	RunEngine("DELETE FROM " + CatalogTable(Home::Main, "pg_namespace") + " WHERE oid = ?1",
			  {&oid, 1});
}

void
drop_relation(const RelationInfo &relation)
{
	if (relation.kind == 'r')
	{
		SchemaEdit edit;

		CurrentEngine().execute(("DROP TABLE " + relation.physical).c_str());
	}
	if (relation.kind == 'S')
		EndSequence(relation);
	DeleteRelation(relation);
	ForgetOnCommit(relation.oid);
}

void
drop_index(const DropObject &object)
{
	for (const TableIndex &index : object.relation->indexes)
		if (index.oid == object.oid)
			CurrentEngine().execute(
				("DROP INDEX " + EngineIndexName(*object.relation, index)).c_str());
	DeleteIndex(*object.relation, object.oid);
}

void
drop_default(const DropObject &object)
{
	if (const ColumnInfo *column = object.relation->find_column(object.name))
		SetColumnDefault(*object.relation, *column, "");
}

void
drop_part_of_relation(const DropObject &object)
{
	switch (object.kind)
	{
		case Kind::Constraint: RemoveConstraint(object.relation->oid, object.oid); break;
		case Kind::Default: drop_default(object); break;
		case Kind::Trigger: DeleteTrigger(*object.relation, object.oid); break;
		default: drop_index(object); break;
	}
}

void
drop_function(const DropObject &object)
{
	if (const ProcPtr proc = FindProc(object.oid))
		DeleteFunction(*proc);
}

void
drop_all(const std::vector<DropObject> &all)
{
	for (const DropObject &object : all)
		if (const Oid catalog = class_of(object); catalog != InvalidOid)
			InvokeObjectDropHook(catalog, object.oid, 0);
	for (const DropObject &object : all)
		if (is_part_of_relation(object) &&
			!contains(all, {Kind::Relation, object.relation->oid, nullptr, ""}))
			drop_part_of_relation(object);
	for (const DropObject &object : all)
		if (object.kind == Kind::Relation)
			drop_relation(*object.relation);
	for (const DropObject &object : all)
		if (object.kind == Kind::Function)
			drop_function(object);
	for (const DropObject &object : all)
		if (object.kind == Kind::Type)
			DeleteUserType(object.oid);
	for (const DropObject &object : all)
		if (object.kind == Kind::Extension)
			DeleteExtension(object.oid);
	for (const DropObject &object : all)
		if (object.kind == Kind::Schema)
			drop_schema(object);
	CatalogChanged();
}

} /* namespace */

std::string
Describe(const DropObject &object)
{
	switch (object.kind)
	{
		case Kind::Schema: return "schema " + object.name;
		case Kind::Constraint:
			return "constraint " + object.name + " on table " + VisibleName(*object.relation);
		case Kind::Default:
			return "default value for column " + object.name + " of table " +
				   VisibleName(*object.relation);
		case Kind::Index: return "index " + QuoteIdentifier(object.name);
		case Kind::Trigger:
			return "trigger " + object.name + " on table " + VisibleName(*object.relation);
		case Kind::Function: return "function " + object.name;
		case Kind::Type: return "type " + object.name;
		case Kind::Extension: return "extension " + object.name;
		case Kind::Relation: break;
	}
	return std::string(RelationNoun(*object.relation)) + " " + VisibleName(*object.relation);
}

DropObject
FunctionObject(Oid oid)
{
	const ProcPtr proc = FindProc(oid);

	return {Kind::Function, oid, nullptr,
			proc != nullptr ? ProcedureName(proc->def) : std::to_string(oid)};
}

DropObject
TypeObject(Oid oid)
{
	return {Kind::Type, oid, nullptr, FormatType(oid)};
}

bool
IsNamedInTexts(Oid class_id, Oid object)
{
	const Value keys[] = {Value::Int(class_id), Value::Int(object)};

	return QueryEngineNumber("SELECT 1 FROM " + CatalogTable(Home::Main, "pg_depend") +
								 " WHERE refclassid = ?1 AND refobjid = ?2 AND deptype = 'n'",
							 keys) == 1;
}

RelationInfoPtr
TableOfIndex(Oid index)
{
	for (const Home home : {Home::Main, Home::Temporary})
	{
		if (home == Home::Temporary && !TempSchemaExists())
			continue;
		for (const Oid oid : query_oids("SELECT indrelid FROM " + CatalogTable(home, "pg_index") +
											" WHERE indexrelid = ?1",
										index))
			return FindRelation(oid);
	}
	return nullptr;
}

std::vector<RelationInfoPtr>
DependentViews(Oid relation)
{
	std::vector<RelationInfoPtr> views;

	for (const Home home : {Home::Main, Home::Temporary})
	{
		if (home == Home::Temporary && !TempSchemaExists())
			continue;
		for (const Oid oid :
			 query_oids("SELECT DISTINCT r.ev_class FROM " + CatalogTable(home, "pg_depend") +
							" d JOIN " + CatalogTable(home, "pg_rewrite") +
							" r ON r.oid = d.objid WHERE d.classid = 2618 AND d.refclassid = 1259 "
							"AND d.refobjid = ?1 AND d.deptype = 'n' AND r.ev_class <> ?1",
						relation))
			if (RelationInfoPtr view = FindRelation(oid))
				views.push_back(std::move(view));
	}
	return views;
}

void
DropWithDependents(const std::vector<DropObject> &objects, bool cascade)
{
	std::vector<DropObject> all = objects;
	std::vector<Dependent> dependents;

	refuse_members(objects);

	for (const DropObject &object : objects)
		collect(object, &all, &dependents);
	drop_implied(all, &dependents);
	if (!dependents.empty() && !cascade)
		raise_dependents(objects, dependents);
	announce(dependents);
	drop_all(all);
}

} /* namespace pg::commands */
