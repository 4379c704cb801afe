/*
 * commands/owned_objects.h
 *		What a role owns and where it has rights: for DROP ROLE, DROP OWNED and REASSIGN OWNED.
 *
 * Backends and workers inside a transaction.
 */
#pragma once

#include <string>

#include "postgres.h"

namespace pg::commands
{

/*
 * Lines for the DETAIL of a refused DROP ROLE: this database's objects and the shared ones by name, those of
 * other databases by their number. Empty when there are none. Reads the files of all databases.
 */
std::string DescribeOwned(Oid role);

} /* namespace pg::commands */
