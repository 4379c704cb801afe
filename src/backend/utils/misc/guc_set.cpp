/*
 * utils/misc/guc_set.cpp
 *		One change of one setting: may it be, is the value good, and what it replaces.
 *
 * Any process.  The order of the steps and the precedence of sources are PostgreSQL's.
 */
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <new>

#include "miscadmin.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/guc.h"
#include "utils/misc/guc_state.h"

char *GUC_check_errmsg_string = nullptr;
char *GUC_check_errdetail_string = nullptr;
char *GUC_check_errhint_string = nullptr;

namespace pg
{
namespace guc
{

namespace
{

int check_errcode = ERRCODE_INVALID_PARAMETER_VALUE;

template <typename... Cases>
struct Overloaded : Cases...
{
	using Cases::operator()...;
};
template <typename... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

Text
own_text(char *text)
{
	return {text, free};
}

char *
copy_text(const char *text)
{
	if (text == nullptr)
		return nullptr;
	char *copy = strdup(text);

	if (copy == nullptr)
		throw std::bad_alloc();
	return copy;
}

/* Sends a report about a change: raises at ERROR, and else leaves the text for the caller's list. */
bool
refuse(Report &report, const Change *change)
{
	if (change != nullptr && change->error != nullptr)
		*change->error = report.message;
	if (change != nullptr && change->file != nullptr)
		report.context("file \"%s\", line %d", change->file, change->line);
	report.emit();
	return false;
}

void
clear_hook_texts()
{
	check_errcode = ERRCODE_INVALID_PARAMETER_VALUE;
	GUC_check_errmsg_string = nullptr;
	GUC_check_errdetail_string = nullptr;
	GUC_check_errhint_string = nullptr;
}

/* What a check hook refused. */
bool
refused_by_hook(const SettingDef &def, const std::string &text, int elevel, const Change *change)
{
	Report report(elevel, check_errcode);

	if (GUC_check_errmsg_string != nullptr)
		report.msg("%s", GUC_check_errmsg_string);
	else
		report.msg("invalid value for parameter \"%s\": \"%s\"", def.name, text.c_str());
	if (GUC_check_errdetail_string != nullptr)
		report.detail("%s", GUC_check_errdetail_string);
	if (GUC_check_errhint_string != nullptr)
		report.hint("%s", GUC_check_errhint_string);
	return refuse(report, change);
}

/* Runs a check hook on a value that is not a text. */
template <typename Kind, typename Value>
bool
passes_hook(const SettingDef &def, const Kind &kind, Value value, GucSource source, int elevel,
			Held &out, const Change *change)
{
	void *extra = nullptr;

	clear_hook_texts();
	if (kind.check != nullptr && !ToC(kind.check, &value, &extra, source))
	{
		free(extra);
		return refused_by_hook(def, ValueText(def, Held{value, nullptr}), elevel, change);
	}
	out.value = value;
	out.extra = std::shared_ptr<void>(extra, free);
	return true;
}

/* The same for texts, which the hook may exchange. */
bool
passes_text_hook(const SettingDef &def, const StringSetting &kind, const char *text,
				 GucSource source, int elevel, Held &out, const Change *change)
{
	void *extra = nullptr;
	char *value = copy_text(text);

	clear_hook_texts();
	if (kind.check != nullptr && value != nullptr && !ToC(kind.check, &value, &extra, source))
	{
		const Text owned = own_text(value);

		free(extra);
		return refused_by_hook(def, text, elevel, change);
	}
	out.value = own_text(value);
	out.extra = std::shared_ptr<void>(extra, free);
	return true;
}

bool
invalid_value(const SettingDef &def, const char *text, const char *hint, int elevel,
			  const Change *change)
{
	Report report(elevel, ERRCODE_INVALID_PARAMETER_VALUE);

	report.msg("invalid value for parameter \"%s\": \"%s\"", def.name, text);
	if (hint != nullptr && *hint != '\0')
		report.hint("%s", hint);
	return refuse(report, change);
}

bool
parse_bool_setting(const SettingDef &def, const BoolSetting &kind, const char *text,
				   GucSource source, int elevel, Held &out, const Change *change)
{
	bool value = false;

	if (!ParseBool(text, value))
		return refuse(Report(elevel, ERRCODE_INVALID_PARAMETER_VALUE)
						  .msg("parameter \"%s\" requires a Boolean value", def.name),
					  change);
	return passes_hook(def, kind, value, source, elevel, out, change);
}

bool
parse_int_setting(const SettingDef &def, const IntSetting &kind, const char *text, GucSource source,
				  int elevel, Held &out, const Change *change)
{
	int value = 0;
	const char *hint = nullptr;
	const char *unit = UnitName(def.flags);

	if (!parse_int(text, &value, def.flags, &hint))
		return invalid_value(def, text, hint, elevel, change);
	if (value < kind.min || value > kind.max)
		return refuse(Report(elevel, ERRCODE_INVALID_PARAMETER_VALUE)
						  .msg("%d%s%s is outside the valid range for parameter \"%s\" (%d .. %d)",
							   value, unit != nullptr ? " " : "", unit != nullptr ? unit : "",
							   def.name, kind.min, kind.max),
					  change);
	return passes_hook(def, kind, value, source, elevel, out, change);
}

bool
parse_real_setting(const SettingDef &def, const RealSetting &kind, const char *text,
				   GucSource source, int elevel, Held &out, const Change *change)
{
	double value = 0;
	const char *hint = nullptr;
	const char *unit = UnitName(def.flags);

	if (!parse_real(text, &value, def.flags, &hint))
		return invalid_value(def, text, hint, elevel, change);
	if (value < kind.min || value > kind.max)
		return refuse(Report(elevel, ERRCODE_INVALID_PARAMETER_VALUE)
						  .msg("%g%s%s is outside the valid range for parameter \"%s\" (%g .. %g)",
							   value, unit != nullptr ? " " : "", unit != nullptr ? unit : "",
							   def.name, kind.min, kind.max),
					  change);
	return passes_hook(def, kind, value, source, elevel, out, change);
}

bool
parse_string_setting(const SettingDef &def, const StringSetting &kind, const char *text,
					 GucSource source, int elevel, Held &out, const Change *change)
{
	std::string cut;

	if ((def.flags & GUC_IS_NAME) != 0 && strlen(text) >= NAMEDATALEN)
	{
		cut.assign(text, NAMEDATALEN - 1);
		Report(NOTICE, ERRCODE_NAME_TOO_LONG)
			.msg("identifier \"%s\" will be truncated to \"%s\"", text, cut.c_str())
			.emit();
		text = cut.c_str();
	}
	return passes_text_hook(def, kind, text, source, elevel, out, change);
}

bool
parse_enum_setting(const SettingDef &def, const EnumSetting &kind, const char *text,
				   GucSource source, int elevel, Held &out, const Change *change)
{
	int value = 0;

	if (!ParseEnum(kind, text, value))
		return invalid_value(def, text, EnumHint(kind).c_str(), elevel, change);
	return passes_hook(def, kind, value, source, elevel, out, change);
}

} /* namespace */

bool
ParseAndCheck(const Setting &setting, const char *text, GucSource source, int elevel, Held &out,
			  const Change *change)
{
	const SettingDef &def = setting.def;

	return std::visit(
		Overloaded{[&](const BoolSetting &kind)
				   { return parse_bool_setting(def, kind, text, source, elevel, out, change); },
				   [&](const IntSetting &kind)
				   { return parse_int_setting(def, kind, text, source, elevel, out, change); },
				   [&](const RealSetting &kind)
				   { return parse_real_setting(def, kind, text, source, elevel, out, change); },
				   [&](const StringSetting &kind)
				   { return parse_string_setting(def, kind, text, source, elevel, out, change); },
				   [&](const EnumSetting &kind)
				   { return parse_enum_setting(def, kind, text, source, elevel, out, change); }},
		def.value);
}

Held
BootValue(const SettingDef &def)
{
	Held held;
	const bool good = std::visit(
		Overloaded{
			[&](const StringSetting &kind)
			{ return passes_text_hook(def, kind, kind.boot, PGC_S_DEFAULT, LOG, held, nullptr); },
			[&](const auto &kind)
			{ return passes_hook(def, kind, kind.boot, PGC_S_DEFAULT, LOG, held, nullptr); }},
		def.value);

	if (!good)
		Raise(Report(FATAL).msg("failed to initialize %s to its boot value", def.name));
	return held;
}

void
Assign(Setting &setting, const Held &held)
{
	void *extra = held.extra.get();

	std::visit(Overloaded{[&](const StringSetting &kind)
						  {
							  char *text = std::get<Text>(held.value).get();

							  if (kind.assign != nullptr)
								  ToC(kind.assign, static_cast<const char *>(text), extra);
							  *kind.variable = text;
						  },
						  [&](const auto &kind)
						  {
							  using Value = std::remove_reference_t<decltype(*kind.variable)>;
							  const Value value = std::get<Value>(held.value);

							  if (kind.assign != nullptr)
								  ToC(kind.assign, value, extra);
							  *kind.variable = value;
						  }},
			   setting.def.value);
	setting.current = held;
}

bool
SameValue(const Held &a, const Held &b)
{
	const Text *text_a = std::get_if<Text>(&a.value);
	const Text *text_b = std::get_if<Text>(&b.value);

	if (text_a == nullptr || text_b == nullptr)
		return a.value == b.value;
	if (*text_a == nullptr || *text_b == nullptr)
		return *text_a == *text_b;
	return strcmp(text_a->get(), text_b->get()) == 0;
}

namespace
{

int
level_for(GucSource source)
{
	/* Only the postmaster complains about files, or every child would repeat it. */
	if (source == PGC_S_DEFAULT || source == PGC_S_FILE)
		return IsUnderPostmaster ? DEBUG3 : LOG;
	if (source == PGC_S_GLOBAL || source == PGC_S_DATABASE || source == PGC_S_USER ||
		source == PGC_S_DATABASE_USER)
		return WARNING;
	return ERROR;
}

enum class Verdict
{
	Yes,
	IfUnchanged, /* needs a restart: only the value it has is accepted */
	Ignore,
	No
};

Verdict
refuse_change(const char *format, const Setting &setting, int sqlstate, int elevel,
			  const Change &change)
{
	Report report(elevel, sqlstate);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	report.msg(format, setting.def.name);
#pragma GCC diagnostic pop
	refuse(report, &change);
	return Verdict::No;
}

/* Whether the setting may be changed in this context at all. */
Verdict
may_change(const Setting &setting, const Change &change, int elevel)
{
	constexpr int kRuntime = ERRCODE_CANT_CHANGE_RUNTIME_PARAM;
	const GucContext context = change.context;
	const bool inherited = IsUnderPostmaster && change.apply && !change.is_reload;

	switch (setting.def.context)
	{
		case PGC_INTERNAL:
			if (context != PGC_INTERNAL)
				return refuse_change("parameter \"%s\" cannot be changed", setting, kRuntime,
									 elevel, change);
			break;
		case PGC_POSTMASTER:
			if (context == PGC_SIGHUP)
				return Verdict::IfUnchanged;
			if (context != PGC_POSTMASTER && context != PGC_INTERNAL)
				return refuse_change(
					"parameter \"%s\" cannot be changed without restarting the server", setting,
					kRuntime, elevel, change);
			break;
		case PGC_SIGHUP:
			if (context != PGC_SIGHUP && context != PGC_POSTMASTER && context != PGC_INTERNAL)
				return refuse_change("parameter \"%s\" cannot be changed now", setting, kRuntime,
									 elevel, change);
			break;
		case PGC_SU_BACKEND:
			if (context == PGC_BACKEND)
				return refuse_change("permission denied to set parameter \"%s\"", setting,
									 ERRCODE_INSUFFICIENT_PRIVILEGE, elevel, change);
			[[fallthrough]];
		case PGC_BACKEND:
			/* A running session keeps its value; sessions to come inherit the postmaster's. */
			if (context == PGC_SIGHUP && inherited)
				return Verdict::Ignore;
			if (context > PGC_BACKEND && change.source != PGC_S_CLIENT)
				return refuse_change("parameter \"%s\" cannot be set after connection start",
									 setting, kRuntime, elevel, change);
			break;
		case PGC_SUSET:
			if (context == PGC_USERSET || context == PGC_BACKEND)
				return refuse_change("permission denied to set parameter \"%s\"", setting,
									 ERRCODE_INSUFFICIENT_PRIVILEGE, elevel, change);
			break;
		case PGC_USERSET: break;
	}
	return Verdict::Yes;
}

} /* namespace */

std::vector<Setting *> &
SettingsOfFiles()
{
	static auto &settings = *new std::vector<Setting *>;

	return settings;
}

void
SetResetSource(Setting &setting, GucSource source)
{
	if ((setting.reset_source == PGC_S_FILE) != (source == PGC_S_FILE))
	{
		if (source == PGC_S_FILE)
			SettingsOfFiles().push_back(&setting);
		else
			std::erase(SettingsOfFiles(), &setting);
	}
	setting.reset_source = source;
}

namespace
{

/* Keeps the new value for RESET, and for what transactions restore, where its source outranks theirs. */
void
make_default(Setting &setting, const Held &held, GucSource source, GucContext context)
{
	if (setting.reset_source <= source)
	{
		setting.reset = held;
		SetResetSource(setting, source);
		setting.reset_context = context;
	}
	for (StackEntry &entry : setting.stack)
	{
		if (entry.source <= source)
		{
			entry.prior = held;
			entry.source = source;
			entry.context = context;
		}
	}
}

int
needs_restart(Setting &setting, const Held &held, int elevel, const Change &change)
{
	if (SameValue(held, setting.current))
	{
		setting.pending_restart = false;
		return -1;
	}
	setting.pending_restart = true;
	refuse_change("parameter \"%s\" cannot be changed without restarting the server", setting,
				  ERRCODE_CANT_CHANGE_RUNTIME_PARAM, elevel, change);
	return 0;
}

} /* namespace */

int
ApplyChange(const Change &change)
{
	const int elevel = change.elevel != 0 ? change.elevel : level_for(change.source);
	Setting *found = FindSetting(change.name);

	if (found == nullptr)
	{
		if (std::optional<Report> complaint = NameComplaint(change.name, elevel))
		{
			refuse(*complaint, &change);
			return 0;
		}
		found = &AddPlaceholder(change.name);
	}

	Setting &setting = *found;
	const Verdict verdict = may_change(setting, change, elevel);

	if (verdict == Verdict::No)
		return 0;
	if (verdict == Verdict::Ignore)
		return -1;

	GucSource source = change.source;
	GucContext context = change.context;
	bool apply = change.apply;
	const bool as_default =
		apply && source <= PGC_S_OVERRIDE && (change.value != nullptr || source == PGC_S_DEFAULT);

	if (setting.source > source)
	{
		/* A value from a stronger source stays. */
		if (apply && !as_default)
			return -1;
		apply = false;
	}

	Held held;

	if (change.value != nullptr)
	{
		if (!ParseAndCheck(setting, change.value, source, elevel, held, &change))
			return 0;
	}
	else if (source == PGC_S_DEFAULT)
		held = BootValue(setting.def);
	else
	{
		held = setting.reset;
		source = setting.reset_source;
		context = setting.reset_context;
	}
	if (verdict == Verdict::IfUnchanged)
		return needs_restart(setting, held, elevel, change);
	if (apply)
	{
		if (!as_default)
			PushOldValue(setting, change.action);
		Assign(setting, held);
		setting.source = source;
		setting.set_context = context;
		NoteForReport(setting);
	}
	if (as_default)
		make_default(setting, held, source, context);
	return apply ? 1 : -1;
}

} /* namespace guc */
} /* namespace pg */

void
GUC_check_errcode(int sqlerrcode)
{
	pg::guc::check_errcode = sqlerrcode;
}
