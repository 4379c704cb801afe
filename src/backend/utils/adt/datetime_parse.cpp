/*
 * utils/adt/datetime_parse.cpp
 *		Reads dates and times as people write them.
 *
 * Processes with settings.  A text is cut into tokens (date, time, number, offset, word); each token
 * fills fields that no token before it has filled; what is left over is an error.
 */
#include <charconv>
#include <cstring>

#include "access/transaction.h"
#include "miscadmin.h"
#include "utils/adt/adt_internals.h"
#include "utils/adt/datetime.h"
#include "utils/time/zone.h"

namespace pg
{

namespace
{

enum class Token : uint8_t
{
	Date,	/* parts with - / . between */
	Time,	/* parts with : between */
	Number, /* digits, maybe with a fraction */
	Offset, /* sign and digits */
	Word,
	End
};

struct Word
{
	std::string_view name;
	int value;
};

constexpr Word kMonths[] = {
	{"jan", 1},	 {"january", 1},  {"feb", 2},	 {"february", 2},  {"mar", 3},	{"march", 3},
	{"apr", 4},	 {"april", 4},	  {"may", 5},	 {"jun", 6},	   {"june", 6}, {"jul", 7},
	{"july", 7}, {"aug", 8},	  {"august", 8}, {"sep", 9},	   {"sept", 9}, {"september", 9},
	{"oct", 10}, {"october", 10}, {"nov", 11},	 {"november", 11}, {"dec", 12}, {"december", 12},
};

constexpr std::string_view kWeekdays[] = {
	"sun",		 "sunday", "mon",  "monday", "tue",		 "tues", "tuesday", "wed", "weds",
	"wednesday", "thu",	   "thur", "thurs",	 "thursday", "fri",	 "friday",	"sat", "saturday",
};

int
find_month(std::string_view word)
{
	for (const Word &month : kMonths)
		if (month.name == word)
			return month.value;
	return 0;
}

class Parser
{
public:
	Parser(std::string_view text, DateTimeKind kind) : text_(text), kind_(kind)
	{
		lower_.assign(text);
		for (char &c : lower_)
			c = LowerAscii(c);
		rest_ = TrimSpace(lower_);
	}

	int64 run()
	{
		int64 special;

		if (rest_.empty())
			bad_format();
		if (special_value(&special))
			return special;
		while (next())
			apply();
		return result();
	}

private:
	/* ---- Errors ---- */

	const char *type_name() const
	{
		switch (kind_)
		{
			case DateTimeKind::Date: return "date";
			case DateTimeKind::Time: return "time";
			case DateTimeKind::Timestamp: return "timestamp";
			default: return "timestamp with time zone";
		}
	}

	[[noreturn]] void bad_format() const
	{
		Raise(Report(ERROR, ERRCODE_INVALID_DATETIME_FORMAT)
				  .msg("invalid input syntax for type %s: \"%.*s\"", type_name(),
					   static_cast<int>(text_.size()), text_.data()));
	}

	[[noreturn]] void field_overflow(bool style_hint = false) const
	{
		Report report(ERROR, ERRCODE_DATETIME_FIELD_OVERFLOW);

		report.msg("date/time field value out of range: \"%.*s\"", static_cast<int>(text_.size()),
				   text_.data());
		if (style_hint)
			report.hint("Perhaps you need a different \"datestyle\" setting.");
		Raise(report);
	}

	[[noreturn]] void out_of_range() const
	{
		Raise(Report(ERROR, ERRCODE_DATETIME_VALUE_OUT_OF_RANGE)
				  .msg("%s out of range: \"%.*s\"",
					   kind_ == DateTimeKind::Date ? "date" : "timestamp",
					   static_cast<int>(text_.size()), text_.data()));
	}

	/* ---- Values that stand alone ---- */

	bool special_value(int64 *value)
	{
		const bool date = kind_ == DateTimeKind::Date;

		if (kind_ != DateTimeKind::Time && (rest_ == "infinity" || rest_ == "+infinity"))
			*value = date ? PG_INT32_MAX : DT_NOEND;
		else if (kind_ != DateTimeKind::Time && rest_ == "-infinity")
			*value = date ? PG_INT32_MIN : DT_NOBEGIN;
		else if (kind_ != DateTimeKind::Time && rest_ == "epoch")
			*value = date ? -10957 : -10957 * USECS_PER_DAY;
		else if (rest_ == "now")
			*value = now_value();
		else
			return false;
		return true;
	}

	int64 now_value() const
	{
		const int64 now = TransactionStartTime();
		const int64 local = UtcToLocal(now);

		switch (kind_)
		{
			case DateTimeKind::Timestamptz: return now;
			case DateTimeKind::Timestamp: return local;
			default: break;
		}
		const DateTime t = BreakTimestamp(local);
		const int64 days = DaysFromDate(t.year, t.month, t.day);

		return kind_ == DateTimeKind::Date ? days : local - days * USECS_PER_DAY;
	}

	/* ---- Tokens ---- */

	char peek(size_t i = 0) const { return i < rest_.size() ? rest_[i] : '\0'; }
	static bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

	/* Cuts the next token off; false at the end. */
	bool next()
	{
		while (!rest_.empty() && (IsSpace(peek()) || peek() == ','))
			rest_.remove_prefix(1);
		if (rest_.empty())
			return false;

		size_t length = 0;

		if (IsDigit(peek()))
			length = digits_token();
		else if ((peek() == '+' || peek() == '-') && IsDigit(peek(1)))
		{
			kind_of_token_ = Token::Offset;
			for (length = 1; IsDigit(peek(length)) || peek(length) == ':'; length++)
				;
		}
		else if (is_letter(peek()))
			length = word_token();
		else
			bad_format();
		token_ = rest_.substr(0, length);
		rest_.remove_prefix(length);
		return true;
	}

	size_t digits_token()
	{
		size_t i = 0;

		while (IsDigit(peek(i)))
			i++;
		if (peek(i) == ':')
		{
			kind_of_token_ = Token::Time;
			while (IsDigit(peek(i)) || peek(i) == ':' || peek(i) == '.')
				i++;
			return i;
		}
		kind_of_token_ = Token::Number;
		const char separator = peek(i);

		if (separator != '-' && separator != '/' && separator != '.')
			return i;

		size_t second = i + 1;

		while (IsDigit(peek(second)) || is_letter(peek(second)))
			second++;
		if (second == i + 1)
			return i;
		if (peek(second) != separator)
		{
			/* A single point: a fraction, or year.day. */
			if (separator == '.')
				while (IsDigit(peek(i + 1)))
					i++;
			return separator == '.' ? i + 1 : i;
		}
		size_t third = second + 1;

		while (IsDigit(peek(third)))
			third++;
		if (third == second + 1)
			return i;
		kind_of_token_ = Token::Date;
		return third;
	}

	/* A word; zone names hold / _ - + and digits, too. */
	size_t word_token()
	{
		size_t i = 0;

		kind_of_token_ = Token::Word;
		while (is_letter(peek(i)))
			i++;
		if (peek(i) != '/' && peek(i) != '_' &&
			!(i >= 3 && (peek(i) == '+' || peek(i) == '-' || IsDigit(peek(i))) &&
			  find_month(rest_.substr(0, i)) == 0))
			return i;
		while (is_letter(peek(i)) || IsDigit(peek(i)) ||
			   strchr("/_-+", peek(i) != '\0' ? peek(i) : ' ') != nullptr)
			i++;
		return i;
	}

	static int to_int(std::string_view digits)
	{
		int value = 0;
		const auto [end, error] =
			std::from_chars(digits.data(), digits.data() + digits.size(), value);

		return error == std::errc() ? value : INT_MAX;
	}

	/* ---- What a token says ---- */

	void apply()
	{
		switch (kind_of_token_)
		{
			case Token::Date: return date_token();
			case Token::Time: return time_token();
			case Token::Number: return number_token();
			case Token::Offset: return offset_token();
			default: return word();
		}
	}

	void set_once(bool *seen)
	{
		if (*seen)
			bad_format();
		*seen = true;
	}

	void set_year(std::string_view digits)
	{
		set_once(&have_year_);
		t_.year = to_int(digits);
		two_digit_year_ = digits.size() <= 2;
	}

	void set_month(int month)
	{
		set_once(&have_month_);
		t_.month = month;
	}

	void set_day(std::string_view digits)
	{
		set_once(&have_day_);
		t_.day = to_int(digits);
	}

	void date_token()
	{
		const size_t a = token_.find_first_of("-/.");
		const size_t b = token_.find(token_[a], a + 1);
		const std::string_view first = token_.substr(0, a),
							   second = token_.substr(a + 1, b - a - 1),
							   third = token_.substr(b + 1);

		if (is_letter(second[0]))
		{
			if (find_month(second) == 0)
				bad_format();
			set_month(find_month(second));
			const bool year_first =
				first.size() > 2 || (third.size() <= 2 && DateOrder == DATEORDER_YMD);

			set_year(year_first ? first : third);
			set_day(year_first ? third : first);
			return;
		}
		if (first.size() > 2 || (DateOrder == DATEORDER_YMD && third.size() <= 2))
		{
			set_year(first);
			set_month(to_int(second));
			return set_day(third);
		}
		if (DateOrder == DATEORDER_YMD)
			field_overflow(true);
		set_month(to_int(DateOrder == DATEORDER_DMY ? second : first));
		set_day(DateOrder == DATEORDER_DMY ? first : second);
		set_year(third);
	}

	/* Digits after a point, to microseconds. */
	static int fraction(std::string_view digits)
	{
		double value = 0;
		const std::string text = "0." + std::string(digits);

		std::from_chars(text.data(), text.data() + text.size(), value);
		return static_cast<int>(std::rint(value * 1000000));
	}

	void time_token()
	{
		std::string_view text = token_;
		int parts[3] = {0, 0, 0};
		int count = 0;

		set_once(&have_time_);
		time_next_ = false;
		const size_t point = text.find('.');

		if (point != std::string_view::npos)
		{
			t_.microsecond = fraction(text.substr(point + 1));
			text = text.substr(0, point);
		}
		while (count < 3)
		{
			const size_t colon = text.find(':');
			const std::string_view part = text.substr(0, colon);

			if (part.empty() && count != 2)
				bad_format();
			parts[count++] = part.empty() ? 0 : to_int(part);
			if (colon == std::string_view::npos)
			{
				text = {};
				break;
			}
			text.remove_prefix(colon + 1);
		}
		if (!text.empty() || count < 2)
			bad_format();
		/* "mm:ss.fraction" */
		if (count == 2 && point != std::string_view::npos)
		{
			parts[2] = parts[1];
			parts[1] = parts[0];
			parts[0] = 0;
		}
		t_.hour = parts[0];
		t_.minute = parts[1];
		t_.second = parts[2];
	}

	/* hhmmss or hhmm without colons. */
	void compact_time(std::string_view digits, std::string_view fraction_digits)
	{
		set_once(&have_time_);
		if (digits.size() == 2)
		{
			t_.hour = to_int(digits);
			return;
		}
		t_.hour = to_int(digits.substr(0, 2));
		t_.minute = to_int(digits.substr(2, 2));
		if (digits.size() > 4)
			t_.second = to_int(digits.substr(4, 2));
		if (!fraction_digits.empty())
			t_.microsecond = fraction(fraction_digits);
	}

	void number_token()
	{
		const size_t point = token_.find('.');
		const std::string_view digits = token_.substr(0, point);
		const std::string_view after =
			point == std::string_view::npos ? std::string_view() : token_.substr(point + 1);
		const bool have_date = have_year_ && have_month_ && have_day_;

		if (julian_)
		{
			julian_ = false;
			int year, month, day;

			DateFromDays(to_int(digits) - POSTGRES_EPOCH_JDATE, &year, &month, &day);
			have_year_ = have_month_ = have_day_ = true;
			t_.year = year;
			t_.month = month;
			t_.day = day;
			return;
		}
		if (time_next_ || ((have_date || kind_ == DateTimeKind::Time) && !have_time_))
		{
			const bool after_t = time_next_;

			time_next_ = false;
			if (digits.size() == 6 || digits.size() == 4 || (digits.size() == 2 && after_t))
				return compact_time(digits, after);
			bad_format();
		}
		if (point != std::string_view::npos)
			return year_and_day(digits, after);
		if (!have_year_ && !have_month_ && !have_day_ && digits.size() >= 6)
			return compact_date(digits);
		plain_number(digits);
	}

	/* year.dayofyear */
	void year_and_day(std::string_view year, std::string_view day)
	{
		int y, month, d;

		if (year.size() != 4 || day.size() != 3)
			bad_format();
		set_year(year);
		if (to_int(day) < 1 || to_int(day) > (IsLeapYear(t_.year) ? 366 : 365))
			field_overflow();
		DateFromDays(DaysFromDate(t_.year, 1, 1) + to_int(day) - 1, &y, &month, &d);
		set_month(month);
		have_day_ = true;
		t_.day = d;
	}

	void compact_date(std::string_view digits)
	{
		if (digits.size() > 8 || digits.size() == 7)
			bad_format();
		const size_t year_length = digits.size() - 4;

		set_year(digits.substr(0, year_length));
		set_month(to_int(digits.substr(year_length, 2)));
		set_day(digits.substr(year_length + 2));
	}

	void plain_number(std::string_view digits)
	{
		if (digits.size() > 2 && !have_year_)
			return set_year(digits);
		if (have_month_ && !have_day_ &&
			(have_year_ || DateOrder != DATEORDER_YMD || digits.size() <= 2))
			return set_day(digits);
		if (have_month_ && have_day_ && !have_year_)
			return set_year(digits);
		if (have_year_ && !have_month_)
			return set_month(to_int(digits));
		if (!have_month_ && DateOrder == DATEORDER_MDY && !have_day_)
			return set_month(to_int(digits));
		if (!have_day_ && DateOrder == DATEORDER_DMY)
			return set_day(digits);
		if (!have_month_)
			return set_month(to_int(digits));
		bad_format();
	}

	void offset_token()
	{
		const bool negative = token_[0] == '-';
		std::string_view digits = token_.substr(1);
		int parts[3] = {0, 0, 0};

		if (have_month_ && !have_year_ && digits.find(':') == std::string_view::npos)
		{
			/* "Nov-22-2026" */
			token_.remove_prefix(1);
			return plain_number(token_);
		}
		set_once(&have_zone_);
		if (digits.find(':') == std::string_view::npos && digits.size() > 2)
		{
			const size_t hours = digits.size() - (digits.size() > 4 ? 4 : 2);

			parts[0] = to_int(digits.substr(0, hours));
			parts[1] = to_int(digits.substr(hours, 2));
			if (digits.size() > hours + 2)
				parts[2] = to_int(digits.substr(hours + 2));
		}
		else
			for (int i = 0; i < 3 && !digits.empty(); i++)
			{
				const size_t colon = digits.find(':');

				parts[i] = to_int(digits.substr(0, colon));
				digits =
					colon == std::string_view::npos ? std::string_view() : digits.substr(colon + 1);
			}
		if (parts[0] > MAX_TZDISP_HOUR || parts[1] > 59 || parts[2] > 59)
			Raise(Report(ERROR, ERRCODE_INVALID_TIME_ZONE_DISPLACEMENT_VALUE)
					  .msg("time zone displacement out of range: \"%.*s\"",
						   static_cast<int>(text_.size()), text_.data()));
		offset_ = (parts[0] * 60 + parts[1]) * 60 + parts[2];
		if (negative)
			offset_ = -offset_;
	}

	void word()
	{
		if (const int month = find_month(token_); month != 0)
		{
			/* A number that came before it was the day. */
			if (have_month_ && !have_day_)
			{
				have_day_ = true;
				t_.day = t_.month;
				have_month_ = false;
			}
			return set_month(month);
		}
		for (const std::string_view weekday : kWeekdays)
			if (token_ == weekday)
				return;
		if (token_ == "at" || token_ == "on")
			return;
		if (token_ == "am" || token_ == "pm")
			return meridian(token_ == "pm");
		if (token_ == "bc" || token_ == "ad")
		{
			before_christ_ = token_ == "bc";
			return;
		}
		if (token_ == "t" && (have_day_ || have_month_))
		{
			time_next_ = true;
			return;
		}
		if (token_ == "j" && IsDigit(peek()))
		{
			julian_ = true;
			return;
		}
		if (day_word() || zone_word())
			return;
		bad_format();
	}

	void meridian(bool afternoon)
	{
		if (!have_time_)
			bad_format();
		if (t_.hour < 1 || t_.hour > 12)
			field_overflow();
		t_.hour = t_.hour % 12 + (afternoon ? 12 : 0);
	}

	/* today, tomorrow, yesterday, allballs */
	bool day_word()
	{
		int64 shift = 0;

		if (token_ == "allballs")
		{
			set_once(&have_time_);
			set_once(&have_zone_);
			offset_ = 0;
			return true;
		}
		if (token_ == "tomorrow")
			shift = 1;
		else if (token_ == "yesterday")
			shift = -1;
		else if (token_ != "today")
			return false;

		const DateTime now =
			BreakTimestamp(UtcToLocal(TransactionStartTime()) + shift * USECS_PER_DAY);

		if (have_year_ || have_month_ || have_day_)
			bad_format();
		have_year_ = have_month_ = have_day_ = day_by_word_ = true;
		t_.year = now.year;
		t_.month = now.month;
		t_.day = now.day;
		return true;
	}

	bool zone_word()
	{
		/* The zone's name as written: file names have capitals. */
		const std::string_view written =
			text_.substr(static_cast<size_t>(token_.data() - lower_.data()), token_.size());

		if (have_zone_)
			bad_format();
		if (FindZoneAbbreviation(token_, &offset_))
		{
			have_zone_ = true;
			return true;
		}
		zone_ = FindZone(written);
		if (zone_ == nullptr && token_.find_first_of("/_-+") != std::string_view::npos)
			Raise(Report(ERROR, ERRCODE_INVALID_PARAMETER_VALUE)
					  .msg("time zone \"%.*s\" not recognized", static_cast<int>(written.size()),
						   written.data()));
		have_zone_ = zone_ != nullptr;
		return have_zone_;
	}

	/* ---- Putting it together ---- */

	void check_date()
	{
		if (!have_year_ || !have_month_ || !have_day_)
			bad_format();
		if (!day_by_word_ && before_christ_)
		{
			if (t_.year <= 0)
				field_overflow();
			t_.year = 1 - t_.year;
		}
		else if (two_digit_year_ && !day_by_word_)
			t_.year += t_.year < 70 ? 2000 : t_.year < 100 ? 1900 : 0;
		else if (t_.year <= 0 && !day_by_word_ && !julian_date())
			field_overflow();
		if (t_.month < 1 || t_.month > 12 || t_.day < 1 || t_.day > 31)
			field_overflow(true);
		if (t_.year > 6000000)
			out_of_range();
		if (t_.day > DaysInMonth(t_.year, t_.month))
			field_overflow();
	}

	bool julian_date() const { return lower_.find('j') == 0; }

	void check_time()
	{
		if (t_.minute > 59 || t_.second > 60 || t_.hour > 24 ||
			(t_.hour == 24 && (t_.minute > 0 || t_.second > 0 || t_.microsecond > 0)))
			field_overflow();
	}

	int64 result()
	{
		if (time_next_ || julian_)
			bad_format();
		check_time();
		const int64 time =
			((t_.hour * 60LL + t_.minute) * 60 + t_.second) * USECS_PER_SEC + t_.microsecond;

		if (kind_ == DateTimeKind::Time)
		{
			if (!have_time_ || (zone_ != nullptr && !have_day_))
				bad_format();
			return time;
		}
		check_date();
		const int64 days = DaysFromDate(t_.year, t_.month, t_.day);

		if (kind_ == DateTimeKind::Date)
		{
			if (!IS_VALID_DATE(days))
				out_of_range();
			return days;
		}
		int64 timestamp;

		if (!TryMakeTimestamp(t_, &timestamp))
			out_of_range();
		if (kind_ == DateTimeKind::Timestamp)
			return timestamp;
		if (have_zone_ && zone_ == nullptr)
			timestamp -= offset_ * USECS_PER_SEC;
		else
			timestamp = zone_ != nullptr ? LocalToUtc(timestamp, *zone_) : LocalToUtc(timestamp);
		if (!IS_VALID_TIMESTAMP(timestamp))
			out_of_range();
		return timestamp;
	}

	std::string_view text_;
	DateTimeKind kind_;
	std::string lower_;
	std::string_view rest_, token_;
	Token kind_of_token_ = Token::End;
	DateTime t_;
	int offset_ = 0;
	const TimeZone *zone_ = nullptr;
	bool have_year_ = false, have_month_ = false, have_day_ = false, have_time_ = false,
		 have_zone_ = false;
	bool two_digit_year_ = false, before_christ_ = false, day_by_word_ = false;
	bool time_next_ = false; /* after "T" */
	bool julian_ = false;	 /* after "J" */
};

} /* namespace */

/* The common form yyyy-mm-dd[ hh:mm:ss], without the general machinery. */
static bool
parse_plain(std::string_view text, DateTimeKind kind, int64 *result)
{
	const auto number = [&](size_t at, size_t length, int *value)
	{
		*value = 0;
		for (size_t i = at; i < at + length; i++)
		{
			if (!IsDigit(text[i]))
				return false;
			*value = *value * 10 + (text[i] - '0');
		}
		return true;
	};
	DateTime t;

	if ((kind != DateTimeKind::Date || text.size() != 10) &&
		(kind != DateTimeKind::Timestamp || text.size() != 19))
		return false;
	if (text[4] != '-' || text[7] != '-' || !number(0, 4, &t.year) || !number(5, 2, &t.month) ||
		!number(8, 2, &t.day))
		return false;
	if (t.year == 0 || t.month < 1 || t.month > 12 || t.day < 1 ||
		t.day > DaysInMonth(t.year, t.month))
		return false;
	if (kind == DateTimeKind::Date)
	{
		*result = DaysFromDate(t.year, t.month, t.day);
		return true;
	}
	if (text[10] != ' ' || text[13] != ':' || text[16] != ':' || !number(11, 2, &t.hour) ||
		!number(14, 2, &t.minute) || !number(17, 2, &t.second) || t.hour > 23 || t.minute > 59 ||
		t.second > 59)
		return false;
	return TryMakeTimestamp(t, result);
}

int64
ParseDateTime(std::string_view text, DateTimeKind kind)
{
	int64 result;

	if (parse_plain(text, kind, &result))
		return result;
	return Parser(text, kind).run();
}

} /* namespace pg */
