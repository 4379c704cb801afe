"""worker_spi_cpp does what worker_spi does.

What the server does is tested there; here are the module's own ways: folding, the rhythm, a launch from
SQL, its refusal, and the end.
"""

import os

import psycopg2
import pytest

from harness import Cluster, build_contrib, install_module, is_alive, wait_for

HERE = os.path.dirname(__file__)
ROWS = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'worker_spi_cpp' "


@pytest.fixture(scope="module")
def server():
	cluster = Cluster(settings={"dynamic_library_path": build_contrib(HERE), "shared_preload_libraries":
								"worker_spi_cpp", "worker_spi_cpp.naptime": 1})
	cluster.start()
	for number in (1, 2):
		cluster.wait_for_log(f"worker_spi_cpp worker {number} initialized with cpp{number}.counted")
	yield cluster
	cluster.destroy()


def test_deltas_are_folded_into_the_total(server):
	position = server.log_position()
	server.query("INSERT INTO cpp1.counted VALUES ('total', 100), ('delta', 5), ('delta', 7)")
	server.wait_for_log("LOG:  worker_spi_cpp worker 1: count in cpp1.counted is now 112\n", position)
	server.wait_for_value("SELECT string_agg(type || value, ' ') FROM cpp1.counted", "total112")
	with pytest.raises(psycopg2.errors.UniqueViolation):
		server.query("INSERT INTO cpp1.counted VALUES ('total', 1)")


def test_the_view_shows_both_workers(server):
	server.wait_for_value(ROWS + "AND state = 'idle' AND wait_event = 'Extension' AND datname = 'postgres'", 2)
	queries = server.query("SELECT query FROM pg_stat_activity WHERE backend_type = 'worker_spi_cpp'")
	assert all(query.startswith("WITH taken AS (DELETE FROM cpp") for query, in queries)


def test_naptime_and_reload_change_the_rhythm(make_cluster):
	cluster = make_cluster()
	cluster.configure(dynamic_library_path=build_contrib(HERE), shared_preload_libraries="worker_spi_cpp",
					  worker_spi_cpp__naptime=3600)
	cluster.start()
	cluster.wait_for_value(ROWS + "AND wait_event = 'Extension'", 2)
	position = cluster.log_position()
	cluster.query("INSERT INTO cpp1.counted VALUES ('total', 0), ('delta', 1)")
	cluster.configure(worker_spi_cpp__naptime=1)
	cluster.reload()
	cluster.wait_for_log("count in cpp1.counted is now 1\n", position)
	# The reload itself wakes the worker once; the second round shows the rhythm.
	cluster.query("INSERT INTO cpp1.counted VALUES ('delta', 1)")
	cluster.wait_for_log("count in cpp1.counted is now 2\n", position)


def test_a_worker_is_launched_refused_and_ended():
	cluster = Cluster(bindir=install_module(HERE), settings={"max_worker_processes": 1,
															 "worker_spi_cpp.naptime": 1})
	try:
		cluster.start()
		cluster.query("CREATE EXTENSION worker_spi_cpp")
		pid = cluster.value("SELECT worker_spi_cpp_launch(4)")
		cluster.wait_for_log("worker_spi_cpp worker 4 initialized with cpp4.counted")
		with pytest.raises(psycopg2.errors.ConfigurationLimitExceeded,
						   match="out of background worker slots"):
			cluster.query("SELECT worker_spi_cpp_launch(5)")
		assert cluster.value("SELECT worker_spi_cpp_launch(NULL)") is None
		cluster.query(f"SELECT pg_terminate_backend({pid})")
		wait_for(lambda: not is_alive(pid), "the worker's end")
	finally:
		cluster.destroy()
