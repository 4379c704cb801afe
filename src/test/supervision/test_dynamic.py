"""Dynamic workers: what a handle tells, who is told what, and when a registration fails.

- States of a handle: not yet started, started with its pid, stopped; a restarted worker keeps its handle.
- A handle never means another worker, also when its slot is used again.
- WaitForBackgroundWorkerStartup and Shutdown return at once when it happens, and not before.
- TerminateBackgroundWorker ends and unregisters; pg_terminate_backend only ends.
- bgw_notify_pid is told, also where it is a worker without a database; a pid that is no child is no error.
- No free slot, or max_parallel_workers in use: false. Wrong fields: ERROR 22023.
- Over a crash those with BGW_NEVER_RESTART are forgotten, the others start again at once.
- Flags of the connect calls, interruptible workers, custom wait events.
"""

import os
import re
import signal
import threading

import psycopg2
import pytest

from harness import IS_POSTROOM, Launcher, child_pids, configure_launcher, is_alive, ours, wait_for

PREFIX = "%m [%p] %e "


@pytest.fixture
def launcher_cluster(make_cluster, modules_dir):
	"""A function that makes a cluster whose sessions can launch."""
	def make(start=True, **settings):
		cluster = configure_launcher(make_cluster(), modules_dir,
									 **{"max_worker_processes": 12, **settings})
		if not IS_POSTROOM:
			cluster.configure(max_logical_replication_workers=0)
		if start:
			cluster.start()
		return cluster
	return make


@pytest.fixture(scope="module")
def server(modules_dir):
	"""One server for all tests that leave no worker behind."""
	from harness import Cluster
	cluster = configure_launcher(Cluster(), modules_dir, max_worker_processes=12,
								 log_line_prefix=PREFIX, log_min_messages="debug1")
	cluster.start()
	yield cluster
	cluster.destroy()


@pytest.fixture
def launcher(server):
	made = Launcher(server)
	yield made
	made.session.close()


def started(cluster, name, start=0, count=1):
	"""Waits for a start of the worker; returns its pid."""
	match = cluster.wait_for_log(rf"\[(\d+)\][^\n]*test_dynamic: {re.escape(name)} started", start,
								 count)
	return int(match.group(1))


def up(cluster, launcher, name, keys):
	"""Launches and waits until its code runs; returns handle and pid."""
	position = cluster.log_position()
	handle, pid = launcher.start(f"name:{name},{keys}")
	assert started(cluster, name, position) == pid
	return handle, pid


# ---- states of a handle ----

def test_life_of_a_handle(server, launcher):
	position = server.log_position()
	handle = launcher.launch("name:life,type:living,do:loop")
	status = launcher.do(f"startup {handle}")
	pid = started(server, "life", position)
	assert status == launcher.do(f"pid {handle}") == f"started {pid}"
	assert launcher.do(f"type {pid}") == "living"
	assert server.workers("living") == [pid]
	assert launcher.do(f"terminate {handle}") == "told"
	assert launcher.do(f"shutdown {handle}") == "stopped"
	assert not is_alive(pid)
	assert launcher.do(f"pid {handle}") == "stopped"
	assert launcher.do(f"startup {handle}") == "stopped"
	assert launcher.do(f"type {pid}") == "none"
	server.wait_for_log(r"57P01 FATAL:  terminating background worker \"living\" due to administrator "
						r"command\n", position)
	server.wait_for_log(rf"LOG:  background worker \"living\" \(PID {pid}\) exited with exit code 1",
						position)


@ours
def test_a_type_that_is_no_text_is_the_name(server, launcher):
	"""Sources of 9.4 to 9.6 do not have it and leave in it what lay on the stack."""
	for number, left in enumerate(["\x01type", "type\x7f"]):
		handle, pid = launcher.start(f"name:typeless{number},type:{left},do:loop")
		assert launcher.do(f"type {pid}") == f"typeless{number}"
		launcher.do(f"terminate {handle}")


def test_extra_and_argument_arrive(server, launcher):
	position = server.log_position()
	handle, _ = launcher.start("name:arrives,do:when:/nowhere/at/all/with/a/path/that/is/long")
	server.wait_for_log("test_dynamic: arrives started, argument 4711, action "
						"when:/nowhere/at/all/with/a/path/that/is/long\n", position)
	launcher.do(f"terminate {handle}")
	launcher.do(f"shutdown {handle}")


@pytest.mark.parametrize("end", ["exit:0", "exit:1", "error"])
def test_never_restart_ends_for_good(server, launcher, end):
	position = server.log_position()
	handle = launcher.launch(f"name:once,do:{end}")
	assert launcher.do(f"shutdown {handle}") == "stopped"
	server.wait_for_log('unregistering background worker "once"', position)
	assert server.log_since(position).count("once started") == 1


def test_a_restarted_worker_keeps_its_handle(server, launcher):
	trigger = os.path.join(server.root, "again")
	handle, pid = up(server, launcher, "again", f"restart:0,do:when:{trigger}")
	for _ in range(3):
		position = server.log_position()
		server.act("again", "exit:1")
		new = started(server, "again", position)
		wait_for(lambda new=new: launcher.do(f"pid {handle}") == f"started {new}", "its new pid")
		assert new != pid
		pid = new
	server.act("again", "exit:0")
	assert launcher.do(f"shutdown {handle}") == "stopped"


def test_stopped_between_two_runs(server, launcher):
	trigger = os.path.join(server.root, "pause")
	handle, _ = up(server, launcher, "pause", f"restart:3600,do:when:{trigger}")
	position = server.log_position()
	server.act("pause", "exit:1")
	server.wait_for_log(r'background worker "pause" \(PID \d+\) exited with exit code 1', position)
	assert launcher.do(f"pid {handle}") == "stopped"
	assert launcher.do(f"shutdown {handle}") == "stopped"
	launcher.do(f"terminate {handle}")
	server.wait_for_log('unregistering background worker "pause"', position)


def test_pg_terminate_backend_does_not_unregister(server, launcher):
	position = server.log_position()
	handle, pid = up(server, launcher, "phoenix", "restart:0,do:loop")
	server.query("SELECT pg_terminate_backend(%s)", (pid,))
	assert started(server, "phoenix", position, count=2) != pid
	launcher.do(f"terminate {handle}")
	assert launcher.do(f"shutdown {handle}") == "stopped"
	assert server.log_since(position).count("phoenix started") == 2


def test_a_handle_never_means_the_next_worker_in_its_slot(server, launcher):
	handles = []
	for number in range(30):
		handle, _ = launcher.start(f"name:slot{number},do:loop")
		for old in handles:
			assert launcher.do(f"pid {old}") == "stopped"
			launcher.do(f"terminate {old}")
		assert launcher.do(f"pid {handle}").startswith("started ")
		launcher.do(f"terminate {handle}")
		assert launcher.do(f"shutdown {handle}") == "stopped"
		handles.append(handle)


def test_waits_are_visible_and_can_be_cancelled(server, launcher):
	handle, _ = launcher.start("name:waited,do:loop")
	pid = launcher.pid
	failures = []

	def wait():
		try:
			launcher.do(f"shutdown {handle}")
		except psycopg2.errors.QueryCanceled as failure:
			failures.append(failure)
	thread = threading.Thread(target=wait)
	thread.start()
	server.wait_for_value(f"SELECT wait_event FROM pg_stat_activity WHERE pid = {pid}",
						  "BgWorkerShutdown")
	server.query("SELECT pg_cancel_backend(%s)", (pid,))
	thread.join()
	assert failures
	launcher.do(f"terminate {handle}")
	assert launcher.do(f"shutdown {handle}") == "stopped"


# ---- not yet started ----

@pytest.fixture
def standby(launcher_cluster):
	"""A server in hot standby: workers that want to write are not yet started."""
	cluster = launcher_cluster(log_min_messages="debug1")
	cluster.stop()
	cluster.write("standby.signal", "")
	cluster.start()
	return cluster


def test_not_yet_started_until_its_phase_comes(standby):
	launcher = Launcher(standby)
	late = launcher.launch("name:late,start:finished")
	early, _ = launcher.start("name:early,start:consistent")
	assert launcher.do(f"pid {late}") == "not yet started"
	assert launcher.do(f"pid {early}").startswith("started ")
	standby.promote()
	assert launcher.do(f"startup {late}").startswith("started ")


def test_terminated_before_it_started(standby):
	launcher = Launcher(standby)
	position = standby.log_position()
	handle = launcher.launch("name:never,start:finished")
	assert launcher.do(f"pid {handle}") == "not yet started"
	launcher.do(f"terminate {handle}")
	assert launcher.do(f"startup {handle}") == launcher.do(f"shutdown {handle}") == "stopped"
	standby.wait_for_log('unregistering background worker "never"', position)
	standby.promote()
	launcher.start("name:other,start:finished")
	assert "never started" not in standby.log()


def test_fast_stop_while_somebody_waits_for_a_start(standby):
	launcher = Launcher(standby)
	handle = launcher.launch("name:late,start:finished")
	session = launcher.session

	def wait():
		with pytest.raises(psycopg2.Error):
			launcher.do(f"startup {handle}")
	thread = threading.Thread(target=wait)
	thread.start()
	standby.wait_for_value("SELECT wait_event FROM pg_stat_activity "
						   f"WHERE pid = {session.info.backend_pid}", "BgWorkerStartup")
	children = child_pids(standby.pid)
	standby.run("pg_ctl", "-D", standby.data, "-m", "fast", "-w", "stop")
	thread.join()
	assert not any(is_alive(child) for child in children)


def test_registered_while_the_server_stops(launcher_cluster):
	cluster = launcher_cluster()
	launcher = Launcher(cluster)
	up(cluster, launcher, "parent", "flags:s,do:late")
	launcher.session.close()
	cluster.stop("fast")
	assert "test_dynamic: parent saw startup: stopped\n" in cluster.log()
	assert "grandchild started" not in cluster.log()


def test_the_postmaster_dies_while_somebody_waits(launcher_cluster):
	cluster = launcher_cluster()
	launcher = Launcher(cluster)
	up(cluster, launcher, "watcher", "flags:s,do:watch")
	started(cluster, "grandchild")
	children = child_pids(cluster.pid)
	os.kill(cluster.pid, signal.SIGKILL)
	cluster.wait_for_log("test_dynamic: watcher saw shutdown: postmaster died\n")
	for child in children:
		wait_for(lambda child=child: not is_alive(child), "end of a child")


# ---- notices ----

def test_the_registrant_is_told_at_once(server, launcher):
	def launch_and_end():
		for _ in range(10):
			handle, _ = launcher.start("name:quick,do:loop")
			launcher.do(f"terminate {handle}")
			assert launcher.do(f"shutdown {handle}") == "stopped"
	assert server.seconds(launch_and_end) < 50


@ours
def test_a_worker_without_a_database_is_told(server, launcher):
	position = server.log_position()
	handle, _ = launcher.start("name:parent,flags:s,do:launch")
	# Ten launches. Without notices each would take one or two looks, ten seconds apart.
	assert server.seconds(lambda: server.wait_for_log("test_dynamic: parent saw shutdown: stopped\n",
													  position)) < 50
	launcher.do(f"terminate {handle}")
	assert launcher.do(f"shutdown {handle}") == "stopped"


def test_a_pid_that_is_no_child_is_no_error(server, launcher):
	position = server.log_position()
	handle = launcher.launch(f"name:stranger,notify:{os.getpid()},do:loop")
	server.wait_for_log(f"DEBUG:  worker notification PID {os.getpid()} is not valid\n", position)
	started(server, "stranger", position)
	launcher.do(f"terminate {handle}")
	wait_for(lambda: launcher.do(f"pid {handle}") == "stopped", "its end")


@pytest.mark.parametrize("how", ["leaves", "dies"])
def test_the_registrant_goes(launcher_cluster, how):
	cluster = launcher_cluster()
	launcher = Launcher(cluster)
	cluster_trigger = os.path.join(cluster.root, "orphan")
	_, pid = up(cluster, launcher, "orphan", f"restart:0,do:when:{cluster_trigger}")
	session = launcher.pid
	position = cluster.log_position()
	if how == "leaves":
		launcher.session.close()
		wait_for(lambda: not is_alive(session), "its end")
		assert is_alive(pid), "workers do not go with who launched them"
	else:
		os.kill(session, signal.SIGKILL)
		cluster.wait_for_log("all server processes terminated; reinitializing", position)
		started(cluster, "orphan", position)
	cluster.act("orphan", "exit:1")
	started(cluster, "orphan", position, count=1 if how == "leaves" else 2)
	cluster.wait_for_connection()


# ---- when a registration fails ----

ERRORS = {
	"early_database": ("start:postmaster", "cannot request database access if starting at "
					   "postmaster start"),
	"bad_interval": ("restart:86400001", "invalid restart interval"),
	"negative": ("restart:-2", "invalid restart interval"),
	"parallel": ("flags:sdp,restart:1", "parallel workers may not be configured for restart"),
	**({"interruptible": ("flags:si", "cannot make background workers interruptible without "
						  "database access")} if IS_POSTROOM else {}),
}


@pytest.mark.parametrize("name", ERRORS)
def test_wrong_fields_are_an_error(launcher, name):
	keys, message = ERRORS[name]
	with pytest.raises(psycopg2.errors.InvalidParameterValue) as failure:
		launcher.do(f"launch name:{name},{keys}")
	assert failure.value.diag.message_primary == f'background worker "{name}": {message}'


def test_no_free_slot_is_false_and_slots_come_back(launcher_cluster):
	cluster = launcher_cluster(max_worker_processes=3)
	launcher = Launcher(cluster)
	handles = [launcher.start(f"name:full{number}")[0] for number in range(3)]
	assert launcher.do("launch name:over") == "false"
	assert launcher.do("launch name:over") == "false"
	launcher.do(f"terminate {handles[1]}")
	launcher.do(f"shutdown {handles[1]}")
	# Told of the end, the slot can be used at once.
	handle, pid = launcher.start("name:next")
	assert launcher.do(f"pid {handle}") == f"started {pid}"
	assert launcher.do("launch name:over") == "false"
	assert "over started" not in cluster.log()


def test_a_worker_that_waits_for_its_restart_keeps_its_slot(launcher_cluster):
	cluster = launcher_cluster(max_worker_processes=1)
	launcher = Launcher(cluster)
	handle = launcher.launch("name:idle,restart:3600,do:exit:1")
	cluster.wait_for_log(r'background worker "idle" \(PID \d+\) exited with exit code 1')
	assert launcher.do("launch name:over") == "false"
	launcher.do(f"terminate {handle}")
	wait_for(lambda: launcher.do("launch name:over") != "false", "a free slot")


def test_parallel_workers_are_counted(launcher_cluster):
	cluster = launcher_cluster(max_parallel_workers=2)
	launcher = Launcher(cluster)
	handles = [launcher.start(f"name:p{number},flags:sdp")[0] for number in range(2)]
	assert launcher.do("launch name:over,flags:sdp") == "false"
	launcher.start("name:other")
	# max_parallel_workers is the session's own setting.
	cursor = launcher.session.cursor()
	cursor.execute("SET max_parallel_workers = 3")
	handles.append(launcher.start("name:p2,flags:sdp")[0])
	assert launcher.do("launch name:over,flags:sdp") == "false"
	cursor.execute("SET max_parallel_workers = 2")
	for _ in range(5):
		launcher.do(f"terminate {handles[0]}")
		launcher.do(f"shutdown {handles.pop(0)}")
		if len(handles) < 2:
			handles.append(launcher.start("name:again,flags:sdp")[0])
	assert launcher.do("launch name:over,flags:sdp") == "false"
	# None is lost in the count over a crash.
	position = cluster.log_position()
	os.kill(launcher.pid, signal.SIGKILL)
	cluster.wait_for_log("all server processes terminated; reinitializing", position)
	cluster.wait_for_connection()
	launcher = Launcher(cluster)
	for number in range(2):
		launcher.start(f"name:q{number},flags:sdp")
	assert launcher.do("launch name:over,flags:sdp") == "false"


def test_errors_at_start_are_the_workers_own(server, launcher):
	for keys, message in (
			("library:no_such_library", '58P01 ERROR:  could not access file "no_such_library": No such '
			 "file or directory"),
			("function:no_such_function", r'42883 ERROR:  could not find function "no_such_function" in '
			 'file "'),
			("db:nowhere", '3D000 FATAL:  database "nowhere" does not exist')):
		position = server.log_position()
		handle = launcher.launch(f"name:wrong,{keys}")
		assert launcher.do(f"shutdown {handle}") == "stopped"
		server.wait_for_log(message, position)
		server.wait_for_log(r'LOG:  background worker "wrong" \(PID \d+\) exited with exit code 1',
							position)


# ---- crash ----

def test_after_a_crash(launcher_cluster):
	cluster = launcher_cluster()
	launcher = Launcher(cluster)
	up(cluster, launcher, "forgotten", "do:loop")
	up(cluster, launcher, "patient", "restart:3600,do:loop")
	launcher.launch("name:ended,restart:3600,do:exit:1")
	cluster.wait_for_log(r'background worker "ended" \(PID \d+\) exited with exit code 1')
	_, victim = up(cluster, launcher, "victim", "restart:3600,do:loop")
	position = cluster.log_position()
	os.kill(victim, signal.SIGKILL)
	for name in ("patient", "ended", "victim"):
		started(cluster, name, position)
	cluster.wait_for_connection()
	assert "forgotten started" not in cluster.log_since(position)
	assert cluster.workers("forgotten") == []
	# All slots but those of the three are free.
	again = Launcher(cluster)
	handles = [again.start(f"name:new{number}")[0] for number in range(9)]
	assert again.do("launch name:over") == "false"
	assert len(handles) == 9


def test_not_yet_started_at_a_crash(standby):
	launcher = Launcher(standby)
	launcher.launch("name:forgotten,start:finished")
	launcher.launch("name:patient,start:finished,restart:3600")
	launcher.launch("name:witness,start:consistent,restart:3600")
	started(standby, "witness")
	position = standby.log_position()
	os.kill(launcher.pid, signal.SIGKILL)
	started(standby, "witness", position)
	standby.wait_for_connection()
	standby.promote()
	started(standby, "patient", position)
	standby.stop()
	assert "forgotten started" not in standby.log()


# ---- connecting ----

def test_bypass_of_connection_limits(server, launcher):
	server.query("CREATE DATABASE closed ALLOW_CONNECTIONS false")
	position = server.log_position()
	handle = launcher.launch("name:refused,db:closed")
	launcher.do(f"shutdown {handle}")
	server.wait_for_log('55000 FATAL:  database "closed" is not currently accepting connections\n',
						position)
	handle, pid = launcher.start("name:bypass,db:closed,bypass:a")
	server.wait_for_value(f"SELECT datname FROM pg_stat_activity WHERE pid = {pid}", "closed")
	launcher.do(f"terminate {handle}")
	launcher.do(f"shutdown {handle}")
	server.query("DROP DATABASE closed")


@ours
def test_bypass_of_the_role_that_may_not_log_in(server, launcher):
	server.query("CREATE ROLE mute")
	position = server.log_position()
	handle = launcher.launch("name:refused,user:mute")
	assert launcher.do(f"shutdown {handle}") == "stopped"
	server.wait_for_log('28000 FATAL:  role "mute" is not permitted to log in\n', position)
	handle, pid = launcher.start("name:allowed,user:mute,bypass:r")
	server.wait_for_value(f"SELECT usename FROM pg_stat_activity WHERE pid = {pid}", "mute")
	launcher.do(f"terminate {handle}")
	assert launcher.do(f"shutdown {handle}") == "stopped"
	server.query("DROP ROLE mute")


@ours
@pytest.mark.parametrize("command", ["DROP DATABASE doomed", "ALTER DATABASE doomed RENAME TO renamed",
									 "CREATE DATABASE copied TEMPLATE doomed"])
def test_interruptible_workers_make_way(launcher_cluster, command):
	cluster = launcher_cluster()
	cluster.query("CREATE DATABASE doomed")
	launcher = Launcher(cluster)
	handle, pid = launcher.start("name:polite,flags:sdi,restart:0,db:doomed")
	_, other = launcher.start("name:elsewhere,flags:sdi,restart:0,db:postgres")
	cluster.wait_for_value(f"SELECT datname FROM pg_stat_activity WHERE pid = {pid}", "doomed")
	cluster.query(command)
	assert launcher.do(f"shutdown {handle}") == "stopped"
	cluster.wait_for_log(r'FATAL:  terminating background worker "polite" due to administrator command')
	assert is_alive(other) and not is_alive(pid)
	assert cluster.log().count("polite started") == 1


@ours
def test_other_workers_are_in_the_way(launcher_cluster):
	cluster = launcher_cluster()
	cluster.query("CREATE DATABASE doomed")
	launcher = Launcher(cluster)
	_, pid = launcher.start("name:stubborn,restart:0,db:doomed")
	cluster.wait_for_value(f"SELECT datname FROM pg_stat_activity WHERE pid = {pid}", "doomed")
	with pytest.raises(psycopg2.errors.ObjectInUse):
		cluster.query("DROP DATABASE doomed")
	assert is_alive(pid)


@ours
def test_custom_wait_events(server, launcher):
	handle, pid = launcher.start("name:waiter,do:event:TestDynamicNap")
	server.wait_for_value(f"SELECT wait_event_type || ' ' || wait_event FROM pg_stat_activity "
						  f"WHERE pid = {pid}", "Extension TestDynamicNap")
	launcher.do(f"terminate {handle}")
	launcher.do(f"shutdown {handle}")
