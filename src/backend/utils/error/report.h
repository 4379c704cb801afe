/*
 * utils/error/report.h
 *		Reports: what the server says, to the log, to the client, or by throwing.
 *
 * All C++ code of the server raises and logs through this header; modules use ereport() of
 * utils/elog.h, which builds the same Report.  Usable in every process and state.
 *
 *		Raise(Report(ERROR, ERRCODE_UNDEFINED_TABLE).msg("relation \"%s\" does not exist", name).at(pos));
 *		Report(LOG).msg("database system is ready to accept connections").emit();
 */
#pragma once

#include <exception>
#include <source_location>
#include <string>
#include <string_view>

#include "postgres.h"
#include "utils/elog.h"

namespace pg
{

/* Whether a report of this level would go anywhere now: skip costly preparation when not. */
bool Interesting(int elevel) noexcept;

/* The domain of messages that are nobody else's. */
inline constexpr const char *kServerDomain = "postgres-15";

/*
 * One report.  Texts follow PostgreSQL's wording: msg in lower case without a period, detail and
 * hint as sentences.  All text methods take a printf format; %m is the errno at construction.
 * Nothing is formatted for a report below ERROR that would go nowhere.
 */
class Report
{
public:
	/* sqlstate 0 means the default of the level: XX000, 01000 for WARNING, 00000 below. */
	explicit Report(int elevel, int sqlstate = 0,
					std::source_location where = std::source_location::current());

	Report &msg(const char *format, ...) __attribute__((format(printf, 2, 3)));
	Report &detail(const char *format, ...) __attribute__((format(printf, 2, 3)));
	Report &detail_log(const char *format, ...) __attribute__((format(printf, 2, 3)));
	Report &hint(const char *format, ...) __attribute__((format(printf, 2, 3)));
	/* Appends one line of context (innermost first). */
	Report &context(const char *format, ...) __attribute__((format(printf, 2, 3)));
	/* Cursor position in the statement's text, in characters, 1-based; 0 is none. */
	Report &at(int position);
	Report &hide_statement();
	/* SQLSTATE from errno, for failed file (or socket) operations. */
	Report &code_for_file_access();
	Report &code_for_socket_access();
	/* Text of a query that the server made itself, and the position in it. */
	Report &internal_statement(const std::string &text, int at);
	/* Schema, table, column, data type and constraint fields of the wire's ErrorResponse. */
	Report &object(const char *schema, const char *table, const char *column = nullptr,
				   const char *datatype = nullptr, const char *constraint = nullptr);

	/*
	 * Sends the report to the log and the client as the settings say.  ERROR throws PgError, FATAL
	 * leaves through proc_exit(1), PANIC aborts.
	 */
	void emit() const;

	/* Bare name of the function that raised, as the wire's R field and the log print it. */
	std::string_view routine() const;

	int elevel;
	int sqlstate;
	int saved_errno;
	bool wanted; /* false: goes nowhere, and so has no texts */
	int position = 0;
	int internal_position = 0;
	bool statement_hidden = false;
	bool context_hidden = false;
	const char *file;
	int line;
	const char *function;
	/* For modules: the format of the message, and whose texts message and context are. */
	const char *message_format = nullptr;
	const char *domain = kServerDomain;
	const char *context_domain = kServerDomain;
	std::string message, detail_text, detail_log_text, hint_text, context_text, internal_query;
	std::string backtrace_text; /* for the log, see errbacktrace */
	std::string schema_name, table_name, column_name, datatype_name, constraint_name;
};

/* An ERROR on its way up.  Catch only where STYLE item 26 allows; report or rethrow. */
class PgError : public std::exception
{
public:
	explicit PgError(Report report);
	const char *what() const noexcept override;
	int sqlstate() const { return report.sqlstate; }

	Report report;
};

/* emit() for levels that do not return (ERROR and above). */
[[noreturn]] void Raise(const Report &report);

/* ERROR 0A000: `what` is a noun phrase, as in "%s is not supported". position as Report::at. */
[[noreturn]] void RaiseNotSupported(const std::string &what, int position = 0);

/* A report as modules see it, palloc'ed. */
ErrorData *CopyReport(const Report &report);

/* Sends an error that was caught to log and client, at its own level (ERROR never rethrows here). */
void EmitCaught(const PgError &error) noexcept;

/*
 * Where reports for the client go: set by the session's protocol code (tcop), null when there is no
 * client (workers, helpers).  Called for reports at or above client_min_messages, and for every
 * error that ends a statement or the session.  Must not raise.
 */
using ClientReportSink = void (*)(const Report &report) noexcept;
void SetClientReportSink(ClientReportSink sink);

/* True while the client is not yet authenticated: then only ERROR and above reach it. */
extern bool client_auth_in_progress;

/* What %-escapes of log_line_prefix, csvlog and jsonlog print of this process; filled by its owners. */
struct LogIdentity
{
	const char *user = nullptr;
	const char *database = nullptr;
	const char *remote_host = nullptr;
	const char *remote_port = nullptr;
	const char *application_name = nullptr;
	const char *backend_type = nullptr; /* "client backend", bgw_type, ... */
	const char *command_tag = nullptr;
	const char *statement = nullptr; /* text being run, for log_min_error_statement */
	int64 session_start = 0;		 /* TimestampTz */
	uint64 session_line = 0;
};
extern LogIdentity log_identity;

} /* namespace pg */
