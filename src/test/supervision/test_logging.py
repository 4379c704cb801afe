"""The server's log: where it goes, what its lines look like, what is logged.

- stderr, csvlog and jsonlog, alone and together; logging_collector with rotation by size and by
  pg_rotate_logfile(); current_logfiles names the files in use.
- log_line_prefix with its escapes, log_error_verbosity.
- log_statement, log_connections, log_disconnections, log_duration, log_min_duration_statement,
  log_min_error_statement, log_min_messages, client_min_messages.
"""

import csv
import io
import json
import os
import re

import psycopg2
import pytest

from harness import wait_for


@pytest.fixture(scope="module")
def collected(module_worker_cluster):
	"""A server whose collector writes all three kinds of log."""
	cluster = module_worker_cluster("", logging_collector="on", log_directory="log",
									log_destination="stderr,csvlog,jsonlog",
									log_filename="server-%H%M%S.log", log_rotation_size="0",
									log_min_duration_statement="-1")
	return cluster


def current_files(cluster):
	with open(os.path.join(cluster.data, "current_logfiles"), encoding="utf-8") as current:
		return dict(line.split() for line in current.read().splitlines())


def read(cluster, kind):
	path = os.path.join(cluster.data, current_files(cluster)[kind])
	with open(path, encoding="utf-8") as log:
		return log.read()


def provoke(cluster, mark):
	"""An error with all its parts, under a mark that a search finds."""
	session = cluster.connect(application_name="provoker")
	with pytest.raises(psycopg2.errors.UndefinedColumn):
		session.cursor().execute(f'SELECT "{mark}" FROM pg_class')
	return session.info.backend_pid


# ---- destinations ----

def test_current_logfiles_names_all_three(collected):
	files = current_files(collected)
	assert set(files) == {"stderr", "csvlog", "jsonlog"}
	assert re.fullmatch(r"log/server-\d{6}\.log", files["stderr"])
	assert files["csvlog"] == files["stderr"][:-4] + ".csv"
	assert files["jsonlog"] == files["stderr"][:-4] + ".json"
	assert "redirecting log output to logging collector process" in collected.log()


def test_csvlog_has_the_columns_of_postgresql(collected):
	mark = 'csv, "quoted"'.replace('"', "")
	pid = provoke(collected, mark)
	wait_for(lambda: mark in read(collected, "csvlog"), "csv line")
	rows = [row for row in csv.reader(io.StringIO(read(collected, "csvlog"))) if mark in row[13]]
	(row,) = rows
	assert len(row) == 26
	assert row[1:4] == ["postgres", "postgres", str(pid)]
	assert row[4] == "[local]"
	assert row[11:13] == ["ERROR", "42703"]
	assert row[13] == f'column "{mark}" does not exist'
	assert (row[19], row[20]) == (f'SELECT "{mark}" FROM pg_class', "8")
	assert row[22:24] == ["provoker", "client backend"]


def test_jsonlog_has_the_keys_of_postgresql(collected):
	mark = "json ü"
	pid = provoke(collected, mark)
	wait_for(lambda: mark in read(collected, "jsonlog"), "json line")
	(entry,) = [entry for entry in map(json.loads, read(collected, "jsonlog").splitlines())
				if mark in entry["message"]]
	wanted = {"user": "postgres", "dbname": "postgres", "pid": pid, "remote_host": "[local]",
			  "error_severity": "ERROR", "state_code": "42703",
			  "message": f'column "{mark}" does not exist', "statement": f'SELECT "{mark}" FROM pg_class',
			  "cursor_position": 8, "application_name": "provoker",
			  "backend_type": "client backend"}
	assert {key: entry.get(key) for key in wanted} == wanted
	assert {"timestamp", "session_id", "line_num", "session_start", "txid", "query_id"} <= set(entry)


def test_rotation_on_request(collected):
	before = current_files(collected)["stderr"]

	def rotated():
		assert collected.value("SELECT pg_rotate_logfile()") is True
		return current_files(collected)["stderr"] != before
	wait_for(rotated, "another file name", interval=0.2)
	provoke(collected, "after the rotation")
	wait_for(lambda: "after the rotation" in read(collected, "stderr"), "line in the new file")


def test_rotation_by_size(make_cluster):
	cluster = make_cluster(settings={"logging_collector": "on", "log_rotation_size": "10kB",
									 "log_filename": "server-%H%M%S.log", "log_statement": "all"})
	cluster.start()
	folder = os.path.join(cluster.data, "log")
	session = cluster.connect()

	def several():
		session.cursor().execute(f"SELECT '{'x' * 6000}'")
		return len(os.listdir(folder)) >= 2
	wait_for(several, "a second file", interval=0.1)


def test_collector_survives_the_others(collected):
	os.kill(collected.connect().info.backend_pid, 9)
	wait_for(lambda: "all server processes terminated; reinitializing" in read(collected, "stderr"),
			 "crash in the log")
	collected.wait_for_connection()
	provoke(collected, "after the crash")
	wait_for(lambda: "after the crash" in read(collected, "stderr"), "line after the crash")


# ---- lines ----

def test_log_line_prefix(make_cluster):
	cluster = make_cluster(settings={
		"log_line_prefix": "<%a|%u|%d|%r|%h|%b|%p|%t|%m|%n|%i|%e|%c|%l|%s|%v|%x|%%|%5p|%-8u|%q session> "})
	cluster.start()
	pid = provoke(cluster, "prefixed")
	line = next(line for line in cluster.log().splitlines() if '"prefixed" does not' in line)
	fields = line[1:line.index("> ERROR:")].split("|")
	assert fields[:7] == ["provoker", "postgres", "postgres", "[local]", "[local]", "client backend",
						  str(pid)]
	assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \w+", fields[7])
	assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \w+", fields[8])
	assert re.fullmatch(r"\d+\.\d{3}", fields[9])
	assert fields[10:12] == ["SELECT", "42703"]
	assert re.fullmatch(rf"[0-9a-f]+\.{pid:x}", fields[12])
	assert int(fields[13]) >= 1
	assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \w+", fields[14])
	assert fields[17:20] == ["%", f"{pid:5}", "postgres"]
	assert fields[20] == " session"
	start = next(line for line in cluster.log().splitlines() if "ready to accept" in line)
	assert "session" not in start, "%q ends the prefix of processes that are no session"
	assert start.startswith("<||||")


def test_log_error_verbosity(cluster):
	session = cluster.connect()
	cursor = session.cursor()
	for verbosity, pattern in (("terse", r"ERROR:  column \"v1\" does not exist"),
							   ("verbose", r"ERROR:  42703: column \"v2\" does not exist")):
		cursor.execute(f"SET log_error_verbosity = {verbosity}")
		with pytest.raises(psycopg2.Error):
			cursor.execute(f"SELECT {'v1' if verbosity == 'terse' else 'v2'} FROM pg_class")
		cluster.wait_for_log(pattern)
	cluster.wait_for_log(r"LOCATION:  \w+, \w+\.\w+:\d+\n")


# ---- what is logged ----

def logged_by(cluster, settings, *statements):
	"""What a session with the settings leaves in the log."""
	session = cluster.connect()
	cursor = session.cursor()
	for name, value in settings.items():
		cursor.execute(f"SET {name} = '{value}'")
	position = cluster.log_position()
	for sql in statements:
		try:
			cursor.execute(sql)
		except psycopg2.Error:
			session.rollback()
	cursor.execute("SET log_statement = 'none'; SET log_min_messages = 'log'")
	session.close()
	return cluster.log_since(position)


def test_log_statement(shared_cluster):
	statements = ("SELECT 1 AS one", "CREATE TABLE logged (a int)", "INSERT INTO logged VALUES (1)",
				  "DROP TABLE logged")
	wanted = {"none": (), "ddl": (1, 3), "mod": (1, 2, 3), "all": (0, 1, 2, 3)}
	for value, numbers in wanted.items():
		log = logged_by(shared_cluster, {"log_statement": value}, *statements)
		for number, sql in enumerate(statements):
			assert (f"LOG:  statement: {sql}\n" in log) == (number in numbers), (value, sql)


def test_log_min_duration_statement(shared_cluster):
	log = logged_by(shared_cluster, {"log_min_duration_statement": "50"}, "SELECT pg_sleep(0.06)",
					"SELECT 'quick'")
	milliseconds = re.search(r"LOG:  duration: (\d+\.\d{3}) ms  statement: SELECT pg_sleep\(0\.06\)\n",
							 log)
	assert float(milliseconds.group(1)) >= 60
	assert "quick" not in log
	log = logged_by(shared_cluster, {"log_min_duration_statement": "-1", "log_duration": "on"},
					"SELECT 'timed'")
	assert re.search(r"LOG:  duration: \d+\.\d{3} ms\n", log)
	assert "timed" not in log


def test_log_min_error_statement(shared_cluster):
	bad = "SELECT bad FROM pg_class"
	log = logged_by(shared_cluster, {"log_min_error_statement": "error"}, bad)
	assert f"STATEMENT:  {bad}\n" in log
	log = logged_by(shared_cluster, {"log_min_error_statement": "panic"}, bad)
	assert 'ERROR:  column "bad" does not exist' in log
	assert "STATEMENT:" not in log


def test_log_min_messages(shared_cluster):
	bad = "SELECT bad FROM pg_class"
	assert "ERROR:" not in logged_by(shared_cluster, {"log_min_messages": "fatal"}, bad)
	assert "ERROR:" in logged_by(shared_cluster, {"log_min_messages": "error"}, bad)


def test_log_connections_and_disconnections(make_cluster):
	cluster = make_cluster(settings={"log_connections": "on", "log_disconnections": "on"})
	cluster.start()
	position = cluster.log_position()
	session = cluster.connect(application_name="caller")
	pid = session.info.backend_pid
	session.close()
	cluster.wait_for_log(rf"\[{pid}\] LOG:  connection received: host=\[local\]\n", position)
	cluster.wait_for_log(rf"\[{pid}\] LOG:  connection authorized: user=postgres database=postgres "
						 r"application_name=caller\n", position)
	cluster.wait_for_log(rf"\[{pid}\] LOG:  disconnection: session time: 0:00:\d\d\.\d{{3}} "
						 r"user=postgres database=postgres host=\[local\]\n", position)


def test_client_min_messages(shared_cluster):
	session = shared_cluster.connect()
	cursor = session.cursor()
	for level, heard in (("notice", True), ("warning", False)):
		session.notices.clear()
		cursor.execute(f"SET client_min_messages = {level}")
		cursor.execute("DROP TABLE IF EXISTS no_such_table")
		assert session.notices == (
			['NOTICE:  table "no_such_table" does not exist, skipping\n'] if heard else [])
	cursor.execute("SET client_min_messages = error")
	session.notices.clear()
	cursor.execute("COMMIT")
	assert session.notices == []
	cursor.execute("SET client_min_messages = warning")
	cursor.execute("COMMIT")
	assert session.notices == ["WARNING:  there is no transaction in progress\n"]
