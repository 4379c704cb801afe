"""PostgreSQL's own modules build with PGXS and pass their own tests, unchanged.

POSTGRES_SOURCE names source trees of PostgreSQL, separated by colons; without it there is nothing to
do. What a module needs of its tree is copied, so the tree stays as it is."""

import os
import pathlib
import re
import shutil

import psycopg2
import pytest
from harness.modules import install_module
from harness.pgxs import ModuleFolder

MODULES = ["src/test/modules/worker_spi", "contrib/worker_spi", "src/test/modules/test_shm_mq",
		   "src/test/modules/test_dsa", "src/test/modules/test_dsm_registry",
		   "src/test/modules/test_lwlock_tranches", "contrib/pg_prewarm"]

#: The one that has no tests of its own before PostgreSQL 12.
WORKER_SPI = ["src/test/modules/worker_spi", "contrib/worker_spi"]

#: How far a module's own tests can come here: {module: (where the run stops then, what is missing)}.
KNOWN = {
	"pg_prewarm": (r"RelationGetSmgr is not supported\s[^#]*SELECT pg_prewarm\('test', 'read'\)|"
				   r"partitioning is not supported",
				   "the pages of PostgreSQL's tables, in 18 partitions"),
}


def trees():
	return [pathlib.Path(name) for name in os.environ.get("POSTGRES_SOURCE", "").split(":") if name]


def version(tree):
	configure = (tree / "configure").read_text(encoding="utf-8", errors="replace")
	return re.search(r"PACKAGE_VERSION='([^']+)'", configure).group(1)


def has_tests(folder):
	makefile = (folder / "Makefile").read_text(encoding="utf-8")
	return re.search(r"^(REGRESS|ISOLATION|TAP_TESTS)\b", makefile, re.M)


def cases(modules, wanted):
	return [pytest.param(tree, module, id=f"{module.rsplit('/', 1)[1]}-{version(tree)}")
			for tree in trees() for module in modules
			if (tree / module / "Makefile").exists() and bool(has_tests(tree / module)) == wanted]


CASES = cases(MODULES, True)
UNTESTED = cases(WORKER_SPI, False)
PGSS = [pytest.param(tree, id=version(tree)) for tree in trees()
		if version(tree).startswith(("14", "15"))]
AUTOPREWARM = [case for wanted in (True, False) for case in cases(["contrib/pg_prewarm"], wanted)
			   if (case.values[0] / "contrib/pg_prewarm/autoprewarm.c").exists()]


def copy_of(tree, module):
	"""A folder that looks like the tree, as far as the module's makefile and tests look."""
	folder = ModuleFolder({})
	for part in ("src/test/perl", module):
		if (tree / part).exists():
			shutil.copytree(tree / part, folder.path(part))
	folder.write("Makefile", "")
	return folder


@pytest.mark.skipif(not trees(), reason="POSTGRES_SOURCE does not name a source tree of PostgreSQL")
def test_the_trees_have_modules():
	assert CASES + UNTESTED, f"no known module in {os.environ['POSTGRES_SOURCE']}"


@pytest.mark.parametrize("tree, module", CASES)
def test_module_passes_its_own_tests(tree, module):
	folder = copy_of(tree, module)
	name = module.rsplit("/", 1)[1]
	out = folder.make("-C", module, "USE_PGXS=1", f"POSTGRES_SOURCE={folder.root}", "check", check=False)
	diffs = f"{module}/regression.diffs"
	out += folder.read(diffs) if folder.exists(diffs) else ""
	passed = re.search(r"All \d+ tests passed|^All tests successful", out, re.MULTILINE)
	if not passed and name in KNOWN and re.search(KNOWN[name][0], out):
		folder.remove()
		pytest.xfail(f"needs {KNOWN[name][1]}")
	assert passed, f"kept: {folder.root}\n{out}"
	folder.remove()


@pytest.mark.parametrize("tree, module", UNTESTED)
def test_worker_spi_counts(tree, module, make_cluster):
	cluster = make_cluster(bindir=install_module(tree / module, "USE_PGXS=1"))
	cluster.configure(**{"shared_preload_libraries": "worker_spi", "worker_spi.naptime": 1})
	cluster.start()
	for number in (1, 2):
		cluster.wait_for_log(rf"worker.* {number} initialized with schema{number}.counted")
	cluster.wait_for_value("SELECT count(*) FROM pg_tables WHERE tablename = 'counted'", 2)
	cluster.query("INSERT INTO schema1.counted VALUES ('total', 1), ('delta', 2), ('delta', 3)")
	cluster.wait_for_log(r"worker.* 1: count in schema1.counted is now 6")
	assert cluster.query("SELECT * FROM schema1.counted") == [("total", 6)]
	if "worker_spi_launch" in (tree / module / "worker_spi.c").read_text(encoding="utf-8"):
		cluster.query("CREATE EXTENSION worker_spi")
		pid = cluster.value("SELECT worker_spi_launch(3)")
		cluster.wait_for_log(r"worker.* 3 initialized with schema3.counted")
		assert cluster.value(f"SELECT backend_type FROM pg_stat_activity WHERE pid = {pid}") in (
			"worker 3", "worker_spi")


@pytest.mark.parametrize("tree, module", AUTOPREWARM)
def test_pg_prewarm_dumps_and_reads_an_empty_list(tree, module, make_cluster):
	"""There are no buffers to list; the worker does everything else."""
	cluster = make_cluster(bindir=install_module(tree / module, "USE_PGXS=1"))
	cluster.configure(shared_preload_libraries="pg_prewarm")
	cluster.start()
	cluster.query("CREATE EXTENSION pg_prewarm")
	leader = "SELECT count(*) FROM pg_stat_activity WHERE backend_type LIKE 'autoprewarm %'"
	cluster.wait_for_value(leader, 1)
	assert cluster.value("SELECT autoprewarm_dump_now()") == 0
	with pytest.raises(psycopg2.errors.ObjectNotInPrerequisiteState, match="already running under PID"):
		cluster.query("SELECT autoprewarm_start_worker()")
	with pytest.raises(psycopg2.errors.FeatureNotSupported, match="RelationGetSmgr"):
		cluster.query("CREATE TABLE t (); SELECT pg_prewarm('t')")
	cluster.restart()
	cluster.wait_for_log("autoprewarm successfully prewarmed 0 of 0 previously-loaded blocks")
	cluster.wait_for_value(leader, 1)


@pytest.mark.parametrize("tree", PGSS)
def test_pg_stat_statements_counts(tree, make_cluster):
	"""Its own tests ask for much SQL that is not there; this asks for what it is there for."""
	cluster = make_cluster(bindir=install_module(tree / "contrib/pg_stat_statements", "USE_PGXS=1"))
	cluster.configure(shared_preload_libraries="pg_stat_statements")
	cluster.start()
	cluster.query("CREATE EXTENSION pg_stat_statements; CREATE TABLE t (a int, b text)")
	for number in (1, -2, 3):
		cluster.query(f"INSERT INTO t VALUES ({number}, 'text')")
	cluster.query("SELECT a, b FROM t WHERE a > -5 LIMIT 2")

	def counted():
		return {query: (calls, rows) for query, calls, rows in
				cluster.query("SELECT query, calls, rows FROM pg_stat_statements")}

	expected = {"INSERT INTO t VALUES ($1, $2)": (3, 3), "SELECT a, b FROM t WHERE a > $1 LIMIT $2": (1, 2),
				"CREATE TABLE t (a int, b text)": (1, 0)}
	assert expected.items() <= counted().items()
	cluster.restart()
	assert expected.items() <= counted().items()
	cluster.query("""SET pg_stat_statements.track = 'all'; DO $$ DECLARE n int := 1; BEGIN
		n := n + 5; DELETE FROM t WHERE a = n; END $$""")
	assert counted()["DELETE FROM t WHERE a = n"] == (1, 0)
	assert not [query for query in counted() if query.startswith("SELECT n +")]
	cluster.query("SELECT pg_stat_statements_reset()")
	assert not expected.keys() & counted().keys()
	assert cluster.value("SELECT stats_reset > now() - interval '1 hour' FROM pg_stat_statements_info")
