/*
 * common/timezone.h
 *		Time zones, read from the system's zone files: offset, abbreviation and local time of an instant.
 *
 * Immutable after loading; any process, also client programs.  Nothing here raises (but
 * std::bad_alloc), logs, or touches the C library's own notion of the local zone.
 */
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pg
{

/* Broken-down local time; month and day count from 1, weekday from 0 (Sunday), yearday from 0. */
struct LocalTime
{
	int year, month, day;
	int hour, minute, second;
	int weekday, yearday;
	int utc_offset; /* seconds east of Greenwich */
	bool is_dst;
	char abbreviation[16];
};

class TimeZone
{
public:
	/* What holds from some instant on. */
	struct Rule
	{
		int utc_offset = 0;
		bool is_dst = false;
		std::string abbreviation = "UTC";
	};

	/* UTC under that name. */
	explicit TimeZone(std::string name = "UTC") : name_(std::move(name)) {}

	/* By name, in whatever case ("Europe/Berlin", "utc"), or a POSIX text ("EST5EDT", "<+03>-3"). Null when unknown. */
	static std::shared_ptr<const TimeZone> Load(std::string_view name);
	/* The zone this machine runs in: TZ, or /etc/localtime; UTC when that cannot be told. */
	static std::shared_ptr<const TimeZone> System();
	/* Contents of a zone file. Null when malformed. */
	static std::shared_ptr<const TimeZone> Parse(std::string name, std::string_view file);

	const std::string &name() const { return name_; }
	const Rule &rule_at(int64_t unix_time) const;
	LocalTime local_time(int64_t unix_time) const;
	/*
	 * The instant of a local time given as if it were UTC.  In a gap the offset before it holds, in
	 * an overlap the one after it.
	 */
	int64_t unix_time(int64_t local_seconds) const;

private:
	/* When daylight saving starts or ends in each year, as POSIX TZ texts say it. */
	struct YearlyDate
	{
		char kind = 'M'; /* M: month, week, weekday; J: day 1..365 without Feb 29; D: day 0..365 */
		int month = 0, week = 0, day = 0;
		int seconds = 2 * 3600;

		int64_t in_year(int year) const; /* local seconds */
	};

	struct Transition
	{
		int64_t at;
		uint8_t rule;
	};

	bool parse_posix(std::string_view text);
	bool parse_data(std::string_view file);
	const Rule &rule_after_table(int64_t unix_time) const;

	std::string name_;
	std::vector<Rule> rules_;
	std::vector<Transition> transitions_; /* by time */
	size_t first_rule_ = 0;				  /* before the first transition */
	/* What holds after the last transition. */
	bool has_tail_ = false;
	bool tail_has_dst_ = false;
	Rule tail_std_, tail_dst_;
	YearlyDate dst_start_, dst_end_;
};

/* Days since 1970-01-01 of a date of the (proleptic) Gregorian calendar. */
int64_t DaysFromCivil(int year, int month, int day);

} /* namespace pg */
