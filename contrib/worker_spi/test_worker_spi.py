"""worker_spi does what its page and the manual's first steps say.

- The view shows every worker, with a query_start that moves.
- Deltas are folded into the total, each exactly once, and the new total is logged.
- Another worker_spi.naptime and a reload change the rhythm.
- Killing a worker with SIGKILL takes every session down, and all is back within a moment.
- worker_spi_launch starts a worker from SQL, says where it fails, and pg_terminate_backend ends it.
"""

import os
import signal
import threading

import psycopg2
import pytest

from harness import Cluster, build_contrib, install_module, is_alive, wait_for

HERE = os.path.dirname(__file__)


def start(cluster, **settings):
	cluster.configure(dynamic_library_path=build_contrib(HERE), shared_preload_libraries="worker_spi",
					  **{"worker_spi__naptime": 1, **settings})
	cluster.start()
	for number in (1, 2):
		cluster.wait_for_log(f"worker_spi worker {number} initialized with schema{number}.counted")
		cluster.wait_for_value(f"SELECT count(*) FROM information_schema.tables "
							   f"WHERE table_schema = 'schema{number}' AND table_name = 'counted'", 1)
	return cluster


@pytest.fixture(scope="module")
def server():
	cluster = start(Cluster())
	yield cluster
	cluster.destroy()


def view(cluster):
	return dict(cluster.query("SELECT pid, query_start FROM pg_stat_activity "
							  "WHERE backend_type = 'worker_spi'"))


def test_the_view_shows_both_workers_with_moving_query_start(server):
	first = view(server)
	assert len(first) == 2

	def moved():
		later = view(server)
		return set(later) == set(first) and all(later[pid] > first[pid] for pid in first)
	wait_for(moved, "a later query_start of both workers")
	rows = server.query("SELECT datname, usename, state, wait_event_type, wait_event, query "
						"FROM pg_stat_activity WHERE backend_type = 'worker_spi'")
	for datname, usename, _, _, _, query in rows:
		assert (datname, usename) == ("postgres", "postgres")
		assert query.startswith("WITH taken AS (DELETE FROM schema")
	server.wait_for_value("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'worker_spi' "
						  "AND state = 'idle' AND wait_event = 'Extension'", 2)


def test_deltas_are_folded_into_the_total(server):
	position = server.log_position()
	server.query("INSERT INTO schema1.counted VALUES ('total', 100), ('delta', 5), ('delta', 7)")
	server.wait_for_value("SELECT string_agg(type || value, ' ') FROM schema1.counted", "total112")
	server.wait_for_log("LOG:  worker_spi worker 1: count in schema1.counted is now 112\n", position)
	server.query("INSERT INTO schema1.counted VALUES ('delta', -12)")
	server.wait_for_log("count in schema1.counted is now 100\n", position)
	with pytest.raises(psycopg2.errors.UniqueViolation):
		server.query("INSERT INTO schema1.counted VALUES ('total', 1)")
	with pytest.raises(psycopg2.errors.CheckViolation):
		server.query("INSERT INTO schema1.counted VALUES ('other', 1)")


def test_no_delta_is_lost_or_counted_twice_among_many_writers(server):
	server.query("INSERT INTO schema2.counted VALUES ('total', 0)")

	def feed():
		cursor = server.connect().cursor()
		for _ in range(60):
			cursor.execute("INSERT INTO schema2.counted VALUES ('delta', 1)")
	feeders = [threading.Thread(target=feed) for _ in range(3)]
	for feeder in feeders:
		feeder.start()
	for feeder in feeders:
		feeder.join()
	server.wait_for_value("SELECT string_agg(type || value, ' ') FROM schema2.counted", "total180")


def test_naptime_and_reload_change_the_rhythm(make_cluster):
	cluster = start(make_cluster(), worker_spi__naptime=3600)
	cluster.query("INSERT INTO schema1.counted VALUES ('total', 0), ('delta', 1)")
	cluster.wait_for_value("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'worker_spi' "
						   "AND wait_event = 'Extension'", 2)
	before = view(cluster)
	position = cluster.log_position()
	cluster.configure(worker_spi__naptime=1)
	cluster.reload()
	cluster.wait_for_log('parameter "worker_spi.naptime" changed to "1"', position)
	cluster.wait_for_log("count in schema1.counted is now 1\n", position)
	# The reload itself wakes the worker once; the second round shows the rhythm.
	cluster.query("INSERT INTO schema1.counted VALUES ('delta', 1)")
	cluster.wait_for_log("count in schema1.counted is now 2\n", position)
	assert set(view(cluster)) == set(before), "nobody was restarted for it"
	cluster.configure(worker_spi__naptime=0)
	cluster.reload()
	cluster.wait_for_log(
		r'0 s? ?is outside the valid range for parameter "worker_spi\.naptime" \(1 \.\. 2147483647\)',
		position)


def test_kill_takes_every_session_down_and_all_is_back(make_cluster):
	cluster = start(make_cluster())
	session = cluster.connect()
	cluster.query("INSERT INTO schema1.counted VALUES ('total', 1)")
	before = set(view(cluster))
	position = cluster.log_position()
	os.kill(next(iter(before)), signal.SIGKILL)
	for number in (1, 2):
		cluster.wait_for_log(f"worker_spi worker {number} initialized", position)
	with pytest.raises(psycopg2.Error):
		session.cursor().execute("SELECT 1")
	cluster.wait_for_value("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'worker_spi'", 2)
	assert not before & set(view(cluster))
	assert cluster.value("SELECT value FROM schema1.counted") == 1
	(died,) = cluster.log_times("was terminated by signal 9: Killed", position)
	back = cluster.log_times("worker_spi worker . initialized", position)
	assert max(back) - died < 5.0


def test_terminated_worker_is_back_after_a_second(make_cluster):
	cluster = start(make_cluster())
	session = cluster.connect()
	position = cluster.log_position()
	pid = next(iter(view(cluster)))
	cluster.query("SELECT pg_terminate_backend(%s)", (pid,))
	cluster.wait_for_log("worker_spi worker . initialized", position)
	session.cursor().execute("SELECT 1")


def test_number_of_workers_and_database(make_cluster):
	cluster = make_cluster()
	cluster.start()
	cluster.query("CREATE DATABASE counting")
	cluster.stop()
	cluster.configure(dynamic_library_path=build_contrib(HERE), shared_preload_libraries="worker_spi",
					  worker_spi__total_workers=5, worker_spi__database="counting")
	cluster.start()
	cluster.wait_for_value("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'worker_spi' "
						   "AND datname = 'counting'", 5)


def test_workers_leave_with_the_postmaster(make_cluster):
	cluster = start(make_cluster())
	workers = list(view(cluster))
	os.kill(cluster.pid, signal.SIGKILL)
	wait_for(lambda: not any(is_alive(pid) for pid in workers), "end of the workers")


# ---- worker_spi_launch ----

@pytest.fixture(scope="module")
def launcher():
	"""The module is installed, and not preloaded."""
	cluster = Cluster(bindir=install_module(HERE), settings={"max_worker_processes": 3,
															 "worker_spi.naptime": 1})
	cluster.start()
	cluster.query("CREATE DATABASE elsewhere")
	cluster.query("CREATE EXTENSION worker_spi", database="elsewhere")
	yield cluster
	cluster.destroy()


def launched(cluster):
	return dict(cluster.query("SELECT pid, datname FROM pg_stat_activity "
							  "WHERE backend_type = 'worker_spi'"))


def end(cluster, pid):
	cluster.query(f"SELECT pg_terminate_backend({pid})")
	wait_for(lambda: pid not in launched(cluster), f"end of worker {pid}")
	wait_for(lambda: not is_alive(pid), f"end of process {pid}")


def test_a_worker_is_launched_works_and_ends(launcher):
	output = launcher.psql("-A", "-t", sql="SELECT worker_spi_launch(4)", database="elsewhere").stdout
	pid = int(output)
	wait_for(lambda: launched(launcher) == {pid: "elsewhere"}, "the worker's row")
	launcher.wait_for_log("worker_spi worker 4 initialized with schema4.counted")
	launcher.wait_for_value("SELECT count(*) FROM information_schema.tables "
							"WHERE table_schema = 'schema4' AND table_name = 'counted'", 1,
							database="elsewhere")
	launcher.query("INSERT INTO schema4.counted VALUES ('total', 0), ('delta', 5)",
				   database="elsewhere")
	launcher.wait_for_value("SELECT value FROM schema4.counted", 5, database="elsewhere")
	end(launcher, pid)
	launcher.wait_for_log('terminating background worker "worker_spi" due to administrator command')
	assert launched(launcher) == {}


def test_launching_in_a_transaction_that_wrote(launcher):
	"""The function returns when the worker runs, though its writes wait for the caller's."""
	connection = launcher.connect(database="elsewhere", autocommit=False)
	cursor = connection.cursor()
	cursor.execute("CREATE TABLE mine (a int)")
	cursor.execute("SELECT worker_spi_launch(5)")
	pid = cursor.fetchone()[0]
	wait_for(lambda: pid in launched(launcher), "the worker's row")
	connection.rollback()
	launcher.wait_for_value("SELECT count(*) FROM information_schema.tables "
							"WHERE table_schema = 'schema5'", 1, database="elsewhere")
	end(launcher, pid)


def test_no_slot_is_an_error(launcher):
	def launch(number):
		return launcher.value(f"SELECT worker_spi_launch({number})", database="elsewhere")
	pids = [launch(number) for number in (6, 7, 8)]
	with pytest.raises(psycopg2.errors.ConfigurationLimitExceeded,
					   match="out of background worker slots"):
		launch(9)
	for pid in pids:
		end(launcher, pid)
	pid = wait_for(lambda: launch_or_none(launch, 9), "a free slot")
	end(launcher, pid)


def launch_or_none(launch, number):
	try:
		return launch(number)
	except psycopg2.errors.ConfigurationLimitExceeded:
		return None


def test_the_function_is_strict_and_belongs_to_the_extension(launcher):
	assert launcher.value("SELECT worker_spi_launch(NULL)", database="elsewhere") is None
	with pytest.raises(psycopg2.errors.DependentObjectsStillExist,
					   match="because extension worker_spi requires it"):
		launcher.query("DROP FUNCTION worker_spi_launch(int)", database="elsewhere")
	assert "worker_spi | 1.0     | public | sample of a background worker" in \
		launcher.psql(sql="\\dx worker_spi", database="elsewhere").stdout
	launcher.query("DROP EXTENSION worker_spi; CREATE EXTENSION worker_spi", database="elsewhere")
