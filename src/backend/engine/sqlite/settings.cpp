/*
 * settings.cpp
 *		The engine's settings: durability and checkpoints.
 */
#include "settings.h"

#include <iterator>

#include "access/xact.h"
#include "engine/engine.h"
#include "miscadmin.h"

bool enableFsync = true;
int synchronous_commit = SYNCHRONOUS_COMMIT_ON;

namespace pg
{

namespace sqlite
{

int max_wal_size_mb;
int checkpoint_timeout_s;
int wal_writer_delay_ms;
bool log_checkpoints;

namespace
{

/* There is no standby to wait for, so all the levels above "off" mean the local disk. */
constexpr config_enum_entry kSynchronousCommitOptions[] = {
	{"local", SYNCHRONOUS_COMMIT_LOCAL_FLUSH, false},
	{"remote_write", SYNCHRONOUS_COMMIT_REMOTE_WRITE, false},
	{"remote_apply", SYNCHRONOUS_COMMIT_REMOTE_APPLY, false},
	{"on", SYNCHRONOUS_COMMIT_ON, false},
	{"off", SYNCHRONOUS_COMMIT_OFF, false},
	{"true", SYNCHRONOUS_COMMIT_ON, true},
	{"false", SYNCHRONOUS_COMMIT_OFF, true},
	{"yes", SYNCHRONOUS_COMMIT_ON, true},
	{"no", SYNCHRONOUS_COMMIT_OFF, true},
	{"1", SYNCHRONOUS_COMMIT_ON, true},
	{"0", SYNCHRONOUS_COMMIT_OFF, true},
	{nullptr, 0, false},
};

const SettingDef kSettings[] = {
	{"fsync", PGC_SIGHUP, SettingGroup::WalSettings,
	 "Forces what was committed to the disk before success is reported.",
	 BoolSetting{.variable = &enableFsync, .boot = true}, 0,
	 "Without it a crash of the operating system or a power failure can destroy databases."},
	{"synchronous_commit", PGC_USERSET, SettingGroup::WalSettings,
	 "Says whether a commit waits until it is on disk.",
	 EnumSetting{.variable = &synchronous_commit,
				 .boot = SYNCHRONOUS_COMMIT_ON,
				 .options = kSynchronousCommitOptions}},
	{"wal_writer_delay", PGC_SIGHUP, SettingGroup::WalSettings,
	 "Time between two syncs of what was committed with synchronous_commit off.",
	 IntSetting{.variable = &wal_writer_delay_ms, .boot = 200, .min = 1, .max = 10000},
	 GUC_UNIT_MS},
	{"checkpoint_timeout", PGC_SIGHUP, SettingGroup::WalCheckpoints,
	 "Longest time between two automatic checkpoints.",
	 IntSetting{.variable = &checkpoint_timeout_s, .boot = 300, .min = 30, .max = 86400},
	 GUC_UNIT_S},
	{"max_wal_size", PGC_SIGHUP, SettingGroup::WalCheckpoints,
	 "Size of a database's write-ahead log that starts a checkpoint.",
	 IntSetting{.variable = &max_wal_size_mb, .boot = 64, .min = 2, .max = 65536}, GUC_UNIT_MB},
	{"log_checkpoints", PGC_SIGHUP, SettingGroup::LoggingWhat, "Logs each checkpoint.",
	 BoolSetting{.variable = &log_checkpoints, .boot = true}},
};

} /* namespace */
} /* namespace sqlite */

const SettingSpan kEngineSettings(sqlite::kSettings);

} /* namespace pg */
