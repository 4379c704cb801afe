/*
 * commands/stored_query.h
 *		The text of a query that outlives its session: of a view.
 */
#pragma once

#include <string>

#include "commands/tree.h"

namespace pg::commands
{

/*
 * SQL that means the same under any search path, and whatever columns its tables get later: relations
 * are qualified and stars of the outer select lists written out.
 */
std::string StoredQuery(const Command &command, const Node &query);

/*
 * The stored text with a relation's schema and name replaced; references to it keep working, since it
 * gets its old name as alias where it had none.
 */
std::string RenamedInQuery(const std::string &sql, const std::string &schema,
						   const std::string &name, const std::string &new_schema,
						   const std::string &new_name);

} /* namespace pg::commands */
