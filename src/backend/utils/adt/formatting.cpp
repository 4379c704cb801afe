/*
 * utils/adt/formatting.cpp
 *		to_char of dates, times and intervals.
 *
 * Processes with settings.  Names of months and days are English.
 */
#include "utils/adt/formatting.h"

#include "utils/adt/adt_internals.h"
#include "utils/adt/datetime.h"
#include "utils/adt/interval.h"
#include "utils/adt/utf8.h"
#include "utils/time/zone.h"

namespace pg
{

namespace
{

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
		SetText(call, DatePrinter(source).run(ParseDatePattern(pattern)));
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

static constexpr FunctionDef kFormattingRows[] = {
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

const std::span<const FunctionDef> kFormattingFunctions = kFormattingRows;

} /* namespace pg */
