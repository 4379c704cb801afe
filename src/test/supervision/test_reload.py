"""Settings from files: reload, errors, includes, ALTER SYSTEM, and who hears of it.

- SIGHUP rereads the files: good ones reach every process, workers too; of files with one wrong line
  nothing is applied, and file and line are told.
- A setting that needs a restart is told, shows in pending_restart, and stays as it was.
- Later lines win over earlier ones, postgresql.auto.conf over postgresql.conf, the command line over
  both, the connection's options over all of them.
- Names with a prefix are placeholders until their module comes; reserved prefixes have none.
"""

import contextlib
import os
import re
import signal

import psycopg2
import pytest

from harness import ours, wait_for


@pytest.fixture(scope="module")
def server(module_worker_cluster):
	"""One server for all tests that leave their settings as they were."""
	cluster = module_worker_cluster(
		"name:hearer,count:2,restart:0,do:loop; name:shmem,flags:s,restart:0,do:loop")
	for name in ("hearer 1", "hearer 2", "shmem"):
		cluster.wait_for_start(name)
	return cluster


@pytest.fixture
def conf(server):
	"""Changes postgresql.conf for one test."""
	path = os.path.join(server.data, "postgresql.conf")
	with open(path, encoding="utf-8") as original:
		before = original.read()

	def change(text):
		position = server.log_position()
		server.write("postgresql.conf", before + text)
		server.reload()
		server.wait_for_log("LOG:  received SIGHUP, reloading configuration files\n", position)
		return position
	change.lines_before = before.count("\n")
	yield change
	server.write("postgresql.conf", before)
	server.write("postgresql.auto.conf", "")
	server.reload()
	server.wait_for_value("SELECT count(*) FROM pg_file_settings WHERE NOT applied AND error IS NOT NULL",
						  0)


def reload_and_wait(server, name, wanted):
	server.reload()
	server.wait_for_value(f"SHOW {name}", wanted)


def shown(session, name="work_mem"):
	with session.cursor() as cursor:
		cursor.execute(f"SHOW {name}")
		return cursor.fetchone()[0]


@contextlib.contextmanager
def stopped_session(server):
	"""A session whose process stands still meanwhile."""
	session = server.connect()
	pid = session.info.backend_pid
	os.kill(pid, signal.SIGSTOP)
	try:
		yield session, pid
	finally:
		os.kill(pid, signal.SIGCONT)


# ---- reload ----

def test_a_good_file_reaches_every_process(server, conf):
	session = server.connect()
	loaded = server.value("SELECT pg_conf_load_time()")
	position = conf("test_worker.value = 4711\nwork_mem = 5MB\n")
	for name in ("hearer 1", "hearer 2", "shmem"):
		server.wait_for_log(rf"test_worker: {name} reload \d+, value 4711\n", position)
	server.wait_for_log('LOG:  parameter "work_mem" changed to "5MB"\n', position)
	wait_for(lambda: shown(session) == "5MB", "the new value in an old session")
	server.wait_for_value(f"SELECT pg_conf_load_time() > '{loaded}'", True)
	# A line taken away is the default again, and that is told, too.
	position = conf("")
	server.wait_for_log('LOG:  parameter "work_mem" removed from configuration file, reset to default\n',
						position)
	server.wait_for_log(r"test_worker: hearer 1 reload \d+, value 0\n", position)


@pytest.mark.parametrize("line,message", [
	("work_mem = banana", 'invalid value for parameter "work_mem": "banana"'),
	("nonsense = 1", 'unrecognized configuration parameter "nonsense" in file "{file}" line {line}'),
	("work_mem 5MB 6MB", 'syntax error in file "{file}" line {line}, near token "6MB"'),
	("port = 99999", '99999 is outside the valid range for parameter "port" (1 .. 65535)'),
	("log_min_messages = loud", 'invalid value for parameter "log_min_messages": "loud"'),
])
def test_a_bad_line_is_told_and_nothing_applied(server, conf, line, message):
	before = server.value("SHOW maintenance_work_mem")
	position = conf(f"maintenance_work_mem = 77MB\n{line}\n")
	file = os.path.join(server.data, "postgresql.conf")
	where = message.format(file=file, line=conf.lines_before + 2)
	server.wait_for_log("LOG:  " + re.escape(where), position)
	server.wait_for_log(rf'LOG:  configuration file "{file}" contains errors; '
						r"(no changes were applied|unaffected changes were applied)\n", position)
	syntax = "syntax" in message or "unrecognized" in message
	if syntax:
		assert "no changes were applied" in server.log_since(position)
		assert server.value("SHOW maintenance_work_mem") == before
	errors = server.query("SELECT sourcefile, sourceline, applied, error FROM pg_file_settings "
						  "WHERE error IS NOT NULL")
	assert len(errors) == 1
	assert errors[0][:3] == (file, conf.lines_before + 2, False)


def test_settings_that_need_a_restart(server, conf):
	before = server.value("SHOW max_connections")
	position = conf("max_connections = 33\n")
	server.wait_for_log('LOG:  parameter "max_connections" cannot be changed without restarting the '
						"server\n", position)
	server.wait_for_value("SELECT pending_restart FROM pg_settings WHERE name = 'max_connections'",
						  True)
	assert server.query("SELECT name FROM pg_settings WHERE pending_restart") == [("max_connections",)]
	assert server.value("SHOW max_connections") == before
	# The last line counts; initdb has written an earlier one.
	assert server.query("SELECT applied, error FROM pg_file_settings "
						"WHERE name = 'max_connections' ORDER BY seqno")[-1] == (
		False, "setting could not be applied")
	conf("")
	server.wait_for_value("SELECT count(*) FROM pg_settings WHERE pending_restart", 0)


def test_pg_reload_conf(server):
	position = server.log_position()
	assert server.value("SELECT pg_reload_conf()") is True
	server.wait_for_log("received SIGHUP, reloading configuration files", position)
	for name in ("hearer 1", "hearer 2", "shmem"):
		server.wait_for_log(rf"test_worker: {name} reload ", position)


@ours
def test_a_child_takes_what_the_postmaster_has_read(server, conf):
	with stopped_session(server) as (session, pid):
		position = conf("work_mem = 5MB\n")
		server.wait_for_log('LOG:  parameter "work_mem" changed to "5MB"\n', position)
		# Whoever reads only now finds other files than the postmaster did.
		server.write("postgresql.conf", "work_mem = 9MB\n")
	# The line is logged before the children are told.
	wait_for(lambda: shown(session) == "5MB", "what the postmaster has read")
	# Nobody but this session is told to read: it does.
	os.kill(pid, signal.SIGHUP)
	wait_for(lambda: shown(session) == "9MB", "what this session has read")
	assert server.value("SHOW work_mem") == "5MB"


@ours
def test_more_than_the_postmaster_can_hand_on_is_read_by_all(server, conf):
	session = server.connect()
	conf("".join(f"far.number_{i} = '{'x' * 1000}'\n" for i in range(80)) + "work_mem = 6MB\n")
	wait_for(lambda: shown(session) == "6MB", "the new value in an old session")
	cursor = session.cursor()
	cursor.execute("SELECT count(*) FROM pg_settings WHERE name LIKE 'far.%' OR name = 'work_mem'")
	assert cursor.fetchone() == (1,)
	cursor.execute("SELECT current_setting('far.number_79')")
	assert len(cursor.fetchone()[0]) == 1000


# ---- files ----

def test_includes(server, conf):
	for name, text in {"more.conf": "work_mem = '6MB'\ninclude 'deeper.conf'\n",
					   "deeper.conf": "maintenance_work_mem = 7MB # a comment\n"}.items():
		server.write(name, text)
	folder = os.path.join(server.data, "conf.d")
	os.makedirs(folder, exist_ok=True)
	os.chmod(folder, 0o755)
	server.write("conf.d/a.conf", "lock_timeout = 900\nstatement_timeout = 1h\n")
	server.write("conf.d/b.conf", "statement_timeout = 2h\n")
	server.write("conf.d/.hidden.conf", "statement_timeout = 3h\n")
	server.write("conf.d/c.text", "statement_timeout = 4h\n")
	conf("include = 'more.conf'\ninclude_dir 'conf.d'\ninclude_if_exists 'nothing.conf'\n")
	server.wait_for_value("SHOW statement_timeout", "2h")
	assert server.value("SHOW work_mem") == "6MB"
	assert server.value("SHOW maintenance_work_mem") == "7MB"
	assert server.query("SELECT sourcefile, sourceline FROM pg_settings WHERE name = "
						"'maintenance_work_mem'") == [(os.path.join(server.data, "deeper.conf"), 1)]
	rows = server.query("SELECT sourcefile, setting, applied FROM pg_file_settings "
						"WHERE name = 'statement_timeout' ORDER BY seqno")
	assert [(os.path.basename(file), *rest) for file, *rest in rows] == [("a.conf", "1h", False),
																		  ("b.conf", "2h", True)]


@pytest.mark.parametrize("text,message", [
	("include 'missing.conf'\n", 'could not open configuration file "{data}/missing.conf": No such '
	 "file or directory"),
	("include_dir 'missing.d'\n", 'could not open configuration directory "{data}/missing.d": No such '
	 "file or directory"),
	("include 'round.conf'\n", 'could not open configuration file "{data}/round.conf": maximum nesting '
	 "depth exceeded"),
])
def test_bad_includes(server, conf, text, message):
	server.write("round.conf", "include 'round.conf'\n")
	position = conf("work_mem = 9MB\n" + text)
	expected = re.escape(message.format(data=server.data))
	server.wait_for_log(rf"LOG:  ({expected}|configuration file recursion in )", position)
	server.wait_for_log("contains errors; no changes were applied", position)
	assert server.value("SHOW work_mem") != "9MB"


def test_bad_file_at_start_stops_the_start(make_cluster):
	cluster = make_cluster()
	cluster.configure(work_mem="banana")
	process = cluster.spawn()
	assert process.wait(30) == 1
	file = os.path.join(cluster.data, "postgresql.conf")
	assert 'invalid value for parameter "work_mem": "banana"' in cluster.log()
	assert f'FATAL:  configuration file "{file}" contains errors\n' in cluster.log()


def test_alter_system(server, conf):
	conf("work_mem = 5MB\n")
	server.query("ALTER SYSTEM SET work_mem = '8MB'")
	server.query("ALTER SYSTEM SET log_line_prefix = '%m [%p] it''s %%'")
	with open(os.path.join(server.data, "postgresql.auto.conf"), encoding="utf-8") as auto:
		text = auto.read()
	assert text == ("# Do not edit this file manually!\n"
					"# It will be overwritten by the ALTER SYSTEM command.\n"
					"work_mem = '8MB'\nlog_line_prefix = '%m [%p] it''s %%'\n")
	reload_and_wait(server, "work_mem", "8MB")
	reload_and_wait(server, "log_line_prefix", "%m [%p] it's %%")
	server.query("ALTER SYSTEM RESET log_line_prefix")
	server.query("ALTER SYSTEM RESET work_mem")
	reload_and_wait(server, "work_mem", "5MB")
	for sql, state in (("ALTER SYSTEM SET nonsense = 1", "42704"),
					   ("ALTER SYSTEM SET work_mem = 'x'", "22023"),
					   ("ALTER SYSTEM SET data_directory = '/'", "55P02"),
					   ("BEGIN; ALTER SYSTEM SET work_mem = '1MB'", "25001")):
		with pytest.raises(psycopg2.Error) as failure:
			server.query(sql)
		assert failure.value.pgcode == state, sql
	server.query("ALTER SYSTEM SET work_mem = '8MB'")
	server.query("ALTER SYSTEM RESET ALL")
	with open(os.path.join(server.data, "postgresql.auto.conf"), encoding="utf-8") as auto:
		assert "work_mem" not in auto.read()


def test_command_line_wins_over_files(make_cluster):
	cluster = make_cluster(settings={"work_mem": "5MB", "maintenance_work_mem": "6MB"})
	cluster.start(options="-c work_mem=10MB --maintenance-work-mem=11MB -c some.thing=12")
	assert cluster.value("SHOW work_mem") == "10MB"
	assert cluster.value("SHOW maintenance_work_mem") == "11MB"
	assert cluster.value("SELECT current_setting('some.thing')") == "12"
	assert cluster.value("SELECT source FROM pg_settings WHERE name = 'work_mem'") == "command line"
	cluster.configure(work_mem="7MB")
	cluster.query("SELECT pg_reload_conf()")
	cluster.wait_for_log("received SIGHUP")
	assert cluster.value("SHOW work_mem") == "10MB"


# ---- connections and modules ----

def test_options_of_a_connection(server):
	session = server.connect(options="-c work_mem=3MB -c search_path=a,\\ b --statement-timeout=5s",
							 application_name="optional")
	cursor = session.cursor()
	for name, wanted in (("work_mem", "3MB"), ("search_path", "a, b"), ("statement_timeout", "5s"),
						 ("application_name", "optional")):
		cursor.execute(f"SHOW {name}")
		assert cursor.fetchone() == (wanted,)
	cursor.execute("SET work_mem = '4MB'; RESET work_mem; SHOW work_mem")
	assert cursor.fetchone() == ("3MB",), "RESET goes back to what the connection asked for"
	cursor.execute("SELECT source FROM pg_settings WHERE name = 'work_mem'")
	assert cursor.fetchone() == ("client",)
	for options, message in (("-c port=1", 'parameter "port" cannot be changed'),
							 ("-c nonsense=1", 'unrecognized configuration parameter "nonsense"'),
							 ("-c work_mem=x", 'invalid value for parameter "work_mem": "x"')):
		with pytest.raises(psycopg2.OperationalError, match=message):
			server.connect(options=options)


def test_placeholders_and_reserved_prefixes(make_cluster, modules_dir):
	from harness import build_contrib
	folder = build_contrib(os.path.join(modules_dir, "..", "..", "..", "contrib", "worker_spi"))
	cluster = make_cluster(settings={"dynamic_library_path": folder, "anything__goes": "here"})
	cluster.configure(worker_spi__naptime="5", worker_spi__misspelt="6")
	cluster.start()
	assert cluster.value("SELECT current_setting('anything.goes')") == "here"
	assert cluster.value("SHOW worker_spi.naptime") == "5", "a placeholder: text without a unit"
	cluster.stop()
	cluster.configure(shared_preload_libraries="worker_spi", worker_spi__database="postgres")
	position = cluster.log_position()
	cluster.start()
	assert cluster.value("SHOW worker_spi.naptime") == "5s"
	cluster.wait_for_log('WARNING:  invalid configuration parameter name "worker_spi.misspelt", '
						 "removing it\n", position)
	cluster.wait_for_log('DETAIL:  "worker_spi" is now a reserved prefix.\n', position)
	for sql in ("SET worker_spi.another = 1", "SHOW worker_spi.misspelt"):
		with pytest.raises(psycopg2.Error):
			cluster.query(sql)
	with pytest.raises(psycopg2.errors.CantChangeRuntimeParam):
		cluster.query("SET worker_spi.naptime = 1")


def test_sample_file_and_table_agree(make_cluster):
	"""Every setting that the sample file shows exists."""
	cluster = make_cluster(init=True)
	cluster.start()
	with open(os.path.join(cluster.data, "postgresql.conf"), encoding="utf-8") as sample:
		lines = re.findall(r"^#?([A-Za-z_]+) = ('[^']*'|[^\s#]+)", sample.read(), re.MULTILINE)
	known = {name.lower() for (name,) in cluster.query("SELECT name FROM pg_settings")}
	assert len(lines) > 50
	missing = [name for name, _ in lines if name.lower() not in known
			   and name not in ("include", "include_dir", "include_if_exists")]
	assert not missing
