"""Settings of PostgreSQL that change nothing here: accepted, checked, told apart, named in the log."""

import psycopg2
import psycopg2.errors
import pytest

from harness.cluster import Cluster


@pytest.fixture(scope="module")
def server():
	made = Cluster(settings={"shared_buffers": "256MB", "autovacuum": "off", "wal_level": "logical",
							 "autovacuum_worker_slots": 3, "enable_seqscan": "on"})
	made.start()
	yield made
	made.destroy()


def test_the_server_starts_and_says_which(server):
	server.wait_for_log(r"LOG:  settings without effect in this server: autovacuum, "
						r"autovacuum_worker_slots, shared_buffers, wal_level\n")


def test_they_are_shown_with_their_values(server):
	assert server.value("SHOW shared_buffers") == "256MB"
	assert server.query("SELECT setting, unit, context, category FROM pg_settings "
						"WHERE name = 'shared_buffers'") == [("32768", "8kB", "postmaster", "Without Effect")]


def test_sessions_set_them(server):
	with server.connect().cursor() as cursor:
		cursor.execute("SET enable_hashjoin = off")
		cursor.execute("SET plan_cache_mode = force_generic_plan")
		cursor.execute("SET random_page_cost = 1.1")
		cursor.execute("SHOW enable_hashjoin")
		assert cursor.fetchone() == ("off",)


def test_values_are_checked(server):
	with server.connect().cursor() as cursor:
		with pytest.raises(psycopg2.errors.InvalidParameterValue):
			cursor.execute("SET effective_cache_size = 'much'")
		with pytest.raises(psycopg2.errors.CantChangeRuntimeParam):
			cursor.execute("SET shared_buffers = '1GB'")


@pytest.mark.parametrize("setting", ["array_nulls = off", "transform_null_equals = on",
									 "session_replication_role = replica",
									 "default_table_access_method = zheap", "default_tablespace = x"])
def test_promises_are_refused(server, setting):
	with server.connect().cursor() as cursor, pytest.raises(psycopg2.errors.FeatureNotSupported):
		cursor.execute(f"SET {setting}")


def test_encryption_is_not_pretended(make_cluster):
	cluster = make_cluster(settings={"ssl": "on"})
	assert cluster.start(check=False).returncode != 0
	assert 'invalid value for parameter "ssl"' in cluster.log()


def test_reload_names_new_ones(server):
	position = server.log_position()
	server.configure(bgwriter_delay="300ms")
	server.reload()
	server.wait_for_log(r"settings without effect in this server: [^\n]*bgwriter_delay", position)
