"""Modules as written for PostgreSQL 9.3 to 18 build without a warning and run, all in one server."""

import os
import re
import subprocess

from harness.modules import build_folder

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "generations")
SOURCES = sorted(name[:-2] for name in os.listdir(FOLDER) if name.endswith(".c"))

#: What each logs, beside "works".
SHOWN = {"gen_93": "93", "gen_94": "hello", "gen_96": "extra pg_database 1", "gen_10": "10",
		 "gen_13": "13, type gen_13", "gen_14": "postgres", "gen_15": "15", "gen_16": "7 Europe/Paris",
		 "gen_17": "17", "gen_18": "18"}


def test_each_runs(make_cluster):
	assert SHOWN.keys() == set(SOURCES)
	server = make_cluster()
	server.configure(dynamic_library_path=build_folder(FOLDER), max_worker_processes=32,
					 shared_preload_libraries=",".join(SOURCES))
	server.start()
	for name, shown in SHOWN.items():
		server.wait_for_log(f"{name} works: {re.escape(shown)}\n")


def test_each_is_strict_c11():
	bindir = os.environ["POSTROOM_BINDIR"]
	made = subprocess.run(["make", "-s", "-C", build_folder(FOLDER), f"PG_CONFIG={bindir}/pg_config", "strict"],
						  capture_output=True, text=True, check=False)
	assert made.returncode == 0, made.stdout + made.stderr
