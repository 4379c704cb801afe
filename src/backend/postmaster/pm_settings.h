/*
 * postmaster/pm_settings.h
 *		The settings of the supervisor: connections, files, workers, recovery.
 *
 * Read by every process; names of the variables as PostgreSQL has them where it has them.
 */
#pragma once

#include "access/xlog.h"
#include "common/setting_def.h"
#include "postmaster/postmaster.h"

extern "C"
{
	extern int ReservedBackends; /* superuser_reserved_connections */
	extern bool restart_after_crash;
	extern char *PromoteTriggerFile;
	extern char *external_pid_file;
	extern char *data_directory;
	extern char *ConfigFileName;
	extern char *HbaFileName;
	extern char *IdentFileName;
	extern char *BgworkerFileName;
	extern char *cluster_name;
}

namespace pg
{

extern int max_starting_workers; /* -1: the number of CPUs */
/* At least 1.  A number of CPUs is one lower while clients are coming: that one is left to them. */
int MaxStartingWorkers(bool clients_are_coming);
extern int bgworker_crash_limit;  /* 0: none */
extern int bgworker_crash_window; /* seconds */

/* Mode of new files of the data directory: 0600, or 0640 when the group may read. */
unsigned PgFileMode();

extern const SettingSpan kPostmasterSettings;

} /* namespace pg */
