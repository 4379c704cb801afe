"""Protocol 3 by hand: packets that no library would send, and what no library shows.

- SSLRequest and GSSENCRequest are answered N, once each, and the startup goes on.
- Startup without a user, with a wrong version, a wrong length: FATAL and the end of that connection.
- Oversized, short and senseless packets end that connection with 08P01 and nothing else.
- Cancel requests work with the right key only, and are never answered.
- The extended protocol: describe, binary and text parameters, portals with row limits, errors skip to
  Sync; several statements of a simple query are one implicit transaction.
"""

import os
import random
import struct

import pytest

from harness import Wire
from harness.wire import CANCEL_REQUEST, GSSENC_REQUEST, SSL_REQUEST


@pytest.fixture
def wire(shared_cluster):
	with Wire(shared_cluster) as connection:
		yield connection


@pytest.fixture
def session(shared_cluster):
	"""A connection that is ready for queries."""
	with Wire(shared_cluster) as connection:
		connection.login()
		yield connection


def still_serves(cluster):
	return cluster.value("SELECT 1") == 1 and "terminating any other" not in cluster.log()


def parse(name, sql, *types):
	return (name.encode() + b"\0" + sql.encode() + b"\0" + struct.pack("!H", len(types))
			+ b"".join(struct.pack("!I", oid) for oid in types))


def bind(portal, statement, parameters, formats=(), result_formats=()):
	body = portal.encode() + b"\0" + statement.encode() + b"\0"
	body += struct.pack(f"!H{len(formats)}H", len(formats), *formats)
	body += struct.pack("!H", len(parameters))
	for value in parameters:
		body += struct.pack("!i", -1) if value is None else struct.pack("!I", len(value)) + value
	return body + struct.pack(f"!H{len(result_formats)}H", len(result_formats), *result_formats)


def execute(portal="", limit=0):
	return portal.encode() + b"\0" + struct.pack("!I", limit)


# ---- startup ----

def test_ssl_and_gss_requests_are_answered_n(wire):
	wire.send_untyped(SSL_REQUEST)
	assert wire.read_bytes(1) == b"N"
	wire.send_untyped(GSSENC_REQUEST)
	assert wire.read_bytes(1) == b"N"
	messages = wire.login()
	assert Wire.kinds(messages)[0] == "R"
	assert messages[0][1] == struct.pack("!I", 0)
	assert messages[-1] == ("Z", b"I")


def test_startup_reports_parameters_and_key(wire):
	messages = wire.login(application_name="by hand", client_encoding="UTF8")
	reported = dict(body.decode().split("\0")[:2] for kind, body in messages if kind == "S")
	assert {"server_version", "server_encoding", "client_encoding", "application_name", "is_superuser",
			"session_authorization", "DateStyle", "IntervalStyle", "TimeZone", "integer_datetimes",
			"standard_conforming_strings", "in_hot_standby",
			"default_transaction_read_only"} <= set(reported)
	assert (reported["application_name"], reported["is_superuser"]) == ("by hand", "on")
	assert [kind for kind, _ in messages].count("K") == 1
	wire.query("SET application_name = 'other'")
	assert ("S", b"application_name\0other\0") in wire.read_until("Z")


def test_startup_without_user(wire):
	wire.startup(database="postgres")
	fields = wire.read_error()
	assert (fields["S"], fields["C"]) == ("FATAL", "28000")
	assert fields["M"] == "no PostgreSQL user name specified in startup packet"
	assert wire.at_end()


def test_protocol_2_is_refused(wire):
	wire.startup(code=2 << 16, user="postgres")
	# In whichever protocol's form the client may understand it.
	(_, body), = wire.read_until("E")[-1:] or [(None, b"")]
	assert b"unsupported frontend protocol 2.0: server supports 3.0 to 3.0" in body + wire.read_bytes(65)


@pytest.mark.parametrize("code,message", [
	(4 << 16, "unsupported frontend protocol 4.0: server supports 3.0 to 3.0"),
	(1234 << 16 | 5999, "unsupported frontend protocol 1234.5999: server supports 3.0 to 3.0")])
def test_wrong_protocol_versions(wire, code, message):
	wire.startup(code=code, user="postgres")
	fields = wire.read_error()
	assert (fields["S"], fields["C"], fields["M"]) == ("FATAL", "0A000", message)
	assert wire.at_end()


def test_newer_minor_version_and_options_are_negotiated(wire):
	messages = login_with(wire, 3 << 16 | 2, **{"_pq_.unknown": "1"})
	assert ("v", struct.pack("!II", 3 << 16, 1) + b"_pq_.unknown\0") in messages
	assert messages[-1][0] == "Z"


def login_with(wire, code, **parameters):
	wire.startup(code=code, user="postgres", database="postgres", **parameters)
	return wire.read_until("ZE")


def test_missing_database_and_role(wire, shared_cluster):
	assert_login_fails(wire, "3D000", 'database "nowhere" does not exist', database="nowhere")
	with Wire(shared_cluster) as other:
		assert_login_fails(other, "28000", 'role "nobody" does not exist', user="nobody")


def assert_login_fails(wire, state, message, **parameters):
	fields = wire.fields(wire.login(**parameters)[-1][1])
	assert (fields["S"], fields["C"], fields["M"]) == ("FATAL", state, message)
	assert wire.at_end()


@pytest.mark.parametrize("packet", [
	struct.pack("!I", 7) + b"abc", struct.pack("!I", 4), struct.pack("!I", 0),
	struct.pack("!I", 10005) + b"x" * 100, struct.pack("!I", 0xFFFFFFFF),
	b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n"], ids=repr)
def test_startup_packets_of_wrong_length_end_the_connection(wire, shared_cluster, packet):
	wire.send_raw(packet)
	# PostgreSQL ends without a word; a last word with the right state does no harm.
	for kind, body in wire.read_until("\0"):
		assert (kind, Wire.fields(body)["C"]) == ("E", "08P01")
	shared_cluster.wait_for_log("invalid length of startup packet")
	assert still_serves(shared_cluster)


@pytest.mark.parametrize("body", [b"user\0postgres", b"user\0postgres\0database\0"], ids=repr)
def test_startup_packet_with_a_wrong_layout(wire, body):
	wire.send_untyped(3 << 16, body)
	fields = wire.read_error()
	assert (fields["S"], fields["C"]) == ("FATAL", "08P01")
	assert fields["M"] == "invalid startup packet layout: expected terminator as last byte"


def test_connections_that_say_nothing_or_half_a_word(shared_cluster):
	for packet in (b"", b"\0", b"\0\0\0\x08", struct.pack("!II", 50, 3 << 16)):
		with Wire(shared_cluster) as wire:
			wire.send_raw(packet)
	assert still_serves(shared_cluster)


# ---- packets of a session ----

@pytest.mark.parametrize("packet,message", [
	(b"!" + struct.pack("!I", 4), "invalid frontend message type 33"),
	(b"Q" + struct.pack("!I", 3), "invalid message length"),
	(b"Q" + struct.pack("!I", 0xFFFFFFFF), "invalid message length"),
	(b"S" + struct.pack("!I", 0x7FFFFFFF), "invalid message length"),
], ids=repr)
def test_packets_without_sense_end_the_connection(session, shared_cluster, packet, message):
	other = shared_cluster.connect()
	position = shared_cluster.log_position()
	session.send_raw(packet)
	# After a wrong length nothing is said any more: where would the next message begin?
	for kind, body in session.read_until("\0"):
		assert (kind, Wire.fields(body)["C"]) == ("E", "08P01")
	shared_cluster.wait_for_log(f"(FATAL|LOG):  {message}\n", position)
	other.cursor().execute("SELECT 1")
	assert still_serves(shared_cluster)


@pytest.mark.parametrize("kind,body", [
	("Q", b"SELECT 1"), ("Q", b""), ("Q", b"SELECT 1\0more"), ("P", b"x"), ("P", b"x\0SELECT 1\0\0\5"),
	("B", b"\0\0\0\1"), ("B", b"\0\0\0\0\0\1\xff\xff\xff\xf0\0\0"), ("E", b""), ("D", b"X\0"), ("D", b""),
	("C", b"S"), ("F", b"\0\0"), ("S", b"surplus"), ("H", b"surplus")], ids=repr)
def test_packets_with_a_wrong_body_are_protocol_violations(session, shared_cluster, kind, body):
	session.send(kind, body)
	session.send("S")
	fields = session.read_error()
	# Some of them leave the session usable, none does harm.
	assert fields["C"] in ("08P01", "26000", "34000", "0A000")
	assert still_serves(shared_cluster)


def test_random_bytes_harm_nobody_else(shared_cluster):
	numbers = random.Random(20)
	for _ in range(40):
		with Wire(shared_cluster) as wire:
			if numbers.random() < 0.7:
				wire.login()
			try:
				wire.send_raw(bytes(numbers.randrange(256) for _ in range(numbers.randrange(1, 300))))
			except OSError:
				pass
	assert still_serves(shared_cluster)


def test_connection_lost_in_a_transaction_rolls_back(shared_cluster):
	shared_cluster.query("CREATE TABLE lost (a int)")
	with Wire(shared_cluster) as wire:
		wire.login()
		wire.query("BEGIN; INSERT INTO lost VALUES (1)")
		assert wire.read_until("Z")[-1] == ("Z", b"T")
	shared_cluster.wait_for_value("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%'",
								  0)
	assert shared_cluster.value("SELECT count(*) FROM lost") == 0


# ---- cancel ----

def send_cancel(cluster, pid, key):
	with Wire(cluster) as wire:
		wire.send_untyped(CANCEL_REQUEST, struct.pack("!II", pid, key))
		assert wire.at_end(), "a cancel request has no answer"


def test_cancel_needs_the_right_key(session, shared_cluster):
	pid, key = session.key
	assert pid == int(session_value(session, "SELECT pg_backend_pid()"))
	session.query("SELECT pg_sleep(600)")
	shared_cluster.wait_for_value(f"SELECT wait_event FROM pg_stat_activity WHERE pid = {pid}",
								  "PgSleep")
	position = shared_cluster.log_position()
	send_cancel(shared_cluster, pid, key ^ 1)
	shared_cluster.wait_for_log(f"LOG:  wrong key in cancel request for process {pid}\n", position)
	send_cancel(shared_cluster, os.getpid(), key)
	shared_cluster.wait_for_log(f"LOG:  PID {os.getpid()} in cancel request did not match any process\n",
								position)
	assert shared_cluster.value(f"SELECT state FROM pg_stat_activity WHERE pid = {pid}") == "active"
	send_cancel(shared_cluster, pid, key)
	fields = session.read_error()
	assert (fields["C"], fields["M"]) == ("57014", "canceling statement due to user request")
	assert session.read() == ("Z", b"I")


def test_cancel_of_an_idle_session_does_nothing(session, shared_cluster):
	send_cancel(shared_cluster, *session.key)
	assert session_value(session, "SELECT 5") == b"5"


def session_value(session, sql):
	session.query(sql)
	rows = [body for kind, body in session.read_until("Z") if kind == "D"]
	return Wire.row(rows[0])[0]


# ---- queries ----

def test_simple_query_messages(session):
	session.query("SELECT 1::int4 AS a, NULL::text AS b, true AS c; SELECT 'x'")
	messages = session.read_until("Z")
	assert Wire.kinds(messages) == "TDCTDCZ"
	assert Wire.row(messages[1][1]) == [b"1", None, b"t"]
	assert messages[2][1] == b"SELECT 1\0"
	names, oids = [], []
	body = messages[0][1][2:]
	while body:
		name, body = body.split(b"\0", 1)
		names.append(name)
		oids.append(struct.unpack("!IHIhih", body[:18])[2:4])
		body = body[18:]
	assert (names, oids) == ([b"a", b"b", b"c"], [(23, 4), (25, -1), (16, 1)])
	session.query("")
	assert Wire.kinds(session.read_until("Z")) == "IZ"


def test_statements_of_one_query_are_one_transaction(session):
	session.query("CREATE TABLE several (a int)")
	session.read_until("Z")
	session.query("INSERT INTO several VALUES (1); SELECT 1/0; INSERT INTO several VALUES (2)")
	messages = session.read_until("Z")
	# Whether the error comes before or after the row description is open: PostgreSQL folds constants.
	assert Wire.kinds(messages).replace("T", "") == "CEZ"
	assert Wire.fields(messages[-2][1])["C"] == "22012"
	assert messages[-1] == ("Z", b"I")
	assert session_value(session, "SELECT count(*) FROM several") == b"0"
	session.query("INSERT INTO several VALUES (1); COMMIT; INSERT INTO several VALUES (2); SELECT 1/0")
	session.read_until("Z")
	assert session_value(session, "SELECT count(*) FROM several") == b"1"
	session.query("BEGIN; SELECT bad")
	assert session.read_until("Z")[-1] == ("Z", b"E")
	session.query("SELECT 1")
	assert session.read_error()["C"] == "25P02"


def test_extended_query(session):
	session.send("P", parse("plus", "SELECT $1::int4 + $2::int4 AS sum, $3::text AS t"))
	session.send("D", b"Splus\0")
	session.send("B", bind("", "plus", [struct.pack("!i", 40), b"2", None], (1, 0, 0), (1, 0)))
	session.send("D", b"P\0")
	session.send("E", execute())
	session.send("C", b"Splus\0")
	session.send("S")
	messages = session.read_until("Z")
	assert Wire.kinds(messages) == "1tT2TDC3Z"
	assert messages[1][1] == struct.pack("!HIII", 3, 23, 23, 25)
	assert Wire.row(messages[5][1]) == [struct.pack("!i", 42), None]
	assert messages[6][1] == b"SELECT 1\0"


def test_portals_with_row_limits(session):
	session.query("BEGIN")
	session.read_until("Z")
	session.send("P", parse("", "SELECT x FROM (VALUES (1), (2), (3), (4), (5)) AS v(x) ORDER BY x"))
	session.send("B", bind("p", "", []))
	for _ in range(3):
		session.send("E", execute("p", 2))
	session.send("S")
	messages = session.read_until("Z")
	assert Wire.kinds(messages) == "12DDsDDsDCZ"
	assert messages[-2][1] == b"SELECT 1\0"
	assert messages[-1] == ("Z", b"T")


def test_errors_skip_to_sync(session):
	session.send("P", parse("", "SELECT nonsense FROM nowhere"))
	session.send("B", bind("", "", []))
	session.send("E", execute())
	session.send("P", parse("late", "SELECT 1"))
	session.send("S")
	messages = session.read_until("Z")
	assert Wire.kinds(messages) == "EZ"
	session.send("B", bind("", "late", []))
	session.send("S")
	assert session.read_error()["C"] == "26000"
	assert session.read() == ("Z", b"I")


def test_flush_sends_what_is_there(session):
	session.send("P", parse("", "SELECT 1"))
	session.send("H")
	assert session.read() == ("1", b"")
	session.send("B", bind("", "", []))
	session.send("E", execute())
	session.send("H")
	assert Wire.kinds(session.read_until("C")) == "2DC"
	session.send("S")
	assert session.read() == ("Z", b"I")
