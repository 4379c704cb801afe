/*
 * literals_test.cpp
 *		Unit tests of the scanner of literals, and of reading them.
 */
#include <gtest/gtest.h>

#include "parser/literals.h"

#include "catalog/pg_type_d.h"
#include "utils/error/report.h"

namespace pg
{

namespace
{

/* The key with the kinds in braces, or "no". */
std::string
key(const std::string &text)
{
	LiteralScan scan;

	if (!ScanLiterals(text, &scan))
		return "no";
	std::string shown;

	for (size_t i = 0; i < scan.key.size(); i++)
	{
		if (scan.key[i] != '\1')
			shown += scan.key[i];
		else
			shown += std::string("{") + scan.key[++i] + "}";
	}
	return shown;
}

std::string
tokens(const std::string &text)
{
	LiteralScan scan;
	std::string shown;

	if (!ScanLiterals(text, &scan))
		return "no";
	for (const LiteralToken &token : scan.tokens)
		shown += "[" + text.substr(token.begin, token.end - token.begin) +
				 (token.sign >= 0 ? "@" + std::to_string(token.sign) : "") + "]";
	return shown;
}

TEST(LiteralScan, MakesOneKeyOfTextsThatDifferInLiterals)
{
	EXPECT_EQ(key("SELECT v FROM p WHERE k = 42;"), "SELECT v FROM p WHERE k = {i};");
	EXPECT_EQ(key("select 'it''s', 1.5, .5, 1., 1e9, 3000000000, 9223372036854775808"),
			  "select {s}, {n}, {n}, {n}, {n}, {l}, {n}");
	EXPECT_EQ(key("select 2147483647, 2147483648, 9223372036854775807"), "select {i}, {l}, {l}");
	EXPECT_EQ(key("update t1 set a2=a2+1 where \"b 3\"='x'"),
			  "update t1 set a2=a2+{i} where \"b 3\"={s}");
	EXPECT_EQ(key("select '', 'a;b', '--x', '/*'"), "select {s}, {s}, {s}, {s}");
	EXPECT_EQ(key("select 1--5\n+2"), "select {i}--5\n+{i}");
	EXPECT_EQ(key("select 1 /* 5 /* 6 */ '7 */ + 2"), "select {i} /* 5 /* 6 */ '7 */ + {i}");
	EXPECT_EQ(key("-- 1\n  WITH x AS (SELECT 1) SELECT 2"),
			  "-- 1\n  WITH x AS (SELECT {i}) SELECT {i}");
	EXPECT_EQ(key("select a$1, _2, \xc3\xa4"
				  "3, t.c4"),
			  "select a$1, _2, \xc3\xa4"
			  "3, t.c4");
	EXPECT_EQ(key("values (1), ('ne'), (date'2000-01-01')"), "values ({i}), ({s}), (date{s})");
}

TEST(LiteralScan, FindsTheLiteralAndItsSign)
{
	EXPECT_EQ(tokens("select 12, -3, - 4, 5-6, 'a''b'"), "[12][3@11][4@15][5][6@21]['a''b']");
	EXPECT_EQ(tokens("select -/* c */7, - 'x'"), "[7]['x'@18]");
	EXPECT_EQ(tokens("select -(8), -a+9"), "[8][9]");
}

TEST(LiteralScan, GivesUpOnWhatIsRareOrNotOneStatement)
{
	for (const char *text : {"",
							 "create table t (a int default 5)",
							 "set x = 5",
							 "begin",
							 "explain select 1",
							 "selection 1",
							 "(select 1)",
							 "select 1; select 2",
							 "select $1",
							 "select a from t where a = $2",
							 "select $$5$$",
							 "select $a$5$a$",
							 "select e'5'",
							 "select E'\\'5'",
							 "select b'5'",
							 "select X'5'",
							 "select n'5'",
							 "select u&'5'",
							 "select U&\"5\"",
							 "select 'a'\n'b'",
							 "select 'a' -- c\n 'b'",
							 "select 'open",
							 "select \"open",
							 "select 12abc",
							 "select 1..2",
							 "select 1.5.6",
							 "select 1e",
							 "select 1ex",
							 "select 1_000",
							 "select 0x10",
							 "select '\1' \1i",
							 "select \"\1i\""})
		EXPECT_EQ(key(text), "no") << text;
	EXPECT_EQ(key("select 1; -- done"), "select {i}; -- done");
}

Value
read(const std::string &text, const LiteralRecipe &recipe, LiteralBuffers *buffers)
{
	LiteralScan scan;

	EXPECT_TRUE(ScanLiterals(text, &scan));
	return ReadLiteral(text, scan.tokens.front(), recipe, buffers);
}

TEST(ReadLiteral, FollowsTheRecipe)
{
	LiteralBuffers buffers;

	EXPECT_EQ(read("select 42", {.token = 0}, &buffers).integer, 42);
	EXPECT_EQ(read("select - 42", {.token = 0, .negated = true}, &buffers).integer, -42);
	EXPECT_EQ(read("select 'it''s'''", {.token = 0}, &buffers).bytes, "it's'");
	EXPECT_EQ(read("select ' 12 '", {.token = 0, .read_as = INT8OID}, &buffers).integer, 12);
	EXPECT_EQ(read("select 1.50", {.token = 0, .read_as = NUMERICOID}, &buffers).bytes, "1.50");
	EXPECT_EQ(read("select 'abc   '",
				   {.token = 0, .read_as = VARCHAROID, .cut_as = VARCHAROID, .typmod = 7}, &buffers)
				  .bytes,
			  "abc");
	EXPECT_THROW(read("select 'x'", {.token = 0, .read_as = INT8OID}, &buffers), PgError);
	EXPECT_THROW(read("select 'abcd'",
					  {.token = 0, .read_as = VARCHAROID, .cut_as = VARCHAROID, .typmod = 7},
					  &buffers),
				 PgError);
}

} /* namespace */

} /* namespace pg */
