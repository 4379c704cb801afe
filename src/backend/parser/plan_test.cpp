/*
 * plan_test.cpp
 *		Unit tests of analysis and lowering: SQL text in, engine SQL or error out.
 */
#include <gtest/gtest.h>

#include "parser/plan.h"

#include "catalog/pg_type_d.h"
#include "parser/relations.h"
#include "utils/error/report.h"

namespace pg
{

namespace
{

ColumnInfo
column(const char *name, Oid type, int16 attnum, int32 typmod = -1)
{
	ColumnInfo info;

	info.name = info.physical = name;
	info.type = type;
	info.attnum = attnum;
	info.typmod = typmod;
	return info;
}

RelationInfoPtr
activity_view()
{
	auto relation = std::make_shared<RelationInfo>();

	relation->oid = 12222;
	relation->schema_name = "pg_catalog";
	relation->name = "pg_stat_activity";
	relation->kind = 'v';
	relation->is_system = relation->is_row_source = true;
	relation->physical = "\"pg_catalog.pg_stat_activity\"";
	for (const RowSource &source : CatalogRowSources())
		if (std::string_view(source.name) == "pg_catalog.pg_stat_activity")
			for (const RowColumn &declared : source.columns)
				relation->columns.push_back(
					column(declared.name, declared.type,
						   static_cast<int16>(relation->columns.size() + 1)));
	return relation;
}

/* t (id integer primary key, a integer default 7, b varchar(3), n numeric), u (id integer, name text) */
RelationInfoPtr
fake_relation(std::string_view, std::string_view name)
{
	auto relation = std::make_shared<RelationInfo>();

	if (name == "pg_stat_activity")
		return activity_view();
	if (name != "t" && name != "u")
		return nullptr;
	relation->oid = name == "t" ? 16384 : 16385;
	relation->schema_name = "public";
	relation->name = name;
	relation->kind = 'r';
	relation->persistence = 'p';
	relation->physical = "\"public." + std::string(name) + "\"";
	relation->columns.push_back(column("id", INT4OID, 1));
	if (name == "u")
	{
		relation->columns.push_back(column("name", TEXTOID, 2));
		return relation;
	}
	relation->columns[0].not_null = relation->columns[0].is_rowid = true;
	relation->columns.push_back(column("a", INT4OID, 2));
	relation->columns[1].default_sql = "7";
	relation->columns.push_back(column("b", VARCHAROID, 3, 7));
	relation->columns.push_back(column("n", NUMERICOID, 4));
	ConstraintInfo key;

	key.oid = 16390;
	key.name = "t_pkey";
	key.type = 'p';
	key.columns = {1};
	relation->constraints.push_back(key);
	return relation;
}

class PlanTest : public ::testing::Test
{
protected:
	void SetUp() override
	{
		before_ = parser::relation_lookup;
		parser::relation_lookup = fake_relation;
	}
	void TearDown() override { parser::relation_lookup = before_; }

	static std::shared_ptr<const Plan> plan(const std::string &sql)
	{
		return MakePlan(ParseStatements(sql)->front(), {});
	}
	static std::string lowered(const std::string &sql) { return plan(sql)->steps.back().sql; }

	/* "42703 12 column ..." */
	static std::string error(const std::string &sql)
	{
		try
		{
			plan(sql);
		}
		catch (const PgError &raised)
		{
			return std::string(unpack_sql_state(raised.sqlstate())) + " " +
				   std::to_string(raised.report.position) + " " + raised.report.message;
		}
		return "no error";
	}

private:
	parser::RelationLookup before_ = nullptr;
};

TEST_F(PlanTest, NamesColumns)
{
	const auto made = plan("select 1, a, a::text, count(*), case when true then 1 end, "
						   "coalesce(a, 1), b as x, 'q'::varchar(2) from t group by id");
	std::string names;

	for (const ResultColumn &result : made->columns)
		names += result.name + " ";
	EXPECT_EQ(names, "?column? a a count case coalesce x varchar ");
}

TEST_F(PlanTest, SortsNullsAsPostgres)
{
	EXPECT_EQ(lowered("select a from t order by a, b desc, id"),
			  "SELECT t1.\"a\" FROM \"public.t\" AS t1 ORDER BY 1 NULLS LAST, "
			  "t1.\"b\" DESC NULLS FIRST, t1.\"id\"");
}

TEST_F(PlanTest, ComparesNumericsByCollation)
{
	EXPECT_EQ(lowered("select id from t where n = 1.50"),
			  "SELECT t1.\"id\" FROM \"public.t\" AS t1 WHERE (t1.\"n\" = '1.50' COLLATE "
			  "pg_numeric)");
	EXPECT_EQ(lowered("select distinct n from t"),
			  "SELECT DISTINCT t1.\"n\" COLLATE pg_numeric FROM \"public.t\" AS t1");
}

TEST_F(PlanTest, GuardsScalarQueries)
{
	EXPECT_EQ(lowered("select (select name from u)"),
			  "SELECT (SELECT pg_single(t1.\"name\") FROM \"public.u\" AS t1)");
	EXPECT_EQ(lowered("select (select max(name) from u)").find("pg_single"), std::string::npos);
}

TEST_F(PlanTest, ReadsUnknownLiteralsAsTheOtherSide)
{
	EXPECT_EQ(lowered("select id from t where a = '12'"),
			  "SELECT t1.\"id\" FROM \"public.t\" AS t1 WHERE (t1.\"a\" = 12)");
	EXPECT_EQ(error("select id from t where a = 'x'"),
			  "22P02 28 invalid input syntax for type integer: \"x\"");
}

TEST_F(PlanTest, InfersParameters)
{
	const auto made = plan("select a + $1 from t where b = $2");

	EXPECT_EQ(made->parameter_types, (std::vector<Oid>{INT4OID, TEXTOID}));
	EXPECT_EQ(error("select $1 is null, $3 = 1"),
			  "42P18 0 could not determine data type of parameter $2");
}

TEST_F(PlanTest, RaisesPostgresErrors)
{
	EXPECT_EQ(error("select nope from t"), "42703 8 column \"nope\" does not exist");
	EXPECT_EQ(error("select * from nope"), "42P01 15 relation \"nope\" does not exist");
	EXPECT_EQ(
		error("select a, count(*) from t"),
		"42803 8 column \"t.a\" must appear in the GROUP BY clause or be used in an aggregate "
		"function");
	EXPECT_EQ(error("select 1 where 1"),
			  "42804 16 argument of WHERE must be type boolean, not type integer");
	EXPECT_EQ(error("select true + 1"), "42883 13 operator does not exist: boolean + integer");
	EXPECT_EQ(error("select id from t, u"), "42702 8 column reference \"id\" is ambiguous");
	EXPECT_EQ(error("select a from t where count(*) > 1"),
			  "42803 23 aggregate functions are not allowed in WHERE");
	EXPECT_EQ(error("select 1 union select 1, 2"),
			  "42601 23 each UNION query must have the same number of columns");
}

TEST_F(PlanTest, InsertsDefaultsAndLengths)
{
	EXPECT_EQ(lowered("insert into t (id, b) values (1, 'abc')"),
			  "INSERT INTO \"public.t\" AS t1 (\"id\", \"b\", \"a\") VALUES (1, 'abc', 7)");
	EXPECT_EQ(error("insert into t (id, b) values (1, 'abcd')"),
			  "22001 0 value too long for type character varying(3)");
	EXPECT_EQ(error("insert into t (id) values (1, 2)"),
			  "42601 31 INSERT has more expressions than target columns");
	EXPECT_EQ(error("insert into t (id) values (true)"),
			  "42804 28 column \"id\" is of type integer but expression is of type boolean");
}

TEST_F(PlanTest, RefusesNullRowIds)
{
	EXPECT_EQ(
		lowered("insert into t (a) values (1)"),
		"INSERT INTO \"public.t\" AS t1 (\"a\", \"id\") VALUES (1, pg_row_id(NULL, 't', 'id'))");
}

TEST_F(PlanTest, ReturnsFromTheTargetNatively)
{
	EXPECT_EQ(lowered("update t as x set a = x.a where id = 1 returning a, x.b"),
			  "UPDATE \"public.t\" AS t1 SET \"a\" = t1.\"a\" WHERE (t1.\"id\" = 1) RETURNING "
			  "\"a\", \"b\"");
	EXPECT_EQ(plan("delete from t using u where t.id = u.id returning t.id")->steps.size(), 1u);
}

TEST_F(PlanTest, PlainColumnsOfARowSourceNeedNoEngine)
{
	const auto made = plan("select pid, datid from pg_stat_activity a");

	ASSERT_NE(made->steps[0].scan.source, nullptr);
	EXPECT_STREQ(made->steps[0].scan.source->name, "pg_catalog.pg_stat_activity");
	EXPECT_EQ(made->steps[0].scan.columns, (std::vector<int>{2, 0}));
	EXPECT_EQ(plan("table pg_stat_activity")->steps[0].scan.columns.size(), 22u);
	for (const char *other :
		 {"select pid from pg_stat_activity where pid = 1", "select pid + 1 from pg_stat_activity",
		  "select pid from pg_stat_activity order by 1", "select pid from pg_stat_activity limit 1",
		  "select distinct pid from pg_stat_activity", "select count(*) from pg_stat_activity",
		  "select pid from pg_stat_activity group by pid", "select id from t",
		  "select a.pid from pg_stat_activity a, pg_stat_activity b",
		  "select pid from pg_stat_activity union all select 1",
		  "with w as (select 1) select pid from pg_stat_activity"})
		EXPECT_EQ(plan(other)->steps.back().scan.source, nullptr) << other;
}

TEST_F(PlanTest, SplitsWritableWith)
{
	const auto made = plan("with d as (delete from t returning a) select sum(a) from d");

	ASSERT_EQ(made->steps.size(), 4u);
	EXPECT_TRUE(made->writes);
	EXPECT_EQ(made->steps[0].role, PlanStep::Role::Buffer);
	EXPECT_EQ(made->steps[0].sql,
			  "SELECT t1.\"id\", t1.\"id\", t1.\"a\", t1.\"b\", t1.\"n\" FROM \"public.t\" AS t1");
	EXPECT_EQ(made->steps[2].role, PlanStep::Role::Apply);
	EXPECT_EQ(made->steps[2].sql,
			  "DELETE FROM \"public.t\" AS t1 WHERE t1.\"id\" IN (SELECT c0 FROM pg_rows(0))");
	EXPECT_EQ(made->steps[3].sql, "SELECT c0 FROM pg_rows(1)");
}

TEST_F(PlanTest, CountsTheMainStatement)
{
	const auto made = plan("with d as (delete from u returning id) update t set a = d.id from d "
						   "where t.id = d.id returning t.a, d.id");

	ASSERT_EQ(made->steps.size(), 5u);
	EXPECT_FALSE(made->steps[2].counts);
	EXPECT_TRUE(made->steps[3].counts);
	EXPECT_EQ(made->steps[3].role, PlanStep::Role::Apply);
	EXPECT_EQ(made->steps[4].role, PlanStep::Role::Final);
}

/* The last step of a plan that shares its literals, and the literals that are fixed. */
std::string
shared(const std::string &sql)
{
	LiteralScan scan;

	EXPECT_TRUE(ScanLiterals(sql, &scan)) << sql;
	const auto made = MakePlan(ParseStatements(sql)->front(), {}, scan.tokens);
	std::string shown = made->steps.empty() ? "utility" : made->steps.back().sql;

	for (const int token : made->fixed_literals)
		shown += " #" + sql.substr(scan.tokens[token].begin,
								   scan.tokens[token].end - scan.tokens[token].begin);
	return shown;
}

TEST_F(PlanTest, LiteralsThatNobodyLooksAtBecomeParameters)
{
	EXPECT_EQ(shared("select a from t where id = 5"),
			  "SELECT t1.\"a\" FROM \"public.t\" AS t1 WHERE (t1.\"id\" = ?1)");
	EXPECT_EQ(
		shared("select a from t where id = -5 and b = 'x'"),
		"SELECT t1.\"a\" FROM \"public.t\" AS t1 WHERE ((t1.\"id\" = ?1) AND (t1.\"b\" = ?2))");
	EXPECT_EQ(shared("update t set a = 1, b = 'x' where id = 7"),
			  "UPDATE \"public.t\" AS t1 SET \"a\" = ?1, \"b\" = ?2 WHERE (t1.\"id\" = ?3)");
	EXPECT_EQ(shared("select 3000000000, 1.5, '2020-01-01'::date"), "SELECT ?1, ?2, ?3");
}

TEST_F(PlanTest, LiteralsThatDecideSomethingAreFixed)
{
	EXPECT_EQ(shared("select a, 5 from t order by 2"),
			  "SELECT t1.\"a\", ?1 FROM \"public.t\" AS t1 ORDER BY 2 NULLS LAST #2");
	EXPECT_NE(shared("select a + 1 from t group by a + 1").find(" #1 #1"), std::string::npos);
	EXPECT_NE(shared("select a::varchar(3) from t").find(" #3"), std::string::npos);
	EXPECT_EQ(shared("select -3000000000"), "SELECT (-3000000000) #3000000000");
	EXPECT_EQ(shared("select -1.5"), "SELECT '-1.5' #1.5");
	EXPECT_NE(shared("select sum(a) over (order by id rows 2 preceding) from t").find(" #2"),
			  std::string::npos);
	EXPECT_EQ(shared("select 5 into x"), "utility #5");
}

} /* namespace */

} /* namespace pg */
