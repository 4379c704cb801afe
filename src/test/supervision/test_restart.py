"""When a worker that ended with exit code 1 starts again.

- Never before its restart interval has passed, and soon after; 0 is at once.
- The interval counts from the end of the worker, however it was ended.
- Intervals are 64-bit: a length of more than 24.8 days in milliseconds does not wrap around.
- The longest interval is 86,400,000; beyond it and below -1 a registration is refused.
- Workers wait for themselves alone: a long interval does not delay others.
"""

from harness import ours

#: A busy machine may be late; it must never be early. (Twice the interval: the unit tests see that.)
LATE = 10.0


def intervals(cluster, name):
	times = cluster.log_times(f"test_worker: {name} started")
	return [later - earlier for earlier, later in zip(times, times[1:])]


def test_interval_is_kept(worker_cluster):
	cluster = worker_cluster("name:one,restart:1,do:exit:1; name:zero,restart:0,do:exit:1;"
							 "name:two,restart:2,do:exit:1")
	cluster.wait_for_start("one", count=4)
	cluster.wait_for_start("two", count=2)
	cluster.stop("immediate")
	assert all(1.0 <= interval < 1.0 + LATE for interval in intervals(cluster, "one"))
	assert all(2.0 <= interval < 2.0 + LATE for interval in intervals(cluster, "two"))
	assert min(intervals(cluster, "zero")) < 0.5
	assert len(intervals(cluster, "zero")) > len(intervals(cluster, "one"))


def test_interval_counts_from_the_end(worker_cluster):
	cluster = worker_cluster("name:idle,restart:1,do:loop")
	cluster.wait_for_start("idle")
	for _ in range(2):
		position = cluster.log_position()
		cluster.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
					  "WHERE backend_type = 'idle'")
		cluster.wait_for_start("idle", position)
		(told,) = cluster.log_times(
			'FATAL:  terminating background worker "idle" due to administrator command', position)
		started = cluster.log_times("test_worker: idle started", position)[-1]
		assert 1.0 <= started - told < 1.0 + LATE


@ours
def test_long_intervals_do_not_wrap_around(worker_cluster):
	# 2,160,000 s are 2^31 ms and a little, 4,294,968 s are 2^32 ms and a little.
	long = (2160000, 4294968, 86400000)
	cluster = worker_cluster("; ".join(f"name:long{seconds},restart:{seconds},do:exit:1"
									   for seconds in long) + "; name:canary,restart:1,do:exit:1")
	cluster.wait_for_start("canary", count=3)
	for seconds in long:
		assert cluster.starts(f"long{seconds}") == 1


def test_invalid_intervals_are_refused(worker_cluster):
	cluster = worker_cluster("name:long,restart:86400001,do:loop; name:negative,restart:-2,do:loop;"
							 "name:longest,restart:86400000,do:loop; name:good,restart:-1,do:loop")
	cluster.wait_for_start("longest")
	cluster.wait_for_start("good")
	for name in ("long", "negative"):
		assert cluster.starts(name) == 0
		assert f'LOG:  background worker "{name}": invalid restart interval\n' in cluster.log()
	assert "longest\": invalid" not in cluster.log()


def test_restart_is_not_held_up_by_sessions_and_others(worker_cluster):
	cluster = worker_cluster("name:slow,restart:3600,do:exit:1; name:quick,restart:0,do:exit:1")
	session = cluster.connect()
	session.cursor().execute("BEGIN")
	cluster.wait_for_start("quick", count=10)
	assert cluster.starts("slow") == 1
