"""Rows about processes: start, connect, storms of workers, shutdown, crash, reload, memory."""

import os
import re
import signal
import statistics
import subprocess
import time
from datetime import datetime

import psycopg2

from harness import Cluster, child_pids, wait_for

from servers import bindirs, client, conninfo, server


def _first_answer(cluster):
	while True:
		try:
			connection = psycopg2.connect(conninfo(cluster))
			connection.cursor().execute("SELECT 1")
			connection.close()
			return
		except psycopg2.Error:
			pass


def _log_count(cluster, text):
	return cluster.log().count(text)


def initdb(kind):
	cluster = Cluster(bindir=bindirs()[kind], init=False)
	took = cluster.seconds(lambda: cluster.initdb("-N"))
	cluster.destroy()
	return {"initdb": took * 1000}


def start(kind):
	cluster = server(kind, start=False)
	command = [os.path.join(cluster.bindir, "postgres"), "-D", cluster.data]
	from harness import unprivileged
	begin = time.monotonic()
	with open(cluster.log_path, "w", encoding="utf-8") as log:
		process = subprocess.Popen(command, stdout=log, stderr=log, cwd=cluster.root,
								   **unprivileged())
	_first_answer(cluster)
	took = time.monotonic() - begin
	process.send_signal(signal.SIGINT)
	process.wait()
	cluster.destroy()
	return {"server start to first answer": took * 1000}


def _latencies(cluster, seconds, clients=1):
	running = [subprocess.Popen([client(), conninfo(cluster), str(seconds)],
								stdout=subprocess.PIPE, text=True) for _ in range(clients)]
	lines = [line for process in running for line in process.communicate()[0].split()]
	return [float(line) for line in lines if line != "failed"], lines.count("failed")


def connect(kind):
	cluster = server(kind)
	figures = {}
	for clients in (1, 4):
		times, _ = _latencies(cluster, 2, clients)
		figures[f"connect, SELECT 1, disconnect, {clients} clients"] = len(times) / 2
	cluster.destroy()
	return figures


def storm(kind):
	"""500 workers start while a client connects again and again."""
	cluster = server(kind, start=False, bench__idle=500)
	begin = time.monotonic()
	cluster.start()
	times, failed = _latencies(cluster, 1.5)
	wait_for(lambda: _log_count(cluster, "bench: up") >= 500, "500 workers")
	cluster_log = cluster.log()
	ready = _stamp(re.search(r"^(\S+ \S+) .*ready to accept", cluster_log, re.M))
	ups = [_stamp(m) for m in re.finditer(r"^(\S+ \S+) .*bench: up", cluster_log, re.M)]
	figures = {"500 workers start: slowest connection meanwhile": max(times) / 1000,
			   "500 workers start: median connection meanwhile": statistics.median(times) / 1000,
			   "500 workers with a database: until all run": (max(ups) - ready) * 1000}
	del begin, failed
	figures["fast shutdown with 500 workers"] = cluster.seconds(cluster.stop) * 1000
	cluster.destroy()
	return figures


def _stamp(match):
	return datetime.strptime(match.group(1), "%Y-%m-%d %H:%M:%S.%f").timestamp()


def bare_storm(kind):
	cluster = server(kind, bench__bare=500)
	wait_for(lambda: _log_count(cluster, "bench: up") >= 500, "500 workers")
	log = cluster.log()
	ready = _stamp(re.search(r"^(\S+ \S+) .*ready to accept", log, re.M))
	ups = [_stamp(m) for m in re.finditer(r"^(\S+ \S+) .*bench: up", log, re.M)]
	cluster.destroy()
	return {"500 workers without one: until all run": (max(ups) - ready) * 1000}


def crash(kind):
	"""One of 100 workers is killed with -9."""
	cluster = server(kind, bench__idle=100)
	wait_for(lambda: _log_count(cluster, "bench: up") >= 100, "100 workers")
	victim = cluster.value("SELECT pid FROM pg_stat_activity WHERE backend_type = 'bench' LIMIT 1")
	begin = time.monotonic()
	os.kill(victim, signal.SIGKILL)
	wait_for(lambda: "terminating any other active" in cluster.log(), "the crash", interval=0.001)
	_first_answer(cluster)
	answered = time.monotonic() - begin
	wait_for(lambda: _log_count(cluster, "bench: up") >= 200, "100 workers again", interval=0.005)
	back = time.monotonic() - begin
	cluster.destroy()
	return {"kill -9: until a new connection is answered": answered * 1000,
			"kill -9: until 100 workers are back": back * 1000}


def restart_interval(kind):
	"""How late workers with an interval of 1 s come back."""
	cluster = server(kind, bench__restart=5)
	wait_for(lambda: _log_count(cluster, "bench: restarted") >= 60, "60 starts")
	exits, errors, ups = [], [], 0
	for line in cluster.log().splitlines():
		gone = re.match(r'(\S+ \S+) .*worker "(.*)" \(PID (\d+)\) exited', line)
		up = re.match(r"(\S+ \S+) \S+ \[(\d+)\] LOG:  bench: restarted", line)
		if gone:
			exits.append(_stamp(gone))
		elif up:
			ups += 1
			if ups > 5:  # the first start of each follows no exit
				errors.append(abs(_stamp(up) - exits.pop(0) - 1.0))
	cluster.destroy()
	errors.sort()
	return {"restart interval of 1 s: p99 error": errors[int(len(errors) * 0.99) - 1] * 1000,
			"restart interval of 1 s: mean error": statistics.mean(errors) * 1000,
			"restart interval of 1 s: worst error": errors[-1] * 1000}


def reload(kind):
	"""SIGHUP until 200 workers have the new value."""
	cluster = server(kind, bench__idle=200)
	wait_for(lambda: _log_count(cluster, "bench: up") >= 200, "200 workers")
	cluster.configure(bench__value=7)
	begin = time.time()
	cluster.signal(signal.SIGHUP)
	wait_for(lambda: _log_count(cluster, "bench: value 7") >= 200, "200 reloads")
	stamps = [_stamp(m) for m in re.finditer(r"^(\S+ \S+) .*bench: value 7", cluster.log(), re.M)]
	cluster.destroy()
	return {"SIGHUP until 200 workers have the new value": (max(stamps) - begin) * 1000}


def _pss(pid):
	with open(f"/proc/{pid}/smaps_rollup", encoding="utf-8") as rollup:
		return int(re.search(r"^Pss:\s+(\d+)", rollup.read(), re.M).group(1))


def memory(kind):
	figures = {}
	for setting, label in (("bench__idle", "with a database"), ("bench__bare", "without")):
		cluster = server(kind, **{setting: 50})
		wait_for(lambda: _log_count(cluster, "bench: up") >= 50, "50 workers")
		pids = [pid for (pid,) in cluster.query(
			"SELECT pid FROM pg_stat_activity WHERE backend_type = 'bench'")] or \
			_titled(cluster, "bench")
		figures[f"memory of an idle worker {label}"] = statistics.mean(map(_pss, pids))
		cluster.destroy()
	cluster = server(kind)
	sessions = [psycopg2.connect(conninfo(cluster)) for _ in range(50)]
	for session in sessions:
		session.autocommit = True
		session.cursor().execute("SELECT 1")
	pids = [session.info.backend_pid for session in sessions]
	figures["memory of an idle session"] = statistics.mean(map(_pss, pids))
	for session in sessions:
		session.close()
	wait_for(lambda: not set(pids) & set(child_pids(cluster.pid)), "sessions gone")
	figures["memory of the whole idle server"] = sum(
		_pss(pid) for pid in [cluster.pid, *child_pids(cluster.pid)])
	cluster.destroy()
	return figures


def _titled(cluster, word):
	"""Children whose process title has the word: PostgreSQL hides workers without a database."""
	found = []
	for pid in child_pids(cluster.pid):
		with open(f"/proc/{pid}/cmdline", encoding="utf-8", errors="replace") as title:
			if word in title.read():
				found.append(pid)
	return found


#: name: (function, rounds, {figure: (unit, better, wanted)})
ROWS = {
	"initdb": (initdb, 5, {"initdb": ("ms", "less", "10x")}),
	"start": (start, 5, {"server start to first answer": ("ms", "less", "3x")}),
	"connect": (connect, 3, {
		"connect, SELECT 1, disconnect, 1 clients": ("/s", "more", "3x"),
		"connect, SELECT 1, disconnect, 4 clients": ("/s", "more", "3x")}),
	"storm": (storm, 3, {
		"500 workers start: slowest connection meanwhile": ("ms", "less", "15 ms"),
		"500 workers start: median connection meanwhile": ("ms", "less", ""),
		"500 workers with a database: until all run": ("ms", "less", "1x"),
		"fast shutdown with 500 workers": ("ms", "less", "2x")}),
	"bare": (bare_storm, 3, {"500 workers without one: until all run": ("ms", "less", "1x")}),
	"crash": (crash, 3, {
		"kill -9: until a new connection is answered": ("ms", "less", "5x"),
		"kill -9: until 100 workers are back": ("ms", "less", "5x")}),
	"restart": (restart_interval, 1, {
		"restart interval of 1 s: p99 error": ("ms", "less", "1x"),
		"restart interval of 1 s: mean error": ("ms", "less", "1x"),
		"restart interval of 1 s: worst error": ("ms", "less", "1x")}),
	"reload": (reload, 3, {"SIGHUP until 200 workers have the new value": ("ms", "less", "2x")}),
	"memory": (memory, 1, {
		"memory of an idle worker with a database": ("kB", "less", "2x"),
		"memory of an idle worker without": ("kB", "less", "2x"),
		"memory of an idle session": ("kB", "less", "2x"),
		"memory of the whole idle server": ("kB", "less", "2x")}),
}
