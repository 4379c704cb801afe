"""Procedures where no client's psql shows them: in workers, in the extended protocol.

- A worker commits and rolls back within one SPI connection, and calls a procedure that commits.
- CALL takes parameters of the extended protocol, and its columns are described.
- A commit that fails within CALL is an error of CALL, and the session goes on.
"""

import struct

import psycopg2
import pytest

from harness import Wire


def test_a_worker_ends_transactions_within_spi(worker_cluster):
	cluster = worker_cluster("name:batcher,do:when:{root}/order")
	cluster.query("CREATE TABLE batches (what text)")
	cluster.query("CREATE PROCEDURE batch(t text) LANGUAGE plpgsql AS $$ BEGIN "
				  "INSERT INTO batches VALUES (t); COMMIT; "
				  "INSERT INTO batches VALUES ('not ' || t); ROLLBACK; END $$")
	cluster.wait_for_start("batcher")
	cluster.write("../order", "batches")
	cluster.wait_for_log("test_worker: batches done")
	rows = [what for (what,) in cluster.query("SELECT what FROM batches ORDER BY what")]
	assert rows == ["by a procedure", "chained", "committed", "last"]
	assert "WARNING" not in cluster.log()


def test_call_takes_parameters(shared_cluster):
	shared_cluster.query("CREATE OR REPLACE PROCEDURE half(INOUT n int, t text) LANGUAGE plpgsql AS "
						 "$$ BEGIN n := n / 2; COMMIT; n := n + length(t); END $$")
	with Wire(shared_cluster) as wire:
		wire.login()
		wire.send("P", b"\0CALL half($1, $2)\0" + struct.pack("!H", 0))
		wire.send("B", b"\0\0" + struct.pack("!HH", 0, 2) + struct.pack("!I", 2) + b"20"
				  + struct.pack("!I", 3) + b"abc" + struct.pack("!H", 0))
		wire.send("D", b"P\0")
		wire.send("E", b"\0" + struct.pack("!I", 0))
		wire.send("S")
		messages = wire.read_until("Z")
	assert Wire.kinds(messages) == "12TDCZ"
	assert messages[3][1].endswith(b"13")


def test_a_commit_that_fails_is_an_error_of_call(shared_cluster):
	shared_cluster.query("DROP TABLE IF EXISTS child, parent")
	shared_cluster.query("CREATE TABLE parent (id int PRIMARY KEY)")
	shared_cluster.query("CREATE TABLE child (id int REFERENCES parent DEFERRABLE INITIALLY DEFERRED)")
	shared_cluster.query("CREATE OR REPLACE PROCEDURE orphan() LANGUAGE plpgsql AS "
						 "$$ BEGIN INSERT INTO child VALUES (1); COMMIT; END $$")
	cursor = shared_cluster.connect().cursor()
	with pytest.raises(psycopg2.errors.ForeignKeyViolation):
		cursor.execute("CALL orphan()")
	cursor.execute("SELECT count(*) FROM child")
	assert cursor.fetchone() == (0,)
