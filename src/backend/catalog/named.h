/*
 * catalog/named.h
 *		Objects that a statement names and that have to be there.
 *
 * Backends and workers with a database, inside a transaction.  Each raises that the object does not exist.
 */
#pragma once

#include "catalog/objects.h"

namespace pg
{

Oid SchemaNamed(std::string_view name);			   /* 3F000 */
DatabaseInfo DatabaseNamed(std::string_view name); /* 3D000 */
RoleInfo RoleNamed(std::string_view name);		   /* 42704 */
Oid LanguageNamed(std::string_view name);		   /* 42704 */

} /* namespace pg */
