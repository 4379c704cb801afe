"""The GoogleTest binary: every *_test.cpp beside its source."""

import os
import subprocess

from harness import unprivileged


def test_unit():
	result = subprocess.run([os.environ["POSTROOM_UNIT"], "--gtest_brief=1"], capture_output=True,
							text=True, check=False, cwd="/tmp", **unprivileged())
	assert result.returncode == 0, result.stdout + result.stderr
