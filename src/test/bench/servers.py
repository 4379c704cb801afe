"""One server of each kind, set up alike, as the rows need it."""

import os
import subprocess
import tempfile

from harness import Cluster, build_module

HERE = os.path.dirname(os.path.abspath(__file__))
POSTROOM, POSTGRES = "Postroom", "PostgreSQL"


def bindirs():
	return {POSTROOM: os.environ["POSTROOM_BINDIR"],
			POSTGRES: os.environ.get("PG_BINDIR", "/usr/lib/postgresql/15/bin")}


def client():
	"""Path of the compiled bench_client."""
	if not hasattr(client, "path"):
		folder = tempfile.mkdtemp(prefix="postroom-bench-", dir="/tmp")
		client.path = os.path.join(folder, "bench_client")
		include = subprocess.run(["pg_config", "--includedir"], capture_output=True, text=True,
								 check=True).stdout.strip()
		subprocess.run(["gcc", "-O2", f"-I{include}", "-o", client.path,
						os.path.join(HERE, "bench_client.c"), "-lpq"], check=True)
	return client.path


def module(kind):
	"""Path of bench_worker for that server, without the ending."""
	return build_module(os.path.join(HERE, "bench_worker.c"), bindirs()[kind])


def server(kind, start=True, durable=False, **settings):
	"""A cluster with the module loaded."""
	library = module(kind)
	cluster = Cluster(bindir=bindirs()[kind])
	cluster.configure(**{"shared_preload_libraries": "bench_worker",
						 "dynamic_library_path": f"{os.path.dirname(library)}:$libdir",
						 "max_worker_processes": 600, "max_connections": 300,
						 "log_line_prefix": "%m [%p] ", "fsync": "on" if durable else "off",
						 **settings})
	if start:
		cluster.start()
	return cluster


def conninfo(cluster):
	return f"host={cluster.root} port={cluster.port} user={cluster.user} dbname=postgres"
