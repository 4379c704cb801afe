/*
 * catalog/user_types.cpp
 *		Types of CREATE TYPE ... AS ENUM: looked up by name and OID, written and deleted.
 *
 * Backends and workers with a database, inside a transaction.
 */
#include "catalog/user_types.h"

#include <algorithm>
#include <map>

#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/extension.h"

namespace pg
{
namespace
{

constexpr std::string_view kTypeTable = "pg_type_rows";

using UserTypes = std::map<Oid, UserTypePtr>;

std::map<Oid, std::vector<EnumLabel>>
read_labels()
{
	std::map<Oid, std::vector<EnumLabel>> labels;
	const std::unique_ptr<EngineStatement> rows = CurrentEngine().prepare(
		"SELECT enumtypid, oid, enumsortorder, enumlabel FROM " +
		CatalogTable(Home::Main, "pg_enum") + " ORDER BY enumtypid, enumsortorder");

	while (rows->step())
		labels[static_cast<Oid>(rows->column(0).integer)].push_back(
			{static_cast<Oid>(rows->column(1).integer), rows->column(2).real,
			 std::string(rows->column(3).bytes)});
	rows->reset();
	return labels;
}

UserTypes
read_types()
{
	UserTypes types;
	const std::unique_ptr<EngineStatement> rows =
		CurrentEngine().prepare("SELECT oid, typname, typnamespace, typowner, typacl FROM " +
								CatalogTable(Home::Main, kTypeTable));
	std::map<Oid, std::vector<EnumLabel>> labels;

	while (rows->step())
	{
		auto type = std::make_shared<UserTypeInfo>();

		if (types.empty())
			labels = read_labels();
		type->oid = static_cast<Oid>(rows->column(0).integer);
		type->name = rows->column(1).bytes;
		type->schema = static_cast<Oid>(rows->column(2).integer);
		type->owner = static_cast<Oid>(rows->column(3).integer);
		type->acl = rows->column(4).bytes;
		type->labels = std::move(labels[type->oid]);
		types.emplace(type->oid, std::move(type));
	}
	rows->reset();
	return types;
}

/* Most databases have none: one query for a generation tells.  Never destroyed, as all caches of look-ups. */
const UserTypes &
user_types()
{
	struct Known
	{
		uint64 generation = 0;
		UserTypes types;
	};
	static Known *const known = std::make_unique<Known>().release();
	static const UserTypes nothing;

	if (!HaveCurrentEngine())
		return nothing;
	if (const uint64 generation = CatalogGeneration(); known->generation != generation)
	{
		known->types = read_types();
		known->generation = generation;
	}
	return known->types;
}

UserTypePtr
find_type_in_schema(Oid schema, std::string_view name)
{
	for (const auto &[oid, type] : user_types())
		if (type->schema == schema && type->name == name)
			return type;
	return nullptr;
}

} /* namespace */

const EnumLabel *
UserTypeInfo::find(std::string_view label) const
{
	const auto found = std::ranges::find(labels, label, &EnumLabel::label);

	return found == labels.end() ? nullptr : &*found;
}

const EnumLabel *
UserTypeInfo::find(double order) const
{
	const auto found = std::ranges::lower_bound(labels, order, {}, &EnumLabel::order);

	return found == labels.end() || found->order != order ? nullptr : &*found;
}

const EnumLabel *
UserTypeInfo::find(Oid label_oid) const
{
	const auto found = std::ranges::find(labels, label_oid, &EnumLabel::oid);

	return found == labels.end() ? nullptr : &*found;
}

UserTypePtr
FindUserType(Oid oid)
{
	if (oid < kFirstNormalOid)
		return nullptr;

	const UserTypes &types = user_types();
	const auto found = types.find(oid);

	return found == types.end() ? nullptr : found->second;
}

UserTypePtr
FindUserType(std::string_view schema, std::string_view name)
{
	if (user_types().empty())
		return nullptr;
	if (!schema.empty())
	{
		const std::optional<Oid> oid = FindSchema(schema);

		return oid ? find_type_in_schema(*oid, name) : nullptr;
	}
	for (const Oid candidate : EffectiveSearchPath())
		if (UserTypePtr type = find_type_in_schema(candidate, name))
			return type;
	return nullptr;
}

std::vector<UserTypePtr>
AllUserTypes()
{
	std::vector<UserTypePtr> all;

	for (const auto &[oid, type] : user_types())
		all.push_back(type);
	return all;
}

void
WriteUserType(const UserTypeInfo &type)
{
	CatalogRow(Home::Main, kTypeTable)
		.set("oid", type.oid)
		.set("typname", type.name)
		.set("typnamespace", type.schema)
		.set("typowner", type.owner)
		.insert();
	InsertDependency(Home::Main, kPgTypeOid, type.oid, 0, kPgNamespaceOid, type.schema, 0, 'n');
	RecordExtensionMember(kPgTypeOid, type.oid);
	for (const EnumLabel &label : type.labels)
		WriteEnumLabel(type.oid, label);
}

void
WriteEnumLabel(Oid type, const EnumLabel &label)
{
	CatalogRow(Home::Main, "pg_enum")
		.set("oid", label.oid)
		.set("enumtypid", type)
		.set("enumsortorder", Value::Real(label.order))
		.set("enumlabel", label.label)
		.insert();
}

void
DeleteUserType(Oid oid)
{
	const Value type = Value::Int(oid);

	RunEngine("DELETE FROM " + CatalogTable(Home::Main, "pg_enum") + " WHERE enumtypid = ?1",
			  {&type, 1});
	DeleteObject(Home::Main, "pg_type_rows", kPgTypeOid, oid);
}

} /* namespace pg */
