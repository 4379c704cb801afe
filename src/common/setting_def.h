/*
 * common/setting_def.h
 *		One declared setting (GUC), as its subsystem writes it down.
 *
 * Every subsystem keeps a constexpr array of SettingDef next to its code and exports it as a
 * std::span; src/backend/main/settings.cpp joins the spans and hands them to utils/misc, which owns
 * the machinery.  Plain data: usable in any process, before anything is initialised.
 */
#pragma once

#include <span>
#include <variant>

#include "postgres.h"
#include "utils/guc.h"

namespace pg
{

/* The rows of pg_settings.category; the order is the order of postgresql.conf.sample. */
enum class SettingGroup : uint8_t
{
	FileLocations,
	ConnectionSettings,
	ConnectionAuthentication,
	ResourceMemory,
	ResourceDisk,
	ResourceKernel,
	ResourceAsynchronous,
	WalSettings,
	WalCheckpoints,
	Replication,
	LoggingWhere,
	LoggingWhen,
	LoggingWhat,
	ProcessTitle,
	StatsMonitoring,
	StatsCumulative,
	BackgroundWorkers,
	ClientStatement,
	ClientLocale,
	ClientPreload,
	ClientOther,
	LockManagement,
	CompatPrevious,
	ErrorHandling,
	PresetOptions,
	CustomOptions,
	DeveloperOptions,
	WithoutEffect,
};

/* `variable` outlives the process; `boot` is its value before any file is read. */
struct BoolSetting
{
	bool *variable;
	bool boot;
	GucBoolCheckHook check = nullptr;
	GucBoolAssignHook assign = nullptr;
	GucShowHook show = nullptr;
};

/* min and max are in the base unit that the GUC_UNIT_* flag of the SettingDef names. */
struct IntSetting
{
	int *variable;
	int boot;
	int min;
	int max;
	GucIntCheckHook check = nullptr;
	GucIntAssignHook assign = nullptr;
	GucShowHook show = nullptr;
};

struct RealSetting
{
	double *variable;
	double boot;
	double min;
	double max;
	GucRealCheckHook check = nullptr;
	GucRealAssignHook assign = nullptr;
	GucShowHook show = nullptr;
};

/* boot may be null: the variable then starts as a null pointer. */
struct StringSetting
{
	char **variable;
	const char *boot;
	GucStringCheckHook check = nullptr;
	GucStringAssignHook assign = nullptr;
	GucShowHook show = nullptr;
};

/* options ends with an entry whose name is null. */
struct EnumSetting
{
	int *variable;
	int boot;
	const config_enum_entry *options;
	GucEnumCheckHook check = nullptr;
	GucEnumAssignHook assign = nullptr;
	GucShowHook show = nullptr;
};

using SettingValue = std::variant<BoolSetting, IntSetting, RealSetting, StringSetting, EnumSetting>;

struct SettingDef
{
	const char *name;	/* lower case, words joined by underscores */
	GucContext context; /* when it may change */
	SettingGroup group;
	const char *short_desc; /* a sentence, for pg_settings.short_desc */
	SettingValue value;
	int flags = 0; /* GUC_* bits */
	const char *long_desc = nullptr;
};

/* What a subsystem exports. */
using SettingSpan = std::span<const SettingDef>;

} /* namespace pg */
