/*
 * tree_test.cpp
 *		Walking parse trees finds what is in them.
 */
#include <gtest/gtest.h>

#include "commands/tree.h"

namespace pg::commands
{
namespace
{

TEST(ColumnsMentioned, NamesEachColumnOnce)
{
	const auto parsed = ParseStatements("SELECT a + t.b * a FROM t WHERE c IN (SELECT d FROM u)");

	EXPECT_EQ(ColumnsMentioned(parsed->front().node),
			  (std::vector<std::string>{"a", "b", "c", "d"}));
}

TEST(WalkTree, StopsWhereTheVisitorSays)
{
	const auto parsed = ParseStatements("SELECT f(a)");
	int columns = 0;

	WalkTree(parsed->front().node,
			 [&](const Node &node)
			 {
				 columns += node.node_case == PG_QUERY__NODE__NODE_COLUMN_REF;
				 return node.node_case != PG_QUERY__NODE__NODE_FUNC_CALL;
			 });
	EXPECT_EQ(columns, 0);
}

TEST(SplitName, TakesOneOrTwoParts)
{
	EXPECT_EQ(SplitName({"t"}).display(), "t");
	EXPECT_EQ(SplitName({"s", "t"}).schema, "s");
	EXPECT_THROW(SplitName({"a", "b", "c", "d"}), PgError);
}

} /* namespace */
} /* namespace pg::commands */
