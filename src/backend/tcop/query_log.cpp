/*
 * tcop/query_log.cpp
 *		Statement and duration logging of one query.
 *
 * Client backends.  Never raises.
 */
#include "tcop/query_log.h"

#include <cstring>

#include "port/os.h"
#include "tcop/settings.h"
#include "tcop/tcopprot.h"
#include "utils/error/report.h"

namespace pg
{
namespace
{

/* Outlives the query's own frames, since the error report that unwinds them shows it. */
std::string query_text;

bool
starts_with_any(const char *tag, std::initializer_list<const char *> words)
{
	for (const char *word : words)
		if (strncmp(tag, word, strlen(word)) == 0)
			return true;
	return false;
}

/* The least value of log_statement that covers a statement, by its tag. */
int
log_level(const PreparedPlan &statement)
{
	const char *tag = statement.raw().tag;

	if (starts_with_any(tag, {"CREATE", "ALTER", "DROP", "COMMENT", "GRANT", "REVOKE", "SECURITY",
							  "IMPORT", "REINDEX", "REASSIGN"}))
		return LOGSTMT_DDL;
	if (starts_with_any(tag, {"INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "COPY"}))
		return LOGSTMT_MOD;
	return LOGSTMT_ALL;
}

} /* namespace */

QueryLog::QueryLog(std::string_view text) : started_(os.monotonic_usec())
{
	query_text = text;
	debug_query_string = query_text.c_str();
	log_identity.statement = query_text.c_str();
}

const char *
QueryLog::text() const
{
	return query_text.c_str();
}

void
ForgetQueryText() noexcept
{
	debug_query_string = nullptr;
	log_identity.statement = nullptr;
	log_identity.command_tag = nullptr;
}

void
QueryLog::parsed(const PreparedText &prepared)
{
	if (log_statement == LOGSTMT_NONE)
		return;
	for (const auto &statement : prepared.statements)
		if (log_level(*statement) <= log_statement)
		{
			Report(LOG).msg("statement: %s", query_text.c_str()).hide_statement().emit();
			logged_ = true;
			return;
		}
}

void
QueryLog::finished()
{
	if (!log_duration_setting && log_min_duration_statement < 0)
		return;

	const int64_t usec = os.monotonic_usec() - started_;
	const bool slow = log_min_duration_statement >= 0 &&
					  usec / 1000 >= static_cast<int64_t>(log_min_duration_statement);

	if (!slow && !log_duration_setting)
		return;
	if (slow && !logged_)
		Report(LOG)
			.msg("duration: %ld.%03d ms  statement: %s", static_cast<long>(usec / 1000),
				 static_cast<int>(usec % 1000), query_text.c_str())
			.hide_statement()
			.emit();
	else
		Report(LOG)
			.msg("duration: %ld.%03d ms", static_cast<long>(usec / 1000),
				 static_cast<int>(usec % 1000))
			.hide_statement()
			.emit();
}

} /* namespace pg */
