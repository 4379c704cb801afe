"""The manual keeps its word.

- Every console block marked "run" works as printed and shows what is printed; "..." stands for anything,
  runs of blanks and trailing dots of progress do not count. "run until": it may take a moment.
- Files that the reader is told to save (marked "file: NAME") are saved.
- The table of settings names what pg_settings knows, and nothing else.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

import pytest

from harness import ours, wait_for
from harness import system

pytestmark = ours

DOC = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "doc")
BLOCK = re.compile(r"^<!-- (run|run until|file: (\S+)) -->\n```\w*\n(.*?)^```$", re.M | re.S)
PATIENCE = 20


def page(name):
	with open(os.path.join(DOC, name), encoding="utf-8") as source:
		return source.read()


def commands(block):
	"""Pairs of command and expected output."""
	found = []
	for line in block.splitlines():
		if line.startswith("$ "):
			found.append((line[2:], []))
		elif line.strip():
			found[-1][1].append(line)
	return [(command, "\n".join(lines)) for command, lines in found]


def words(text):
	"""Output without what may differ: blanks, rules of tables, dots of progress."""
	text = re.sub(r"\.{3,}", " ", re.sub(r"[-+]{3,}", "", text))
	return " ".join(text.split())


def fits(printed, output):
	parts = [re.escape(words(part)) for part in printed.split("...")]
	return re.search(".*".join(parts), words(output), re.S) is not None


class Shell:
	"""Runs single commands as an ordinary user in a folder of its own."""

	def __init__(self):
		self.root = tempfile.mkdtemp(prefix="postroom-manual-", dir="/tmp")
		system.give_to_server(self.root)
		unset = ("PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGDATA", "MAKEFLAGS", "MAKELEVEL",
				 "MFLAGS")
		self.env = {key: value for key, value in os.environ.items() if key not in unset}
		self.env.update(PATH=os.environ["POSTROOM_BINDIR"] + ":" + os.environ["PATH"],
						HOME=self.root, LC_ALL="C", PSQLRC="/dev/null")

	def run(self, command):
		"""Exit code and output. Into a file: a server that was started would keep a pipe open."""
		with tempfile.TemporaryFile("w+") as out:
			code = subprocess.run(["bash", "-c", command], cwd=self.root, env=self.env, check=False,
								  stdin=subprocess.DEVNULL, stdout=out, stderr=out,
								  timeout=3 * PATIENCE, **system.unprivileged()).returncode
			out.seek(0)
			return code, out.read()

	def save(self, name, text):
		path = os.path.join(self.root, name)
		with open(path, "w", encoding="utf-8") as out:
			out.write(text)
		system.give_to_server(path)

	def check(self, command, printed, patience):
		code, output = None, None

		def is_as_printed():
			nonlocal code, output
			code, output = self.run(command)
			return code == 0 and fits(printed, output)
		try:
			wait_for(is_as_printed, command, patience, interval=0.1)
		except AssertionError as late:
			raise AssertionError(
				f"$ {command}\nexit code {code}; printed in the manual:\n{printed}\nseen:\n{output}"
				+ self.run("tail -n 20 log")[1]) from late

	def close(self):
		pid_file = os.path.join(self.root, "data", "postmaster.pid")
		if os.path.exists(pid_file):
			self.run("pg_ctl -D data -m immediate stop")
			wait_for(lambda: not os.path.exists(pid_file), "end of the manual's server")
		shutil.rmtree(self.root, ignore_errors=True)


@pytest.mark.parametrize("name", ["first-steps.md", "background-workers.md", "c-functions.md"])
def test_commands_run_as_printed(name):
	blocks = BLOCK.findall(page(name))
	assert blocks
	shell = Shell()
	try:
		for kind, file_name, text in blocks:
			if file_name:
				shell.save(file_name, text)
				continue
			for command, printed in commands(text):
				shell.check(command, printed, PATIENCE if kind == "run until" else 0)
	finally:
		shell.close()


def test_no_block_escapes_its_mark():
	"""A block with a prompt that nobody runs is a mistake, and so is a misspelt mark."""
	for name in ("first-steps.md", "background-workers.md", "c-functions.md"):
		marked = [text for _, _, text in BLOCK.findall(page(name))]
		for text in re.findall(r"^```console\n(.*?)^```$", page(name), re.M | re.S):
			assert text in marked, f"{name}: not marked: {text}"


def test_table_of_settings_is_complete(shared_cluster):
	table = re.findall(r"^\| `([\w.]+)` \|", page("settings.md").split("<!-- table of settings -->")[1],
					   re.M)
	known = [name for (name,) in shared_cluster.query("SELECT name FROM pg_settings WHERE category <> 'Without Effect'")]
	assert sorted(table) == sorted(known), "run doc/settings_table.py"


def test_links_between_pages_lead_somewhere():
	for name in sorted(os.listdir(DOC)):
		if name.endswith(".md"):
			for target in re.findall(r"\]\(([\w-]+\.md)(?:#[\w-]*)?\)", page(name)):
				assert os.path.exists(os.path.join(DOC, target)), f"{name} links to {target}"


def test_sphinx_finds_nothing_to_complain_about(tmp_path):
	python = os.environ.get("PYTHON", sys.executable)
	if subprocess.run([python, "-c", "import myst_parser, sphinx"], capture_output=True,
					  check=False).returncode != 0:
		pytest.skip("Sphinx with MyST is not installed")
	for builder in ("html", "man"):
		made = subprocess.run([python, "-B", "-m", "sphinx", "-q", "-W", "-b", builder, "-d",
							   str(tmp_path / "trees"), DOC, str(tmp_path / builder)],
							  capture_output=True, text=True, check=False)
		assert made.returncode == 0, made.stderr
