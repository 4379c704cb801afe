"""Regression files: each sql/NAME.sql through psql, compared with expected/NAME.out.

With AGAINST_POSTGRES=1 the same files run on PostgreSQL 15 as well, so that an expected file that
is not PostgreSQL's own output fails.
"""

import difflib
import os
import re

import pytest

from harness import Cluster, build_module, install_module

HERE = os.path.dirname(__file__)
FILES = sorted(name[:-4] for name in os.listdir(os.path.join(HERE, "sql")) if name.endswith(".sql"))

#: Modules whose functions the files call.
MODULES = ["regress_functions.c", "regress_rows.c", "regress_triggers.c", "regress_values.c",
		   "hooks_sample.c"]

#: Files whose subject PostgreSQL 15 does not have; a comment in the file says why.
OURS = re.compile(r"^-- postroom only", re.MULTILINE)


def path_of(kind, name):
	return os.path.join(HERE, kind, name)


def read(path):
	with open(path, encoding="utf-8") as source:
		return source.read()


@pytest.fixture(scope="module", params=["postroom", "postgres"])
def server(request):
	if request.param == "postgres" and not os.environ.get("AGAINST_POSTGRES"):
		pytest.skip("make check-against-postgres runs these")
	bindir = (os.environ["PG_BINDIR"] if request.param == "postgres" else
			  install_module(os.path.join(HERE, "..", "modules", "test_extensions")))
	cluster = Cluster(bindir=bindir)
	folders = [os.path.dirname(build_module(os.path.join(HERE, "..", "modules", source),
											bindir if request.param == "postgres" else None))
			   for source in MODULES]
	cluster.configure(dynamic_library_path=":".join(folders))
	cluster.start()
	yield request.param, cluster
	cluster.destroy()


@pytest.mark.parametrize("name", FILES)
def test_regress(server, name):
	kind, cluster = server
	source = path_of("sql", name + ".sql")
	if kind == "postgres" and OURS.search(read(source)):
		pytest.skip("about Postroom alone")
	database = "regress_" + name
	cluster.psql(sql=f'CREATE DATABASE "{database}"')
	actual = cluster.psql("-a", "-q", "-v", "HIDE_TABLEAM=on", stdin=read(source), merge=True,
						  check=False, database=database).stdout
	expected = read(path_of("expected", name + ".out"))
	diff = difflib.unified_diff(expected.splitlines(), actual.splitlines(), "expected", "actual",
								lineterm="")
	assert actual == expected, "\n" + "\n".join(diff)
