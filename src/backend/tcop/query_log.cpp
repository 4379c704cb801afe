/*
 * tcop/query_log.cpp
 *		Statement and duration logging of one query.
 *
 * Client backends.  Never raises.
 */
#include "tcop/query_log.h"

#include <cstring>
#include <string>

#include "access/xact.h"
#include "port/os.h"
#include "tcop/settings.h"
#include "tcop/tcopprot.h"
#include "tcop/utility.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/timestamp.h"

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

/* The least value of log_statement that covers a statement with this tag. */
LogStmtLevel
log_level(const char *tag)
{
	if (starts_with_any(tag, {"CREATE", "ALTER", "DROP", "COMMENT", "GRANT", "REVOKE", "SECURITY",
							  "IMPORT", "REINDEX", "REASSIGN", "SELECT INTO"}))
		return LOGSTMT_DDL;
	if (starts_with_any(tag, {"INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "COPY"}))
		return LOGSTMT_MOD;
	return LOGSTMT_ALL;
}

/* What the settings ask to be said of a duration: as check_log_duration. */
int
wanted_duration(int64 usec, bool was_logged)
{
	const bool slow = log_min_duration_statement >= 0 &&
					  usec / 1000 >= static_cast<int64>(log_min_duration_statement);

	if (!slow && !log_duration_setting)
		return 0;
	return slow && !was_logged ? 2 : 1;
}

std::string
milliseconds(int64 usec)
{
	std::string fraction = std::to_string(usec % 1000);

	return std::to_string(usec / 1000) + "." + std::string(3 - fraction.size(), '0') + fraction;
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
		if (log_level(statement->raw().tag) <= log_statement)
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

	const int64 usec = os.monotonic_usec() - started_;
	const int wanted = wanted_duration(usec, logged_);

	if (wanted == 0)
		return;

	Report report(LOG);

	if (wanted == 2)
		report.msg("duration: %s ms  statement: %s", milliseconds(usec).c_str(),
				   query_text.c_str());
	else
		report.msg("duration: %s ms", milliseconds(usec).c_str());
	report.hide_statement().emit();
}

} /* namespace pg */

int
check_log_duration(char *msec_str, bool was_logged)
{
	if (!pg::log_duration_setting && log_min_duration_statement < 0)
		return 0;

	const int64 usec = GetCurrentTimestamp() - GetCurrentStatementStartTimestamp();
	const int wanted = pg::wanted_duration(usec, was_logged);

	if (wanted != 0)
		strcpy(msec_str, pg::milliseconds(usec).c_str());
	return wanted;
}

LogStmtLevel
GetCommandLogLevel(Node *parsetree)
{
	return pg::FromC([&] { return pg::log_level(CreateCommandName(parsetree)); });
}
