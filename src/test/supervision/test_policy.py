"""pg_bgworker.conf: which worker is started again, when, and with what settings; the brake for those that crash.

- The first line that matches a worker decides; without a line everything is as registered.
- restart, done, failed, backoff, limit say what follows from an end; failed workers are left alone.
- A worker that crashes again and again is failed after bgworker_crash_limit crashes, and the server runs on.
- A bad file stops the start; at a reload it is told with its line, and the old rules stay.
- Settings reach the worker's process and survive a reload; quotas, order and priority hold.
- The same by the C API, and the file wins over it.
"""

import os
import re
import signal

import psycopg2
import pytest

from harness import Launcher, configure_launcher, is_alive, ours, wait_for

pytestmark = ours


def use(cluster, *lines):
	"""Puts these lines in force."""
	position = cluster.log_position()
	cluster.write("pg_bgworker.conf", "\n".join(lines) + "\n")
	cluster.reload()
	cluster.wait_for_log("received SIGHUP, reloading configuration files", position)
	# The reload is done before the next connection is accepted.
	cluster.value("SELECT 1")
	return position


def with_rules(worker_cluster, workers, *lines, **settings):
	cluster = worker_cluster(workers, start=False, **settings)
	cluster.write("pg_bgworker.conf", "\n".join(lines) + "\n")
	cluster.start()
	return cluster


def state(cluster, name):
	rows = cluster.query("SELECT state, reason FROM pg_stat_bgworker WHERE name = %s", (name,))
	return rows[0] if rows else (None, None)


def wait_for_state(cluster, name, wanted, reason=""):
	def matches():
		try:
			found, why = state(cluster, name)
		except psycopg2.Error:  # the server is in a crash cycle
			return False
		return found == wanted and re.search(reason, why or "")
	wait_for(matches, f"{name} to be {wanted} ({reason})")


def pauses(cluster, name):
	"""Seconds from each end of a worker to its next start."""
	ends = cluster.log_times(rf'background worker "{name}" \(PID \d+\) exited')
	starts = cluster.log_times(f"test_worker: {name} started")
	return [start - end for end, start in zip(ends, starts[1:])]


# ---- restart and exit codes ----

def test_restart_policies(worker_cluster):
	cluster = with_rules(
		worker_cluster,
		"name:always,restart:never,do:exit:0; name:fails,restart:never,do:exit:1;"
		"name:once,restart:0,do:exit:0; name:gives-up,restart:0,do:exit:1;"
		"name:plain,restart:never,do:exit:1; name:canary,restart:1,do:exit:1",
		"name always restart=always backoff=100ms",
		"name fails,once restart=on_failure backoff=100ms",
		"name gives-up restart=never")
	cluster.wait_for_start("always", count=3)
	cluster.wait_for_start("fails", count=3)
	cluster.wait_for_start("canary", count=3)
	for name in ("once", "gives-up", "plain"):
		assert cluster.starts(name) == 1, name
	assert state(cluster, "once") == ("stopped", "exit code 0")
	assert state(cluster, "gives-up") == ("failed", "exit code 1, restart is never")
	assert state(cluster, "plain") == (None, None), "as registered: unregistered"


def test_exit_codes_that_mean_something(worker_cluster):
	cluster = with_rules(
		worker_cluster,
		"name:done,restart:0,do:exit:3; name:hopeless,restart:0,do:exit:64; name:canary,restart:1,do:exit:1",
		"name done,hopeless done=3 failed=64-78")
	cluster.wait_for_start("canary", count=3)
	assert cluster.starts("done") == cluster.starts("hopeless") == 1
	assert state(cluster, "done") == ("stopped", "exit code 3 means done")
	assert state(cluster, "hopeless") == ("failed", "exit code 64 means permanent failure")
	assert "terminating any other" not in cluster.log(), "a code with a meaning is no crash"
	assert ('LOG:  background worker "hopeless" has failed: exit code 64 means permanent failure\n'
			in cluster.log())


def test_backoff_doubles_up_to_its_end(worker_cluster):
	cluster = with_rules(worker_cluster, "name:flaky,restart:3600,do:exit:1",
						 "name flaky backoff=200ms..800ms jitter=0")
	cluster.wait_for_start("flaky", count=6)
	cluster.stop("immediate")
	wanted = [0.2, 0.4, 0.8, 0.8, 0.8]
	found = pauses(cluster, "flaky")[:5]
	# The log's clock has milliseconds; a busy machine may be late, but never early.
	assert all(-0.002 < seen - least < 5 for seen, least in zip(found, wanted)), found
	assert len(found) == 5


def test_jitter_spreads_the_starts(worker_cluster):
	cluster = with_rules(worker_cluster, "name:flaky,restart:0,do:exit:1",
						 "name flaky backoff=1h..100h jitter=50")
	found = []
	for starts in range(1, 9):
		cluster.wait_for_value("SELECT state = 'backing_off' AND starts = %d FROM pg_stat_bgworker" % starts,
							   True)
		found.append(cluster.value(
			"SELECT extract(epoch FROM next_start_at - last_exit_at)::float8 FROM pg_stat_bgworker"))
		# By hand: its failures are forgotten, so each of them is the first.
		cluster.query("SELECT pg_bgworker_start('flaky', 0)")
	assert all(3599 < seconds < 5401 for seconds in found), found
	assert max(found) - min(found) > 10, "as good as impossible by chance"


def test_a_healthy_run_forgets_the_failures(worker_cluster):
	cluster = with_rules(worker_cluster, "name:well,restart:0,do:exit:1; name:ill,restart:0,do:exit:1",
						 "name well backoff=10ms healthy=1ms", "name ill backoff=10ms healthy=1h")
	for name in ("well", "ill"):
		cluster.wait_for_start(name, count=5)
	failures = dict(cluster.query("SELECT name, failures FROM pg_stat_bgworker"))
	assert failures["well"] == 1, "each run was longer than a millisecond"
	assert failures["ill"] >= 4


def test_limit_of_starts(worker_cluster):
	cluster = with_rules(worker_cluster, "name:flaky,restart:0,do:exit:1; name:canary,restart:1,do:exit:1",
						 "name flaky limit=4/10min")
	wait_for_state(cluster, "flaky", "failed", "exit code 1, 4 starts in 600 s")
	cluster.wait_for_start("canary", count=3)
	assert cluster.starts("flaky") == 4
	# By hand its row of starts begins anew.
	cluster.query("SELECT pg_bgworker_start('flaky', 0)")
	wait_for_state(cluster, "flaky", "failed")
	cluster.wait_for_start("flaky", count=8)
	assert cluster.starts("flaky") == 8


# ---- the brake ----

@pytest.mark.parametrize("action", ["segv", "exit:2", "_exit:1"])
def test_a_worker_that_crashes_at_start_is_left_alone(worker_cluster, action):
	cluster = worker_cluster(f"name:bad,flags:s,restart:0,do:{action}; name:good,flags:s,restart:0,do:loop",
							 bgworker_crash_limit=2)
	wait_for_state(cluster, "bad", "failed", r"3 crashes in 60 s")
	assert cluster.starts("bad") == 3
	assert cluster.log().count("all server processes terminated; reinitializing") == 3
	position = cluster.log_position()
	wait_for_state(cluster, "good", "running")
	assert cluster.value("SELECT 1") == 1
	assert "terminating any other" not in cluster.log_since(position)
	assert 'LOG:  background worker "bad" has failed: ' in cluster.log()
	assert "HINT:  It is not started again until pg_bgworker_start() is called." in cluster.log()


def test_the_brake_can_be_off(worker_cluster):
	cluster = worker_cluster("name:bad,flags:s,restart:0,do:segv", start=False, bgworker_crash_limit=0)
	cluster.start(check=False)
	cluster.wait_for_start("bad", count=9)
	assert "has failed" not in cluster.log()


def test_the_brake_holds_without_shared_memory(worker_cluster):
	cluster = worker_cluster("name:bad,flags:-,restart:0,do:segv", bgworker_crash_limit=3)
	wait_for_state(cluster, "bad", "failed", "signal 11, 4 crashes")
	assert cluster.starts("bad") == 4
	assert "terminating any other" not in cluster.log()


# ---- the file ----

def test_a_bad_file_is_told_and_the_old_rules_stay(worker_cluster):
	cluster = with_rules(worker_cluster, "name:w,restart:0,do:loop", "name w restart=never")
	cluster.wait_for_start("w")
	position = use(cluster, "# a comment", "name w restart=always", "name w restart=sometimes",
				   "name w set.work_mem=lots", "name w set.port=1")
	path = os.path.join(cluster.data, "pg_bgworker.conf")
	for line, message in ((3, 'invalid value for worker option "restart": "sometimes"'),
						  (4, 'invalid value for parameter "work_mem": "lots"'),
						  (5, 'parameter "port" cannot be changed without restarting the server')):
		assert (re.search(rf'LOG:  {re.escape(message)}\n[^\n]*CONTEXT:  line {line} of configuration file "{path}"\n',
						  cluster.log_since(position))), message
	assert f"LOG:  {path} was not reloaded\n" in cluster.log_since(position)
	assert cluster.query("SELECT line_number, type, pattern, options, error FROM pg_bgworker_file_rules") == [
		(2, "name", ["w"], ["restart=always"], None),
		(3, None, None, None, 'invalid value for worker option "restart": "sometimes"'),
		(4, None, None, None, 'invalid value for parameter "work_mem": "lots"'),
		(5, None, None, None, 'parameter "port" cannot be changed without restarting the server')]
	assert "restart=never" in cluster.value("SELECT policy FROM pg_stat_bgworker WHERE name = 'w'")
	# A file that is gone is as bad.
	os.unlink(path)
	position = cluster.log_position()
	cluster.reload()
	cluster.wait_for_log(f"{path} was not reloaded", position)
	assert "restart=never" in cluster.value("SELECT policy FROM pg_stat_bgworker WHERE name = 'w'")


def test_a_bad_file_stops_the_start(make_cluster):
	cluster = make_cluster()
	cluster.write("pg_bgworker.conf", "nonsense\n")
	process = cluster.spawn()
	assert process.wait(30) == 1
	path = os.path.join(cluster.data, "pg_bgworker.conf")
	assert 'LOG:  invalid rule type "nonsense"\n' in cluster.log()
	assert f"FATAL:  could not load {path}\n" in cluster.log()


def test_no_file_is_no_rule(make_cluster):
	cluster = make_cluster()
	os.unlink(os.path.join(cluster.data, "pg_bgworker.conf"))
	cluster.start()
	assert cluster.value("SELECT count(*) FROM pg_bgworker_file_rules") == 0


def test_the_file_of_initdb_says_nothing_and_its_examples_are_good(cluster):
	assert cluster.value("SELECT count(*) FROM pg_bgworker_file_rules") == 0
	with open(os.path.join(cluster.data, "pg_bgworker.conf"), encoding="utf-8") as sample:
		examples = [line[2:] for line in sample
					if re.match(r"# (name|library|database) .*=", line)]
	assert len(examples) == 3
	cluster.write("pg_bgworker.conf", "".join(examples))
	assert cluster.query("SELECT error FROM pg_bgworker_file_rules") == [(None,)] * 3


def test_rules_change_with_a_reload(worker_cluster):
	cluster = with_rules(worker_cluster, "name:w,restart:3600,do:when:{root}/w")
	cluster.wait_for_start("w")
	assert (cluster.value("SELECT policy FROM pg_stat_bgworker WHERE name = 'w'")
			== "as registered: restarted after 3600 s")
	use(cluster, "library test_* restart=always backoff=100ms")
	assert (cluster.value("SELECT policy FROM pg_stat_bgworker WHERE name = 'w'")
			== "line 1 of pg_bgworker.conf: restart=always backoff=100ms")
	position = cluster.log_position()
	cluster.act("w", "exit:0")
	cluster.wait_for_start("w", position)


# ---- settings ----

def test_settings_of_a_worker(worker_cluster):
	cluster = with_rules(worker_cluster, "name:one,restart:0,do:loop; name:two,restart:0,do:loop",
						 "name one set.test_worker.value=41 set.application_name=\"a, b\"")
	for name in ("one", "two"):
		cluster.wait_for_start(name)
	apps = dict(cluster.query("SELECT backend_type, application_name FROM pg_stat_activity"))
	assert apps["one"] == "a, b"
	assert apps["two"] == ""


# ---- quotas, order, priority ----

def test_quota_bounds_who_runs(worker_cluster):
	cluster = with_rules(worker_cluster, "name:crowd,count:5,restart:0,do:loop; name:other,restart:0,do:loop",
						 "name crowd* quota=2")
	cluster.wait_for_start("other")
	cluster.wait_for_value("SELECT count(*) FROM pg_stat_bgworker WHERE state = 'waiting_for_slot'", 3)
	assert len(cluster.workers("crowd")) == 2
	assert cluster.value("SELECT DISTINCT reason FROM pg_stat_bgworker WHERE state = 'waiting_for_slot'") == (
		"the quota of 2 of line 1 of pg_bgworker.conf is used up")
	use(cluster, "name crowd* quota=4")
	cluster.wait_for_value("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'crowd'", 4)
	# Lowering it ends nobody.
	use(cluster, "name crowd* quota=1")
	assert len(cluster.workers("crowd")) == 4
	use(cluster, "")
	cluster.wait_for_value("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'crowd'", 5)


def test_order_of_starts_and_stops(worker_cluster):
	names = ["third", "first", "second", "other"]
	cluster = with_rules(worker_cluster,
						 "; ".join(f"name:{name},flags:s,restart:0,do:loop" for name in names),
						 "name first order=1", "name second order=2", "name third order=30")

	# Not what they log: that is written a little after the main function is reached.
	def starts():
		return [name for (name,) in cluster.query(
			"SELECT name FROM pg_stat_bgworker_history WHERE event = 'started' AND name <> 'other' ORDER BY number")]
	for name in names:
		cluster.wait_for_start(name)
	assert starts() == ["first", "second", "third"]
	# The same after a crash.
	position = cluster.log_position()
	os.kill(cluster.workers("other")[0], 9)
	for name in names:
		cluster.wait_for_start(name, position)
	assert starts() == 2 * ["first", "second", "third"]
	position = cluster.log_position()
	cluster.stop("fast")
	ends = re.findall(r'FATAL:  terminating background worker "(\w+)"', cluster.log_since(position))
	assert [name for name in ends if name != "other"] == ["third", "second", "first"]


def test_a_lower_order_is_awaited_when_starting(make_cluster, modules_dir):
	cluster = configure_launcher(make_cluster(), modules_dir, max_worker_processes=8,
								 max_starting_workers=0)
	cluster.write("pg_bgworker.conf", "name slow order=1\nname behind order=2\n")
	cluster.start()
	launcher = Launcher(cluster)
	launcher.start(f"name:slow,do:slow:{cluster.root}/loaded")
	launcher.launch("name:behind,do:loop")
	launcher.start("name:free,do:loop")
	wait_for_state(cluster, "behind", "starting", "due, waits for workers of lower order")
	cluster.act("loaded", "")
	wait_for_state(cluster, "behind", "running")


def test_a_higher_order_is_awaited_when_stopping(worker_cluster):
	# Without shared memory, so that its death by a signal is no crash of the server.
	cluster = with_rules(worker_cluster,
						 "name:base,flags:s,restart:0,do:loop; name:top,flags:-,restart:0,do:deaf",
						 "name base order=1", "name top order=2")
	base, top = cluster.wait_for_start("base"), cluster.wait_for_start("top")
	wait_for(lambda: ignores(top, signal.SIGTERM), "the worker to turn deaf")
	server = cluster.pid
	cluster.close_connections()
	os.kill(server, signal.SIGINT)
	cluster.wait_for_log("received fast shutdown request")
	# A client that comes now is told so: what was to be signalled at once has been.
	wait_for(lambda: refuses(cluster), "the stop to begin")
	assert is_alive(base)
	assert 'terminating background worker "base"' not in cluster.log()
	os.kill(top, signal.SIGKILL)
	wait_for(lambda: not is_alive(server), "the end of the server")
	assert 'terminating background worker "base"' in cluster.log()


def ignores(pid, number):
	with open(f"/proc/{pid}/status", encoding="utf-8") as status:
		mask = int(re.search(r"SigIgn:\s*(\w+)", status.read()).group(1), 16)
	return mask & 1 << number - 1


def refuses(cluster):
	try:
		cluster.connect().close()
	except psycopg2.OperationalError as error:
		return "the database system is shutting down" in str(error)
	return False


def test_priority_for_places(worker_cluster):
	"""Two places for four workers: who waits gets one by priority, not by its turn."""
	cluster = with_rules(worker_cluster,
						 "; ".join(f"name:{name},restart:3600,do:when:{{root}}/{name}"
								   for name in ("low", "high", "middle", "a", "b")),
						 "name high priority=10", "name middle priority=5", "name a priority=1", "name low priority=-1",
						 max_worker_processes=2)
	waiting = "SELECT name FROM pg_stat_bgworker WHERE state = 'waiting_for_slot' ORDER BY name"
	cluster.wait_for_value(f"SELECT count(*) FROM ({waiting}) AS w", 3)
	holders = {"low", "high", "middle", "a", "b"} - {name for (name,) in cluster.query(waiting)}
	order = [name for name in ("high", "middle", "a", "b", "low") if name not in holders]
	for name, leaver in zip(order[:2], sorted(holders)):
		position = cluster.log_position()
		cluster.act(leaver, "exit:0")
		cluster.wait_for_start(name, position)


# ---- databases, dynamic workers ----

def test_rules_by_database(worker_cluster):
	cluster = worker_cluster("name:mine,restart:3600,do:when:{root}/mine; name:other,db:other,restart:3600,do:when:{root}/other",
							 start=False)
	cluster.write("pg_bgworker.conf", "database other restart=always backoff=100ms set.application_name=theirs\n"
				  "name * set.application_name=all\n")
	cluster.start()
	cluster.query("CREATE DATABASE other")
	cluster.query("SELECT pg_bgworker_start('other')")
	cluster.wait_for_start("other")
	cluster.wait_for_value("SELECT application_name FROM pg_stat_activity WHERE backend_type = 'other'", "theirs")
	assert cluster.value("SELECT application_name FROM pg_stat_activity WHERE backend_type = 'mine'") == "all"
	position = cluster.log_position()
	cluster.act("other", "exit:0")
	cluster.wait_for_start("other", position)


def test_quota_of_a_database(worker_cluster):
	cluster = with_rules(worker_cluster, "name:crowd,count:3,restart:0,do:loop; name:shared,flags:s,restart:0,do:loop",
						 "database postgres quota=2")
	cluster.wait_for_value("SELECT count(*) FROM pg_stat_bgworker WHERE name LIKE 'crowd%' AND "
						   "state = 'running'", 2)
	wait_for(lambda: cluster.value("SELECT reason FROM pg_stat_bgworker WHERE state = 'waiting_for_slot'")
			 == "the quota of 2 of line 1 of pg_bgworker.conf is used up", "one to wait")
	assert 'FATAL:  too many background workers for database "postgres"\n' in cluster.log()


def test_quota_of_a_library_holds_for_dynamic_workers(make_cluster, modules_dir):
	cluster = configure_launcher(make_cluster(), modules_dir, max_worker_processes=20)
	cluster.write("pg_bgworker.conf", "library test_* quota=3\n")
	cluster.start()
	launcher = Launcher(cluster)
	handles = [launcher.launch(f"name:w{i},flags:s,do:loop") for i in range(3)]
	assert launcher.do("launch name:w4,flags:s,do:loop") == "false"
	# A session that was there before hears of new rules.
	use(cluster, "library test_* quota=4")
	launcher.start("name:w4,flags:s,do:loop")
	assert launcher.do("launch name:w5,flags:s,do:loop") == "false"
	launcher.do(f"terminate {handles[0]}")
	launcher.do(f"shutdown {handles[0]}")
	launcher.start("name:w5,flags:s,do:loop")


# ---- the C API ----

def test_policy_given_at_registration(worker_cluster):
	cluster = with_rules(
		worker_cluster,
		"name:eager,restart:never,policy:always,do:exit:0; name:ready,restart:0,policy:always,do:exit:3;"
		"name:ruled,restart:0,policy:always,do:exit:0; name:bad,policy:nonsense,do:loop;"
		"name:idle,restart:0,policy:never,do:loop",
		"name ruled restart=never")
	cluster.wait_for_start("eager", count=3)
	wait_for_state(cluster, "ready", "stopped", "exit code 3 means done")
	wait_for_state(cluster, "ruled", "stopped", "exit code 0")
	assert cluster.starts("ready") == cluster.starts("ruled") == 1
	assert cluster.starts("bad") == 0
	assert 'LOG:  background worker "bad": invalid back-off\n' in cluster.log()
	cluster.wait_for_value("SELECT application_name FROM pg_stat_activity WHERE backend_type = 'idle'", "own")
	policies = dict(cluster.query("SELECT name, policy FROM pg_stat_bgworker"))
	assert policies["eager"] == "restart=always done=3 backoff=100ms"
	assert policies["ruled"] == "line 1 of pg_bgworker.conf: restart=never done=3 backoff=100ms"
