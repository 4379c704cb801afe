"""Registration of workers: what is refused, with which words, and what arrives in the worker.

- A wrong static registration is one LOG line and is skipped; the server starts, the others run.
- Too many for max_worker_processes: 53400 with DETAIL and HINT; the first ones run.
- Library, function or database that do not exist end the worker with an ERROR or FATAL, exit code 1.
- A module with no magic block or that of another server, or a missing one, stops the server's start.
- Every field arrives in the worker; names without terminator are cut; an empty bgw_type is bgw_name.
- Sources of 9.3 with a bgw_main pointer run unchanged.
"""

import os

import pytest

from harness import IS_POSTROOM, build_module, ours

#: SQLSTATE before each message, so that it is tested as well.
PREFIX = "%m [%p] %e "


@pytest.fixture
def registered(make_cluster, modules_dir):
	"""A function that makes a cluster with the cases registered."""
	library = build_module(os.path.join(modules_dir, "test_registration.c"))

	def make(cases, start=True, **settings):
		cluster = make_cluster()
		cluster.configure(**{"dynamic_library_path": os.path.dirname(library),
							 "shared_preload_libraries": "test_registration",
							 "log_line_prefix": PREFIX, "test_registration__cases": cases,
							 **settings})
		if start:
			cluster.start()
		return cluster
	return make


STATIC_ERRORS = {
	"early_database": ("22023", 'background worker "early_database": cannot request database access '
					   "if starting at postmaster start"),
	**({"no_shmem": ("22023", 'background worker "no_shmem": must attach to shared memory in order to '
				 "request a database connection")} if IS_POSTROOM else {}),
	"parallel": ("22023", 'background worker "parallel": parallel workers may not be configured for '
				 "restart"),
	"notify": ("0A000", 'background worker "notify": only dynamic background workers can request '
			   "notification"),
}

RUNTIME_ERRORS = {
	"no_library": ("ERROR", "58P01", 'could not access file "no_such_library": '
				   "No such file or directory"),
	"no_function": ("ERROR", "42883", 'could not find function "no_such_function" in file "'),
	"no_internal": ("ERROR", "XX000", 'internal function "no_internal" not found'),
	"connect_without_flag": ("FATAL", "54000", "database connection requirement not indicated during "
							 "registration"),
	**({"connect_twice": ("ERROR", "XX000", "invalid processing mode in background worker")}
	   if IS_POSTROOM else {}),
	"connect_nowhere": ("FATAL", "3D000", 'database "nowhere" does not exist'),
	"connect_as_nobody": ("FATAL", "28000", 'role "nobody" does not exist'),
}


def test_wrong_static_registrations_are_logged_and_skipped(registered):
	cluster = registered(" ".join([*STATIC_ERRORS, "report_fields"]))
	cluster.wait_for_log("fields: name=report_fields ")
	for name, (state, message) in STATIC_ERRORS.items():
		cluster.wait_for_log(rf"\] {state} LOG:  {message}\n")
		assert f'"{name}" (PID' not in cluster.log(), "it was started nevertheless"


def test_wrong_workers_end_with_their_error_and_exit_code_1(registered):
	cluster = registered(" ".join(RUNTIME_ERRORS), max_worker_processes=20)
	for name, (severity, state, message) in RUNTIME_ERRORS.items():
		cluster.wait_for_log(rf"\] {state} {severity}:  {message}")
		cluster.wait_for_log(rf'LOG:  background worker "{name}" \(PID \d+\) exited with exit code 1')
	assert cluster.value("SELECT 1") == 1
	assert "terminating any other" not in cluster.log()


def test_every_field_arrives(registered):
	cluster = registered("report_fields typeless" + (" longest" if IS_POSTROOM else ""))
	common = "library=test_registration function=report_fields arg=42 extra=some extra text restart=-1"
	cluster.wait_for_log(f"fields: name=report_fields type=report_fields {common}\n")
	cluster.wait_for_log(f"fields: name=typeless type=typeless {common}\n")
	if IS_POSTROOM:
		cluster.wait_for_log(f"fields: name=n{{95}} type=t{{95}} {common}\n")


@pytest.mark.parametrize("limit,phrase", [(1, "1 background worker"), (2, "2 background workers")])
def test_too_many_workers_for_the_slots(worker_cluster, limit, phrase):
	cluster = worker_cluster("name:many,count:4,do:loop", max_worker_processes=limit,
							 log_line_prefix=PREFIX)
	cluster.wait_for_value("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'many'", limit)
	cluster.wait_for_log(
		r"\] 53400 LOG:  too many background workers\n.*"
		rf"DETAIL:  Up to {phrase} can be registered with the current settings\.\n.*"
		r'HINT:  Consider increasing the configuration parameter "max_worker_processes"\.\n',
		count=4 - limit)
	assert cluster.starts("many 1") + cluster.starts("many 2") == limit


def test_registration_outside_preload_is_refused(registered):
	cluster = registered("", shared_preload_libraries="", session_preload_libraries="")
	cluster.query("LOAD 'test_registration'")
	cluster.wait_for_log(r'\] 0A000 LOG:  background worker "latecomer": must be registered in '
						 r'"?shared_preload_libraries"?\n')
	assert cluster.workers("latecomer") == []


def start_fails(cluster):
	"""Starts the server in the foreground, which must fail; returns its log."""
	process = cluster.spawn()
	assert process.wait(30) == 1
	assert not os.path.exists(os.path.join(cluster.data, "postmaster.pid"))
	return cluster.log()


def test_missing_preload_library_stops_the_start(registered):
	cluster = registered("", start=False, shared_preload_libraries="no_such_library")
	log = start_fails(cluster)
	assert 'FATAL:  could not access file "no_such_library": No such file or directory\n' in log


def test_module_without_magic_block_stops_the_start(registered, modules_dir):
	library = build_module(os.path.join(modules_dir, "test_registration.c"),
						   cppflags="-DTEST_NO_MAGIC")
	log = start_fails(registered("", start=False, shared_preload_libraries=library))
	assert f'FATAL:  incompatible library "{library}.so": missing magic block\n' in log
	assert "HINT:  Extension libraries are required to use the PG_MODULE_MAGIC macro.\n" in log


def test_module_of_another_server_stops_the_start(registered, modules_dir):
	library = build_module(os.path.join(modules_dir, "test_registration.c"),
						   cppflags="-DTEST_OLD_MAGIC")
	log = start_fails(registered("", start=False, shared_preload_libraries=library))
	assert f'FATAL:  incompatible library "{library}.so": version mismatch\n' in log
	assert "DETAIL:  Server is version 15, library is version 14.\n" in log


@ours
def test_sources_of_9_3_run_unchanged(make_cluster, modules_dir):
	library = build_module(os.path.join(modules_dir, "worker93.c"))
	cluster = make_cluster()
	cluster.configure(shared_preload_libraries=library, dynamic_library_path=os.path.dirname(library))
	cluster.start()
	for number in (1, 2):
		cluster.wait_for_log(f"worker93: old worker {number} runs with {number}\n", count=2)
		cluster.wait_for_log(
			rf'background worker "old worker {number}" \(PID \d+\) exited with exit code 1\n')
	# Who gives names is called by them, whatever lies in bgw_main.
	cluster.wait_for_log("worker93: named worker runs by its name\n", count=2)


def test_worker_without_the_flag_may_call_InitPostgres(registered):
	registered("init_postgres").wait_for_log("LOG:  init_postgres: database 0, seen")
