"""Which server is under test: the tests of common behaviour also run on PostgreSQL 15."""

import os
import subprocess

import pytest


def _version():
	program = os.path.join(os.environ.get("POSTROOM_BINDIR", ""), "postgres")
	try:
		return subprocess.run([program, "--version"], capture_output=True, text=True,
							  check=False).stdout
	except OSError:
		return "Postroom"


IS_POSTROOM = "Postroom" in _version()

#: Marks what PostgreSQL 15 does otherwise or not at all.
ours = pytest.mark.skipif(not IS_POSTROOM, reason="about Postroom alone")
