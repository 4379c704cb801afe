/*
 * utils/adt/formatting.cpp
 *		to_char of dates, times and intervals; to_date and to_timestamp.
 *
 * Processes with settings.  Names of months and days are English.
 */
#include "utils/adt/formatting.h"

#include <charconv>
#include <vector>

#include "utils/adt/adt_internals.h"
#include "utils/adt/datetime.h"
#include "utils/adt/interval.h"
#include "utils/adt/utf8.h"
#include "utils/time/zone.h"

namespace pg
{

namespace
{

/* ---- Patterns ---- */

enum class Key : uint8_t
{
	Hour12,
	Hour24,
	Minute,
	Second,
	Millisecond,
	Microsecond,
	Fraction, /* FF1..FF6 */
	SecondOfDay,
	Meridian,
	MeridianDots,
	YearComma,
	Year,
	IsoYear,
	Era,
	EraDots,
	MonthName,
	MonthShort,
	MonthNumber,
	MonthRoman,
	DayName,
	DayShort,
	DayOfYear,
	IsoDayOfYear,
	Day,
	DayOfWeek,
	IsoDayOfWeek,
	WeekOfMonth,
	WeekOfYear,
	IsoWeek,
	Century,
	Julian,
	Quarter,
	Zone,
	ZoneHours,
	ZoneMinutes,
	ZoneOffset,
	Literal
};

struct Keyword
{
	std::string_view name;
	Key key;
	int digits; /* width, or which of several */
};

/* Longer ones before those that they begin with. */
constexpr Keyword kKeywords[] = {
	{"A.D.", Key::EraDots, 0},	   {"A.M.", Key::MeridianDots, 0},
	{"AD", Key::Era, 0},		   {"AM", Key::Meridian, 0},
	{"B.C.", Key::EraDots, 0},	   {"BC", Key::Era, 0},
	{"CC", Key::Century, 2},	   {"DAY", Key::DayName, 9},
	{"DDD", Key::DayOfYear, 3},	   {"DD", Key::Day, 2},
	{"DY", Key::DayShort, 3},	   {"D", Key::DayOfWeek, 1},
	{"FF1", Key::Fraction, 1},	   {"FF2", Key::Fraction, 2},
	{"FF3", Key::Fraction, 3},	   {"FF4", Key::Fraction, 4},
	{"FF5", Key::Fraction, 5},	   {"FF6", Key::Fraction, 6},
	{"HH24", Key::Hour24, 2},	   {"HH12", Key::Hour12, 2},
	{"HH", Key::Hour12, 2},		   {"IDDD", Key::IsoDayOfYear, 3},
	{"ID", Key::IsoDayOfWeek, 1},  {"IW", Key::IsoWeek, 2},
	{"IYYY", Key::IsoYear, 4},	   {"IYY", Key::IsoYear, 3},
	{"IY", Key::IsoYear, 2},	   {"I", Key::IsoYear, 1},
	{"J", Key::Julian, 7},		   {"MI", Key::Minute, 2},
	{"MM", Key::MonthNumber, 2},   {"MONTH", Key::MonthName, 9},
	{"MON", Key::MonthShort, 3},   {"MS", Key::Millisecond, 3},
	{"OF", Key::ZoneOffset, 0},	   {"P.M.", Key::MeridianDots, 0},
	{"PM", Key::Meridian, 0},	   {"Q", Key::Quarter, 1},
	{"RM", Key::MonthRoman, 4},	   {"SSSSS", Key::SecondOfDay, 5},
	{"SSSS", Key::SecondOfDay, 5}, {"SS", Key::Second, 2},
	{"TZH", Key::ZoneHours, 2},	   {"TZM", Key::ZoneMinutes, 2},
	{"TZ", Key::Zone, 0},		   {"US", Key::Microsecond, 6},
	{"WW", Key::WeekOfYear, 2},	   {"W", Key::WeekOfMonth, 1},
	{"Y,YYY", Key::YearComma, 4},  {"YYYY", Key::Year, 4},
	{"YYY", Key::Year, 3},		   {"YY", Key::Year, 2},
	{"Y", Key::Year, 1},
};

struct PatternNode
{
	Key key = Key::Literal;
	int digits = 0;
	bool fill = false;	  /* FM */
	bool ordinal = false; /* TH */
	bool ordinal_upper = false;
	bool first_upper = false, second_upper = false; /* case of a name */
	std::string text; /* of a literal, or as the keyword was written */
};

bool
starts_with_no_case(std::string_view text, std::string_view upper)
{
	if (text.size() < upper.size())
		return false;
	for (size_t i = 0; i < upper.size(); i++)
		if (UpperAscii(text[i]) != upper[i])
			return false;
	return true;
}

void
append_literal(std::string_view text, std::vector<PatternNode> *nodes)
{
	if (nodes->empty() || nodes->back().key != Key::Literal)
		nodes->emplace_back();
	nodes->back().text.append(text);
}

/* "quoted text" from the front. */
std::string
take_quoted(std::string_view *rest)
{
	std::string text;

	for (rest->remove_prefix(1); !rest->empty() && rest->front() != '"'; rest->remove_prefix(1))
	{
		if (rest->front() == '\\' && rest->size() > 1)
			rest->remove_prefix(1);
		text.push_back(rest->front());
	}
	rest->remove_prefix(rest->empty() ? 0 : 1);
	return text;
}

bool
take_keyword(std::string_view *rest, bool fill, std::vector<PatternNode> *nodes)
{
	for (const Keyword &keyword : kKeywords)
	{
		if (!starts_with_no_case(*rest, keyword.name))
			continue;
		PatternNode node;
		const std::string_view written = rest->substr(0, keyword.name.size());
		const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };

		node.key = keyword.key;
		node.digits = keyword.digits;
		node.fill = fill;
		node.text = written;
		node.first_upper = is_upper(written[0]);
		node.second_upper = written.size() > 1 && is_upper(written[written[1] == '.' ? 2 : 1]);
		rest->remove_prefix(keyword.name.size());
		if (starts_with_no_case(*rest, "TH") && keyword.digits > 0)
		{
			node.ordinal = true;
			node.ordinal_upper = (*rest)[0] == 'T';
			rest->remove_prefix(2);
		}
		nodes->push_back(std::move(node));
		return true;
	}
	return false;
}

std::vector<PatternNode>
parse_pattern(std::string_view rest)
{
	std::vector<PatternNode> nodes;

	while (!rest.empty())
	{
		const bool fill = starts_with_no_case(rest, "FM");

		if (fill)
			rest.remove_prefix(2);
		if (starts_with_no_case(rest, "FX"))
			rest.remove_prefix(2);
		if (rest.empty())
			break;
		if (rest.front() == '"')
			append_literal(take_quoted(&rest), &nodes);
		else if (rest.starts_with("\\\""))
		{
			append_literal("\"", &nodes);
			rest.remove_prefix(2);
		}
		else if (!take_keyword(&rest, fill, &nodes))
		{
			const size_t length = CharBytes(rest.front());

			append_literal(rest.substr(0, length), &nodes);
			rest.remove_prefix(length);
		}
	}
	return nodes;
}

/* ---- Printing ---- */

/* What a pattern prints; an interval has no date of its own. */
struct Source
{
	DateTime t;
	int64 hour = 0; /* an interval's may be large */
	bool is_interval = false;
	int interval_years = 0, interval_months = 0, interval_days = 0;
	int utc_offset = 0;
	std::string zone;
	bool has_zone = false;
};

class DatePrinter
{
public:
	explicit DatePrinter(const Source &source) : s_(source)
	{
		if (!s_.is_interval)
			days_ = DaysFromDate(s_.t.year, s_.t.month, s_.t.day);
	}

	std::string run(const std::vector<PatternNode> &nodes)
	{
		for (const PatternNode &node : nodes)
			print(node);
		return std::move(out_);
	}

private:
	void number(const PatternNode &node, int64 value, int width)
	{
		char text[32];

		snprintf(text, sizeof(text), "%0*lld", node.fill ? 0 : (value < 0 ? width + 1 : width),
				 static_cast<long long>(value));
		out_.append(text);
		if (node.ordinal)
			out_.append(OrdinalSuffix(text, node.ordinal_upper));
	}

	/* A name in the case of the pattern, padded to `width` unless FM. */
	void name(const PatternNode &node, std::string text, size_t width)
	{
		if (node.first_upper && node.second_upper)
			text = UpperText(text);
		else if (!node.first_upper)
			text = LowerText(text);
		if (!node.fill && text.size() < width)
			text.append(width - text.size(), ' ');
		out_.append(text);
	}

	void need_date(const PatternNode &node) const
	{
		if (s_.is_interval)
			Raise(Report(ERROR, ERRCODE_INVALID_DATETIME_FORMAT)
					  .msg("invalid format specification for an interval value")
					  .hint("Intervals are not tied to specific calendar dates."));
		(void) node;
	}

	void print(const PatternNode &node)
	{
		if (node.key == Key::Literal)
			out_.append(node.text);
		else if (node.key <= Key::MeridianDots)
			time(node);
		else if (node.key <= Key::EraDots)
			year(node);
		else if (node.key <= Key::DayShort)
			month_or_day_name(node);
		else if (node.key <= Key::Quarter)
			day(node);
		else
			zone(node);
	}

	void time(const PatternNode &node)
	{
		const int64 second_of_day = (s_.hour * 60 + s_.t.minute) * 60 + s_.t.second;

		switch (node.key)
		{
			case Key::Hour12: return number(node, s_.hour % 12 == 0 ? 12 : s_.hour % 12, 2);
			case Key::Hour24: return number(node, s_.hour, 2);
			case Key::Minute: return number(node, s_.t.minute, 2);
			case Key::Second: return number(node, s_.t.second, 2);
			case Key::Millisecond: return number(padded(node), s_.t.microsecond / 1000, 3);
			case Key::Microsecond: return number(padded(node), s_.t.microsecond, 6);
			case Key::Fraction:
			{
				int value = s_.t.microsecond;

				for (int i = node.digits; i < 6; i++)
					value /= 10;
				return number(padded(node), value, node.digits);
			}
			case Key::SecondOfDay: return number(padded(node, true), second_of_day, 0);
			default: break;
		}
		std::string text = s_.hour % 24 >= 12 ? "PM" : "AM";

		if (node.key == Key::MeridianDots)
			text = {text[0], '.', text[1], '.'};
		out_.append(node.first_upper ? text : LowerText(text));
	}

	/* Fractions keep their zeros even under FM. */
	static PatternNode padded(PatternNode node, bool fill = false)
	{
		node.fill = fill;
		return node;
	}

	static int64 cut(int64 value, int digits)
	{
		int64 modulus = 1;

		for (int i = 0; i < digits; i++)
			modulus *= 10;
		return digits >= 4 ? value : value % modulus;
	}

	void year(const PatternNode &node)
	{
		int64 value = s_.is_interval  ? s_.interval_years
					  : s_.t.year > 0 ? s_.t.year
									  : 1 - s_.t.year;

		switch (node.key)
		{
			case Key::YearComma:
			{
				char text[32];

				snprintf(text, sizeof(text), "%lld,%03lld", static_cast<long long>(value / 1000),
						 static_cast<long long>(value % 1000));
				out_.append(text);
				return;
			}
			case Key::Year: return number(node, cut(value, node.digits), node.digits);
			case Key::IsoYear:
			{
				int iso_year, week;

				need_date(node);
				IsoWeek(days_, &iso_year, &week);
				return number(node, cut(iso_year > 0 ? iso_year : 1 - iso_year, node.digits),
							  node.digits);
			}
			default: break;
		}
		need_date(node);
		std::string text = s_.t.year <= 0 ? "BC" : "AD";

		if (node.key == Key::EraDots)
			text = {text[0], '.', text[1], '.'};
		out_.append(node.first_upper ? text : LowerText(text));
	}

	void month_or_day_name(const PatternNode &node)
	{
		static constexpr const char *kRoman[] = {"I",	"II",	"III", "IV", "V",  "VI",
												 "VII", "VIII", "IX",  "X",	 "XI", "XII"};
		const int month = s_.is_interval ? s_.interval_months : s_.t.month;

		if (node.key == Key::MonthNumber)
			return number(node, month, 2);
		if (node.key == Key::MonthRoman)
		{
			if (month < 1 || month > 12)
				return;
			PatternNode cased = node;

			cased.second_upper = cased.first_upper;
			return name(cased, kRoman[month - 1], 4);
		}
		need_date(node);
		const std::string month_name = kMonthNames[month];
		const std::string day_name = kDayNames[IsoWeekday(days_) % 7];

		if (node.key == Key::MonthName)
			name(node, month_name, 9);
		else if (node.key == Key::MonthShort)
			name(node, month_name.substr(0, 3), 0);
		else if (node.key == Key::DayName)
			name(node, day_name, 9);
		else
			name(node, day_name.substr(0, 3), 0);
	}

	void day(const PatternNode &node)
	{
		if (node.key == Key::Day)
			return number(node, s_.is_interval ? s_.interval_days : s_.t.day, 2);
		need_date(node);

		const int64 day_of_year = days_ - DaysFromDate(s_.t.year, 1, 1) + 1;
		int iso_year, week;

		IsoWeek(days_, &iso_year, &week);
		switch (node.key)
		{
			case Key::DayOfYear: return number(node, day_of_year, 3);
			case Key::IsoDayOfYear:
				return number(node, days_ - DaysFromIsoWeek(iso_year, 1) + 1, 3);
			case Key::DayOfWeek: return number(node, IsoWeekday(days_) % 7 + 1, 1);
			case Key::IsoDayOfWeek: return number(node, IsoWeekday(days_), 1);
			case Key::WeekOfMonth: return number(node, (s_.t.day - 1) / 7 + 1, 1);
			case Key::WeekOfYear: return number(node, (day_of_year - 1) / 7 + 1, 2);
			case Key::IsoWeek: return number(node, week, 2);
			case Key::Century:
				return number(node, s_.t.year > 0 ? (s_.t.year - 1) / 100 + 1 : s_.t.year / 100 - 1,
							  2);
			case Key::Julian: return number(node, days_ + POSTGRES_EPOCH_JDATE, 0);
			default: return number(node, (s_.t.month - 1) / 3 + 1, 1);
		}
	}

	void zone(const PatternNode &node)
	{
		const int absolute = s_.utc_offset < 0 ? -s_.utc_offset : s_.utc_offset;
		const char sign = s_.utc_offset < 0 ? '-' : '+';
		char text[32];

		need_date(node);
		switch (node.key)
		{
			case Key::Zone: out_.append(node.first_upper ? s_.zone : LowerText(s_.zone)); return;
			case Key::ZoneHours:
				snprintf(text, sizeof(text), "%c%02d", sign, absolute / 3600);
				break;
			case Key::ZoneMinutes: snprintf(text, sizeof(text), "%02d", absolute / 60 % 60); break;
			default:
				if (absolute / 60 % 60 != 0)
					snprintf(text, sizeof(text), "%c%02d:%02d", sign, absolute / 3600,
							 absolute / 60 % 60);
				else
					snprintf(text, sizeof(text), "%c%02d", sign, absolute / 3600);
				break;
		}
		out_.append(text);
	}

	const Source &s_;
	int64 days_ = 0;
	std::string out_;
};

void
set_printed(FunctionCall &call, const Source &source)
{
	const std::string_view pattern = ArgText(call, 1);

	if (!pattern.empty())
		SetText(call, DatePrinter(source).run(parse_pattern(pattern)));
}

} /* namespace */

static void
timestamp_to_char(FunctionCall &call)
{
	Source source;

	if (!IsFiniteTimestamp(ArgInt(call, 0)))
		return;
	source.t = BreakTimestamp(ArgInt(call, 0));
	source.hour = source.t.hour;
	set_printed(call, source);
}

static void
timestamptz_to_char(FunctionCall &call)
{
	const int64 utc = ArgInt(call, 0);
	Source source;

	if (!IsFiniteTimestamp(utc))
		return;
	const int64 unix_time =
		(utc >= 0 ? utc : utc - (USECS_PER_SEC - 1)) / USECS_PER_SEC + 946684800;
	const TimeZone::Rule &rule = SessionTimeZone().rule_at(unix_time);

	source.t = BreakTimestamp(UtcToLocal(utc));
	source.hour = source.t.hour;
	source.utc_offset = rule.utc_offset;
	source.zone = rule.abbreviation;
	source.has_zone = true;
	set_printed(call, source);
}

static void
interval_to_char(FunctionCall &call)
{
	const Interval interval = ArgInterval(call, 0);
	Source source;

	source.is_interval = true;
	source.interval_years = interval.month / 12;
	source.interval_months = interval.month % 12;
	source.interval_days = interval.day;
	source.hour = interval.time / USECS_PER_HOUR;
	source.t.minute = static_cast<int>(interval.time / USECS_PER_MINUTE % 60);
	source.t.second = static_cast<int>(interval.time / USECS_PER_SEC % 60);
	source.t.microsecond = static_cast<int>(interval.time % USECS_PER_SEC);
	set_printed(call, source);
}

/* ---- Reading ---- */

namespace
{

class DateReader
{
public:
	DateReader(std::string_view text, const std::vector<PatternNode> &nodes)
		: rest_(text), whole_(text), nodes_(nodes)
	{
	}

	/* The local time; *offset is set when the text says its zone. */
	DateTime run(bool *has_offset, int *offset)
	{
		for (size_t i = 0; i < nodes_.size() && !TrimSpace(rest_).empty(); i++)
			read(nodes_[i], i + 1 < nodes_.size() && nodes_[i + 1].key != Key::Literal);
		finish();
		*has_offset = has_offset_;
		*offset = offset_;
		return t_;
	}

private:
	[[noreturn]] void bad_value(const PatternNode &node, std::string_view value, const char *detail)
	{
		Raise(Report(ERROR, ERRCODE_INVALID_DATETIME_FORMAT)
				  .msg("invalid value \"%.*s\" for \"%s\"", static_cast<int>(value.size()),
					   value.data(), node.text.c_str())
				  .detail("%s", detail));
	}

	[[noreturn]] void field_overflow()
	{
		Raise(Report(ERROR, ERRCODE_DATETIME_FIELD_OVERFLOW)
				  .msg("date/time field value out of range: \"%.*s\"",
					   static_cast<int>(whole_.size()), whole_.data()));
	}

	void skip_space()
	{
		while (!rest_.empty() && IsSpace(rest_.front()))
			rest_.remove_prefix(1);
	}

	/* At most `width` digits where another field follows at once, else all; *length gets how many. */
	int number(const PatternNode &node, int width, bool fixed, size_t *length = nullptr)
	{
		skip_space();
		size_t end = 0;
		const bool negative = rest_.starts_with('-') && node.key == Key::Year;

		if (negative || rest_.starts_with('+'))
			end = 1;
		const size_t start = end;

		while (end < rest_.size() && IsDigit(rest_[end]) &&
			   (!fixed || node.fill || end - start < static_cast<size_t>(width)))
			end++;
		int value = 0;
		const std::string_view digits = rest_.substr(start, end - start);
		const auto [last, error] =
			std::from_chars(digits.data(), digits.data() + digits.size(), value);

		if (digits.empty())
			bad_value(node, rest_.substr(0, static_cast<size_t>(width)),
					  "Value must be an integer.");
		if (error != std::errc())
			field_overflow();
		if (length != nullptr)
			*length = digits.size();
		rest_.remove_prefix(end);
		if (node.ordinal && rest_.size() >= 2)
			rest_.remove_prefix(2);
		return negative ? -value : value;
	}

	/* Index of the name that the text begins with; full names before short ones. */
	int name(const PatternNode &node, std::span<const char *const> names, bool full)
	{
		skip_space();
		for (size_t i = 0; i < names.size(); i++)
		{
			const std::string wanted =
				UpperText(full ? names[i] : std::string(names[i]).substr(0, 3));

			if (!wanted.empty() && starts_with_no_case(rest_, wanted))
			{
				rest_.remove_prefix(wanted.size());
				return static_cast<int>(i);
			}
		}
		bad_value(node, rest_.substr(0, std::min<size_t>(rest_.size(), full ? 9 : 3)),
				  "The given value did not match any of the allowed values for this field.");
	}

	void literal(const std::string &text)
	{
		for (const char c : text)
		{
			if (rest_.empty())
				return;
			const bool letter = (LowerAscii(c) >= 'a' && LowerAscii(c) <= 'z') || IsDigit(c);

			if (IsSpace(c))
				skip_space();
			else if (letter || !(IsDigit(rest_.front()) || (LowerAscii(rest_.front()) >= 'a' &&
															LowerAscii(rest_.front()) <= 'z')))
				rest_.remove_prefix(CharBytes(rest_.front()));
		}
	}

	void fraction(const PatternNode &node, int width, bool fixed)
	{
		size_t length;
		int value = number(node, width, fixed, &length);

		for (size_t i = length; i < 6; i++)
			value *= 10;
		for (size_t i = 6; i < length; i++)
			value /= 10;
		t_.microsecond = value;
	}

	/* One to three digits mean the years around 2000. */
	int year(const PatternNode &node, bool fixed)
	{
		size_t length;
		const int value = number(node, node.digits, fixed, &length);

		if (length >= 4 || node.digits >= 4)
			return value;
		if (length == 3 || node.digits == 3)
			return value < 100 ? adjust(value) : value < 520 ? value + 2000 : value + 1000;
		return adjust(value);
	}

	static int adjust(int value)
	{
		return value < 70 ? value + 2000 : value < 100 ? value + 1900 : value;
	}

	void read(const PatternNode &node, bool fixed)
	{
		switch (node.key)
		{
			case Key::Literal: return literal(node.text);
			case Key::Hour12:
				t_.hour = number(node, 2, fixed);
				if (t_.hour < 1 || t_.hour > 12)
					Raise(Report(ERROR, ERRCODE_INVALID_DATETIME_FORMAT)
							  .msg("hour \"%d\" is invalid for the 12-hour clock", t_.hour)
							  .hint("Use the 24-hour clock, or give an hour between 1 and 12."));
				twelve_hours_ = true;
				return;
			case Key::Hour24: t_.hour = number(node, 2, fixed); return;
			case Key::Minute: t_.minute = number(node, 2, fixed); return;
			case Key::Second: t_.second = number(node, 2, fixed); return;
			case Key::Millisecond: return fraction(node, 3, fixed);
			case Key::Microsecond: return fraction(node, 6, fixed);
			case Key::Fraction: return fraction(node, node.digits, fixed);
			case Key::SecondOfDay:
			{
				const int seconds = number(node, 5, fixed);

				t_.hour = seconds / 3600;
				t_.minute = seconds / 60 % 60;
				t_.second = seconds % 60;
				return;
			}
			case Key::Meridian:
			case Key::MeridianDots: return meridian(node);
			case Key::Year:
				t_.year = year(node, fixed);
				has_year_ = true;
				return;
			case Key::MonthName:
			case Key::MonthShort:
				t_.month = name(node, kMonthNames, node.key == Key::MonthName);
				return;
			case Key::MonthNumber: t_.month = number(node, 2, fixed); return;
			case Key::DayName:
			case Key::DayShort: name(node, kDayNames, node.key == Key::DayName); return;
			case Key::Day: t_.day = number(node, 2, fixed); return;
			case Key::DayOfYear: day_of_year_ = number(node, 3, fixed); return;
			case Key::Julian:
				DateFromDays(number(node, 7, fixed) - static_cast<int64>(POSTGRES_EPOCH_JDATE),
							 &t_.year, &t_.month, &t_.day);
				has_year_ = true;
				return;
			case Key::Era:
			case Key::EraDots: return era(node);
			case Key::Quarter: number(node, 1, fixed); return;
			case Key::ZoneHours: return zone_hours(node, fixed);
			case Key::ZoneMinutes:
				offset_ += (offset_ < 0 ? -60 : 60) * number(node, 2, fixed);
				return;
			default: RaiseNotSupported("format \"" + node.text + "\" of to_date and to_timestamp");
		}
	}

	void meridian(const PatternNode &node)
	{
		skip_space();
		const char first = rest_.empty() ? '\0' : UpperAscii(rest_.front());

		if (first != 'A' && first != 'P')
			bad_value(node, rest_.substr(0, 2),
					  "The given value did not match any of the allowed values for this field.");
		afternoon_ = first == 'P';
		has_meridian_ = true;
		rest_.remove_prefix(std::min(rest_.size(), node.text.size()));
	}

	void era(const PatternNode &node)
	{
		skip_space();
		before_christ_ = !rest_.empty() && UpperAscii(rest_.front()) == 'B';
		rest_.remove_prefix(std::min(rest_.size(), node.text.size()));
	}

	void zone_hours(const PatternNode &node, bool fixed)
	{
		skip_space();
		const bool negative = rest_.starts_with('-');

		if (negative || rest_.starts_with('+'))
			rest_.remove_prefix(1);
		offset_ = number(node, 2, fixed) * (negative ? -3600 : 3600);
		has_offset_ = true;
	}

	void finish()
	{
		if (!has_year_)
			t_.year = 0;
		if (twelve_hours_ && has_meridian_)
			t_.hour = t_.hour % 12 + (afternoon_ ? 12 : 0);
		else if (twelve_hours_)
			t_.hour %= 12;
		if (before_christ_ && t_.year > 0)
			t_.year = 1 - t_.year;
		else if (t_.year < 0)
			t_.year++;
		if (day_of_year_ > 0)
		{
			if (day_of_year_ > (IsLeapYear(t_.year) ? 366 : 365))
				field_overflow();
			DateFromDays(DaysFromDate(t_.year, 1, 1) + day_of_year_ - 1, &t_.year, &t_.month,
						 &t_.day);
		}
		if (t_.month < 1 || t_.month > 12 || t_.day < 1 ||
			t_.day > DaysInMonth(t_.year, t_.month) || t_.hour > 23 || t_.minute > 59 ||
			t_.second > 59 || t_.hour < 0)
			field_overflow();
	}

	std::string_view rest_, whole_;
	const std::vector<PatternNode> &nodes_;
	DateTime t_;
	bool has_year_ = false, twelve_hours_ = false, has_meridian_ = false, afternoon_ = false;
	bool before_christ_ = false, has_offset_ = false;
	int day_of_year_ = 0, offset_ = 0;
};

} /* namespace */

static void
to_timestamp(FunctionCall &call)
{
	const auto nodes = parse_pattern(ArgText(call, 1));
	bool has_offset;
	int offset;
	const int64 local =
		MakeTimestamp(DateReader(ArgText(call, 0), nodes).run(&has_offset, &offset));

	SetInt(call, has_offset ? local - offset * USECS_PER_SEC : LocalToUtc(local));
}

static void
to_date(FunctionCall &call)
{
	const auto nodes = parse_pattern(ArgText(call, 1));
	bool has_offset;
	int offset;
	const DateTime t = DateReader(ArgText(call, 0), nodes).run(&has_offset, &offset);

	SetInt(call, DaysFromDate(t.year, t.month, t.day));
}

static constexpr FunctionDef kRows[] = {
	Fn(2049, "to_char", 's', "timestamp_to_char", TEXTOID, {TIMESTAMPOID, TEXTOID},
	   timestamp_to_char),
	Fn(1770, "to_char", 's', "timestamptz_to_char", TEXTOID, {TIMESTAMPTZOID, TEXTOID},
	   timestamptz_to_char),
	Fn(1768, "to_char", 's', "interval_to_char", TEXTOID, {INTERVALOID, TEXTOID}, interval_to_char),
	Fn(1772, "to_char", 's', "numeric_to_char", TEXTOID, {NUMERICOID, TEXTOID}, numeric_to_char),
	Fn(1773, "to_char", 's', "int4_to_char", TEXTOID, {INT4OID, TEXTOID}, int4_to_char),
	Fn(1774, "to_char", 's', "int4_to_char", TEXTOID, {INT8OID, TEXTOID}, int4_to_char),
	Fn(1775, "to_char", 's', "float4_to_char", TEXTOID, {FLOAT4OID, TEXTOID}, float8_to_char),
	Fn(1776, "to_char", 's', "float8_to_char", TEXTOID, {FLOAT8OID, TEXTOID}, float8_to_char),
	Fn(1780, "to_date", 's', "to_date", DATEOID, {TEXTOID, TEXTOID}, to_date),
	Fn(1778, "to_timestamp", 's', "to_timestamp", TIMESTAMPTZOID, {TEXTOID, TEXTOID}, to_timestamp),
};

const std::span<const FunctionDef> kFormattingFunctions = kRows;

} /* namespace pg */
