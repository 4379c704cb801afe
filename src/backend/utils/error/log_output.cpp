/*
 * utils/error/log_output.cpp
 *		Where a report goes: stderr, csvlog, jsonlog, directly or through the collector's pipe.
 *
 * Every process.  Never raises: what cannot be written is dropped, as nobody could be told.
 */
#include "utils/error/log_output.h"

#include <unistd.h>

#include <cstdio>

#include "miscadmin.h"
#include "utils/error/error_stack.h"
#include "utils/error/syslogger.h"
#include "utils/error/wall.h"
#include "utils/memutils.h"

emit_log_hook_type emit_log_hook = nullptr;

namespace pg
{

namespace
{

void
write_all(int fd, std::string_view text)
{
	while (!text.empty())
	{
		const ssize_t n = write(fd, text.data(), text.size());

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		text.remove_prefix(n);
	}
}

void
write_stderr_log(const std::string &text)
{
	if (!SendToLogger(LogDestination::Stderr, text))
		write_all(STDERR_FILENO, text);
}

/* The collector alone has files for these; without it the report must not be lost. */
bool
write_structured(LogDestination destination, std::string (*format)(const Report &),
				 const Report &report)
{
	return LoggerReachable() && SendToLogger(destination, format(report));
}

/* The report as emit_log_hook sees it; the strings stay the report's. */
ErrorData
view_of(const Report &report, const std::string &routine)
{
	const auto text = [](const std::string &s)
	{ return s.empty() ? nullptr : const_cast<char *>(s.c_str()); };
	ErrorData edata{};

	edata.elevel = report.elevel;
	edata.output_to_server = true;
	edata.hide_stmt = report.statement_hidden;
	edata.hide_ctx = report.context_hidden;
	edata.filename = report.file;
	edata.lineno = report.line;
	edata.funcname = routine.c_str();
	edata.sqlerrcode = report.sqlstate;
	edata.message = const_cast<char *>(report.message.c_str());
	edata.message_id = report.message_format;
	edata.domain = report.domain;
	edata.context_domain = report.context_domain;
	edata.backtrace = text(report.backtrace_text);
	edata.detail = text(report.detail_text);
	edata.detail_log = text(report.detail_log_text);
	edata.hint = text(report.hint_text);
	edata.context = text(report.context_text);
	edata.schema_name = text(report.schema_name);
	edata.table_name = text(report.table_name);
	edata.column_name = text(report.column_name);
	edata.datatype_name = text(report.datatype_name);
	edata.constraint_name = text(report.constraint_name);
	edata.cursorpos = report.position;
	edata.internalpos = report.internal_position;
	edata.internalquery = text(report.internal_query);
	edata.saved_errno = report.saved_errno;
	edata.assoc_context = ErrorContext;
	return edata;
}

} /* namespace */

bool
LogHookWants(const Report &report, bool &to_client) noexcept
{
	try
	{
		const std::string routine(report.routine());
		ErrorData edata = view_of(report, routine);

		edata.output_to_client = to_client;
		ToC(emit_log_hook, &edata);
		to_client = edata.output_to_client;
		return edata.output_to_server;
	}
	catch (const PgError &error)
	{
		/* Hooks must not raise; the report they failed on goes out all the same, and theirs as well. */
		Report complaint(error.report);

		complaint.elevel = LOG;
		SendReport(complaint);
	}
	catch (...)
	{
	}
	return true;
}

void
WriteToLog(const Report &report) noexcept
{
	try
	{
		bool written = true;

		if ((Log_destination & LOG_DESTINATION_CSVLOG) != 0)
			written = write_structured(LogDestination::Csv, FormatForCsv, report) && written;
		if ((Log_destination & LOG_DESTINATION_JSONLOG) != 0)
			written = write_structured(LogDestination::Json, FormatForJson, report) && written;
		if ((Log_destination & LOG_DESTINATION_STDERR) != 0 || !written)
			write_stderr_log(FormatForStderr(report));
	}
	catch (...)
	{
		/* No memory to format it with. */
		write_all(STDERR_FILENO, error_severity(report.elevel));
		write_all(STDERR_FILENO, ":  ");
		write_all(STDERR_FILENO, report.message);
		write_all(STDERR_FILENO, "\n");
	}
}

} /* namespace pg */
