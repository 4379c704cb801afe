/*
 * utils/misc/guc_start.cpp
 *		The settings machine's entry points: start, SET, RESET ALL, command-line options.
 *
 * Any process; see guc_internals.h for the contracts.
 */
#include <cstdlib>

#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/guc.h"
#include "utils/misc/guc_state.h"

namespace pg
{

using namespace guc;

namespace
{

/* Environment variables that stand for settings. */
constexpr struct
{
	const char *variable, *setting;
} kEnvironment[] = {
	{"PGPORT", "port"},
	{"PGDATESTYLE", "DateStyle"},
	{"PGCLIENTENCODING", "client_encoding"},
};

/* The lowest context in which a session's source may set what it likes. */
GucAction
action_for(bool is_local)
{
	return is_local ? GUC_ACTION_LOCAL : GUC_ACTION_SET;
}

} /* namespace */

void
InitializeSettings(std::span<const SettingSpan> spans)
{
	for (const SettingSpan &span : spans)
	{
		for (const SettingDef &def : span)
		{
			if (FindSetting(def.name) != nullptr)
			{
				if (def.group == SettingGroup::WithoutEffect)
					continue;
				Raise(Report(FATAL).msg("attempt to redefine parameter \"%s\"", def.name));
			}
			AddSetting(std::make_unique<Setting>(def));
		}
	}
	for (const auto &known : kEnvironment)
	{
		const char *value = getenv(known.variable);

		if (value != nullptr && FindSetting(known.setting) != nullptr)
			SetSetting(known.setting, value, PGC_POSTMASTER, PGC_S_ENV_VAR);
	}
}

void
SetSetting(std::string_view name, const char *value, GucContext context, GucSource source,
		   bool is_local)
{
	ApplyChange({.name = name,
				 .value = value,
				 .context = context,
				 .source = source,
				 .action = action_for(is_local)});
}

void
ResetAllSettings()
{
	for (const auto &[name, setting] : AllSettings())
	{
		const SettingDef &def = setting->def;

		if ((def.context != PGC_SUSET && def.context != PGC_USERSET) ||
			(def.flags & GUC_NO_RESET_ALL) != 0 || setting->source <= PGC_S_OVERRIDE)
			continue;
		PushOldValue(*setting, GUC_ACTION_SET);
		Assign(*setting, setting->reset);
		setting->source = setting->reset_source;
		setting->set_context = setting->reset_context;
		NoteForReport(*setting);
	}
}

bool
ParseLongOption(std::string_view option, std::string &name, std::optional<std::string> &value)
{
	const size_t equals = option.find('=');

	name = option.substr(0, equals);
	for (char &c : name)
	{
		if (c == '-')
			c = '_';
	}
	if (equals == std::string_view::npos)
		value.reset();
	else
		value = option.substr(equals + 1);
	return !name.empty() && value.has_value();
}

} /* namespace pg */

using namespace pg;

void
SetConfigOption(const char *name, const char *value, GucContext context, GucSource source)
{
	FromC([&] { SetSetting(name, value, context, source); });
}

int
set_config_option(const char *name, const char *value, GucContext context, GucSource source,
				  GucAction action, bool changeVal, int elevel, bool is_reload)
{
	return FromC(
		[&]
		{
			return ApplyChange({.name = name,
								.value = value,
								.context = context,
								.source = source,
								.action = action,
								.apply = changeVal,
								.elevel = elevel,
								.is_reload = is_reload});
		});
}
