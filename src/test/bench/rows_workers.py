"""Rows about many workers: dynamic launches, latches between them, a thousand at once."""

import re
import signal
import time

from harness import wait_for

from rows_life import _log_count, _stamp
from servers import server


def _rates(cluster):
	return {name: float(rate) for name, rate in
			re.findall(r"bench: (l[^=]*) = (\d+)", cluster.log())}


def launch(kind):
	cluster = server(kind, bench__launch="on")
	wait_for(lambda: len(_rates(cluster)) == 2, "both rates")
	rates = _rates(cluster)
	cluster.destroy()
	return rates


def latch(kind):
	cluster = server(kind, bench__latch="on")
	wait_for(lambda: len(_rates(cluster)) == 1, "the rate")
	rates = _rates(cluster)
	cluster.destroy()
	return rates


def _ups(cluster, text):
	return [_stamp(m) for m in re.finditer(rf"^(\S+ \S+) .*{text}", cluster.log(), re.M)]


def thousand(kind):
	"""1,000 workers without a database, in the table of workers."""
	cluster = server(kind, bench__bare=1000, max_worker_processes=1010)
	wait_for(lambda: _log_count(cluster, "bench: up") >= 1000, "1,000 workers")
	ready = _stamp(re.search(r"^(\S+ \S+) .*ready to accept", cluster.log(), re.M))
	figures = {"1,000 workers: until all run": (max(_ups(cluster, "bench: up")) - ready) * 1000}
	begin, reads = time.monotonic(), 0
	with cluster.connect() as session:
		while time.monotonic() - begin < 1:
			session.cursor().execute("SELECT count(*) FROM pg_stat_activity")
			reads += 1
	figures["1,000 workers: reads of pg_stat_activity"] = reads / (time.monotonic() - begin)
	cluster.configure(bench__value=7)
	begin = time.time()
	cluster.signal(signal.SIGHUP)
	wait_for(lambda: _log_count(cluster, "bench: value 7") >= 1000, "1,000 reloads")
	figures["1,000 workers: reload"] = (max(_ups(cluster, "bench: value 7")) - begin) * 1000
	figures["1,000 workers: fast shutdown"] = cluster.seconds(cluster.stop) * 1000
	cluster.destroy()
	return figures


#: name: (function, rounds, {figure: (unit, better, wanted)})
ROWS = {
	"launch": (launch, 3, {
		"launches one by one": ("/s", "more", "2x"),
		"launches 100 at a time": ("/s", "more", "2x")}),
	"latch": (latch, 3, {"latch round trips": ("/s", "more", "1x")}),
	"thousand": (thousand, 2, {
		"1,000 workers: until all run": ("ms", "less", "1x"),
		"1,000 workers: reads of pg_stat_activity": ("/s", "more", "1x"),
		"1,000 workers: reload": ("ms", "less", "1x"),
		"1,000 workers: fast shutdown": ("ms", "less", "1x")}),
}
