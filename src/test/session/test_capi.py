"""The module API as a whole: src/test/modules/test_capi uses all of it, as C and as C++.

- The folder builds without a warning as gnu11, C11 and C++20, and each of its tests passes in a session.
- No name that a public header declares is unused there.
"""

import os
import re
import subprocess
import sys

import psycopg2.errors
import pytest

from harness import Cluster
from harness.modules import build_folder

SRCDIR = os.environ["POSTROOM_SRCDIR"]
FOLDER = os.path.join(SRCDIR, "src", "test", "modules", "test_capi")
sys.path.insert(0, FOLDER)

import declared  # noqa: E402  pylint: disable=wrong-import-position

_TEST = re.compile(r"^CAPI_TEST\((\w+)\)", re.M)


def read(name):
	with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
		return file.read()


FILES = sorted(name for name in os.listdir(FOLDER) if re.fullmatch(r"capi_\w+\.c", name))
TESTS = [test for name in FILES for test in _TEST.findall(read(name))]
SCRIPTS = sorted(name for name in os.listdir(FOLDER) if re.fullmatch(r"capi_\w+\.sql", name))


@pytest.fixture(scope="module", params=["c", "cxx"])
def server(request):
	rename = (lambda name: re.sub(r"\.c$", ".cpp", name)) if request.param == "cxx" else None
	cluster = Cluster()
	cluster.configure(dynamic_library_path=build_folder(FOLDER, rename),
					  shared_preload_libraries="test_capi", max_worker_processes=64)
	cluster.start()
	for test in TESTS:
		cluster.query(f"CREATE FUNCTION {test}() RETURNS void AS 'test_capi' LANGUAGE C")
	cluster.query("CREATE FUNCTION test_failure() RETURNS void AS 'test_capi' LANGUAGE C")
	for script in SCRIPTS:
		cluster.query(read(script))
	yield cluster
	cluster.destroy()


@pytest.mark.parametrize("test", TESTS)
def test_capi(server, test):
	server.query(f"SELECT {test}()")


def test_a_failed_check_is_seen(server):
	with pytest.raises(psycopg2.errors.InternalError_, match="check failed: 1 == 2"):
		server.query("SELECT test_failure()")


def test_the_sources_are_strict_c11():
	folder = build_folder(FOLDER)
	bindir = os.environ["POSTROOM_BINDIR"]
	made = subprocess.run(["make", "-s", "-C", folder, f"PG_CONFIG={bindir}/pg_config", "strict"],
						  capture_output=True, text=True, check=False)
	assert made.returncode == 0, made.stdout + made.stderr


def test_no_name_of_the_api_goes_unused():
	unused = declared.declared(os.environ["POSTROOM_BUILDDIR"]) - declared.used()
	assert not unused, "not used in test_capi: " + " ".join(sorted(unused))


def test_declared_names_are_found():
	names = declared.declared(os.environ["POSTROOM_BUILDDIR"])
	for name in ("palloc", "MyLatch", "ereport", "DatumGetInt32", "shmem_startup_hook", "list_length",
				 "PG_GETARG_INT32", "WaitLatch", "emit_log_hook", "SPI_processed"):
		assert name in names
	for name in ("BackgroundWorker", "Datum", "printf", "memcpy", "BGW_MAXLEN", "main_arg"):
		assert name not in names
