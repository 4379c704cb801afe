"""C functions called from SQL: what a regression file cannot show.

- A function that runs is cancelled, timed out and terminated where it checks for interrupts.
- Views, defaults, checks and indexes keep calling their functions after a restart, and in a copy of
  the database; a function that another session replaces is the new one at once.
- What a function allocates is given back at each call, in a transaction and out of it.
- A function that writes through SPI is undone with its statement.
"""

import os
import threading

import psycopg2
import pytest

from harness import Cluster, build_module

HERE = os.path.dirname(__file__)
MODULE = os.path.join(HERE, os.pardir, "modules", "regress_functions.c")

FUNCTIONS = """
	CREATE FUNCTION next(int) RETURNS int AS 'regress_functions', 'next_int4' LANGUAGE C STRICT IMMUTABLE;
	CREATE FUNCTION ask(text) RETURNS text AS 'regress_functions' LANGUAGE C STRICT;
	CREATE FUNCTION run_for_ever() RETURNS void AS 'regress_functions' LANGUAGE C;
	CREATE FUNCTION forget_memory(int) RETURNS int AS 'regress_functions' LANGUAGE C STRICT;
"""


@pytest.fixture(scope="module")
def server():
	cluster = Cluster()
	cluster.configure(dynamic_library_path=os.path.dirname(build_module(MODULE)))
	cluster.start()
	cluster.query(FUNCTIONS)
	yield cluster
	cluster.destroy()


def test_a_running_function_is_interrupted(server):
	connection = server.connect()
	cursor = connection.cursor()
	cursor.execute("SET statement_timeout = '50ms'")
	with pytest.raises(psycopg2.errors.QueryCanceled):
		cursor.execute("SELECT run_for_ever()")
	with pytest.raises(psycopg2.errors.QueryCanceled):
		cursor.execute("SELECT ask('SELECT run_for_ever()') FROM generate_series(1, 3)")
	cursor.execute("RESET statement_timeout")
	cursor.execute("SELECT next(1)")
	assert cursor.fetchone() == (2,)


def test_a_running_function_is_terminated(server):
	connection = server.connect()
	pid = connection.info.backend_pid
	position = server.log_position()

	def run():
		with pytest.raises(psycopg2.OperationalError):
			connection.cursor().execute("SELECT run_for_ever()")
	thread = threading.Thread(target=run)
	thread.start()
	server.wait_for_value(f"SELECT count(*) FROM pg_stat_activity WHERE pid = {pid} "
						  f"AND query LIKE '%run_for_ever%' AND state = 'active'", 1)
	server.query(f"SELECT pg_terminate_backend({pid})")
	thread.join()
	server.wait_for_log("FATAL:  terminating connection due to administrator command\n", position)
	assert server.query("SELECT next(1)") == [(2,)]


def test_stored_calls_survive_a_restart_and_a_copy(server):
	server.query("CREATE VIEW nexts AS SELECT next(g) AS n FROM generate_series(1, 2) g;"
				 "CREATE TABLE kept (a int DEFAULT next(41), b int CHECK (next(b) < 10));"
				 "CREATE INDEX kept_next ON kept (next(b));")
	server.restart()
	server.query("CREATE DATABASE copied TEMPLATE postgres")
	for database in ("postgres", "copied"):
		def query(sql, where=database):
			return server.query(sql, database=where)
		assert query("SELECT n FROM nexts ORDER BY n") == [(2,), (3,)]
		query("INSERT INTO kept (b) VALUES (7)")
		assert query("SELECT a FROM kept WHERE next(b) = 8") == [(42,)]
		with pytest.raises(psycopg2.errors.CheckViolation):
			query("INSERT INTO kept (b) VALUES (9)")
		with pytest.raises(psycopg2.errors.DependentObjectsStillExist):
			query("DROP FUNCTION next(int)")


def test_another_session_sees_a_replaced_function_at_once(server):
	cursor = server.connect().cursor()
	server.query("CREATE FUNCTION changing(int) RETURNS int AS 'regress_functions', 'next_int4' "
				 "LANGUAGE C STRICT")
	cursor.execute("PREPARE call AS SELECT changing(1)")
	cursor.execute("EXECUTE call")
	assert cursor.fetchone() == (2,)
	server.query("CREATE OR REPLACE FUNCTION changing(int) RETURNS int "
				 "AS 'regress_functions', 'forget_memory' LANGUAGE C STRICT")
	cursor.execute("EXECUTE call")
	assert cursor.fetchone() == (1,)
	server.query("DROP FUNCTION changing(int)")
	with pytest.raises(psycopg2.errors.UndefinedFunction):
		cursor.execute("EXECUTE call")


def test_memory_of_a_call_is_given_back(server):
	cursor = server.connect().cursor()
	cursor.execute("SELECT pg_backend_pid()")
	pid = cursor.fetchone()[0]

	def peak():
		with open(f"/proc/{pid}/status", encoding="ascii") as status:
			return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
	cursor.execute("SELECT count(forget_memory(20000000 + g)) FROM generate_series(1, 3) g")
	before = peak()
	cursor.execute("SELECT count(forget_memory(20000000 + g)) FROM generate_series(1, 100) g")
	assert cursor.fetchone() == (100,)
	assert peak() < before + 40000, "kB"


def test_writes_of_a_function_go_with_its_statement(server):
	server.query("CREATE TABLE written (a int)")
	with pytest.raises(psycopg2.errors.DivisionByZero):
		server.query("SELECT ask('INSERT INTO written VALUES (1) RETURNING a'), 1 / (g - 2) "
					 "FROM generate_series(1, 3) g")
	assert server.query("SELECT count(*) FROM written") == [(0,)]
	cursor = server.connect(autocommit=False).cursor()
	cursor.execute("SAVEPOINT a")
	cursor.execute("SELECT ask('INSERT INTO written VALUES (1) RETURNING a')")
	cursor.execute("ROLLBACK TO a")
	cursor.execute("SELECT ask('INSERT INTO written VALUES (2) RETURNING a')")
	cursor.connection.commit()
	assert server.query("SELECT a FROM written") == [(2,)]


def test_a_schema_moves_with_its_functions_unless_texts_name_it(server):
	server.query("CREATE SCHEMA before;"
				 "CREATE FUNCTION before.f(int) RETURNS int AS 'regress_functions', 'next_int4' LANGUAGE C;"
				 "ALTER SCHEMA before RENAME TO after")
	assert server.value("SELECT after.f(1)") == 2
	server.query("CREATE VIEW calls AS SELECT after.f(1) AS f")
	with pytest.raises(psycopg2.errors.FeatureNotSupported, match="after.f"):
		server.query("ALTER SCHEMA after RENAME TO again")
	assert server.query("SELECT f FROM calls") == [(2,)]
