/*
 * commands/policy_commands.cpp
 *		CREATE POLICY, DROP POLICY, ALTER TABLE ... ROW LEVEL SECURITY.
 *
 * Backends and workers inside a writing transaction.
 */
#include "commands/policy_commands.h"

#include <algorithm>

#include "catalog/catalog_names.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_type_d.h"
#include "catalog/rights.h"
#include "commands/commands.h"
#include "commands/expression_type.h"
#include "commands/named_object.h"
#include "miscadmin.h"
#include "parser/plan.h"
#include "parser/walk.h"

namespace pg::commands
{
namespace
{

using PolicyStmt = PgQuery__CreatePolicyStmt;

char
command_letter(const std::string &command)
{
	if (command == "all")
		return '*';
	if (command == "select")
		return 'r';
	if (command == "insert")
		return 'a';
	return command == "update" ? 'w' : 'd';
}

void
check_form(const PolicyStmt &stmt, char command)
{
	if (command == 'a' && stmt.qual != nullptr)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("only WITH CHECK expression allowed for INSERT"));
	if ((command == 'r' || command == 'd') && stmt.with_check != nullptr)
		Raise(Report(ERROR, ERRCODE_SYNTAX_ERROR)
				  .msg("WITH CHECK cannot be applied to SELECT or DELETE"));
	for (size_t i = 0; i < stmt.n_roles; i++)
		if (stmt.roles[i]->role_spec->roletype != PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC)
			RaiseNotSupported("a policy for some roles (TO)",
							  stmt.roles[i]->role_spec->location + 1);
}

RelationInfoPtr
table_for_policy(const PolicyStmt &stmt)
{
	RelationInfoPtr table = RelationNamed(NameOf(*stmt.table));

	if (table->kind != 'r')
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("\"%s\" is not a table", table->name.c_str()));
	CheckRelationOwner(table->oid);
	return table;
}

/* The condition as the catalog keeps it. Raises what is wrong with it; sub-queries are refused. */
StoredSql
condition_of(const PgQuery__Node *node, const RelationInfo &table)
{
	if (node == nullptr)
		return {};

	bool has_query = false;
	auto visit = [&](const ProtobufCMessage *message)
	{ has_query = has_query || message->descriptor == &pg_query__sub_link__descriptor; };

	parser::Walk(&const_cast<PgQuery__Node *>(node)->base, visit);
	if (has_query)
		RaiseNotSupported("a sub-query in a policy");

	StoredSql stored = QualifyFunctions(DeparseNode(node), &table);

	LowerStored(stored.sql, &table, BOOLOID, -1);
	return stored;
}

const PolicyInfo *
find_policy(const std::vector<PolicyInfo> &policies, std::string_view name)
{
	const auto found = std::ranges::find(policies, name, &PolicyInfo::name);

	return found == policies.end() ? nullptr : &*found;
}

} /* namespace */

std::string
RunCreatePolicy(const Command &command)
{
	const PolicyStmt &stmt = *command.node.create_policy_stmt;
	const RelationInfoPtr table = table_for_policy(stmt);
	PolicyInfo policy;

	policy.name = stmt.policy_name;
	policy.command = command_letter(stmt.cmd_name);
	policy.permissive = stmt.permissive;
	check_form(stmt, policy.command);
	if (find_policy(PoliciesOf(*table), policy.name) != nullptr)
		Raise(Report(ERROR, ERRCODE_DUPLICATE_OBJECT)
				  .msg("policy \"%s\" for table \"%s\" already exists", policy.name.c_str(),
					   table->name.c_str()));

	StoredSql seen = condition_of(stmt.qual, *table);
	const StoredSql written = condition_of(stmt.with_check, *table);

	policy.using_sql = seen.sql;
	policy.check_sql = written.sql;
	for (const Oid function : written.functions)
		if (std::ranges::find(seen.functions, function) == seen.functions.end())
			seen.functions.push_back(function);
	policy.oid = NewOid();
	WritePolicy(*table, policy, seen.functions);
	CatalogChanged();
	InvokeObjectPostCreateHook(kPgPolicyOid, policy.oid, 0);
	return "CREATE POLICY";
}

void
DropPolicyNamed(std::vector<std::string> names, bool missing_ok)
{
	const std::string wanted = names.back();

	names.pop_back();

	const ObjectName name = SplitName(names);
	const RelationInfoPtr table = RelationNamed(name, missing_ok);

	if (table == nullptr)
		return;

	const std::vector<PolicyInfo> policies = PoliciesOf(*table);
	const PolicyInfo *const policy = find_policy(policies, wanted);

	if (policy == nullptr)
	{
		if (!missing_ok)
			Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
					  .msg("policy \"%s\" for table \"%s\" does not exist", wanted.c_str(),
						   table->name.c_str()));
		Report(NOTICE)
			.msg("policy \"%s\" for relation \"%s\" does not exist, skipping", wanted.c_str(),
				 name.name.c_str())
			.emit();
		return;
	}
	CheckRelationOwner(table->oid);
	DeletePolicy(*table, policy->oid);
	CatalogChanged();
}

bool
AlterRowSecurity(const RelationInfo &table, const PgQuery__AlterTableCmd &cmd)
{
	switch (cmd.subtype)
	{
		case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity: SetRowSecurity(table, true); break;
		case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRowSecurity: SetRowSecurity(table, false); break;
		case PG_QUERY__ALTER_TABLE_TYPE__AT_ForceRowSecurity:
			SetRowSecurityForced(table, true);
			break;
		case PG_QUERY__ALTER_TABLE_TYPE__AT_NoForceRowSecurity:
			SetRowSecurityForced(table, false);
			break;
		default: return false;
	}
	return true;
}

void
RefuseColumnOfPolicy(const RelationInfo &table, const std::string &column)
{
	for (const PolicyInfo &policy : PoliciesOf(table))
		for (const std::string &sql : {policy.using_sql, policy.check_sql})
		{
			if (sql.empty())
				continue;

			const auto parsed = ParseStatements("SELECT " + sql);
			const std::vector<std::string> mentioned = ColumnsMentioned(parsed->front().node);

			if (std::ranges::find(mentioned, column) != mentioned.end())
				RaiseNotSupported("changing a column that policy \"" + policy.name + "\" reads");
		}
}

} /* namespace pg::commands */
