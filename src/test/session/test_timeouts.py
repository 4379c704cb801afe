"""The four timeouts of a session, each with its SQLSTATE, its words and its reach.

- statement_timeout cancels the statement, lock_timeout the wait for a lock; the session lives on.
- idle_in_transaction_session_timeout and idle_session_timeout end the session.
- 0 switches each of them off; none strikes a session that it does not concern.
"""

import psycopg2
import pytest

from harness import Wire, wait_for


@pytest.fixture
def session(shared_cluster):
	connection = shared_cluster.connect()
	yield connection
	shared_cluster.close(connection)


def test_statement_timeout(session):
	cursor = session.cursor()
	cursor.execute("SET statement_timeout = '80ms'")
	with pytest.raises(psycopg2.errors.QueryCanceled) as failure:
		cursor.execute("SELECT pg_sleep(600)")
	assert failure.value.pgcode == "57014"
	assert failure.value.diag.message_primary == "canceling statement due to statement timeout"
	# It counts each statement anew.
	for _ in range(5):
		cursor.execute("SELECT pg_sleep(0.03)")
	cursor.execute("SET statement_timeout = 0")
	cursor.execute("SELECT pg_sleep(0.15)")


def test_statement_timeout_stops_computing(session):
	cursor = session.cursor()
	cursor.execute("SET statement_timeout = '100ms'")
	with pytest.raises(psycopg2.errors.QueryCanceled):
		cursor.execute("SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b")
	cursor.execute("SELECT 1")


def test_statement_timeout_fails_the_transaction(session):
	cursor = session.cursor()
	cursor.execute("BEGIN")
	cursor.execute("SET LOCAL statement_timeout = '50ms'")
	with pytest.raises(psycopg2.errors.QueryCanceled):
		cursor.execute("SELECT pg_sleep(600)")
	with pytest.raises(psycopg2.errors.InFailedSqlTransaction):
		cursor.execute("SELECT 1")
	cursor.execute("ROLLBACK")
	cursor.execute("SHOW statement_timeout")
	assert cursor.fetchone() == ("0",)


def test_lock_timeout(shared_cluster, session):
	shared_cluster.query("CREATE TABLE locked AS SELECT 1 AS a")
	holder = shared_cluster.connect(autocommit=False)
	holder.cursor().execute("UPDATE locked SET a = 2")
	cursor = session.cursor()
	cursor.execute("SET lock_timeout = '80ms'")
	with pytest.raises(psycopg2.errors.LockNotAvailable) as failure:
		cursor.execute("UPDATE locked SET a = 3")
	assert failure.value.pgcode == "55P03"
	assert failure.value.diag.message_primary == "canceling statement due to lock timeout"
	cursor.execute("SELECT pg_sleep(0.2)")
	cursor.execute("SELECT a FROM locked")
	assert cursor.fetchone() == (1,)
	holder.rollback()
	cursor.execute("UPDATE locked SET a = 3")


def test_statement_timeout_while_waiting_for_a_lock(shared_cluster, session):
	shared_cluster.query("CREATE TABLE waited AS SELECT 1 AS a")
	holder = shared_cluster.connect(autocommit=False)
	holder.cursor().execute("UPDATE waited SET a = 2")
	cursor = session.cursor()
	cursor.execute("SET statement_timeout = '80ms'; SET lock_timeout = '1h'")
	with pytest.raises(psycopg2.errors.QueryCanceled):
		cursor.execute("UPDATE waited SET a = 3")
	holder.commit()
	cursor.execute("SELECT a FROM waited")
	assert cursor.fetchone() == (2,)


def ends_with(wire, state, message, *statements):
	"""After the statements the session ends by itself, and its last word is the message."""
	wire.login()
	for sql in statements:
		wire.query(sql)
		wire.read_until("Z")
	fields = wire.read_error()
	assert (fields["S"], fields["C"], fields["M"]) == ("FATAL", state, message)
	assert wire.at_end()


def test_idle_in_transaction_session_timeout(shared_cluster):
	with Wire(shared_cluster) as wire:
		# Outside a transaction it does not count, nor while a statement runs.
		ends_with(wire, "25P03", "terminating connection due to idle-in-transaction timeout",
				  "SET idle_in_transaction_session_timeout = '300ms'",
				  "BEGIN; SELECT pg_sleep(0.5); COMMIT", "BEGIN")


def test_idle_in_failed_transaction_counts_too(shared_cluster):
	with Wire(shared_cluster) as wire:
		ends_with(wire, "25P03", "terminating connection due to idle-in-transaction timeout",
				  "SET idle_in_transaction_session_timeout = '300ms'", "BEGIN; SELECT bad")


def test_idle_session_timeout(shared_cluster):
	with Wire(shared_cluster) as wire:
		ends_with(wire, "57P05", "terminating connection due to idle-session timeout",
				  "SET idle_session_timeout = '300ms'; SELECT pg_sleep(0.5)")


def test_idle_session_timeout_spares_transactions(shared_cluster, session):
	cursor = session.cursor()
	cursor.execute("SET idle_session_timeout = '50ms'; BEGIN")
	pid = session.info.backend_pid
	idle_since = f"SELECT now() - state_change > '300ms' FROM pg_stat_activity WHERE pid = {pid}"
	wait_for(lambda: shared_cluster.value(idle_since), "a session idle for long")
	cursor.execute("SELECT 1; COMMIT")
