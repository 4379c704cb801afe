/*
 * globals.cpp
 *		What a process knows of itself and of the server's sizes: the variables of miscadmin.h.
 *
 * Plain variables of every process, inherited through fork.  Nothing here runs.  Settings rows of
 * other folders point at some of them.
 */
#include "postgres.h"

#include "miscadmin.h"

pid_t PostmasterPid = 0;
bool IsPostmasterEnvironment = false;
bool IsUnderPostmaster = false;
bool IsBackgroundWorker = false;
bool IsBinaryUpgrade = false;
bool ExitOnAnyError = false;

int MyProcPid = 0;
pg_time_t MyStartTime = 0;
TimestampTz MyStartTimestamp = 0;
BackendType MyBackendType = B_INVALID;
ProcessingMode Mode = InitProcessing;

Oid MyDatabaseId = InvalidOid;
Oid MyDatabaseTableSpace = InvalidOid;

int MaxBackends = 0;
int MaxConnections = 100;
int max_worker_processes = 8;
int max_parallel_workers = 8;

/* As pg_stat_activity.backend_type shows them. */
const char *
GetBackendTypeDesc(BackendType backendType)
{
	switch (backendType)
	{
		case B_INVALID: return "not initialized";
		case B_AUTOVAC_LAUNCHER: return "autovacuum launcher";
		case B_AUTOVAC_WORKER: return "autovacuum worker";
		case B_BACKEND: return "client backend";
		case B_BG_WORKER: return "background worker";
		case B_BG_WRITER: return "background writer";
		case B_CHECKPOINTER: return "checkpointer";
		case B_STARTUP: return "startup";
		case B_WAL_RECEIVER: return "walreceiver";
		case B_WAL_SENDER: return "walsender";
		case B_WAL_WRITER: return "walwriter";
		case B_ARCHIVER: return "archiver";
		case B_LOGGER: return "logger";
	}
	return "unknown process type";
}
