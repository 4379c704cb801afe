"""The crash cycle: what sessions, workers, shared memory and data see of it.

- Messages and their order; every session ends with 57P02 or a closed connection, none survives.
- Whoever dies (session, worker, checkpointer), the server is back and its workers run again.
- Two crashes at once are one cycle; crash after crash never wears the server out.
- restart_after_crash = off ends the server with exit code 1.
- A child that ignores SIGQUIT gets SIGKILL after five seconds.
- Committed data is there, what was not committed is not; activity and locks start from nothing.
"""

import os
import re
import signal
import threading

import psycopg2
import pytest

from harness import IS_POSTROOM, Wire, child_pids, is_alive, ours, title, wait_for

CYCLE = [
	r"LOG:  terminating any other active server processes\n",
	r"LOG:  all server processes terminated; reinitializing\n",
	r"LOG:  database system was interrupted; last known up at [^\n]+\n",
	r"LOG:  database system was not properly shut down; automatic recovery in progress\n",
	r"LOG:  database system is ready to accept connections\n",
]


def wait_for_cycle(cluster, position, first=None):
	"""Waits for one whole cycle in the log, in its order; returns where the new life begins."""
	for pattern in ([first] if first else []) + CYCLE[:2]:
		position = cluster.wait_for_log(pattern, position).end()
	begin = position
	for pattern in CYCLE[2:]:
		position = cluster.wait_for_log(pattern, position).end()
	return begin


def helper(cluster, name):
	"""Pid of the helper process with this name in its title."""
	return wait_for(lambda: [pid for pid in child_pids(cluster.pid) if name in title(pid)], name)[0]


def test_messages_of_the_cycle_and_of_the_sessions(cluster):
	victim, witness = cluster.connect(), Wire(cluster)
	witness.login()
	position = cluster.log_position()
	os.kill(victim.info.backend_pid, signal.SIGKILL)
	wait_for_cycle(cluster, position,
				   rf"LOG:  server process \(PID {victim.info.backend_pid}\) was terminated by "
				   r"signal 9: Killed\n")
	kind, body = witness.read()
	fields = Wire.fields(body)
	assert (kind, fields["S"], fields["C"]) == ("N", "WARNING", "57P02")
	assert fields["M"] == "terminating connection because of crash of another server process"
	assert fields["D"] == (
		"The postmaster has commanded this server process to roll back the current transaction and "
		"exit, because another server process exited abnormally and possibly corrupted shared memory.")
	assert fields["H"] == ("In a moment you should be able to reconnect to the database and repeat "
						   "your command.")
	assert witness.at_end()
	cluster.wait_for_connection()


def test_a_dead_statement_is_named_in_the_log(cluster):
	victim = cluster.connect()
	pid = victim.info.backend_pid
	position = cluster.log_position()

	def kill_it():
		cluster.wait_for_value(f"SELECT state FROM pg_stat_activity WHERE pid = {pid} "
							   "AND query = 'SELECT pg_sleep(61)'", "active")
		os.kill(pid, signal.SIGKILL)
	killer = threading.Thread(target=kill_it)
	killer.start()
	with pytest.raises(psycopg2.Error):
		victim.cursor().execute("SELECT pg_sleep(61)")
	killer.join()
	cluster.wait_for_log("all server processes terminated", position)
	assert "DETAIL:  Failed process was running: SELECT pg_sleep(61)\n" in cluster.log_since(position)


@pytest.mark.parametrize("victim", ["checkpointer"])
def test_death_of_a_helper_is_a_crash(worker_cluster, victim):
	cluster = worker_cluster("name:neighbour,restart:3600,do:loop")
	cluster.wait_for_start("neighbour")
	position = cluster.log_position()
	pid = helper(cluster, victim)
	os.kill(pid, signal.SIGKILL)
	position = wait_for_cycle(cluster, position, rf"LOG:  {victim} process \(PID {pid}\) was "
							  r"terminated by signal 9: Killed\n")
	cluster.wait_for_start("neighbour", position)
	assert helper(cluster, victim) != pid


def test_death_of_the_startup_process_ends_the_server(cluster):
	cluster.query("CREATE TABLE t (a int)")
	cluster.kill_all()
	process, startup, _ = cluster.start_held()
	os.kill(startup, signal.SIGKILL)
	assert process.wait(60) == 1
	log = cluster.log()
	assert re.search(rf"LOG:  startup process \(PID {startup}\) was terminated by signal 9: Killed\n"
					 r".*LOG:  aborting startup due to startup process failure\n", log)
	assert "reinitializing" not in log
	cluster.start()
	assert cluster.query("SELECT a FROM t") == []


def test_restart_after_crash_off_ends_the_server(make_cluster):
	cluster = make_cluster(settings={"restart_after_crash": "off"})
	process = cluster.spawn()
	cluster.wait_for_connection()
	victim = cluster.connect()
	os.kill(victim.info.backend_pid, signal.SIGKILL)
	assert process.wait(60) == 1
	assert re.search(r"LOG:  terminating any other active server processes\n(.*\n)*"
					 r'.*LOG:  shutting down because "?restart_after_crash"? is off\n'
					 r".*LOG:  database system is shut down\n", cluster.log())
	assert "reinitializing" not in cluster.log()
	cluster.start()
	assert cluster.value("SHOW restart_after_crash") == "off"


def test_two_crashes_at_once_are_one_cycle(worker_cluster):
	cluster = worker_cluster("name:one,restart:3600,do:when:{root}/one;"
							 "name:two,restart:3600,do:loop")
	pids = [cluster.wait_for_start(name) for name in ("one", "two")]
	position = cluster.log_position()
	# Held, so that the postmaster finds both dead.
	cluster.signal(signal.SIGSTOP)
	for pid in pids:
		os.kill(pid, signal.SIGKILL)
	cluster.signal(signal.SIGCONT)
	wait_for_cycle(cluster, position)
	cluster.wait_for_start("one", position)
	cluster.wait_for_start("two", position)
	log = cluster.log_since(position)
	assert len(re.findall(r"terminating any other active server processes", log)) == 1
	assert len(re.findall(r"reinitializing", log)) == 1


def test_crash_after_crash(worker_cluster):
	cluster = worker_cluster("name:crasher,restart:3600,do:when:{root}/crasher;"
							 "name:many,count:5,restart:3600,do:loop",
							 **({"bgworker_crash_limit": 0} if IS_POSTROOM else {}))
	for _ in range(8):
		cluster.wait_for_value("SELECT count(*) FROM pg_stat_activity "
							   "WHERE backend_type IN ('crasher', 'many')", 6)
		position = cluster.log_position()
		cluster.act("crasher", "segv")
		wait_for_cycle(cluster, position)
	cluster.wait_for_value("SELECT count(*) FROM pg_stat_activity "
						   "WHERE backend_type IN ('crasher', 'many')", 6)
	# Nothing of the former lives is left over.
	children = [pid for pid in child_pids(cluster.pid) if is_alive(pid)]
	assert len(children) <= 6 + 6


def test_a_worker_that_crashes_at_its_start_does_not_kill_the_server(worker_cluster):
	cluster = worker_cluster("name:doomed,restart:never,do:segv;name:good,restart:3600,do:loop")
	position = cluster.wait_for_log(CYCLE[1]).end()
	cluster.wait_for_start("good", position)
	assert cluster.starts("doomed") == 1
	cluster.wait_for_connection()


def test_child_that_ignores_sigquit_is_killed_after_five_seconds(worker_cluster):
	cluster = worker_cluster("name:stone,restart:3600,do:stone; name:crasher,restart:3600,"
							 "do:when:{root}/crasher")
	stone = cluster.wait_for_start("stone")
	cluster.wait_for_start("crasher")
	position = cluster.log_position()
	cluster.act("crasher", "segv")
	wait_for_cycle(cluster, position)
	assert not is_alive(stone)
	(told,) = cluster.log_times("terminating any other active server processes", position)
	(killed,) = cluster.log_times("issuing SIGKILL to recalcitrant children", position)
	assert 4.9 <= killed - told < 15.0
	cluster.wait_for_start("stone", position)


def test_data_and_shared_state_after_the_cycle(cluster):
	cluster.query("CREATE TABLE t (a int PRIMARY KEY)")
	cluster.query("INSERT INTO t VALUES (1), (2)")
	writer = cluster.connect(autocommit=False)
	writer.cursor().execute("INSERT INTO t VALUES (3)")
	writer.cursor().execute("UPDATE t SET a = 20 WHERE a = 2")
	started = cluster.value("SELECT pg_postmaster_start_time()")
	position = cluster.log_position()
	os.kill(writer.info.backend_pid, signal.SIGKILL)
	wait_for_cycle(cluster, position)
	cluster.wait_for_connection()
	assert cluster.query("SELECT a FROM t ORDER BY a") == [(1,), (2,)]
	# The lock of the dead writer is gone with it.
	cluster.query("INSERT INTO t VALUES (4)")
	cluster.wait_for_value("SELECT count(*) FROM pg_stat_activity "
						   "WHERE backend_type = 'client backend'", 1)
	assert cluster.value("SELECT pg_postmaster_start_time()") == started


@ours
def test_crash_leaves_workers_without_shared_memory_no_choice_either(worker_cluster):
	cluster = worker_cluster("name:apart,flags:-,restart:3600,do:loop;"
							 "name:crasher,restart:3600,do:when:{root}/crasher")
	before = cluster.wait_for_start("apart")
	cluster.wait_for_start("crasher")
	position = cluster.log_position()
	cluster.act("crasher", "segv")
	wait_for_cycle(cluster, position)
	assert cluster.wait_for_start("apart", position) != before
	assert not is_alive(before)
