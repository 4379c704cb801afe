/*
 * common/install_paths_test.cpp
 *		Moved installations: folders follow the program, strangers stay.
 *
 * Unit test of a pure function.
 */
#include "common/install_paths.h"

#include <gtest/gtest.h>

namespace pg
{
namespace
{

TEST(InstallPaths, FollowTheProgram)
{
	const std::string bin = "/usr/local/postroom/bin";

	EXPECT_EQ(
		MovedPath("/usr/local/postroom/lib/postgresql", bin, "/usr/local/postroom/bin/postgres"),
		"/usr/local/postroom/lib/postgresql");
	EXPECT_EQ(MovedPath("/usr/local/postroom/lib/postgresql", bin, "/opt/x/bin/postgres"),
			  "/opt/x/lib/postgresql");
	EXPECT_EQ(MovedPath(bin, bin, "/opt/x/bin/postgres"), "/opt/x/bin");
	EXPECT_EQ(MovedPath("/usr/share/doc", bin, "/stage/usr/local/postroom/bin/postgres"),
			  "/stage/usr/share/doc");
}

TEST(InstallPaths, StrangersStay)
{
	const std::string bin = "/usr/local/postroom/bin";

	EXPECT_EQ(MovedPath("/usr/local/postroom/lib", bin, "/build/src/backend/postgres"),
			  "/usr/local/postroom/lib");
	EXPECT_EQ(MovedPath("/etc/postroom", bin, "/opt/x/bin/postgres"), "/etc/postroom");
	EXPECT_EQ(MovedPath("/usr/local/postroom/lib", bin, "/postgres"), "/usr/local/postroom/lib");
}

} /* namespace */
} /* namespace pg */
