"""The three shutdown modes, with obedient and with stubborn children.

- smart: no new connections, sessions stay until they leave, workers as long as sessions are there.
- fast: everybody is told to end; a worker that answers SIGTERM never delays it, a deaf one does.
- immediate: SIGQUIT, after five seconds SIGKILL; the next start recovers.
- The postmaster exits with 0, pg_ctl with 0 (1 when it waited in vain); a new start after smart and
  fast finds a server that was shut down, after immediate one that was interrupted.
"""

import os
import signal

import psycopg2
import pytest

from harness import Wire, child_pids, is_alive, wait_for

SHUT_DOWN = r"LOG:  database system was shut down at "
INTERRUPTED = r"LOG:  database system was interrupted; last known up at "
OBEDIENT = ("name:loop,count:3,restart:0,do:loop; name:leave,restart:0,do:leave;"
			"name:shmem,flags:s,restart:0,do:loop; name:waiting,restart:3600,do:exit:1")


@pytest.fixture
def foreground(worker_cluster):
	"""A function that starts a server as our child; returns cluster and process."""
	def start(workers="", **settings):
		cluster = worker_cluster(workers, start=False, **settings)
		process = cluster.spawn()
		cluster.wait_for_connection()
		return cluster, process
	return start


def start_again_finds(cluster, pattern):
	position = cluster.log_position()
	cluster.start()
	cluster.wait_for_log(pattern, position)


@pytest.mark.parametrize("mode,number", [("smart", signal.SIGTERM), ("fast", signal.SIGINT)])
def test_obedient_workers_never_delay_a_clean_shutdown(foreground, mode, number):
	cluster, process = foreground(OBEDIENT)
	for name in ("loop 1", "loop 2", "loop 3", "leave", "shmem", "waiting"):
		cluster.wait_for_start(name)
	children = child_pids(process.pid)
	position = cluster.log_position()
	process.send_signal(number)
	assert process.wait(20) == 0
	log = cluster.log_since(position)
	assert f"LOG:  received {mode} shutdown request\n" in log
	assert ("LOG:  aborting any active transactions\n" in log) == (mode == "fast")
	assert 'FATAL:  terminating background worker "loop" due to administrator command\n' in log
	assert "LOG:  shutting down\n" in log
	assert log.endswith("LOG:  database system is shut down\n")
	assert "was terminated by signal" not in log
	assert not any(is_alive(child) for child in children)
	assert not os.path.exists(os.path.join(cluster.data, "postmaster.pid"))
	start_again_finds(cluster, SHUT_DOWN)


def test_smart_waits_for_sessions_and_takes_no_new_ones(foreground):
	cluster, process = foreground("name:loop,restart:0,do:loop")
	worker = cluster.wait_for_start("loop")
	session = cluster.connect()
	process.send_signal(signal.SIGTERM)
	cluster.wait_for_log("LOG:  received smart shutdown request")
	with pytest.raises(psycopg2.OperationalError, match="the database system is shutting down"):
		cluster.connect()
	session.cursor().execute("CREATE TABLE t AS SELECT 1 AS a")
	assert process.poll() is None
	assert is_alive(worker), "workers run as long as sessions are there"
	session.close()
	assert process.wait(20) == 0
	start_again_finds(cluster, SHUT_DOWN)
	assert cluster.query("SELECT a FROM t") == [(1,)]


def test_fast_ends_sessions_with_57p01(foreground):
	cluster, process = foreground()
	idle, busy = Wire(cluster), Wire(cluster)
	for session in (idle, busy):
		session.login()
	busy.query("BEGIN; CREATE TABLE t (a int)")
	busy.read_until("Z")
	process.send_signal(signal.SIGINT)
	for session in (idle, busy):
		fields = session.read_error()
		assert (fields["S"], fields["C"], fields["M"]) == (
			"FATAL", "57P01", "terminating connection due to administrator command")
		assert session.at_end()
	assert process.wait(20) == 0
	start_again_finds(cluster, SHUT_DOWN)
	with pytest.raises(psycopg2.errors.UndefinedTable):
		cluster.query("SELECT a FROM t")


def test_fast_overtakes_smart_and_immediate_overtakes_fast(foreground):
	cluster, process = foreground("name:deaf,restart:0,do:deaf")
	cluster.wait_for_start("deaf")
	session = cluster.connect()
	process.send_signal(signal.SIGTERM)
	cluster.wait_for_log("received smart shutdown request")
	session.cursor().execute("SELECT 1")
	process.send_signal(signal.SIGINT)
	cluster.wait_for_log("received fast shutdown request")
	with pytest.raises(psycopg2.Error):
		session.cursor().execute("SELECT 1")
	process.send_signal(signal.SIGTERM)
	process.send_signal(signal.SIGQUIT)
	cluster.wait_for_log("received immediate shutdown request")
	assert process.wait(20) == 0
	assert cluster.log().count("received smart shutdown request") == 1
	start_again_finds(cluster, INTERRUPTED)


def test_fast_waits_for_a_deaf_worker_and_pg_ctl_says_so(worker_cluster):
	cluster = worker_cluster("name:deaf,restart:0,do:deaf")
	deaf = cluster.wait_for_start("deaf")
	gave_up = cluster.run("pg_ctl", "-D", cluster.data, "-m", "fast", "-t", "1", "stop", check=False)
	assert gave_up.returncode == 1
	assert "pg_ctl: server does not shut down" in gave_up.stderr
	assert is_alive(deaf)
	cluster.wait_for_log("received fast shutdown request")
	# It gets no second signal; whoever is patient may end it by hand.
	os.kill(deaf, signal.SIGKILL)
	wait_for(lambda: not cluster.is_running(), "end of the server")


def test_immediate_ends_everything_at_once(foreground):
	cluster, process = foreground(OBEDIENT + "; name:deaf,restart:0,do:deaf")
	for name in ("loop 1", "leave", "shmem", "deaf"):
		cluster.wait_for_start(name)
	session = Wire(cluster)
	session.login()
	cluster.query("CREATE TABLE t AS SELECT 1 AS a")
	children = child_pids(process.pid)
	position = cluster.log_position()
	process.send_signal(signal.SIGQUIT)
	fields = Wire.fields(session.read()[1])
	assert (fields["C"], fields["M"]) == (
		"57P01", "terminating connection due to immediate shutdown command")
	assert session.at_end()
	assert process.wait(4.5) == 0, "nobody needs SIGKILL here"
	log = cluster.log_since(position)
	assert "LOG:  received immediate shutdown request\n" in log
	assert "LOG:  database system is shut down\n" in log
	assert "SIGKILL" not in log
	assert "LOG:  shutting down\n" not in log
	assert not any(is_alive(child) for child in children)
	start_again_finds(cluster, INTERRUPTED)
	assert cluster.query("SELECT a FROM t") == [(1,)]


def test_immediate_kills_a_stone_after_five_seconds(foreground):
	cluster, process = foreground("name:stone,restart:0,do:stone")
	stone = cluster.wait_for_start("stone")
	process.send_signal(signal.SIGQUIT)
	assert process.wait(30) == 0
	assert not is_alive(stone)
	(asked,) = cluster.log_times("received immediate shutdown request")
	(killed,) = cluster.log_times("issuing SIGKILL to recalcitrant children")
	assert killed - asked >= 4.9


@pytest.mark.parametrize("mode,finding", [("smart", SHUT_DOWN), ("fast", SHUT_DOWN),
										  ("immediate", INTERRUPTED)])
def test_pg_ctl_stop(worker_cluster, mode, finding):
	cluster = worker_cluster(OBEDIENT)
	cluster.wait_for_start("loop 3")
	stopped = cluster.run("pg_ctl", "-D", cluster.data, "-m", mode, "stop")
	assert stopped.stdout.endswith("server stopped\n")
	status = cluster.run("pg_ctl", "-D", cluster.data, "status", check=False)
	assert (status.returncode, status.stdout) == (3, "pg_ctl: no server running\n")
	again = cluster.run("pg_ctl", "-D", cluster.data, "stop", check=False)
	assert again.returncode == 1
	assert "Is server running?" in again.stderr
	start_again_finds(cluster, finding)


def test_restart_intervals_do_not_hold_up_a_shutdown(foreground):
	cluster, process = foreground("name:flapping,count:10,restart:0,do:exit:1")
	cluster.wait_for_start("flapping 1", count=3)
	process.send_signal(signal.SIGINT)
	assert process.wait(20) == 0
