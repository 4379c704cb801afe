/*
 * postmaster/pm_settings.cpp
 *		Declares the supervisor's settings (pm_settings.h).
 *
 * Plain data and small show hooks, in every process.
 */
#include "postmaster/pm_settings.h"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

#include "miscadmin.h"
#include "postmaster/bgworker_policy.h"
#include "storage/lmgr/proc_internals.h"
#include "utils/guc.h"

extern "C"
{
	int PostPortNumber = DEF_PGPORT;
	char *ListenAddresses = nullptr;
	char *Unix_socket_directories = nullptr;
	char *Unix_socket_group = nullptr;
	int Unix_socket_permissions = 0777;
	int ReservedBackends = 3;
	bool restart_after_crash = true;
	bool EnableHotStandby = true;
	char *PromoteTriggerFile = nullptr;
	char *external_pid_file = nullptr;
	char *data_directory = nullptr;
	char *ConfigFileName = nullptr;
	char *HbaFileName = nullptr;
	char *IdentFileName = nullptr;
	char *BgworkerFileName = nullptr;
	char *cluster_name = nullptr;
}

namespace pg
{

int max_starting_workers = -1;
int bgworker_crash_limit = 5;
int bgworker_crash_window = 60;

namespace
{

constexpr int kMaxBackends = 0x3FFFF;

const char *
show_octal(int value)
{
	static char text[16];

	snprintf(text, sizeof(text), "%04o", static_cast<unsigned>(value));
	return text;
}

const char *
show_socket_permissions()
{
	return show_octal(Unix_socket_permissions);
}

bool
check_cluster_name(char **newval, void **, GucSource)
{
	for (char *at = *newval; at != nullptr && *at != '\0'; at++)
		if (*at < 32 || *at > 126)
			*at = '?';
	return true;
}

/* Shared memory has places for so many, and does not grow. */
bool
check_worker_processes(int *newval, void **, GucSource)
{
	if (!WorkerSlotCapacityIsFixed() || *newval <= WorkerSlotCapacity())
		return true;
	GUC_check_errdetail("This server has room for %d background workers; more need a restart.",
						WorkerSlotCapacity());
	return false;
}

constexpr SettingDef kSettings[] = {
	{"data_directory", PGC_POSTMASTER, SettingGroup::FileLocations, "The server's data directory.",
	 StringSetting{&data_directory, nullptr}, GUC_SUPERUSER_ONLY | GUC_DISALLOW_IN_AUTO_FILE},
	{"config_file", PGC_POSTMASTER, SettingGroup::FileLocations,
	 "The server's main configuration file.", StringSetting{&ConfigFileName, nullptr},
	 GUC_DISALLOW_IN_FILE | GUC_SUPERUSER_ONLY},
	{"hba_file", PGC_POSTMASTER, SettingGroup::FileLocations,
	 "The file that says who may connect from where.", StringSetting{&HbaFileName, nullptr},
	 GUC_SUPERUSER_ONLY},
	{"ident_file", PGC_POSTMASTER, SettingGroup::FileLocations, "The file that maps user names.",
	 StringSetting{&IdentFileName, nullptr}, GUC_SUPERUSER_ONLY},
	{"bgworker_file", PGC_POSTMASTER, SettingGroup::FileLocations,
	 "The file that says what becomes of which background worker.",
	 StringSetting{&BgworkerFileName, nullptr}, GUC_SUPERUSER_ONLY},
	{"external_pid_file", PGC_POSTMASTER, SettingGroup::FileLocations,
	 "One more file that the postmaster writes its process number to.",
	 StringSetting{&external_pid_file, nullptr}, GUC_SUPERUSER_ONLY},

	{"listen_addresses", PGC_POSTMASTER, SettingGroup::ConnectionSettings,
	 "Host names or addresses to listen on; * is all, an empty list none.",
	 StringSetting{&ListenAddresses, "localhost"}, GUC_LIST_INPUT},
	{"port", PGC_POSTMASTER, SettingGroup::ConnectionSettings,
	 "TCP port to listen on; part of the socket file's name.",
	 IntSetting{&PostPortNumber, DEF_PGPORT, 1, 65535}},
	{"max_connections", PGC_POSTMASTER, SettingGroup::ConnectionSettings,
	 "The most client connections at one time.", IntSetting{&MaxConnections, 100, 1, kMaxBackends}},
	{"superuser_reserved_connections", PGC_POSTMASTER, SettingGroup::ConnectionSettings,
	 "Connections of max_connections that only superusers may take.",
	 IntSetting{&ReservedBackends, 3, 0, kMaxBackends}},
	{"unix_socket_directories", PGC_POSTMASTER, SettingGroup::ConnectionSettings,
	 "Directories in which to make Unix-domain sockets.",
	 StringSetting{&Unix_socket_directories, "/tmp"},
	 GUC_LIST_INPUT | GUC_LIST_QUOTE | GUC_SUPERUSER_ONLY},
	{"unix_socket_group", PGC_POSTMASTER, SettingGroup::ConnectionSettings,
	 "Owning group of the Unix-domain sockets.", StringSetting{&Unix_socket_group, ""}, 0,
	 "Empty: the group of the user who starts the server."},
	{"unix_socket_permissions", PGC_POSTMASTER, SettingGroup::ConnectionSettings,
	 "Access permissions of the Unix-domain sockets.",
	 IntSetting{&Unix_socket_permissions, 0777, 0, 0777, nullptr, nullptr, show_socket_permissions},
	 0, "As chmod takes them; octal numbers start with 0."},

	{"max_worker_processes", PGC_SIGHUP, SettingGroup::ResourceAsynchronous,
	 "The most background workers at one time.",
	 IntSetting{&max_worker_processes, 8, 0, kMaxBackends, check_worker_processes}, 0,
	 "Without a restart of the server it can be raised to 1024, or to what it was at the start."},
	{"max_parallel_workers", PGC_USERSET, SettingGroup::ResourceAsynchronous,
	 "The most background workers of the parallel class at one time.",
	 IntSetting{&max_parallel_workers, 8, 0, 1024}, GUC_EXPLAIN},
	{"max_starting_workers", PGC_SIGHUP, SettingGroup::BackgroundWorkers,
	 "The most background workers that are starting at one time.",
	 IntSetting{&max_starting_workers, -1, -1, kMaxBackends}, 0,
	 "A worker is starting until it reaches its main function. -1 is the number of CPUs, less one "
	 "while clients are coming; 0 is no limit."},
	{"bgworker_crash_limit", PGC_SIGHUP, SettingGroup::BackgroundWorkers,
	 "The most crashes of a background worker in bgworker_crash_window.",
	 IntSetting{&bgworker_crash_limit, 5, 0, BGW_MAX_START_LIMIT}, 0,
	 "After one more it has failed and is not started again until somebody does it by hand. 0 is "
	 "no "
	 "limit."},
	{"bgworker_crash_window", PGC_SIGHUP, SettingGroup::BackgroundWorkers,
	 "The time in which crashes of a background worker are counted.",
	 IntSetting{&bgworker_crash_window, 60, 1, 86400}, GUC_UNIT_S},

	{"hot_standby", PGC_POSTMASTER, SettingGroup::Replication,
	 "Allows read-only sessions during recovery.", BoolSetting{&EnableHotStandby, true}},
	{"promote_trigger_file", PGC_SIGHUP, SettingGroup::Replication,
	 "A file whose appearance ends recovery.", StringSetting{&PromoteTriggerFile, ""}},

	{"cluster_name", PGC_POSTMASTER, SettingGroup::ProcessTitle,
	 "Name of the cluster, shown in process titles.",
	 StringSetting{&cluster_name, "", check_cluster_name}, GUC_IS_NAME},
	{"restart_after_crash", PGC_SIGHUP, SettingGroup::ErrorHandling,
	 "Starts the server again after a process crashed.", BoolSetting{&restart_after_crash, true}},
};

} /* namespace */

const SettingSpan kPostmasterSettings(kSettings);

int
MaxStartingWorkers(bool clients_are_coming)
{
	if (max_starting_workers > 0)
		return max_starting_workers;
	if (max_starting_workers == 0)
		return kMaxBackends;

	/* Asking reads a file: not on every pass of the loop. */
	static const int cpus = static_cast<int>(std::max(sysconf(_SC_NPROCESSORS_ONLN), 1L));

	return std::max(clients_are_coming ? cpus - 1 : cpus, 1);
}

unsigned
PgFileMode()
{
	return (data_directory_mode & 0050) != 0 ? 0640 : 0600;
}

} /* namespace pg */
