/*
 * utils/misc/guc_units.cpp
 *		Numbers with units, booleans and enumerations: text to value and back.
 *
 * Pure functions; any process.
 */
#include <cctype>
#include <cerrno>
#include <climits>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/misc/guc_state.h"

namespace pg
{
namespace guc
{

namespace
{

/* One unit, and how much of the base unit it is. */
struct Unit
{
	const char *name;
	double in_smallest; /* bytes or microseconds */
};

constexpr double kKilo = 1024.0;

/* From the largest to the smallest. */
constexpr Unit kMemoryUnits[] = {
	{"TB", kKilo *kKilo *kKilo *kKilo},
	{"GB", kKilo *kKilo *kKilo},
	{"MB", kKilo *kKilo},
	{"kB", kKilo},
	{"B", 1},
};

constexpr Unit kTimeUnits[] = {
	{"d", 86400e6}, {"h", 3600e6}, {"min", 60e6}, {"s", 1e6}, {"ms", 1e3}, {"us", 1},
};

constexpr const char *kMemoryHint =
	"Valid units for this parameter are \"B\", \"kB\", \"MB\", \"GB\", and \"TB\".";
constexpr const char *kTimeHint =
	"Valid units for this parameter are \"us\", \"ms\", \"s\", \"min\", \"h\", and \"d\".";
constexpr size_t kMaxUnitLength = 3;

std::span<const Unit>
units_of(int flags)
{
	if ((flags & GUC_UNIT_MEMORY) != 0)
		return kMemoryUnits;
	if ((flags & GUC_UNIT_TIME) != 0)
		return kTimeUnits;
	return {};
}

/* Size of the variable's own unit, in the smallest one of its kind. */
double
base_size(int flags)
{
	switch (flags & GUC_UNIT)
	{
		case GUC_UNIT_BYTE: return 1;
		case GUC_UNIT_KB: return kKilo;
		case GUC_UNIT_MB: return kKilo * kKilo;
		case GUC_UNIT_BLOCKS: return BLCKSZ;
		case GUC_UNIT_XBLOCKS: return XLOG_BLCKSZ;
		case GUC_UNIT_MS: return 1e3;
		case GUC_UNIT_S: return 1e6;
		case GUC_UNIT_MIN: return 60e6;
		default: return 1;
	}
}

/*
 * value in the unit that is written there, to the base unit.  A fraction is rounded to a whole
 * number of the next smaller unit, so that 30.1GB is the same in every base unit.
 */
bool
to_base(double value, std::string_view unit, int flags, double &out)
{
	const auto units = units_of(flags);

	for (size_t i = 0; i < units.size(); i++)
	{
		if (unit != units[i].name)
			continue;

		double size = value * units[i].in_smallest;

		if (i + 1 < units.size())
			size = rint(size / units[i + 1].in_smallest) * units[i + 1].in_smallest;
		out = size / base_size(flags);
		return true;
	}
	return false;
}

/* Eats the unit at the end of a number, and converts. False with a hint when it is none. */
bool
take_unit(const char *rest, int flags, double &value, const char **hintmsg)
{
	while (isspace(static_cast<unsigned char>(*rest)))
		rest++;
	if (*rest == '\0')
		return true;

	const char *start = rest;

	while (*rest != '\0' && !isspace(static_cast<unsigned char>(*rest)))
		rest++;

	const std::string_view unit(start, rest - start);

	while (isspace(static_cast<unsigned char>(*rest)))
		rest++;
	if (*rest == '\0' && unit.size() <= kMaxUnitLength && to_base(value, unit, flags, value))
		return true;
	if (hintmsg != nullptr && (flags & GUC_UNIT) != 0)
		*hintmsg = (flags & GUC_UNIT_MEMORY) != 0 ? kMemoryHint : kTimeHint;
	return false;
}

/* The largest unit in which the number is whole (for reals: at least 1 and exact). */
template <typename Number>
std::string
with_unit(Number value, int flags, const char *format)
{
	char text[64];

	for (const Unit &unit : units_of(flags))
	{
		const double converted = static_cast<double>(value) * base_size(flags) / unit.in_smallest;
		const double whole = rint(converted);

		if (whole >= 1 && fabs(converted / whole - 1) <= 1e-8)
		{
			snprintf(text, sizeof(text), "%.15g%s", whole, unit.name);
			return text;
		}
	}
	snprintf(text, sizeof(text), format, value);
	return std::string(text) + (units_of(flags).empty() ? "" : UnitName(flags));
}

bool
abbreviates(std::string_view text, const char *word, size_t least)
{
	return text.size() >= least && text.size() <= strlen(word) &&
		   pg_strncasecmp(text.data(), word, text.size()) == 0;
}

} /* namespace */

const char *
UnitName(int flags)
{
	switch (flags & GUC_UNIT)
	{
		case GUC_UNIT_BYTE: return "B";
		case GUC_UNIT_KB: return "kB";
		case GUC_UNIT_MB: return "MB";
		case GUC_UNIT_BLOCKS: return BLCKSZ == 8192 ? "8kB" : "blocks";
		case GUC_UNIT_XBLOCKS: return XLOG_BLCKSZ == 8192 ? "8kB" : "blocks";
		case GUC_UNIT_MS: return "ms";
		case GUC_UNIT_S: return "s";
		case GUC_UNIT_MIN: return "min";
		default: return nullptr;
	}
}

bool
ParseBool(std::string_view text, bool &out)
{
	/* Any beginning of the words that tells them apart. */
	if (abbreviates(text, "true", 1) || abbreviates(text, "yes", 1) || abbreviates(text, "on", 2) ||
		text == "1")
		out = true;
	else if (abbreviates(text, "false", 1) || abbreviates(text, "no", 1) ||
			 abbreviates(text, "off", 2) || text == "0")
		out = false;
	else
		return false;
	return true;
}

bool
ParseEnum(const EnumSetting &setting, std::string_view text, int &out)
{
	for (const config_enum_entry *entry = setting.options; entry->name != nullptr; entry++)
	{
		if (text.size() == strlen(entry->name) &&
			pg_strncasecmp(text.data(), entry->name, text.size()) == 0)
		{
			out = entry->val;
			return true;
		}
	}
	return false;
}

const char *
EnumName(const EnumSetting &setting, int value)
{
	for (const config_enum_entry *entry = setting.options; entry->name != nullptr; entry++)
	{
		if (entry->val == value)
			return entry->name;
	}
	return "";
}

std::string
EnumHint(const EnumSetting &setting)
{
	std::string hint = "Available values: ";
	bool first = true;

	for (const config_enum_entry *entry = setting.options; entry->name != nullptr; entry++)
	{
		if (entry->hidden)
			continue;
		hint.append(first ? "" : ", ").append(entry->name);
		first = false;
	}
	return hint + ".";
}

std::string
ValueText(const SettingDef &def, const Held &held)
{
	char text[64];

	if (const bool *value = std::get_if<bool>(&held.value))
		return *value ? "on" : "off";
	if (const double *value = std::get_if<double>(&held.value))
	{
		snprintf(text, sizeof(text), "%.17g", *value);
		return text;
	}
	if (const Text *value = std::get_if<Text>(&held.value))
		return *value != nullptr ? value->get() : "";
	if (const auto *setting = std::get_if<EnumSetting>(&def.value))
		return EnumName(*setting, std::get<int>(held.value));
	return std::to_string(std::get<int>(held.value));
}

/* The text of a value without a show hook. */
static std::string
plain_text(const Setting &setting, bool use_units)
{
	const int flags = setting.def.flags;

	if (std::holds_alternative<IntSetting>(setting.def.value))
	{
		const int value = std::get<int>(setting.current.value);

		if (use_units && value > 0 && (flags & GUC_UNIT) != 0)
			return with_unit(value, flags, "%d");
		return std::to_string(value);
	}
	if (std::holds_alternative<RealSetting>(setting.def.value))
	{
		const double value = std::get<double>(setting.current.value);
		char text[64];

		if (use_units && value > 0 && (flags & GUC_UNIT) != 0)
			return with_unit(value, flags, "%g");
		snprintf(text, sizeof(text), "%g", value);
		return text;
	}
	return ValueText(setting.def, setting.current);
}

std::string
ShowText(const Setting &setting, bool use_units)
{
	const GucShowHook hook =
		std::visit([](const auto &kind) { return kind.show; }, setting.def.value);

	return hook != nullptr ? hook() : plain_text(setting, use_units);
}

} /* namespace guc */
} /* namespace pg */

using namespace pg;

bool
parse_bool(const char *value, bool *result)
{
	return parse_bool_with_len(value, strlen(value), result);
}

bool
parse_bool_with_len(const char *value, size_t len, bool *result)
{
	bool parsed = false;

	if (!guc::ParseBool({value, len}, parsed))
		return false;
	if (result != nullptr)
		*result = parsed;
	return true;
}

bool
parse_int(const char *value, int *result, int flags, const char **hintmsg)
{
	char *end;
	double number;

	if (result != nullptr)
		*result = 0;
	if (hintmsg != nullptr)
		*hintmsg = nullptr;
	errno = 0;
	number = static_cast<double>(strtol(value, &end, 0));
	/* Not only whole numbers: a fraction or exponent may follow, or the number is long. */
	if (*end == '.' || *end == 'e' || *end == 'E' || errno == ERANGE)
	{
		errno = 0;
		number = strtod(value, &end);
	}
	if (end == value || errno == ERANGE || std::isnan(number))
		return false;
	if (!guc::take_unit(end, flags, number, hintmsg))
		return false;
	number = rint(number);
	if (number > INT_MAX || number < INT_MIN)
	{
		if (hintmsg != nullptr)
			*hintmsg = "Value exceeds integer range.";
		return false;
	}
	if (result != nullptr)
		*result = static_cast<int>(number);
	return true;
}

bool
parse_real(const char *value, double *result, int flags, const char **hintmsg)
{
	char *end;

	if (result != nullptr)
		*result = 0;
	if (hintmsg != nullptr)
		*hintmsg = nullptr;
	errno = 0;
	double number = strtod(value, &end);

	if (end == value || errno == ERANGE || std::isnan(number))
		return false;
	if (!guc::take_unit(end, flags, number, hintmsg))
		return false;
	if (result != nullptr)
		*result = number;
	return true;
}
