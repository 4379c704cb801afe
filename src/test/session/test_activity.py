"""pg_stat_activity: 22 columns for sessions, workers and helpers, true at every moment.

- Sessions: who, from where, since when; state, query, query_start and state_change move with each
  statement; wait events while waiting.
- Workers with and without a database, and helper processes, with their backend_type.
- Query texts are cut at a character's boundary; track_activities off hides them.
- A reader never sees half a change, however fast the writers are.
"""

import datetime
import threading

import psycopg2
import pytest

from harness import IS_POSTROOM, ours, wait_for

COLUMNS = ("datid datname pid leader_pid usesysid usename application_name client_addr client_hostname "
		   "client_port backend_start xact_start query_start state_change wait_event_type wait_event "
		   "state backend_xid backend_xmin query_id query backend_type").split()


def row_of(cluster, pid):
	"""The process's row as a dictionary."""
	rows = cluster.query("SELECT * FROM pg_stat_activity WHERE pid = %s", (pid,))
	return dict(zip(COLUMNS, rows[0])) if rows else None


def wait_for_row(cluster, pid, **wanted):
	def matches():
		row = row_of(cluster, pid)
		return row if row and all(row[key] == value for key, value in wanted.items()) else None
	return wait_for(matches, f"{wanted} of {pid}")


@pytest.fixture
def session(shared_cluster):
	connection = shared_cluster.connect(application_name="watched")
	yield connection
	shared_cluster.close(connection)


def start_query(connection, sql):
	"""Runs a statement in a thread that swallows its end."""
	def run():
		try:
			connection.cursor().execute(sql)
		except psycopg2.Error:
			pass
	thread = threading.Thread(target=run, daemon=True)
	thread.start()
	return thread


# ---- sessions ----

def test_columns_are_those_of_postgresql_15(shared_cluster):
	connection = shared_cluster.connect()
	cursor = connection.cursor()
	cursor.execute("SELECT * FROM pg_stat_activity LIMIT 0")
	assert [column.name for column in cursor.description] == COLUMNS
	assert [column.type_code for column in cursor.description] == [
		26, 19, 23, 23, 26, 19, 25, 869, 25, 23, 1184, 1184, 1184, 1184, 25, 25, 25, 28, 28, 20, 25, 25]


def test_an_idle_session(shared_cluster, session):
	session.cursor().execute("SELECT 'the last statement'")
	row = wait_for_row(shared_cluster, session.info.backend_pid, state="idle")
	assert row["datname"] == row["usename"] == "postgres"
	assert row["datid"] == shared_cluster.value("SELECT oid FROM pg_database "
												"WHERE datname = 'postgres'")
	assert row["usesysid"] == 10
	assert row["application_name"] == "watched"
	assert (row["client_addr"], row["client_hostname"], row["client_port"]) == (None, None, -1)
	assert row["query"] == "SELECT 'the last statement'"
	assert row["backend_type"] == "client backend"
	assert (row["wait_event_type"], row["wait_event"]) == ("Client", "ClientRead")
	assert row["xact_start"] is row["leader_pid"] is row["backend_xid"] is None
	assert row["backend_start"] <= row["query_start"] <= row["state_change"]
	now = shared_cluster.value("SELECT now()")
	assert datetime.timedelta(0) <= now - row["backend_start"] < datetime.timedelta(minutes=5)


def test_a_session_over_tcp(make_cluster):
	cluster = make_cluster(settings={"listen_addresses": "127.0.0.1", "port": 0 or 54329})
	cluster.port = 54329
	cluster.start()
	connection = cluster.connect(host="127.0.0.1")
	row = row_of(cluster, connection.info.backend_pid)
	assert row["client_addr"] == "127.0.0.1"
	assert row["client_port"] > 1023


def test_times_and_states_move(shared_cluster, session):
	pid = session.info.backend_pid
	cursor = session.cursor()
	cursor.execute("SELECT 1")
	first = wait_for_row(shared_cluster, pid, state="idle")
	cursor.execute("BEGIN")
	begun = wait_for_row(shared_cluster, pid, state="idle in transaction", query="BEGIN")
	assert begun["xact_start"] == begun["query_start"] > first["query_start"]
	cursor.execute("SELECT 2")
	second = wait_for_row(shared_cluster, pid, query="SELECT 2", state="idle in transaction")
	assert second["xact_start"] == begun["xact_start"]
	assert second["query_start"] > begun["query_start"]
	with pytest.raises(psycopg2.Error):
		cursor.execute("SELECT bad")
	aborted = wait_for_row(shared_cluster, pid, state="idle in transaction (aborted)")
	assert aborted["xact_start"] is None
	cursor.execute("ROLLBACK")
	assert wait_for_row(shared_cluster, pid, state="idle")["xact_start"] is None
	assert row_of(shared_cluster, pid)["backend_start"] == first["backend_start"]


def test_an_active_session_and_what_it_waits_for(shared_cluster, session):
	pid = session.info.backend_pid
	thread = start_query(session, "SELECT pg_sleep(600)")
	row = wait_for_row(shared_cluster, pid, state="active", wait_event="PgSleep")
	assert row["wait_event_type"] == "Timeout"
	assert row["xact_start"] == row["query_start"] <= row["state_change"]
	assert row["query"] == "SELECT pg_sleep(600)"
	shared_cluster.query("SELECT pg_cancel_backend(%s)", (pid,))
	thread.join()


def test_one_sees_oneself_active(shared_cluster):
	sql = "SELECT state, query, wait_event FROM pg_stat_activity WHERE pid = pg_backend_pid()"
	assert shared_cluster.query(sql) == [("active", sql, None)]


def test_application_name_changes(shared_cluster, session):
	session.cursor().execute("SET application_name = 'renamed'")
	wait_for_row(shared_cluster, session.info.backend_pid, application_name="renamed")
	session.cursor().execute(f"SET application_name = '{'n' * 100}'")
	wait_for_row(shared_cluster, session.info.backend_pid, application_name="n" * 63)


# ---- texts ----

@pytest.mark.parametrize("filler", ["x", "ä", "€", "😀"])
def test_texts_are_cut_at_a_character(make_cluster, filler):
	cluster = make_cluster(settings={"track_activity_query_size": 100})
	cluster.start()
	session = cluster.connect()
	session.set_client_encoding("UTF8")
	for shift in range(4):
		sql = f"SELECT {'1' * (shift + 1)} AS a /* {filler * 200} */"
		session.cursor().execute(sql)
		shown = wait_for_row(cluster, session.info.backend_pid, state="idle")["query"]
		assert sql.startswith(shown)
		assert 99 - len(filler.encode()) < len(shown.encode()) <= 99


def test_track_activities_off(shared_cluster, session):
	pid = session.info.backend_pid
	session.cursor().execute("SET track_activities = off")
	row = wait_for_row(shared_cluster, pid, state="disabled")
	assert row["query"] == ""
	assert row["query_start"] is row["state_change"] is None
	session.cursor().execute("SET track_activities = on")
	session.cursor().execute("SELECT 'seen again'")
	wait_for_row(shared_cluster, pid, state="idle", query="SELECT 'seen again'")


# ---- workers and helpers ----

def test_workers_and_helpers(worker_cluster):
	flags = ["sd"] + (["s"] if IS_POSTROOM else [])
	cluster = worker_cluster("; ".join(f"name:worker-{flag},flags:{flag},restart:0,do:loop"
									   for flag in flags))
	pids = {flag: cluster.wait_for_start(f"worker-{flag}") for flag in flags}
	row = wait_for_row(cluster, pids["sd"], wait_event="Extension")
	assert row["wait_event_type"] == "Extension"
	assert (row["backend_type"], row["datname"], row["usename"]) == ("worker-sd", "postgres", "postgres")
	assert row["client_addr"] is row["client_port"] is None
	assert row["backend_start"] is not None
	if IS_POSTROOM:
		shared = wait_for_row(cluster, pids["s"], wait_event="Extension")
		assert (shared["backend_type"], shared["datname"], shared["datid"]) == ("worker-s", None, None)
	helper = cluster.query("SELECT datname, state, query, backend_start IS NOT NULL "
						   "FROM pg_stat_activity WHERE backend_type = 'checkpointer'")
	assert helper == [(None, None, "", True)]


# ---- readers and writers ----

def test_no_reader_ever_sees_a_torn_row(shared_cluster):
	"""Writers report texts of one letter and of a length that belongs to it."""
	stop = threading.Event()
	sizes = {letter: 40 + 37 * number for number, letter in enumerate("abcdefgh")}

	def write():
		connection = shared_cluster.connect()
		cursor = connection.cursor()
		while not stop.is_set():
			for letter, size in sizes.items():
				cursor.execute(f"SELECT '{letter * size}'")
	writers = [threading.Thread(target=write) for _ in range(3)]
	for writer in writers:
		writer.start()
	connection = shared_cluster.connect()
	cursor = connection.cursor()
	seen = set()
	try:
		for _ in range(400):
			cursor.execute("SELECT query, query_start, state_change, backend_start "
						   "FROM pg_stat_activity WHERE query LIKE 'SELECT ''%'")
			for query, query_start, _, backend_start in cursor.fetchall():
				letter = query[8]
				assert query == f"SELECT '{letter * sizes[letter]}'"
				assert query_start >= backend_start
				seen.add(letter)
	finally:
		stop.set()
		for writer in writers:
			writer.join()
	assert len(seen) > 1


@ours
def test_reading_does_not_stop_writers(worker_cluster):
	cluster = worker_cluster("")
	reader = cluster.connect(autocommit=False)
	reader.cursor().execute("SELECT * FROM pg_stat_activity")
	assert cluster.seconds(lambda: cluster.query("CREATE TABLE t (a int)")) < 10
