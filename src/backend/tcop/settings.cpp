/*
 * tcop/settings.cpp
 *		The settings of sessions.
 *
 * A table; read in every process that has a session.
 */
#include "tcop/settings.h"

#include <climits>

#include "tcop/session.h"
#include "tcop/tcopprot.h"
#include "utils/guc.h"

/* Modules read these two (tcopprot.h, guc.h). */
int log_statement;
int log_min_duration_statement; /* ms, -1: off */

namespace pg
{

bool log_duration_setting;
bool log_connections_setting;
bool log_disconnections_setting;
bool log_hostname_setting;
int authentication_timeout_setting;

namespace
{

constexpr config_enum_entry kLogStatementOptions[] = {
	{"none", LOGSTMT_NONE, false}, {"ddl", LOGSTMT_DDL, false}, {"mod", LOGSTMT_MOD, false},
	{"all", LOGSTMT_ALL, false},   {nullptr, 0, false},
};

const SettingDef kSettings[] = {
	{
		.name = "authentication_timeout",
		.context = PGC_SIGHUP,
		.group = SettingGroup::ConnectionAuthentication,
		.short_desc = "Sets the maximum allowed time to complete client authentication.",
		.value = IntSetting{&authentication_timeout_setting, 60, 1, 600},
		.flags = GUC_UNIT_S,
	},
	{
		.name = "log_connections",
		.context = PGC_SU_BACKEND,
		.group = SettingGroup::LoggingWhat,
		.short_desc = "Logs each successful connection.",
		.value = BoolSetting{&log_connections_setting, false},
	},
	{
		.name = "log_disconnections",
		.context = PGC_SU_BACKEND,
		.group = SettingGroup::LoggingWhat,
		.short_desc = "Logs end of a session, including duration.",
		.value = BoolSetting{&log_disconnections_setting, false},
	},
	{
		.name = "log_hostname",
		.context = PGC_SIGHUP,
		.group = SettingGroup::LoggingWhat,
		.short_desc = "Logs the host name in the connection logs.",
		.value = BoolSetting{&log_hostname_setting, false},
	},
	{
		.name = "log_statement",
		.context = PGC_SUSET,
		.group = SettingGroup::LoggingWhat,
		.short_desc = "Sets the type of statements logged.",
		.value = EnumSetting{&log_statement, LOGSTMT_NONE, kLogStatementOptions},
	},
	{
		.name = "log_duration",
		.context = PGC_SUSET,
		.group = SettingGroup::LoggingWhat,
		.short_desc = "Logs the duration of each completed SQL statement.",
		.value = BoolSetting{&log_duration_setting, false},
	},
	{
		.name = "log_min_duration_statement",
		.context = PGC_SUSET,
		.group = SettingGroup::LoggingWhen,
		.short_desc = "Sets the minimum execution time above which all statements will be logged.",
		.value = IntSetting{&log_min_duration_statement, -1, -1, INT_MAX},
		.flags = GUC_UNIT_MS,
		.long_desc = "Zero prints all queries. -1 turns this feature off.",
	},
};

} /* namespace */

const SettingSpan kSessionSettings = kSettings;

} /* namespace pg */
