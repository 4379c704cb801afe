/*
 * commands/enum_commands.h
 *		What other statements do to types without columns.
 *
 * Backends and workers inside a writing transaction.
 */
#pragma once

#include <string>
#include <vector>

#include "postgres.h"

namespace pg::commands
{

/* Both raise 42704, 42501, and 0A000 for types with columns. The caller of RenameType ends with CatalogChanged(). */
void RenameType(const std::vector<std::string> &names, const std::string &new_name);
void ChangeTypeOwner(const std::vector<std::string> &names, Oid owner);

} /* namespace pg::commands */
