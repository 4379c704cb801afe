"""postroom-new-module: what it writes builds without a warning and passes its tests at once."""

import os

import pytest
from harness.pgxs import ModuleFolder


@pytest.fixture
def folder():
	made = ModuleFolder({})
	yield made
	made.remove()


def new_module(folder, *arguments, status=0):
	return folder.run(os.path.join(folder.bindir, "postroom-new-module"), *arguments, status=status)


@pytest.mark.parametrize("options", [[], ["--cpp"]], ids=["c", "cpp"])
def test_a_new_module_passes_its_tests(folder, options):
	new_module(folder, *options, "beat")
	assert {"Makefile", "beat.control", "beat--1.0.sql", "sql/beat.sql", "expected/beat.out", "test_beat.py",
			"README.md", ".gitignore", ".github/workflows/check.yml"} <= set(folder.files("beat"))
	out = folder.make("-C", "beat", "PG_CFLAGS=-Wextra -Werror -Wno-unused-parameter",
					  "PG_CXXFLAGS=-std=c++20 -Wextra -Werror", "check")
	assert " All 1 tests passed. " in out and "3 passed" in out


def test_nothing_is_left_to_fill_in(folder):
	new_module(folder, "beat", "other")
	for name in folder.files("other"):
		assert "@NAME@" not in folder.read(f"other/{name}"), name


@pytest.mark.parametrize("arguments, message", [
	([], "Usage:"), (["Beat"], "is no name for a module"), (["a-b"], "is no name for a module"),
	(["pg_beat"], "are PostgreSQL's"), (["--odd", "beat"], "unknown option: --odd"), (["x" * 41], "longer than 40"),
])
def test_mistakes(folder, arguments, message):
	assert message in new_module(folder, *arguments, status=1)
	assert folder.files(".") == []


def test_an_existing_folder_is_left_alone(folder):
	folder.write("beat/file", "mine")
	assert "exists already" in new_module(folder, "beat", status=1)
	assert folder.files("beat") == ["file"]
