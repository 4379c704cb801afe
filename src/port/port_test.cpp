/*
 * port_test.cpp
 *		Paths, bounded strings and the clock seam of src/port.
 */

#include <gtest/gtest.h>

#include "postgres.h"

#include "port.h"
#include "port/os.h"

namespace
{

std::string
canonical(const char *text)
{
	char path[MAXPGPATH];

	strlcpy(path, text, sizeof(path));
	canonicalize_path(path);
	return path;
}

TEST(Path, Canonicalize)
{
	EXPECT_EQ(canonical("/a//b/"), "/a/b");
	EXPECT_EQ(canonical("/a/./b"), "/a/b");
	EXPECT_EQ(canonical("/a/b/../c"), "/a/c");
	EXPECT_EQ(canonical("/.."), "/");
	EXPECT_EQ(canonical("/a/../.."), "/");
	EXPECT_EQ(canonical("a/.."), ".");
	EXPECT_EQ(canonical("./a"), "a");
	EXPECT_EQ(canonical("../a"), "../a");
	EXPECT_EQ(canonical("../../a/.."), "../..");
	EXPECT_EQ(canonical("a../b"), "a../b");
	EXPECT_EQ(canonical("///"), "/");
	EXPECT_EQ(canonical(""), "");
}

TEST(Path, JoinAndParent)
{
	char path[MAXPGPATH];

	join_path_components(path, "/data", "base");
	EXPECT_STREQ(path, "/data/base");
	join_path_components(path, "/data/", "./base");
	EXPECT_STREQ(path, "/data/base");
	join_path_components(path, path, "1");
	EXPECT_STREQ(path, "/data/base/1");
	get_parent_directory(path);
	EXPECT_STREQ(path, "/data/base");
	strcpy(path, "/x");
	get_parent_directory(path);
	EXPECT_STREQ(path, "/");
	EXPECT_TRUE(path_is_prefix_of_path("/a", "/a/b"));
	EXPECT_TRUE(path_is_prefix_of_path("/", "/a"));
	EXPECT_FALSE(path_is_prefix_of_path("/a", "/ab"));
}

TEST(Strings, BoundedCopies)
{
	char small[4];

	EXPECT_EQ(strlcpy(small, "abcdef", sizeof(small)), 6u);
	EXPECT_STREQ(small, "abc");
	strcpy(small, "a");
	EXPECT_EQ(strlcat(small, "bcd", sizeof(small)), 4u);
	EXPECT_STREQ(small, "abc");
	EXPECT_EQ(pg_strcasecmp("AbC", "aBc"), 0);
	EXPECT_LT(pg_strcasecmp("abc", "abd"), 0);
	EXPECT_EQ(pg_strncasecmp("ABx", "aby", 2), 0);
}

TEST(Os, ClockCanBeReplaced)
{
	const pg::OsCalls real = pg::os;

	EXPECT_GT(pg::os.monotonic_usec(), 0);
	pg::os.monotonic_usec = [] { return int64_t{42}; };
	EXPECT_EQ(pg::os.monotonic_usec(), 42);
	pg::os = real;
}

} // namespace
