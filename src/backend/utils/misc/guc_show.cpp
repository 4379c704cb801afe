/*
 * utils/misc/guc_show.cpp
 *		Reading settings: SHOW, pg_settings, what the client is told, and the plain C functions.
 *
 * Any process.
 */
#include <cstdio>
#include <cstring>

#include "miscadmin.h"
#include "utils/error/wall.h"
#include "utils/guc.h"
#include "utils/misc/guc_state.h"
#include "utils/mmgr/memory.h"
#include "utils/timestamp.h"

namespace pg
{
namespace guc
{

const char *
GroupName(SettingGroup group)
{
	switch (group)
	{
		case SettingGroup::FileLocations: return "File Locations";
		case SettingGroup::ConnectionSettings:
			return "Connections and Authentication / Connection Settings";
		case SettingGroup::ConnectionAuthentication:
			return "Connections and Authentication / Authentication";
		case SettingGroup::ResourceMemory: return "Resource Usage / Memory";
		case SettingGroup::ResourceDisk: return "Resource Usage / Disk";
		case SettingGroup::ResourceKernel: return "Resource Usage / Kernel Resources";
		case SettingGroup::ResourceAsynchronous: return "Resource Usage / Asynchronous Behavior";
		case SettingGroup::WalSettings: return "Write-Ahead Log / Settings";
		case SettingGroup::WalCheckpoints: return "Write-Ahead Log / Checkpoints";
		case SettingGroup::Replication: return "Replication / Standby Servers";
		case SettingGroup::LoggingWhere: return "Reporting and Logging / Where to Log";
		case SettingGroup::LoggingWhen: return "Reporting and Logging / When to Log";
		case SettingGroup::LoggingWhat: return "Reporting and Logging / What to Log";
		case SettingGroup::ProcessTitle: return "Reporting and Logging / Process Title";
		case SettingGroup::StatsMonitoring: return "Statistics / Monitoring";
		case SettingGroup::StatsCumulative:
			return "Statistics / Cumulative Query and Index Statistics";
		case SettingGroup::BackgroundWorkers: return "Background Workers";
		case SettingGroup::ClientStatement:
			return "Client Connection Defaults / Statement Behavior";
		case SettingGroup::ClientLocale:
			return "Client Connection Defaults / Locale and Formatting";
		case SettingGroup::ClientPreload:
			return "Client Connection Defaults / Shared Library Preloading";
		case SettingGroup::ClientOther: return "Client Connection Defaults / Other Defaults";
		case SettingGroup::LockManagement: return "Lock Management";
		case SettingGroup::CompatPrevious:
			return "Version and Platform Compatibility / Previous PostgreSQL Versions";
		case SettingGroup::ErrorHandling: return "Error Handling";
		case SettingGroup::PresetOptions: return "Preset Options";
		case SettingGroup::CustomOptions: return "Customized Options";
		case SettingGroup::DeveloperOptions: return "Developer Options";
		case SettingGroup::WithoutEffect: return "Without Effect";
	}
	return "";
}

namespace
{

constexpr const char *kContextNames[] = {"internal", "postmaster", "sighup", "superuser-backend",
										 "backend",	 "superuser",  "user"};
constexpr const char *kSourceNames[] = {"default",
										"default",
										"environment variable",
										"configuration file",
										"command line",
										"global",
										"database",
										"user",
										"database user",
										"client",
										"override",
										"interactive",
										"test",
										"session"};

std::optional<std::string>
text_or_null(const SettingDef &def, const Held &held)
{
	const Text *text = std::get_if<Text>(&held.value);

	if (text != nullptr && *text == nullptr)
		return std::nullopt;
	return ValueText(def, held);
}

std::string
number_text(double value)
{
	char text[64];

	snprintf(text, sizeof(text), "%g", value);
	return text;
}

Held
plain_boot_value(const SettingDef &def)
{
	return std::visit(
		[](const auto &kind) -> Held
		{
			using Kind = std::remove_cvref_t<decltype(kind)>;

			if constexpr (std::is_same_v<Kind, StringSetting>)
				return {Text(kind.boot != nullptr ? strdup(kind.boot) : nullptr, free), nullptr};
			else
				return {kind.boot, nullptr};
		},
		def.value);
}

/* The columns that depend on the type. */
void
fill_type(SettingRow &row, const SettingDef &def)
{
	if (std::holds_alternative<BoolSetting>(def.value))
		row.vartype = "bool";
	else if (const auto *number = std::get_if<IntSetting>(&def.value))
	{
		row.vartype = "integer";
		row.min_val = std::to_string(number->min);
		row.max_val = std::to_string(number->max);
	}
	else if (const auto *real = std::get_if<RealSetting>(&def.value))
	{
		row.vartype = "real";
		row.min_val = number_text(real->min);
		row.max_val = number_text(real->max);
	}
	else if (std::holds_alternative<StringSetting>(def.value))
		row.vartype = "string";
	else
	{
		row.vartype = "enum";
		row.enumvals.emplace();
		for (const config_enum_entry *entry = std::get<EnumSetting>(def.value).options;
			 entry->name != nullptr; entry++)
		{
			if (!entry->hidden)
				row.enumvals->push_back(entry->name);
		}
	}
}

SettingRow
row_of(const Setting &setting)
{
	const SettingDef &def = setting.def;
	const char *unit = UnitName(def.flags);
	SettingRow row;

	row.name = def.name;
	row.setting = ShowText(setting, false);
	if (unit != nullptr)
		row.unit = unit;
	row.category = GroupName(def.group);
	row.short_desc = def.short_desc != nullptr ? def.short_desc : "";
	if (def.long_desc != nullptr)
		row.extra_desc = def.long_desc;
	row.context = kContextNames[def.context];
	fill_type(row, def);
	row.source = kSourceNames[setting.source];
	row.boot_val = text_or_null(def, plain_boot_value(def));
	row.reset_val = text_or_null(def, setting.reset);
	if (setting.source == PGC_S_FILE && !setting.source_file.empty())
	{
		row.sourcefile = setting.source_file;
		row.sourceline = setting.source_line;
	}
	row.pending_restart = setting.pending_restart;
	return row;
}

Setting *
find_or_raise(std::string_view name, bool missing_ok)
{
	Setting *setting = FindSetting(name);

	if (setting == nullptr && !missing_ok)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_OBJECT)
				  .msg("unrecognized configuration parameter \"%.*s\"",
					   static_cast<int>(name.size()), name.data()));
	return setting;
}

/* Text in static memory until the next call. */
const char *
kept(std::string text)
{
	static auto &memory = *new std::string;

	memory = std::move(text);
	return memory.c_str();
}

/* A setting's text, in the variable's own memory where it is one. */
const char *
stable_text(const SettingDef &def, const Held &held)
{
	const Text *text = std::get_if<Text>(&held.value);

	if (text != nullptr)
		return *text != nullptr ? text->get() : "";
	return kept(ValueText(def, held));
}

} /* namespace */

} /* namespace guc */

using namespace guc;

std::optional<std::string>
ShowSetting(std::string_view name, bool missing_ok)
{
	const Setting *setting = find_or_raise(name, missing_ok);

	if (setting == nullptr)
		return std::nullopt;
	return ShowText(*setting, true);
}

std::vector<SettingRow>
SettingRows()
{
	std::vector<SettingRow> rows;

	for (const auto &[name, setting] : AllSettings())
	{
		if ((setting->def.flags & GUC_NO_SHOW_ALL) == 0)
			rows.push_back(row_of(*setting));
	}
	return rows;
}

std::vector<ReportedSetting>
TakeReportedSettings(bool all)
{
	std::vector<ReportedSetting> result;

	client_was_told = true;
	for (ReportedState &state : ReportedSettings())
	{
		if (!all && !state.due)
			continue;

		std::string value = ShowText(*state.setting, true);

		state.due = false;
		if (!all && value == state.told)
			continue;
		state.told = value;
		result.push_back({state.setting->def.name, std::move(value)});
	}
	return result;
}

int64
ConfigLoadTime()
{
	return PgReloadTime;
}

} /* namespace pg */

using namespace pg;

const char *
GetConfigOption(const char *name, bool missing_ok, bool)
{
	return FromC(
		[&]() -> const char *
		{
			const Setting *setting = find_or_raise(name, missing_ok);

			return setting != nullptr ? stable_text(setting->def, setting->current) : nullptr;
		});
}

const char *
GetConfigOptionResetString(const char *name)
{
	return FromC(
		[&]
		{
			const Setting *setting = find_or_raise(name, false);

			return stable_text(setting->def, setting->reset);
		});
}

int
GetConfigOptionFlags(const char *name, bool missing_ok)
{
	return FromC(
		[&]
		{
			const Setting *setting = find_or_raise(name, missing_ok);

			return setting != nullptr ? setting->def.flags : 0;
		});
}

char *
GetConfigOptionByName(const char *name, const char **varname, bool missing_ok)
{
	return FromC(
		[&]() -> char *
		{
			const Setting *setting = find_or_raise(name, missing_ok);

			if (varname != nullptr)
				*varname = setting != nullptr ? setting->def.name : nullptr;
			if (setting == nullptr)
				return nullptr;
			return CopyText(CurrentMemoryContext, ShowText(*setting, true));
		});
}
