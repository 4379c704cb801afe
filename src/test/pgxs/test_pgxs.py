"""PGXS and pg_regress, as a module's author meets them: variables and targets of the makefiles, the
driver's options, output and exit codes."""

import os
import pathlib
import re
import shutil

import pytest
from harness.pgxs import ModuleFolder

SQL = "CREATE EXTENSION twins;\nSELECT two();\n"
EXPECTED = "CREATE EXTENSION twins;\nSELECT two();\n two \n-----\n   2\n(1 row)\n\n"
C_SOURCE = """\
#include "postgres.h"
#include "fmgr.h"

PG_MODULE_MAGIC;
PG_FUNCTION_INFO_V1(two);

int two_of(void);

Datum
two(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(two_of());
}
"""
CXX_SOURCE = 'extern "C" int two_of();\n\nint\ntwo_of()\n{\n\treturn 2;\n}\n'
MAKEFILE = """\
MODULE_big = twins
OBJS = $(WIN32RES) src/one.o src/two.o
PGFILEDESC = "twins - C and C++"
EXTENSION = twins
DATA = twins--1.sql
DATA_built = built.txt
DATA_TSEARCH = twins.stop
DOCS = README.twins
SCRIPTS = twins_script
HEADERS = src/twins.h
REGRESS = twins
EXTRA_CLEAN = extra
{more}
PG_CONFIG = pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

built.txt:
	echo $(MAJORVERSION) >$@
"""
FILES = {
	"src/one.c": C_SOURCE, "src/two.cc": CXX_SOURCE, "src/twins.h": "int two_of(void);\n",
	"twins.control": "default_version = '1'\nmodule_pathname = '$libdir/twins'\n",
	"twins--1.sql": "CREATE FUNCTION two() RETURNS int AS 'MODULE_PATHNAME' LANGUAGE C;\n",
	"twins.stop": "", "README.twins": "", "twins_script": "#!/bin/sh\n",
	"sql/twins.sql": SQL, "expected/twins.out": EXPECTED,
}


@pytest.fixture
def module():
	made = []

	def make(more="", files=None):
		made.append(ModuleFolder({**FILES, "Makefile": MAKEFILE.format(more=more), **(files or {})}))
		return made[-1]
	yield make
	for folder in made:
		folder.remove()


def test_every_kind_of_file_is_installed_and_uninstalled(module):
	twins = module()
	twins.make("install", "DESTDIR=" + twins.path("root"))
	installed = twins.files("root")
	assert sorted(os.path.basename(name) for name in installed) == sorted([
		"twins.so", "twins--1.sql", "twins.control", "built.txt", "twins.stop", "README.twins",
		"twins_script", "twins.h"])
	where = {os.path.basename(name): os.path.dirname(name) for name in installed}
	assert where["twins.h"].endswith("/server/extension/twins")
	assert where["built.txt"].endswith("/extension") and where["twins.stop"].endswith("/tsearch_data")
	twins.make("uninstall", "DESTDIR=" + twins.path("root"))
	assert twins.files("root") == []


def test_clean_leaves_the_sources(module):
	twins = module()
	before = twins.files(".")
	twins.make("all")
	twins.write("extra/file", "")
	twins.make("clean")
	assert twins.files(".") == before


@pytest.mark.parametrize("how", ["-f {source}/Makefile", "-f {source}/Makefile VPATH={source}",
								 "-f {source}/Makefile USE_VPATH={source}"])
def test_check_outside_the_source_tree(module, how):
	twins = module()
	before = twins.files(".")
	other = ModuleFolder({})
	try:
		out = other.make(*how.format(source=twins.root).split(), "check")
		assert " All 1 tests passed. " in out
		assert twins.files(".") == before
	finally:
		other.remove()


def test_check_has_a_server_of_its_own(module):
	out = module().make("check")
	assert re.search(r"^test twins {23} \.\.\. ok {4} +\d+ ms$", out, re.MULTILINE)
	assert " All 1 tests passed. " in out


def test_check_takes_settings_from_a_file(module):
	twins = module("REGRESS_OPTS = --temp-config=extra.conf --load-extension=twins", {
		"extra.conf": "work_mem = '1234kB'\n", "sql/twins.sql": "SHOW work_mem;\n",
		"expected/twins.out": "SHOW work_mem;\n work_mem \n----------\n 1234kB\n(1 row)\n\n"})
	assert " All 1 tests passed. " in twins.make("check")


def test_installcheck_uses_the_running_server(module, make_cluster):
	twins = module()
	prefix = twins.install_copy()
	cluster = make_cluster(bindir=os.path.join(prefix, "bin"))
	cluster.start()
	pg_config = "PG_CONFIG=" + os.path.join(prefix, "bin", "pg_config")
	twins.make(pg_config, "install")
	environment = {"PGHOST": cluster.root, "PGPORT": str(cluster.port), "PGUSER": cluster.user}
	for _ in range(2):
		out = twins.make(pg_config, "installcheck", env=environment)
		assert f"(using postmaster on {cluster.root}, port {cluster.port})" in out
		assert ' dropping database "contrib_regression" ' in out
		assert " All 1 tests passed. " in out
	assert cluster.value("SELECT count(*) FROM pg_database WHERE datname = 'contrib_regression'") == 1


def test_no_installcheck(module):
	assert "postmaster" not in module("NO_INSTALLCHECK = 1").make("installcheck")


def test_flags_of_the_command_line_are_added(module):
	out = module("PG_CPPFLAGS = -DONE\nPG_CFLAGS = -DTWO\nPG_CXXFLAGS = -DTHREE").make(
		"-n", "V=1", "CFLAGS=-DUSER", "COPT=-DCOPT", "all")
	compile_c = next(line for line in out.splitlines() if "one.c" in line)
	assert all(word in compile_c for word in ("-DONE", "-DTWO", "-DUSER", "-DCOPT", "-fPIC"))
	assert compile_c.index("-DONE") < compile_c.index("-I. ") < compile_c.index("server")
	assert "-DTHREE" in next(line for line in out.splitlines() if "two.cc" in line)


def test_headers_need_a_module(module):
	out = module("HEADERS_other = x.h").make("all", check=False)
	assert "HEADERS_other set, but there is no such module" in out


def test_libpq_is_found_and_leaves_our_headers_alone(module):
	twins = module("PG_CPPFLAGS = -I$(libpq_srcdir)\nSHLIB_LINK = $(libpq)", {
		"src/one.c": C_SOURCE.replace('#include "fmgr.h"', '#include "fmgr.h"\n#include "libpq-fe.h"')
		.replace("two_of()", "PQlibVersion() > 0 && sizeof(POSTROOM_VERSION) > 0 ? two_of() : 0")})
	assert " All 1 tests passed. " in twins.make("check")


# ---- pg_regress


def regress(folder, *arguments, status=0, env=None):
	program = os.path.join(folder.pgxs_dir(), "src/test/regress/pg_regress")
	return folder.run(program, *arguments, status=status, env=env)


def answers(**tests):
	"""Files of tests that select one number each; {name: (asked, expected)}."""
	files = {}
	for name, (asked, expected) in tests.items():
		files[f"sql/{name}.sql"] = f"SELECT {asked} AS x;\n"
		files[f"expected/{name}.out"] = f"SELECT {asked} AS x;\n x \n---\n {expected}\n(1 row)\n\n"
	return files


@pytest.fixture
def suite(module_server):
	made = []

	def make(files):
		made.append(ModuleFolder(files))
		made[-1].env = {"PGHOST": module_server.root, "PGPORT": str(module_server.port),
						"PGUSER": module_server.user}
		return made[-1]
	yield make
	for folder in made:
		folder.remove()


@pytest.fixture(scope="module")
def module_server(shared_cluster):
	return shared_cluster


def test_failures_are_counted_and_shown(suite):
	tests = suite({**answers(good=(1, 1), bad=(1, 2), worse=(3, 4)),
				   "schedule": "# groups\ntest: good bad\nignore: worse\n\ntest: worse\n"})
	out = regress(tests, "--schedule=schedule", "good", status=1)
	assert re.search(r"^parallel group \(2 tests\): (?: good| bad){2}$", out, re.MULTILINE)
	assert re.search(r"^     good {24} \.\.\. ok {4} +\d+ ms$", out, re.MULTILINE)
	assert re.search(r"^     bad {25} \.\.\. FAILED +\d+ ms$", out, re.MULTILINE)
	assert re.search(r"^test worse {23} \.\.\. failed \(ignored\) +\d+ ms$", out, re.MULTILINE)
	assert " 2 of 4 tests failed, 1 of these failures ignored. " in out
	diffs = tests.read("regression.diffs")
	assert diffs.count("\n+ 1\n") == 1 and diffs.startswith(f"diff -U3 {tests.root}/expected/bad.out ")
	assert "FAILED" in tests.read("regression.out")


def test_variants_and_results_folders(suite):
	files = answers(one=(2, 7))
	files["expected/one_3.out"] = files["expected/one.out"].replace(" 7", " 2")
	tests = suite({f"in/{name}": text for name, text in files.items()})
	regress(tests, "--inputdir=in", "--outputdir=out", "one")
	assert tests.read("out/results/one.out") == files["expected/one_3.out"]
	assert not tests.exists("out/regression.diffs")


def test_source_files_are_filled_in(suite):
	tests = suite({"input/where.source": "SELECT '@abs_srcdir@|@DLSUFFIX@' AS x;\n",
				   "output/where.source": "SELECT '@abs_srcdir@|@DLSUFFIX@' AS x;\nnot this\n"})
	regress(tests, "where", status=1)
	assert f"SELECT '{tests.root}|.so' AS x;" in tests.read("sql/where.sql")
	assert tests.read("expected/where.out").endswith("|.so' AS x;\nnot this\n")


@pytest.mark.parametrize("arguments, message", [
	(["--schedule=bad"], 'syntax error in schedule file "bad" line 2: tost: x'),
	(["--schedule=crowd", "--max-concurrent-tests=1"], "too many parallel tests (more than 1)"),
	(["missing"], 'could not find the test "missing"'),
	(["--port=x"], 'invalid port number: "x"'),
	(["--no-such-option"], "unrecognized option"),
])
def test_what_cannot_be_run(suite, arguments, message):
	tests = suite({**answers(x=(1, 1)), "bad": "test: x\ntost: x\n", "crowd": "test: x x\n"})
	assert message in regress(tests, *arguments, status=2)


def test_groups_are_split_when_connections_are_few(suite):
	tests = suite({**answers(a=(1, 1), b=(2, 2), c=(3, 3)), "schedule": "test: a b c\n"})
	out = regress(tests, "--schedule=schedule", "--max-connections=1", "--dbname=few")
	assert "parallel group (3 tests, in groups of 1):  a b c\n" in out


def test_a_test_without_expected_output_fails(suite):
	tests = suite({"sql/new.sql": "SELECT 1 AS x;\n"})
	regress(tests, "new", status=1)
	assert "+SELECT 1 AS x;" in tests.read("regression.diffs")


def test_session_settings_do_not_depend_on_the_user(suite):
	tests = suite({"sql/s.sql": "SHOW timezone; SHOW datestyle; SHOW intervalstyle;\n"})
	regress(tests, "s", status=1, env={"PGTZ": "UTC", "PGOPTIONS": "-c work_mem=1MB"})
	shown = tests.read("results/s.out")
	assert all(word in shown for word in ("PST8PDT", "Postgres, MDY", "postgres_verbose"))


def test_a_server_that_does_not_start(suite):
	tests = suite({**answers(x=(1, 1)), "bad.conf": "work_mem = blue\n"})
	out = regress(tests, "--temp-instance=tmp", "--temp-config=bad.conf", "x", status=2)
	assert f"postmaster failed\nExamine {tests.root}/log/postmaster.log for the reason" in out
	assert 'invalid value for parameter "work_mem"' in tests.read("log/postmaster.log")


def test_config_auth_has_nothing_to_do(suite):
	assert regress(suite({}), "--config-auth=anywhere") == ""


def test_help_names_every_option(suite):
	source = (pathlib.Path(__file__).parents[2] / "bin/pg_regress/options.cpp").read_text(encoding="utf-8")
	options = set(re.findall(r'\{"([a-z-]+)",\s', source)) - {"psqldir", "temp-port"}
	shown = set(re.findall(r"--([a-z-]+)", regress(suite({}), "--help")))
	assert options <= shown


@pytest.mark.skipif(not shutil.which("psql"), reason="psql is not installed")
def test_use_existing_makes_no_database(suite, module_server):
	tests = suite(answers(x=(1, 1)))
	out = regress(tests, "--use-existing", "--dbname=postgres", "x")
	assert "creating database" not in out
