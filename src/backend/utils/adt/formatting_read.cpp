/*
 * utils/adt/formatting_read.cpp
 *		to_date and to_timestamp: texts read along a pattern.
 *
 * Processes with settings.
 */
#include <charconv>

#include "utils/adt/adt_internals.h"
#include "utils/adt/datetime.h"
#include "utils/adt/formatting.h"
#include "utils/adt/utf8.h"

namespace pg
{

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

			if (!wanted.empty() && StartsWithNoCase(rest_, wanted))
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

void
to_timestamp(FunctionCall &call)
{
	const auto nodes = ParseDatePattern(ArgText(call, 1));
	bool has_offset;
	int offset;
	const int64 local =
		MakeTimestamp(DateReader(ArgText(call, 0), nodes).run(&has_offset, &offset));

	SetInt(call, has_offset ? local - offset * USECS_PER_SEC : LocalToUtc(local));
}

void
to_date(FunctionCall &call)
{
	const auto nodes = ParseDatePattern(ArgText(call, 1));
	bool has_offset;
	int offset;
	const DateTime t = DateReader(ArgText(call, 0), nodes).run(&has_offset, &offset);

	SetInt(call, DaysFromDate(t.year, t.month, t.day));
}

} /* namespace pg */
