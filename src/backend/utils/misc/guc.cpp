/*
 * utils/misc/guc.cpp
 *		The registry of settings: names, placeholders, and what modules define.
 *
 * Any process.  The postmaster fills it; children inherit it and may add their modules' settings.
 */
#include "utils/guc.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <set>

#include "miscadmin.h"
#include "utils/error/wall.h"
#include "utils/misc/guc_state.h"

namespace pg
{
namespace guc
{

namespace
{

char
fold(char c)
{
	return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

std::set<std::string> &
reserved_prefixes()
{
	static auto &prefixes = *new std::set<std::string>;

	return prefixes;
}

/* Names that settings had in older releases. */
constexpr struct
{
	const char *former, *name;
} kRenamed[] = {
	{"sort_mem", "work_mem"},
	{"vacuum_mem", "maintenance_work_mem"},
};

bool
is_name_start(char c)
{
	return isalpha(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80) != 0;
}

bool
is_name_part(char c)
{
	return is_name_start(c) || isdigit(static_cast<unsigned char>(c)) || c == '$';
}

std::string_view
class_prefix(std::string_view name)
{
	return name.substr(0, name.find(GUC_QUALIFIER_SEPARATOR));
}

} /* namespace */

std::string
FoldName(std::string_view name)
{
	std::string folded(name);

	for (char &c : folded)
		c = fold(c);
	return folded;
}

bool
SameName(std::string_view a, std::string_view b)
{
	return std::equal(a.begin(), a.end(), b.begin(), b.end(),
					  [](char x, char y) { return fold(x) == fold(y); });
}

bool
FoldedLess::operator()(std::string_view a, std::string_view b) const
{
	const size_t common = Min(a.size(), b.size());

	for (size_t i = 0; i < common; i++)
	{
		const auto x = static_cast<unsigned char>(fold(a[i]));
		const auto y = static_cast<unsigned char>(fold(b[i]));

		if (x != y)
			return x < y;
	}
	return a.size() < b.size();
}

Registry &
AllSettings()
{
	static auto &settings = *new Registry;

	return settings;
}

std::vector<ReportedState> &
ReportedSettings()
{
	static auto &settings = *new std::vector<ReportedState>;

	return settings;
}

Setting *
FindSetting(std::string_view name)
{
	Registry &settings = AllSettings();
	auto found = settings.find(name);

	for (const auto &renamed : kRenamed)
	{
		if (found == settings.end() && SameName(name, renamed.former))
			found = settings.find(renamed.name);
	}
	return found != settings.end() ? found->second.get() : nullptr;
}

bool
ValidCustomName(std::string_view name)
{
	bool dotted = false;
	bool at_start = true;

	for (char c : name)
	{
		if (c == GUC_QUALIFIER_SEPARATOR && !at_start)
		{
			dotted = true;
			at_start = true;
		}
		else if (at_start ? is_name_start(c) : is_name_part(c))
			at_start = false;
		else
			return false;
	}
	return dotted && !at_start;
}

std::optional<Report>
NameComplaint(std::string_view name, int elevel)
{
	const std::string text(name);

	if (name.find(GUC_QUALIFIER_SEPARATOR) == std::string_view::npos)
		return Report(elevel, ERRCODE_UNDEFINED_OBJECT)
			.msg("unrecognized configuration parameter \"%s\"", text.c_str());
	if (!ValidCustomName(name))
		return Report(elevel, ERRCODE_INVALID_NAME)
			.msg("invalid configuration parameter name \"%s\"", text.c_str())
			.detail(
				"Custom parameter names must be two or more simple identifiers separated by dots.");

	const std::string prefix(class_prefix(name));

	if (reserved_prefixes().contains(FoldName(prefix)))
		return Report(elevel, ERRCODE_INVALID_NAME)
			.msg("invalid configuration parameter name \"%s\"", text.c_str())
			.detail("\"%s\" is a reserved prefix.", prefix.c_str());
	return std::nullopt;
}

Setting &
AddSetting(std::unique_ptr<Setting> setting)
{
	Setting &added = *setting;

	Assign(added, BootValue(added.def));
	added.reset = added.current;
	AllSettings()[added.def.name] = std::move(setting);
	if ((added.def.flags & GUC_REPORT) != 0)
	{
		auto &reported = ReportedSettings();
		const auto place =
			std::find_if(reported.begin(), reported.end(),
						 [&](const ReportedState &state)
						 { return FoldedLess{}(added.def.name, state.setting->def.name); });

		reported.insert(place, {&added, false, {}});
	}
	return added;
}

Setting &
AddPlaceholder(std::string_view name)
{
	auto setting = std::make_unique<Setting>(SettingDef{});

	setting->own_name = name;
	setting->own_variable = std::make_unique<char *>(nullptr);
	setting->def = {.name = setting->own_name.c_str(),
					.context = PGC_USERSET,
					.group = SettingGroup::CustomOptions,
					.short_desc = nullptr,
					.value =
						StringSetting{.variable = setting->own_variable.get(), .boot = nullptr},
					.flags = GUC_NO_SHOW_ALL | GUC_NOT_IN_SAMPLE | GUC_CUSTOM_PLACEHOLDER};
	return AddSetting(std::move(setting));
}

void
RemoveSetting(std::string_view name)
{
	Registry &settings = AllSettings();
	const auto found = settings.find(name);

	if (found == settings.end())
		return;
	std::erase(StackedSettings(), found->second.get());
	std::erase(SettingsOfFiles(), found->second.get());
	settings.erase(found);
}

bool client_was_told = false;

void
NoteForReport(Setting &setting)
{
	if ((setting.def.flags & GUC_REPORT) == 0 || !client_was_told)
		return;
	for (ReportedState &state : ReportedSettings())
		state.due = state.due || state.setting == &setting;
}

namespace
{

/* Gives a placeholder's text to the definition that replaces it; a bad one only warns. */
void
reapply(const char *name, const Held &held, GucContext context, GucSource source, GucAction action)
{
	const Text *text = std::get_if<Text>(&held.value);

	if (text == nullptr || *text == nullptr)
		return;
	ApplyChange({.name = name,
				 .value = text->get(),
				 .context = context,
				 .source = source,
				 .action = action,
				 .elevel = WARNING});
}

/* Repeats on the new setting what transactions in progress did to the placeholder. */
void
reapply_stack(const Setting &old)
{
	const char *name = old.def.name;
	const int level_now = nest_level;

	for (size_t i = 0; i < old.stack.size(); i++)
	{
		const StackEntry &entry = old.stack[i];
		const bool is_last = i + 1 == old.stack.size();
		const Held &value = is_last ? old.current : old.stack[i + 1].prior;
		const GucContext context = is_last ? old.set_context : old.stack[i + 1].context;
		const GucSource source = is_last ? old.source : old.stack[i + 1].source;

		nest_level = entry.level;
		switch (entry.state)
		{
			case StackEntry::State::Save:
				reapply(name, value, context, source, GUC_ACTION_SAVE);
				break;
			case StackEntry::State::Set:
				reapply(name, value, context, source, GUC_ACTION_SET);
				break;
			case StackEntry::State::Local:
				reapply(name, value, context, source, GUC_ACTION_LOCAL);
				break;
			case StackEntry::State::SetLocal:
				reapply(name, entry.masked, entry.masked_context, PGC_S_SESSION, GUC_ACTION_SET);
				reapply(name, value, context, source, GUC_ACTION_LOCAL);
				break;
		}
	}
	nest_level = level_now;
	if (old.stack.empty() && !SameValue(old.current, old.reset))
		reapply(name, old.current, old.set_context, old.source, GUC_ACTION_SET);
}

void
check_definition(const SettingDef &def)
{
	if (def.context == PGC_POSTMASTER && !process_shared_preload_libraries_in_progress)
		Raise(Report(FATAL).msg("cannot create PGC_POSTMASTER variables after startup"));
	if ((def.flags & GUC_LIST_QUOTE) != 0)
		Raise(Report(FATAL).msg("extensions cannot define GUC_LIST_QUOTE variables"));
	if (!ValidCustomName(def.name))
		Raise(Report(ERROR, ERRCODE_INVALID_NAME)
				  .msg("invalid configuration parameter name \"%s\"", def.name)
				  .detail("Custom parameter names must be two or more simple identifiers separated "
						  "by dots."));
}

void
define_custom(const SettingDef &def)
{
	check_definition(def);

	Setting *former = FindSetting(def.name);

	if (former != nullptr && !former->is_placeholder())
		Raise(Report(ERROR).msg("attempt to redefine parameter \"%s\"", def.name));

	std::unique_ptr<Setting> placeholder;

	if (former != nullptr)
	{
		auto node = AllSettings().extract(AllSettings().find(def.name));

		std::erase(StackedSettings(), former);
		std::erase(SettingsOfFiles(), former);
		placeholder = std::move(node.mapped());
	}
	Setting &setting = AddSetting(std::make_unique<Setting>(def));

	if (placeholder == nullptr)
		return;
	reapply(def.name, placeholder->reset, placeholder->reset_context, placeholder->reset_source,
			GUC_ACTION_SET);
	reapply_stack(*placeholder);
	setting.source_file = placeholder->source_file;
	setting.source_line = placeholder->source_line;
}

void
reserve_prefix(std::string_view prefix)
{
	std::vector<std::string> doomed;

	for (const auto &[name, setting] : AllSettings())
	{
		if (setting->is_placeholder() && SameName(class_prefix(name), prefix))
			doomed.push_back(name);
	}
	for (const std::string &name : doomed)
	{
		Report(WARNING, ERRCODE_INVALID_NAME)
			.msg("invalid configuration parameter name \"%s\", removing it", name.c_str())
			.detail("\"%.*s\" is now a reserved prefix.", static_cast<int>(prefix.size()),
					prefix.data())
			.emit();
		RemoveSetting(name);
	}
	reserved_prefixes().insert(FoldName(prefix));
}

} /* namespace */

} /* namespace guc */
} /* namespace pg */

using namespace pg;
using namespace pg::guc;

void
DefineCustomBoolVariable(const char *name, const char *short_desc, const char *long_desc,
						 bool *valueAddr, bool bootValue, GucContext context, int flags,
						 GucBoolCheckHook check_hook, GucBoolAssignHook assign_hook,
						 GucShowHook show_hook)
{
	FromC(
		[&]
		{
			define_custom({name, context, SettingGroup::CustomOptions, short_desc,
						   BoolSetting{valueAddr, bootValue, check_hook, assign_hook, show_hook},
						   flags, long_desc});
		});
}

void
DefineCustomIntVariable(const char *name, const char *short_desc, const char *long_desc,
						int *valueAddr, int bootValue, int minValue, int maxValue,
						GucContext context, int flags, GucIntCheckHook check_hook,
						GucIntAssignHook assign_hook, GucShowHook show_hook)
{
	FromC(
		[&]
		{
			define_custom({name, context, SettingGroup::CustomOptions, short_desc,
						   IntSetting{valueAddr, bootValue, minValue, maxValue, check_hook,
									  assign_hook, show_hook},
						   flags, long_desc});
		});
}

void
DefineCustomRealVariable(const char *name, const char *short_desc, const char *long_desc,
						 double *valueAddr, double bootValue, double minValue, double maxValue,
						 GucContext context, int flags, GucRealCheckHook check_hook,
						 GucRealAssignHook assign_hook, GucShowHook show_hook)
{
	FromC(
		[&]
		{
			define_custom({name, context, SettingGroup::CustomOptions, short_desc,
						   RealSetting{valueAddr, bootValue, minValue, maxValue, check_hook,
									   assign_hook, show_hook},
						   flags, long_desc});
		});
}

void
DefineCustomStringVariable(const char *name, const char *short_desc, const char *long_desc,
						   char **valueAddr, const char *bootValue, GucContext context, int flags,
						   GucStringCheckHook check_hook, GucStringAssignHook assign_hook,
						   GucShowHook show_hook)
{
	FromC(
		[&]
		{
			define_custom({name, context, SettingGroup::CustomOptions, short_desc,
						   StringSetting{valueAddr, bootValue, check_hook, assign_hook, show_hook},
						   flags, long_desc});
		});
}

void
DefineCustomEnumVariable(const char *name, const char *short_desc, const char *long_desc,
						 int *valueAddr, int bootValue, const struct config_enum_entry *options,
						 GucContext context, int flags, GucEnumCheckHook check_hook,
						 GucEnumAssignHook assign_hook, GucShowHook show_hook)
{
	FromC(
		[&]
		{
			define_custom(
				{name, context, SettingGroup::CustomOptions, short_desc,
				 EnumSetting{valueAddr, bootValue, options, check_hook, assign_hook, show_hook},
				 flags, long_desc});
		});
}

void
MarkGUCPrefixReserved(const char *className)
{
	FromC([&] { reserve_prefix(className); });
}
