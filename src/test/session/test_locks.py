"""Heavyweight locks as SQL shows them: advisory locks, LOCK TABLE, deadlocks, pg_locks.

- An advisory lock is held to the session's or the transaction's end, as often as it was taken.
- Modes exclude each other as the manual says; who waits is in pg_locks and pg_blocking_pids.
- Waits end by lock_timeout, by a cancel, and by deadlock detection, which a write lock may be part of.
"""

import threading

import psycopg2
import psycopg2.errors
import pytest

from harness import wait_for


@pytest.fixture(autouse=True)
def no_session_stays(shared_cluster):
	yield
	shared_cluster.close_connections()


def session(cluster, *statements):
	cursor = cluster.connect().cursor()
	for statement in statements:
		cursor.execute(statement)
	return cursor


def one(cursor, sql):
	cursor.execute(sql)
	return cursor.fetchone()[0]


class Waiting:
	"""A statement in a thread of its own."""

	def __init__(self, cursor, sql):
		self.error = None
		self.pid = cursor.connection.info.backend_pid

		def run():
			try:
				cursor.execute(sql)
			except psycopg2.Error as error:
				self.error = error
		self.thread = threading.Thread(target=run)
		self.thread.start()

	def is_queued(self, cluster):
		wait_for(lambda: cluster.query("SELECT 1 FROM pg_locks WHERE NOT granted AND pid = %s",
									   (self.pid,)), "the lock's queue")
		return self

	def end(self):
		self.thread.join(60)
		assert not self.thread.is_alive()
		return self.error


def test_session_locks_are_counted(shared_cluster):
	a, b = session(shared_cluster), session(shared_cluster)
	a.execute("SELECT pg_advisory_lock(1), pg_advisory_lock(1)")
	assert one(b, "SELECT pg_try_advisory_lock(1)") is False
	assert one(a, "SELECT pg_advisory_unlock(1)") is True
	assert one(b, "SELECT pg_try_advisory_lock(1)") is False
	assert one(a, "SELECT pg_advisory_unlock(1)") is True
	assert one(b, "SELECT pg_try_advisory_lock(1)") is True
	assert one(a, "SELECT pg_advisory_unlock(1)") is False
	assert "you don't own a lock of type ExclusiveLock" in a.connection.notices[-1]
	b.execute("SELECT pg_advisory_unlock_all()")
	assert one(a, "SELECT pg_try_advisory_lock(1)") is True


def test_keys_of_two_kinds_do_not_meet(shared_cluster):
	a, b = session(shared_cluster), session(shared_cluster)
	a.execute("SELECT pg_advisory_lock(7), pg_advisory_lock_shared(0, 8)")
	assert one(b, "SELECT pg_try_advisory_lock(0, 7)") is True
	assert one(b, "SELECT pg_try_advisory_lock(8)") is True
	assert one(b, "SELECT pg_try_advisory_lock_shared(0, 8)") is True
	assert one(b, "SELECT pg_try_advisory_lock(0, 8)") is False


def test_transaction_locks_end_with_it(shared_cluster):
	a, b = session(shared_cluster, "BEGIN"), session(shared_cluster)
	a.execute("SELECT pg_advisory_xact_lock(2), pg_advisory_xact_lock_shared(3, 4)")
	a.execute("SAVEPOINT s")
	a.execute("SELECT pg_advisory_xact_lock(5)")
	assert one(b, "SELECT pg_try_advisory_xact_lock(2)") is False
	assert one(b, "SELECT pg_try_advisory_xact_lock(5)") is False
	a.execute("ROLLBACK TO s")
	assert one(b, "SELECT pg_try_advisory_xact_lock(5)") is True
	assert one(b, "SELECT pg_try_advisory_xact_lock_shared(3, 4)") is True
	a.execute("COMMIT")
	assert one(b, "SELECT pg_try_advisory_xact_lock(2)") is True
	a.execute("BEGIN")
	a.execute("SELECT pg_advisory_xact_lock(2), pg_advisory_lock(6)")
	a.execute("ROLLBACK")
	assert one(b, "SELECT pg_try_advisory_lock(2)") is True
	assert one(b, "SELECT pg_try_advisory_lock(6)") is False


def test_discard_all_gives_session_locks_back(shared_cluster):
	a, b = session(shared_cluster, "SELECT pg_advisory_lock(9)"), session(shared_cluster)
	a.execute("DISCARD ALL")
	assert one(b, "SELECT pg_try_advisory_lock(9)") is True


def test_a_lock_goes_with_its_session(shared_cluster):
	a, b = session(shared_cluster, "SELECT pg_advisory_lock(10)"), session(shared_cluster)
	waiting = Waiting(b, "SELECT pg_advisory_lock(10)").is_queued(shared_cluster)
	a.connection.close()
	assert waiting.end() is None


def test_who_waits_is_shown(shared_cluster):
	a, b = session(shared_cluster, "SELECT pg_advisory_lock(1, 11)"), session(shared_cluster)
	c = session(shared_cluster)
	first = Waiting(b, "SELECT pg_advisory_lock_shared(1, 11)").is_queued(shared_cluster)
	second = Waiting(c, "SELECT pg_advisory_lock(1, 11)").is_queued(shared_cluster)
	holder = a.connection.info.backend_pid
	rows = shared_cluster.query(
		"SELECT locktype, classid, objid, objsubid, mode, granted FROM pg_locks "
		"WHERE locktype = 'advisory' AND objid = 11 ORDER BY granted DESC, mode DESC")
	assert rows == [("advisory", 1, 11, 2, "ExclusiveLock", True),
					("advisory", 1, 11, 2, "ShareLock", False),
					("advisory", 1, 11, 2, "ExclusiveLock", False)]
	blockers = shared_cluster.query("SELECT pg_blocking_pids(%s)", (second.pid,))[0][0]
	assert sorted(blockers) == sorted([holder, first.pid])
	assert shared_cluster.query("SELECT wait_event_type, wait_event FROM pg_stat_activity "
								"WHERE pid = %s", (first.pid,)) == [("Lock", "advisory")]
	a.execute("SELECT pg_advisory_unlock(1, 11)")
	assert first.end() is None
	b.execute("SELECT pg_advisory_unlock_shared(1, 11)")
	assert second.end() is None


def test_lock_timeout_and_cancel(shared_cluster):
	a, b = session(shared_cluster, "SELECT pg_advisory_lock(12)"), session(shared_cluster)
	b.execute("SET lock_timeout = '10ms'")
	with pytest.raises(psycopg2.errors.LockNotAvailable, match="due to lock timeout"):
		b.execute("SELECT pg_advisory_lock(12)")
	b.execute("SET lock_timeout = 0")
	waiting = Waiting(b, "SELECT pg_advisory_lock(12)").is_queued(shared_cluster)
	a.execute("SELECT pg_cancel_backend(%s)", (waiting.pid,))
	assert isinstance(waiting.end(), psycopg2.errors.QueryCanceled)
	assert shared_cluster.query("SELECT count(*) FROM pg_locks WHERE NOT granted") == [(0,)]


def test_deadlock(shared_cluster):
	a, b = session(shared_cluster, "SET deadlock_timeout = '10s'"), session(shared_cluster)
	a.execute("SELECT pg_advisory_lock(13)")
	b.execute("SELECT pg_advisory_lock(14)")
	waiting = Waiting(a, "SELECT pg_advisory_lock(14)").is_queued(shared_cluster)
	b.execute("SET deadlock_timeout = '10ms'")
	with pytest.raises(psycopg2.errors.DeadlockDetected) as caught:
		b.execute("SELECT pg_advisory_lock(13)")
	me = b.connection.info.backend_pid
	database = shared_cluster.query("SELECT oid FROM pg_database WHERE datname = 'postgres'")[0][0]
	assert caught.value.diag.message_primary == "deadlock detected"
	assert caught.value.diag.message_detail == (
		f"Process {me} waits for ExclusiveLock on advisory lock [{database},0,13,1]; "
		f"blocked by process {waiting.pid}.\n"
		f"Process {waiting.pid} waits for ExclusiveLock on advisory lock [{database},0,14,1]; "
		f"blocked by process {me}.")
	assert caught.value.diag.message_hint == "See server log for query details."
	b.execute("SELECT pg_advisory_unlock(14)")
	assert waiting.end() is None


def test_deadlock_with_a_write_lock(shared_cluster):
	shared_cluster.query("DROP TABLE IF EXISTS deadlocked")
	shared_cluster.query("CREATE TABLE deadlocked (a int)")
	a, b = session(shared_cluster, "BEGIN"), session(shared_cluster, "BEGIN")
	a.execute("SET LOCAL deadlock_timeout = '10s'")
	b.execute("SET LOCAL deadlock_timeout = '10ms'")
	a.execute("INSERT INTO deadlocked VALUES (1)")
	b.execute("SELECT pg_advisory_xact_lock(15)")
	waiting = Waiting(a, "SELECT pg_advisory_xact_lock(15)").is_queued(shared_cluster)
	with pytest.raises(psycopg2.errors.DeadlockDetected):
		b.execute("INSERT INTO deadlocked VALUES (2)")
	b.execute("ROLLBACK")
	assert waiting.end() is None


def test_a_circle_of_the_queue_alone_is_untied(shared_cluster):
	a, b, c = (session(shared_cluster, "SET deadlock_timeout = '10ms'") for _ in range(3))
	a.execute("SELECT pg_advisory_lock_shared(16)")
	b.execute("SELECT pg_advisory_lock(17)")
	writer = Waiting(c, "SELECT pg_advisory_lock(16)").is_queued(shared_cluster)
	holder = Waiting(a, "SELECT pg_advisory_lock(17)").is_queued(shared_cluster)
	b.execute("SELECT pg_advisory_lock_shared(16)")  # passes the writer, who waits for a
	b.execute("SELECT pg_advisory_unlock(17), pg_advisory_unlock_shared(16)")
	assert holder.end() is None
	a.execute("SELECT pg_advisory_unlock_shared(16)")
	assert writer.end() is None


def test_lock_table_takes_a_relation_lock(shared_cluster):
	shared_cluster.query("DROP TABLE IF EXISTS locked")
	shared_cluster.query("CREATE TABLE locked (a int)")
	a, b = session(shared_cluster, "BEGIN"), session(shared_cluster, "BEGIN")
	a.execute("LOCK TABLE locked IN ACCESS EXCLUSIVE MODE")
	assert shared_cluster.query(
		"SELECT mode, granted FROM pg_locks WHERE locktype = 'relation' "
		"AND relation = 'locked'::regclass") == [("AccessExclusiveLock", True)]
	with pytest.raises(psycopg2.errors.LockNotAvailable,
					   match='could not obtain lock on relation "locked"'):
		b.execute("LOCK TABLE locked IN ACCESS SHARE MODE NOWAIT")
	a.execute("COMMIT")
	assert shared_cluster.query("SELECT count(*) FROM pg_locks WHERE locktype = 'relation'") == [(0,)]
