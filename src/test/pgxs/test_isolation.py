"""pg_isolation_regress and isolationtester: specifications whose expected output PostgreSQL 15 wrote."""

import os
import pathlib

import pytest
from harness.pgxs import ModuleFolder

SPECS = pathlib.Path(__file__).parent / "isolation"
MAKEFILE = """\
ISOLATION = locks orders
NO_INSTALL = 1
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)
"""


@pytest.fixture
def folder():
	made = ModuleFolder({"Makefile": MAKEFILE}, copy_of=SPECS)
	yield made
	made.remove()


def test_check_runs_specifications(folder):
	out = folder.make("check")
	assert " All 2 tests passed. " in out
	assert folder.exists("output_iso/results/locks.out")


def run_spec(folder, spec, cluster, status):
	folder.write("spec", spec)
	folder.write("run", f'exec "$1" "host={cluster.root} port={cluster.port} user={cluster.user}" <spec\n')
	program = os.path.join(folder.pgxs_dir(), "src/test/isolation/isolationtester")
	return folder.run("sh", "run", program, status=status)


@pytest.mark.parametrize("spec, message", [
	("session a step a1 { SELECT 1; } permutation a2", 'undefined step "a2" specified in permutation at line 1'),
	("session a\nstep a1 { }\nstep a1 { }", "duplicate step name: a1 at line 3"),
	("session a\nstep a1 { SELECT 1;", "unterminated sql block at line 2"),
	("step a1 { }", "syntax error at line 1"),
	("setup { SELEC; } session a step a1 { }", "setup failed: ERROR:  syntax error"),
])
def test_mistakes_are_named(folder, shared_cluster, spec, message):
	assert message in run_spec(folder, spec, shared_cluster, status=1)


def test_notices_end_a_wait(folder, shared_cluster):
	spec = """\
		session a
		step a1 { SELECT 1 AS one; }
		session b
		step b1 { DROP TABLE IF EXISTS nosuch; }
		permutation a1(b1 notices 1) b1
		"""
	out = run_spec(folder, spec, shared_cluster, status=0)
	assert out.index("<waiting ...>") < out.index("NOTICE:") < out.index("step a1: <... completed>")
