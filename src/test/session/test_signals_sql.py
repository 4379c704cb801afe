"""pg_cancel_backend and pg_terminate_backend: whom they reach and what they answer."""

import os
import signal
import threading

import psycopg2
import pytest

from harness import Wire, is_alive, wait_for


@pytest.fixture
def session(shared_cluster):
	connection = shared_cluster.connect()
	yield connection
	shared_cluster.close(connection)


class Running:
	"""A statement that runs in a thread, and the error it ends with."""

	def __init__(self, cluster, connection, sql):
		self.error = None

		def run():
			try:
				connection.cursor().execute(sql)
			except psycopg2.Error as error:
				self.error = error
		self.thread = threading.Thread(target=run)
		self.thread.start()
		cluster.wait_for_value(
			f"SELECT state FROM pg_stat_activity WHERE pid = {connection.info.backend_pid}", "active")

	def end(self):
		self.thread.join()
		return self.error


def test_cancel_ends_the_statement_and_keeps_the_session(shared_cluster, session):
	for sql in ("SELECT pg_sleep(600)",
				"SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b"):
		running = Running(shared_cluster, session, sql)
		assert shared_cluster.value("SELECT pg_cancel_backend(%s)",
									(session.info.backend_pid,)) is True
		error = running.end()
		assert error.pgcode == "57014"
		assert error.diag.message_primary == "canceling statement due to user request"
		session.cursor().execute("SELECT 1")


def test_cancel_while_waiting_for_a_lock(shared_cluster, session):
	shared_cluster.query("CREATE TABLE held AS SELECT 1 AS a")
	holder = shared_cluster.connect(autocommit=False)
	holder.cursor().execute("UPDATE held SET a = 2")
	running = Running(shared_cluster, session, "UPDATE held SET a = 3")
	shared_cluster.query("SELECT pg_cancel_backend(%s)", (session.info.backend_pid,))
	assert running.end().pgcode == "57014"
	holder.commit()
	assert shared_cluster.value("SELECT a FROM held") == 2


def test_cancel_of_an_idle_session_is_forgotten(shared_cluster, session):
	assert shared_cluster.value("SELECT pg_cancel_backend(%s)", (session.info.backend_pid,)) is True
	session.cursor().execute("SELECT 1")


def test_terminate_ends_the_session(shared_cluster):
	for sql in ("SELECT pg_sleep(600)", None):
		with Wire(shared_cluster) as wire:
			wire.login()
			pid, _ = wire.key
			if sql:
				wire.query(sql)
			shared_cluster.wait_for_value(f"SELECT state FROM pg_stat_activity WHERE pid = {pid}",
										  "active" if sql else "idle")
			assert shared_cluster.value("SELECT pg_terminate_backend(%s)", (pid,)) is True
			fields = wire.read_error()
			assert (fields["S"], fields["C"], fields["M"]) == (
				"FATAL", "57P01", "terminating connection due to administrator command")
			assert wire.at_end()
			wait_for(lambda pid=pid: not is_alive(pid), "end of the session")
	assert "terminating any other" not in shared_cluster.log()


def test_terminate_with_a_timeout_waits_for_the_end(shared_cluster, session):
	pid = session.info.backend_pid
	assert shared_cluster.value("SELECT pg_terminate_backend(%s, 60000)", (pid,)) is True
	assert not is_alive(pid)


def test_terminate_gives_up_after_its_timeout(shared_cluster, session):
	pid = session.info.backend_pid
	os.kill(pid, signal.SIGSTOP)
	try:
		connection = shared_cluster.connect()
		cursor = connection.cursor()
		seconds = shared_cluster.seconds(
			lambda: cursor.execute("SELECT pg_terminate_backend(%s, 250)", (pid,)))
		assert cursor.fetchone() == (False,)
		assert seconds >= 0.25
		assert connection.notices == [f"WARNING:  backend with PID {pid} did not terminate within 250 "
									  "milliseconds\n"]
	finally:
		os.kill(pid, signal.SIGCONT)
	wait_for(lambda: not is_alive(pid), "end of the session")


def test_what_is_no_backend_is_a_warning(shared_cluster):
	connection = shared_cluster.connect()
	cursor = connection.cursor()
	for function in ("pg_cancel_backend", "pg_terminate_backend"):
		for pid in (os.getpid(), shared_cluster.pid, 0x3FFFFFFF):
			connection.notices.clear()
			cursor.execute(f"SELECT {function}({pid})")
			assert cursor.fetchone() == (False,)
			assert connection.notices == [
				f"WARNING:  PID {pid} is not a PostgreSQL backend process\n"]
	with pytest.raises(psycopg2.errors.NumericValueOutOfRange, match='"timeout" must not be negative'):
		cursor.execute("SELECT pg_terminate_backend(1, -1)")


def test_workers_can_be_cancelled_and_terminated(worker_cluster):
	cluster = worker_cluster("name:patient,restart:0,do:loop")
	pid = cluster.wait_for_start("patient")
	position = cluster.log_position()
	assert cluster.value("SELECT pg_terminate_backend(%s, 60000)", (pid,)) is True
	assert not is_alive(pid)
	assert cluster.wait_for_start("patient", position) != pid
