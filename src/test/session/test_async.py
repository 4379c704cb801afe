"""LISTEN and NOTIFY between sessions.

- Notifications come at commit, in the order of the commits, each text of a transaction once.
- A session in a transaction gets them after its end; an idle one at once.
- What was rolled back is not sent; another database hears nothing; nobody's death blocks the queue.
"""

import os
import signal

import psycopg2
import pytest

from harness import Cluster
from harness.wait import wait_for


@pytest.fixture(scope="module")
def server():
	cluster = Cluster()
	cluster.start()
	cluster.query("CREATE DATABASE other")
	yield cluster
	cluster.destroy()


def session(server, database="postgres"):
	connection = server.connect(database=database)
	connection.autocommit = True
	return connection


def run(connection, *statements):
	with connection.cursor() as cursor:
		for statement in statements:
			cursor.execute(statement)


def heard(connection, count):
	"""The next `count` notifications, without a statement that would fetch them."""
	def arrived():
		connection.poll()
		return len(connection.notifies) >= count
	wait_for(arrived)
	found = [(n.channel, n.payload) for n in connection.notifies]
	del connection.notifies[:]
	return found


def test_an_idle_listener_hears_at_once(server):
	listener, speaker = session(server), session(server)
	run(listener, "LISTEN news")
	run(speaker, "NOTIFY news", "NOTIFY news, 'second'", "NOTIFY other, 'not for us'",
		"SELECT pg_notify('news', 'third')")
	assert heard(listener, 3) == [("news", ""), ("news", "second"), ("news", "third")]
	run(speaker, "NOTIFY news, 'pid'")
	wait_for(lambda: (listener.poll(), listener.notifies)[1])
	assert listener.notifies.pop().pid == speaker.info.backend_pid


def test_a_transaction_sends_each_text_once_and_at_its_commit(server):
	listener, speaker = session(server), session(server)
	run(listener, "LISTEN t")
	run(speaker, "BEGIN", "NOTIFY t, 'a'", "NOTIFY t, 'b'", "NOTIFY t, 'a'", "SAVEPOINT s",
		"NOTIFY t, 'gone'", "ROLLBACK TO s", "NOTIFY t, 'c'", "SAVEPOINT s2", "NOTIFY t, 'b'",
		"NOTIFY t, 'd'", "RELEASE s2")
	run(listener, "SELECT 1")
	assert listener.notifies == []
	run(speaker, "COMMIT", "BEGIN", "NOTIFY t, 'rolled back'", "ROLLBACK", "NOTIFY t, 'end'")
	assert heard(listener, 5) == [("t", text) for text in ("a", "b", "c", "d", "end")]


def test_a_listener_in_a_transaction_waits_for_its_end(server):
	listener, speaker = session(server), session(server)
	run(listener, "LISTEN w", "BEGIN", "SELECT 1")
	run(speaker, "NOTIFY w, 'x'")
	run(listener, "SELECT 1", "SELECT 1")
	assert listener.notifies == []
	run(listener, "COMMIT")
	assert [n.payload for n in listener.notifies] == ["x"]


def test_the_speaker_hears_itself(server):
	speaker = session(server)
	run(speaker, "LISTEN me", "NOTIFY me, '1'")
	assert [n.payload for n in speaker.notifies] == ["1"]
	run(speaker, "UNLISTEN me", "NOTIFY me, '2'")
	assert len(speaker.notifies) == 1


def test_another_database_hears_nothing(server):
	here, there = session(server), session(server, "other")
	run(here, "LISTEN x")
	run(there, "LISTEN x", "NOTIFY x, 'there'")
	run(here, "SELECT 1", "NOTIFY x, 'here'")
	assert [n.payload for n in here.notifies] == ["here"]
	assert [n.payload for n in there.notifies] == ["there"]


def test_order_is_that_of_the_commits(server):
	listener = session(server)
	run(listener, "LISTEN o", "CREATE TABLE steps (n int)", "INSERT INTO steps VALUES (0)")
	speakers = [session(server) for _ in range(4)]
	for _ in range(10):
		for speaker in speakers:
			run(speaker, "BEGIN", "UPDATE steps SET n = n + 1",
				"SELECT pg_notify('o', n::text) FROM steps", "COMMIT")
	assert [int(text) for _, text in heard(listener, 40)] == list(range(1, 41))


def test_the_queue_empties_and_a_listener_may_die(server):
	sleeper, speaker = session(server), session(server)
	run(sleeper, "LISTEN q", "BEGIN", "SELECT 1")
	run(speaker, "BEGIN", *[f"SELECT pg_notify('q', '{i}' || repeat('x', 7000))" for i in range(50)],
		"COMMIT")
	with speaker.cursor() as cursor:
		cursor.execute("SELECT pg_notification_queue_usage()")
		assert 0.01 < cursor.fetchone()[0] < 1
	os.kill(sleeper.info.backend_pid, signal.SIGTERM)

	def empty():
		with speaker.cursor() as cursor:
			cursor.execute("SELECT pg_notification_queue_usage()")
			return cursor.fetchone()[0] == 0
	wait_for(empty)


def test_a_full_queue_refuses_the_transaction(server):
	sleeper, speaker = session(server), session(server)
	run(sleeper, "LISTEN filled", "BEGIN", "SELECT 1")
	fill = ("BEGIN", *[f"SELECT pg_notify('filled', '{i}' || repeat('x', 7900))" for i in range(500)],
			"COMMIT")
	with pytest.raises(psycopg2.errors.ProgramLimitExceeded, match="too many notifications"):
		for _ in range(10):
			run(speaker, *fill)
	run(speaker, "ROLLBACK")
	run(sleeper, "COMMIT", "UNLISTEN *")
	run(speaker, "NOTIFY filled, 'again'")


def test_a_crash_leaves_a_working_queue():
	cluster = Cluster()
	cluster.start()
	try:
		listener, victim = session(cluster), session(cluster)
		run(listener, "LISTEN c")
		os.kill(victim.info.backend_pid, signal.SIGKILL)
		wait_for(lambda: cluster.psql(sql="SELECT 1", check=False).returncode == 0)
		listener, speaker = session(cluster), session(cluster)
		run(listener, "LISTEN c")
		run(speaker, "NOTIFY c, 'back'")
		assert heard(listener, 1) == [("c", "back")]
	finally:
		cluster.destroy()
