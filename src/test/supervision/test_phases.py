"""Start phases are real: startup, recovery, hot standby, normal running.

- PostmasterStart workers run from the first moment, ConsistentState ones from hot standby on,
  RecoveryFinished ones only when writing is possible: after the end of recovery or a promotion.
- While the startup process works, connections are refused with 57P03.
- With standby.signal the server answers read-only sessions (25006 for writes) until it is promoted, by
  pg_ctl, pg_promote() or the trigger file.
- After kill -9 of everything the next start recovers and has all that was committed.
"""

import os
import shutil
import signal

import psycopg2
import pytest

from harness import ours

WORKERS = ("name:early,flags:s,start:postmaster,restart:3600,do:loop;"
		   "name:consistent,start:consistent,restart:3600,do:loop;"
		   "name:finished,start:finished,restart:3600,do:loop")


@pytest.fixture
def standby(worker_cluster):
	"""A server in hot standby, with one worker of each start time and a table."""
	cluster = worker_cluster("", start=True)
	cluster.query("CREATE TABLE t (a int)")
	cluster.query("INSERT INTO t VALUES (1)")
	cluster.stop()
	cluster.configure(test_worker__workers=WORKERS)
	cluster.write("standby.signal", "")
	os.truncate(cluster.log_path, 0)
	cluster.start()
	return cluster


def test_all_three_run_in_the_end_and_in_their_order(worker_cluster):
	cluster = worker_cluster(WORKERS)
	for name in ("early", "consistent", "finished"):
		cluster.wait_for_start(name)
	assert cluster.value("SELECT pg_is_in_recovery()") is False


def test_start_is_refused_to_clients_until_the_startup_process_is_done(worker_cluster):
	cluster = worker_cluster(WORKERS)
	cluster.query("CREATE TABLE t AS SELECT 7 AS a")
	cluster.kill_all()
	process, startup, position = cluster.start_held()
	with pytest.raises(psycopg2.OperationalError, match="the database system is starting up"):
		cluster.connect()
	ready = cluster.run(shutil.which("pg_isready"), "-h", cluster.root, "-p", cluster.port, check=False)
	assert (ready.returncode, "rejecting connections" in ready.stdout) == (1, True)
	cluster.wait_for_start("early", position)
	assert cluster.starts("consistent", position) == cluster.starts("finished", position) == 0
	os.kill(startup, signal.SIGCONT)
	cluster.wait_for_connection()
	cluster.wait_for_start("consistent", position)
	cluster.wait_for_start("finished", position)
	cluster.wait_for_log("database system was not properly shut down; automatic recovery in progress",
						 position)
	assert cluster.query("SELECT a FROM t") == [(7,)]
	process.send_signal(signal.SIGINT)
	assert process.wait(20) == 0


def test_shutdown_while_starting(worker_cluster):
	cluster = worker_cluster(WORKERS, start=False)
	process, startup, position = cluster.start_held()
	process.send_signal(signal.SIGINT)
	cluster.wait_for_log("received fast shutdown request")
	os.kill(startup, signal.SIGCONT)
	assert process.wait(20) in (0, 1)
	assert cluster.starts("finished", position) == 0


def test_hot_standby_runs_the_first_two_and_reads_only(standby):
	standby.wait_for_start("early")
	standby.wait_for_start("consistent")
	assert "LOG:  entering standby mode\n" in standby.log()
	assert "LOG:  database system is ready to accept read-only connections\n" in standby.log()
	assert standby.value("SELECT pg_is_in_recovery()") is True
	assert standby.value("SHOW in_hot_standby") == "on"
	assert standby.query("SELECT a FROM t") == [(1,)]
	for sql, command in (("INSERT INTO t VALUES (2)", "INSERT"), ("UPDATE t SET a = 3", "UPDATE"),
						 ("DELETE FROM t", "DELETE"), ("CREATE TABLE u (a int)", "CREATE TABLE")):
		with pytest.raises(psycopg2.errors.ReadOnlySqlTransaction,
						   match=f"cannot execute {command} in a read-only transaction"):
			standby.query(sql)
	with pytest.raises(psycopg2.Error, match="cannot set transaction read-write mode during recovery"):
		standby.query("BEGIN READ WRITE")
	assert standby.starts("finished") == 0
	standby.restart()
	assert standby.value("SELECT pg_is_in_recovery()") is True, "a restart does not promote"


def assert_promoted(cluster, session):
	cluster.wait_for_value("SELECT pg_is_in_recovery()", False)
	cluster.wait_for_start("finished")
	assert "LOG:  received promote request\n" in cluster.log()
	assert "LOG:  database system is ready to accept connections\n" in cluster.log()
	assert not os.path.exists(os.path.join(cluster.data, "standby.signal"))
	# Whoever was there stays, and may write now.
	session.cursor().execute("INSERT INTO t VALUES (2)")
	assert cluster.query("SELECT a FROM t ORDER BY a") == [(1,), (2,)]
	assert cluster.starts("early") == cluster.starts("consistent") == 1
	cluster.restart()
	assert cluster.value("SELECT pg_is_in_recovery()") is False


def test_pg_ctl_promote(standby):
	session = standby.connect()
	promoted = standby.promote()
	assert promoted.stdout.endswith("server promoted\n")
	assert_promoted(standby, session)
	refused = standby.run("pg_ctl", "-D", standby.data, "promote", check=False)
	assert refused.returncode == 1
	assert "cannot promote server; server is not in standby mode" in refused.stderr


def test_pg_promote(standby):
	session = standby.connect()
	assert standby.value("SELECT pg_promote()") is True
	assert_promoted(standby, session)
	with pytest.raises(psycopg2.errors.ObjectNotInPrerequisiteState,
					   match="recovery is not in progress"):
		standby.query("SELECT pg_promote()")


def test_promote_trigger_file(worker_cluster):
	cluster = worker_cluster(WORKERS)
	cluster.query("CREATE TABLE t AS SELECT 1 AS a")
	cluster.stop()
	trigger = os.path.join(cluster.root, "trigger")
	cluster.configure(promote_trigger_file=trigger)
	cluster.write("standby.signal", "")
	os.truncate(cluster.log_path, 0)
	cluster.start()
	assert cluster.value("SELECT pg_is_in_recovery()") is True
	with open(trigger, "w", encoding="utf-8"):
		pass
	os.chmod(cluster.root, 0o777)
	cluster.wait_for_value("SELECT pg_is_in_recovery()", False)
	cluster.wait_for_start("finished")
	assert "LOG:  promote trigger file found: " in cluster.log()


@ours
def test_crash_in_hot_standby_comes_back_to_hot_standby(standby):
	standby.wait_for_start("consistent")
	victim = standby.connect()
	position = standby.log_position()
	os.kill(victim.info.backend_pid, signal.SIGKILL)
	standby.wait_for_log("all server processes terminated; reinitializing", position)
	standby.wait_for_start("early", position)
	standby.wait_for_start("consistent", position)
	standby.wait_for_value("SELECT pg_is_in_recovery()", True)
	assert standby.starts("finished") == 0


def test_smart_and_fast_shutdown_of_a_standby(standby):
	standby.wait_for_start("consistent")
	standby.stop("smart")
	position = standby.log_position()
	standby.start()
	standby.wait_for_log("database system was shut down in recovery at ", position)
	standby.stop("fast")
