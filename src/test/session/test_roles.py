"""Roles at work: who may log in, who sees what of whom, who may stop whose process.

- Login: a role that is not there, one without LOGIN, a connection limit, CONNECT on the database.
- Settings of a role and of a database apply when a session begins.
- pg_stat_activity and pg_stat_bgworker show a role's doings to its members and to pg_read_all_stats.
- pg_terminate_backend and pg_bgworker_stop ask for membership or pg_signal_backend; superusers' processes are
  superusers' business.
"""

import psycopg2
import pytest

from harness import Cluster, Launcher, configure_launcher, ours, wait_for


@pytest.fixture(scope="module")
def cluster(modules_dir):
	made = configure_launcher(Cluster(), modules_dir)
	made.start()
	made.psql(sql="""CREATE ROLE alice LOGIN; CREATE ROLE bob LOGIN; CREATE ROLE carol LOGIN IN ROLE alice;
		CREATE ROLE watcher LOGIN IN ROLE pg_read_all_stats; CREATE ROLE killer LOGIN IN ROLE pg_signal_backend;
		CREATE ROLE nologin; CREATE ROLE one LOGIN CONNECTION LIMIT 1""")
	yield made
	made.destroy()


def rows(cluster, user, sql, *args):
	"""user None: the superuser."""
	connection = cluster.connect(user=user or cluster.user)
	try:
		with connection.cursor() as cursor:
			cursor.execute(sql, args)
			return cursor.fetchall()
	finally:
		cluster.close(connection)


def refusal(cluster, user, **options):
	with pytest.raises(psycopg2.OperationalError) as raised:
		cluster.connect(user=user, **options)
	return str(raised.value)


def may_enter(cluster, user):
	"""The place of a session that has just left is free in a moment."""
	try:
		cluster.close(cluster.connect(user=user))
	except psycopg2.OperationalError:
		return False
	return True


def test_login(cluster):
	assert 'role "nobody" does not exist' in refusal(cluster, "nobody")
	assert 'role "nologin" is not permitted to log in' in refusal(cluster, "nologin")
	first = cluster.connect(user="one")
	assert 'too many connections for role "one"' in refusal(cluster, "one")
	cluster.close(first)
	wait_for(lambda: may_enter(cluster, "one"), "a free place for one")


def test_connect_right(cluster):
	cluster.psql(sql="CREATE DATABASE closed")
	cluster.psql(sql="REVOKE CONNECT ON DATABASE closed FROM PUBLIC; GRANT CONNECT ON DATABASE closed TO bob")
	assert 'permission denied for database "closed"' in refusal(cluster, "alice", database="closed")
	cluster.close(cluster.connect(user="bob", database="closed"))


def test_settings(cluster):
	cluster.psql(sql="ALTER ROLE bob SET work_mem = '7MB'")
	cluster.psql(sql="ALTER DATABASE postgres SET work_mem = '6MB'")
	assert rows(cluster, "bob", "SHOW work_mem") == [("7MB",)]
	assert rows(cluster, "alice", "SHOW work_mem") == [("6MB",)]
	cluster.psql(sql="ALTER ROLE bob IN DATABASE postgres SET work_mem = '5MB'")
	assert rows(cluster, "bob", "SHOW work_mem") == [("5MB",)]
	cluster.psql(sql="ALTER ROLE bob RESET ALL; ALTER DATABASE postgres RESET ALL")


@pytest.mark.parametrize("user, sees", [("alice", True), ("carol", True), ("watcher", True), ("bob", False)])
def test_activity(cluster, user, sees):
	session = cluster.connect(user="alice")
	with session.cursor() as cursor:
		cursor.execute("SELECT 'secret'")
	query, state, name = rows(cluster, user, "SELECT query, state, usename FROM pg_stat_activity WHERE pid = %s",
							  session.get_backend_pid())[0]
	cluster.close(session)
	assert name == "alice"
	assert (query, state) == (("SELECT 'secret'", "idle") if sees else ("<insufficient privilege>", None))


@pytest.mark.parametrize("user, may", [("carol", True), ("killer", True), ("bob", False)])
def test_terminate(cluster, user, may):
	session = cluster.connect(user="alice")
	pid = session.get_backend_pid()
	if may:
		assert rows(cluster, user, "SELECT pg_terminate_backend(%s, 60000)", pid) == [(True,)]
	else:
		with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="member of pg_signal_backend"):
			rows(cluster, user, "SELECT pg_terminate_backend(%s)", pid)
	cluster.close(session)


def test_terminate_superuser(cluster):
	session = cluster.connect()
	with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="must be a superuser"):
		rows(cluster, "killer", "SELECT pg_terminate_backend(%s)", session.get_backend_pid())
	cluster.close(session)


@pytest.fixture(scope="module")
def worker(cluster):
	"""The id of a worker that is connected as alice, and of one that is connected as the superuser."""
	launcher = Launcher(cluster)
	launcher.start("name:hers,user:alice,restart:3600,do:loop")
	launcher.start("name:root,restart:3600,do:loop")
	for name in ("hers", "root"):
		wait_for(lambda name=name: rows(cluster, None, "SELECT usename IS NOT NULL FROM pg_stat_bgworker WHERE name = %s",
										name) == [(True,)], f"{name} connects")
	return dict(rows(cluster, None, "SELECT name, id FROM pg_stat_bgworker"))


@ours
@pytest.mark.parametrize("user, may", [("alice", True), ("carol", True), ("killer", True), ("bob", False), ("watcher", False)])
@pytest.mark.parametrize("verb", ["stop", "start", "restart"])
def test_steering(cluster, worker, verb, user, may):
	if may:
		assert rows(cluster, user, f"SELECT pg_bgworker_{verb}(%s)", worker["hers"]) == [(True,)]
	else:
		with pytest.raises(psycopg2.errors.InsufficientPrivilege,
						   match=f"must be a member of the role whose process is to {verb} or member of pg_signal_backend"):
			rows(cluster, user, f"SELECT pg_bgworker_{verb}(%s)", worker["hers"])
	with pytest.raises(psycopg2.errors.InsufficientPrivilege,
					   match=f"must be a superuser to {verb} superuser process"):
		rows(cluster, user, f"SELECT pg_bgworker_{verb}(%s)", worker["root"])


@ours
@pytest.mark.parametrize("user, sees", [("alice", True), ("carol", True), ("watcher", True), ("bob", False)])
def test_what_a_worker_does(cluster, worker, user, sees):
	rows(cluster, None, "SELECT pg_bgworker_start(%s)", worker["hers"])
	seen = rows(cluster, user, "SELECT name, usename, cpu_time IS NOT NULL FROM pg_stat_bgworker WHERE id = %s",
				worker["hers"])
	assert seen == [("hers", "alice", sees)]
