"""Shared memory that modules make at run time, seen from several sessions at once.

- A segment lies at the same address everywhere, holds what another process wrote, and lives as long as somebody is
  attached to it or it is pinned; a mapping ends with its transaction unless it is pinned.
- Limits and shortage of memory are errors that leave the session usable.
- After a crash, and after the whole server is killed, nothing is left.
- Queues carry messages of every length; the peer's end, in whatever way, ends them.
- Condition variables and barriers lose no wake-up; an interrupt ends a wait.
"""

import glob
import os
import signal
import threading

import psycopg2
import pytest

from harness import Cluster, build_module, is_alive, wait_for

HERE = os.path.dirname(__file__)
MODULE = os.path.join(HERE, os.pardir, "modules", "test_shared_memory.c")

FUNCTIONS = {
	"dsm_make(bigint, int)": "bigint",
	"dsm_make_owned(bigint)": "bigint",
	"dsm_open(bigint)": "bigint",
	"dsm_close(bigint)": "void",
	"dsm_pin(bigint)": "void",
	"dsm_unpin(bigint)": "void",
	"dsm_own(bigint)": "void",
	"dsm_address(bigint)": "bigint",
	"dsm_write(bigint, bigint, bigint)": "void",
	"dsm_read(bigint, bigint)": "bigint",
	"dsm_at_detach(bigint, int)": "void",
	"queue_make(bigint)": "bigint",
	"queue_join(bigint, bool)": "void",
	"queue_send(text, bool)": "text",
	"queue_send_many(int, int)": "text",
	"queue_receive(bool)": "text",
	"queue_receive_many(int, int)": "int",
	"queue_leave()": "void",
	"waiting_make(int)": "bigint",
	"waiting_for(bigint, int, int)": "bool",
	"waiting_join(bigint)": "void",
	"waiting_leave()": "bool",
	"waiting_add(bigint, int, bool)": "void",
	"waiting_phases(bigint, int)": "int",
	"area_make()": "bigint",
	"area_open(bigint)": "void",
	"area_close()": "void",
	"area_pin(bool)": "void",
	"area_table()": "bigint",
	"area_work(bigint, int, int)": "int",
	"area_clear(bigint)": "bigint",
	"counters_make()": "bigint",
	"counters_work(bigint, int, int)": "int",
	"counters_sum(bigint)": "bigint",
	"named_add(text, int, int)": "int",
	"launch_detached()": "bool",
}


class Process:
	"""A session, that is a process: calls functions, also in the background."""

	def __init__(self, server, autocommit=True):
		self.connection = server.connect(autocommit=autocommit)
		self.pid = self.connection.info.backend_pid
		self.result = None
		self.thread = None

	def call(self, function, *arguments):
		cursor = self.connection.cursor()
		cursor.execute(f"SELECT {function}({', '.join(['%s'] * len(arguments))})", arguments)
		return cursor.fetchone()[0]

	def start(self, function, *arguments):
		def run():
			try:
				self.result = self.call(function, *arguments)
			except psycopg2.Error as error:
				self.result = error
		self.result = None
		self.thread = threading.Thread(target=run)
		self.thread.start()

	def finish(self):
		self.thread.join()
		return self.result

	def close(self):
		self.connection.close()

	def end(self, server):
		"""Closes, and waits until the process has left."""
		self.close()
		server.wait_for_value(f"SELECT count(*) FROM pg_stat_activity WHERE pid = {self.pid}", 0)


def make_server(**settings):
	cluster = Cluster()
	cluster.configure(dynamic_library_path=os.path.dirname(build_module(MODULE)), **settings)
	cluster.start()
	cluster.query("".join(f"CREATE FUNCTION {name} RETURNS {result} AS 'test_shared_memory' LANGUAGE C STRICT;"
						  for name, result in FUNCTIONS.items()))
	return cluster


@pytest.fixture(scope="module")
def server():
	cluster = make_server()
	yield cluster
	cluster.destroy()


def wait_until_waiting(server, process, event):
	server.wait_for_value(f"SELECT wait_event FROM pg_stat_activity WHERE pid = {process.pid}", event)


def shared_kilobytes(pid):
	"""Dynamic shared memory that exists, in kB, as any process of the server sees its file."""
	for link in glob.glob(f"/proc/{pid}/fd/*"):
		try:
			if "/dev/shm/" in os.readlink(link):
				return os.stat(link).st_blocks // 2
		except FileNotFoundError:
			pass
	return None


def test_a_segment_is_the_same_everywhere(server):
	maker, other = Process(server), Process(server)
	handles = [maker.call("dsm_make", size, 0) for size in (1, 4096, 1000000)]
	assert [other.call("dsm_open", handle) for handle in handles] == [1, 4096, 1000000]
	for handle in handles:
		assert other.call("dsm_address", handle) == maker.call("dsm_address", handle)
		assert other.call("dsm_read", handle, 0) == 0, "new memory is zeroed"
	maker.call("dsm_write", handles[2], 124999, 77)
	assert other.call("dsm_read", handles[2], 124999) == 77
	with pytest.raises(psycopg2.errors.InternalError_, match="can't attach the same segment more than once"):
		other.call("dsm_open", handles[0])


def test_a_segment_lives_while_somebody_has_it(server):
	maker, other, late = Process(server), Process(server), Process(server)
	handle = maker.call("dsm_make", 100, 0)
	other.call("dsm_open", handle)
	maker.call("dsm_write", handle, 0, 5)
	maker.call("dsm_close", handle)
	assert late.call("dsm_open", handle) == 100
	late.end(server)
	assert other.call("dsm_read", handle, 0) == 5
	other.call("dsm_close", handle)
	assert maker.call("dsm_open", handle) is None


def test_a_pinned_segment_outlives_all_mappings(server):
	maker = Process(server)
	handle = maker.call("dsm_make", 100, 0)
	maker.call("dsm_pin", handle)
	with pytest.raises(psycopg2.Error, match="cannot pin a segment that is already pinned"):
		maker.call("dsm_pin", handle)
	maker.call("dsm_write", handle, 3, 9)
	maker.end(server)
	other = Process(server)
	assert other.call("dsm_open", handle) == 100
	assert other.call("dsm_read", handle, 3) == 9
	other.call("dsm_unpin", handle)
	with pytest.raises(psycopg2.Error, match="cannot unpin a segment that is not pinned"):
		other.call("dsm_unpin", handle)
	other.call("dsm_close", handle)
	with pytest.raises(psycopg2.Error, match="cannot unpin unknown segment handle"):
		other.call("dsm_unpin", handle)


@pytest.mark.parametrize("end", ["COMMIT", "ROLLBACK"])
def test_a_mapping_ends_with_its_transaction(server, end):
	process = Process(server)
	position = server.log_position()
	cursor = process.connection.cursor()
	cursor.execute("BEGIN")
	handle = process.call("dsm_make_owned", 100)
	assert process.call("dsm_read", handle, 0) == 0
	cursor.execute(end)
	with pytest.raises(psycopg2.Error, match="segment is not mapped here"):
		process.call("dsm_read", handle, 0)
	assert process.call("dsm_open", handle) is None
	leak = f"WARNING:  dynamic shared memory leak: segment {handle} still referenced"
	assert (leak in server.log_since(position)) == (end == "COMMIT")


def test_a_mapping_is_given_back_to_its_transaction(server):
	process = Process(server)
	handle = process.call("dsm_make", 100, 0)
	cursor = process.connection.cursor()
	cursor.execute("BEGIN")
	process.call("dsm_own", handle)
	cursor.execute("ROLLBACK")
	assert process.call("dsm_open", handle) is None


def test_callbacks_run_at_detach(server):
	process = Process(server)
	position = server.log_position()
	handle = process.call("dsm_make", 100, 0)
	process.call("dsm_write", handle, 0, 42)
	process.call("dsm_at_detach", handle, 1)
	process.call("dsm_at_detach", handle, -3)
	process.call("dsm_at_detach", handle, 2)
	process.close()
	server.wait_for_log("detached 2: word 0 is 42", position)
	server.wait_for_log(r"detach of \d+ failed \(-3\)", position)
	server.wait_for_log("detached 1: word 0 is 42", position)
	assert "detached -" not in server.log_since(position)
	other = Process(server)
	wait_for(lambda: other.call("dsm_open", handle) is None, "the segment's end")


def test_there_is_a_limit_of_segments(server):
	process = Process(server)
	handles = []
	while True:
		handle = process.call("dsm_make", 1, 1)
		if handle is None:
			break
		handles.append(handle)
	assert len(handles) > 100
	with pytest.raises(psycopg2.errors.InsufficientResources, match="too many dynamic shared memory segments"):
		process.call("dsm_make", 1, 0)
	for handle in handles[:10]:
		process.call("dsm_close", handle)
	again = [process.call("dsm_make", 1, 0) for _ in range(10)]
	assert not set(again) & set(handles), "a handle means one segment only"
	process.end(server)


def test_memory_that_is_not_there_is_an_error(server):
	process = Process(server)
	volume = os.statvfs("/dev/shm")
	with pytest.raises(psycopg2.errors.DiskFull,
					   match=r'could not resize shared memory segment "/PostgreSQL\.\d+" to \d+ bytes: No space'):
		process.call("dsm_make", volume.f_blocks * volume.f_frsize + 1, 0)
	with pytest.raises(psycopg2.errors.OutOfMemory, match="out of shared memory"):
		process.call("dsm_make", 2 ** 50, 0)
	assert process.call("dsm_make", 100, 0) is not None


def test_memory_is_given_back(server):
	process = Process(server)
	before = shared_kilobytes(process.pid)
	handle = process.call("dsm_make", 5000000, 0)
	assert shared_kilobytes(process.pid) > before + 4000
	process.call("dsm_close", handle)
	assert shared_kilobytes(process.pid) <= before


def test_a_worker_without_shared_memory_is_told(server):
	position = server.log_position()
	assert Process(server).call("launch_detached")
	server.wait_for_log("ERROR:  this process has no shared memory", position)


def test_nothing_is_left_after_a_crash():
	cluster = make_server()
	try:
		process = Process(cluster)
		handle = process.call("dsm_make", 10000000, 0)
		process.call("dsm_pin", handle)
		position = cluster.log_position()
		os.kill(process.pid, signal.SIGKILL)
		cluster.wait_for_log("all server processes terminated", position)
		cluster.wait_for_connection()
		after = Process(cluster)
		assert after.call("dsm_open", handle) is None
		assert shared_kilobytes(after.pid) < 1000
		assert after.call("dsm_make", 100, 0) is not None
		files = set(os.listdir("/dev/shm"))
		os.kill(cluster.pid, signal.SIGKILL)
		wait_for(lambda: not is_alive(after.pid), "the end of the sessions")
		assert not set(os.listdir("/dev/shm")) - files
		cluster.start()
		assert Process(cluster).call("dsm_make", 100, 0) is not None
	finally:
		cluster.destroy()


@pytest.mark.parametrize("kind", ["posix", "mmap"])
def test_kinds_and_memory_kept_at_hand(kind):
	cluster = make_server(dynamic_shared_memory_type=kind, min_dynamic_shared_memory="8MB")
	try:
		maker, other = Process(cluster), Process(cluster)
		for _ in range(2):
			handle = maker.call("dsm_make", 20000000, 0)
			other.call("dsm_open", handle)
			for place in (0, 1000000, 2499999):
				assert other.call("dsm_read", handle, place) == 0, "zeroed, also when used before"
				maker.call("dsm_write", handle, place, place + 1)
				assert other.call("dsm_read", handle, place) == place + 1
			maker.call("dsm_close", handle)
			other.call("dsm_close", handle)
		if kind == "posix":
			assert 8192 <= shared_kilobytes(maker.pid) < 9000
		else:
			assert os.listdir(os.path.join(cluster.data, "pg_dynshmem")) == []
	finally:
		cluster.destroy()


def make_queue(server, size):
	sender, receiver = Process(server), Process(server)
	handle = sender.call("queue_make", size)
	receiver.call("dsm_open", handle)
	sender.call("queue_join", handle, True)
	receiver.call("queue_join", handle, False)
	return sender, receiver


@pytest.mark.parametrize("size,longest", [(512, 3), (512, 700), (1024, 5000), (65536, 100)])
def test_messages_arrive_whole_and_in_order(server, size, longest):
	sender, receiver = make_queue(server, size)
	receiver.start("queue_receive_many", 3 * longest + 50, longest)
	assert sender.call("queue_send_many", 3 * longest + 50, longest) == "success"
	assert receiver.finish() == 3 * longest + 50


def test_a_queue_does_not_block_unless_it_may(server):
	sender, receiver = make_queue(server, 512)
	assert receiver.call("queue_receive", True) == "would block"
	assert sender.call("queue_send", "", True) == "success"
	assert receiver.call("queue_receive", True) == ""
	long = "x" * 1000
	assert sender.call("queue_send", long, True) == "would block"
	receiver.start("queue_receive", False)
	while sender.call("queue_send", long, True) == "would block":
		pass
	assert receiver.finish() == long
	assert receiver.call("queue_receive", True) == "would block"


def test_what_was_sent_is_received_after_the_sender_has_gone(server):
	sender, receiver = make_queue(server, 1024)
	assert sender.call("queue_send", "one", False) == "success"
	assert sender.call("queue_send", "two", False) == "success"
	sender.call("queue_leave")
	assert [receiver.call("queue_receive", False) for _ in range(3)] == ["one", "two", "detached"]


@pytest.mark.parametrize("waiting_for", ["MessageQueueReceive", "MessageQueueSend"])
def test_the_peers_end_ends_a_wait(server, waiting_for):
	sender, receiver = make_queue(server, 512)
	waiter, peer = (receiver, sender) if waiting_for.endswith("Receive") else (sender, receiver)
	if waiter is receiver:
		waiter.start("queue_receive", False)
	else:
		waiter.start("queue_send", "x" * 1000, False)
	wait_until_waiting(server, waiter, waiting_for)
	server.query(f"SELECT pg_terminate_backend({peer.pid})")
	assert waiter.finish() == "detached"


def test_an_interrupt_ends_a_wait(server):
	_, receiver = make_queue(server, 512)
	receiver.start("queue_receive", False)
	wait_until_waiting(server, receiver, "MessageQueueReceive")
	server.query(f"SELECT pg_cancel_backend({receiver.pid})")
	assert isinstance(receiver.finish(), psycopg2.errors.QueryCanceled)
	assert receiver.call("queue_receive", True) == "would block"


def test_a_killed_peer_ends_the_wait_with_the_crash_cycle():
	cluster = make_server()
	try:
		sender, receiver = make_queue(cluster, 512)
		receiver.start("queue_receive", False)
		wait_until_waiting(cluster, receiver, "MessageQueueReceive")
		position = cluster.log_position()
		os.kill(sender.pid, signal.SIGKILL)
		assert isinstance(receiver.finish(), psycopg2.OperationalError)
		cluster.wait_for_log("all server processes terminated", position)
		cluster.wait_for_connection()
		make_queue(cluster, 512)
	finally:
		cluster.destroy()


def open_waiting(server, count, party=0):
	first = Process(server)
	handle = first.call("waiting_make", party)
	others = [Process(server) for _ in range(count)]
	for other in others:
		other.call("dsm_open", handle)
	return first, others, handle


def test_a_broadcast_wakes_all_and_a_signal_one(server):
	first, others, handle = open_waiting(server, 4)
	for other in others:
		other.start("waiting_for", handle, 1, -1)
	for other in others:
		wait_until_waiting(server, other, "Extension")
	first.call("waiting_add", handle, 0, True)
	first.call("waiting_add", handle, 1, True)
	assert [other.finish() for other in others] == [True] * 4
	others[0].start("waiting_for", handle, 2, -1)
	wait_until_waiting(server, others[0], "Extension")
	first.call("waiting_add", handle, 1, False)
	assert others[0].finish() is True
	assert others[1].call("waiting_for", handle, 3, 20) is False


def test_who_leaves_a_sleep_passes_the_signal_on(server):
	first, others, handle = open_waiting(server, 2)
	others[0].call("waiting_join", handle)
	others[1].start("waiting_for", handle, 1, -1)
	wait_until_waiting(server, others[1], "Extension")
	first.call("waiting_add", handle, 1, False)
	assert others[0].call("waiting_leave") is True
	assert others[1].finish() is True
	assert others[0].call("waiting_leave") is False


def test_who_ends_in_a_sleep_is_not_signalled(server):
	first, others, handle = open_waiting(server, 2)
	for other in others:
		other.start("waiting_for", handle, 1, -1)
		wait_until_waiting(server, other, "Extension")
	server.query(f"SELECT pg_terminate_backend({others[0].pid})")
	assert isinstance(others[0].finish(), psycopg2.Error)
	server.wait_for_value(f"SELECT count(*) FROM pg_stat_activity WHERE pid = {others[0].pid}", 0)
	first.call("waiting_add", handle, 1, False)
	assert others[1].finish() is True


def test_an_interrupted_sleep_is_over(server):
	first, others, handle = open_waiting(server, 1)
	others[0].start("waiting_for", handle, 1, -1)
	wait_until_waiting(server, others[0], "Extension")
	server.query(f"SELECT pg_cancel_backend({others[0].pid})")
	assert isinstance(others[0].finish(), psycopg2.errors.QueryCanceled)
	others[0].call("dsm_close", handle)
	first.call("waiting_add", handle, 1, True)
	assert others[0].call("dsm_open", handle) is not None


def test_a_barrier_keeps_its_party_together(server):
	first, others, handle = open_waiting(server, 3, party=4)
	for process in [first, *others]:
		process.start("waiting_phases", handle, 200)
	assert {process.finish() for process in [first, *others]} == {200}


def test_sessions_allocate_and_free_in_one_area(server):
	first, others = Process(server), [Process(server) for _ in range(5)]
	handle = first.call("area_make")
	table = first.call("area_table")
	for other in others:
		other.call("area_open", handle)
	for seed, process in enumerate([first, *others]):
		process.start("area_work", table, 20000, seed)
	assert {process.finish() for process in [first, *others]} == {20000}
	assert others[0].call("area_clear", table) == 1024 * 1024
	# Mappings of what is gone are dropped, and new segments under old numbers are seen.
	for seed, process in enumerate([first, *others]):
		assert process.call("area_work", table, 2000, 100 + seed) == 2000
	assert first.call("area_clear", table) == 1024 * 1024
	for process in [first, *others[1:]]:
		process.call("area_close")
	assert others[0].call("area_work", table, 100, 1) == 100
	others[0].end(server)
	with pytest.raises(psycopg2.errors.ObjectNotInPrerequisiteState,
					   match="could not attach to dynamic shared area"):
		first.call("area_open", handle)


def test_sessions_count_in_one_hash_table(server):
	first, others = Process(server), [Process(server) for _ in range(3)]
	handle = first.call("area_make")
	table = first.call("counters_make")
	for other in others:
		other.call("area_open", handle)
	for seed, process in enumerate([first, *others]):
		process.start("counters_work", table, 20000, seed)
	assert {process.finish() for process in [first, *others]} == {20000}
	assert others[0].call("counters_sum", table) == 80000
	assert first.call("counters_sum", table) == 0


def test_a_pinned_area_stays(server):
	first, other = Process(server), Process(server)
	handle = first.call("area_make")
	table = first.call("area_table")
	first.call("area_work", table, 500, 1)
	first.call("area_pin", True)
	with pytest.raises(psycopg2.Error, match="dsa_area already pinned"):
		first.call("area_pin", True)
	first.end(server)
	other.call("area_open", handle)
	assert other.call("area_work", table, 500, 2) == 500
	other.call("area_pin", False)
	other.call("area_close")
	with pytest.raises(psycopg2.Error, match="could not attach to dynamic shared area"):
		other.call("area_open", handle)


def test_an_area_gives_its_memory_back_when_its_last_user_goes(server):
	first, other = Process(server), Process(server)
	before = shared_kilobytes(other.pid)
	table = first.call("area_make") and first.call("area_table")
	first.call("area_work", table, 5000, 1)
	assert shared_kilobytes(other.pid) > before + 1000
	first.end(server)
	assert shared_kilobytes(other.pid) <= before


def test_segments_have_names(server):
	first, other = Process(server), Process(server)
	with pytest.raises(psycopg2.Error, match="not now"):
		first.call("named_add", "counter", 4, -1)
	assert first.call("named_add", "counter", 4, 1) == 101
	assert other.call("named_add", "counter", 4, 1) == 102
	assert other.call("named_add", "another", 4, 1) == 101
	first.end(server)
	assert Process(server).call("named_add", "counter", 4, 1) == 103
	for name, size, message in (("counter", 8, "requested DSM segment size does not match"),
								("", 4, "DSM segment name cannot be empty"),
								("x" * 64, 4, "DSM segment name too long"),
								("nothing", 0, "DSM segment size must be nonzero")):
		with pytest.raises(psycopg2.Error, match=message):
			other.call("named_add", name, size, 1)
