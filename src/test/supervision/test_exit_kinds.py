"""How the end of a worker is read: each exit kind, for each kind of worker.

- Exit code 0 and a return from main: never again, whatever the restart interval is, and no word in
  the log.
- Exit code 1, ERROR, FATAL: one LOG line; again after the interval, or never (BGW_NEVER_RESTART).
- Any other code, a signal, or leaving without detaching from shared memory: of a worker with shared
  memory a crash of the server, after which every other worker starts again at once and the
  BGW_NEVER_RESTART ones are forgotten; of a worker without shared memory nothing but its own restart.
"""

import os
import re

import psycopg2
import pytest

from harness import IS_POSTROOM, build_module, is_alive, ours, wait_for

#: Kind of worker: the flags of its registration.
KINDS = {"database": "sd", "shmem": "s", **({"none": "-"} if IS_POSTROOM else {})}

#: One worker crashes more often here than a server should bear.
NO_BRAKE = {"bgworker_crash_limit": 0} if IS_POSTROOM else {}

#: What the worker does, and how the postmaster's log calls it.
CRASHES = {
	"exit:2": "exited with exit code 2",
	"exit:255": "exited with exit code 255",
	"segv": "was terminated by signal 11: Segmentation fault",
	"kill": "was terminated by signal 9: Killed",
	"abort": "was terminated by signal 6: Aborted",
	"panic": "was terminated by signal 6: Aborted",
	"_exit:0": "exited with exit code 0",
	"_exit:1": "exited with exit code 1",
}


def specs(names_and_fields):
	return "; ".join(f"name:{name},{fields}" for name, fields in names_and_fields)


def test_exit_code_0_ends_a_worker_for_ever(worker_cluster):
	workers = [(f"{kind}-{action.split(':')[0]}", f"flags:{flags},restart:0,do:{action}")
			   for kind, flags in KINDS.items() for action in ("exit:0", "return")]
	canary = [("canary", "restart:1,do:exit:1")]
	cluster = worker_cluster(specs(canary + workers))
	cluster.wait_for_start("canary", count=2)
	for name, _ in workers:
		assert cluster.starts(name) == 1, name
		assert f'"{name}" (PID' not in cluster.log(), "exit code 0 is no news"
	assert "terminating any other" not in cluster.log()


def test_exit_code_1_restarts_a_worker_or_never(worker_cluster):
	actions = {"exit": "exit:1", "error": "error", "fatal": "fatal"}
	again = [(f"{kind}-{name}", f"flags:{flags},restart:1,do:{action}")
			 for kind, flags in KINDS.items() for name, action in actions.items()]
	once = [(f"{kind}-{name}-once", f"flags:{flags},restart:never,do:{action}")
			for kind, flags in KINDS.items() for name, action in actions.items()]
	cluster = worker_cluster(specs(again + once))
	for name, _ in again:
		cluster.wait_for_start(name, count=2)
		cluster.wait_for_log(
			rf'LOG:  background worker "{name}" \(PID \d+\) exited with exit code 1\n')
	for name, _ in once:
		assert cluster.starts(name) == 1, name
		assert len(re.findall(rf'"{name}" \(PID \d+\) exited with exit code 1\n',
							  cluster.log())) == 1
	assert "ERROR:  test_worker: an error" in cluster.log()
	assert "FATAL:  test_worker: a fatal error" in cluster.log()
	assert "terminating any other" not in cluster.log()
	assert cluster.value("SELECT 1") == 1


@pytest.fixture(scope="module")
def crashing(module_worker_cluster):
	"""One server for all crashes: each leaves it as it was."""
	return module_worker_cluster(specs([
		("database", "flags:sd,restart:3600,do:when:{root}/database"),
		("shmem", "flags:s,restart:3600,do:when:{root}/shmem"),
		("neighbour", "flags:s,restart:3600,do:loop")]), **NO_BRAKE)


@pytest.mark.parametrize("kind", ["database", "shmem"])
@pytest.mark.parametrize("action", CRASHES)
def test_crash_of_a_shared_memory_worker_restarts_everything(crashing, kind, action):
	crashing.wait_for_connection()
	session = crashing.connect()
	session_pid = session.info.backend_pid
	crashing.wait_for_value("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'database'",
							1)
	position = crashing.log_position()
	crashing.act(kind, action)
	for pattern in (rf'LOG:  background worker "{kind}" \(PID \d+\) {CRASHES[action]}\n',
					r"LOG:  terminating any other active server processes\n",
					r"LOG:  all server processes terminated; reinitializing\n"):
		position = crashing.wait_for_log(pattern, position).end()
	crashing.wait_for_log(r"LOG:  database system is ready to accept connections\n", position)
	with pytest.raises(psycopg2.Error):
		session.cursor().execute("SELECT 1")
	wait_for(lambda: not is_alive(session_pid), "end of the session")
	# At once, though their interval is an hour.
	for name in ("database", "shmem", "neighbour"):
		crashing.wait_for_start(name, position)


def test_a_crashed_worker_that_must_not_restart_is_forgotten(worker_cluster):
	cluster = worker_cluster(specs([
		("once", "restart:never,do:when:{root}/once"),
		("bystander", "restart:never,do:loop"),
		("comrade", "restart:3600,do:loop")]))
	for name in ("once", "bystander", "comrade"):
		cluster.wait_for_start(name)
	position = cluster.log_position()
	cluster.act("once")
	cluster.wait_for_start("comrade", position)
	cluster.wait_for_connection()
	assert cluster.workers("comrade")
	# comrade is the last in the list, the others would have started before it.
	assert cluster.starts("once", position) == 0
	assert cluster.starts("bystander", position) == 0


@ours
@pytest.mark.parametrize("action", [action for action in CRASHES if action != "_exit:0"])
def test_crash_of_a_worker_without_shared_memory_is_its_own_affair(isolated, action):
	session = isolated.connect()
	position = isolated.log_position()
	isolated.act("none", action)
	isolated.wait_for_log(rf'LOG:  background worker "none" \(PID \d+\) {CRASHES[action]}\n',
						  position)
	isolated.wait_for_start("none", position)
	ended, started = (isolated.log_times(pattern, position)[0]
					  for pattern in ('worker "none"', "none started"))
	assert started - ended > 0.9, "it is braked like any other"
	cursor = session.cursor()
	cursor.execute("SELECT 1")
	assert cursor.fetchone() == (1,)
	assert "terminating any other" not in isolated.log()
	assert isolated.starts("neighbour") == 1


@ours
def test_killed_worker_without_shared_memory_leaves_sessions_alone(isolated):
	session = isolated.connect()
	position = isolated.log_position()
	pid = int(isolated.wait_for_log(r"\[(\d+)\][^\n]*none started", 0,
									isolated.starts("none")).group(1))
	os.kill(pid, 9)
	isolated.wait_for_start("none", position)
	cursor = session.cursor()
	cursor.execute("SELECT 1")
	assert cursor.fetchone() == (1,)


@pytest.fixture(scope="module")
def isolated(module_worker_cluster):
	cluster = module_worker_cluster(specs([
		("none", "flags:-,restart:1,do:when:{root}/none"),
		("neighbour", "flags:s,restart:0,do:loop")]), **NO_BRAKE)
	cluster.wait_for_start("none")
	cluster.wait_for_start("neighbour")
	return cluster


@pytest.mark.parametrize("words, flags", [("handler", ""), ("buffer", ""),
										  ("destructor", "-DLAST_DESTRUCTOR")])
def test_a_module_has_the_last_word(cluster, modules_dir, words, flags):
	"""Handlers of exit(3), destructors and buffers of stdio have their turn when a process ends."""
	library = build_module(os.path.join(modules_dir, "last_words.c"), cppflags=flags)
	cluster.query(f"CREATE FUNCTION last_words(text) RETURNS void AS '{library}' LANGUAGE C STRICT")
	cluster.query("SELECT last_words(%s)", (words,))
	cluster.wait_for_log(f"last words: {words}")
