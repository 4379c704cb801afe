/*
 * utils/adt/interval_parse.cpp
 *		Reads intervals: PostgreSQL's units, SQL's year-month and day-time, ISO 8601.
 *
 * Any process; pure.
 */
#include <charconv>
#include <cmath>

#include "utils/adt/adt_internals.h"
#include "utils/adt/interval.h"

namespace pg
{

namespace
{

enum class Unit : uint8_t
{
	Microsecond,
	Millisecond,
	Second,
	Minute,
	Hour,
	Day,
	Week,
	Month,
	Year,
	Decade,
	Century,
	Millennium,
	None
};

struct UnitName
{
	std::string_view name;
	Unit unit;
};

constexpr UnitName kUnits[] = {
	{"us", Unit::Microsecond},
	{"usec", Unit::Microsecond},
	{"usecs", Unit::Microsecond},
	{"usecond", Unit::Microsecond},
	{"useconds", Unit::Microsecond},
	{"microsecond", Unit::Microsecond},
	{"microseconds", Unit::Microsecond},
	{"microsecon", Unit::Microsecond},
	{"ms", Unit::Millisecond},
	{"msec", Unit::Millisecond},
	{"msecs", Unit::Millisecond},
	{"mseconds", Unit::Millisecond},
	{"millisecond", Unit::Millisecond},
	{"milliseconds", Unit::Millisecond},
	{"s", Unit::Second},
	{"sec", Unit::Second},
	{"secs", Unit::Second},
	{"second", Unit::Second},
	{"seconds", Unit::Second},
	{"m", Unit::Minute},
	{"min", Unit::Minute},
	{"mins", Unit::Minute},
	{"minute", Unit::Minute},
	{"minutes", Unit::Minute},
	{"h", Unit::Hour},
	{"hr", Unit::Hour},
	{"hrs", Unit::Hour},
	{"hour", Unit::Hour},
	{"hours", Unit::Hour},
	{"d", Unit::Day},
	{"day", Unit::Day},
	{"days", Unit::Day},
	{"w", Unit::Week},
	{"week", Unit::Week},
	{"weeks", Unit::Week},
	{"mon", Unit::Month},
	{"mons", Unit::Month},
	{"month", Unit::Month},
	{"months", Unit::Month},
	{"y", Unit::Year},
	{"yr", Unit::Year},
	{"yrs", Unit::Year},
	{"year", Unit::Year},
	{"years", Unit::Year},
	{"dec", Unit::Decade},
	{"decs", Unit::Decade},
	{"decade", Unit::Decade},
	{"decades", Unit::Decade},
	{"c", Unit::Century},
	{"cent", Unit::Century},
	{"century", Unit::Century},
	{"centuries", Unit::Century},
	{"mil", Unit::Millennium},
	{"mils", Unit::Millennium},
	{"millennium", Unit::Millennium},
	{"millennia", Unit::Millennium},
};

Unit
find_unit(std::string_view name)
{
	for (const UnitName &unit : kUnits)
		if (unit.name == name)
			return unit.unit;
	return Unit::None;
}

class IntervalParser
{
public:
	IntervalParser(std::string_view text, int32 typmod)
		: text_(text), fields_(typmod < 0 ? kFieldsAll : IntervalTypmodFields(typmod))
	{
		lower_.assign(text);
		for (char &c : lower_)
			c = LowerAscii(c);
		rest_ = TrimSpace(lower_);
	}

	Interval run()
	{
		if (rest_.empty())
			bad_format();
		if (rest_[0] == 'p')
			iso();
		else
			words();
		return result();
	}

private:
	[[noreturn]] void bad_format() const
	{
		Raise(Report(ERROR, ERRCODE_INVALID_DATETIME_FORMAT)
				  .msg("invalid input syntax for type interval: \"%.*s\"",
					   static_cast<int>(text_.size()), text_.data()));
	}

	[[noreturn]] void overflow() const
	{
		Raise(Report(ERROR, ERRCODE_INTERVAL_FIELD_OVERFLOW)
				  .msg("interval field value out of range: \"%.*s\"",
					   static_cast<int>(text_.size()), text_.data()));
	}

	char peek(size_t i = 0) const { return i < rest_.size() ? rest_[i] : '\0'; }

	void add_time(double microseconds)
	{
		const double rounded = std::rint(microseconds);

		if (!(std::fabs(rounded) < 9.2e18) ||
			__builtin_add_overflow(time_, static_cast<int64>(rounded), &time_))
			overflow();
	}

	void add_whole(int64 value, int64 unit, int64 *target)
	{
		int64 product;

		if (__builtin_mul_overflow(value, unit, &product) ||
			__builtin_add_overflow(*target, product, target))
			overflow();
	}

	void add_days(double days)
	{
		const double whole = std::trunc(days);

		add_whole(static_cast<int64>(whole), 1, &days_);
		add_time((days - whole) * static_cast<double>(USECS_PER_DAY));
	}

	void add_months(double months)
	{
		const double whole = std::trunc(months);

		add_whole(static_cast<int64>(whole), 1, &months_);
		add_days((months - whole) * 30);
	}

	/* whole and fraction have one sign. */
	void add(int64 whole, double fraction, Unit unit)
	{
		switch (unit)
		{
			case Unit::Microsecond: add_whole(whole, 1, &time_); return add_time(fraction);
			case Unit::Millisecond:
				add_whole(whole, 1000, &time_);
				return add_time(fraction * 1000);
			case Unit::Second:
				add_whole(whole, USECS_PER_SEC, &time_);
				return add_time(fraction * USECS_PER_SEC);
			case Unit::Minute:
				add_whole(whole, USECS_PER_MINUTE, &time_);
				return add_time(fraction * USECS_PER_MINUTE);
			case Unit::Hour:
				add_whole(whole, USECS_PER_HOUR, &time_);
				return add_time(fraction * static_cast<double>(USECS_PER_HOUR));
			case Unit::Day: add_whole(whole, 1, &days_); return add_days(fraction);
			case Unit::Week: add_whole(whole, 7, &days_); return add_days(fraction * 7);
			case Unit::Month: add_whole(whole, 1, &months_); return add_months(fraction);
			default:
				add_years(whole, fraction,
						  unit == Unit::Year	  ? 1
						  : unit == Unit::Decade  ? 10
						  : unit == Unit::Century ? 100
												  : 1000);
		}
	}

	void add_years(int64 whole, double fraction, int64 years)
	{
		add_whole(whole, 12 * years, &months_);
		add_whole(static_cast<int64>(std::rint(fraction * 12 * static_cast<double>(years))), 1,
				  &months_);
	}

	/* The unit of a bare number: the smallest field of the typmod, seconds by default. */
	Unit default_unit() const
	{
		if ((fields_ & kFieldSecond) != 0)
			return Unit::Second;
		if ((fields_ & kFieldMinute) != 0)
			return Unit::Minute;
		if ((fields_ & kFieldHour) != 0)
			return Unit::Hour;
		if ((fields_ & kFieldDay) != 0)
			return Unit::Day;
		return (fields_ & kFieldMonth) != 0 ? Unit::Month : Unit::Year;
	}

	/* [+-]digits[.digits] from the front of rest_. */
	struct Number
	{
		int64 whole;
		double fraction;
		bool negative;
	};

	Number take_signed_number()
	{
		Number n{0, 0, false};
		size_t i = 0;

		if (peek() == '-' || peek() == '+')
		{
			n.negative = peek() == '-';
			for (i = 1; IsSpace(peek(i)); i++)
				;
		}
		const size_t start = i;

		while (IsDigit(peek(i)))
			i++;
		if (i > start)
		{
			const auto [end, error] =
				std::from_chars(rest_.data() + start, rest_.data() + i, n.whole);

			if (error != std::errc())
				overflow();
		}
		size_t fraction_end = i;

		if (peek(i) == '.')
		{
			for (fraction_end = i + 1; IsDigit(peek(fraction_end)); fraction_end++)
				;
			if (fraction_end == i + 1 && i == start)
				bad_format();
			const std::string digits =
				"0." + std::string(rest_.substr(i + 1, fraction_end - i - 1)) + "0";

			std::from_chars(digits.data(), digits.data() + digits.size(), n.fraction);
		}
		else if (i == start)
			bad_format();
		rest_.remove_prefix(fraction_end);
		if (n.negative)
		{
			n.whole = -n.whole;
			n.fraction = -n.fraction;
		}
		return n;
	}

	void skip_space()
	{
		while (!rest_.empty() && (IsSpace(peek()) || peek() == ','))
			rest_.remove_prefix(1);
	}

	/* hh:mm, hh:mm:ss[.f], mm:ss.f; `hours` was read already. */
	void clock(Number first)
	{
		const int64 sign = first.negative ? -1 : 1;
		int64 parts[2] = {0, 0};
		double fraction = 0;
		int count = 0;

		for (; peek() == ':' && count < 2; count++)
		{
			rest_.remove_prefix(1);
			if (!IsDigit(peek()))
				bad_format();
			const Number n = take_signed_number();

			parts[count] = n.whole;
			fraction = n.fraction;
			if (fraction != 0 && peek() == ':')
				bad_format();
		}
		if (peek() == ':' || first.fraction != 0)
			bad_format();
		if (count == 1 &&
			(fraction != 0 || (fields_ != kFieldsAll && fields_ == (kFieldMinute | kFieldSecond))))
		{
			/* minutes and seconds */
			if (parts[0] > 59)
				overflow();
			add(first.whole, 0, Unit::Minute);
			return add(sign * parts[0], static_cast<double>(sign) * fraction, Unit::Second);
		}
		if (parts[0] > 59 || parts[1] > 60)
			overflow();
		add(first.whole, 0, Unit::Hour);
		add(sign * parts[0], 0, Unit::Minute);
		add(sign * parts[1], static_cast<double>(sign) * fraction, Unit::Second);
	}

	void words()
	{
		bool ago = false, any = false;
		bool bare_day = false;

		if (peek() == '@')
			rest_.remove_prefix(1);
		for (skip_space(); !rest_.empty(); skip_space())
		{
			if (any && rest_.starts_with("ago") && (rest_.size() == 3 || IsSpace(rest_[3])))
			{
				ago = true;
				rest_.remove_prefix(3);
				continue;
			}
			any = true;
			if (!IsDigit(peek()) && peek() != '-' && peek() != '+' && peek() != '.')
				bad_format();
			field(&bare_day);
		}
		if (!any)
			bad_format();
		if (ago)
		{
			months_ = -months_;
			days_ = -days_;
			time_ = -time_;
		}
	}

	void field(bool *bare_day)
	{
		const Number n = take_signed_number();

		if (peek() == ':')
			return clock(n);
		if (peek() == '-' && IsDigit(peek(1)) && n.fraction == 0)
			return years_and_months(n);
		if (peek() == '.')
			bad_format();
		skip_space();

		size_t length = 0;

		while (peek(length) >= 'a' && peek(length) <= 'z')
			length++;
		if (length > 0 && rest_.substr(0, length) != "ago")
		{
			const Unit unit = find_unit(rest_.substr(0, length));

			if (unit == Unit::None)
				bad_format();
			rest_.remove_prefix(length);
			if (seen_[static_cast<size_t>(unit)])
				bad_format();
			seen_[static_cast<size_t>(unit)] = true;
			return add(n.whole, n.fraction, unit);
		}
		/* "1 02:03:04": days before a time. */
		if (!*bare_day && rest_.find(':') != std::string_view::npos &&
			rest_.find(' ') == std::string_view::npos)
		{
			*bare_day = true;
			return add(n.whole, n.fraction, Unit::Day);
		}
		add(n.whole, n.fraction, default_unit());
	}

	/* SQL's "1-2" */
	void years_and_months(Number years)
	{
		rest_.remove_prefix(1);
		const Number months = take_signed_number();

		if (months.whole >= 12 || months.fraction != 0)
			overflow();
		add(years.whole, 0, Unit::Year);
		add(years.negative ? -months.whole : months.whole, 0, Unit::Month);
	}

	/* P1Y2M3DT4H5M6S, P3W */
	void iso()
	{
		bool in_time = false;

		rest_.remove_prefix(1);
		if (rest_.empty())
			bad_format();
		if (IsDigit(peek()) && rest_.find('-') != std::string_view::npos && iso_alternative())
			return;
		while (!rest_.empty())
		{
			if (peek() == 't')
			{
				in_time = true;
				rest_.remove_prefix(1);
				continue;
			}
			const Number n = take_signed_number();

			add(n.whole, n.fraction, iso_unit(peek(), in_time));
			rest_.remove_prefix(1);
		}
	}

	/* yyyy-mm-ddThh:mm:ss behind the P */
	bool iso_alternative()
	{
		int year, month, day, used = 0;

		if (sscanf(std::string(rest_).c_str(), "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3)
			return false;
		rest_.remove_prefix(static_cast<size_t>(used));
		add(year, 0, Unit::Year);
		add(month, 0, Unit::Month);
		add(day, 0, Unit::Day);
		if (rest_.empty())
			return true;
		if (peek() != 't')
			bad_format();
		rest_.remove_prefix(1);
		clock(take_signed_number());
		if (!rest_.empty())
			bad_format();
		return true;
	}

	Unit iso_unit(char letter, bool in_time) const
	{
		switch (letter)
		{
			case 'y': return in_time ? (bad_format(), Unit::None) : Unit::Year;
			case 'm': return in_time ? Unit::Minute : Unit::Month;
			case 'w': return in_time ? (bad_format(), Unit::None) : Unit::Week;
			case 'd': return in_time ? (bad_format(), Unit::None) : Unit::Day;
			case 'h': return !in_time ? (bad_format(), Unit::None) : Unit::Hour;
			case 's': return !in_time ? (bad_format(), Unit::None) : Unit::Second;
			default: bad_format();
		}
	}

	Interval result() const
	{
		Interval interval;

		if (months_ != static_cast<int32>(months_) || days_ != static_cast<int32>(days_))
			Raise(Report(ERROR, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE).msg("interval out of range"));
		interval.month = static_cast<int32>(months_);
		interval.day = static_cast<int32>(days_);
		interval.time = time_;
		return interval;
	}

	std::string_view text_;
	int fields_;
	std::string lower_;
	std::string_view rest_;
	int64 months_ = 0, days_ = 0, time_ = 0;
	bool seen_[static_cast<size_t>(Unit::None)] = {}; /* each unit once */
};

} /* namespace */

Interval
ParseInterval(std::string_view text, int32 typmod)
{
	return IntervalParser(text, typmod).run();
}

} /* namespace pg */
