/*
 * utils/time/zone.cpp
 *		Time zones for the C API, and the two that the settings choose.
 *
 * Any process; not in signal handlers.  Raises nothing but out of memory.
 */
#include "utils/time/zone.h"

#include <strings.h>

#include <ctime>
#include <map>
#include <string>

#include "utils/error/wall.h"

pg_tz *session_timezone = nullptr;
pg_tz *log_timezone = nullptr;

namespace pg
{

namespace
{

struct IgnoreCase
{
	bool operator()(const std::string &a, const std::string &b) const
	{
		return strcasecmp(a.c_str(), b.c_str()) < 0;
	}
};

/* Every zone ever asked for: pg_tz pointers stay valid for the life of the process. */
std::map<std::string, pg_tz, IgnoreCase> &
known_zones()
{
	static auto &zones = *new std::map<std::string, pg_tz, IgnoreCase>;

	return zones;
}

pg_tz *
find_zone(const char *name)
{
	auto &zones = known_zones();
	const auto found = zones.find(name);

	if (found != zones.end())
		return &found->second;

	auto zone = TimeZone::Load(name);

	if (zone == nullptr)
		return nullptr;
	return &zones.emplace(name, pg_tz{std::move(zone)}).first->second;
}

const TimeZone &
zone_or_gmt(const pg_tz *zone)
{
	return zone != nullptr ? *zone->zone : *find_zone("GMT")->zone;
}

pg_tm *
broken_down(const TimeZone &zone, pg_time_t time)
{
	static pg_tm result;
	/* Years beyond this do not fit into a struct of ints. */
	constexpr pg_time_t kLimit = INT64CONST(67767976233532799);

	if (time > kLimit || time < -kLimit)
		return nullptr;

	const LocalTime local = zone.local_time(time);

	result.tm_sec = local.second;
	result.tm_min = local.minute;
	result.tm_hour = local.hour;
	result.tm_mday = local.day;
	result.tm_mon = local.month - 1;
	result.tm_year = local.year - 1900;
	result.tm_wday = local.weekday;
	result.tm_yday = local.yearday;
	result.tm_isdst = local.is_dst ? 1 : 0;
	result.tm_gmtoff = local.utc_offset;
	result.tm_zone = zone.rule_at(time).abbreviation.c_str();
	return &result;
}

} /* namespace */

const TimeZone &
LogTimeZone()
{
	return zone_or_gmt(log_timezone);
}

const TimeZone &
SessionTimeZone()
{
	return zone_or_gmt(session_timezone);
}

} /* namespace pg */

using namespace pg;

pg_tz *
pg_tzset(const char *tzname)
{
	return FromC([&] { return find_zone(tzname); });
}

const char *
pg_get_timezone_name(pg_tz *tz)
{
	return tz != nullptr ? tz->zone->name().c_str() : nullptr;
}

struct pg_tm *
pg_localtime(const pg_time_t *timep, const pg_tz *tz)
{
	return broken_down(*tz->zone, *timep);
}

struct pg_tm *
pg_gmtime(const pg_time_t *timep)
{
	return FromC([&] { return broken_down(zone_or_gmt(nullptr), *timep); });
}

size_t
pg_strftime(char *s, size_t max, const char *format, const struct pg_tm *tm)
{
	struct tm native = {};

	native.tm_sec = tm->tm_sec;
	native.tm_min = tm->tm_min;
	native.tm_hour = tm->tm_hour;
	native.tm_mday = tm->tm_mday;
	native.tm_mon = tm->tm_mon;
	native.tm_year = tm->tm_year;
	native.tm_wday = tm->tm_wday;
	native.tm_yday = tm->tm_yday;
	native.tm_isdst = tm->tm_isdst;
	native.tm_gmtoff = tm->tm_gmtoff;
	native.tm_zone = tm->tm_zone;
	return strftime(s, max, format, &native);
}
