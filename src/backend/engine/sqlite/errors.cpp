/*
 * errors.cpp
 *		From the library's result codes to PgError with PostgreSQL's SQLSTATE and wording.
 *
 * What SQLite says of a violated constraint goes into the report's object fields as it stands, for
 * the executor to complete:
 *		23505	constraint_name: the index ("public.t_b_key"), or empty and then
 *				table_name "public.t", column_name "a, b"
 *		23502	table_name "public.t", column_name "a"
 *		23514	constraint_name: the constraint's name or its expression
 *		23503	nothing: SQLite does not say which key it was
 * Runs in every process with a session.
 */
#include "errors.h"

#include <string>
#include <string_view>
#include <utility>

#include "miscadmin.h"
#include "storage/ipc/interrupts.h"
#include "utils/error/report.h"

namespace pg::sqlite
{

namespace
{

std::exception_ptr kept_exception;

/* The part of the library's message after ": ", which names the constraint. */
std::string_view
after_colon(std::string_view message)
{
	const size_t colon = message.find(": ");

	return colon == std::string_view::npos ? std::string_view() : message.substr(colon + 2);
}

/* "public.t.a, public.t.b" -> "public.t" and "a, b". Table names hold at least as many dots as the first column's has. */
void
split_columns(std::string_view list, Report *report)
{
	const std::string_view first = list.substr(0, list.find(", "));
	const size_t dot = first.rfind('.');

	if (dot == std::string_view::npos)
		return;

	const std::string_view table = first.substr(0, dot);

	report->table_name = table;
	while (list.starts_with(table) && list.size() > dot)
	{
		const size_t comma = list.find(", " + std::string(table) + ".");

		if (!report->column_name.empty())
			report->column_name += ", ";
		report->column_name += list.substr(
			dot + 1, comma == std::string_view::npos ? std::string_view::npos : comma - dot - 1);
		list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 2);
	}
}

[[noreturn]] void
raise_unique(std::string_view message)
{
	constexpr std::string_view kIndex = "index '";
	const std::string_view what = after_colon(message);
	Report report(ERROR, ERRCODE_UNIQUE_VIOLATION);

	report.msg("duplicate key value violates unique constraint");
	if (what.starts_with(kIndex) && what.ends_with('\''))
		report.constraint_name = what.substr(kIndex.size(), what.size() - kIndex.size() - 1);
	else
		split_columns(what, &report);
	Raise(report);
}

[[noreturn]] void
raise_constraint(int code, std::string_view message)
{
	switch (code)
	{
		case SQLITE_CONSTRAINT_UNIQUE:
		case SQLITE_CONSTRAINT_PRIMARYKEY:
		case SQLITE_CONSTRAINT_ROWID: raise_unique(message);
		case SQLITE_CONSTRAINT_NOTNULL:
		{
			Report report(ERROR, ERRCODE_NOT_NULL_VIOLATION);

			split_columns(after_colon(message), &report);
			report.msg("null value in column \"%s\" violates not-null constraint",
					   report.column_name.c_str());
			Raise(report);
		}
		case SQLITE_CONSTRAINT_CHECK:
		{
			Report report(ERROR, ERRCODE_CHECK_VIOLATION);

			report.constraint_name = after_colon(message);
			report.msg("new row violates check constraint \"%s\"", report.constraint_name.c_str());
			Raise(report);
		}
		case SQLITE_CONSTRAINT_FOREIGNKEY:
		case SQLITE_CONSTRAINT_TRIGGER:
			Raise(Report(ERROR, ERRCODE_FOREIGN_KEY_VIOLATION)
					  .msg("insert, update or delete violates foreign key constraint"));
		default:
			Raise(Report(ERROR, ERRCODE_INTEGRITY_CONSTRAINT_VIOLATION)
					  .msg("%s", std::string(message).c_str()));
	}
}

/* Errors of compiling and running that the library words but does not number. */
[[noreturn]] void
raise_generic(std::string_view message)
{
	constexpr std::string_view kTooComplex[] = {
		"parser stack overflow",
		"Expression tree is too large",
		"at most 64 tables in a join",
		"too many terms in",
		"too many columns",
		"too many references",
		"too many attached",
		"too many arguments",
		"too many FROM clause terms",
	};
	const std::string text(message);

	if (message == "integer overflow")
		Raise(Report(ERROR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE).msg("bigint out of range"));
	for (const std::string_view complex : kTooComplex)
		if (message.starts_with(complex))
			Raise(Report(ERROR, ERRCODE_STATEMENT_TOO_COMPLEX)
					  .msg("statement is too complex: %s", text.c_str()));
	Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR).msg("storage engine: %s", text.c_str()));
}

[[noreturn]] void
raise_file_error(sqlite3 *connection, int code, const char *message)
{
	const char *const path = connection ? sqlite3_db_filename(connection, "main") : nullptr;
	const char *const file = path != nullptr ? path : "";

	switch (code & 0xFF)
	{
		case SQLITE_FULL:
			Raise(Report(ERROR, ERRCODE_DISK_FULL)
					  .msg("could not extend file \"%s\": No space left on device", file)
					  .hint("Check free disk space."));
		case SQLITE_CORRUPT:
		case SQLITE_NOTADB:
			Raise(Report(ERROR, ERRCODE_DATA_CORRUPTED)
					  .msg("database file \"%s\" is damaged: %s", file, message));
		case SQLITE_CANTOPEN:
			Raise(Report(ERROR, ERRCODE_UNDEFINED_FILE)
					  .msg("could not open file \"%s\": %s", file, message));
		default:
			Raise(Report(ERROR, ERRCODE_IO_ERROR)
					  .msg("could not access file \"%s\": %s", file, message));
	}
}

} /* namespace */

void
KeepException() noexcept
{
	kept_exception = std::current_exception();
}

bool
HaveKeptException() noexcept
{
	return kept_exception != nullptr;
}

void
DropKeptException() noexcept
{
	kept_exception = nullptr;
}

bool
ShouldStop() noexcept
{
	return InterruptPending && INTERRUPTS_CAN_BE_PROCESSED() &&
		   (QueryCancelPending || ProcDiePending || ClientConnectionLost);
}

[[noreturn]] void
RaiseError(sqlite3 *connection, int code)
{
	if (kept_exception != nullptr)
		std::rethrow_exception(std::exchange(kept_exception, nullptr));

	const std::string message =
		connection != nullptr ? sqlite3_errmsg(connection) : sqlite3_errstr(code);

	switch (code & 0xFF)
	{
		case SQLITE_CONSTRAINT: raise_constraint(code, message);
		case SQLITE_INTERRUPT:
			CheckForInterrupts();
			Raise(Report(ERROR, ERRCODE_QUERY_CANCELED)
					  .msg("canceling statement due to user request"));
		case SQLITE_NOMEM: Raise(Report(ERROR, ERRCODE_OUT_OF_MEMORY).msg("out of memory"));
		case SQLITE_TOOBIG:
			Raise(Report(ERROR, ERRCODE_PROGRAM_LIMIT_EXCEEDED)
					  .msg("value or statement is too large for the storage engine"));
		case SQLITE_BUSY:
		case SQLITE_LOCKED:
		case SQLITE_PROTOCOL:
			CheckForInterrupts();
			Raise(Report(ERROR, ERRCODE_T_R_SERIALIZATION_FAILURE)
					  .msg("could not serialize access due to concurrent update"));
		case SQLITE_READONLY:
			Raise(Report(ERROR, ERRCODE_READ_ONLY_SQL_TRANSACTION)
					  .msg("cannot execute statement in a read-only transaction"));
		case SQLITE_FULL:
		case SQLITE_CORRUPT:
		case SQLITE_NOTADB:
		case SQLITE_CANTOPEN:
		case SQLITE_PERM:
		case SQLITE_IOERR: raise_file_error(connection, code, message.c_str());
		default: raise_generic(message);
	}
}

} /* namespace pg::sqlite */
