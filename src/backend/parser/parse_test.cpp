/*
 * parse_test.cpp
 *		Unit tests of parsing: statements, slices, tags, positions.
 */
#include <gtest/gtest.h>

#include "parser/parse.h"

#include "utils/error/report.h"

namespace pg
{

namespace
{

std::string
tag_of(const char *sql)
{
	return ParseStatements(sql)->front().tag;
}

TEST(Parse, EmptyTextsGiveNoStatements)
{
	EXPECT_TRUE(ParseStatements("")->empty());
	EXPECT_TRUE(ParseStatements(" ; -- nothing\n ;")->empty());
}

TEST(Parse, SlicesSeveralStatements)
{
	const auto statements = ParseStatements("select 1; /* two */ select 2 ;\n select 3");

	ASSERT_EQ(statements->size(), 3u);
	EXPECT_EQ((*statements)[0].text, "select 1");
	EXPECT_EQ((*statements)[1].text, "select 2");
	EXPECT_EQ((*statements)[1].text_offset, 20);
	EXPECT_EQ((*statements)[2].text, "select 3");
}

TEST(Parse, SameTextIsLookedUp)
{
	EXPECT_EQ(ParseStatements("select 42").get(), ParseStatements("select 42").get());
}

TEST(Parse, SyntaxErrorCountsCharacters)
{
	try
	{
		ParseStatements("select '\xC3\xA4\xC3\xA4' fro m");
		FAIL();
	}
	catch (const PgError &error)
	{
		EXPECT_EQ(error.sqlstate(), ERRCODE_SYNTAX_ERROR);
		EXPECT_EQ(error.report.message, "syntax error at or near \"m\"");
		EXPECT_EQ(error.report.position, 17);
	}
}

TEST(Parse, Tags)
{
	EXPECT_EQ(tag_of("select 1"), "SELECT");
	EXPECT_EQ(tag_of("create table t (a int)"), "CREATE TABLE");
	EXPECT_EQ(tag_of("drop view v"), "DROP VIEW");
	EXPECT_EQ(tag_of("alter table t rename a to b"), "ALTER TABLE");
	EXPECT_EQ(tag_of("begin"), "BEGIN");
	EXPECT_EQ(tag_of("rollback to a"), "ROLLBACK");
	EXPECT_EQ(tag_of("reset all"), "RESET");
	EXPECT_EQ(tag_of("analyze"), "ANALYZE");
	EXPECT_EQ(tag_of("create table t as select 1"), "CREATE TABLE AS");
	EXPECT_EQ(tag_of("deallocate all"), "DEALLOCATE ALL");
}

TEST(Parse, PositionsCountCharacters)
{
	EXPECT_EQ(CharacterPosition("abc", 0), 1);
	EXPECT_EQ(CharacterPosition("\xC3\xA4"
								"b",
								2),
			  2);
	EXPECT_EQ(CharacterPosition("abc", -1), 0);
}

TEST(Parse, WritesTreesBack)
{
	const auto statements = ParseStatements("select  a+1  from t where b = 'x'");
	const PgQuery__Node *node = statements->front().node;

	EXPECT_EQ(DeparseNode(node), "SELECT a + 1 FROM t WHERE b = 'x'");
}

} /* namespace */

} /* namespace pg */
