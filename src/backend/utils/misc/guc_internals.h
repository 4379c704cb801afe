/*
 * utils/misc/guc_internals.h
 *		The settings machine, for the server itself; modules use utils/guc.h.
 *
 * Sources are layered: boot value, files, command line, startup packet, SET.  Transactions undo SET
 * on abort and SET LOCAL at their end.  The postmaster reads the files, at start and at SIGHUP, and hands on
 * what they say; a bad file changes nothing.
 */
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/setting_def.h"
#include "storage/ipc/shmem_internals.h"

namespace pg
{

/* Takes over the registry (once, at program start) and sets every variable to its boot value. */
void InitializeSettings(std::span<const SettingSpan> spans);

/*
 * "name=value" of -c and --name=value, with dashes in the name read as underscores.  False when the
 * name or the value is missing; then value tells which.
 */
bool ParseLongOption(std::string_view option, std::string &name, std::optional<std::string> &value);

/* Settings of utils/misc itself. */
extern const SettingSpan kMiscSettings;

/* What a reload hands to the other processes. */
extern const std::span<const ShmemArea> kSettingsAreas;

/* Reads postgresql.conf and postgresql.auto.conf of data_dir. At start a bad file is FATAL F0000. */
void LoadConfigFiles(const char *config_file);

/* Names, in the log, what the files and the command line change and nothing obeys. The postmaster, after start and reload. */
void LogSettingsWithoutEffect();

/*
 * SIGHUP: rereads, or takes over what the postmaster has read; says what is bad (file and line) and then
 * applies nothing of it; true when applied.
 */
bool ReloadConfigFiles();

/*
 * The one way to change a setting. Raises 42704, 22023, 42501, 55P02 with PostgreSQL's messages.
 * value null resets. is_local: until the transaction ends.
 */
void SetSetting(std::string_view name, const char *value, GucContext context, GucSource source,
				bool is_local = false);
void ResetAllSettings();
/* Text as SHOW prints it, with unit. Raises 42704 unless missing_ok. */
std::optional<std::string> ShowSetting(std::string_view name, bool missing_ok = false);

/* Transaction ends; is_commit keeps SET. level as returned by SettingsNestLevel. */
int NewSettingsNestLevel();
void AtEndOfTransactionSettings(bool is_commit, int level);

/* ALTER SYSTEM SET name = value | RESET name (null) | RESET ALL (empty name): rewrites postgresql.auto.conf atomically. */
void AlterSystem(std::string_view name, const char *value);

/* Changes of GUC_REPORT settings since the last call, for ParameterStatus messages. */
struct ReportedSetting
{
	std::string name, value;
};
std::vector<ReportedSetting> TakeReportedSettings(bool all);

/* One row of pg_settings (columns as in PostgreSQL 15). */
struct SettingRow
{
	std::string name;
	std::optional<std::string> setting, unit;
	std::string category, short_desc;
	std::optional<std::string> extra_desc;
	std::string context, vartype, source;
	std::optional<std::string> min_val, max_val;
	std::optional<std::vector<std::string>> enumvals;
	std::optional<std::string> boot_val, reset_val, sourcefile;
	std::optional<int> sourceline;
	bool pending_restart;
};
std::vector<SettingRow> SettingRows();

/* One row of pg_file_settings: reads the files anew, applies nothing. */
struct FileSettingRow
{
	std::string sourcefile;
	int sourceline;
	int seqno;
	std::optional<std::string> name, setting;
	bool applied;
	std::optional<std::string> error;
};
std::vector<FileSettingRow> FileSettingRows();

/* Time the configuration was last loaded, TimestampTz. */
int64 ConfigLoadTime();

} /* namespace pg */
