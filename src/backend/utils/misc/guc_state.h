/*
 * utils/misc/guc_state.h
 *		One setting as this process has it, and the registry of all; for utils/misc alone.
 *
 * Private memory of each process, inherited from the postmaster by fork.  A check hook decides, an
 * assign hook follows; both may be a module's C code and are called through the wall.
 */
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "common/setting_def.h"
#include "utils/error/report.h"
#include "utils/misc/guc_internals.h"

namespace pg
{
namespace guc
{

/* malloc'ed text, since hooks may free and replace it; null is a null pointer. */
using Text = std::shared_ptr<char>;

/* A value with what its check hook left for the assign hook. */
struct Held
{
	std::variant<bool, int, double, Text> value;
	std::shared_ptr<void> extra;
};

/* What SET, SET LOCAL and function settings have to restore at the end of one nesting level. */
struct StackEntry
{
	enum class State
	{
		Save,	 /* entry made by GUC_ACTION_SAVE */
		Set,	 /* by SET: undone on abort only */
		Local,	 /* by SET LOCAL: undone always */
		SetLocal /* SET, then SET LOCAL: `masked` is what SET gave */
	};

	int level;
	State state;
	GucSource source; /* of prior */
	GucContext context, masked_context;
	Held prior, masked;
};

/* A setting: its definition and its state. */
struct Setting
{
	explicit Setting(const SettingDef &definition) : def(definition) {}

	SettingDef def;
	std::string own_name; /* backs def.name of placeholders */
	std::unique_ptr<char *> own_variable;

	Held current; /* *variable has the same value */
	Held reset;
	GucSource source = PGC_S_DEFAULT, reset_source = PGC_S_DEFAULT;
	GucContext set_context = PGC_INTERNAL, reset_context = PGC_INTERNAL;
	std::vector<StackEntry> stack;

	std::string source_file;
	int source_line = 0;
	bool pending_restart = false;

	bool is_placeholder() const { return (def.flags & GUC_CUSTOM_PLACEHOLDER) != 0; }
};

/* Folds ASCII upper case; names are compared in that form. */
std::string FoldName(std::string_view name);
/* Names of settings mean the same in any case. */
bool SameName(std::string_view a, std::string_view b);

struct FoldedLess
{
	using is_transparent = void;
	bool operator()(std::string_view a, std::string_view b) const;
};

/* All settings, by name. */
using Registry = std::map<std::string, std::unique_ptr<Setting>, FoldedLess>;
Registry &AllSettings();

/* Null when there is none. Knows the former names of renamed settings. */
Setting *FindSetting(std::string_view name);
/* Why no setting of that unknown name can be made (42704 or 42602); nothing when it can. */
std::optional<Report> NameComplaint(std::string_view name, int elevel);
/* A setting for a custom name that nobody has defined yet. */
Setting &AddPlaceholder(std::string_view name);
/* Adds a definition and gives it its boot value. */
Setting &AddSetting(std::unique_ptr<Setting> setting);

/* Custom names: two or more identifiers joined by dots. */
bool ValidCustomName(std::string_view name);
/* Takes a setting out of the registry. */
void RemoveSetting(std::string_view name);

/*
 * The core of every change; see set_config_option() in utils/guc.h for the meaning and the result.
 * file and line, where given, are added to what is reported.
 */
struct Change
{
	std::string_view name;
	const char *value; /* null: reset */
	GucContext context;
	GucSource source;
	GucAction action = GUC_ACTION_SET;
	bool apply = true;
	int elevel = 0; /* 0: by source */
	bool is_reload = false;
	const char *file = nullptr;
	int line = 0;
	std::string *error = nullptr; /* gets the message of what was refused */
};
int ApplyChange(const Change &change);

/* Text to value with all checks; false after a report of at least `elevel` (which may raise). */
bool ParseAndCheck(const Setting &setting, const char *text, GucSource source, int elevel,
				   Held &out, const Change *change = nullptr);
/* The boot value, through the check hook. */
Held BootValue(const SettingDef &def);
/* Runs the assign hook and sets the variable. */
void Assign(Setting &setting, const Held &held);
bool SameValue(const Held &a, const Held &b);

/* Before a change at the present nesting level: keeps what it has to restore. */
void PushOldValue(Setting &setting, GucAction action);
/* Depth of nesting; 0 outside of transactions. */
extern int nest_level;
/* Settings with a stack that is not empty. */
std::vector<Setting *> &StackedSettings();
/* Settings whose reset value is one of the files': a reload need not look at all the others. */
std::vector<Setting *> &SettingsOfFiles();
/* The one way to change reset_source. */
void SetResetSource(Setting &setting, GucSource source);

/* A setting that clients are told of (GUC_REPORT). */
struct ReportedState
{
	Setting *setting;
	bool due;		  /* changed since the client was told */
	std::string told; /* what it was told */
};

/* Until then nothing is noted as due: it will be told everything. */
extern bool client_was_told;

/* By name. Apart from the settings, so that a session writes to few pages when it tells them all. */
std::vector<ReportedState> &ReportedSettings();
/* Whether some setting's report is due: saves the look at all of them after each statement. */
/* Marks a setting of GUC_REPORT as changed. */
void NoteForReport(Setting &setting);

/* Texts. */
std::string ValueText(const SettingDef &def, const Held &held);
std::string ShowText(const Setting &setting, bool use_units);
const char *UnitName(int flags);
const char *GroupName(SettingGroup group);
bool ParseBool(std::string_view text, bool &out);
bool ParseEnum(const EnumSetting &setting, std::string_view text, int &out);
const char *EnumName(const EnumSetting &setting, int value);
/* "Available values: a, b, c." */
std::string EnumHint(const EnumSetting &setting);

} /* namespace guc */
} /* namespace pg */
