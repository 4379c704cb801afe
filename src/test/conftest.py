"""Fixtures of all tests: clusters that end with their test, kept where the test failed."""

import os
import sys

import pytest

sys.path.insert(0, os.path.dirname(__file__))

from harness import Cluster  # noqa: E402


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
	return os.path.join(os.path.dirname(__file__), "modules")
