/*
 * utils/misc/session_format.cpp
 *		DateStyle, TimeZone, client_encoding and the locales: what they accept and what follows.
 *
 * Hooks of settings; any process.
 */
#include <locale.h>

#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "commands/variable.h"
#include "miscadmin.h"
#include "utils/guc.h"
#include "utils/misc/guc_state.h"
#include "utils/misc/settings.h"
#include "utils/time/zone.h"

int DateStyle = USE_ISO_DATES;
int DateOrder = DATEORDER_MDY;
int IntervalStyle = INTSTYLE_POSTGRES;

namespace pg
{

namespace
{

struct StyleAndOrder
{
	int style, order;
};

/* One word of DateStyle; what it says nothing about is -1. Words ending in * may go on as they like. */
struct DateWord
{
	const char *word;
	int style, order;
};

constexpr DateWord kDateWords[] = {
	{"iso", USE_ISO_DATES, -1},
	{"sql", USE_SQL_DATES, -1},
	{"postgres*", USE_POSTGRES_DATES, -1},
	{"german", USE_GERMAN_DATES, DATEORDER_DMY},
	{"ymd", -1, DATEORDER_YMD},
	{"dmy", -1, DATEORDER_DMY},
	{"euro*", -1, DATEORDER_DMY},
	{"mdy", -1, DATEORDER_MDY},
	{"us", -1, DATEORDER_MDY},
	{"noneuro*", -1, DATEORDER_MDY},
	{"default", USE_ISO_DATES, DATEORDER_MDY},
};

std::vector<std::string>
split_list(std::string_view text)
{
	std::vector<std::string> words;

	while (true)
	{
		const size_t comma = text.find(',');
		std::string_view word = text.substr(0, comma);

		while (!word.empty() && isspace(static_cast<unsigned char>(word.front())))
			word.remove_prefix(1);
		while (!word.empty() && isspace(static_cast<unsigned char>(word.back())))
			word.remove_suffix(1);
		words.emplace_back(guc::FoldName(word));
		if (comma == std::string_view::npos)
			return words;
		text.remove_prefix(comma + 1);
	}
}

const DateWord *
find_date_word(const std::string &word)
{
	for (const DateWord &known : kDateWords)
	{
		std::string_view pattern = known.word;

		if (pattern.ends_with('*') ? word.starts_with(pattern.substr(0, pattern.size() - 1))
								   : word == pattern)
			return &known;
	}
	return nullptr;
}

/* Takes one part over; false when the list has said something else before. */
bool
agree(int said, int &part)
{
	if (said < 0)
		return true;
	if (part >= 0 && part != said)
		return false;
	part = said;
	return true;
}

const char *
style_name(int style)
{
	switch (style)
	{
		case USE_SQL_DATES: return "SQL";
		case USE_POSTGRES_DATES: return "Postgres";
		case USE_GERMAN_DATES: return "German";
		default: return "ISO";
	}
}

const char *
order_name(int order)
{
	return order == DATEORDER_YMD ? "YMD" : order == DATEORDER_DMY ? "DMY" : "MDY";
}

bool
replace(char **newval, const std::string &text)
{
	char *copy = strdup(text.c_str());

	if (copy == nullptr)
		return false;
	free(*newval);
	*newval = copy;
	return true;
}

template <typename T>
bool
keep(void **extra, const T &value)
{
	auto *kept = static_cast<T *>(malloc(sizeof(T)));

	if (kept == nullptr)
		return false;
	*kept = value;
	*extra = kept;
	return true;
}

/* "-8" or "5.5": hours east of Greenwich, as a zone. */
bool
zone_from_hours(const char *text, std::string &zone)
{
	char *end;
	const double hours = strtod(text, &end);
	char name[64];

	if (end == text || *end != '\0' || hours < -168 || hours > 168)
		return false;

	const int total = static_cast<int>(hours * 3600);
	const int size = abs(total);
	const char east = total < 0 ? '-' : '+';
	const char west = total < 0 ? '+' : '-';

	if (size % 3600 == 0)
		snprintf(name, sizeof(name), "<%c%02d>%c%02d", east, size / 3600, west, size / 3600);
	else
		snprintf(name, sizeof(name), "<%c%02d:%02d>%c%02d:%02d", east, size / 3600, size / 60 % 60,
				 west, size / 3600, size / 60 % 60);
	zone = name;
	return true;
}

/* Encoding names compare without case and without anything but letters and digits. */
std::string
encoding_key(const char *name)
{
	std::string key;

	for (; *name != '\0'; name++)
	{
		if (isalnum(static_cast<unsigned char>(*name)))
			key += static_cast<char>(tolower(static_cast<unsigned char>(*name)));
	}
	return key;
}

/* Encodings that PostgreSQL knows and that would need a conversion. */
constexpr const char *kOtherEncodings[] = {
	"big5",	   "euccn",	   "eucjp",	   "eucjis2004", "euckr",		 "euctw",	 "gb18030",
	"gbk",	   "iso88595", "iso88596", "iso88597",	 "iso88598",	 "johab",	 "koi8r",
	"koi8u",   "latin1",   "latin2",   "latin3",	 "latin4",		 "latin5",	 "latin6",
	"latin7",  "latin8",   "latin9",   "latin10",	 "muleinternal", "sjis",	 "shiftjis2004",
	"uhc",	   "win866",   "win874",   "win1250",	 "win1251",		 "win1252",	 "win1253",
	"win1254", "win1255",  "win1256",  "win1257",	 "win1258",		 "iso88591",
};

} /* namespace */

bool
CheckDateStyle(char **newval, void **extra, GucSource)
{
	int style = -1;
	int order = -1;

	for (const std::string &word : split_list(*newval))
	{
		const DateWord *known = find_date_word(word);

		if (known == nullptr)
		{
			GUC_check_errdetail("Unrecognized key word: \"%s\".", word.c_str());
			return false;
		}
		/* German dates are day first, but an explicit order wins. */
		const int said_order = known->style == USE_GERMAN_DATES && order >= 0 ? -1 : known->order;

		if (!agree(known->style, style) || !agree(said_order, order))
		{
			GUC_check_errdetail("Conflicting \"datestyle\" specifications.");
			return false;
		}
	}

	const StyleAndOrder result{style >= 0 ? style : DateStyle, order >= 0 ? order : DateOrder};

	return replace(newval,
				   std::string(style_name(result.style)) + ", " + order_name(result.order)) &&
		   keep(extra, result);
}

void
AssignDateStyle(const char *, void *extra)
{
	const auto *value = static_cast<const StyleAndOrder *>(extra);

	DateStyle = value->style;
	DateOrder = value->order;
}

bool
CheckTimeZone(char **newval, void **extra, GucSource)
{
	std::string name = *newval;

	zone_from_hours(*newval, name);

	pg_tz *zone = pg_tzset(name.c_str());

	return zone != nullptr && keep(extra, zone);
}

void
AssignTimeZone(const char *, void *extra)
{
	session_timezone = *static_cast<pg_tz *const *>(extra);
}

const char *
ShowTimeZone()
{
	return session_timezone != nullptr ? pg_get_timezone_name(session_timezone) : "unknown";
}

bool
CheckClientEncoding(char **newval, void **, GucSource)
{
	const std::string key = encoding_key(*newval);

	if (key == "utf8" || key == "unicode")
		return replace(newval, "UTF8");
	if (key == "sqlascii")
		return replace(newval, "SQL_ASCII");
	for (const char *other : kOtherEncodings)
	{
		if (key == other)
		{
			GUC_check_errcode(ERRCODE_FEATURE_NOT_SUPPORTED);
			GUC_check_errmsg("conversion between %s and UTF8 is not supported", *newval);
			return false;
		}
	}
	return false;
}

bool
CheckLocale(char **newval, void **, GucSource)
{
	/* Empty means what the environment says. */
	const locale_t locale = newlocale(LC_ALL_MASK, *newval, nullptr);

	if (locale == nullptr)
		return false;
	freelocale(locale);
	return true;
}

} /* namespace pg */

bool
check_timezone(char **newval, void **extra, GucSource source)
{
	return pg::CheckTimeZone(newval, extra, source);
}
