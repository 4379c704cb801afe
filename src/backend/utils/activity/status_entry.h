/*
 * utils/activity/status_entry.h
 *		The activity entry in shared memory; written and read as seq_locked.h says.
 *
 * The owner of the process slot writes its entry, nobody else.  Readers copy and retry.
 */
#pragma once

#include "postgres.h"

#include <type_traits>

#include "postmaster/bgworker.h"
#include "utils/activity/seq_locked.h"
#include "utils/backend_status.h"

namespace pg
{

inline constexpr int kClientAddressSize = 48; /* a numeric IPv6 address with its scope fits */

/* What a reader copies; the query's text lies beside it, in an array of its own. */
struct ActivityData
{
	int st_pid; /* 0: entry not in use */
	BackendType st_type;
	Oid st_database;
	Oid st_user;
	BackendState st_state;
	int st_client_port;
	bool st_has_client;
	uint64 st_query_id;
	TimestampTz st_backend_start;
	TimestampTz st_xact_start;
	TimestampTz st_query_start;
	TimestampTz st_state_change;
	char st_appname[NAMEDATALEN];
	char st_type_text[BGW_MAXLEN];
	char st_client_address[kClientAddressSize];
	char st_client_hostname[NAMEDATALEN];
};
static_assert(std::is_trivially_copyable_v<ActivityData> &&
			  std::is_standard_layout_v<ActivityData>);

using ActivityEntry = SeqLocked<ActivityData>;
using ActivityWrite = SeqWrite<ActivityData>;

} // namespace pg
