/*
 * handles.cpp
 *		Opening connections, and the small change of talking to the library.
 *
 * Runs in every process with a session, the startup process, the checkpointer and the bootstrap.
 */
#include "handles.h"

#include <unistd.h>

#include "errors.h"
#include "miscadmin.h"
#include "utils/error/report.h"

namespace pg::sqlite
{

void
ConfigureLibrary()
{
	static bool configured = false;

	if (configured)
		return;
	configured = true;
	/* One thread per process; no statistics of memory, no pages reserved ahead: an idle session stays small. */
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	sqlite3_config(SQLITE_CONFIG_PAGECACHE, nullptr, 0, 0);
	sqlite3_config(SQLITE_CONFIG_URI, 0);
	if (sqlite3_initialize() != SQLITE_OK)
		Raise(Report(FATAL, ERRCODE_OUT_OF_MEMORY).msg("out of memory"));
}

namespace
{

/*
 * Somebody else holds one of SQLite's own locks: the checkpointer for a moment, or a process that is
 * just dying.  Never for long, since writers queue for the write lock before they come here.
 */
int
wait_a_little(void *, int attempts)
{
	if (ShouldStop())
		return 0;
	usleep(attempts < 20 ? 100 : 1000);
	return 1;
}

void
configure_connection(sqlite3 *connection)
{
	sqlite3_extended_result_codes(connection, 1);
	sqlite3_busy_handler(connection, wait_a_little, nullptr);
	for (const int off :
		 {SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION,
		  SQLITE_DBCONFIG_LEGACY_ALTER_TABLE})
		sqlite3_db_config(connection, off, 0, nullptr);
	for (const int on :
		 {SQLITE_DBCONFIG_ENABLE_FKEY, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, SQLITE_DBCONFIG_DEFENSIVE})
		sqlite3_db_config(connection, on, 1, nullptr);
}

Handle
open_connection(const char *path, int flags)
{
	ConfigureLibrary();

	sqlite3 *raw = nullptr;
	const int code = sqlite3_open_v2(path, &raw, flags, nullptr);
	Handle connection(raw);

	if (code != SQLITE_OK)
		RaiseError(raw, code);
	configure_connection(raw);
	return connection;
}

} /* namespace */

Handle
OpenFile(const std::string &path, bool create)
{
	int persist = 1;
	Handle connection =
		open_connection(path.c_str(), SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0));

	sqlite3_file_control(connection.get(), "main", SQLITE_FCNTL_PERSIST_WAL, &persist);
	Execute(connection.get(), "PRAGMA recursive_triggers = OFF");
	return connection;
}

Handle
OpenMemory()
{
	return open_connection(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
}

StatementHandle
Prepare(sqlite3 *connection, std::string_view sql)
{
	sqlite3_stmt *raw = nullptr;
	const int code = sqlite3_prepare_v3(connection, sql.data(), static_cast<int>(sql.size()),
										SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
	StatementHandle statement(raw);

	if (code != SQLITE_OK)
		RaiseError(connection, code);
	return statement;
}

void
Execute(sqlite3 *connection, const char *sql)
{
	const int code = sqlite3_exec(connection, sql, nullptr, nullptr, nullptr);

	if (code != SQLITE_OK)
		RaiseError(connection, code);
}

std::string
QueryText(sqlite3 *connection, const char *sql)
{
	const StatementHandle statement = Prepare(connection, sql);
	const int code = sqlite3_step(statement.get());

	if (code == SQLITE_DONE)
		return {};
	if (code != SQLITE_ROW)
		RaiseError(connection, code);

	const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(statement.get(), 0));

	return text != nullptr ? text : "";
}

int
Run(sqlite3_stmt *statement) noexcept
{
	int code;

	do
		code = sqlite3_step(statement);
	while (code == SQLITE_ROW);
	sqlite3_reset(statement);
	return code;
}

void
SetSynchronous(sqlite3 *connection, const char *schema)
{
	const std::string pragma =
		std::string("PRAGMA ") + schema + ".synchronous = " + (enableFsync ? "NORMAL" : "OFF");

	Execute(connection, pragma.c_str());
}

} /* namespace pg::sqlite */
