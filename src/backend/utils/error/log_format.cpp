/*
 * utils/error/log_format.cpp
 *		The plain log line: log_line_prefix, severity, message, and the lines that follow it.
 *
 * Every process.  May throw std::bad_alloc, nothing else.
 */
#include <unistd.h>

#include <cctype>
#include <cstdio>

#include "miscadmin.h"
#include "port/os.h"
#include "tcop/tcopprot.h"
#include "utils/error/log_format.h"
#include "utils/error/log_output.h"

namespace pg
{

namespace
{

/* Appends text in a field of |width| characters, at its left end when width is negative. */
void
append_padded(std::string &out, std::string_view text, int width)
{
	const size_t wanted = static_cast<size_t>(width < 0 ? -width : width);
	const size_t missing = wanted > text.size() ? wanted - text.size() : 0;

	if (width > 0)
		out.append(missing, ' ');
	out.append(text);
	if (width < 0)
		out.append(missing, ' ');
}

std::string_view
or_unknown(const char *text)
{
	return text != nullptr && *text != '\0' ? text : "[unknown]";
}

std::string
remote(bool with_port)
{
	std::string result = log_identity.remote_host;
	const char *port = log_identity.remote_port;

	if (with_port && port != nullptr && *port != '\0')
		result.append("(").append(port).append(")");
	return result;
}

std::string
unix_time(int64 usec)
{
	char text[32];

	snprintf(text, sizeof(text), "%lld.%03d", static_cast<long long>(usec / 1000000),
			 static_cast<int>(usec / 1000 % 1000));
	return text;
}

/* What one escape stands for. Escapes about a client are empty in processes that have none. */
std::string
expand(char escape, const Report &report)
{
	const bool session = log_identity.remote_host != nullptr;

	switch (escape)
	{
		case 'a': return session ? std::string(or_unknown(log_identity.application_name)) : "";
		case 'u': return session ? std::string(or_unknown(log_identity.user)) : "";
		case 'd': return session ? std::string(or_unknown(log_identity.database)) : "";
		case 'r': return session ? remote(true) : "";
		case 'h': return session ? remote(false) : "";
		case 'i':
			return session && log_identity.command_tag != nullptr ? log_identity.command_tag : "";
		case 'b': return log_identity.backend_type != nullptr ? log_identity.backend_type : "";
		case 'p': return std::to_string(MyProcPid);
		case 't': return LogTime(os.realtime_usec(), false);
		case 'm': return LogTime(os.realtime_usec(), true);
		case 'n': return unix_time(os.realtime_usec());
		case 's': return LogTime(SessionStartUnixUsec(), false);
		case 'e': return unpack_sql_state(report.sqlstate);
		case 'c': return LogSessionId();
		case 'l': return std::to_string(CurrentLogLine());
		/* There are no parallel leaders, transaction numbers or query identifiers. */
		case 'x':
		case 'Q': return "0";
		default: return "";
	}
}

void
append_indented(std::string &out, std::string_view text)
{
	for (char c : text)
	{
		out += c;
		if (c == '\n')
			out += '\t';
	}
}

/* One line of the report: prefix, tag, text. */
void
append_line(std::string &out, const Report &report, const char *tag, std::string_view text)
{
	if (text.empty())
		return;
	CountLogLine();
	out += FormatLogPrefix(Log_line_prefix, report);
	out += tag;
	out += ":  ";
	append_indented(out, text);
	out += '\n';
}

void
append_primary(std::string &out, const Report &report)
{
	std::string text;

	if (Log_error_verbosity >= PGERROR_VERBOSE)
		text.append(unpack_sql_state(report.sqlstate)).append(": ");
	text += report.message.empty() ? "missing error text" : report.message;
	if (report.position > 0)
		text += " at character " + std::to_string(report.position);
	else if (report.internal_position > 0)
		text += " at character " + std::to_string(report.internal_position);
	append_line(out, report, error_severity(report.elevel), text);
}

} /* namespace */

std::string
LogLocation(const Report &report)
{
	std::string result;

	if (report.file == nullptr)
		return result;
	if (!report.routine().empty())
		result.append(report.routine()).append(", ");
	return result.append(report.file).append(":").append(std::to_string(report.line));
}

std::string
FormatLogPrefix(const char *format, const Report &report)
{
	std::string out;

	for (const char *p = format; p != nullptr && *p != '\0'; p++)
	{
		if (*p != '%')
		{
			out += *p;
			continue;
		}
		p++;
		if (*p == '\0')
			break;
		if (*p == '%')
		{
			out += '%';
			continue;
		}

		const bool left = *p == '-';
		int width = 0;

		for (p += left ? 1 : 0; isdigit(static_cast<unsigned char>(*p)); p++)
			width = Min(width * 10 + (*p - '0'), 1000);
		if (*p == '\0')
			break;
		if (*p == 'q')
		{
			if (log_identity.remote_host == nullptr)
				return out;
			continue;
		}
		append_padded(out, expand(*p, report), left ? -width : width);
	}
	return out;
}

std::string
FormatForStderr(const Report &report)
{
	std::string out;

	append_primary(out, report);
	if (Log_error_verbosity >= PGERROR_DEFAULT)
	{
		append_line(out, report, "DETAIL",
					report.detail_log_text.empty() ? report.detail_text : report.detail_log_text);
		append_line(out, report, "HINT", report.hint_text);
		append_line(out, report, "QUERY", report.internal_query);
		if (!report.context_hidden)
			append_line(out, report, "CONTEXT", report.context_text);
		if (Log_error_verbosity >= PGERROR_VERBOSE)
			append_line(out, report, "LOCATION", LogLocation(report));
		append_line(out, report, "BACKTRACE", report.backtrace_text);
	}
	if (const char *statement = StatementToLog(report))
		append_line(out, report, "STATEMENT", statement);
	return out;
}

const char *
StatementToLog(const Report &report)
{
	if (report.statement_hidden || !WantedByLog(report.elevel, log_min_error_statement))
		return nullptr;
	return log_identity.statement != nullptr ? log_identity.statement : debug_query_string;
}

} /* namespace pg */
