/*
 * object_names_test.cpp
 *		Names that the server makes up fit and are cut as PostgreSQL cuts them.
 */
#include <gtest/gtest.h>

#include "commands/object_names.h"

namespace pg::commands
{
namespace
{

TEST(MakeObjectName, JoinsTheParts)
{
	EXPECT_EQ(MakeObjectName("t", "a_b", "key"), "t_a_b_key");
	EXPECT_EQ(MakeObjectName("t", "", "pkey"), "t_pkey");
	EXPECT_EQ(MakeObjectName("t", "a", ""), "t_a");
}

TEST(MakeObjectName, ShortensTheLongerPart)
{
	const std::string name = MakeObjectName(std::string(60, 't'), "a", "key");

	EXPECT_EQ(name, std::string(57, 't') + "_a_key");
	EXPECT_EQ(name.size(), 63u);
}

TEST(MakeObjectName, ShortensBothToTheSameLength)
{
	const std::string name = MakeObjectName(std::string(60, 't'), std::string(60, 'c'), "idx");

	EXPECT_EQ(name.size(), 63u);
	EXPECT_EQ(name, std::string(29, 't') + "_" + std::string(29, 'c') + "_idx");
}

TEST(MakeObjectName, CutsNoCharacterInTwo)
{
	std::string table;

	for (int i = 0; i < 31; i++)
		table += "\xC3\xA4";
	EXPECT_EQ(MakeObjectName(table, "", "pkey"), table.substr(0, 58) + "_pkey");
}

TEST(JoinColumnNames, StopsAtTheLimit)
{
	EXPECT_EQ(JoinColumnNames({"a", "b"}), "a_b");
	EXPECT_EQ(JoinColumnNames({std::string(62, 'a'), "bcd", "e"}), std::string(62, 'a') + "_");
}

} /* namespace */
} /* namespace pg::commands */
