"""worker_libpq: a worker without shared memory is a supervised client and disturbs nobody.

- It connects through libpq like everyone and logs the number of sessions when it changes.
- Killed with SIGKILL it is started again after its interval; sessions do not notice.
- It does not count among the server's own processes in pg_stat_activity, its session does.
- A server that it cannot reach, or that goes away, ends it with exit code 1, and it comes again.
"""

import os
import signal

import pytest

from harness import build_contrib, child_pids, is_alive, ours, title, wait_for

pytestmark = ours
HERE = os.path.dirname(__file__)


@pytest.fixture
def server(make_cluster):
	cluster = make_cluster()
	cluster.configure(dynamic_library_path=build_contrib(HERE),
					  shared_preload_libraries="worker_libpq", worker_libpq__naptime=1,
					  worker_libpq__conninfo=f"host={cluster.root} port={cluster.port} user=postgres "
					  "dbname=postgres application_name=worker_libpq")
	cluster.start()
	return cluster


def worker(cluster):
	"""Its process, when there is one."""
	found = [pid for pid in child_pids(cluster.pid)
			 if is_alive(pid) and title(pid).endswith(": worker_libpq")]
	return found[0] if found else None


def test_it_counts_sessions_as_a_client(server):
	server.wait_for_log(r"LOG:  worker_libpq: \d+ sessions\n")
	position = server.log_position()
	sessions = [server.connect() for _ in range(3)]
	server.wait_for_log(rf"LOG:  worker_libpq: {len(sessions) + 1} sessions\n", position)
	rows = server.query("SELECT backend_type FROM pg_stat_activity "
						"WHERE application_name = 'worker_libpq'")
	assert rows == [("client backend",)]


def test_its_crash_leaves_sessions_alone(server):
	server.wait_for_log(r"LOG:  worker_libpq: \d+ sessions\n")
	session = server.connect(autocommit=False)
	session.cursor().execute("CREATE TABLE t (a int)")
	before = worker(server)
	position = server.log_position()
	os.kill(before, signal.SIGKILL)
	server.wait_for_log(rf'LOG:  background worker "worker_libpq" \(PID {before}\) was terminated by '
						r"signal 9: Killed\n", position)
	session.cursor().execute("INSERT INTO t VALUES (1)")
	session.commit()
	assert server.query("SELECT a FROM t") == [(1,)]
	server.wait_for_log(r"LOG:  worker_libpq: \d+ sessions\n", position)
	assert worker(server) != before
	(died,) = server.log_times("was terminated by signal 9", position)
	again = server.log_times(r"worker_libpq: \d+ sessions", position)[0]
	assert 4.9 <= again - died < 20
	assert "terminating any other active server processes" not in server.log()


def test_a_lost_connection_ends_it_and_it_comes_again(server):
	server.wait_for_log(r"LOG:  worker_libpq: \d+ sessions\n")
	position = server.log_position()
	server.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
				 "WHERE application_name = 'worker_libpq'")
	server.wait_for_log(r'background worker "worker_libpq" \(PID \d+\) exited with exit code 1\n',
						position)
	server.wait_for_log(r"LOG:  worker_libpq: \d+ sessions\n", position)


def test_it_never_delays_a_shutdown(server):
	server.wait_for_log(r"LOG:  worker_libpq: \d+ sessions\n")
	pid = worker(server)
	assert server.seconds(lambda: server.stop("fast")) < 15
	wait_for(lambda: not is_alive(pid), "end of the worker")
