/*
 * utils/misc/settings.cpp
 *		The settings that no other folder owns: presets, locale and format, preloading, memory.
 *
 * Plain tables and small hooks; see common/setting_def.h.
 */
#include "utils/misc/settings.h"

#include <climits>
#include <cstring>

#include "access/xlog.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "tcop/tcopprot.h"
#include "utils/error/report.h"
#include "utils/guc.h"
#include "utils/misc/guc_internals.h"

int work_mem = 4096;
int maintenance_work_mem = 65536;
int extra_float_digits = 1;
int bytea_output = pg::BYTEA_OUTPUT_HEX;
bool escape_string_warning = true;
char *application_name = nullptr;
char *session_preload_libraries_string = nullptr;
char *shared_preload_libraries_string = nullptr;
char *local_preload_libraries_string = nullptr;
char *Dynamic_library_path = nullptr;

namespace pg
{

namespace
{

/* Variables that only SHOW reads. */
bool standard_conforming_strings = true;
bool integer_datetimes = true;
bool in_hot_standby = false;
bool assert_enabled = false;
int block_size = BLCKSZ;
int max_function_args = FUNC_MAX_ARGS;
int max_identifier_length = NAMEDATALEN - 1;
int max_index_keys = INDEX_MAX_KEYS;
int server_version_number = PG_VERSION_NUM;
char *client_encoding_string = nullptr;
char *date_style_string = nullptr;
char *time_zone_string = nullptr;
char *server_version_string = nullptr;
char *server_encoding_string = nullptr;
char *locale_collate = nullptr;
char *locale_ctype = nullptr;
char *locale_messages = nullptr;
char *locale_monetary = nullptr;
char *locale_numeric = nullptr;
char *locale_time = nullptr;

#ifdef USE_ASSERT_CHECKING
constexpr bool kAssertions = true;
#else
constexpr bool kAssertions = false;
#endif

constexpr config_enum_entry kByteaOutputs[] = {
	{"escape", BYTEA_OUTPUT_ESCAPE, false},
	{"hex", BYTEA_OUTPUT_HEX, false},
	{nullptr, 0, false},
};

constexpr config_enum_entry kIntervalStyles[] = {
	{"postgres", INTSTYLE_POSTGRES, false},
	{"postgres_verbose", INTSTYLE_POSTGRES_VERBOSE, false},
	{"sql_standard", INTSTYLE_SQL_STANDARD, false},
	{"iso_8601", INTSTYLE_ISO_8601, false},
	{nullptr, 0, false},
};

bool
check_application_name(char **newval, void **, GucSource)
{
	for (char *at = *newval; *at != '\0'; at++)
	{
		if (*at < 32 || *at > 126)
			*at = '?';
	}
	return true;
}

void
assign_application_name(const char *newval, void *)
{
	log_identity.application_name = newval;
	pgstat_report_appname(newval);
}

bool
check_standard_strings(bool *newval, void **, GucSource)
{
	if (*newval)
		return true;
	GUC_check_errcode(ERRCODE_FEATURE_NOT_SUPPORTED);
	GUC_check_errmsg("standard_conforming_strings = off is not supported");
	return false;
}

const char *
show_in_hot_standby()
{
	return RecoveryInProgress() ? "on" : "off";
}

constexpr int kPreset = GUC_NOT_IN_SAMPLE | GUC_DISALLOW_IN_FILE;

constexpr SettingDef kSettings[] = {
	{.name = "work_mem",
	 .context = PGC_USERSET,
	 .group = SettingGroup::ResourceMemory,
	 .short_desc = "Sets the maximum memory to be used for query workspaces.",
	 .value = IntSetting{.variable = &work_mem, .boot = 4096, .min = 64, .max = MAX_KILOBYTES},
	 .flags = GUC_UNIT_KB,
	 .long_desc =
		 "This much memory can be used by each internal sort operation and hash table before "
		 "switching to temporary disk files."},
	{.name = "maintenance_work_mem",
	 .context = PGC_USERSET,
	 .group = SettingGroup::ResourceMemory,
	 .short_desc = "Sets the maximum memory to be used for maintenance operations.",
	 .value = IntSetting{.variable = &maintenance_work_mem,
						 .boot = 65536,
						 .min = 1024,
						 .max = MAX_KILOBYTES},
	 .flags = GUC_UNIT_KB},
	{.name = "max_stack_depth",
	 .context = PGC_SUSET,
	 .group = SettingGroup::ResourceMemory,
	 .short_desc = "Sets the maximum stack depth, in kilobytes.",
	 .value = IntSetting{.variable = &max_stack_depth,
						 .boot = 2048,
						 .min = 100,
						 .max = MAX_KILOBYTES,
						 .check = CheckMaxStackDepth},
	 .flags = GUC_UNIT_KB},
	{.name = "application_name",
	 .context = PGC_USERSET,
	 .group = SettingGroup::LoggingWhat,
	 .short_desc = "Sets the application name to be reported in statistics and logs.",
	 .value = StringSetting{.variable = &application_name,
							.boot = "",
							.check = check_application_name,
							.assign = assign_application_name},
	 .flags = GUC_IS_NAME | GUC_REPORT | GUC_NOT_IN_SAMPLE},
	{.name = "bytea_output",
	 .context = PGC_USERSET,
	 .group = SettingGroup::ClientStatement,
	 .short_desc = "Sets the output format for bytea.",
	 .value = EnumSetting{.variable = &bytea_output,
						  .boot = BYTEA_OUTPUT_HEX,
						  .options = kByteaOutputs}},
	{.name = "DateStyle",
	 .context = PGC_USERSET,
	 .group = SettingGroup::ClientLocale,
	 .short_desc = "Sets the display format for date and time values.",
	 .value = StringSetting{.variable = &date_style_string,
							.boot = "ISO, MDY",
							.check = CheckDateStyle,
							.assign = AssignDateStyle},
	 .flags = GUC_LIST_INPUT | GUC_REPORT,
	 .long_desc = "Also controls interpretation of ambiguous date inputs."},
	{.name = "IntervalStyle",
	 .context = PGC_USERSET,
	 .group = SettingGroup::ClientLocale,
	 .short_desc = "Sets the display format for interval values.",
	 .value = EnumSetting{.variable = &IntervalStyle,
						  .boot = INTSTYLE_POSTGRES,
						  .options = kIntervalStyles},
	 .flags = GUC_REPORT},
	{.name = "TimeZone",
	 .context = PGC_USERSET,
	 .group = SettingGroup::ClientLocale,
	 .short_desc = "Sets the time zone for displaying and interpreting time stamps.",
	 .value = StringSetting{.variable = &time_zone_string,
							.boot = "GMT",
							.check = CheckTimeZone,
							.assign = AssignTimeZone,
							.show = ShowTimeZone},
	 .flags = GUC_REPORT},
	{.name = "extra_float_digits",
	 .context = PGC_USERSET,
	 .group = SettingGroup::ClientLocale,
	 .short_desc = "Sets the number of digits displayed for floating-point values.",
	 .value = IntSetting{.variable = &extra_float_digits, .boot = 1, .min = -15, .max = 3},
	 .long_desc = "Above 0, the shortest text that gives the same value again is shown."},
	{.name = "client_encoding",
	 .context = PGC_USERSET,
	 .group = SettingGroup::ClientLocale,
	 .short_desc = "Sets the client's character set encoding.",
	 .value = StringSetting{.variable = &client_encoding_string,
							.boot = "UTF8",
							.check = CheckClientEncoding},
	 .flags = GUC_IS_NAME | GUC_REPORT},
	{.name = "lc_messages",
	 .context = PGC_SUSET,
	 .group = SettingGroup::ClientLocale,
	 .short_desc = "Sets the language in which messages are displayed.",
	 .value = StringSetting{.variable = &locale_messages, .boot = "C", .check = CheckLocale},
	 .long_desc = "Messages are not translated: the setting is accepted and has no effect."},
	{.name = "lc_monetary",
	 .context = PGC_USERSET,
	 .group = SettingGroup::ClientLocale,
	 .short_desc = "Sets the locale for formatting monetary amounts.",
	 .value = StringSetting{.variable = &locale_monetary, .boot = "C", .check = CheckLocale}},
	{.name = "lc_numeric",
	 .context = PGC_USERSET,
	 .group = SettingGroup::ClientLocale,
	 .short_desc = "Sets the locale for formatting numbers.",
	 .value = StringSetting{.variable = &locale_numeric, .boot = "C", .check = CheckLocale}},
	{.name = "lc_time",
	 .context = PGC_USERSET,
	 .group = SettingGroup::ClientLocale,
	 .short_desc = "Sets the locale for formatting date and time values.",
	 .value = StringSetting{.variable = &locale_time, .boot = "C", .check = CheckLocale}},
	{.name = "local_preload_libraries",
	 .context = PGC_USERSET,
	 .group = SettingGroup::ClientPreload,
	 .short_desc = "Lists unprivileged shared libraries to preload into each backend.",
	 .value = StringSetting{.variable = &local_preload_libraries_string, .boot = ""},
	 .flags = GUC_LIST_INPUT | GUC_LIST_QUOTE},
	{.name = "session_preload_libraries",
	 .context = PGC_SUSET,
	 .group = SettingGroup::ClientPreload,
	 .short_desc = "Lists shared libraries to preload into each backend.",
	 .value = StringSetting{.variable = &session_preload_libraries_string, .boot = ""},
	 .flags = GUC_LIST_INPUT | GUC_LIST_QUOTE | GUC_SUPERUSER_ONLY},
	{.name = "shared_preload_libraries",
	 .context = PGC_POSTMASTER,
	 .group = SettingGroup::ClientPreload,
	 .short_desc = "Lists shared libraries to preload into server.",
	 .value = StringSetting{.variable = &shared_preload_libraries_string, .boot = ""},
	 .flags = GUC_LIST_INPUT | GUC_LIST_QUOTE | GUC_SUPERUSER_ONLY},
	{.name = "dynamic_library_path",
	 .context = PGC_SUSET,
	 .group = SettingGroup::ClientOther,
	 .short_desc = "Sets the path for dynamically loadable modules.",
	 .value = StringSetting{.variable = &Dynamic_library_path, .boot = "$libdir"},
	 .flags = GUC_SUPERUSER_ONLY,
	 .long_desc = "If a dynamically loadable module needs to be opened and the specified name does "
				  "not have a directory component, the system will search this path."},
	{.name = "escape_string_warning",
	 .context = PGC_USERSET,
	 .group = SettingGroup::CompatPrevious,
	 .short_desc = "Warn about backslash escapes in ordinary string literals.",
	 .value = BoolSetting{.variable = &escape_string_warning, .boot = true}},
	{.name = "standard_conforming_strings",
	 .context = PGC_USERSET,
	 .group = SettingGroup::CompatPrevious,
	 .short_desc = "Causes '...' strings to treat backslashes literally.",
	 .value = BoolSetting{.variable = &standard_conforming_strings,
						  .boot = true,
						  .check = check_standard_strings},
	 .flags = GUC_REPORT},
	{.name = "exit_on_error",
	 .context = PGC_USERSET,
	 .group = SettingGroup::ErrorHandling,
	 .short_desc = "Terminate session on any error.",
	 .value = BoolSetting{.variable = &ExitOnAnyError, .boot = false}},
	{.name = "block_size",
	 .context = PGC_INTERNAL,
	 .group = SettingGroup::PresetOptions,
	 .short_desc = "Shows the size of a disk block.",
	 .value = IntSetting{.variable = &block_size, .boot = BLCKSZ, .min = BLCKSZ, .max = BLCKSZ},
	 .flags = kPreset},
	{.name = "debug_assertions",
	 .context = PGC_INTERNAL,
	 .group = SettingGroup::PresetOptions,
	 .short_desc = "Shows whether the running server has assertion checks enabled.",
	 .value = BoolSetting{.variable = &assert_enabled, .boot = kAssertions},
	 .flags = kPreset},
	{.name = "in_hot_standby",
	 .context = PGC_INTERNAL,
	 .group = SettingGroup::PresetOptions,
	 .short_desc = "Shows whether hot standby is currently active.",
	 .value = BoolSetting{.variable = &in_hot_standby, .boot = false, .show = show_in_hot_standby},
	 .flags = GUC_REPORT | kPreset},
	{.name = "integer_datetimes",
	 .context = PGC_INTERNAL,
	 .group = SettingGroup::PresetOptions,
	 .short_desc = "Shows whether datetimes are integer based.",
	 .value = BoolSetting{.variable = &integer_datetimes, .boot = true},
	 .flags = GUC_REPORT | kPreset},
	{.name = "lc_collate",
	 .context = PGC_INTERNAL,
	 .group = SettingGroup::PresetOptions,
	 .short_desc = "Shows the collation order locale.",
	 .value = StringSetting{.variable = &locale_collate, .boot = "C"},
	 .flags = kPreset},
	{.name = "lc_ctype",
	 .context = PGC_INTERNAL,
	 .group = SettingGroup::PresetOptions,
	 .short_desc = "Shows the character classification and case conversion locale.",
	 .value = StringSetting{.variable = &locale_ctype, .boot = "C"},
	 .flags = kPreset},
	{.name = "max_function_args",
	 .context = PGC_INTERNAL,
	 .group = SettingGroup::PresetOptions,
	 .short_desc = "Shows the maximum number of function arguments.",
	 .value = IntSetting{.variable = &max_function_args,
						 .boot = FUNC_MAX_ARGS,
						 .min = FUNC_MAX_ARGS,
						 .max = FUNC_MAX_ARGS},
	 .flags = kPreset},
	{.name = "max_identifier_length",
	 .context = PGC_INTERNAL,
	 .group = SettingGroup::PresetOptions,
	 .short_desc = "Shows the maximum identifier length.",
	 .value = IntSetting{.variable = &max_identifier_length,
						 .boot = NAMEDATALEN - 1,
						 .min = NAMEDATALEN - 1,
						 .max = NAMEDATALEN - 1},
	 .flags = kPreset},
	{.name = "max_index_keys",
	 .context = PGC_INTERNAL,
	 .group = SettingGroup::PresetOptions,
	 .short_desc = "Shows the maximum number of index keys.",
	 .value = IntSetting{.variable = &max_index_keys,
						 .boot = INDEX_MAX_KEYS,
						 .min = INDEX_MAX_KEYS,
						 .max = INDEX_MAX_KEYS},
	 .flags = kPreset},
	{.name = "server_encoding",
	 .context = PGC_INTERNAL,
	 .group = SettingGroup::PresetOptions,
	 .short_desc = "Shows the server (database) character set encoding.",
	 .value = StringSetting{.variable = &server_encoding_string, .boot = "UTF8"},
	 .flags = GUC_IS_NAME | GUC_REPORT | kPreset},
	{.name = "server_version",
	 .context = PGC_INTERNAL,
	 .group = SettingGroup::PresetOptions,
	 .short_desc = "Shows the server version.",
	 .value = StringSetting{.variable = &server_version_string, .boot = PG_VERSION_FULL},
	 .flags = GUC_REPORT | kPreset},
	{.name = "server_version_num",
	 .context = PGC_INTERNAL,
	 .group = SettingGroup::PresetOptions,
	 .short_desc = "Shows the server version as an integer.",
	 .value = IntSetting{.variable = &server_version_number,
						 .boot = PG_VERSION_NUM,
						 .min = PG_VERSION_NUM,
						 .max = PG_VERSION_NUM},
	 .flags = kPreset},
};

} /* namespace */

const SettingSpan kMiscSettings = kSettings;

} /* namespace pg */
