/*
 * row_source.h
 *		Views computed by C++, as tables of a connection.
 */
#pragma once

#include "engine/function.h"
#include "engine/row_buffers.h"
#include "handles.h"

namespace pg::sqlite
{

/* Makes `source` a table of the connection. Once per connection. Raises when memory is short. */
void RegisterSource(sqlite3 *connection, const RowSource &source);

/* Name of the table function over the session's row buffers. */
inline constexpr const char *kRowBufferTable = "pg_rows";
void RegisterRowBuffers(sqlite3 *connection, RowBuffers *buffers);

} /* namespace pg::sqlite */
