/*
 * index_text_test.cpp
 *		Lists of expressions are split where their commas are, and definitions print as PostgreSQL's.
 */
#include <gtest/gtest.h>

#include "catalog/lookup.h"

namespace pg
{
namespace
{

using Parts = std::vector<std::string>;

TEST(SplitExpressions, SeesQuotesAndParentheses)
{
	EXPECT_EQ(SplitExpressions(""), Parts());
	EXPECT_EQ(SplitExpressions("lower(b)"), Parts{"lower(b)"});
	EXPECT_EQ(SplitExpressions("(a + 1), f(x, y), (b || ', ''(')"),
			  (Parts{"(a + 1)", "f(x, y)", "(b || ', ''(')"}));
	EXPECT_EQ(SplitExpressions("f(\"a,b\"), g(ARRAY[1, 2])"),
			  (Parts{"f(\"a,b\")", "g(ARRAY[1, 2])"}));
}

TEST(IndexDefinition, SaysOrderAndPredicate)
{
	RelationInfo table{};
	TableIndex index{};
	ColumnInfo column{};

	column.name = "A";
	column.attnum = 1;
	table.schema_name = "public";
	table.name = "t";
	table.columns.push_back(column);
	index.name = "i";
	index.unique = true;
	index.columns = {1, 0, 0};
	index.expressions_sql = "(a + 1), lower(b)";
	index.predicate_sql = "a > 0";
	EXPECT_EQ(IndexDefinition(table, index, "3 0 2"),
			  "CREATE UNIQUE INDEX i ON public.t USING btree (\"A\" DESC, ((a + 1)), "
			  "lower(b) NULLS FIRST) WHERE (a > 0)");
}

} /* namespace */
} /* namespace pg */
