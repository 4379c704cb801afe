/*
 * catalog/policies.cpp
 *		Rows of pg_policy.
 *
 * Backends and workers with a database, inside a transaction.
 */
#include "catalog/policies.h"

#include <map>

#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/functions.h"
#include "catalog/lookup.h"
#include "catalog/rights.h"
#include "miscadmin.h"

namespace pg
{
namespace
{

/* Tables with row-level security, and whether it is forced on their owners. */
const std::map<Oid, bool> &
secured_tables()
{
	static std::map<Oid, bool> tables;
	static uint64 generation = UINT64_MAX;

	if (generation == CatalogGeneration())
		return tables;
	tables.clear();
	for (const Home home : {Home::Main, Home::Temporary})
	{
		if (home == Home::Temporary && !TempSchemaExists())
			continue;

		const std::unique_ptr<EngineStatement> query =
			CurrentEngine().prepare("SELECT oid, relforcerowsecurity FROM " +
									CatalogTable(home, "pg_class") + " WHERE relrowsecurity");

		while (query->step())
			tables[static_cast<Oid>(query->column(0).integer)] = query->column(1).integer != 0;
		query->reset();
	}
	generation = CatalogGeneration();
	return tables;
}

bool
bypasses(Oid role)
{
	const std::optional<RoleInfo> info = FindRole(role);

	return info && (info->superuser || info->bypass_rls);
}

void
set_flag(const RelationInfo &table, const char *column, bool value)
{
	const Value parameters[] = {Value::Int(table.oid), Value::Bool(value)};

	RunEngine("UPDATE " + CatalogTable(HomeOf(table), "pg_class") + " SET " + column +
				  " = ?2 WHERE oid = ?1",
			  parameters);
}

/* Text of a column; null is empty. */
std::string
text_of(const EngineStatement &query, int column)
{
	const Value value = query.column(column);

	return value.is_null() ? std::string() : std::string(value.bytes);
}

} /* namespace */

std::vector<PolicyInfo>
PoliciesOf(const RelationInfo &table)
{
	std::vector<PolicyInfo> found;
	const std::unique_ptr<EngineStatement> query = CurrentEngine().prepare(
		"SELECT oid, polname, polcmd, polpermissive, polqual, polwithcheck FROM " +
		CatalogTable(HomeOf(table), "pg_policy") + " WHERE polrelid = ?1 ORDER BY polname");

	query->bind(0, Value::Int(table.oid));
	while (query->step())
	{
		PolicyInfo &policy = found.emplace_back();

		policy.oid = static_cast<Oid>(query->column(0).integer);
		policy.name = text_of(*query, 1);
		policy.command = text_of(*query, 2).at(0);
		policy.permissive = query->column(3).integer != 0;
		policy.using_sql = text_of(*query, 4);
		policy.check_sql = text_of(*query, 5);
	}
	query->reset();
	return found;
}

bool
PoliciesHold(const RelationInfo &table, Oid role)
{
	if (table.kind != 'r' || table.is_system || MyDatabaseId == InvalidOid)
		return false;

	const std::map<Oid, bool> &tables = secured_tables();
	const auto found = tables.find(table.oid);

	if (found == tables.end())
		return false;
	if (role == InvalidOid)
		role = GetUserId();

	const bool forced = found->second;

	return !bypasses(role) && (forced || !OwnsObject(kPgClassOid, table.oid, role));
}

std::string
PolicyCondition(const RelationInfo &table, char command)
{
	std::string permitted, restricted;

	for (const PolicyInfo &policy : PoliciesOf(table))
	{
		if ((policy.command != '*' && policy.command != command) || policy.using_sql.empty())
			continue;
		if (policy.permissive)
			permitted += (permitted.empty() ? "(" : " OR (") + policy.using_sql + ")";
		else
			restricted += " AND (" + policy.using_sql + ")";
	}
	return permitted.empty() ? "false" : "(" + permitted + ")" + restricted;
}

void
WritePolicy(const RelationInfo &table, const PolicyInfo &policy,
			std::span<const Oid> functions_used)
{
	const Home home = HomeOf(table);
	CatalogRow row(home, "pg_policy");

	row.set("oid", policy.oid)
		.set("polname", policy.name)
		.set("polrelid", table.oid)
		.set_letter("polcmd", policy.command)
		.set("polpermissive", policy.permissive)
		.set("polroles", "{0}");
	if (!policy.using_sql.empty())
		row.set("polqual", policy.using_sql);
	if (!policy.check_sql.empty())
		row.set("polwithcheck", policy.check_sql);
	row.insert();
	InsertDependency(home, kPgPolicyOid, policy.oid, 0, kPgClassOid, table.oid, 0, 'a');
	for (const Oid function : functions_used)
		InsertDependency(home, kPgPolicyOid, policy.oid, 0, kPgProcOid, function, 0, 'n');
}

void
DeletePolicy(const RelationInfo &table, Oid policy)
{
	const Home home = HomeOf(table);
	const Value parameters[] = {Value::Int(policy), Value::Int(kPgPolicyOid)};

	RunEngine("DELETE FROM " + CatalogTable(home, "pg_depend") +
				  " WHERE classid = ?2 AND objid = ?1",
			  parameters);
	RunEngine("DELETE FROM " + CatalogTable(home, "pg_policy") + " WHERE oid = ?1",
			  std::span(parameters).first(1));
}

void
SetRowSecurity(const RelationInfo &table, bool enabled)
{
	set_flag(table, "relrowsecurity", enabled);
}

void
SetRowSecurityForced(const RelationInfo &table, bool forced)
{
	set_flag(table, "relforcerowsecurity", forced);
}

} /* namespace pg */
