"""Nothing acknowledged is lost, nothing is half there, whoever is killed and whenever.

Writers with fsync on insert numbered rows, two tables in one transaction, and note each number once
its COMMIT is answered. Then a backend, the checkpointer, or everything is killed with SIGKILL, again
and again. Afterwards: every noted number is in both tables, and no number in one of them only.
(Power failure cannot be tried this way: the kernel keeps what was written.)
"""

import os
import random
import signal
import threading

import psycopg2
import pytest

from harness import child_pids, title, wait_for


class Writers:
	"""Sessions that write and note what was acknowledged, until they are told to stop."""

	def __init__(self, cluster, count):
		self.cluster = cluster
		self.acknowledged = []
		self.numbers = iter(range(1, 10 ** 9))
		self.lock = threading.Lock()
		self.stopped = threading.Event()
		self.threads = [threading.Thread(target=self.write) for _ in range(count)]
		for thread in self.threads:
			thread.start()

	def write(self):
		while not self.stopped.is_set():
			try:
				connection = psycopg2.connect(host=self.cluster.root, port=self.cluster.port,
											  user="postgres", dbname="postgres")
				with connection.cursor() as cursor:
					while not self.stopped.is_set():
						self.write_one(connection, cursor)
				connection.close()
			except psycopg2.Error:
				self.stopped.wait(0.005)

	def write_one(self, connection, cursor):
		with self.lock:
			number = next(self.numbers)
		cursor.execute("INSERT INTO one VALUES (%s, %s)", (number, "x" * (number % 500)))
		cursor.execute("INSERT INTO two VALUES (%s)", (number,))
		connection.commit()
		self.acknowledged.append(number)

	def wait_for_progress(self, count=10):
		goal = len(self.acknowledged) + count
		wait_for(lambda: len(self.acknowledged) >= goal, "acknowledged transactions")

	def stop(self):
		self.stopped.set()
		for thread in self.threads:
			thread.join()


@pytest.fixture
def writing(make_cluster):
	cluster = make_cluster(settings={"checkpoint_timeout": "30s"})
	cluster.configure(fsync="on")
	cluster.start()
	cluster.query("CREATE TABLE one (n int PRIMARY KEY, filler text)")
	cluster.query("CREATE TABLE two (n int PRIMARY KEY)")
	writers = Writers(cluster, 3)
	yield cluster, writers
	writers.stop()


def check(cluster, writers):
	"""Everything acknowledged is there, every transaction is whole."""
	one = {n for (n,) in cluster.query("SELECT n FROM one")}
	two = {n for (n,) in cluster.query("SELECT n FROM two")}
	assert one == two, "a transaction is half there"
	lost = set(writers.acknowledged) - one
	assert not lost
	# What is there and was not acknowledged was under way when somebody was killed.
	assert len(one) >= len(writers.acknowledged) > 0


def test_killed_backends(writing):
	cluster, writers = writing
	chance = random.Random(1)
	for _ in range(6):
		writers.wait_for_progress()
		backends = [pid for pid in child_pids(cluster.pid) if "[local]" in title(pid)]
		if backends:
			os.kill(chance.choice(backends), signal.SIGKILL)
		cluster.wait_for_connection()
	writers.wait_for_progress()
	writers.stop()
	check(cluster, writers)


def test_killed_checkpointer(writing):
	cluster, writers = writing
	for _ in range(3):
		writers.wait_for_progress()
		for pid in child_pids(cluster.pid):
			if "checkpointer" in title(pid):
				os.kill(pid, signal.SIGKILL)
		cluster.wait_for_connection()
	writers.wait_for_progress()
	writers.stop()
	check(cluster, writers)


def test_everything_killed_at_once(writing):
	cluster, writers = writing
	for _ in range(5):
		writers.wait_for_progress()
		cluster.kill_all()
		cluster.start()
	writers.wait_for_progress()
	writers.stop()
	check(cluster, writers)
	cluster.restart()
	check(cluster, writers)


def test_killed_during_checkpoints(writing):
	cluster, writers = writing
	stop = threading.Event()

	def checkpoints():
		while not stop.is_set():
			try:
				cluster.query("CHECKPOINT")
			except psycopg2.Error:
				stop.wait(0.01)
	thread = threading.Thread(target=checkpoints)
	thread.start()
	for _ in range(4):
		writers.wait_for_progress()
		cluster.kill_all()
		cluster.start()
	stop.set()
	thread.join()
	writers.stop()
	check(cluster, writers)


def test_immediate_shutdown(writing):
	cluster, writers = writing
	for _ in range(3):
		writers.wait_for_progress()
		cluster.stop("immediate")
		cluster.start()
	writers.stop()
	check(cluster, writers)


def test_killed_while_tables_are_made(make_cluster):
	"""Catalogs and tables change together: a table that is listed can be read."""
	cluster = make_cluster()
	cluster.configure(fsync="on")
	cluster.start()
	made = []
	stop = threading.Event()

	def create():
		number = 0
		while not stop.is_set():
			number += 1
			try:
				cluster.query(f"CREATE TABLE made_{number} (a int)")
				made.append(f"made_{number}")
			except psycopg2.Error:
				stop.wait(0.005)
	thread = threading.Thread(target=create)
	thread.start()
	for _ in range(4):
		goal = len(made) + 3
		wait_for(lambda goal=goal: len(made) >= goal, "tables")
		cluster.kill_all()
		cluster.start()
	stop.set()
	thread.join()
	listed = [name for (name,) in cluster.query("SELECT relname FROM pg_class "
												"WHERE relname LIKE 'made%%'")]
	assert set(made) <= set(listed)
	for name in listed:
		assert cluster.query(f"SELECT * FROM {name}") == []
