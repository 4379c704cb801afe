/*
 * common/timezone.cpp
 *		Reads zone files (RFC 8536) and POSIX TZ texts, and answers from them.
 *
 * Any process.  The parser takes any bytes and never reads beyond them.
 */
#include "common/timezone.h"

#include <dirent.h>
#include <strings.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace pg
{

namespace
{

constexpr const char *kZoneFolder = "/usr/share/zoneinfo";
constexpr int kSecondsPerDay = 86400;

/* Bytes of a zone file, read in order; a read beyond the end marks the whole as bad. */
class Bytes
{
public:
	explicit Bytes(std::string_view bytes) : rest_(bytes) {}

	std::string_view take(size_t n)
	{
		if (n > rest_.size())
		{
			good_ = false;
			return {};
		}
		std::string_view taken = rest_.substr(0, n);

		rest_.remove_prefix(n);
		return taken;
	}

	int64_t number(size_t width)
	{
		std::string_view bytes = take(width);
		uint64_t value = !bytes.empty() && (bytes[0] & 0x80) != 0 ? ~uint64_t{0} : 0;

		for (char c : bytes)
			value = value << 8 | static_cast<unsigned char>(c);
		return static_cast<int64_t>(value);
	}

	bool good() const { return good_; }
	std::string_view rest() const { return rest_; }

private:
	std::string_view rest_;
	bool good_ = true;
};

struct Counts
{
	size_t isut, isstd, leap, time, type, chars;
};

/* Header of one of the file's two data blocks; false when it is none. */
bool
read_header(Bytes &in, Counts &counts, char &version)
{
	if (in.take(4) != "TZif")
		return false;
	std::string_view rest = in.take(16);

	if (rest.empty())
		return false;
	version = rest[0];
	for (size_t *count :
		 {&counts.isut, &counts.isstd, &counts.leap, &counts.time, &counts.type, &counts.chars})
	{
		const int64_t value = in.number(4);

		if (value < 0 || value > 1000000)
			return false;
		*count = static_cast<size_t>(value);
	}
	return in.good();
}

bool
read_file(const std::string &path, std::string &out)
{
	FILE *file = fopen(path.c_str(), "rb");

	if (file == nullptr)
		return false;

	char buffer[4096];
	size_t n;

	while ((n = fread(buffer, 1, sizeof(buffer), file)) > 0 && out.size() < 1024 * 1024)
		out.append(buffer, n);

	const bool good = ferror(file) == 0;

	fclose(file);
	return good && !out.empty();
}

/* The entry of a folder that a name means when case does not matter; empty when none. */
std::string
find_entry(const std::string &folder, std::string_view name)
{
	DIR *dir = opendir(folder.c_str());
	std::string found;

	if (dir == nullptr)
		return found;
	while (const dirent *entry = readdir(dir))
	{
		if (strlen(entry->d_name) == name.size() &&
			strncasecmp(entry->d_name, name.data(), name.size()) == 0)
		{
			found = entry->d_name;
			break;
		}
	}
	closedir(dir);
	return found;
}

/* The name of a zone as the system's files spell it; empty when there is none. */
std::string
spelled_name(std::string_view name)
{
	std::string result;

	if (name.empty() || name.front() == '/' || name.find("..") != std::string_view::npos)
		return result;
	if (access((std::string(kZoneFolder) + "/" + std::string(name)).c_str(), R_OK) == 0)
		return std::string(name);
	while (!name.empty())
	{
		const size_t slash = name.find('/');
		const std::string entry =
			find_entry(std::string(kZoneFolder) + "/" + result, name.substr(0, slash));

		if (entry.empty())
			return {};
		result += result.empty() ? entry : "/" + entry;
		name = slash == std::string_view::npos ? std::string_view{} : name.substr(slash + 1);
	}
	return result;
}

bool
is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int
days_in_month(int year, int month)
{
	static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return month == 2 && is_leap(year) ? 29 : kDays[month - 1];
}

int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0 ? 1 : 0);
}

/* Year, month and day of a day number. */
void
civil_from_days(int64_t days, int &year, int &month, int &day)
{
	/* Years that begin in March, in eras of 400 years. */
	days += 719468;
	const int64_t era = floor_div(days, 146097);
	const int64_t of_era = days - era * 146097;
	const int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	const int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	const int64_t march_month = (5 * of_year + 2) / 153;

	day = static_cast<int>(of_year - (153 * march_month + 2) / 5 + 1);
	month = static_cast<int>(march_month < 10 ? march_month + 3 : march_month - 9);
	year = static_cast<int>(year_of_era + era * 400 + (month <= 2 ? 1 : 0));
}

/* POSIX TZ texts: each taker eats what it reads and returns false when it is not there. */
bool
take_abbreviation(std::string_view &in, std::string &out)
{
	size_t end = 0;

	if (!in.empty() && in[0] == '<')
	{
		end = in.find('>');
		if (end == std::string_view::npos)
			return false;
		out = in.substr(1, end - 1);
		in.remove_prefix(end + 1);
		return out.size() >= 3;
	}
	while (end < in.size() && isalpha(static_cast<unsigned char>(in[end])))
		end++;
	out = in.substr(0, end);
	in.remove_prefix(end);
	return out.size() >= 3;
}

bool
take_number(std::string_view &in, int &out)
{
	size_t end = 0;

	out = 0;
	while (end < in.size() && end < 6 && isdigit(static_cast<unsigned char>(in[end])))
		out = out * 10 + (in[end++] - '0');
	in.remove_prefix(end);
	return end > 0;
}

bool
take_char(std::string_view &in, char c)
{
	if (in.empty() || in[0] != c)
		return false;
	in.remove_prefix(1);
	return true;
}

/* [+-]hh[:mm[:ss]] in seconds. */
bool
take_time(std::string_view &in, int &out)
{
	const bool negative = take_char(in, '-');
	int value = 0;

	if (!negative)
		take_char(in, '+');
	if (!take_number(in, value) || value > 167)
		return false;
	out = value * 3600;
	for (int unit : {60, 1})
	{
		if (!take_char(in, ':'))
			break;
		if (!take_number(in, value) || value > 59)
			return false;
		out += value * unit;
	}
	out = negative ? -out : out;
	return true;
}

} /* namespace */

int64_t
DaysFromCivil(int year, int month, int day)
{
	const int64_t march_year = static_cast<int64_t>(year) - (month <= 2 ? 1 : 0);
	const int64_t era = floor_div(march_year, 400);
	const int64_t year_of_era = march_year - era * 400;
	const int64_t march_month = month > 2 ? month - 3 : month + 9;
	const int64_t of_year = (153 * march_month + 2) / 5 + day - 1;
	const int64_t of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;

	return era * 146097 + of_era - 719468;
}

int64_t
TimeZone::YearlyDate::in_year(int year) const
{
	int64_t days;

	if (kind == 'M')
	{
		const int64_t first = DaysFromCivil(year, month, 1);
		const int first_weekday = static_cast<int>(((first + 4) % 7 + 7) % 7);
		int of_month = (day - first_weekday + 7) % 7 + (week - 1) * 7;

		while (of_month >= days_in_month(year, month))
			of_month -= 7;
		days = first + of_month;
	}
	else if (kind == 'J')
		days = DaysFromCivil(year, 1, 1) + day - 1 + (is_leap(year) && day >= 60 ? 1 : 0);
	else
		days = DaysFromCivil(year, 1, 1) + day;
	return days * kSecondsPerDay + seconds;
}

namespace
{

/* ",date[/time]" of a POSIX text into any type with YearlyDate's fields. */
template <typename Date>
bool
take_date(std::string_view &in, Date &date)
{
	if (!take_char(in, ','))
		return false;
	if (take_char(in, 'M'))
	{
		date.kind = 'M';
		if (!take_number(in, date.month) || !take_char(in, '.') || !take_number(in, date.week) ||
			!take_char(in, '.') || !take_number(in, date.day) || date.month < 1 ||
			date.month > 12 || date.week < 1 || date.week > 5 || date.day > 6)
			return false;
	}
	else
	{
		date.kind = take_char(in, 'J') ? 'J' : 'D';
		if (!take_number(in, date.day) || date.day > 365)
			return false;
	}
	return !take_char(in, '/') || take_time(in, date.seconds);
}

} /* namespace */

bool
TimeZone::parse_posix(std::string_view text)
{
	int offset = 0;

	if (!take_abbreviation(text, tail_std_.abbreviation) || !take_time(text, offset))
		return false;
	tail_std_.utc_offset = -offset;
	has_tail_ = true;
	if (text.empty())
		return true;
	tail_dst_.is_dst = true;
	tail_dst_.utc_offset = tail_std_.utc_offset + 3600;
	if (!take_abbreviation(text, tail_dst_.abbreviation))
		return false;
	if (!text.empty() && text[0] != ',')
	{
		if (!take_time(text, offset))
			return false;
		tail_dst_.utc_offset = -offset;
	}
	/* Without dates: the rule of the United States, as everywhere. */
	if (text.empty())
		text = ",M3.2.0,M11.1.0";
	tail_has_dst_ = take_date(text, dst_start_) && take_date(text, dst_end_);
	return tail_has_dst_ && text.empty();
}

bool
TimeZone::parse_data(std::string_view file)
{
	Bytes in(file);
	Counts counts;
	char version;
	size_t width = 4;

	if (!read_header(in, counts, version))
		return false;
	if (version >= '2')
	{
		/* The first block is for readers of 32-bit times. */
		in.take(counts.time * 5 + counts.type * 6 + counts.chars + counts.leap * 8 + counts.isstd +
				counts.isut);
		if (!read_header(in, counts, version))
			return false;
		width = 8;
	}
	std::vector<int64_t> times(counts.time);

	for (int64_t &at : times)
		at = in.number(width);

	std::string_view indices = in.take(counts.time);
	std::string_view types = in.take(counts.type * 6);
	std::string_view chars = in.take(counts.chars);

	in.take(counts.leap * (width + 4) + counts.isstd + counts.isut);
	if (!in.good() || counts.type == 0)
		return false;
	for (size_t i = 0; i < counts.type; i++)
	{
		Bytes type(types.substr(i * 6, 6));
		Rule rule;

		rule.utc_offset = static_cast<int>(type.number(4));
		rule.is_dst = type.number(1) != 0;
		const size_t at = static_cast<size_t>(type.number(1)) & 0xFF;

		if (at >= chars.size())
			return false;
		rule.abbreviation = chars.substr(at, chars.find('\0', at) - at);
		rules_.push_back(rule);
	}
	for (size_t i = 0; i < times.size(); i++)
	{
		const auto rule = static_cast<uint8_t>(indices[i]);

		if (rule >= rules_.size() || (i > 0 && times[i] < times[i - 1]))
			return false;
		transitions_.push_back({times[i], rule});
	}

	std::string_view footer = in.rest();

	if (width == 8 && footer.size() > 2 && footer.front() == '\n')
		parse_posix(footer.substr(1, footer.find('\n', 1) - 1));
	return true;
}

std::shared_ptr<const TimeZone>
TimeZone::Parse(std::string name, std::string_view file)
{
	auto zone = std::make_shared<TimeZone>(std::move(name));

	return zone->parse_data(file) ? zone : nullptr;
}

std::shared_ptr<const TimeZone>
TimeZone::Load(std::string_view name)
{
	if (name.size() == 3 &&
		(strncasecmp(name.data(), "UTC", 3) == 0 || strncasecmp(name.data(), "GMT", 3) == 0))
	{
		auto zone = std::make_shared<TimeZone>((name[0] | 0x20) == 'u' ? "UTC" : "GMT");
		Rule rule;

		rule.abbreviation = zone->name_;
		zone->rules_.push_back(rule);
		return zone;
	}

	std::string file;
	const std::string spelled = spelled_name(name);

	if (!spelled.empty() && read_file(std::string(kZoneFolder) + "/" + spelled, file))
	{
		if (auto zone = Parse(spelled, file))
			return zone;
	}

	auto zone = std::make_shared<TimeZone>(std::string(name));

	return zone->parse_posix(name) ? zone : nullptr;
}

std::shared_ptr<const TimeZone>
TimeZone::System()
{
	const char *tz = getenv("TZ");

	if (tz != nullptr && *tz != '\0')
	{
		if (auto zone = Load(*tz == ':' ? tz + 1 : tz))
			return zone;
	}

	char target[1024];
	const ssize_t length = readlink("/etc/localtime", target, sizeof(target));

	if (length > 0)
	{
		std::string_view path(target, length);
		const size_t at = path.find("zoneinfo/");

		if (at != std::string_view::npos)
		{
			if (auto zone = Load(path.substr(at + strlen("zoneinfo/"))))
				return zone;
		}
	}
	return Load("UTC");
}

const TimeZone::Rule &
TimeZone::rule_after_table(int64_t unix_time) const
{
	if (!tail_has_dst_)
		return tail_std_;

	int year, month, day;

	civil_from_days(floor_div(unix_time + tail_std_.utc_offset, kSecondsPerDay), year, month, day);

	const int64_t start = dst_start_.in_year(year) - tail_std_.utc_offset;
	const int64_t end = dst_end_.in_year(year) - tail_dst_.utc_offset;
	const bool dst =
		start < end ? unix_time >= start && unix_time < end : unix_time >= start || unix_time < end;

	return dst ? tail_dst_ : tail_std_;
}

const TimeZone::Rule &
TimeZone::rule_at(int64_t unix_time) const
{
	if (transitions_.empty())
		return has_tail_ || rules_.empty() ? rule_after_table(unix_time) : rules_[first_rule_];
	if (unix_time < transitions_.front().at)
		return rules_[first_rule_];
	if (unix_time >= transitions_.back().at && has_tail_)
		return rule_after_table(unix_time);

	const auto after =
		std::upper_bound(transitions_.begin(), transitions_.end(), unix_time,
						 [](int64_t t, const Transition &transition) { return t < transition.at; });

	return rules_[std::prev(after)->rule];
}

LocalTime
TimeZone::local_time(int64_t unix_time) const
{
	const Rule &rule = rule_at(unix_time);
	const int64_t local = unix_time + rule.utc_offset;
	const int64_t days = floor_div(local, kSecondsPerDay);
	const int of_day = static_cast<int>(local - days * kSecondsPerDay);
	LocalTime result{};

	civil_from_days(days, result.year, result.month, result.day);
	result.hour = of_day / 3600;
	result.minute = of_day / 60 % 60;
	result.second = of_day % 60;
	result.weekday = static_cast<int>(((days + 4) % 7 + 7) % 7);
	result.yearday = static_cast<int>(days - DaysFromCivil(result.year, 1, 1));
	result.utc_offset = rule.utc_offset;
	result.is_dst = rule.is_dst;
	rule.abbreviation.copy(result.abbreviation, sizeof(result.abbreviation) - 1);
	return result;
}

int64_t
TimeZone::unix_time(int64_t local_seconds) const
{
	const int before = rule_at(local_seconds - kSecondsPerDay).utc_offset;
	const int after = rule_at(local_seconds + kSecondsPerDay).utc_offset;
	const int64_t by_before = local_seconds - before;
	const int64_t by_after = local_seconds - after;
	/* Neither fits in a gap, both fit in an overlap. */
	return rule_at(by_after).utc_offset == after ? by_after : by_before;
}

} /* namespace pg */
