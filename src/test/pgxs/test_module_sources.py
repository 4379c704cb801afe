"""Modules of other people, built from their source trees: MODULE_SOURCES=DIR[:DIR].

Each is built with PGXS and installed, unchanged; preloaded if it registers workers or asks for shared memory; and its extension
is created. pg_cron, if it is among them, has to run jobs, by libpq and by background workers, and to survive the death of its
processes. Without the variable there is nothing to do; the trees stay as they are."""

import contextlib
import glob
import os
import pathlib
import re
import signal
import subprocess

import psycopg2
import pytest
from harness import wait_for
from harness.modules import install_module

TREES = [pathlib.Path(name) for name in os.environ.get("MODULE_SOURCES", "").split(":") if name]

#: Whoever calls one of these wants to be preloaded.
PRELOADED = {"RegisterBackgroundWorker", "RequestAddinShmemSpace", "RequestNamedLWLockTranche",
			 "shmem_request_hook", "shmem_startup_hook"}


def extensions(tree):
	return sorted(path.stem for path in tree.glob("*.control"))


def named(name):
	return [tree for tree in TREES if name in extensions(tree)]


def undefined(library):
	listed = subprocess.run(["nm", "-D", "--undefined-only", library], capture_output=True, text=True,
							check=True).stdout
	return {line.split()[-1] for line in listed.splitlines()}


def libraries(bindir, tree):
	"""Of those installed, the ones that are built of this tree and want to be preloaded."""
	own = subprocess.run([f"{bindir}/pg_config", "--pkglibdir"], capture_output=True, text=True,
						 check=True).stdout.strip()
	makefiles = " ".join(path.read_text(encoding="utf-8") for path in tree.glob("Makefile"))
	return [pathlib.Path(path).stem for path in sorted(glob.glob(f"{own}/*.so"))
			if re.search(rf"\b{pathlib.Path(path).stem}\b", makefiles) and undefined(path) & PRELOADED]


def test_the_trees_are_there():
	if not TREES:
		pytest.skip("MODULE_SOURCES does not name source trees of modules")
	for tree in TREES:
		assert (tree / "Makefile").exists(), f"no Makefile in {tree}"


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree.name)
def test_module_is_built_preloaded_and_created(tree, make_cluster):
	bindir = install_module(tree, "USE_PGXS=1")
	cluster = make_cluster(bindir=bindir)
	preloaded = libraries(bindir, tree)
	cluster.configure(shared_preload_libraries=",".join(preloaded), max_worker_processes=32)
	cluster.start()
	for name in extensions(tree):
		cluster.query(f'CREATE EXTENSION "{name}" CASCADE')
	assert "was terminated by signal" not in cluster.log()
	assert "symbol lookup error" not in cluster.log()
	cluster.stop()


# ---- pg_cron ----

SCHEDULER = "SELECT pid FROM pg_stat_activity WHERE backend_type ~ 'pg_cron (launcher|scheduler)'"
LONG_JOB = ("SELECT pid FROM pg_stat_activity WHERE query ~ 'pg_sleep' AND state = 'active' "
			"AND pid <> pg_backend_pid()")


def more_runs(cluster, count=2):
	"""Waits until the job has run so many times more."""
	def counted():
		with contextlib.suppress(psycopg2.Error):
			return [cluster.value("SELECT count(*) FROM runs")]
		return None
	(before,) = wait_for(counted, "the table of runs")
	wait_for(lambda: (counted() or [0])[0] >= before + count, f"{count} runs more than {before}")


def kill_one(cluster, query):
	"""Kills the process that the query finds, and waits for the server to have started again."""
	pid = wait_for(lambda: cluster.value(query), query)
	position = cluster.log_position()
	os.kill(pid, signal.SIGKILL)
	cluster.wait_for_log(r"all server processes terminated; reinitializing", position)
	cluster.wait_for_connection()


@pytest.mark.parametrize("tree", named("pg_cron"), ids=lambda tree: tree.name)
@pytest.mark.parametrize("workers", ["off", "on"])
def test_pg_cron_runs_jobs_and_survives(tree, workers, make_cluster):
	cluster = make_cluster(bindir=install_module(tree, "USE_PGXS=1"))
	cluster.configure(**{"shared_preload_libraries": "pg_cron", "max_worker_processes": 32,
						 "cron.database_name": "postgres", "cron.host": cluster.root,
						 "cron.use_background_workers": workers})
	cluster.start()
	cluster.query("CREATE EXTENSION pg_cron")
	cluster.query("CREATE TABLE runs (backend_type text)")
	cluster.query("""SELECT cron.schedule('often', '1 second', $$INSERT INTO runs
		SELECT backend_type FROM pg_stat_activity WHERE pid = pg_backend_pid()$$)""")
	more_runs(cluster)
	kinds = {kind for (kind,) in cluster.query("SELECT DISTINCT backend_type FROM runs")}
	assert kinds == {"pg_cron" if workers == "on" else "client backend"}
	assert cluster.value("SELECT count(*) FROM cron.job_run_details WHERE status = 'succeeded'") >= 1

	kill_one(cluster, SCHEDULER)
	more_runs(cluster)

	job = cluster.value("SELECT cron.schedule('long', '1 second', 'SELECT pg_sleep(600)')")
	kill_one(cluster, LONG_JOB)
	cluster.query("SELECT cron.unschedule(%s)", (job,))
	more_runs(cluster)
	cluster.wait_for_value("SELECT count(*) > 0 FROM cron.job_run_details WHERE status = 'failed'", True)
