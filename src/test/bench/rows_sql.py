"""Rows about statements: SPI, the activity view, reads and writes over the wire."""

import os
import re
import subprocess
import tempfile

import psycopg2

from servers import bindirs, conninfo, server, POSTGRES


def _pgbench(cluster, script, clients, seconds=2):
	"""Transactions a second of a script, simple protocol."""
	with tempfile.NamedTemporaryFile("w", suffix=".sql", dir="/tmp") as source:
		source.write(script)
		source.flush()
		result = subprocess.run(
			[os.path.join(bindirs()[POSTGRES], "pgbench"), "-n", "-M", "simple", "-f", source.name,
			 "-c", str(clients), "-j", str(min(clients, 2)), "-T", str(seconds), "-h", cluster.root,
			 "-p", str(cluster.port), "-U", cluster.user, "postgres"],
			capture_output=True, text=True, check=False)
	match = re.search(r"tps = ([0-9.]+)", result.stdout)
	if match is None:
		raise AssertionError(result.stdout + result.stderr)
	return float(match.group(1))


def spi(kind):
	cluster = server(kind, bench__spi="on")
	cluster.wait_for_log("bench: spi done")
	figures = {f"SPI: {name}": float(rate) for name, rate in
			   re.findall(r"bench: spi (.+) = (\d+)", cluster.log())}
	cluster.destroy()
	return figures


def activity(kind):
	cluster = server(kind)
	sessions = [psycopg2.connect(conninfo(cluster)) for _ in range(245)]
	figures = {
		"SELECT * FROM pg_stat_activity, 250 entries":
			_pgbench(cluster, "SELECT * FROM pg_stat_activity;\n", 1),
		"pg_stat_activity grouped by state":
			_pgbench(cluster, "SELECT state, count(*) FROM pg_stat_activity GROUP BY state;\n", 1)}
	for session in sessions:
		session.close()
	cluster.destroy()
	return figures


_MAKE_ROWS = ("CREATE TABLE points (k int PRIMARY KEY, v int)",
			  "INSERT INTO points SELECT n, 0 FROM generate_series(1, 10000) g (n)")


def reads(kind):
	cluster = server(kind)
	for statement in _MAKE_ROWS:
		cluster.query(statement)
	script = "\\set k random(1, 10000)\nSELECT v FROM points WHERE k = :k;\n"
	figures = {f"point reads, {clients} clients": _pgbench(cluster, script, clients)
			   for clients in (1, 4)}
	cluster.destroy()
	return figures


def writes(kind):
	cluster = server(kind, durable=True)
	for statement in _MAKE_ROWS:
		cluster.query(statement)
	script = "\\set k random(1, 10000)\nUPDATE points SET v = v + 1 WHERE k = :k;\n"
	figures = {f"small write transactions, {clients} clients": _pgbench(cluster, script, clients)
			   for clients in (1, 4)}
	cluster.destroy()
	return figures


ROWS = {
	"spi": (spi, 3, {f"SPI: {name} by {how}": ("/s", "more", "1x") for name in
					 ("select 1", "row by key", "update by key") for how in ("text", "plan")}),
	"activity": (activity, 3, {
		"SELECT * FROM pg_stat_activity, 250 entries": ("/s", "more", "3x"),
		"pg_stat_activity grouped by state": ("/s", "more", "3x")}),
	"reads": (reads, 3, {f"point reads, {n} clients": ("/s", "more", "1x") for n in (1, 4)}),
	"writes": (writes, 3, {f"small write transactions, {n} clients": ("/s", "more", "1x")
						   for n in (1, 4)}),
}
