"""What one can rely on: no start is lost, slots follow a reload, readiness, references.

- Forks that fail at random under load, and signals that get lost, delay starts; in the end every worker runs,
  and none twice.
- max_worker_processes follows a reload in both directions; nobody who runs is ended.
- BackgroundWorkerReady and who waits for it; every wait with a timeout.
- References to workers work in any process, and never mean another worker.
"""

import collections
import contextlib
import os
import re
import signal
import subprocess
import tempfile
import threading

import psycopg2
import pytest

from harness import IS_POSTROOM, Launcher, child_pids, configure_launcher, title, wait_for

pytestmark = pytest.mark.skipif(not IS_POSTROOM, reason="about Postroom alone")


@pytest.fixture
def launcher_cluster(make_cluster, modules_dir):
	def make(start=True, **settings):
		cluster = configure_launcher(make_cluster(), modules_dir,
									 **{"max_worker_processes": 12, **settings})
		if start:
			cluster.start()
		return cluster
	return make


# ---- no start is lost ----

class Faults:
	"""Rates at which forks fail and signals to the postmaster get lost, in percent."""

	def __init__(self, cluster, library):
		self.path = os.path.join(cluster.root, "faults")
		self.env = {"LD_PRELOAD": library, "FAULTY_OS": self.path}

	def set(self, forks, signals):
		with open(self.path + ".new", "w", encoding="utf-8") as out:
			out.write(f"{forks} {signals}\n")
		os.chmod(self.path + ".new", 0o644)
		os.rename(self.path + ".new", self.path)


@pytest.fixture(scope="module")
def faulty_os(modules_dir):
	folder = tempfile.mkdtemp(prefix="postroom-faulty-", dir="/tmp")
	os.chmod(folder, 0o755)
	library = os.path.join(folder, "faulty_os.so")
	subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library,
					os.path.join(modules_dir, "faulty_os.c"), "-ldl"], check=True)
	return library


def titles(cluster):
	"""How often each worker runs, by its process title."""
	found = [re.match(r"postgres: (crowd \d+)", title(pid)) for pid in child_pids(cluster.pid)]
	return collections.Counter(match.group(1) for match in found if match)


def test_forks_fail_at_random_under_load(worker_cluster, faulty_os):
	cluster = worker_cluster("name:crowd,count:40,restart:0,do:loop", start=False,
							 max_worker_processes=60)
	faults = Faults(cluster, faulty_os)
	faults.set(0, 0)
	cluster.start(env=faults.env)
	faults.set(60, 0)
	stop = threading.Event()
	outcomes = collections.Counter()

	def client():
		while not stop.is_set():
			try:
				cluster.value("SELECT 1")
				outcomes["served"] += 1
			except psycopg2.Error:
				outcomes["refused"] += 1
	threads = [threading.Thread(target=client) for _ in range(2)]
	for thread in threads:
		thread.start()
	position = cluster.log_position()

	def disturb():
		"""Ends one that runs, so that it has to come again; true when enough forks have failed."""
		for pid in child_pids(cluster.pid):
			if title(pid).startswith("postgres: crowd"):
				with contextlib.suppress(ProcessLookupError):
					os.kill(pid, signal.SIGTERM)
				break
		return cluster.log_since(position).count("could not fork background worker process: Resource "
												 "temporarily unavailable") >= 60
	wait_for(disturb, "60 failures", interval=0.05)
	faults.set(0, 0)
	everybody = {f"crowd {number}": 1 for number in range(1, 41)}
	wait_for(lambda: titles(cluster) == everybody, "every worker, once")
	stop.set()
	for thread in threads:
		thread.join()
	assert outcomes["served"] > 0 and outcomes["refused"] > 0
	assert cluster.value("SELECT count(*) FROM pg_stat_bgworker WHERE state = 'running'") == 40
	assert cluster.value("SELECT count(*) > 0 FROM pg_stat_bgworker_history WHERE event = 'fork_failed'")
	cluster.stop()


def test_forks_fail_in_a_crash_cycle(worker_cluster, faulty_os):
	cluster = worker_cluster("name:one,restart:3600,do:when:{root}/one", start=False)
	faults = Faults(cluster, faulty_os)
	faults.set(0, 0)
	cluster.start(env=faults.env)
	cluster.wait_for_start("one")
	position = cluster.log_position()
	faults.set(100, 0)
	cluster.act("one", "segv")
	cluster.wait_for_log("could not fork startup process: Resource temporarily unavailable", position,
						 count=2)
	faults.set(0, 0)
	cluster.wait_for_start("one", position)
	cluster.wait_for_connection()


def test_a_failed_fork_is_a_reason(launcher_cluster, faulty_os):
	cluster = launcher_cluster(start=False)
	faults = Faults(cluster, faulty_os)
	faults.set(0, 0)
	cluster.start(env=faults.env)
	launcher = Launcher(cluster)
	session = cluster.connect()
	faults.set(100, 0)
	handle = launcher.launch("name:unborn,restart:3600")
	cursor = session.cursor()

	def reason():
		cursor.execute("SELECT state, reason, pid FROM pg_stat_bgworker WHERE name = 'unborn'")
		return cursor.fetchone() == ("backing_off", "could not be forked: Resource temporarily "
									 "unavailable", None)
	wait_for(reason, "the reason")
	assert launcher.do(f"pid {handle}") == "not yet started"
	faults.set(0, 0)
	assert launcher.do(f"startup {handle}").startswith("started ")


def test_lost_signals_lose_nothing(launcher_cluster, faulty_os):
	cluster = launcher_cluster(start=False)
	faults = Faults(cluster, faulty_os)
	faults.set(0, 0)
	cluster.start(env=faults.env)
	launcher = Launcher(cluster)
	faults.set(0, 100)
	handle = launcher.launch("name:unheard,do:loop")
	status = launcher.do(f"startup {handle}")
	assert status.startswith("started ")
	cluster.wait_for_value("SELECT state FROM pg_stat_bgworker WHERE name = 'unheard'", "running")
	launcher.do(f"terminate {handle}")
	assert launcher.do(f"shutdown {handle}") == "stopped"


# ---- places follow a reload ----

def reload_places(cluster, number):
	cluster.query(f"ALTER SYSTEM SET max_worker_processes = {number}")
	cluster.reload()
	cluster.wait_for_value("SHOW max_worker_processes", str(number))


def test_raising_and_lowering(launcher_cluster):
	cluster = launcher_cluster(max_worker_processes=2)
	launcher = Launcher(cluster)
	handles = [launcher.start(f"name:w{number},restart:0,do:when:{cluster.root}/w{number}")[0]
			   for number in range(2)]
	assert launcher.do("launch name:over") == "false"
	reload_places(cluster, 4)
	handles += [launcher.start(f"name:w{number},restart:0,do:when:{cluster.root}/w{number}")[0]
				for number in range(2, 4)]
	assert launcher.do("launch name:over") == "false"
	before = [launcher.do(f"pid {handle}") for handle in handles]
	reload_places(cluster, 1)
	assert launcher.do("launch name:over") == "false"
	assert [launcher.do(f"pid {handle}") for handle in handles] == before
	# Who ends while more are there than should be does not come again, until there is room.
	for number in range(3):
		cluster.act(f"w{number}", "exit:1")
		cluster.wait_for_value(f"SELECT state FROM pg_stat_bgworker WHERE name = 'w{number}'",
							   "waiting_for_slot")
	cluster.act("w3", "exit:1")
	cluster.wait_for_value("SELECT starts FROM pg_stat_bgworker WHERE name = 'w3'", 2)
	cluster.wait_for_value("SELECT count(*) FROM pg_stat_bgworker WHERE state = 'running'", 1)
	reload_places(cluster, 4)
	cluster.wait_for_value("SELECT count(*) FROM pg_stat_bgworker WHERE state = 'running'", 4)
	reload_places(cluster, 5)
	launcher.start("name:fifth")


def test_static_workers_beyond_the_limit_start_when_it_is_raised(worker_cluster):
	cluster = worker_cluster("name:many,count:5,do:loop", max_worker_processes=2)
	cluster.wait_for_value("SELECT count(*) FROM pg_stat_bgworker WHERE state = 'running'", 2)
	assert cluster.value("SELECT count(*) FROM pg_stat_bgworker WHERE state = 'waiting_for_slot'") == 3
	reload_places(cluster, 4)
	cluster.wait_for_value("SELECT count(*) FROM pg_stat_bgworker WHERE state = 'running'", 4)
	reload_places(cluster, 50)
	cluster.wait_for_value("SELECT count(*) FROM pg_stat_bgworker WHERE state = 'running'", 5)
	assert len(cluster.workers("many")) == 5


def test_more_places_than_shared_memory_has(launcher_cluster):
	cluster = launcher_cluster()
	position = cluster.log_position()
	cluster.configure(max_worker_processes=1025)
	cluster.reload()
	cluster.wait_for_log('invalid value for parameter "max_worker_processes": "?1025"?\n', position)
	cluster.wait_for_log("DETAIL:  This server has room for 1024 background workers; more need a restart",
						 position)
	assert cluster.value("SHOW max_worker_processes") == "12"
	cluster.restart()
	assert cluster.value("SHOW max_worker_processes") == "1025"
	reload_places(cluster, 3)
	reload_places(cluster, 1025)


def test_hundreds_after_a_reload(launcher_cluster):
	cluster = launcher_cluster(max_worker_processes=1)
	launcher = Launcher(cluster)
	reload_places(cluster, 300)
	handles = [launcher.launch(f"name:n{number},flags:s") for number in range(300)]
	assert launcher.do("launch name:over") == "false"
	cluster.wait_for_value("SELECT count(*) FROM pg_stat_bgworker WHERE state = 'running'", 300)
	cluster.wait_for_value("SELECT count(*) FROM pg_stat_activity WHERE backend_type LIKE 'n%'", 300)
	for handle in handles:
		launcher.do(f"terminate {handle}")
	for handle in handles:
		assert launcher.do(f"shutdown {handle}") == "stopped"


# ---- readiness and timeouts ----

def test_ready(launcher_cluster):
	cluster = launcher_cluster()
	launcher = Launcher(cluster)
	handle = launcher.launch(f"name:able,do:when:{cluster.root}/able")
	assert launcher.do(f"ready_for {handle} 50") == "timed out"
	cluster.act("able", "ready")
	assert launcher.do(f"ready_for {handle} 60000") == "started"
	launcher.do(f"terminate {handle}")
	assert launcher.do(f"shutdown {handle}") == "stopped"
	assert launcher.do(f"ready_for {handle} 60000") == "stopped"


def test_never_ready(launcher_cluster):
	cluster = launcher_cluster()
	launcher = Launcher(cluster)
	handle = launcher.launch("name:unable,restart:3600,do:exit:1")
	assert launcher.do(f"ready_for {handle} 60000") == "stopped"


def test_ready_without_shared_memory(launcher_cluster):
	cluster = launcher_cluster()
	launcher = Launcher(cluster)
	handle = launcher.launch("name:apart,flags:-,restart:0,do:ready")
	ask = "SELECT state, pid FROM pg_stat_bgworker WHERE name = 'apart'"
	assert launcher.do(f"ready_for {handle} 60000") == "started"
	state, pid = cluster.query(ask)[0]
	assert state == "ready"
	# Ready is a process, not a worker: the next one says so itself. Nobody else notices the death.
	os.kill(pid, signal.SIGKILL)
	wait_for(lambda: cluster.query(ask)[0][1] not in (None, pid), "another process")
	assert launcher.do(f"ready_for {handle} 60000") == "started"
	assert cluster.query(ask)[0][0] == "ready"
	assert "terminating any other active server processes" not in cluster.log()


def test_waits_with_a_timeout(launcher_cluster):
	cluster = launcher_cluster(start=False)
	cluster.write("standby.signal", "")
	cluster.start()
	launcher = Launcher(cluster)
	late = launcher.launch("name:late,start:finished")
	assert launcher.do(f"startup_for {late} 30") == "timed out"
	assert launcher.do(f"startup_for {late} 0") == "timed out"
	early = launcher.launch("name:early,start:consistent")
	assert launcher.do(f"startup_for {early} 60000").startswith("started ")
	assert launcher.do(f"shutdown_for {early} 30") == "timed out"
	launcher.do(f"terminate {early}")
	assert launcher.do(f"shutdown_for {early} 60000") == "stopped"


# ---- references ----

def test_a_reference_works_in_any_process(launcher_cluster):
	cluster = launcher_cluster()
	owner, other = Launcher(cluster), Launcher(cluster)
	owner.start("name:first")
	handle, pid = owner.start("name:shared,notify:0")
	reference = owner.do(f"ref {handle}")
	copy = other.do(f"open {reference}")
	assert other.do(f"pid {copy}") == f"started {pid}"
	owner.session.close()
	# Nobody tells this session, and it sees the end all the same.
	other.do(f"terminate {copy}")
	assert other.do(f"shutdown {copy}") == "stopped"
	assert other.do(f"ref {copy}") == "0 0"


def test_a_reference_never_means_another_worker(launcher_cluster):
	cluster = launcher_cluster(max_worker_processes=1)
	launcher = Launcher(cluster)
	references = []
	for _ in range(5):
		handle, _ = launcher.start("name:same,do:loop")
		references.append(launcher.do(f"ref {handle}"))
		launcher.do(f"terminate {handle}")
		launcher.do(f"shutdown {handle}")
	assert len(set(references)) == 5
	handle, pid = launcher.start("name:same,restart:0,do:loop")
	current = launcher.do(f"ref {handle}")
	for reference in references:
		assert launcher.do(f"pid {launcher.do('open ' + reference)}") == "stopped"
	# A crash leaves the reference what it was; a new life of the server makes it void.
	position = cluster.log_position()
	os.kill(pid, signal.SIGKILL)
	cluster.wait_for_log("all server processes terminated; reinitializing", position)
	cluster.wait_for_connection()
	launcher = Launcher(cluster)
	assert launcher.do(f"startup {launcher.do('open ' + current)}").startswith("started ")
	cluster.restart()
	launcher = Launcher(cluster)
	launcher.start("name:same,do:loop")
	for reference in [*references, current]:
		assert launcher.do(f"pid {launcher.do('open ' + reference)}") == "stopped"
