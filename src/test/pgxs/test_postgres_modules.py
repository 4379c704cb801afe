"""PostgreSQL's own modules build with PGXS and pass their own tests, unchanged.

POSTGRES_SOURCE names source trees of PostgreSQL, separated by colons; without it there is nothing to
do. What a module needs of its tree is copied, so the tree stays as it is."""

import os
import pathlib
import re
import shutil

import pytest
from harness.modules import build_module
from harness.pgxs import ModuleFolder

MODULES = ["src/test/modules/worker_spi", "contrib/worker_spi", "src/test/modules/test_shm_mq",
		   "src/test/modules/test_dsa", "src/test/modules/test_dsm_registry",
		   "src/test/modules/test_lwlock_tranches", "contrib/pg_prewarm"]

#: The one that has no tests of its own before PostgreSQL 12.
WORKER_SPI = ["src/test/modules/worker_spi", "contrib/worker_spi"]

#: What keeps a module's tests from passing here: {module: (what the run shows then, what is missing)}.
KNOWN = {
	"worker_spi": (r"ERROR:  (DO|CREATE ROLE) is not supported", "DO blocks in PL/pgSQL, or roles"),
	"pg_prewarm": (r"No such file or directory|is not supported", "the pages of PostgreSQL's tables"),
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
	# Their struct on the stack is not filled with zeros (doc/porting.md).
	old = re.match(r"9\.([3-6])", version(tree))
	flags = f"-DPG_BGWORKER_API={93 if old[1] == '3' else 94}" if old else ""
	library = build_module(tree / module / "worker_spi.c", cppflags=flags)
	cluster = make_cluster()
	cluster.configure(**{"shared_preload_libraries": library, "worker_spi.naptime": 1})
	cluster.start()
	for number in (1, 2):
		cluster.wait_for_log(rf"worker.* {number} initialized with schema{number}.counted")
	cluster.wait_for_value("SELECT count(*) FROM pg_tables WHERE tablename = 'counted'", 2)
	cluster.query("INSERT INTO schema1.counted VALUES ('total', 1), ('delta', 2), ('delta', 3)")
	cluster.wait_for_log(r"worker.* 1: count in schema1.counted is now 6")
	assert cluster.query("SELECT * FROM schema1.counted") == [("total", 6)]
