/*
 * utils/error/log_structured.cpp
 *		csvlog and jsonlog: PostgreSQL 15's 26 columns, and its keys.
 *
 * Every process.  May throw std::bad_alloc, nothing else.
 */
#include <charconv>
#include <cstdio>

#include "miscadmin.h"
#include "port/os.h"
#include "utils/error/log_format.h"
#include "utils/error/log_output.h"

namespace pg
{

namespace
{

std::string_view
text_or_empty(const char *text)
{
	return text != nullptr ? text : "";
}

/* One line of comma-separated values, field by field. */
class CsvLine
{
public:
	CsvLine &raw(std::string_view text)
	{
		if (!first_)
			out_ += ',';
		first_ = false;
		out_ += text;
		return *this;
	}

	CsvLine &number(int64 value) { return raw(std::to_string(value)); }
	CsvLine &nothing() { return raw({}); }

	/* Empty text is an empty field, not an empty string. */
	CsvLine &quoted(std::string_view text)
	{
		raw({});
		if (text.empty())
			return *this;
		out_ += '"';
		for (char c : text)
		{
			if (c == '"')
				out_ += '"';
			out_ += c;
		}
		out_ += '"';
		return *this;
	}

	std::string finish() { return std::move(out_ += '\n'); }

private:
	std::string out_;
	bool first_ = true;
};

/* One JSON object; keys with empty texts are left out. */
class JsonLine
{
public:
	JsonLine &raw(const char *key, std::string_view value)
	{
		out_ += out_.size() > 1 ? ",\"" : "\"";
		out_.append(key).append("\":").append(value);
		return *this;
	}

	JsonLine &number(const char *key, int64 value) { return raw(key, std::to_string(value)); }

	JsonLine &quoted(const char *key, std::string_view text)
	{
		if (text.empty())
			return *this;
		raw(key, "\"");
		for (char c : text)
			escape(c);
		out_ += '"';
		return *this;
	}

	std::string finish() { return std::move(out_ += "}\n"); }

private:
	void escape(char c)
	{
		static constexpr std::string_view kSpecial = "\b\f\n\r\t\"\\";
		static constexpr std::string_view kLetters = "bfnrt\"\\";
		const size_t at = kSpecial.find(c);

		if (at != std::string_view::npos)
			out_.append(1, '\\').append(1, kLetters[at]);
		else if (static_cast<unsigned char>(c) < ' ')
		{
			char code[8];

			snprintf(code, sizeof(code), "\\u%04x", static_cast<unsigned>(c));
			out_ += code;
		}
		else
			out_ += c;
	}

	std::string out_ = "{";
};

const std::string &
detail_for_log(const Report &report)
{
	return report.detail_log_text.empty() ? report.detail_text : report.detail_log_text;
}

std::string
csv_remote()
{
	std::string result(text_or_empty(log_identity.remote_host));
	std::string_view port = text_or_empty(log_identity.remote_port);

	if (!port.empty())
		result.append(":").append(port);
	return result;
}

} /* namespace */

std::string
FormatForCsv(const Report &report)
{
	const bool session = log_identity.remote_host != nullptr;
	const char *statement = StatementToLog(report);
	CsvLine line;

	CountLogLine();
	line.raw(LogTime(os.realtime_usec(), true));
	line.quoted(session ? text_or_empty(log_identity.user) : "");
	line.quoted(session ? text_or_empty(log_identity.database) : "");
	line.number(MyProcPid);
	line.quoted(csv_remote());
	line.raw(LogSessionId());
	line.number(static_cast<int64>(CurrentLogLine()));
	line.quoted(session ? text_or_empty(log_identity.command_tag) : "");
	line.raw(LogTime(SessionStartUnixUsec(), false));
	line.nothing(); /* virtual transaction */
	line.number(0); /* transaction */
	line.raw(error_severity(report.elevel));
	line.raw(unpack_sql_state(report.sqlstate));
	line.quoted(report.message);
	line.quoted(detail_for_log(report));
	line.quoted(report.hint_text);
	line.quoted(report.internal_query);
	if (report.internal_position > 0 && !report.internal_query.empty())
		line.number(report.internal_position);
	else
		line.nothing();
	line.quoted(report.context_hidden ? "" : report.context_text);
	line.quoted(text_or_empty(statement));
	if (statement != nullptr && report.position > 0)
		line.number(report.position);
	else
		line.nothing();
	line.quoted(Log_error_verbosity >= PGERROR_VERBOSE ? LogLocation(report) : "");
	line.quoted(text_or_empty(log_identity.application_name));
	line.quoted(text_or_empty(log_identity.backend_type));
	line.nothing(); /* leader */
	line.number(0); /* query id */
	return line.finish();
}

std::string
FormatForJson(const Report &report)
{
	const bool session = log_identity.remote_host != nullptr;
	const char *statement = StatementToLog(report);
	JsonLine line;

	CountLogLine();
	line.quoted("timestamp", LogTime(os.realtime_usec(), true));
	if (session)
	{
		line.quoted("user", text_or_empty(log_identity.user));
		line.quoted("dbname", text_or_empty(log_identity.database));
	}
	if (MyProcPid != 0)
		line.number("pid", MyProcPid);
	if (session)
	{
		std::string_view port = text_or_empty(log_identity.remote_port);

		line.quoted("remote_host", log_identity.remote_host);
		if (!port.empty())
			line.raw("remote_port", port);
	}
	line.quoted("session_id", LogSessionId());
	line.number("line_num", static_cast<int64>(CurrentLogLine()));
	if (session)
		line.quoted("ps", text_or_empty(log_identity.command_tag));
	line.quoted("session_start", LogTime(SessionStartUnixUsec(), false));
	line.number("txid", 0);
	line.quoted("error_severity", error_severity(report.elevel));
	if (report.sqlstate != 0)
		line.quoted("state_code", unpack_sql_state(report.sqlstate));
	line.quoted("message", report.message);
	line.quoted("detail", detail_for_log(report));
	line.quoted("hint", report.hint_text);
	line.quoted("internal_query", report.internal_query);
	if (report.internal_position > 0 && !report.internal_query.empty())
		line.number("internal_position", report.internal_position);
	line.quoted("context", report.context_hidden ? "" : report.context_text);
	if (statement != nullptr)
	{
		line.quoted("statement", statement);
		if (report.position > 0)
			line.number("cursor_position", report.position);
	}
	if (Log_error_verbosity >= PGERROR_VERBOSE && report.file != nullptr)
	{
		line.quoted("func_name", report.routine());
		line.quoted("file_name", report.file);
		line.number("file_line_num", report.line);
	}
	line.quoted("application_name", text_or_empty(log_identity.application_name));
	line.quoted("backend_type", text_or_empty(log_identity.backend_type));
	line.number("query_id", 0);
	return line.finish();
}

} /* namespace pg */
