"""A folder with a module's sources, in which make and the test drivers run as an ordinary user."""

import os
import shutil
import subprocess
import tempfile

from . import system
from .wait import PATIENCE


class ModuleFolder:
	"""Files of a module, below /tmp; belongs to the user that servers run as."""

	def __init__(self, files, copy_of=None):
		self.root = tempfile.mkdtemp(prefix="postroom-pgxs-", dir="/tmp")
		self.bindir = os.environ["POSTROOM_BINDIR"]
		self.env = {}
		if copy_of:
			shutil.copytree(copy_of, self.root, dirs_exist_ok=True)
		for name, text in files.items():
			self.write(name, text)
		self._give_away()

	def _give_away(self):
		for folder, _, names in os.walk(self.root):
			for path in [folder, *(os.path.join(folder, name) for name in names)]:
				system.give_to_server(path)

	def path(self, name):
		return os.path.join(self.root, name)

	def exists(self, name):
		return os.path.exists(self.path(name))

	def read(self, name):
		with open(self.path(name), encoding="utf-8") as file:
			return file.read()

	def write(self, name, text):
		os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
		with open(self.path(name), "w", encoding="utf-8") as file:
			file.write(text)
		self._give_away()

	def files(self, below):
		top = self.path(below)
		return sorted(os.path.relpath(os.path.join(folder, name), top)
					  for folder, _, names in os.walk(top) for name in names)

	def run(self, *command, status=0, env=None):
		"""Runs a program here; returns what it prints."""
		variables = {name: value for name, value in os.environ.items()
					 if not name.startswith(("MAKE", "MFLAGS", "PG"))}
		done = subprocess.run([str(word) for word in command], cwd=self.root, text=True, check=False,
							  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
							  stderr=subprocess.STDOUT, timeout=PATIENCE * 5,
							  env={**variables, "HOME": self.root, "LC_ALL": "C", **self.env,
								   **(env or {})},
							  **system.unprivileged())
		assert status is None or done.returncode == status, f"{done.returncode}:\n{done.stdout}"
		return done.stdout

	def make(self, *arguments, check=True, env=None):
		pg_config = f"PG_CONFIG={self.bindir}/pg_config"
		return self.run("make", pg_config, *arguments, status=0 if check else None, env=env)

	def pgxs_dir(self):
		return self.run(os.path.join(self.bindir, "pg_config"), "--pkglibdir").strip() + "/pgxs"

	def install_copy(self):
		"""A copy of the server's installation that modules may be installed into; its prefix."""
		prefix = self.path("postroom")
		shutil.copytree(os.path.dirname(self.bindir), prefix)
		self._give_away()
		return prefix

	def remove(self):
		shutil.rmtree(self.root, ignore_errors=True)
