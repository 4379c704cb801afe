"""TAP tests: PostgreSQL's own Cluster.pm, of the trees in POSTGRES_SOURCE or of Debian, drives our server."""

import glob
import os
import subprocess

import pytest
from harness.pgxs import ModuleFolder

MAKEFILE = "TAP_TESTS = 1\nPGXS := $(shell $(PG_CONFIG) --pgxs)\ninclude $(PGXS)\n"
TEST = """\
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
is($node->safe_psql('postgres', 'SELECT 1'), '1', 'a query');
$node->append_conf('postgresql.conf', "work_mem = 2MB\\nautovacuum = off\\n");
$node->restart;
is($node->safe_psql('postgres', 'SHOW work_mem'), '2MB', 'a setting');
$node->reload;
ok($node->poll_query_until('postgres', 'SELECT true'), 'polling');
$node->stop('immediate');
$node->start;
$node->stop;
done_testing();
"""
TREES = [""] if glob.glob("/usr/lib/postgresql/*/lib/pgxs/src/test/perl/PostgreSQL") else []
TREES += [tree for tree in os.environ.get("POSTGRES_SOURCE", "").split(":") if tree]


def has_perl_modules():
	try:
		return subprocess.run(["perl", "-MIPC::Run", "-MTest::More", "-e", "1"], check=False,
							  stderr=subprocess.DEVNULL).returncode == 0
	except FileNotFoundError:
		return False


@pytest.mark.skipif(not has_perl_modules(), reason="Perl's IPC::Run is not installed")
@pytest.mark.parametrize("tree", TREES)
def test_cluster_pm_drives_our_server(tree):
	folder = ModuleFolder({"Makefile": MAKEFILE, "t/001_life.pl": TEST})
	try:
		out = folder.make("check", f"POSTGRES_SOURCE={tree}")
		assert "All tests successful" in out
	finally:
		folder.remove()
