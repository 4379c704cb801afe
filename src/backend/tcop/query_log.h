/*
 * tcop/query_log.h
 *		What the log says of a statement: log_statement, log_duration, log_min_duration_statement.
 *
 * debug_query_string and the STATEMENT line of errors show the text from construction until
 * ForgetQueryText, which the session loop calls once the query, or its error, is done with.  Client
 * backends.
 */
#pragma once

#include <string>
#include <string_view>

#include "executor/run.h"

namespace pg
{

class QueryLog
{
public:
	explicit QueryLog(std::string_view text);
	QueryLog(const QueryLog &) = delete;
	QueryLog &operator=(const QueryLog &) = delete;

	const char *text() const;
	/* Logs the text now when log_statement covers one of its statements. */
	void parsed(const PreparedText &prepared);
	/* Logs the duration as the settings ask. */
	void finished();

private:
	int64_t started_;
	bool logged_ = false;
};

void ForgetQueryText() noexcept;

} /* namespace pg */
