"""Fixtures of all tests: clusters that end with their test, kept where the test failed."""

import os

import pytest

from .cluster import Cluster
from .modules import build_module
from .sanitizers import no_sanitizer_reports, no_sanitizer_reports_at_the_end  # noqa: F401
from .system import adopt_orphans
from .variants import IS_POSTROOM

adopt_orphans()

_HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


@pytest.hookimpl(tryfirst=True, hookwrapper=True)
def pytest_runtest_makereport(item, call):
	outcome = yield
	if call.when == "call" and outcome.get_result().failed:
		item.stash[_FAILED] = True


_FAILED = pytest.StashKey()


@pytest.fixture
def make_cluster(request):
	"""A function that makes clusters; all of them end with the test."""
	made = []

	def make(**options):
		made.append(Cluster(**options))
		return made[-1]

	yield make
	failed = request.node.stash.get(_FAILED, False)
	for cluster in made:
		cluster.destroy(keep=failed)
		if failed:
			print(f"kept: {cluster.root} (log: {cluster.log_path}); again: "
				  f"make check PYTEST_ARGS='-k {request.node.name}'")


def _with_test_workers(server, workers, start, settings):
	library = build_module(os.path.join(_HERE, "modules", "test_worker.c"))
	server.configure(**{"dynamic_library_path": os.path.dirname(library),
						"shared_preload_libraries": "test_worker", "max_worker_processes": 64,
						"test_worker__workers": workers.format(root=server.root), **settings})
	if not IS_POSTROOM:
		server.configure(max_logical_replication_workers=0)
	if start:
		server.start()
	return server


@pytest.fixture
def worker_cluster(make_cluster):
	"""A function that makes a cluster with test workers; {root} in their list is its directory."""
	def make(workers, start=True, **settings):
		return _with_test_workers(make_cluster(), workers, start, settings)
	return make


@pytest.fixture(scope="module")
def module_worker_cluster():
	"""The same for a cluster that the tests of one file share."""
	made = []

	def make(workers, start=True, **settings):
		made.append(Cluster())
		return _with_test_workers(made[-1], workers, start, settings)
	yield make
	for server in made:
		server.destroy()


@pytest.fixture
def cluster(make_cluster):
	"""A running server with default settings, for this test alone."""
	server = make_cluster()
	server.start()
	return server


@pytest.fixture(scope="module")
def shared_cluster():
	"""A running server for the tests of one file that do not disturb each other."""
	server = Cluster()
	server.start()
	yield server
	server.destroy()


@pytest.fixture(scope="session")
def modules_dir():
	"""Where the C modules of the tests are."""
	return os.path.join(_HERE, "modules")
