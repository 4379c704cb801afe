/*
 * catalog/extension_files_test.cpp
 *		Unit tests of script names and of the ways between versions.
 */
#include <gtest/gtest.h>

#include "catalog/extension_files.h"
#include "utils/error/report.h"

namespace pg
{
namespace
{

using Scripts = std::vector<ExtensionScript>;

TEST(ExtensionFiles, ScriptNamesAreTakenApart)
{
	EXPECT_EQ(ParseScriptName("a", "a--1.0.sql"), (ExtensionScript{"", "1.0"}));
	EXPECT_EQ(ParseScriptName("a", "a--1.0--1.1.sql"), (ExtensionScript{"1.0", "1.1"}));
	EXPECT_EQ(ParseScriptName("a-b", "a-b--1-2--3-4.sql"), (ExtensionScript{"1-2", "3-4"}));
	for (const char *other : {"a.sql", "b--1.0.sql", "a--1.0.control", "a--.sql", "a--1--2--3.sql",
							  "a----1.sql", "aa--1.sql"})
		EXPECT_EQ(ParseScriptName("a", other), std::nullopt) << other;
}

TEST(ExtensionFiles, TheShortestChainCounts)
{
	const Scripts scripts = {{"", "1"}, {"1", "2"}, {"2", "3"}, {"1", "3"}, {"3", "4"}, {"4", "1"}};

	EXPECT_EQ(UpdatePath(scripts, "1", "4"), (Scripts{{"1", "3"}, {"3", "4"}}));
	EXPECT_EQ(UpdatePath(scripts, "1", "1"), Scripts{});
	EXPECT_EQ(UpdatePath(scripts, "2", "1"), (Scripts{{"2", "3"}, {"3", "4"}, {"4", "1"}}));
	EXPECT_EQ(UpdatePath(scripts, "1", "5"), std::nullopt);
}

TEST(ExtensionFiles, OfEqualChainsTheFirstNameCounts)
{
	const Scripts scripts = {{"1", "c"}, {"1", "b"}, {"c", "2"}, {"b", "2"}};

	EXPECT_EQ(UpdatePath(scripts, "1", "2"), (Scripts{{"1", "b"}, {"b", "2"}}));
}

TEST(ExtensionFiles, AnInstallStartsWhereItIsNearest)
{
	const Scripts scripts = {{"", "1"},	 {"", "2"},	 {"", "3"}, {"1", "2"},
							 {"2", "4"}, {"3", "4"}, {"4", "5"}};

	EXPECT_EQ(InstallPath(scripts, "3"), (Scripts{{"", "3"}}));
	EXPECT_EQ(InstallPath(scripts, "5"), (Scripts{{"", "2"}, {"2", "4"}, {"4", "5"}}));
	EXPECT_EQ(InstallPath(scripts, "6"), std::nullopt);
}

TEST(ExtensionFiles, NamesThatCouldLeaveTheFolderAreRefused)
{
	for (const char *name : {"", "a--b", "-a", "a-", "../a"})
		EXPECT_THROW(CheckExtensionName(name), PgError) << name;
	EXPECT_NO_THROW(CheckExtensionName("a-b_1"));
}

} /* namespace */
} /* namespace pg */
