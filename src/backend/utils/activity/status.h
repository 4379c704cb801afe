/*
 * utils/activity/status.h
 *		Activity entries behind pg_stat_activity: one per process slot, in shared memory.
 *
 * Protocol (DESIGN section 3): only the owner writes, through the change count; readers copy and
 * retry a bounded number of times, nobody waits.  The C API is pgstat.h and utils/backend_status.h.
 */
#pragma once

#include <span>
#include <string>
#include <vector>

#include "common/setting_def.h"
#include "storage/ipc/shmem_internals.h"
#include "utils/backend_status.h"

namespace pg
{

/* One row of pg_stat_activity, as read. Text is clipped at a character boundary. Times are TimestampTz, 0 is null. */
struct ActivityRow
{
	int pid;
	BackendType backend_type;
	std::string backend_type_text; /* bgw_type for workers */
	Oid database;
	Oid user;
	int state;		/* BackendState of utils/backend_status.h */
	bool state_set; /* false until the process first reports (worker: null) */
	std::string application_name;
	std::string client_address; /* numeric; empty: unix socket (client_port -1) or none */
	std::string client_hostname;
	int client_port; /* -1 unix socket; 0 none */
	bool has_client;
	uint32 wait_event_info;
	std::string query;
	uint64 query_id;
	int64 backend_start, xact_start, query_start, state_change;
};

/* Fills this process's entry when it joins. For workers `type_text` is bgw_type. */
void StatusStart(int slot, BackendType type, const char *type_text);
void StatusSetClient(const char *address, const char *hostname, int port);
void StatusSetDatabase(Oid database, Oid user);
/* xact_start of pg_stat_activity; 0 ends it. */
void StatusReportXact(int64 start);

/* All live entries, in slot order. Reuses `out`'s storage. */
void SnapshotActivity(std::vector<ActivityRow> &out);
/* One entry by pid; false when there is none. */
bool FindActivity(int pid, ActivityRow &out);

/*
 * Postmaster: the last statement of a child that died without leaving its entry, for the log.  False
 * when there is none.  The dead write no more, so this reads without the protocol, and bounds what it
 * reads; bytes that are not printable ASCII become question marks.
 */
bool DeadStatement(int pid, char *text, size_t size);

/* "idle", "active" and so on, as pg_stat_activity.state shows it; null for STATE_UNDEFINED. */
const char *ActivityStateName(int state);

/* Bytes of the longest prefix of text (of length bytes) that has at most max bytes and cuts no UTF-8 character. */
size_t ClipAtCharacter(const char *text, size_t length, size_t max);

/*
 * For the process title, "postgres: NAME USER DATABASE HOST ACTIVITY" (utils/ps_status.h).  First thing in
 * main(): the title goes where the arguments and the environment lay, and both move.
 */
void SaveArgv(int argc, char **argv);

extern const std::span<const ShmemArea> kActivityAreas;
extern const SettingSpan kActivitySettings;

} /* namespace pg */
