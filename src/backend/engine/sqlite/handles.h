/*
 * handles.h
 *		Owners of the library's objects, and how a connection is opened.
 *
 * No handle crosses a fork: SQLite's locks belong to the process, and the child's copy would believe
 * that it holds them.
 */
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <string_view>

#include "postgres.h"

namespace pg::sqlite
{

struct CloseConnection
{
	void operator()(sqlite3 *connection) const noexcept { sqlite3_close_v2(connection); }
};
using Handle = std::unique_ptr<sqlite3, CloseConnection>;

struct FinalizeStatement
{
	void operator()(sqlite3_stmt *statement) const noexcept { sqlite3_finalize(statement); }
};
using StatementHandle = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

/* Process-wide configuration of the library; before its first use, in the postmaster if there is one. */
void ConfigureLibrary();

/*
 * Opens the file of a database as every process here does: no checkpoint on close, WAL kept on close,
 * standard SQL strings, foreign keys.  The file must exist (58P01) unless `create`.
 */
Handle OpenFile(const std::string &path, bool create = false);
/* A connection without a file. */
Handle OpenMemory();

/* One statement, for the engine's own use. Raises. */
StatementHandle Prepare(sqlite3 *connection, std::string_view sql);
/* Runs one or more statements without rows. Raises. */
void Execute(sqlite3 *connection, const char *sql);
/* First column of the first row as text; empty when there is none. Raises. */
std::string QueryText(sqlite3 *connection, const char *sql);
/* Steps a prepared statement to its end and resets it; returns the extended result code, SQLITE_DONE if all is well. */
int Run(sqlite3_stmt *statement) noexcept;

/* Level of syncing that the fsync setting asks for: "NORMAL" syncs the WAL's header and checkpoints, commits are ours. */
void SetSynchronous(sqlite3 *connection, const char *schema);

} /* namespace pg::sqlite */
