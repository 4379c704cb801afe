/*
 * common/timezone_test.cpp
 *		Zones: by name, by POSIX text, and through their changes.
 */
#include "common/timezone.h"

#include <gtest/gtest.h>

#include <cstdio>

namespace pg
{
namespace
{

std::string
local(const TimeZone &zone, int64_t at)
{
	const LocalTime t = zone.local_time(at);
	char text[128];

	snprintf(text, sizeof(text), "%d-%02d-%02d %02d:%02d:%02d %s", t.year, t.month, t.day, t.hour,
			 t.minute, t.second, t.abbreviation);
	return text;
}

TEST(TimeZone, Utc)
{
	const auto utc = TimeZone::Load("utc");

	ASSERT_NE(utc, nullptr);
	EXPECT_EQ(utc->name(), "UTC");
	EXPECT_EQ(local(*utc, 0), "1970-01-01 00:00:00 UTC");
	EXPECT_EQ(local(*utc, -1), "1969-12-31 23:59:59 UTC");
	EXPECT_EQ(local(*utc, 1709164800), "2024-02-29 00:00:00 UTC");
	EXPECT_EQ(utc->local_time(0).weekday, 4);
	EXPECT_EQ(utc->local_time(1735603200).yearday, 365);
	EXPECT_EQ(local(*TimeZone::Load("GMT"), 0), "1970-01-01 00:00:00 GMT");
}

TEST(TimeZone, PosixTexts)
{
	const auto eastern = TimeZone::Load("EST5EDT,M3.2.0,M11.1.0");

	ASSERT_NE(eastern, nullptr);
	/* 2026-03-08 02:00 EST is 07:00 UTC. */
	EXPECT_EQ(local(*eastern, 1772953199), "2026-03-08 01:59:59 EST");
	EXPECT_EQ(local(*eastern, 1772953200), "2026-03-08 03:00:00 EDT");
	EXPECT_EQ(local(*eastern, 1793512799), "2026-11-01 01:59:59 EDT");
	EXPECT_EQ(local(*eastern, 1793512800), "2026-11-01 01:00:00 EST");

	const auto fixed = TimeZone::Load("<+0530>-5:30");

	ASSERT_NE(fixed, nullptr);
	EXPECT_EQ(local(*fixed, 0), "1970-01-01 05:30:00 +0530");

	/* The southern summer spans the turn of the year. */
	const auto southern = TimeZone::Load("NZST-12NZDT,M9.5.0,M4.1.0/3");

	ASSERT_NE(southern, nullptr);
	EXPECT_TRUE(southern->local_time(1767225600).is_dst);
	EXPECT_FALSE(southern->local_time(1782864000).is_dst);
}

TEST(TimeZone, LocalTimesBack)
{
	const auto zone = TimeZone::Load("EST5EDT,M3.2.0,M11.1.0");
	const auto seconds = [](int month, int day, int hour, int minute)
	{ return DaysFromCivil(2026, month, day) * 86400 + hour * 3600 + minute * 60; };

	EXPECT_EQ(zone->unix_time(seconds(7, 1, 12, 0)), seconds(7, 1, 16, 0));
	EXPECT_EQ(zone->unix_time(seconds(1, 1, 12, 0)), seconds(1, 1, 17, 0));
	/* A time that does not exist, and one that exists twice. */
	EXPECT_EQ(zone->unix_time(seconds(3, 8, 2, 30)), seconds(3, 8, 7, 30));
	EXPECT_EQ(zone->unix_time(seconds(11, 1, 1, 30)), seconds(11, 1, 6, 30));
}

TEST(TimeZone, FilesOfTheSystem)
{
	const auto berlin = TimeZone::Load("europe/BERLIN");

	if (berlin == nullptr)
		GTEST_SKIP() << "no zone files on this machine";
	EXPECT_EQ(berlin->name(), "Europe/Berlin");
	EXPECT_EQ(local(*berlin, 1767225600), "2026-01-01 01:00:00 CET");
	EXPECT_EQ(local(*berlin, 1782864000), "2026-07-01 02:00:00 CEST");
	/* Beyond the table: by the rule at the file's end. */
	EXPECT_EQ(local(*berlin, 4118083200), "2100-07-01 02:00:00 CEST");
}

TEST(TimeZone, RefusesNonsense)
{
	for (const char *name :
		 {"", "Nowhere/City", "../../../etc/passwd", "/etc/passwd", "AB", "EST5EDT,x"})
		EXPECT_EQ(TimeZone::Load(name), nullptr) << name;
	EXPECT_EQ(TimeZone::Parse("x", "TZif2"), nullptr);
	EXPECT_EQ(TimeZone::Parse("x", ""), nullptr);
	EXPECT_EQ(TimeZone::Parse("x", std::string("TZif2") + std::string(15, '\0') +
									   std::string(24, '\xFF')),
			  nullptr);
}

TEST(Civil, DaysAreConsecutive)
{
	int64_t day = DaysFromCivil(1896, 1, 1);

	for (int year = 1896; year < 2110; year++)
	{
		const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

		for (int month = 1; month <= 12; month++)
		{
			const int days = month == 2						  ? (leap ? 29 : 28)
							 : (month + (month > 7)) % 2 == 1 ? 31
															  : 30;

			EXPECT_EQ(DaysFromCivil(year, month, 1), day);
			day += days;
		}
	}
	EXPECT_EQ(DaysFromCivil(1970, 1, 1), 0);
}

} /* namespace */
} /* namespace pg */
