/*
 * status.cpp
 *		Activity entries: joining, leaving, and reading those of all processes.
 *
 * Children with shared memory.  The postmaster only makes the areas.  Nobody waits here and nothing
 * raises.
 */
#include "postgres.h"

#include "utils/activity/status.h"

#include <algorithm>
#include <cstring>
#include <new>

#include "miscadmin.h"
#include "storage/ipc.h"
#include "storage/ipc/shmem_size.h"
#include "storage/lmgr/proc_internals.h"
#include "utils/activity/activity_internals.h"
#include "utils/activity/status_entry.h"
#include "utils/error/report.h"
#include "utils/timestamp.h"

bool pgstat_track_activities = true;
int pgstat_track_activity_query_size = 1024;

namespace pg
{

ActivityEntry *my_activity = nullptr;
char *my_query_text = nullptr;

static ActivityEntry *entries = nullptr;
static char *query_texts = nullptr; /* one text of query_size bytes for each entry */
static int entry_count = 0;
static size_t query_size = 0;
static char my_type_text[BGW_MAXLEN]; /* for the log, also after the entry is given up */

size_t
QueryTextSize()
{
	return query_size;
}

static char *
query_text_of(int slot)
{
	return query_texts + static_cast<size_t>(slot) * query_size;
}

static void
leave_activity(int, Datum)
{
	{
		ActivityWrite write(*my_activity);

		write->st_pid = 0;
	}
	my_activity = nullptr;
	my_query_text = nullptr;
}

void
StatusStart(int slot, BackendType type, const char *type_text)
{
	if (!HaveSharedMemory() || slot < 0 || slot >= entry_count || my_activity != nullptr)
		return;

	const TimestampTz start = MyStartTimestamp != 0 ? MyStartTimestamp : GetCurrentTimestamp();

	strlcpy(my_type_text, type_text != nullptr ? type_text : GetBackendTypeDesc(type),
			sizeof(my_type_text));
	my_activity = &entries[slot];
	my_query_text = query_text_of(slot);
	/* The text of the slot's former owner; an empty one need not be touched. */
	if (*my_query_text != '\0')
		*my_query_text = '\0';
	{
		ActivityWrite write(*my_activity);

		*write.operator->() = {};
		write->st_pid = MyProcPid;
		write->st_type = type;
		write->st_backend_start = start;
		strlcpy(write->st_type_text, my_type_text, sizeof(write->st_type_text));
	}
	log_identity.backend_type = my_type_text;
	on_shmem_exit(leave_activity, 0);
}

void
StatusSetClient(const char *address, const char *hostname, int port)
{
	if (my_activity == nullptr)
		return;

	ActivityWrite write(*my_activity);

	write->st_has_client = true;
	write->st_client_port = port;
	strlcpy(write->st_client_address, address != nullptr ? address : "",
			sizeof(write->st_client_address));
	strlcpy(write->st_client_hostname, hostname != nullptr ? hostname : "",
			sizeof(write->st_client_hostname));
}

void
StatusSetDatabase(Oid database, Oid user)
{
	if (MyProc != nullptr)
	{
		MyProc->databaseId = database;
		MyProc->roleId = user;
	}
	if (my_activity == nullptr)
		return;

	ActivityWrite write(*my_activity);

	write->st_database = database;
	write->st_user = user;
}

void
StatusReportXact(int64 start)
{
	if (my_activity == nullptr || !pgstat_track_activities)
		return;

	ActivityWrite write(*my_activity);

	write->st_xact_start = start;
}

/* Length of a text in a buffer that a reader may have caught in the middle of a change. */
static size_t
bounded_length(const char *text, size_t size)
{
	return strnlen(text, size - 1);
}

static uint32
wait_event_of(int slot)
{
	return *const_cast<volatile uint32 *>(&ProcGlobal->allProcs[slot].wait_event_info);
}

/* Copies entry `slot` when it is alive. Two texts are assigned into the row's own storage. */
static bool
read_entry(int slot, ActivityRow &row)
{
	ActivityData data;
	const char *const text = query_text_of(slot);

	const bool whole =
		ReadActivity(entries[slot],
					 [&]
					 {
						 data = entries[slot].st_data;
						 if (data.st_pid != 0)
							 row.query.assign(text, bounded_length(text, query_size));
					 });

	if (!whole || data.st_pid == 0)
		return false;
	row.pid = data.st_pid;
	row.backend_type = data.st_type;
	row.backend_type_text = data.st_type_text;
	row.database = data.st_database;
	row.user = data.st_user;
	row.state = data.st_state;
	row.state_set = data.st_state != STATE_UNDEFINED;
	row.application_name = data.st_appname;
	row.client_address = data.st_client_address;
	row.client_hostname = data.st_client_hostname;
	row.client_port = data.st_client_port;
	row.has_client = data.st_has_client;
	row.wait_event_info = wait_event_of(slot);
	row.query_id = data.st_query_id;
	row.backend_start = data.st_backend_start;
	row.xact_start = data.st_xact_start;
	row.query_start = data.st_query_start;
	row.state_change = data.st_state_change;
	return true;
}

void
SnapshotActivity(std::vector<ActivityRow> &out)
{
	size_t count = 0;

	if (!HaveSharedMemory())
	{
		out.clear();
		return;
	}
	for (int slot = 0; slot < ProcSlotsUsed(); slot++)
	{
		/* An empty slot is seen at a glance; a torn glance only costs or saves a full read. */
		if (*const_cast<volatile int *>(&entries[slot].st_data.st_pid) == 0)
			continue;
		if (count == out.size())
			out.emplace_back();
		if (read_entry(slot, out[count]))
			count++;
	}
	out.resize(count);
}

bool
FindActivity(int pid, ActivityRow &out)
{
	if (!HaveSharedMemory() || pid == 0)
		return false;
	for (int slot = 0; slot < ProcSlotsUsed(); slot++)
	{
		if (*const_cast<volatile int *>(&entries[slot].st_data.st_pid) == pid &&
			read_entry(slot, out) && out.pid == pid)
			return true;
	}
	return false;
}

bool
DeadStatement(int pid, char *text, size_t size)
{
	for (int slot = 0; entries != nullptr && slot < entry_count; slot++)
	{
		if (entries[slot].st_data.st_pid != pid)
			continue;

		const size_t length = bounded_length(query_text_of(slot), std::min(size, query_size));

		memcpy(text, query_text_of(slot), length);
		text[length] = '\0';
		for (char *c = text; *c != '\0'; c++)
			if ((*c < ' ' || *c > '~') && *c != '\n' && *c != '\t')
				*c = '?';
		return *text != '\0';
	}
	return false;
}

const char *
ActivityStateName(int state)
{
	switch (state)
	{
		case STATE_IDLE: return "idle";
		case STATE_RUNNING: return "active";
		case STATE_IDLEINTRANSACTION: return "idle in transaction";
		case STATE_FASTPATH: return "fastpath function call";
		case STATE_IDLEINTRANSACTION_ABORTED: return "idle in transaction (aborted)";
		case STATE_DISABLED: return "disabled";
		default: return nullptr;
	}
}

/*
 * Areas
 */

static size_t
entries_size()
{
	return MultiplyShmemSize(static_cast<size_t>(ProcSlotCount()), sizeof(ActivityEntry));
}

static size_t
texts_size()
{
	return MultiplyShmemSize(static_cast<size_t>(ProcSlotCount()),
							 static_cast<size_t>(pgstat_track_activity_query_size));
}

static void
init_entries(void *at)
{
	entries = static_cast<ActivityEntry *>(at); /* zeros: nobody */
	entry_count = ProcSlotCount();
	query_size = static_cast<size_t>(pgstat_track_activity_query_size);
	my_activity = nullptr;
}

static void
init_texts(void *at)
{
	query_texts = static_cast<char *>(at);
}

static constexpr ShmemArea activity_areas[] = {
	{"Backend Status Array", entries_size, init_entries},
	{"Backend Activity Buffer", texts_size, init_texts},
	{"Custom Wait Events", WaitEventNamesSize, InitWaitEventNames},
	{"Background Worker Status", WorkerStatusSize, InitWorkerStatus},
	{"Background Worker Accounts", WorkerAccountsSize, InitWorkerAccounts},
	{"Background Worker History", WorkerHistorySize, InitWorkerHistory},
};
const std::span<const ShmemArea> kActivityAreas = activity_areas;

static constexpr SettingDef activity_settings[] = {
	{"track_activities", PGC_SUSET, SettingGroup::StatsCumulative,
	 "Collects information about executing commands.", BoolSetting{&pgstat_track_activities, true},
	 0,
	 "Enables the collection of information on the currently executing command of each session, "
	 "along with the time at which that command began execution."},
	{"track_activity_query_size", PGC_POSTMASTER, SettingGroup::StatsCumulative,
	 "Sets the size reserved for pg_stat_activity.query, in bytes.",
	 IntSetting{&pgstat_track_activity_query_size, 1024, 100, 1048576}, GUC_UNIT_BYTE},
	{"bgworker_history_size", PGC_POSTMASTER, SettingGroup::BackgroundWorkers,
	 "Sets how many starts and ends of background workers pg_stat_bgworker_history shows.",
	 IntSetting{&bgworker_history_size, 256, 0, 65536}, 0,
	 "The oldest are forgotten first. They are kept over a crash, not over a restart."},
	{"update_process_title", PGC_SUSET, SettingGroup::ProcessTitle,
	 "Updates the process title to show the active SQL command.",
	 BoolSetting{&update_process_title, true}, 0,
	 "Enables updating of the process title every time a new SQL command is received by the "
	 "server."},
};
const SettingSpan kActivitySettings = activity_settings;

} // namespace pg
