"""pg_stat_bgworker and pg_stat_bgworker_history: every registered worker, and why it does not run.

- One row for each, static or dynamic, running or not; its id stays the same over restarts and crashes.
- Every state, with its reason in words.
- Last exit, last error, numbers of starts and failures, the next start.
- Counters of transactions, statements, rows and time in SPI; memory and CPU time.
- The history: a ring of starts and ends, kept over a crash.
- Reading asks neither the postmaster nor a worker for anything: both may stand still.
"""

import os
import signal

import pytest

from harness import IS_POSTROOM, Launcher, configure_launcher, is_alive, wait_for

pytestmark = pytest.mark.skipif(not IS_POSTROOM, reason="about Postroom alone")


def row(cluster, name, columns="*"):
	"""The row of a worker as a dictionary, or None."""
	session = cluster.connect()
	try:
		cursor = session.cursor()
		cursor.execute(f"SELECT {columns} FROM pg_stat_bgworker WHERE name = %s", (name,))
		found = cursor.fetchone()
		return dict(zip((column.name for column in cursor.description), found)) if found else None
	finally:
		cluster.close(session)


def wait_for_state(cluster, name, state):
	def reached():
		found = row(cluster, name)
		return found if found and found["state"] == state else None
	return wait_for(reached, f"state {state} of {name}")


@pytest.fixture
def launcher_cluster(make_cluster, modules_dir):
	def make(start=True, **settings):
		cluster = configure_launcher(make_cluster(), modules_dir,
									 **{"max_worker_processes": 12, **settings})
		if start:
			cluster.start()
		return cluster
	return make


# ---- what is registered ----

def test_a_static_worker(worker_cluster):
	cluster = worker_cluster("name:one,restart:5,do:loop; name:two,flags:s,start:consistent,do:loop")
	pid = cluster.wait_for_start("one")
	found = wait_for_state(cluster, "one", "running")
	expected = {"type": "one", "library": "test_worker", "function": "test_worker_main", "dynamic": False,
				"registrant": "shared_preload_libraries", "registrant_pid": None,
				"flags": "shmem_access, database_connection", "start_phase": "recovery_finished",
				"policy": "as registered: restarted after 5 s", "datname": "postgres",
				"usename": "postgres", "reason": None, "pid": pid, "starts": 1, "failures": 0,
				"last_exit_at": None, "last_exit_code": None, "last_exit_signal": None,
				"last_error_sqlstate": None, "next_start_at": None, "ready_at": None}
	assert {key: found[key] for key in expected} == expected
	assert found["registered_at"] <= found["started_at"]
	assert found["resident_bytes"] > 100000 and found["cpu_time"] >= 0
	two = wait_for_state(cluster, "two", "running")
	assert (two["flags"], two["start_phase"], two["datname"]) == ("shmem_access", "consistent_state", None)
	assert two["policy"] == "as registered: never restarted"
	assert [identity for (identity,) in cluster.query("SELECT id FROM pg_stat_bgworker")] == [1, 2]


def test_a_dynamic_worker_and_its_end(launcher_cluster):
	cluster = launcher_cluster()
	launcher = Launcher(cluster)
	handle, pid = launcher.start("name:made,restart:never,do:loop")
	found = wait_for_state(cluster, "made", "running")
	assert (found["dynamic"], found["registrant"], found["registrant_pid"], found["pid"]) == (
		True, "client backend", launcher.pid, pid)
	assert launcher.do(f"ref {handle}") == f"{found['id']} {found['generation']}"
	launcher.do(f"terminate {handle}")
	launcher.do(f"shutdown {handle}")
	assert row(cluster, "made") is None
	launcher.start("name:next")
	assert row(cluster, "next")["id"] > found["id"]


# ---- states ----

def test_waiting_for_a_phase(launcher_cluster):
	cluster = launcher_cluster(start=False)
	cluster.write("standby.signal", "")
	cluster.start()
	launcher = Launcher(cluster)
	launcher.launch("name:late,start:finished")
	found = wait_for_state(cluster, "late", "waiting_for_phase")
	assert (found["reason"], found["pid"]) == ("waits until sessions can write", None)
	cluster.promote()
	wait_for_state(cluster, "late", "running")


def test_waiting_for_a_slot(worker_cluster):
	cluster = worker_cluster("name:first,do:when:{root}/first; name:second,do:loop",
							 max_worker_processes=1)
	found = wait_for_state(cluster, "second", "waiting_for_slot")
	assert found["reason"] == "all 1 places of max_worker_processes are taken"
	assert row(cluster, "first")["state"] == "running"
	cluster.act("first", "exit:0")
	wait_for_state(cluster, "second", "running")


def test_starting(launcher_cluster):
	cluster = launcher_cluster(max_starting_workers=1)
	launcher = Launcher(cluster)
	_, pid = launcher.start(f"name:slow,do:slow:{cluster.root}/loaded")
	launcher.launch("name:behind")
	found = wait_for_state(cluster, "slow", "starting")
	assert (found["pid"], found["reason"]) == (pid, "its process has not reached its main function yet")
	found = wait_for_state(cluster, "behind", "starting")
	assert (found["pid"], found["reason"]) == (None, "due, waits for its turn")
	cluster.act("loaded", "")
	wait_for_state(cluster, "slow", "running")
	wait_for_state(cluster, "behind", "running")


def test_ready(launcher_cluster):
	cluster = launcher_cluster()
	launcher = Launcher(cluster)
	launcher.start(f"name:able,restart:0,do:ready:{cluster.root}/able")
	found = wait_for_state(cluster, "able", "ready")
	assert found["started_at"] <= found["ready_at"]
	cluster.act("able", "exit:1")
	wait_for(lambda: row(cluster, "able")["starts"] == 2, "its second start")
	again = wait_for_state(cluster, "able", "ready")
	assert again["ready_at"] > found["ready_at"]


def test_backing_off(launcher_cluster):
	cluster = launcher_cluster()
	launcher = Launcher(cluster)
	launcher.launch("name:failing,restart:3600,do:error")
	found = wait_for_state(cluster, "failing", "backing_off")
	expected = {"reason": "exit code 1", "pid": None, "starts": 1, "failures": 1, "last_exit_code": 1,
				"last_exit_signal": None, "last_error_sqlstate": "22012",
				"last_error_message": "test_dynamic: an error", "resident_bytes": None, "cpu_time": None}
	assert {key: found[key] for key in expected} == expected
	assert 3599 <= (found["next_start_at"] - found["last_exit_at"]).total_seconds() <= 3601


def test_failures_in_a_row(launcher_cluster):
	cluster = launcher_cluster()
	launcher = Launcher(cluster)
	launcher.launch("name:failing,restart:0,do:exit:1")
	wait_for(lambda: row(cluster, "failing")["failures"] >= 5, "five failures")
	found = row(cluster, "failing")
	assert 0 <= found["starts"] - found["failures"] <= 1


def test_told_to_end(launcher_cluster):
	cluster = launcher_cluster()
	launcher = Launcher(cluster)
	handle, pid = launcher.start(f"name:slow,do:slow:{cluster.root}/loaded")
	os.kill(pid, signal.SIGSTOP)
	launcher.do(f"terminate {handle}")
	found = wait_for_state(cluster, "slow", "stopping")
	assert found["reason"] == "told to end and to be unregistered"
	os.kill(pid, signal.SIGCONT)
	cluster.act("loaded", "")
	wait_for(lambda: row(cluster, "slow") is None, "its end")


# ---- over restarts and crashes ----

def test_over_a_crash(launcher_cluster):
	cluster = launcher_cluster()
	launcher = Launcher(cluster)
	launcher.start("name:survivor,restart:3600,do:sql:SELECT 1")
	launcher.start(f"name:culprit,restart:3600,do:when:{cluster.root}/culprit")
	for name in ("survivor", "culprit"):
		wait_for_state(cluster, name, "running")
	wait_for(lambda: row(cluster, "survivor")["transactions"] == 1, "its transaction")
	before = row(cluster, "survivor")
	position = cluster.log_position()
	cluster.act("culprit", "segv")
	cluster.wait_for_log("all server processes terminated; reinitializing", position)
	cluster.wait_for_connection()
	wait_for(lambda: row(cluster, "survivor")["starts"] == 2, "its second start")
	after = row(cluster, "survivor")
	for column in ("id", "generation", "registered_at", "registrant_pid"):
		assert after[column] == before[column]
	assert after["failures"] == 0, "it was the other one's fault"
	wait_for(lambda: row(cluster, "survivor")["transactions"] == 2, "one transaction of each life")
	culprit = row(cluster, "culprit")
	assert (culprit["last_exit_signal"], culprit["last_exit_code"], culprit["failures"]) == (
		signal.SIGSEGV, None, 1)
	history = cluster.query("SELECT event, exit_code, exit_signal, reason FROM pg_stat_bgworker_history "
							"WHERE name = 'culprit' ORDER BY number")
	assert history[:3] == [("started", None, None, None),
						   ("ended", None, 11, "signal 11: Segmentation fault, a crash"),
						   ("started", None, None, None)]
	history = cluster.query("SELECT event, reason FROM pg_stat_bgworker_history "
							"WHERE name = 'survivor' ORDER BY number")
	assert history[:3] == [("started", None),
						   ("ended", "exit code 2, told to end by the postmaster"), ("started", None)]


# ---- counters ----

def test_counters(launcher_cluster):
	cluster = launcher_cluster()
	cluster.query("CREATE TABLE t AS SELECT generate_series(1, 1000) AS a")
	launcher = Launcher(cluster)
	launcher.start("name:counted,do:sql:SELECT a FROM t WHERE a <= 700")
	wait_for(lambda: row(cluster, "counted")["transactions"] == 1, "its transaction")
	found = row(cluster, "counted")
	assert (found["statements"], found["rows"]) == (1, 700)
	assert 0 < found["spi_time"] < 60000
	launcher.start("name:idle")
	found = wait_for_state(cluster, "idle", "running")
	assert (found["transactions"], found["statements"], found["rows"], found["spi_time"]) == (0, 0, 0, 0)


# ---- history ----

def test_history_of_a_failing_worker(launcher_cluster):
	cluster = launcher_cluster()
	launcher = Launcher(cluster)
	handle = launcher.launch("name:failing,restart:never,do:error")
	launcher.do(f"shutdown {handle}")
	started, ended = wait_for(
		lambda: (lambda rows: rows if len(rows) == 2 else None)(cluster.query(
			"SELECT event, pid, exit_code, sqlstate, message, started_at, at "
			"FROM pg_stat_bgworker_history ORDER BY number")), "two events")
	assert started[0] == "started" and started[2:6] == (None, None, None, None)
	assert ended[:5] == ("ended", started[1], 1, "22012", "test_dynamic: an error")
	assert ended[5] == started[6] <= ended[6]


def test_history_is_a_ring(launcher_cluster):
	cluster = launcher_cluster(bgworker_history_size=5)
	launcher = Launcher(cluster)
	for _ in range(6):
		launcher.do(f"shutdown {launcher.launch('name:brief,do:exit:0')}")
	numbers = [number for (number,) in cluster.query("SELECT number FROM pg_stat_bgworker_history")]
	assert numbers == [8, 9, 10, 11, 12]


def test_no_history(launcher_cluster):
	cluster = launcher_cluster(bgworker_history_size=0)
	launcher = Launcher(cluster)
	launcher.do(f"shutdown {launcher.launch('name:brief,do:exit:0')}")
	assert cluster.query("SELECT * FROM pg_stat_bgworker_history") == []


# ---- readers ----

def test_reading_needs_nobody(launcher_cluster):
	cluster = launcher_cluster()
	launcher = Launcher(cluster)
	_, pid = launcher.start("name:frozen,do:loop")
	wait_for_state(cluster, "frozen", "running")
	session = cluster.connect()
	postmaster = cluster.pid
	try:
		os.kill(pid, signal.SIGSTOP)
		os.kill(postmaster, signal.SIGSTOP)
		cursor = session.cursor()
		cursor.execute("SELECT state FROM pg_stat_bgworker WHERE resident_bytes > 0")
		assert cursor.fetchall() == [("running",)]
	finally:
		os.kill(postmaster, signal.SIGCONT)
		os.kill(pid, signal.SIGCONT)
	assert is_alive(pid)


def test_wait_events(launcher_cluster):
	cluster = launcher_cluster()
	launcher = Launcher(cluster)
	launcher.start("name:waiter,do:event:TestViewNap")
	cluster.wait_for_value("SELECT description FROM pg_wait_events WHERE type = 'Extension' "
						   "AND name = 'TestViewNap'",
						   'Waiting for custom wait event "TestViewNap" defined by a module.')
	assert cluster.value("SELECT description FROM pg_wait_events WHERE name = 'BgWorkerShutdown'") == (
		"Waiting for a background worker to end.")
	# Whatever processes wait for now has its line.
	assert cluster.query("SELECT a.wait_event FROM pg_stat_activity a LEFT JOIN pg_wait_events w "
						 "ON a.wait_event_type = w.type AND a.wait_event = w.name "
						 "WHERE a.wait_event IS NOT NULL AND w.name IS NULL") == []
