/*
 * utils/time/clock_test.cpp
 *		Arithmetic with timestamps.
 */
#include <gtest/gtest.h>

#include <climits>

#include "port/os.h"
#include "utils/timestamp.h"

namespace
{

TEST(Clock, FollowsTheSystemsClock)
{
	const auto real = pg::os.realtime_usec;

	pg::os.realtime_usec = [] { return int64_t{946684800} * 1000000 + 5; };
	EXPECT_EQ(GetCurrentTimestamp(), 5);
	pg::os.realtime_usec = real;
}

TEST(Clock, Differences)
{
	long seconds;
	int microseconds;

	TimestampDifference(1000000, 3500000, &seconds, &microseconds);
	EXPECT_EQ(seconds, 2);
	EXPECT_EQ(microseconds, 500000);
	TimestampDifference(5, 1, &seconds, &microseconds);
	EXPECT_EQ(seconds, 0);
	EXPECT_EQ(microseconds, 0);
	EXPECT_EQ(TimestampDifferenceMilliseconds(0, 1), 1);
	EXPECT_EQ(TimestampDifferenceMilliseconds(0, 1001), 2);
	EXPECT_EQ(TimestampDifferenceMilliseconds(1, 0), 0);
	EXPECT_EQ(TimestampDifferenceMilliseconds(0, DT_NOEND), INT_MAX);
	EXPECT_EQ(TimestampDifferenceMilliseconds(DT_NOBEGIN, DT_NOEND), INT_MAX);
	EXPECT_TRUE(TimestampDifferenceExceeds(0, 1000, 1));
	EXPECT_FALSE(TimestampDifferenceExceeds(0, 999, 1));
}

TEST(Clock, UnixTimes)
{
	EXPECT_EQ(timestamptz_to_time_t(0), 946684800);
	EXPECT_EQ(timestamptz_to_time_t(-1), 946684799);
	EXPECT_EQ(time_t_to_timestamptz(946684801), 1000000);
	EXPECT_STREQ(timestamptz_to_str(-1), "1999-12-31 23:59:59.999999 GMT");
}

} /* namespace */
