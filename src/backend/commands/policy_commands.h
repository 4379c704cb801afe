/*
 * commands/policy_commands.h
 *		Policies of tables, where other commands meet them.
 */
#pragma once

#include <string>
#include <vector>

#include "catalog/policies.h"
#include "commands/tree.h"

namespace pg::commands
{

/* ALTER TABLE ... ROW LEVEL SECURITY; false for another form. */
bool AlterRowSecurity(const RelationInfo &table, const PgQuery__AlterTableCmd &cmd);
/* DROP POLICY: names of the table, then of the policy. */
void DropPolicyNamed(std::vector<std::string> names, bool missing_ok);
/* 0A000 when a policy of the table reads the column, which is about to change or go. */
void RefuseColumnOfPolicy(const RelationInfo &table, const std::string &column);

} /* namespace pg::commands */
