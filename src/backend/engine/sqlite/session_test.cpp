/*
 * session_test.cpp
 *		Sessions on real files: statements, transactions, snapshots, constraint errors.
 */
#include <gtest/gtest.h>

#include "engine_test.h"
#include "session.h"
#include "utils/error/report.h"

namespace pg
{
namespace
{

class SessionTest : public EngineTest
{
};

TEST_F(SessionTest, WritesAndReadsBack)
{
	auto session = open();

	run(*session, "CREATE TABLE \"public.t\"(id INTEGER PRIMARY KEY, name TEXT)");

	auto insert = session->prepare("INSERT INTO \"public.t\" VALUES (?1, ?2)");

	session->begin(SnapshotMode::PerStatement, false);
	session->ensure_write();
	for (int i = 1; i <= 3; i++)
	{
		insert->bind(0, Value::Int(i));
		insert->bind(1, Value::Text("row"));
		EXPECT_FALSE(insert->step());
		EXPECT_EQ(insert->changes(), 1);
		insert->reset();
	}
	session->commit();
	EXPECT_EQ(query(*session, "SELECT count(*), max(name) FROM \"public.t\""), "3|row");
}

TEST_F(SessionTest, RollbackUndoes)
{
	auto session = open();

	run(*session, "CREATE TABLE t(a)");
	session->begin(SnapshotMode::PerStatement, false);
	session->execute("INSERT INTO t VALUES (1)");
	EXPECT_TRUE(session->is_writing());
	session->rollback();
	EXPECT_FALSE(session->is_writing());
	EXPECT_EQ(query(*session, "SELECT count(*) FROM t"), "0");
}

TEST_F(SessionTest, ReadCommittedSeesTheCommitsOfOthers)
{
	auto reader = open(), writer = open();

	run(*writer, "CREATE TABLE t(a)");
	reader->begin(SnapshotMode::PerStatement, false);
	for (int i = 0; i < 4; i++)
	{
		EXPECT_EQ(query(*reader, "SELECT count(*) FROM t"), std::to_string(i));
		run(*writer, "INSERT INTO t VALUES (1)");
	}
	/* Its own first write starts from what is there now. */
	reader->execute("UPDATE t SET a = 2");
	EXPECT_EQ(query(*reader, "SELECT count(*), sum(a) FROM t"), "4|8");
	reader->commit();
}

TEST_F(SessionTest, RepeatableReadKeepsItsSnapshotAndLosesToOthers)
{
	auto reader = open(), writer = open();

	run(*writer, "CREATE TABLE t(a); INSERT INTO t VALUES (1)");
	reader->begin(SnapshotMode::PerTransaction, false);
	EXPECT_EQ(query(*reader, "SELECT 1"), "1");
	run(*writer, "INSERT INTO t VALUES (2)");
	EXPECT_EQ(query(*reader, "SELECT count(*) FROM t"), "1");
	EXPECT_EQ(state_of([&] { reader->execute("INSERT INTO t VALUES (3)"); }), "40001");
	reader->rollback();
	reader->begin(SnapshotMode::PerTransaction, false);
	EXPECT_EQ(query(*reader, "SELECT count(*) FROM t"), "2");
	reader->execute("INSERT INTO t VALUES (3)");
	reader->commit();
	EXPECT_EQ(query(*writer, "SELECT count(*) FROM t"), "3");
}

TEST_F(SessionTest, SavepointsSetBeforeTheFirstWriteHold)
{
	auto session = open();

	run(*session, "CREATE TABLE t(a)");
	session->begin(SnapshotMode::PerStatement, false);
	session->savepoint(1);
	session->savepoint(2);
	session->execute("INSERT INTO t VALUES (1)");
	session->savepoint(3);
	session->execute("INSERT INTO t VALUES (2)");
	session->rollback_to(3);
	EXPECT_EQ(query(*session, "SELECT group_concat(a) FROM t"), "1");
	session->release(3);
	session->rollback_to(1);
	EXPECT_EQ(query(*session, "SELECT count(*) FROM t"), "0");
	session->execute("INSERT INTO t VALUES (3)");
	session->release(1);
	session->commit();
	EXPECT_EQ(query(*session, "SELECT group_concat(a) FROM t"), "3");
}

TEST_F(SessionTest, ReadOnlyTransactionsRefuseWrites)
{
	auto session = open();

	run(*session, "CREATE TABLE t(a)");
	session->begin(SnapshotMode::PerStatement, true);
	EXPECT_EQ(state_of([&] { session->execute("INSERT INTO t VALUES (3)"); }), "25006");
	session->rollback();
}

TEST_F(SessionTest, SharedCatalogsAreAttachedWhenNamed)
{
	auto session = open(), other = open();

	run(*session, "CREATE TABLE global.pg_role(name)");
	run(*other, "INSERT INTO global.pg_role VALUES ('a')");
	EXPECT_EQ(query(*session, "SELECT name FROM global.pg_role"), "a");

	auto shared_only = SqliteEngine().open(0, false);

	EXPECT_EQ(query(*shared_only, "SELECT name FROM global.pg_role"), "a");
	run(*shared_only, "DELETE FROM global.pg_role");
	EXPECT_EQ(query(*session, "SELECT count(*) FROM global.pg_role"), "0");
}

TEST_F(SessionTest, PreparedStatementsSurviveSchemaChanges)
{
	auto session = open(), other = open();

	run(*session, "CREATE TABLE t(a)");

	auto insert = session->prepare("INSERT INTO t(a) VALUES (1)");

	run(*other, "DROP TABLE t; CREATE TABLE t(b CHECK (b <> twice(2)), a)");
	session->begin(SnapshotMode::PerStatement, false);
	session->ensure_write();
	EXPECT_FALSE(insert->step());
	insert->reset();
	session->commit();
}

/* A new session reads a schema that names functions it has not been asked for yet. */
TEST_F(SessionTest, SchemasMayNameFunctionsOfOurs)
{
	run(*open(), "CREATE TABLE t(a, b DEFAULT (twice(4)), c AS (twice(a)), CHECK (twice(a) > 0));"
				 "CREATE INDEX t_expr ON t(twice(a));"
				 "CREATE INDEX t_part ON t(b) WHERE twice(b) > 3;"
				 "CREATE VIEW v AS SELECT twice(x.value) AS d FROM \"pg_catalog.three\" x;");
	run(*open(), "INSERT INTO t(a) VALUES (3)");
	EXPECT_EQ(state_of([] { run(*open(), "INSERT INTO t(a) VALUES (-3)"); }), "23514");
	EXPECT_EQ(query(*open(), "SELECT a, b, c FROM t WHERE twice(a) = 6"), "3|8|6");
	EXPECT_EQ(query(*open(), "SELECT a FROM t WHERE twice(b) > 3 AND b = 8"), "3");
	EXPECT_EQ(query(*open(), "SELECT sum(d) FROM v"), "12");
	run(*open(), "UPDATE t SET a = a + 1");
	run(*open(), "DELETE FROM t WHERE a = 4");
	EXPECT_EQ(query(*open(), "SELECT count(*) FROM t"), "0");
	EXPECT_EQ(query(*open(), "PRAGMA integrity_check"), "ok");
}

TEST_F(SessionTest, WritesNeedATransaction)
{
	auto session = open();

	session->execute("CREATE TABLE t(a); INSERT INTO t VALUES (1)");

	auto insert = session->prepare("INSERT INTO t VALUES (2)");

	EXPECT_EQ(state_of([&] { insert->step(); }), "XX000");
	EXPECT_EQ(query(*open(), "SELECT count(*) FROM t"), "1");
}

TEST_F(SessionTest, ConstraintErrorsSayWhich)
{
	auto session = open();

	run(*session, "CREATE TABLE \"s.t\"(a INTEGER PRIMARY KEY, b NOT NULL, c, "
				  "CONSTRAINT positive CHECK (c > 0), UNIQUE (b, c));"
				  "CREATE UNIQUE INDEX \"s.t_expr\" ON \"s.t\"(abs(c));"
				  "CREATE TABLE \"s.u\"(a REFERENCES \"s.t\"(a));"
				  "INSERT INTO \"s.t\" VALUES (1, 2, 3)");

	const auto report_of = [&](const char *sql)
	{
		session->begin(SnapshotMode::PerStatement, false);
		try
		{
			session->execute(sql);
		}
		catch (const PgError &error)
		{
			session->rollback();
			return error.report;
		}
		ADD_FAILURE() << "no error";
		return Report(ERROR);
	};

	Report report = report_of("INSERT INTO \"s.t\" VALUES (1, 0, 1)");

	EXPECT_EQ(report.sqlstate, ERRCODE_UNIQUE_VIOLATION);
	EXPECT_EQ(report.table_name, "s.t");
	EXPECT_EQ(report.column_name, "a");

	report = report_of("INSERT INTO \"s.t\" VALUES (2, 2, 3)");
	EXPECT_TRUE(report.constraint_name == "s.t_expr" || report.column_name == "b, c");

	report = report_of("INSERT INTO \"s.t\" VALUES (2, 0, 3)");
	EXPECT_EQ(report.constraint_name, "s.t_expr");

	report = report_of("INSERT INTO \"s.t\" VALUES (2, NULL, 4)");
	EXPECT_EQ(report.sqlstate, ERRCODE_NOT_NULL_VIOLATION);
	EXPECT_EQ(report.table_name + "/" + report.column_name, "s.t/b");

	report = report_of("INSERT INTO \"s.t\" VALUES (2, 2, -4)");
	EXPECT_EQ(report.sqlstate, ERRCODE_CHECK_VIOLATION);
	EXPECT_EQ(report.constraint_name, "positive");

	report = report_of("INSERT INTO \"s.u\" VALUES (7)");
	EXPECT_EQ(report.sqlstate, ERRCODE_FOREIGN_KEY_VIOLATION);
}

TEST_F(SessionTest, DatabasesAreCopiedAndDropped)
{
	{
		auto session = open();

		run(*session, "CREATE TABLE t(a); INSERT INTO t VALUES (5)");
	}
	SqliteEngine().create_database(6, kDatabase);
	EXPECT_EQ(state_of([] { SqliteEngine().create_database(6, 0); }), "42P04");
	EXPECT_EQ(query(*SqliteEngine().open(6, false), "SELECT a FROM t"), "5");
	EXPECT_GT(SqliteEngine().database_size(6), 0);
	SqliteEngine().drop_database(6);
	EXPECT_EQ(state_of([] { SqliteEngine().open(6, false); }), "3D000");
}

TEST_F(SessionTest, CheckpointsMoveTheLog)
{
	auto session = open();

	run(*session, "CREATE TABLE t(a); INSERT INTO t VALUES (5)");
	SqliteEngine().checkpoint_all(true);
	EXPECT_EQ(query(*session, "SELECT a FROM t"), "5");
	SqliteEngine().recover_all();
	EXPECT_EQ(query(*session, "SELECT a FROM t"), "5");
}

} /* namespace */
} /* namespace pg */
