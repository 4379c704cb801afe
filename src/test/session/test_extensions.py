"""Extensions: what the regression file cannot show.

- An error in a script says in which file and line, and nothing is left of the script.
- PGXS installs control files and scripts, and takes them away again.
- An extension of template1 is in every database made from it; members stay members after a restart.
"""

import os
import shutil
import subprocess

import psycopg2
import pytest

from harness import Cluster, build_module, install_module

HERE = os.path.dirname(__file__)
MODULES = os.path.join(HERE, os.pardir, "modules")


@pytest.fixture(scope="module")
def server():
	module = build_module(os.path.join(MODULES, "regress_functions.c"))
	cluster = Cluster(bindir=install_module(os.path.join(MODULES, "test_extensions")),
					  settings={"dynamic_library_path": os.path.dirname(module)})
	cluster.start()
	yield cluster
	cluster.destroy()


def test_an_error_in_a_script_names_its_place(server):
	output = server.psql(sql="CREATE EXTENSION test_ext_bad", check=False).stderr
	assert output == ('ERROR:  column "nowhere" does not exist\n'
					  "LINE 1: SELECT nowhere FROM bad_table\n"
					  "               ^\n"
					  "QUERY:  SELECT nowhere FROM bad_table\n"
					  'CONTEXT:  extension script file "test_ext_bad--1.0.sql", near line 3\n')
	with pytest.raises(psycopg2.errors.UndefinedTable):
		server.query("SELECT * FROM bad_table")


def test_a_script_names_the_schema_of_what_it_requires(server):
	"""As PostgreSQL 16."""
	server.query("CREATE SCHEMA \"Other one\"; CREATE EXTENSION test_ext_a SCHEMA \"Other one\"")
	server.query("CREATE EXTENSION test_ext_config VERSION '1.1'")
	assert server.value("SELECT two FROM config_view") == 2
	server.query("DROP EXTENSION test_ext_config; DROP EXTENSION test_ext_a; DROP SCHEMA \"Other one\"")
	server.query("CREATE SCHEMA \"a'b\"; CREATE EXTENSION test_ext_a SCHEMA \"a'b\"")
	with pytest.raises(psycopg2.errors.InvalidParameterValue,
					   match='invalid character in extension "test_ext_a" schema'):
		server.query("CREATE EXTENSION test_ext_config VERSION '1.1'")
	server.query("DROP EXTENSION test_ext_a; DROP SCHEMA \"a'b\"")


def test_members_stay_members(server):
	server.query("CREATE EXTENSION test_ext_b CASCADE", database="template1")
	server.restart()
	server.query("CREATE DATABASE derived")
	assert server.query("SELECT b_schema.b_next(1), (SELECT max(x) FROM b_schema.b_view)",
						database="derived") == [(2, 4)]
	with pytest.raises(psycopg2.errors.DependentObjectsStillExist,
					   match="view b_schema.b_view because extension test_ext_b requires it"):
		server.query("DROP VIEW b_schema.b_view", database="derived")
	server.query("DROP EXTENSION test_ext_a CASCADE", database="derived")
	assert server.query("SELECT extname FROM pg_extension WHERE extname <> 'plpgsql'",
						database="derived") == []
	assert server.query("SELECT count(*) FROM pg_proc WHERE proname IN ('a_next', 'b_next')",
						database="derived") == [(0,)]
	server.query("DROP EXTENSION test_ext_b, test_ext_a", database="template1")


def test_pgxs_installs_and_uninstalls(server, tmp_path):
	folder = os.path.join(os.path.dirname(server.bindir), "share", "postgresql", "extension")
	installed = {name for name in os.listdir(folder) if name.startswith("test_ext")}
	source = tmp_path / "source"
	shutil.copytree(os.path.join(MODULES, "test_extensions"), source)
	wanted = {name for name in os.listdir(source) if name.endswith((".control", ".sql"))}
	assert installed == wanted
	target = tmp_path / "target"
	make = ["make", "-s", "-C", source, f"PG_CONFIG={server.bindir}/pg_config", f"DESTDIR={target}"]
	environment = {key: value for key, value in os.environ.items()
				   if key not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
	subprocess.run([*make, "install"], check=True, env=environment)
	assert wanted == set(os.listdir(f"{target}/{folder}"))
	subprocess.run([*make, "uninstall"], check=True, env=environment)
	assert os.listdir(f"{target}/{folder}") == []
