/*
 * functions.h
 *		The server's functions, aggregates and collations, given to a connection.
 */
#pragma once

#include "handles.h"
#include "library.h"

namespace pg::sqlite
{

/* Once per connection. Raises when memory is short. */
void RegisterCallable(sqlite3 *connection, const LibraryEntry &entry);
void RegisterCollation(sqlite3 *connection, const EngineCollation &collation) noexcept;

} /* namespace pg::sqlite */
