/*
 * catalog/policies.h
 *		Row-level security: rows of pg_policy, and which of them hold for a role.
 *
 * A policy belongs to its table and lies in the same file.  Backends and workers with a database, inside
 * a transaction.
 */
#pragma once

#include <string>
#include <vector>

#include "catalog/write.h"

namespace pg
{

inline constexpr Oid kPgPolicyOid = 3256;

struct PolicyInfo
{
	Oid oid = 0;
	std::string name;
	char command = '*'; /* r select, a insert, w update, d delete, * all */
	bool permissive = true;
	std::string using_sql, check_sql; /* PostgreSQL SQL over the table's columns, empty: none */
};

/* Of a table, by name; asks the catalog. */
std::vector<PolicyInfo> PoliciesOf(const RelationInfo &table);

/*
 * Do the policies of the table hold for a role (0: the current user)?  Not for superusers, roles with BYPASSRLS, and unless forced
 * the table's owner.
 */
bool PoliciesHold(const RelationInfo &table, Oid role);
/* The condition that a row must meet to be seen by a command (a letter of PolicyInfo::command). */
std::string PolicyCondition(const RelationInfo &table, char command);

/* Writing.  Callers end with CatalogChanged(). */
void WritePolicy(const RelationInfo &table, const PolicyInfo &policy,
				 std::span<const Oid> functions_used);
void DeletePolicy(const RelationInfo &table, Oid policy);
void SetRowSecurity(const RelationInfo &table, bool enabled);
void SetRowSecurityForced(const RelationInfo &table, bool forced);

} /* namespace pg */
