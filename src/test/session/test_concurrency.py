"""Sessions beside each other: what they see, who waits for whom, who loses.

- Read committed: each statement sees what was committed when it began, and its own changes.
- Writers queue; a writer that waited sees the rows as the one before it left them; no update is lost.
- Repeatable read and serializable see one snapshot, and answer 40001 when they write what others have
  changed since.
- Who waits for a lock says so in pg_stat_activity and pg_locks.
"""

import threading

import psycopg2
import pytest

from harness import wait_for


@pytest.fixture
def table(shared_cluster, request):
	"""An own table with one row (1, 10)."""
	name = request.node.name.split("[")[0].replace("test_", "t_")[:60]
	shared_cluster.query(f"DROP TABLE IF EXISTS {name}")
	shared_cluster.query(f"CREATE TABLE {name} (id int PRIMARY KEY, v int)")
	shared_cluster.query(f"INSERT INTO {name} VALUES (1, 10)")
	return name


@pytest.fixture(autouse=True)
def no_session_stays(shared_cluster):
	"""A session left in a transaction would hold its locks during the next test."""
	yield
	shared_cluster.close_connections()


def sessions(cluster, count, isolation=""):
	made = []
	for _ in range(count):
		cursor = cluster.connect().cursor()
		cursor.execute("BEGIN" + isolation)
		made.append(cursor)
	return made


def one(cursor, sql):
	cursor.execute(sql)
	return cursor.fetchone()[0]


class Waiting:
	"""A statement that has to wait for another session."""

	def __init__(self, cluster, cursor, sql):
		self.error = None

		def run():
			try:
				cursor.execute(sql)
			except psycopg2.Error as error:
				self.error = error
		self.thread = threading.Thread(target=run)
		self.thread.start()
		self.pid = cursor.connection.info.backend_pid
		cluster.wait_for_value("SELECT wait_event_type FROM pg_stat_activity "
							   f"WHERE pid = {self.pid} AND state = 'active'", "Lock")

	def end(self):
		self.thread.join()
		return self.error


def test_read_committed_sees_each_commit(shared_cluster, table):
	writer, reader = sessions(shared_cluster, 2)
	assert one(reader, f"SELECT v FROM {table}") == 10
	writer.execute(f"UPDATE {table} SET v = 11")
	assert one(writer, f"SELECT v FROM {table}") == 11
	assert one(reader, f"SELECT v FROM {table}") == 10
	writer.execute("COMMIT")
	assert one(reader, f"SELECT v FROM {table}") == 11


def test_rolled_back_changes_are_never_seen(shared_cluster, table):
	writer, reader = sessions(shared_cluster, 2)
	writer.execute(f"INSERT INTO {table} VALUES (2, 20)")
	assert one(reader, f"SELECT count(*) FROM {table}") == 1
	writer.execute("ROLLBACK")
	assert one(reader, f"SELECT count(*) FROM {table}") == 1


def test_a_waiting_writer_sees_the_row_as_it_was_left(shared_cluster, table):
	first, second = sessions(shared_cluster, 2)
	assert one(second, f"SELECT v FROM {table}") == 10
	first.execute(f"UPDATE {table} SET v = v + 5")
	waiting = Waiting(shared_cluster, second, f"UPDATE {table} SET v = v * 2")
	first.execute("COMMIT")
	assert waiting.end() is None
	assert one(second, f"SELECT v FROM {table}") == 30
	second.execute("COMMIT")
	assert shared_cluster.value(f"SELECT v FROM {table}") == 30


def test_a_waiting_writer_goes_on_after_a_rollback(shared_cluster, table):
	first, second = sessions(shared_cluster, 2)
	first.execute(f"UPDATE {table} SET v = 0")
	waiting = Waiting(shared_cluster, second, f"UPDATE {table} SET v = v + 1")
	first.execute("ROLLBACK")
	assert waiting.end() is None
	second.execute("COMMIT")
	assert shared_cluster.value(f"SELECT v FROM {table}") == 11


def test_a_waiting_writer_goes_on_after_a_disconnect(shared_cluster, table):
	first, second = sessions(shared_cluster, 2)
	first.execute(f"UPDATE {table} SET v = 0")
	waiting = Waiting(shared_cluster, second, f"UPDATE {table} SET v = v + 1")
	first.connection.close()
	assert waiting.end() is None
	second.execute("COMMIT")
	assert shared_cluster.value(f"SELECT v FROM {table}") == 11


def test_no_update_is_lost(shared_cluster, table):
	def add():
		cursor = shared_cluster.connect().cursor()
		for _ in range(50):
			cursor.execute(f"UPDATE {table} SET v = v + 1 WHERE id = 1")
	threads = [threading.Thread(target=add) for _ in range(4)]
	for thread in threads:
		thread.start()
	for thread in threads:
		thread.join()
	assert shared_cluster.value(f"SELECT v FROM {table}") == 10 + 4 * 50


def test_unique_keys_hold_between_sessions(shared_cluster, table):
	first, second = sessions(shared_cluster, 2)
	first.execute(f"INSERT INTO {table} VALUES (5, 1)")
	waiting = Waiting(shared_cluster, second, f"INSERT INTO {table} VALUES (5, 2)")
	first.execute("COMMIT")
	assert waiting.end().pgcode == "23505"
	second.execute("ROLLBACK")
	assert shared_cluster.value(f"SELECT v FROM {table} WHERE id = 5") == 1


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_one_snapshot_and_40001(shared_cluster, table, level):
	(reader,) = sessions(shared_cluster, 1, f" ISOLATION LEVEL {level}")
	assert one(reader, f"SELECT v FROM {table}") == 10
	shared_cluster.query(f"UPDATE {table} SET v = 11")
	assert one(reader, f"SELECT v FROM {table}") == 10
	with pytest.raises(psycopg2.errors.SerializationFailure) as failure:
		reader.execute(f"UPDATE {table} SET v = v + 1")
	assert failure.value.pgcode == "40001"
	assert failure.value.diag.message_primary == (
		"could not serialize access due to concurrent update")
	with pytest.raises(psycopg2.errors.InFailedSqlTransaction):
		reader.execute("SELECT 1")
	reader.execute("ROLLBACK")
	assert one(reader, f"SELECT v FROM {table}") == 11


def test_repeatable_read_writes_when_nobody_else_did(shared_cluster, table):
	(writer,) = sessions(shared_cluster, 1, " ISOLATION LEVEL REPEATABLE READ")
	assert one(writer, f"SELECT v FROM {table}") == 10
	writer.execute(f"UPDATE {table} SET v = 12; COMMIT")
	assert shared_cluster.value(f"SELECT v FROM {table}") == 12


def test_waiting_is_visible_in_pg_locks(shared_cluster, table):
	first, second = sessions(shared_cluster, 2)
	holder = first.connection.info.backend_pid
	first.execute(f"UPDATE {table} SET v = 0")
	waiting = Waiting(shared_cluster, second, f"UPDATE {table} SET v = 1")
	assert shared_cluster.query(f"SELECT DISTINCT pid FROM pg_locks WHERE NOT granted") == [
		(waiting.pid,)]
	assert (holder,) in shared_cluster.query("SELECT DISTINCT pid FROM pg_locks WHERE granted")
	first.execute("COMMIT")
	assert waiting.end() is None
	second.execute("COMMIT")
	wait_for(lambda: shared_cluster.query("SELECT 1 FROM pg_locks WHERE NOT granted") == [],
			 "no more waiting")


def test_readers_never_wait_for_writers(shared_cluster, table):
	(writer,) = sessions(shared_cluster, 1)
	writer.execute(f"UPDATE {table} SET v = 0")
	reader = shared_cluster.connect().cursor()
	reader.execute("SET statement_timeout = '20s'")
	assert one(reader, f"SELECT v FROM {table}") == 10


def test_new_tables_are_seen_after_their_commit(shared_cluster):
	writer, reader = sessions(shared_cluster, 2)
	writer.execute("CREATE TABLE brand_new (a int)")
	reader.execute("SAVEPOINT s")
	with pytest.raises(psycopg2.errors.UndefinedTable):
		reader.execute("SELECT * FROM brand_new")
	reader.execute("ROLLBACK TO s")
	writer.execute("COMMIT")
	assert one(reader, "SELECT count(*) FROM brand_new") == 0
