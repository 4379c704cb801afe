"""What happens at the limits: connections, slots, processes, hundreds of workers.

- max_connections and superuser_reserved_connections, refused with 53300 and PostgreSQL's words;
  places come free when sessions end, however they end.
- Clients that come faster than the postmaster can fork do not keep it from anything else.
- A fork that fails is logged; the connection is refused, a worker's launch is retried, never lost.
- max_starting_workers workers at most are starting at one time.
- Clients that wait are served before another worker is started.
- 500 workers waiting to start: all start, none twice, and connections are answered meanwhile.
"""

import contextlib
import os
import random
import re
import signal
import socket
import subprocess
import threading

import psycopg2
import pytest

from harness import IS_POSTROOM, Wire, child_pids, is_alive, ours, wait_for


# ---- connections ----

def test_too_many_clients(make_cluster):
	cluster = make_cluster(settings={"max_connections": 5, "superuser_reserved_connections": 0})
	cluster.start()
	sessions = [cluster.connect() for _ in range(5)]
	for _ in range(3):
		with pytest.raises(psycopg2.OperationalError, match="FATAL:  sorry, too many clients already"):
			cluster.connect()
	sessions.pop().close()
	wait_for(lambda: connects(cluster), "a free place")
	os.kill(sessions.pop().info.backend_pid, signal.SIGTERM)
	wait_for(lambda: connects(cluster), "a free place after an early end")
	for session in sessions:
		session.cursor().execute("SELECT 1")


def test_flood_of_clients_does_not_keep_the_postmaster_from_its_work(cluster):
	victim, stop = cluster.connect(), threading.Event()

	def flood():
		while not stop.is_set():
			with socket.socket(socket.AF_UNIX) as client, contextlib.suppress(OSError):
				client.connect(os.path.join(cluster.root, f".s.PGSQL.{cluster.port}"))
	threads = [threading.Thread(target=flood) for _ in range(2)]
	for thread in threads:
		thread.start()
	try:
		os.kill(victim.info.backend_pid, signal.SIGKILL)
		cluster.wait_for_log("all server processes terminated; reinitializing")
		cluster.stop("fast")
	finally:
		stop.set()
		for thread in threads:
			thread.join()


def connects(cluster):
	try:
		cluster.connect().close()
		return True
	except psycopg2.OperationalError:
		return False


@pytest.mark.skipif(IS_POSTROOM, reason="one role only, a superuser")
def test_reserved_connections(make_cluster):
	cluster = make_cluster(settings={"max_connections": 5, "superuser_reserved_connections": 2})
	cluster.start()
	cluster.query("CREATE ROLE guest LOGIN")
	guests = [cluster.connect(user="guest") for _ in range(3)]
	with pytest.raises(psycopg2.OperationalError, match="remaining connection slots are reserved for"):
		cluster.connect(user="guest")
	cluster.connect()
	assert len(guests) == 3


def test_reserved_connections_must_leave_room(make_cluster):
	cluster = make_cluster(settings={"max_connections": 3, "superuser_reserved_connections": 3})
	process = cluster.spawn()
	assert process.wait(30) == 1
	assert re.search(r"superuser_reserved_connections\"? \(3\) must be less than \"?max_connections\"? "
					 r"\(3\)\n", cluster.log())


def test_superuser_gets_the_reserved_connections(make_cluster):
	cluster = make_cluster(settings={"max_connections": 4, "superuser_reserved_connections": 3})
	cluster.start()
	sessions = [cluster.connect() for _ in range(4)]
	assert len({session.info.backend_pid for session in sessions}) == 4
	assert not connects(cluster)


def test_connections_do_not_take_slots_of_workers(worker_cluster):
	cluster = worker_cluster("name:late,restart:1,do:when:{root}/late", max_connections=4,
							 superuser_reserved_connections=0, max_worker_processes=1)
	cluster.wait_for_start("late")
	sessions = [cluster.connect() for _ in range(4)]
	cluster.act("late", "exit:1")
	cluster.wait_for_start("late", count=2)
	assert len(sessions) == 4


# ---- fork ----

@pytest.fixture
def lonely(request, worker_cluster):
	"""A server whose user has no other process, so that its number of processes can be limited."""
	if os.geteuid() != 0:
		pytest.skip("needs a user of its own")
	cluster = worker_cluster("name:steady,restart:1,do:when:{root}/steady", start=False,
							 **({"max_starting_workers": 1} if IS_POSTROOM else {}))
	uid = random.randrange(200000, 900000)
	subprocess.run(["chown", "-R", f"{uid}:{uid}", cluster.root], check=True)
	process = cluster.spawn(user=uid, group=uid, extra_groups=[])

	def end():
		if process.poll() is None:
			process.send_signal(signal.SIGQUIT)
			process.wait(30)
	request.addfinalizer(end)
	cluster.wait_for_connection()
	cluster.wait_for_start("steady")
	return cluster, process


def limit_processes(process, soft):
	"""Sets how many processes the server's user may have; only that user is allowed to."""
	uid = os.stat(f"/proc/{process.pid}").st_uid
	subprocess.run(["prlimit", f"--pid={process.pid}", f"--nproc={soft}:"], check=True, user=uid,
				   group=uid, extra_groups=[])


def test_failed_fork_is_logged_and_the_launch_is_never_lost(lonely):
	cluster, process = lonely
	session = cluster.connect()
	position = cluster.log_position()
	limit_processes(process, "1")
	with pytest.raises(psycopg2.OperationalError, match="could not fork new process for connection: "):
		cluster.connect()
	cluster.wait_for_log("LOG:  could not fork new process for connection: "
						 "Resource temporarily unavailable", position)
	cluster.act("steady", "exit:1")
	cluster.wait_for_log(r"LOG:  could not fork (background )?worker process: "
						 "Resource temporarily unavailable", position, count=2)
	session.cursor().execute("SELECT 1")
	limit_processes(process, "1000")
	cluster.wait_for_start("steady", position)
	cluster.wait_for_connection()
	failures = cluster.log_times("could not fork (background )?worker process", position)
	assert all(later - earlier >= 0.9 for earlier, later in zip(failures, failures[1:])), \
		"it is retried after the restart interval, not in a hot loop"
	assert "terminating any other" not in cluster.log()


# ---- many workers ----

@ours
def test_at_most_max_starting_workers_are_starting(worker_cluster):
	cluster = worker_cluster("name:many,count:40,restart:3600,do:loop", max_worker_processes=40,
							 max_starting_workers=2, log_min_messages="debug1")
	cluster.wait_for_log("test_worker: many \\d+ started", count=40)
	events = re.findall(r'starting background worker process "many|test_worker: many \d+ started',
						cluster.log())
	starting = highest = 0
	for event in events:
		starting += 1 if event.startswith("starting") else -1
		highest = max(highest, starting)
	# The line of a worker may come after its message to the postmaster: the slack is for those.
	assert highest <= 2 + 4
	assert cluster.value("SHOW max_starting_workers") == "2"


@ours
def test_waiting_clients_come_before_the_next_worker(worker_cluster):
	cluster = worker_cluster("name:crowd,count:100,restart:3600,do:loop", start=False,
							 max_worker_processes=100, max_starting_workers=100)
	while True:
		process = cluster.spawn()
		wait_for(lambda: len(child_pids(process.pid)) > 8, "the first workers", interval=0.001)
		process.send_signal(signal.SIGSTOP)
		before = child_pids(process.pid)
		if len(before) < 80:
			break
		# It was quicker than we are.
		cluster.kill_all()
		process.wait()
	clients = [Wire(cluster) for _ in range(5)]
	process.send_signal(signal.SIGCONT)
	for client in clients:
		client.login()
	# The kernel lists children in the order of their births.
	born = child_pids(process.pid)
	last = max(born.index(client.key[0]) for client in clients)
	workers_first = set(born[:last]) - set(before) - {client.key[0] for client in clients}
	assert len(workers_first) <= 2, "one may be under way, one may be next"
	cluster.wait_for_log("test_worker: crowd \\d+ started", count=100)
	for client in clients:
		client.close()


def test_500_workers_start_once_each_while_clients_are_answered(worker_cluster):
	cluster = worker_cluster("name:crowd,count:500,restart:3600,do:loop", start=False,
							 max_worker_processes=500, max_connections=20)
	cluster.start()
	answers, stop = [], threading.Event()

	def client():
		while not stop.is_set():
			answers.append(cluster.seconds(lambda: cluster.value("SELECT 1")))
	thread = threading.Thread(target=client)
	thread.start()
	cluster.wait_for_log("test_worker: crowd \\d+ started", count=500)
	stop.set()
	thread.join()
	names = re.findall(r"test_worker: (crowd \d+) started", cluster.log())
	assert len(names) == len(set(names)) == 500
	assert cluster.value("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'crowd'") == 500
	assert answers  # how soon each came, and how soon all are gone, the benchmarks measure
	children = child_pids(cluster.pid)
	cluster.stop("fast")
	assert not any(is_alive(child) for child in children)


def test_100_workers_are_back_after_a_crash(worker_cluster):
	cluster = worker_cluster("name:crowd,count:100,restart:3600,do:loop", max_worker_processes=100)
	cluster.wait_for_log("test_worker: crowd \\d+ started", count=100)
	position = cluster.log_position()
	os.kill(cluster.workers("crowd")[50], signal.SIGKILL)
	cluster.wait_for_log("test_worker: crowd \\d+ started", position, count=100)
	cluster.wait_for_value("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'crowd'", 100)
	names = re.findall(r"test_worker: (crowd \d+) started", cluster.log_since(position))
	assert len(names) == len(set(names)) == 100


def test_missing_socket_directory_is_an_error(make_cluster):
	cluster = make_cluster()
	cluster.configure(unix_socket_directories=os.path.join(cluster.root, "nothing"))
	process = cluster.spawn()
	assert process.wait(30) == 1
	assert "FATAL:  could not create" in cluster.log()
