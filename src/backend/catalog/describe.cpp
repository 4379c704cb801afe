/*
 * catalog/describe.cpp
 *		Objects in the words of messages.
 *
 * Backends and workers with a database, inside a transaction.
 */
#include "catalog/describe.h"

#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/cluster.h"
#include "catalog/extension.h"
#include "catalog/functions.h"
#include "catalog/languages.h"
#include "catalog/pg_authid_d.h"
#include "catalog/policies.h"
#include "catalog/triggers.h"
#include "catalog/user_types.h"
#include "catalog/write.h"
#include "utils/adt/registry.h"
#include "utils/adt/text_bodies.h"
#include "utils/error/report.h"

namespace pg
{
namespace
{

std::string
describe_relation(Oid oid, int column)
{
	const RelationInfoPtr relation = FindRelation(oid);

	if (relation == nullptr)
		return "";

	const std::string whole = std::string(RelationNoun(*relation)) + " " + VisibleName(*relation);

	if (column == 0)
		return whole;
	for (const ColumnInfo &info : relation->columns)
		if (info.attnum == column)
			return "column " + info.name + " of " + whole;
	return "";
}

/* A part of a table: what it is, and where its catalog keeps its name and table. */
struct Part
{
	Oid class_id;
	const char *noun, *catalog, *name, *relation;
};

constexpr Part kParts[] = {
	{kPgConstraintOid, "constraint", "pg_constraint", "conname", "conrelid"},
	{kPgTriggerOid, "trigger", "pg_trigger", "tgname", "tgrelid"},
	{kPgPolicyOid, "policy", "pg_policy", "polname", "polrelid"},
	{kPgAttrdefOid, "default value", "pg_attrdef", "adnum", "adrelid"},
};

std::string
describe_part(const Part &part, Oid oid)
{
	const std::unique_ptr<EngineStatement> row = CurrentEngine().prepare(
		std::string("SELECT ") + part.name + ", " + part.relation + " FROM " +
		CatalogTable(Home::Main, part.catalog) + " WHERE oid = ?1");
	std::string description;

	row->bind(0, Value::Int(oid));
	if (row->step())
	{
		const Value name = row->column(0);
		const auto relation = static_cast<Oid>(row->column(1).integer);

		if (part.class_id == kPgAttrdefOid)
			description =
				"default value for " + describe_relation(relation, static_cast<int>(name.integer));
		else
			description = std::string(part.noun) + " " + std::string(name.bytes) + " on " +
						  describe_relation(relation, 0);
	}
	row->reset();
	return description;
}

template <typename Info>
std::string
with_noun(const char *noun, const std::optional<Info> &found)
{
	return found ? std::string(noun) + " " + found->name : "";
}

std::string
describe_language(Oid oid)
{
	const std::unique_ptr<EngineStatement> row = CurrentEngine().prepare(
		"SELECT lanname FROM " + CatalogTable(Home::Main, "pg_language") + " WHERE oid = ?1");
	std::string description;

	row->bind(0, Value::Int(oid));
	if (row->step())
		description = "language " + std::string(row->column(0).bytes);
	row->reset();
	return description;
}

} /* namespace */

std::string
VisibleName(const RelationInfo &relation)
{
	const RelationInfoPtr seen = FindRelation("", relation.name);

	if (seen != nullptr && seen->oid == relation.oid)
		return IdentifierText(relation.name);
	return IdentifierText(relation.schema_name) + "." + IdentifierText(relation.name);
}

const char *
RelationNoun(const RelationInfo &relation)
{
	switch (relation.kind)
	{
		case 'v': return "view";
		case 'i': return "index";
		case 'S': return "sequence";
		case 'c': return "type";
		default: return "table";
	}
}

std::string
DescribeObject(Oid class_id, Oid object, int column)
{
	for (const Part &part : kParts)
		if (part.class_id == class_id)
			return describe_part(part, object);
	switch (class_id)
	{
		case kPgClassOid: return describe_relation(object, column);
		case kPgProcOid:
			if (const FunctionPtr function = FindAnyFunction(object))
				return "function " + ProcedureName(*function);
			return "";
		case kPgTypeOid: return FindType(object) != nullptr ? "type " + FormatType(object) : "";
		case kPgNamespaceOid:
			if (const std::optional<std::string> name = SchemaName(object))
				return "schema " + *name;
			return "";
		case kPgLanguageOid: return describe_language(object);
		case kPgExtensionOid: return with_noun("extension", FindExtension(object));
		case kPgDatabaseOid: return with_noun("database", FindDatabase(object));
		case AuthIdRelationId: return with_noun("role", FindRole(object));
		default:
			Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR)
					  .msg("unrecognized object class: %u", class_id));
	}
}

} /* namespace pg */
