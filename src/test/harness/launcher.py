"""A session that launches dynamic workers: commands of src/test/modules/test_dynamic.c."""

import itertools

from .modules import build_module
from .wait import PATIENCE

_numbers = itertools.count(1)


def configure_launcher(cluster, modules_dir, **settings):
	"""Lets the cluster find the module; before its start."""
	library = build_module(f"{modules_dir}/test_dynamic.c")
	cluster.configure(dynamic_library_path=library.rsplit("/", 1)[0], **settings)
	return cluster


class Launcher:
	"""Each command returns its result as text; errors are those of psycopg2."""

	def __init__(self, cluster, **options):
		self.session = cluster.connect(**options)
		self.session.cursor().execute("LOAD 'test_dynamic'")
		# A wait that never ends is a failure of the test, not of the run.
		self.session.cursor().execute(f"SET statement_timeout = '{PATIENCE}s'")

	def do(self, command):
		cursor = self.session.cursor()
		cursor.execute("SET test_dynamic.command = %s", (f"{next(_numbers)} {command}",))
		cursor.execute("SHOW test_dynamic.result")
		return cursor.fetchone()[0]

	def launch(self, definition):
		"""The number of its handle; a registration that fails is an error of the test."""
		result = self.do(f"launch {definition}")
		assert result != "false", "no free slot"
		return int(result)

	def start(self, definition):
		"""Launches, waits for the start, returns handle and pid."""
		handle = self.launch(definition)
		status = self.do(f"startup {handle}")
		assert status.startswith("started "), status
		return handle, int(status.split()[1])

	@property
	def pid(self):
		return self.session.info.backend_pid
