"""Modules in C++ with postroom.hpp.

- Values go through with their types; nulls need std::optional.
- Exceptions become errors with their SQLSTATE, errors become exceptions, and no object is passed by.
- An exception that nobody guards against ends in an error, too, and the session goes on.
- A worker reads typed results, sees its errors, is not left with a broken transaction, follows
  SIGHUP, ends with SIGTERM and is started again after an exception.
- _PG_init may refuse the module.
"""

import os

import psycopg2
import pytest

from harness import Cluster, build_module, wait_for

HERE = os.path.dirname(__file__)
SOURCE = os.path.join(HERE, os.pardir, "modules", "test_cpp.cpp")

FUNCTIONS = """
	CREATE FUNCTION cpp_add(int, int) RETURNS int AS 'test_cpp' LANGUAGE C;
	CREATE FUNCTION cpp_greet(text, float8, bool, int8) RETURNS text AS 'test_cpp' LANGUAGE C;
	CREATE FUNCTION cpp_later(timestamptz) RETURNS timestamptz AS 'test_cpp' LANGUAGE C;
	CREATE FUNCTION cpp_fail(text) RETURNS void AS 'test_cpp' LANGUAGE C;
	CREATE FUNCTION cpp_unguarded(int) RETURNS void AS 'test_cpp' LANGUAGE C;
	CREATE FUNCTION cpp_alive() RETURNS int AS 'test_cpp' LANGUAGE C;
	CREATE FUNCTION cpp_look_at_error() RETURNS text AS 'test_cpp' LANGUAGE C;
	CREATE FUNCTION cpp_add_one(int) RETURNS int AS 'test_cpp', 'cpp_add' LANGUAGE C;
"""


def build():
	return os.path.dirname(build_module(SOURCE, cxxflags="-std=c++20 -Wextra -Werror"))


def start(cluster, **settings):
	cluster.configure(dynamic_library_path=build(), shared_preload_libraries="test_cpp", **settings)
	cluster.start()
	return cluster


@pytest.fixture(scope="module")
def server():
	cluster = start(Cluster())
	cluster.query(FUNCTIONS)
	wait_for(lambda: ("round", "1") in seen(cluster), "the worker's first round")
	yield cluster
	cluster.destroy()


def seen(cluster):
	try:
		return cluster.query("SELECT what, value FROM seen")
	except psycopg2.errors.UndefinedTable:
		return []


# ---- Functions ----

def test_values(server):
	assert server.query("SELECT cpp_add(1, 2), cpp_add(1, NULL), cpp_add(NULL, 1)") == [(3, None, None)]
	assert server.value("SELECT cpp_greet('you', 1.5, true, 5000000000)") == "you 1.500000 loud 5000000000"
	assert server.value("SELECT cpp_later('2026-01-01 00:00:00.25+00') = '2026-01-01 01:00:00.25+00'")
	with pytest.raises(psycopg2.errors.InvalidFunctionDefinition,
					   match="created with 1 arguments and takes 2"):
		server.query("SELECT cpp_add_one(1)")


@pytest.mark.parametrize("how, state, message", [
	("error", "22012", "no division today"), ("standard", "XX000", "a standard exception"),
	("memory", "53200", "out of memory"), ("other", "XX000", "unknown C++ exception"),
	("server", "XX001", "from C")])
def test_exceptions_become_errors(server, how, state, message):
	connection = server.connect()
	cursor = connection.cursor()
	for _ in range(3):
		with pytest.raises(psycopg2.Error) as caught:
			cursor.execute("SELECT cpp_fail(%s)", (how,))
		assert (caught.value.pgcode, caught.value.diag.message_primary) == (state, message)
	if how == "error":
		assert (caught.value.diag.message_detail, caught.value.diag.message_hint) == \
			("It is late.", "Try tomorrow.")
	cursor.execute("SELECT cpp_alive()")
	assert cursor.fetchone() == (0,)


def test_errors_become_exceptions(server):
	assert server.value("SELECT cpp_look_at_error()") == '42P01 no table "t" Nowhere. Look again.'


@pytest.mark.parametrize("argument, message", [("1", "nobody guards this"),
											   ("NULL", "unknown C\\+\\+ exception")])
def test_an_exception_that_nobody_guards_against(server, argument, message):
	connection = server.connect()
	cursor = connection.cursor()
	for _ in range(100):
		with pytest.raises(psycopg2.errors.InternalError_, match=message):
			cursor.execute(f"SELECT cpp_unguarded({argument})")
	cursor.execute("SELECT cpp_alive(), cpp_add(1, 1)")
	assert cursor.fetchone() == (0, 2)


# ---- The worker ----

def test_a_worker_reads_typed_values(server):
	assert ("values", "1one1.500000t10 2-2.500000f20 none null {1,2} 3") in seen(server)


@pytest.mark.parametrize("what, value", [
	("bad sql", '42703 column "nonsense" does not exist'),
	("broken transaction", "25P02 current transaction is aborted, commands ignored until end of "
						   "transaction block"),
	("wrong type", '42804 column "label" is of type text, which does not fit the C++ type'),
	("null", '22004 column "label" is null'),
	("columns", "42804 the result has 2 columns, not 1"),
	("rows", "21000 query returned more than one row"),
	("no rows", "42804 the statement returns no rows"),
	("after commit", "25P01 the transaction has ended"),
	("long name", "22023 name of background worker is too long"),
	("alive", "0")])
def test_a_worker_sees_its_errors(server, what, value):
	assert (what, value) in seen(server)


def test_what_failed_is_rolled_back(server):
	assert server.value("SELECT string_agg(n::text, ',' ORDER BY n) FROM numbers") == "1,2,3"
	server.wait_for_value("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'test_cpp worker' "
						  "AND state = 'idle' AND wait_event = 'Extension'", 1)


def test_a_worker_follows_a_reload_and_ends_with_sigterm(make_cluster):
	cluster = start(make_cluster())
	wait_for(lambda: ("round", "1") in seen(cluster), "the first round")
	cluster.configure(test_cpp__pause=7200000)
	cluster.reload()
	wait_for(lambda: ("reload", "7200000") in seen(cluster) and ("round", "2") in seen(cluster),
			 "the reload and the round after it")
	position = cluster.log_position()
	cluster.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
				  "WHERE backend_type = 'test_cpp worker'")
	cluster.wait_for_log('FATAL:  terminating background worker "test_cpp worker" due to '
						 "administrator command", position)


def test_a_worker_that_throws_is_started_again(make_cluster):
	cluster = start(make_cluster(), test_cpp__conduct="throw", bgworker_crash_limit=0)
	cluster.wait_for_log("ERROR:  the worker gives up")
	cluster.wait_for_log(r'background worker "test_cpp worker" \(PID \d+\) exited with exit code 1')
	wait_for(lambda: seen(cluster).count(("round", "1")) >= 2, "its second life")


def test_a_module_may_refuse(make_cluster):
	cluster = make_cluster()
	cluster.configure(dynamic_library_path=build(), test_cpp__conduct="refuse")
	cluster.start()
	for _ in range(2):
		with pytest.raises(psycopg2.errors.InternalError_, match="this module wants not to be loaded"):
			cluster.query("LOAD 'test_cpp'")
	cluster.stop()
	cluster.configure(shared_preload_libraries="test_cpp")
	cluster.start(check=False)
	cluster.wait_for_log("FATAL:  this module wants not to be loaded")
