/*
 * commands/prepared_statements.h
 *		What PREPARE made in this session, for pg_prepared_statements.
 */
#pragma once

#include <string>
#include <vector>

#include "postgres.h"

namespace pg::commands
{

struct PreparedStatementRow
{
	std::string name, statement;
	int64 prepared_at; /* TimestampTz */
	std::vector<Oid> parameter_types;
};
std::vector<PreparedStatementRow> PreparedStatementRows();

} /* namespace pg::commands */
