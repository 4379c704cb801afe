/*
 * postmaster/lockfile_test.cpp
 *		Reading and changing the lines of a lock file.
 *
 * Unit test of pure functions; touches no file.
 */
#include "postmaster/lockfile.h"

#include <gtest/gtest.h>

namespace pg
{
namespace
{

TEST(LockFile, PidOfTheFirstLine)
{
	EXPECT_EQ(ParseLockFilePid("4711\n/data\n"), 4711);
	EXPECT_EQ(ParseLockFilePid("-12\n"), -12);
	EXPECT_EQ(ParseLockFilePid("  33"), 33);
	EXPECT_EQ(ParseLockFilePid(""), 0);
	EXPECT_EQ(ParseLockFilePid("nonsense\n12\n"), 0);
	EXPECT_EQ(ParseLockFilePid("99999999999999999999"), 0);
}

TEST(LockFile, LinesAreReplacedInPlace)
{
	EXPECT_EQ(WithLine("1\n2\n3\n", 2, "two"), "1\ntwo\n3\n");
	EXPECT_EQ(WithLine("1\n2\n", 2, "two"), "1\ntwo\n");
	EXPECT_EQ(WithLine("1\n2", 2, "two"), "1\ntwo\n");
}

TEST(LockFile, MissingLinesBecomeEmpty)
{
	EXPECT_EQ(WithLine("1\n", 4, "four"), "1\n\n\nfour\n");
	EXPECT_EQ(WithLine("", 1, "one"), "one\n");
	std::string content = WithLine("1\n2\n3\n4\n", 8, kStatusStarting);

	EXPECT_EQ(content, "1\n2\n3\n4\n\n\n\nstarting\n");
	EXPECT_EQ(WithLine(content, 5, "/tmp"), "1\n2\n3\n4\n/tmp\n\n\nstarting\n");
}

} /* namespace */
} /* namespace pg */
