/*
 * commands/schema_names.h
 *		Which names a schema may have.
 */
#pragma once

#include <string>

namespace pg::commands
{

/* Raises 42939 for names that are the system's. */
void CheckSchemaName(const std::string &name);

} /* namespace pg::commands */
