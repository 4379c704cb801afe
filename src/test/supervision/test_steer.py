"""pg_bgworker_start, pg_bgworker_stop, pg_bgworker_restart.

- Each returns when it is done, by id and by name; with a timeout it says so and the order stands.
- A stopped worker stays stopped: over a crash, over restarts of the server, until it is started.
- Start also takes up workers that have failed, are done, or wait for their restart; what they did is forgotten.
- Restart starts a worker at once, whatever its exit code and its interval.
- A stop is no failure and no death: nothing is counted, no restart follows.
"""

import os
import signal

import psycopg2
import pytest

from harness import Launcher, configure_launcher, is_alive, ours, wait_for

pytestmark = ours


def state(cluster, name):
	return cluster.value("SELECT state FROM pg_stat_bgworker WHERE name = %s", (name,))


def reason(cluster, name):
	return cluster.value("SELECT reason FROM pg_stat_bgworker WHERE name = %s", (name,))


def order(cluster, verb, worker, *timeout):
	marks = ", ".join(["%s"] * (1 + len(timeout)))
	return cluster.value(f"SELECT pg_bgworker_{verb}({marks})", (worker, *timeout))


def pid_of(cluster, name):
	return cluster.value("SELECT pid FROM pg_stat_bgworker WHERE name = %s", (name,))


@pytest.fixture(scope="module")
def server(module_worker_cluster):
	cluster = module_worker_cluster(
		"name:one,restart:0,do:loop; name:once,restart:never,do:loop; name:polite,restart:0,do:leave;"
		"name:shmem,flags:s,restart:0,do:loop; name:alone,flags:-,restart:0,do:loop;"
		"name:twin,restart:0,do:loop; name:twin,restart:0,do:loop",
		bgworker_crash_limit=0)
	for name in ("one", "once", "polite", "shmem", "alone"):
		cluster.wait_for_start(name)
	cluster.wait_for_start("twin", count=2)
	return cluster


# ---- done when they return ----

@pytest.mark.parametrize("name", ["one", "once", "polite", "shmem", "alone"])
def test_stop_start_restart(server, name):
	wait_for(lambda: state(server, name) == "running", name)
	first = pid_of(server, name)
	failures = server.value("SELECT failures FROM pg_stat_bgworker WHERE name = %s", (name,))
	assert order(server, "stop", name) is True
	assert not is_alive(first)
	assert (state(server, name), reason(server, name).split(", ")[-1]) == ("stopped", "stopped")
	assert order(server, "stop", name) is True, "it is stopped already"
	assert order(server, "start", name) is True
	second = pid_of(server, name)
	assert second != first and is_alive(second)
	assert state(server, name) == "running"
	assert order(server, "start", name) is True, "it runs already"
	assert pid_of(server, name) == second
	assert order(server, "restart", name) is True
	third = pid_of(server, name)
	assert third != second and is_alive(third) and not is_alive(second)
	assert order(server, "stop", name) is True
	assert order(server, "restart", name) is True, "also one that does not run"
	assert is_alive(pid_of(server, name))
	assert server.value("SELECT failures FROM pg_stat_bgworker WHERE name = %s", (name,)) <= failures
	assert "has failed" not in server.log()


def test_by_id(server):
	(number,) = server.query("SELECT id FROM pg_stat_bgworker WHERE name = 'one'")[0]
	assert order(server, "stop", number) is True
	assert state(server, "one") == "stopped"
	assert order(server, "start", number) is True
	assert state(server, "one") == "running"


@pytest.mark.parametrize("call,sqlstate,message", [
	("pg_bgworker_stop('nobody')", "42704", 'background worker "nobody" does not exist'),
	("pg_bgworker_start(4711)", "42704", "background worker with ID 4711 does not exist"),
	("pg_bgworker_restart(-1)", "42704", "background worker with ID -1 does not exist"),
	("pg_bgworker_stop('twin')", "42P08", 'background worker name "twin" is not unique'),
	("pg_bgworker_stop('one', -1)", "22003", '"timeout" must not be negative'),
])
def test_what_is_refused(server, call, sqlstate, message):
	with pytest.raises(psycopg2.Error) as failure:
		server.query(f"SELECT {call}")
	assert (failure.value.pgcode, failure.value.diag.message_primary) == (sqlstate, message)
	assert state(server, "one") == "running"


def test_null_is_no_worker(server):
	assert server.value("SELECT pg_bgworker_stop(NULL::bigint)") is None


# ---- what stays ----

def test_a_stop_outlives_a_crash_and_restarts_of_the_server(worker_cluster):
	cluster = worker_cluster("name:victim,flags:s,restart:0,do:loop; name:stopped,flags:s,restart:0,do:loop;"
							 "name:once,flags:s,restart:never,do:loop")
	for name in ("victim", "stopped", "once"):
		cluster.wait_for_start(name)
	for name in ("stopped", "once"):
		assert order(cluster, "stop", name) is True
	position = cluster.log_position()
	os.kill(pid_of(cluster, "victim"), signal.SIGKILL)
	cluster.wait_for_start("victim", position)
	for name in ("stopped", "once"):
		assert state(cluster, name) == "stopped"
	for mode in ("fast", "immediate"):
		cluster.restart(mode)
		cluster.wait_for_start("victim", position)
		assert state(cluster, "stopped") == "stopped"
		assert reason(cluster, "stopped") == "stopped by pg_bgworker_stop"
	cluster.kill_all()
	cluster.start()
	cluster.wait_for_start("victim", position, count=4)
	assert cluster.starts("stopped", position) == cluster.starts("once", position) == 0
	assert order(cluster, "start", "stopped") is True
	position = cluster.log_position()
	cluster.restart()
	cluster.wait_for_start("stopped", position)
	assert state(cluster, "once") == "stopped"


def test_a_dynamic_worker_stays_registered(make_cluster, modules_dir):
	cluster = configure_launcher(make_cluster(), modules_dir)
	cluster.start()
	launcher = Launcher(cluster)
	handle, pid = launcher.start("name:dyn,flags:s,restart:0,do:loop")
	assert order(cluster, "stop", "dyn") is True
	assert not is_alive(pid)
	assert launcher.do(f"pid {handle}") == "stopped"
	assert order(cluster, "start", "dyn") is True
	assert launcher.do(f"pid {handle}") == f"started {pid_of(cluster, 'dyn')}"
	assert order(cluster, "stop", "dyn") is True
	launcher.do(f"terminate {handle}")
	wait_for(lambda: state(cluster, "dyn") is None, "the end of its registration")
	assert not os.path.exists(os.path.join(cluster.data, "global", "pg_bgworker_stopped"))


def test_a_dynamic_worker_stays_stopped_over_a_crash(make_cluster, modules_dir):
	cluster = configure_launcher(make_cluster(), modules_dir)
	cluster.start()
	launcher = Launcher(cluster)
	launcher.start("name:kept,flags:s,restart:0,do:loop")
	launcher.start("name:once,flags:s,restart:never,do:loop")
	for name in ("kept", "once"):
		assert order(cluster, "stop", name) is True
	victim = launcher.start("name:victim,flags:s,restart:0,do:loop")[1]
	cluster.wait_for_log("test_dynamic: victim started")
	position = cluster.log_position()
	os.kill(victim, signal.SIGKILL)
	cluster.wait_for_log("test_dynamic: victim started", position)
	for name in ("kept", "once"):
		assert state(cluster, name) == "stopped"
		assert order(cluster, "start", name) is True
		assert state(cluster, name) == "running"


def test_a_damaged_file_is_told(worker_cluster):
	cluster = worker_cluster("name:one,restart:0,do:loop; name:two,restart:0,do:loop")
	for name in ("one", "two"):
		assert order(cluster, "stop", name) is True
	cluster.stop()
	path = os.path.join(cluster.data, "global", "pg_bgworker_stopped")
	with open(path, encoding="utf-8") as stopped:
		lines = stopped.readlines()
	assert len(lines) == 3
	cluster.write("global/pg_bgworker_stopped", "what is this\n" + lines[2])
	cluster.start()
	assert 'invalid line in file "global/pg_bgworker_stopped"' in cluster.log()
	cluster.wait_for_start("one", count=2)
	assert state(cluster, "two") == "stopped"


# ---- what start takes up ----

def test_start_of_workers_that_do_not_run(worker_cluster):
	cluster = worker_cluster("name:slow,restart:3600,do:exit:1; name:bad,flags:-,restart:0,do:segv;"
							 "name:done,restart:0,do:exit:0", start=False, bgworker_crash_limit=1)
	cluster.write("pg_bgworker.conf", "name done restart=on_failure\n")
	cluster.start()
	wait_for(lambda: state(cluster, "slow") == "backing_off", "the first failure")
	wait_for(lambda: state(cluster, "bad") == "failed", "the brake")
	wait_for(lambda: state(cluster, "done") == "stopped", "the end")
	for name, count in (("slow", 2), ("bad", 4), ("done", 2)):
		order(cluster, "start", name, 0)
		cluster.wait_for_start(name, count=count)
	wait_for(lambda: state(cluster, "bad") == "failed", "the brake again")
	assert cluster.starts("bad") == 4, "two crashes more, counted anew"


def test_a_worker_that_fails_at_once(worker_cluster):
	cluster = worker_cluster("name:bad,restart:3600,do:exit:1")
	wait_for(lambda: state(cluster, "bad") == "backing_off", "the first failure")
	session = cluster.connect()
	cursor = session.cursor()
	cursor.execute("SELECT pg_bgworker_start('bad')")
	# It may have been seen while it ran.
	if cursor.fetchone() == (False,):
		assert any('WARNING:  background worker "bad" has ended again\n' in notice
				   for notice in session.notices)


# ---- timeouts ----

def test_timeout(worker_cluster):
	cluster = worker_cluster("name:deaf,flags:s,restart:0,do:deaf; name:waits,flags:s,restart:0,do:loop", start=False)
	cluster.write("pg_bgworker.conf", "name waits quota=0\n")
	cluster.start()
	pid = cluster.wait_for_start("deaf")
	session = cluster.connect()
	cursor = session.cursor()
	for call, message, detail in (
			("stop('deaf', 100)", 'background worker "deaf" did not stop within 100 milliseconds',
			 "State: stopping, told to end by pg_bgworker_stop."),
			("start('waits', 100)", 'background worker "waits" did not start within 100 milliseconds',
			 "State: waiting_for_slot, the quota of 0 of line 1 of pg_bgworker.conf is used up.")):
		cursor.execute(f"SELECT pg_bgworker_{call}")
		assert cursor.fetchone() == (False,)
		assert session.notices[-1] == f"WARNING:  {message}\nDETAIL:  {detail}\n"
	# The order stands.
	assert is_alive(pid)
	os.kill(pid, signal.SIGKILL)
	cluster.wait_for_value("SELECT state FROM pg_stat_bgworker WHERE name = 'deaf'", "stopped")
	assert cluster.starts("deaf") == 1


def test_waiting_can_be_cancelled(worker_cluster):
	cluster = worker_cluster("name:deaf,flags:-,restart:0,do:deaf")
	pid = cluster.wait_for_start("deaf")
	session = cluster.connect()
	session.cursor().execute("SET statement_timeout = '200ms'")
	with pytest.raises(psycopg2.errors.QueryCanceled):
		session.cursor().execute("SELECT pg_bgworker_stop('deaf')")
	os.kill(pid, signal.SIGKILL)
	cluster.wait_for_value("SELECT state FROM pg_stat_bgworker WHERE name = 'deaf'", "stopped")


def test_the_last_order_wins(worker_cluster):
	cluster = worker_cluster("name:deaf,flags:-,restart:3600,do:deaf")
	pid = cluster.wait_for_start("deaf")
	for verb in ("stop", "start", "stop", "start"):
		order(cluster, verb, "deaf", 0)
	os.kill(pid, signal.SIGKILL)
	cluster.wait_for_start("deaf", count=2)
	wait_for(lambda: state(cluster, "deaf") == "running", "its second start")


def test_orders_from_many_sessions(worker_cluster):
	cluster = worker_cluster("name:many,flags:s,restart:0,do:loop")
	cluster.wait_for_start("many")
	sessions = [cluster.connect() for _ in range(6)]
	for round_number in range(5):
		for index, session in enumerate(sessions):
			verb = ("stop", "start", "restart")[(index + round_number) % 3]
			session.cursor().execute(f"SELECT pg_bgworker_{verb}('many', 0)")
	assert order(cluster, "start", "many") is True
	assert state(cluster, "many") == "running"
	assert len(cluster.workers("many")) == 1
