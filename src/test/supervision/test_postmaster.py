"""The postmaster: its lock files, its refusals to start, its titles, and what follows its death.

- postmaster.pid has PostgreSQL's lines and is locked: a live server is never joined by a second, also
  when only children of a killed postmaster are left; a stale file is recognised and replaced.
- postmaster.opts, socket lock files, a port in use.
- root, wrong permissions, a missing or foreign data directory: PostgreSQL's message, exit code 1.
- When the postmaster dies, every child is gone within a second, whatever it is doing.
- Every process says in its title what it is.
"""

import os
import re
import signal
import subprocess
import threading

import psycopg2
import pytest

from harness import child_pids, is_alive, ours, title, wait_for


def start_fails(cluster, *args, **kwargs):
	"""Starts the server in the foreground, which must end with exit code 1; returns what it says."""
	position = cluster.log_position()
	process = cluster.spawn(*args, **kwargs)
	assert process.wait(30) == 1
	return cluster.log_since(position)


# ---- lock files ----

def test_lines_of_postmaster_pid_and_opts(cluster):
	with open(os.path.join(cluster.data, "postmaster.pid"), encoding="utf-8") as pid_file:
		text = pid_file.read()
	lines = text.split("\n")
	started = cluster.value("SELECT extract(epoch FROM pg_postmaster_start_time())")
	assert is_alive(int(lines[0]))
	assert lines[1] == cluster.data
	assert abs(int(lines[2]) - float(started)) <= 2
	assert lines[3:6] == [str(cluster.port), cluster.root, ""]
	assert re.fullmatch(r" *\d+ +\d+", lines[6])
	assert re.fullmatch(r"ready *", lines[7])
	assert lines[8:] == [""]
	with open(os.path.join(cluster.data, "postmaster.opts"), encoding="utf-8") as opts:
		assert opts.read() == f'{cluster.bindir}/postgres "-D" "{cluster.data}"\n'


def test_socket_lock_file(cluster):
	path = os.path.join(cluster.root, f".s.PGSQL.{cluster.port}.lock")
	with open(path, encoding="utf-8") as lock:
		lines = lock.read().split("\n")
	assert lines[:5] == [str(cluster.pid), cluster.data, lines[2], str(cluster.port), cluster.root]
	cluster.stop()
	assert not [name for name in os.listdir(cluster.root) if name.startswith(".s.PGSQL")]
	assert not os.path.exists(os.path.join(cluster.data, "postmaster.pid"))


def test_a_live_server_is_refused(cluster):
	log = start_fails(cluster, "-c", "port=5433")
	assert 'FATAL:  lock file "postmaster.pid" already exists\n' in log
	assert (f'HINT:  Is another postmaster (PID {cluster.pid}) running in data directory '
			f'"{cluster.data}"?\n') in log
	assert cluster.value("SELECT 1") == 1
	second = cluster.run("pg_ctl", "-D", cluster.data, "-l", "/dev/null", "start", check=False)
	assert second.returncode == 1
	assert cluster.is_running()


def test_a_stale_lock_file_is_replaced(cluster):
	cluster.kill_all()
	assert os.path.exists(os.path.join(cluster.data, "postmaster.pid"))
	cluster.start()
	assert cluster.value("SELECT 1") == 1
	# A pid that another program has by now is no server of ours.
	cluster.kill_all()
	with open(os.path.join(cluster.data, "postmaster.pid"), encoding="utf-8") as pid_file:
		lines = pid_file.read().split("\n")
	bystander = subprocess.Popen(["/bin/sleep", "600"])
	try:
		cluster.write("postmaster.pid", "\n".join([str(bystander.pid), *lines[1:]]))
		cluster.start()
		assert cluster.value("SELECT 1") == 1
		assert bystander.poll() is None
	finally:
		bystander.kill()
		bystander.wait()


@pytest.mark.parametrize("content,message,hint", [
	("", 'lock file "postmaster.pid" is empty', "Either another server is starting, or the lock file "
	 "is the remnant of a previous server startup crash."),
	("nonsense\n", 'bogus data in lock file "postmaster.pid": "nonsense', None)])
def test_a_senseless_lock_file_is_refused(make_cluster, content, message, hint):
	cluster = make_cluster()
	cluster.write("postmaster.pid", content)
	log = start_fails(cluster)
	assert f"FATAL:  {message}" in log
	assert hint is None or f"HINT:  {hint}\n" in log


def test_no_second_server_while_a_child_of_a_killed_postmaster_lives(worker_cluster):
	cluster = worker_cluster("name:held,restart:0,do:loop")
	child = cluster.wait_for_start("held")
	# A stopped process cannot notice the postmaster's death, whatever it is told but SIGKILL.
	os.kill(child, signal.SIGSTOP)
	pid = cluster.pid
	os.kill(pid, signal.SIGKILL)
	wait_for(lambda: not is_alive(pid), "end of the postmaster")
	if not is_alive(child):
		pytest.skip("the kernel ends this server's children with their postmaster")
	log = start_fails(cluster)
	assert re.search(r"FATAL:  pre-existing shared memory block \(key \d+, ID \d+\) is still in use\n",
					 log)
	assert (f'HINT:  Terminate any old server processes associated with data directory '
			f'"{cluster.data}".\n') in log
	os.remove(os.path.join(cluster.data, "postmaster.pid"))
	start_fails(cluster)
	os.kill(child, signal.SIGKILL)
	wait_for(lambda: not is_alive(child), "end of the child")
	cluster.start()
	assert cluster.value("SELECT 1") == 1


def test_servers_started_at_once_leave_one(make_cluster):
	cluster = make_cluster()
	processes = [cluster.spawn("-c", f"port={5432 + number}") for number in range(4)]
	wait_for(lambda: sum(process.poll() is None for process in processes) == 1, "one server")
	assert sorted(process.poll() or 0 for process in processes) == [0, 1, 1, 1]
	alive = next(process for process in processes if process.poll() is None)
	wait_for(lambda: "ready to accept connections" in cluster.log(), "start")
	alive.send_signal(signal.SIGINT)
	assert alive.wait(20) == 0


# ---- refusals ----

def test_port_in_use(cluster, make_cluster):
	other = make_cluster()
	other.configure(unix_socket_directories=cluster.root)
	log = start_fails(other)
	assert re.search(rf'FATAL:  lock file "{cluster.root}/\.s\.PGSQL\.5432\.lock" already exists\n'
					 rf".*HINT:  Is another postmaster \(PID {cluster.pid}\) using socket file "
					 rf'"{cluster.root}/\.s\.PGSQL\.5432"\?\n', log)
	assert cluster.value("SELECT 1") == 1


def test_tcp_port_in_use(make_cluster):
	import socket
	with socket.socket() as taken:
		taken.bind(("127.0.0.1", 0))
		taken.listen()
		port = taken.getsockname()[1]
		cluster = make_cluster(settings={"listen_addresses": "127.0.0.1", "port": port})
		log = start_fails(cluster)
	assert f'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use\n' in log
	assert (f"HINT:  Is another postmaster already running on port {port}? If not, wait a few seconds "
			"and retry.\n") in log
	assert 'WARNING:  could not create listen socket for "127.0.0.1"\n' in log
	assert "FATAL:  could not create any TCP/IP sockets\n" in log


@pytest.mark.skipif(os.geteuid() != 0, reason="only root is root")
def test_root_is_refused(make_cluster):
	cluster = make_cluster()
	refused = subprocess.run([os.path.join(cluster.bindir, "postgres"), "-D", cluster.data],
							 capture_output=True, text=True, check=False)
	assert refused.returncode == 1
	assert refused.stderr == (
		'"root" execution of the PostgreSQL server is not permitted.\n'
		"The server must be started under an unprivileged user ID to prevent\n"
		"possible system security compromise.  See the documentation for\n"
		"more information on how to properly start the server.\n")


def test_permissions_of_the_data_directory(make_cluster):
	cluster = make_cluster()
	os.chmod(cluster.data, 0o755)
	log = start_fails(cluster)
	assert f'FATAL:  data directory "{cluster.data}" has invalid permissions\n' in log
	assert "DETAIL:  Permissions should be u=rwx (0700) or u=rwx,g=rx (0750).\n" in log
	os.chmod(cluster.data, 0o750)
	cluster.start()


def test_missing_and_foreign_data_directories(make_cluster):
	cluster = make_cluster()
	missing = os.path.join(cluster.root, "missing")
	refused = cluster.run("postgres", "-D", missing, check=False)
	assert refused.returncode in (1, 2)
	assert missing in refused.stderr
	controlled = cluster.run("pg_ctl", "-D", missing, "start", check=False)
	assert (controlled.returncode, controlled.stderr) == (
		1, f'pg_ctl: directory "{missing}" does not exist\n')
	os.remove(os.path.join(cluster.data, "PG_VERSION"))
	log = start_fails(cluster)
	assert f'FATAL:  "{cluster.data}" is not a valid data directory\n' in log
	assert f'DETAIL:  File "{cluster.data}/PG_VERSION" is missing.\n' in log
	cluster.write("PG_VERSION", "9.6\n")
	log = start_fails(cluster)
	assert "FATAL:  database files are incompatible with server\n" in log
	assert ("DETAIL:  The data directory was initialized by PostgreSQL version 9.6, which is not "
			"compatible with this version 15.") in log


@ours
def test_catalogs_of_another_version_are_refused(make_cluster):
	cluster = make_cluster()
	path = os.path.join(cluster.data, "global", "pg_control")
	with open(path, "rb") as control:
		content = bytearray(control.read())
	# magic, format, server version, system identifier, state; then the version of the catalogs.
	content[28:32] = (1).to_bytes(4, "little")
	content[48:52] = crc32c(content[:48]).to_bytes(4, "little")
	with open(path, "wb") as control:
		control.write(content)
	log = start_fails(cluster)
	assert "FATAL:  database files are incompatible with server\n" in log
	assert re.search(r"DETAIL:  The database cluster was initialized with CATALOG_VERSION_NO 1, but the server "
					 r"was compiled with CATALOG_VERSION_NO \d{9}\.\n", log)
	assert "HINT:  It looks like you need to initdb.\n" in log


def crc32c(content):
	crc = 0xFFFFFFFF
	for byte in content:
		crc ^= byte
		for _ in range(8):
			crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
	return crc ^ 0xFFFFFFFF


# ---- death of the postmaster ----

def test_all_children_follow_a_killed_postmaster_within_a_second(worker_cluster):
	cluster = worker_cluster("name:idle,restart:0,do:loop; name:spin,restart:0,do:spin")
	children_must_follow(cluster, ["idle"])


@ours
def test_stubborn_children_follow_as_well(worker_cluster):
	cluster = worker_cluster("name:idle,restart:0,do:loop; name:spin,restart:0,do:spin;"
							 "name:deaf,restart:0,do:deaf; name:stone,flags:s,restart:0,do:stone;"
							 "name:unwatched,restart:0,do:unwatched;"
							 "name:apart,flags:-,restart:0,do:loop;"
							 "name:apart_deaf,flags:-,restart:0,do:deaf")
	children_must_follow(cluster, ["idle", "spin", "deaf", "stone", "unwatched", "apart", "apart_deaf"])


def children_must_follow(cluster, names):
	workers = [cluster.wait_for_start(name) for name in names]
	idle, sleeping, holding = cluster.connect(), cluster.connect(), cluster.connect(autocommit=False)
	holding.cursor().execute("CREATE TABLE t (a int)")

	def nap():
		with pytest.raises(psycopg2.Error):
			sleeping.cursor().execute("SELECT pg_sleep(600)")
	sleeper = threading.Thread(target=nap)
	sleeper.start()
	cluster.wait_for_value("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'", 1)
	pid = cluster.pid
	children = [child for child in child_pids(pid)
				if names[-1] != "idle" or "spin" not in title(child)]
	assert set(workers) | {idle.info.backend_pid} <= set(children)
	os.kill(pid, signal.SIGKILL)
	try:
		wait_for(lambda: not any(is_alive(child) for child in children), "end of every child",
				 patience=1.5)
	finally:
		for child in children:
			if is_alive(child):
				os.kill(child, signal.SIGKILL)
		sleeper.join()
	for name in names:
		assert cluster.starts(name) == 1, "nobody is left to start it again"


# ---- titles ----

def test_titles(worker_cluster):
	cluster = worker_cluster("name:idler,restart:0,do:loop")
	worker = cluster.wait_for_start("idler")
	session = cluster.connect()
	backend = session.info.backend_pid
	assert title(worker) == "postgres: idler"
	assert title(backend) == "postgres: postgres postgres [local] idle"
	session.cursor().execute("BEGIN")
	wait_for(lambda: title(backend).endswith("[local] idle in transaction"), "title")
	titles = [title(child) for child in child_pids(cluster.pid)]
	assert "postgres: checkpointer" in titles
	assert title(cluster.pid).split()[0].endswith("/postgres")


def test_titles_show_the_cluster_name(worker_cluster):
	cluster = worker_cluster("name:idler,restart:0,do:loop", cluster_name="here")
	assert title(cluster.wait_for_start("idler")) == "postgres: here: idler"
