/*
 * utils/activity/backend_snapshot.cpp
 *		Snapshots of all processes' activity for modules (utils/backend_status.h).
 *
 * Processes with shared memory.  The copy is private memory, kept until it is cleared or the
 * transaction ends; making it waits for nobody.
 */
#include "postgres.h"

#include "utils/acl.h"
#include "utils/backend_status.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "pgstat.h"
#include "storage/lmgr/proc_internals.h"
#include "storage/proc.h"
#include "storage/procarray.h"
#include "utils/activity/status.h"
#include "utils/error/wall.h"
#include "utils/palloc.h"

namespace pg
{
namespace
{

struct Snapshot
{
	std::vector<ActivityRow> rows;
	std::vector<LocalPgBackendStatus> entries; /* of the same order; point into rows */
};

/* Never destroyed: modules may look while the process exits. */
std::unique_ptr<Snapshot> &
current()
{
	static auto *const snapshot = std::make_unique<std::unique_ptr<Snapshot>>().release();

	return *snapshot;
}

SockAddr
client_address(const ActivityRow &row)
{
	SockAddr address{};

	if (!row.has_client)
		return address;

	auto *const v4 = reinterpret_cast<sockaddr_in *>(&address.addr);
	auto *const v6 = reinterpret_cast<sockaddr_in6 *>(&address.addr);

	if (inet_pton(AF_INET, row.client_address.c_str(), &v4->sin_addr) == 1)
	{
		v4->sin_family = AF_INET;
		v4->sin_port = htons(static_cast<uint16>(row.client_port));
		address.salen = sizeof(sockaddr_in);
	}
	else if (inet_pton(AF_INET6, row.client_address.c_str(), &v6->sin6_addr) == 1)
	{
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons(static_cast<uint16>(row.client_port));
		address.salen = sizeof(sockaddr_in6);
	}
	else
	{
		address.addr.ss_family = AF_UNIX;
		address.salen = sizeof(sa_family_t);
	}
	return address;
}

LocalPgBackendStatus
entry_of(ActivityRow &row)
{
	LocalPgBackendStatus local{};
	PgBackendStatus &entry = local.backendStatus;
	const PGPROC *proc = BackendPidGetProc(row.pid);

	if (proc == nullptr)
		proc = AuxiliaryPidGetProc(row.pid);
	entry.st_procpid = row.pid;
	entry.st_backendType = row.backend_type;
	entry.st_proc_start_timestamp = row.backend_start;
	entry.st_xact_start_timestamp = row.xact_start;
	entry.st_activity_start_timestamp = row.query_start;
	entry.st_state_start_timestamp = row.state_change;
	entry.st_databaseid = row.database;
	entry.st_userid = row.user;
	entry.st_clientaddr = client_address(row);
	entry.st_clienthostname = row.client_hostname.data();
	entry.st_state = row.state_set ? static_cast<BackendState>(row.state) : STATE_UNDEFINED;
	entry.st_appname = row.application_name.data();
	entry.st_activity_raw = row.query.data();
	entry.st_query_id = row.query_id;
	local.backend_id = proc == nullptr ? InvalidBackendId : proc->backendId;
	local.proc_number = proc == nullptr ? -1 : proc->pgprocno;
	if (proc != nullptr)
	{
		local.backend_xid = proc->xid;
		local.backend_xmin = proc->xmin;
	}
	return local;
}

Snapshot &
snapshot()
{
	if (current() == nullptr)
	{
		auto made = std::make_unique<Snapshot>();

		SnapshotActivity(made->rows);
		for (ActivityRow &row : made->rows)
			made->entries.push_back(entry_of(row));
		current() = std::move(made);
	}
	return *current();
}

/* From 1 on; null for another number. */
LocalPgBackendStatus *
numbered(int number)
{
	std::vector<LocalPgBackendStatus> &entries = snapshot().entries;

	return number >= 1 && static_cast<size_t>(number) <= entries.size()
			   ? &entries[static_cast<size_t>(number) - 1]
			   : nullptr;
}

template <typename Predicate>
LocalPgBackendStatus *
first_where(Predicate wanted)
{
	for (LocalPgBackendStatus &entry : snapshot().entries)
		if (wanted(entry))
			return &entry;
	return nullptr;
}

PgBackendStatus *
shared_part(LocalPgBackendStatus *local)
{
	return local == nullptr ? nullptr : &local->backendStatus;
}

/* May the current user see what somebody else runs? */
bool
may_see(const ActivityRow &row)
{
	return superuser() || has_privs_of_role(GetUserId(), row.user);
}

std::string
current_activity(int pid, bool check_user)
{
	ActivityRow row;

	if (!FindActivity(pid, row))
		return "<backend information not available>";
	if (check_user && !may_see(row))
		return "<insufficient privilege>";
	return row.query.empty() ? "<command string not enabled>" : row.query;
}

} /* namespace */
} /* namespace pg */

using pg::FromC;

int
pgstat_fetch_stat_numbackends(void)
{
	return FromC([] { return static_cast<int>(pg::snapshot().entries.size()); });
}

LocalPgBackendStatus *
pgstat_fetch_stat_local_beentry(int beid)
{
	return FromC([&] { return pg::numbered(beid); });
}

PgBackendStatus *
pgstat_fetch_stat_beentry(int beid)
{
	return FromC([&] { return pg::shared_part(pg::numbered(beid)); });
}

LocalPgBackendStatus *
pgstat_get_local_beentry_by_index(int idx)
{
	return pgstat_fetch_stat_local_beentry(idx);
}

LocalPgBackendStatus *
pgstat_get_local_beentry_by_backend_id(int beid)
{
	return FromC(
		[&]
		{ return pg::first_where([&](const auto &entry) { return entry.backend_id == beid; }); });
}

PgBackendStatus *
pgstat_get_beentry_by_backend_id(int beid)
{
	return FromC([&] { return pg::shared_part(pgstat_get_local_beentry_by_backend_id(beid)); });
}

LocalPgBackendStatus *
pgstat_get_local_beentry_by_proc_number(int procNumber)
{
	return FromC(
		[&] {
			return pg::first_where([&](const auto &entry)
								   { return entry.proc_number == procNumber; });
		});
}

PgBackendStatus *
pgstat_get_beentry_by_proc_number(int procNumber)
{
	return FromC([&]
				 { return pg::shared_part(pgstat_get_local_beentry_by_proc_number(procNumber)); });
}

void
pgstat_clear_backend_activity_snapshot(void)
{
	pg::current().reset();
}

void
pgstat_clear_snapshot(void)
{
	pgstat_clear_backend_activity_snapshot();
}

PgStat_StatDBEntry *
pgstat_fetch_stat_dbentry(Oid)
{
	return nullptr;
}

const char *
pgstat_get_backend_current_activity(int pid, bool checkUser)
{
	return FromC([&]() -> const char *
				 { return pstrdup(pg::current_activity(pid, checkUser).c_str()); });
}

char *
pgstat_clip_activity(const char *raw_activity)
{
	return FromC(
		[&]
		{
			const size_t size = static_cast<size_t>(pgstat_track_activity_query_size) - 1;

			return pnstrdup(raw_activity,
							pg::ClipAtCharacter(raw_activity, strlen(raw_activity), size));
		});
}
