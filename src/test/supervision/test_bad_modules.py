"""Modules that misbehave end in a clear message, and the server goes on or refuses to start.

- _PG_init that fails, exits, crashes or jumps: in the postmaster the server does not start, and starts once it is mended;
  in a session the session gets an error or ends, and the server goes on, over a crash cycle where it has to.
- _PG_init that never returns can be stopped: the session by SIGKILL, the start by SIGKILL to the postmaster.
- A module without _PG_init is loaded. One that is no library, or is none of ours, is refused in words.
- A library that is replaced on disk is used from the next load on; who has loaded it keeps it.
- A function that exits, crashes or jumps does to the server what PostgreSQL would have it do.
"""

import os
import re
import shutil
import signal
import threading

import psycopg2
import pytest

from harness import build_module, is_alive, ours, wait_for

FUNCTIONS = """
	CREATE FUNCTION bad_conduct(text) RETURNS void AS 'bad_module' LANGUAGE C;
	CREATE FUNCTION bad_version() RETURNS int AS 'bad_module' LANGUAGE C;
"""


@pytest.fixture
def library(modules_dir):
	return build_module(os.path.join(modules_dir, "bad_module.c"))


@pytest.fixture
def bad_cluster(make_cluster, library):
	"""A function that makes a cluster which finds the module."""
	def make(start=True, **settings):
		cluster = make_cluster()
		cluster.configure(dynamic_library_path=os.path.dirname(library) + ":$libdir", **settings)
		if start:
			cluster.start()
		return cluster
	return make


# ---- _PG_init in the postmaster ----

@pytest.mark.parametrize("conduct, code, message", [
	("error", 1, "FATAL:  bad module fails"), ("fatal", 1, "FATAL:  bad module gives up"),
	("exit 0", 0, None), ("exit 3", 3, None), ("segfault", -signal.SIGSEGV, None),
	pytest.param("jump", 1, "FATAL:  a module jumped to an error handler without an error", marks=ours)])
def test_the_server_does_not_start_and_starts_when_mended(bad_cluster, conduct, code, message):
	cluster = bad_cluster(start=False, shared_preload_libraries="bad_module", bad_module__conduct=conduct)
	process = cluster.spawn()
	assert process.wait(30) == code
	assert "bad module of version 1 is loaded" in cluster.log()
	if message:
		assert message in cluster.log()
	cluster.configure(bad_module__conduct="")
	cluster.start()
	assert cluster.value("SELECT 1") == 1


def test_a_start_that_hangs_in_a_module_can_be_killed(bad_cluster):
	cluster = bad_cluster(start=False, shared_preload_libraries="bad_module", bad_module__conduct="loop")
	process = cluster.spawn()
	cluster.wait_for_log("bad module loops")
	process.kill()
	process.wait(30)
	cluster.configure(bad_module__conduct="")
	cluster.start()
	assert cluster.value("SELECT 1") == 1


# ---- _PG_init in a session ----

def load(cluster, conduct):
	connection = cluster.connect()
	cursor = connection.cursor()
	cursor.execute("SELECT set_config('bad_module.conduct', %s, false)", (conduct,))
	cursor.execute("LOAD 'bad_module'")


def test_an_error_while_loading_is_an_error_of_the_session(bad_cluster):
	cluster = bad_cluster()
	cursor = cluster.connect().cursor()
	cursor.execute("SET bad_module.conduct = 'error'")
	for _ in range(2):
		with pytest.raises(psycopg2.errors.DataException, match="bad module fails"):
			cursor.execute("LOAD 'bad_module'")
	cursor.execute("SET bad_module.conduct = ''")
	cursor.execute("LOAD 'bad_module'")
	cursor.execute("SELECT 1")
	assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("conduct, crash", [
	("fatal", False), ("exit 0", False), ("exit 1", False), ("exit 3", True), ("segfault", True),
	("abort", True)])
def test_what_ends_the_session_while_loading(bad_cluster, conduct, crash):
	cluster = bad_cluster()
	other = cluster.connect()
	position = cluster.log_position()
	with pytest.raises(psycopg2.OperationalError):
		load(cluster, conduct)
	if crash:
		cluster.wait_for_log("all server processes terminated; reinitializing", position)
		with pytest.raises(psycopg2.Error):
			other.cursor().execute("SELECT 1")
	else:
		other.cursor().execute("SELECT 1")
		assert "terminating any other active server processes" not in cluster.log_since(position)
	cluster.wait_for_value("SELECT 1", 1)


@ours
def test_a_jump_without_an_error_is_an_error(bad_cluster):
	cluster = bad_cluster()
	cluster.query(FUNCTIONS)
	for statement in ("SET bad_module.conduct = 'jump'; LOAD 'bad_module'", "SELECT bad_conduct('jump')"):
		cursor = cluster.connect().cursor()
		for _ in range(3):
			with pytest.raises(psycopg2.errors.InternalError_,
							   match="a module jumped to an error handler without an error"):
				cursor.execute(statement)
		cursor.execute("SELECT 1")


def test_a_session_that_hangs_in_a_module_can_be_killed(bad_cluster):
	cluster = bad_cluster()
	connection = cluster.connect()
	pid = connection.info.backend_pid
	cursor = connection.cursor()
	cursor.execute("SET bad_module.conduct = 'loop'")
	position = cluster.log_position()

	def run():
		with pytest.raises(psycopg2.OperationalError):
			cursor.execute("LOAD 'bad_module'")
	thread = threading.Thread(target=run)
	thread.start()
	cluster.wait_for_log("bad module loops", position)
	assert cluster.value("SELECT query FROM pg_stat_activity WHERE pid = %s", (pid,)) == "LOAD 'bad_module'"
	os.kill(pid, signal.SIGKILL)
	thread.join()
	cluster.wait_for_log("all server processes terminated; reinitializing", position)
	cluster.wait_for_value("SELECT 1", 1)


def test_session_libraries_that_fail_end_the_connection_only(bad_cluster):
	cluster = bad_cluster()
	cluster.configure(session_preload_libraries="bad_module", bad_module__conduct="error")
	cluster.reload()
	with pytest.raises(psycopg2.OperationalError, match="bad module fails"):
		wait_for(lambda: not cluster.connect(), "a connection that fails")
	cluster.configure(session_preload_libraries="")
	cluster.reload()
	wait_for(lambda: connects(cluster), "a connection that works")


def connects(cluster):
	try:
		return bool(cluster.connect())
	except psycopg2.OperationalError:
		return False


# ---- Files ----

def test_a_module_without_init_is_loaded(bad_cluster, modules_dir):
	plain = build_module(os.path.join(modules_dir, "bad_module.c"), cppflags="-DBAD_NO_INIT")
	cluster = bad_cluster(shared_preload_libraries=plain)
	cluster.query(f"LOAD '{plain}'")
	cluster.query(f"CREATE FUNCTION bad_version() RETURNS int AS '{plain}' LANGUAGE C")
	assert cluster.value("SELECT bad_version()") == 1


@pytest.mark.parametrize("contents, message", [
	(b"", "file too short"), (b"not a library " * 100, "invalid ELF header")])
def test_what_is_no_library_is_refused(bad_cluster, contents, message):
	cluster = bad_cluster()
	path = os.path.join(cluster.root, "nothing.so")
	with open(path, "wb") as out:
		out.write(contents)
	with pytest.raises(psycopg2.errors.UndefinedFile,
					   match=rf'could not load library "{path}": .*{message}'):
		cluster.query(f"LOAD '{path}'")
	cluster.stop()
	cluster.configure(shared_preload_libraries=str(path))
	assert cluster.spawn().wait(30) == 1
	cluster.wait_for_log(f'FATAL:  could not load library "{path}": .*{message}')


def test_a_variable_that_is_not_there_is_named(bad_cluster, modules_dir):
	path = build_module(os.path.join(modules_dir, "bad_module.c"), cppflags="-DBAD_SYMBOL")
	cluster = bad_cluster()
	with pytest.raises(psycopg2.errors.UndefinedFile, match="undefined symbol: no_server_has_this"):
		cluster.query(f"LOAD '{path}'")


@ours
@pytest.mark.parametrize("flags", ["", "-DBAD_SYMBOL"])
def test_a_module_built_for_postgresql_is_refused_in_words(bad_cluster, modules_dir, flags):
	"""Also where the linker has something to say first."""
	path = build_module(os.path.join(modules_dir, "bad_module.c"),
						cppflags="-DBAD_FOREIGN " + flags)
	cluster = bad_cluster()
	with pytest.raises(psycopg2.Error, match=f'incompatible library "{path}.so": ABI mismatch') as caught:
		cluster.query(f"LOAD '{path}'")
	assert re.fullmatch(r'Server has ABI "Postroom[^"]*", library has "PostgreSQL"\.',
						caught.value.diag.message_detail)


def test_a_library_replaced_on_disk(bad_cluster, library, modules_dir):
	"""Who has it open keeps it, also over a crash cycle; who opens it gets the new one."""
	second = build_module(os.path.join(modules_dir, "bad_module.c"), cppflags="-DBAD_VERSION=2")
	folder = os.path.dirname(second) + "/replaced"
	os.mkdir(folder)
	path = f"{folder}/bad_module.so"
	shutil.copy(library + ".so", path)
	cluster = bad_cluster()
	cluster.query(FUNCTIONS.replace("'bad_module'", f"'{path}'"))
	old = cluster.connect().cursor()
	old.execute("SELECT bad_version()")
	assert old.fetchone() == (1,)
	shutil.copy(second + ".so", folder + "/new")
	os.rename(folder + "/new", path)
	old.execute("SELECT bad_version()")
	assert old.fetchone() == (1,)
	assert cluster.value("SELECT bad_version()") == 2
	os.unlink(path)
	with pytest.raises(psycopg2.errors.UndefinedFile, match=f'could not access file "{path}"'):
		cluster.query("SELECT bad_version()")
	shutil.rmtree(folder)


# ---- Functions ----

@pytest.mark.parametrize("conduct, crash", [
	("exit 0", False), ("exit 1", False), ("exit 3", True), ("segfault", True), ("abort", True)])
def test_a_function_that_ends_its_session(bad_cluster, conduct, crash):
	cluster = bad_cluster()
	cluster.query(FUNCTIONS)
	other = cluster.connect()
	victim = cluster.connect()
	pid = victim.info.backend_pid
	position = cluster.log_position()
	with pytest.raises(psycopg2.OperationalError):
		victim.cursor().execute("SELECT bad_conduct(%s)", (conduct,))
	wait_for(lambda: not is_alive(pid), "the session's end")
	if crash:
		cluster.wait_for_log(rf"server process \(PID {pid}\) ", position)
		if conduct != "exit 3":  # which runs the exit callbacks first
			cluster.wait_for_log("Failed process was running: SELECT bad_conduct", position)
		cluster.wait_for_log("all server processes terminated; reinitializing", position)
	else:
		other.cursor().execute("SELECT 1")
	cluster.wait_for_value("SELECT 1", 1)
