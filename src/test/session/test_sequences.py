"""Sequences: no value twice, whoever takes them at the same time and whoever is killed.

- Sessions take values side by side, some of them in transactions that are rolled back, some with CACHE,
  while a backend, or everything, is killed with SIGKILL again and again: no value is answered twice.
- nextval waits for no writer, and a value taken in a transaction is not given back.
- A copied database goes on where its template was; a dropped one leaves no file behind.
- A damaged file is told, and setval mends it.
"""

import os
import random
import signal
import threading

import psycopg2
import pytest

from harness import child_pids, title, wait_for

HOW = [
	("plain", "SELECT nextval('plain')", False),
	("plain", "SELECT nextval('plain')", True),
	("plain", "SELECT nextval('plain') FROM generate_series(1, 20)", False),
	("cached", "SELECT nextval('cached')", False),
	("cached", "SELECT nextval('cached')", False),
	("own", "INSERT INTO own DEFAULT VALUES RETURNING id", False),
]


class Takers:
	"""Sessions that take values and note what was answered, until they are told to stop."""

	def __init__(self, cluster):
		self.cluster = cluster
		self.answered = {"plain": [], "cached": [], "own": []}
		self.stopped = threading.Event()
		self.threads = [threading.Thread(target=self.take, args=how) for how in HOW]
		for thread in self.threads:
			thread.start()

	def take(self, name, sql, rolls_back):
		while not self.stopped.is_set():
			try:
				connection = psycopg2.connect(host=self.cluster.root, port=self.cluster.port,
											  user="postgres", dbname="postgres")
				connection.autocommit = not rolls_back
				with connection.cursor() as cursor:
					while not self.stopped.is_set():
						cursor.execute(sql)
						self.answered[name] += [value for (value,) in cursor.fetchall()]
						if rolls_back:
							connection.rollback()
				connection.close()
			except psycopg2.Error:
				self.stopped.wait(0.005)

	def wait_for_progress(self, count=60):
		goals = {name: len(values) + count for name, values in self.answered.items()}
		wait_for(lambda: all(len(self.answered[name]) >= goal for name, goal in goals.items()),
				 "values of every sequence")

	def stop(self):
		self.stopped.set()
		for thread in self.threads:
			thread.join()

	def check(self):
		for name, values in self.answered.items():
			assert len(values) == len(set(values)), f"{name} gave a value twice"
			assert len(values) > 0


@pytest.fixture
def taking(make_cluster):
	cluster = make_cluster()
	cluster.configure(fsync="on")
	cluster.start()
	cluster.query("CREATE SEQUENCE plain")
	cluster.query("CREATE SEQUENCE cached CACHE 7")
	cluster.query("CREATE TABLE own (id serial PRIMARY KEY)")
	takers = Takers(cluster)
	yield cluster, takers
	takers.stop()


def test_no_value_twice_when_sessions_are_killed(taking):
	cluster, takers = taking
	chance = random.Random(1)
	for _ in range(5):
		takers.wait_for_progress()
		backends = [pid for pid in child_pids(cluster.pid) if "[local]" in title(pid)]
		if backends:
			os.kill(chance.choice(backends), signal.SIGKILL)
		cluster.wait_for_connection()
	takers.wait_for_progress()
	takers.stop()
	takers.check()


def test_no_value_twice_when_everything_is_killed(taking):
	cluster, takers = taking
	for _ in range(4):
		takers.wait_for_progress()
		cluster.kill_all()
		cluster.start()
	takers.wait_for_progress()
	takers.stop()
	takers.check()
	cluster.restart()
	assert cluster.value("SELECT nextval('plain')") > max(takers.answered["plain"])
	assert cluster.value("SELECT nextval('own_id_seq')") > max(takers.answered["own"])


def test_a_restart_while_others_take_values(taking):
	"""ALTER SEQUENCE ... RESTART far ahead: from its commit on nobody gets a value of before."""
	cluster, takers = taking
	takers.wait_for_progress()
	cluster.query("ALTER SEQUENCE plain RESTART WITH 1000000")
	wait_for(lambda: takers.answered["plain"][-1] >= 1000000, "values after the restart")
	takers.wait_for_progress()
	takers.stop()
	takers.check()


@pytest.fixture
def sequence(shared_cluster):
	shared_cluster.query("DROP TABLE IF EXISTS written")
	shared_cluster.query("DROP SEQUENCE IF EXISTS counted")
	shared_cluster.query("CREATE SEQUENCE counted")
	shared_cluster.query("CREATE TABLE written (n int)")
	yield "counted"
	shared_cluster.close_connections()


def test_nextval_waits_for_no_writer(shared_cluster, sequence):
	writer = shared_cluster.connect().cursor()
	writer.execute("BEGIN")
	writer.execute("INSERT INTO written VALUES (1)")
	writer.execute(f"SELECT nextval('{sequence}')")
	assert writer.fetchone() == (1,)
	reader = shared_cluster.connect().cursor()
	reader.execute("SET lock_timeout = '1s'")
	reader.execute(f"SELECT nextval('{sequence}')")
	assert reader.fetchone() == (2,)
	writer.execute("ROLLBACK")
	assert shared_cluster.value(f"SELECT nextval('{sequence}')") == 3


def test_a_sequence_of_an_open_transaction_is_its_own(shared_cluster):
	shared_cluster.query("DROP SEQUENCE IF EXISTS made")
	maker = shared_cluster.connect().cursor()
	maker.execute("BEGIN")
	maker.execute("CREATE SEQUENCE made")
	maker.execute("SELECT nextval('made') FROM generate_series(1, 5)")
	with pytest.raises(psycopg2.errors.UndefinedTable):
		shared_cluster.query("SELECT nextval('made')")
	maker.execute("COMMIT")
	assert shared_cluster.value("SELECT nextval('made')") == 6
	maker.execute("SELECT nextval('made')")
	assert maker.fetchone() == (7,)
	maker.execute("BEGIN")
	maker.execute("ALTER SEQUENCE made RESTART")
	maker.execute("SELECT nextval('made'), nextval('made')")
	assert maker.fetchone() == (1, 2)
	assert shared_cluster.value("SELECT nextval('made')") == 8
	maker.execute("ROLLBACK")
	maker.execute("SELECT nextval('made')")
	assert maker.fetchone() == (9,)
	shared_cluster.close_connections()


def test_databases_are_copied_and_removed_with_their_sequences(make_cluster):
	cluster = make_cluster()
	cluster.start()
	cluster.query("CREATE DATABASE source")
	cluster.query("CREATE SEQUENCE s", database="source")
	cluster.query("SELECT nextval('s') FROM generate_series(1, 40)", database="source")
	cluster.close_connections()
	cluster.query("CREATE DATABASE copy TEMPLATE source")
	oid = cluster.value("SELECT oid FROM pg_database WHERE datname = 'copy'")
	assert cluster.value("SELECT nextval('s')", database="copy") == 41
	assert cluster.value("SELECT nextval('s')", database="source") == 41
	cluster.close_connections()
	folder = os.path.join(cluster.data, "base", str(oid))
	assert os.path.exists(os.path.join(folder, "sequences"))
	cluster.query("DROP DATABASE copy")
	assert not os.path.exists(folder)


def test_a_damaged_record_is_told_and_can_be_mended(make_cluster):
	cluster = make_cluster()
	cluster.start()
	cluster.query("CREATE SEQUENCE s")
	cluster.query("SELECT nextval('s')")
	path = os.path.join(cluster.data, "base", "5", "sequences")
	with open(path, "r+b") as file:
		file.seek(64 + 20)
		file.write(b"\xff\xff")
	with pytest.raises(psycopg2.errors.DataCorrupted):
		cluster.query("SELECT nextval('s')")
	cluster.query("SELECT setval('s', 100)")
	assert cluster.value("SELECT nextval('s')") == 101


def test_standby_gives_no_values(make_cluster):
	cluster = make_cluster()
	cluster.start()
	cluster.query("CREATE SEQUENCE s")
	cluster.query("SELECT nextval('s')")
	cluster.stop()
	cluster.write("standby.signal", "")
	cluster.start()
	assert cluster.query("SELECT last_value, is_called FROM s") == [(1, True)]
	with pytest.raises(psycopg2.errors.ReadOnlySqlTransaction):
		cluster.query("SELECT nextval('s')")
