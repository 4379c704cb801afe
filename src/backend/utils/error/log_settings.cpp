/*
 * utils/error/log_settings.cpp
 *		The settings of reporting and logging.
 *
 * Plain tables and their hooks; see common/setting_def.h.
 */
#include <cstdlib>

#include "miscadmin.h"
#include "pgtime.h"
#include "tcop/tcopprot.h"
#include "utils/error/log_output.h"
#include "utils/error/syslogger.h"
#include "utils/error/wall.h"
#include "utils/time/zone.h"

int log_min_messages = WARNING;
int log_min_error_statement = ERROR;
int client_min_messages = NOTICE;
int Log_error_verbosity = PGERROR_DEFAULT;
char *Log_line_prefix = nullptr;
int Log_destination = LOG_DESTINATION_STDERR;
char *Log_destination_string = nullptr;

namespace pg
{

namespace
{

char *log_timezone_string = nullptr;

constexpr config_enum_entry kServerLevels[] = {
	{"debug5", DEBUG5, false}, {"debug4", DEBUG4, false}, {"debug3", DEBUG3, false},
	{"debug2", DEBUG2, false}, {"debug1", DEBUG1, false}, {"debug", DEBUG2, true},
	{"info", INFO, false},	   {"notice", NOTICE, false}, {"warning", WARNING, false},
	{"error", ERROR, false},   {"log", LOG, false},		  {"fatal", FATAL, false},
	{"panic", PANIC, false},   {nullptr, 0, false},
};

constexpr config_enum_entry kClientLevels[] = {
	{"debug5", DEBUG5, false},	 {"debug4", DEBUG4, false}, {"debug3", DEBUG3, false},
	{"debug2", DEBUG2, false},	 {"debug1", DEBUG1, false}, {"debug", DEBUG2, true},
	{"log", LOG, false},		 {"info", INFO, true},		{"notice", NOTICE, false},
	{"warning", WARNING, false}, {"error", ERROR, false},	{nullptr, 0, false},
};

constexpr config_enum_entry kVerbosities[] = {
	{"terse", PGERROR_TERSE, false},
	{"default", PGERROR_DEFAULT, false},
	{"verbose", PGERROR_VERBOSE, false},
	{nullptr, 0, false},
};

struct DestinationName
{
	const char *name;
	int bit;
};

constexpr DestinationName kDestinations[] = {
	{"stderr", LOG_DESTINATION_STDERR},
	{"csvlog", LOG_DESTINATION_CSVLOG},
	{"jsonlog", LOG_DESTINATION_JSONLOG},
};

std::string_view
trimmed(std::string_view text)
{
	while (!text.empty() && isspace(static_cast<unsigned char>(text.front())))
		text.remove_prefix(1);
	while (!text.empty() && isspace(static_cast<unsigned char>(text.back())))
		text.remove_suffix(1);
	if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
		text = text.substr(1, text.size() - 2);
	return text;
}

int
destination_bit(std::string_view name)
{
	for (const DestinationName &known : kDestinations)
	{
		if (name.size() == strlen(known.name) &&
			pg_strncasecmp(known.name, name.data(), name.size()) == 0)
			return known.bit;
	}
	return 0;
}

bool
check_log_destination(char **newval, void **extra, GucSource)
{
	std::string_view rest = *newval;
	int bits = 0;

	while (!trimmed(rest).empty() || rest.find(',') != std::string_view::npos)
	{
		const size_t comma = rest.find(',');
		const std::string name(trimmed(rest.substr(0, comma)));
		const int bit = destination_bit(name);

		if (bit == 0)
		{
			GUC_check_errdetail("Unrecognized key word: \"%s\".", name.c_str());
			return false;
		}
		bits |= bit;
		rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
	}

	auto *kept = static_cast<int *>(malloc(sizeof(int)));

	if (kept == nullptr)
		return false;
	*kept = bits;
	*extra = kept;
	return true;
}

void
assign_log_destination(const char *, void *extra)
{
	Log_destination = *static_cast<int *>(extra);
}

bool
check_log_timezone(char **newval, void **extra, GucSource)
{
	pg_tz *zone = pg_tzset(*newval);

	if (zone == nullptr)
		return false;

	auto **kept = static_cast<pg_tz **>(malloc(sizeof(pg_tz *)));

	if (kept == nullptr)
		return false;
	*kept = zone;
	*extra = kept;
	return true;
}

void
assign_log_timezone(const char *, void *extra)
{
	log_timezone = *static_cast<pg_tz **>(extra);
}

const char *
show_log_timezone()
{
	return log_timezone != nullptr ? pg_get_timezone_name(log_timezone) : "unknown";
}

constexpr SettingDef kSettings[] = {
	{.name = "log_destination",
	 .context = PGC_SIGHUP,
	 .group = SettingGroup::LoggingWhere,
	 .short_desc = "Sets the destination for server log output.",
	 .value = StringSetting{.variable = &Log_destination_string,
							.boot = "stderr",
							.check = check_log_destination,
							.assign = assign_log_destination},
	 .flags = GUC_LIST_INPUT,
	 .long_desc = "Valid values are combinations of \"stderr\", \"csvlog\" and \"jsonlog\"."},
	{.name = "logging_collector",
	 .context = PGC_POSTMASTER,
	 .group = SettingGroup::LoggingWhere,
	 .short_desc = "Start a subprocess to capture stderr output into log files.",
	 .value = BoolSetting{.variable = &Logging_collector, .boot = false}},
	{.name = "log_directory",
	 .context = PGC_SIGHUP,
	 .group = SettingGroup::LoggingWhere,
	 .short_desc = "Sets the destination directory for log files.",
	 .value = StringSetting{.variable = &Log_directory, .boot = "log"},
	 .flags = GUC_SUPERUSER_ONLY,
	 .long_desc = "Can be specified as relative to the data directory or as absolute path."},
	{.name = "log_filename",
	 .context = PGC_SIGHUP,
	 .group = SettingGroup::LoggingWhere,
	 .short_desc = "Sets the file name pattern for log files.",
	 .value = StringSetting{.variable = &Log_filename, .boot = "postgresql-%Y-%m-%d_%H%M%S.log"},
	 .flags = GUC_SUPERUSER_ONLY},
	{.name = "log_file_mode",
	 .context = PGC_SIGHUP,
	 .group = SettingGroup::LoggingWhere,
	 .short_desc = "Sets the file permissions for log files.",
	 .value = IntSetting{.variable = &Log_file_mode,
						 .boot = 0600,
						 .min = 0000,
						 .max = 0777,
						 .show = ShowLogFileMode},
	 .long_desc = "The value is a numeric mode as chmod takes it; an octal number starts with 0."},
	{.name = "log_rotation_age",
	 .context = PGC_SIGHUP,
	 .group = SettingGroup::LoggingWhere,
	 .short_desc = "Sets the amount of time to wait before forcing log file rotation.",
	 .value =
		 IntSetting{.variable = &Log_RotationAge, .boot = 24 * 60, .min = 0, .max = INT_MAX / 60},
	 .flags = GUC_UNIT_MIN},
	{.name = "log_rotation_size",
	 .context = PGC_SIGHUP,
	 .group = SettingGroup::LoggingWhere,
	 .short_desc = "Sets the maximum size a log file can reach before being rotated.",
	 .value = IntSetting{.variable = &Log_RotationSize,
						 .boot = 10 * 1024,
						 .min = 0,
						 .max = INT_MAX / 1024},
	 .flags = GUC_UNIT_KB},
	{.name = "log_truncate_on_rotation",
	 .context = PGC_SIGHUP,
	 .group = SettingGroup::LoggingWhere,
	 .short_desc = "Truncate existing log files of same name during log rotation.",
	 .value = BoolSetting{.variable = &Log_truncate_on_rotation, .boot = false}},
	{.name = "log_min_messages",
	 .context = PGC_SUSET,
	 .group = SettingGroup::LoggingWhen,
	 .short_desc = "Sets the message levels that are logged.",
	 .value = EnumSetting{.variable = &log_min_messages, .boot = WARNING, .options = kServerLevels},
	 .long_desc =
		 "Each level includes all the levels that follow it. The later the level, the fewer "
		 "messages are sent."},
	{.name = "log_min_error_statement",
	 .context = PGC_SUSET,
	 .group = SettingGroup::LoggingWhen,
	 .short_desc = "Causes all statements generating error at or above this level to be logged.",
	 .value = EnumSetting{.variable = &log_min_error_statement,
						  .boot = ERROR,
						  .options = kServerLevels}},
	{.name = "log_error_verbosity",
	 .context = PGC_SUSET,
	 .group = SettingGroup::LoggingWhat,
	 .short_desc = "Sets the verbosity of logged messages.",
	 .value = EnumSetting{.variable = &Log_error_verbosity,
						  .boot = PGERROR_DEFAULT,
						  .options = kVerbosities}},
	{.name = "log_line_prefix",
	 .context = PGC_SIGHUP,
	 .group = SettingGroup::LoggingWhat,
	 .short_desc = "Controls information prefixed to each log line.",
	 .value = StringSetting{.variable = &Log_line_prefix, .boot = "%m [%p] "},
	 .long_desc = "An empty string means no prefix."},
	{.name = "log_timezone",
	 .context = PGC_SIGHUP,
	 .group = SettingGroup::LoggingWhat,
	 .short_desc = "Sets the time zone to use in log messages.",
	 .value = StringSetting{.variable = &log_timezone_string,
							.boot = "GMT",
							.check = check_log_timezone,
							.assign = assign_log_timezone,
							.show = show_log_timezone}},
	{.name = "client_min_messages",
	 .context = PGC_USERSET,
	 .group = SettingGroup::ClientStatement,
	 .short_desc = "Sets the message levels that are sent to the client.",
	 .value =
		 EnumSetting{.variable = &client_min_messages, .boot = NOTICE, .options = kClientLevels},
	 .long_desc =
		 "Each level includes all the levels that follow it. The later the level, the fewer "
		 "messages are sent."},
};

} /* namespace */

const SettingSpan kErrorSettings = kSettings;

} /* namespace pg */
