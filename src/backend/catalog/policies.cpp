/*
 * catalog/policies.cpp
 *		Rows of pg_policy.
 *
 * Backends and workers with a database, inside a transaction.
 */
#include "catalog/policies.h"

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

bool
bypasses(Oid role)
{
	const std::optional<RoleInfo> info = FindRole(role);

	return info && (info->superuser || info->bypass_rls);
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
	if (!table.row_security)
		return false;
	if (role == InvalidOid)
		role = GetUserId();
	return !bypasses(role) &&
		   (table.row_security_forced || !OwnsObject(kPgClassOid, table.oid, role));
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
	DeleteObject(HomeOf(table), "pg_policy", kPgPolicyOid, policy);
}

void
SetRowSecurity(const RelationInfo &table, bool enabled)
{
	SetCatalogColumn(HomeOf(table), "pg_class", table.oid, "relrowsecurity", Value::Bool(enabled));
}

void
SetRowSecurityForced(const RelationInfo &table, bool forced)
{
	SetCatalogColumn(HomeOf(table), "pg_class", table.oid, "relforcerowsecurity",
					 Value::Bool(forced));
}

} /* namespace pg */
