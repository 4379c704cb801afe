/*
 * catalog/extension.cpp
 *		Rows of pg_extension and membership.
 *
 * Backends and workers with a database, inside a transaction.
 */
#include "catalog/extension.h"

#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/objects.h"
#include "catalog/write.h"
#include "commands/extension.h"
#include "utils/error/report.h"

bool creating_extension = false;
Oid CurrentExtensionObject = InvalidOid;

namespace pg
{
namespace
{
std::string
table(const char *name)
{
	return CatalogTable(Home::Main, name);
}

std::vector<ExtensionInfo>
query_extensions(const std::string &condition, std::span<const Value> parameters)
{
	const std::unique_ptr<EngineStatement> rows = CurrentEngine().prepare(
		"SELECT oid, extname, extowner, extnamespace, extrelocatable, extversion FROM " +
		table("pg_extension") + condition);
	std::vector<ExtensionInfo> found;

	for (size_t i = 0; i < parameters.size(); i++)
		rows->bind(static_cast<int>(i), parameters[i]);
	while (rows->step())
	{
		const auto oid = [&](int i) { return static_cast<Oid>(rows->column(i).integer); };

		found.push_back({oid(0), std::string(rows->column(1).bytes), oid(2), oid(3),
						 rows->column(4).integer != 0, std::string(rows->column(5).bytes)});
	}
	rows->reset();
	return found;
}

std::optional<ExtensionInfo>
first_of(std::vector<ExtensionInfo> found)
{
	return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

} /* namespace */

std::optional<ExtensionInfo>
FindExtension(const std::string &name)
{
	const Value parameter = Value::Text(name);

	return first_of(query_extensions(" WHERE extname = ?1", {&parameter, 1}));
}

std::optional<ExtensionInfo>
FindExtension(Oid oid)
{
	const Value parameter = Value::Int(oid);

	return first_of(query_extensions(" WHERE oid = ?1", {&parameter, 1}));
}

std::vector<ExtensionInfo>
AllExtensions()
{
	return query_extensions(" ORDER BY oid", {});
}

void
InsertExtension(const ExtensionInfo &extension)
{
	CatalogRow(Home::Main, "pg_extension")
		.set("oid", extension.oid)
		.set("extname", extension.name)
		.set("extowner", extension.owner)
		.set("extnamespace", extension.schema)
		.set("extrelocatable", extension.relocatable)
		.set("extversion", extension.version)
		.insert();
	InsertDependency(Home::Main, kPgExtensionOid, extension.oid, 0, kPgNamespaceOid,
					 extension.schema, 0, 'n');
}

void
UpdateExtension(const ExtensionInfo &extension)
{
	const Value parameters[] = {Value::Int(extension.oid), Value::Text(extension.version),
								Value::Bool(extension.relocatable)};

	RunEngine("UPDATE " + table("pg_extension") +
				  " SET extversion = ?2, extrelocatable = ?3 WHERE oid = ?1",
			  parameters);
	RunEngine("DELETE FROM " + table("pg_depend") +
				  " WHERE classid = 3079 AND objid = ?1 AND refclassid = 3079 AND deptype = 'n'",
			  std::span(parameters).first(1));
}

void
RequireExtension(Oid extension, Oid required)
{
	InsertDependency(Home::Main, kPgExtensionOid, extension, 0, kPgExtensionOid, required, 0, 'n');
}

void
DeleteExtension(Oid extension)
{
	const Value oid = Value::Int(extension);

	CommentExtension(extension, "");
	RunEngine("DELETE FROM " + table("pg_depend") +
				  " WHERE (classid = 3079 AND objid = ?1) OR (refclassid = 3079 AND refobjid = ?1)",
			  {&oid, 1});
	RunEngine("DELETE FROM " + table("pg_extension") + " WHERE oid = ?1", {&oid, 1});
}

void
CommentExtension(Oid extension, const std::string &comment)
{
	const Value oid = Value::Int(extension);

	RunEngine("DELETE FROM " + table("pg_description") +
				  " WHERE classoid = 3079 AND objoid = ?1 AND objsubid = 0",
			  {&oid, 1});
	if (!comment.empty())
		CatalogRow(Home::Main, "pg_description")
			.set("objoid", extension)
			.set("classoid", kPgExtensionOid)
			.set("objsubid", 0)
			.set("description", comment)
			.insert();
}

Oid
ExtensionOf(Oid class_id, Oid object)
{
	const Value parameters[] = {Value::Int(class_id), Value::Int(object)};
	const int64 oid = QueryEngineNumber(
		"SELECT refobjid FROM " + table("pg_depend") +
			" WHERE classid = ?1 AND objid = ?2 AND refclassid = 3079 AND deptype = 'e'",
		parameters);

	return oid < 0 ? InvalidOid : static_cast<Oid>(oid);
}

std::vector<ExtensionMember>
ExtensionMembers(Oid extension)
{
	const std::unique_ptr<EngineStatement> rows = CurrentEngine().prepare(
		"SELECT classid, objid FROM " + table("pg_depend") +
		" WHERE refclassid = 3079 AND refobjid = ?1 AND deptype = 'e' ORDER BY objid");
	std::vector<ExtensionMember> members;

	rows->bind(0, Value::Int(extension));
	while (rows->step())
		members.push_back(
			{static_cast<Oid>(rows->column(0).integer), static_cast<Oid>(rows->column(1).integer)});
	rows->reset();
	return members;
}

std::vector<Oid>
ExtensionsRequiring(Oid extension)
{
	const std::unique_ptr<EngineStatement> rows = CurrentEngine().prepare(
		"SELECT DISTINCT objid FROM " + table("pg_depend") +
		" WHERE classid = 3079 AND refclassid = 3079 AND refobjid = ?1 AND deptype = 'n'");
	std::vector<Oid> oids;

	rows->bind(0, Value::Int(extension));
	while (rows->step())
		oids.push_back(static_cast<Oid>(rows->column(0).integer));
	rows->reset();
	return oids;
}

Oid
CreatingExtension()
{
	return CurrentExtensionObject;
}

CreatingExtensionScope::CreatingExtensionScope(Oid extension)
{
	CurrentExtensionObject = extension;
	creating_extension = true;
}

CreatingExtensionScope::~CreatingExtensionScope()
{
	CurrentExtensionObject = InvalidOid;
	creating_extension = false;
}

void
AddExtensionMember(Oid extension, Oid class_id, Oid object)
{
	InsertDependency(Home::Main, class_id, object, 0, kPgExtensionOid, extension, 0, 'e');
}

void
RemoveExtensionMember(Oid extension, Oid class_id, Oid object)
{
	const Value parameters[] = {Value::Int(extension), Value::Int(class_id), Value::Int(object)};

	RunEngine("DELETE FROM " + table("pg_depend") +
				  " WHERE refclassid = 3079 AND refobjid = ?1 AND classid = ?2 AND objid = ?3 "
				  "AND deptype = 'e'",
			  parameters);
}

void
AddExtensionConfig(Oid relation, const std::string &condition)
{
	if (CurrentExtensionObject == InvalidOid)
		Raise(Report(ERROR, ERRCODE_FEATURE_NOT_SUPPORTED)
				  .msg("%s can only be called from an SQL script executed by CREATE EXTENSION",
					   "pg_extension_config_dump()"));
	if (ExtensionOf(kPgClassOid, relation) != CurrentExtensionObject)
	{
		const RelationInfoPtr found = FindRelation(relation);

		Raise(Report(ERROR, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
				  .msg("table \"%s\" is not a member of the extension being created",
					   found != nullptr ? found->name.c_str() : std::to_string(relation).c_str()));
	}

	const std::string oid = std::to_string(relation);
	const Value parameters[] = {Value::Int(CurrentExtensionObject), Value::Text(oid),
								Value::Text(condition)};

	RunEngine("UPDATE " + table("pg_extension") +
				  " SET extconfig = pg_array_append(extconfig, ?2), "
				  "extcondition = pg_array_append(extcondition, ?3) WHERE oid = ?1",
			  parameters);
}

void
RecordExtensionMember(Oid class_id, Oid object)
{
	if (CurrentExtensionObject != InvalidOid && ExtensionOf(class_id, object) == InvalidOid)
		AddExtensionMember(CurrentExtensionObject, class_id, object);
}

void
CheckExtensionReplaces(Oid class_id, Oid object, const std::string &description)
{
	if (CurrentExtensionObject == InvalidOid)
		return;

	const Oid owner = ExtensionOf(class_id, object);
	const std::string here = FindExtension(CurrentExtensionObject)->name;

	if (owner == CurrentExtensionObject)
		return;
	if (owner != InvalidOid)
		Raise(Report(ERROR, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
				  .msg("%s is already a member of extension \"%s\"", description.c_str(),
					   FindExtension(owner)->name.c_str()));
	Raise(Report(ERROR, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
			  .msg("%s is not a member of extension \"%s\"", description.c_str(), here.c_str())
			  .detail("An extension is not allowed to replace an object that it does not own."));
}

} /* namespace pg */
