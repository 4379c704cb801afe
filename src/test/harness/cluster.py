"""A server in a directory of its own, driven through its own programs."""

import contextlib
import datetime
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time

import psycopg2
import psycopg2.extensions

from . import system
from .wait import PATIENCE, wait_for


class CommandError(AssertionError):
	"""A program ended with another exit code than it should have."""

	def __init__(self, result):
		super().__init__(f"{result.args} exited with {result.returncode}:\n"
						 f"{result.stdout}\n{result.stderr}")
		self.result = result


class Cluster:
	"""Data directory, socket directory, log and the programs to drive them.

	bindir names the server's programs; another PostgreSQL's will do, too.
	"""

	def __init__(self, bindir=None, settings=None, init=True, initdb_args=()):
		self.bindir = bindir or os.environ["POSTROOM_BINDIR"]
		self.root = tempfile.mkdtemp(prefix="postroom-test-", dir="/tmp")
		system.give_to_server(self.root)
		os.chmod(self.root, 0o755)
		self.data = os.path.join(self.root, "data")
		self.log_path = os.path.join(self.root, "log")
		self.port = 5432
		self.user = "postgres"
		self._connections = []
		if init:
			self.initdb(*initdb_args)
			self.configure(**{"unix_socket_directories": self.root, "listen_addresses": "",
							  "fsync": "off", **(settings or {})})

	# ---- programs ----

	def run(self, program, *args, check=True, timeout=None, env=None, **kwargs):
		"""Runs one of the server's programs as the server's user."""
		path = program if program.startswith("/") else os.path.join(self.bindir, program)
		result = subprocess.run([path, *map(str, args)], capture_output=True, text=True,
								check=False, timeout=timeout or PATIENCE, cwd=self.root,
								stdin=subprocess.DEVNULL,
								env={**os.environ, "LC_ALL": "C", **(env or {})},
								**system.unprivileged(), **kwargs)
		if check and result.returncode != 0:
			raise CommandError(result)
		return result

	def initdb(self, *args, check=True):
		return self.run("initdb", "-D", self.data, "-U", self.user, "-A", "trust", "-E", "UTF8",
						"--locale=C", *args, check=check)

	def configure(self, **settings):
		"""Appends settings to postgresql.conf; "a__b" stands for a.b."""
		with open(os.path.join(self.data, "postgresql.conf"), "a", encoding="utf-8") as conf:
			for name, value in settings.items():
				text = str(value).replace("'", "''")
				conf.write(f"{name.replace('__', '.')} = '{text}'\n")

	def write(self, name, text):
		"""Writes a file of the data directory."""
		path = os.path.join(self.data, name)
		with open(path, "w", encoding="utf-8") as out:
			out.write(text)
		system.give_to_server(path)

	# ---- life ----

	def start(self, check=True, options=None, env=None):
		args = ["-D", self.data, "-l", self.log_path, "-t", str(int(PATIENCE)), "-w"]
		if options:
			args += ["-o", options]
		# Standard streams are the server's too, so they must not be a pipe that we wait for.
		with open(os.path.join(self.root, "pg_ctl.out"), "w+", encoding="utf-8") as out:
			result = subprocess.run([os.path.join(self.bindir, "pg_ctl"), *args, "start"],
									stdout=out, stderr=out, stdin=subprocess.DEVNULL, text=True,
									check=False, cwd=self.root,
									env={**os.environ, "LC_ALL": "C", **(env or {})},
									**system.unprivileged())
			out.seek(0)
			result.stdout, result.stderr = out.read(), ""
		if check and result.returncode != 0:
			result.stdout += self.log()
			raise CommandError(result)
		return result

	def stop(self, mode="fast", check=True):
		self.close_connections()
		return self.run("pg_ctl", "-D", self.data, "-m", mode, "-w", "-t", int(PATIENCE), "stop",
						check=check)

	def restart(self, mode="fast"):
		self.stop(mode)
		self.start()

	def kill_all(self):
		"""Kills the postmaster, and every child with it, as a power failure would."""
		self.close_connections()
		pid = self.pid
		children = system.child_pids(pid)
		for process in [pid, *children]:
			with contextlib.suppress(ProcessLookupError):
				os.kill(process, signal.SIGKILL)
		for process in [pid, *children]:
			wait_for(lambda process=process: not system.is_alive(process), "end of a process")

	def reload(self):
		return self.run("pg_ctl", "-D", self.data, "reload")

	def promote(self):
		return self.run("pg_ctl", "-D", self.data, "-w", "-t", int(PATIENCE), "promote")

	@property
	def pid(self):
		"""Of the postmaster, from its lock file."""
		with open(os.path.join(self.data, "postmaster.pid"), encoding="utf-8") as pid_file:
			return int(pid_file.readline())

	def is_running(self):
		return self.run("pg_ctl", "-D", self.data, "status", check=False).returncode == 0

	def signal(self, number):
		os.kill(self.pid, number)

	def destroy(self, keep=False):
		"""Ends whatever still runs and removes the directory."""
		self.close_connections()
		with contextlib.suppress(FileNotFoundError, ValueError, ProcessLookupError):
			pid = self.pid
			children = system.child_pids(pid)
			os.kill(pid, signal.SIGQUIT)
			wait_for(lambda: not system.is_alive(pid), "end of the postmaster")
			for child in children:
				wait_for(lambda child=child: not system.is_alive(child), "end of a child")
		if not keep:
			shutil.rmtree(self.root, ignore_errors=True)

	def spawn(self, *args, env=None, **kwargs):
		"""The postmaster as our own child, so that its exit code can be had; log as usual."""
		with open(self.log_path, "a", encoding="utf-8") as log:
			system.give_to_server(self.log_path)
			process = subprocess.Popen(
				[os.path.join(self.bindir, "postgres"), "-D", self.data, *args],
				stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.root,
				env={**os.environ, "LC_ALL": "C", **(env or {})}, **{**system.unprivileged(), **kwargs})
		system.own_children.add(process.pid)
		return process

	def start_held(self, *args):
		"""Starts the server and stops its startup process in its tracks.

		Returns the postmaster, the pid of the startup process, and where their log begins. The
		startup process is quick: where it got away, the server is killed and tried again.
		"""
		while True:
			position = self.log_position()
			process = self.spawn(*args)
			startup = wait_for(lambda: self._hold(process, position), "startup process",
							   interval=0.0001)
			if startup != "escaped":
				return process, startup, position
			self.kill_all()
			process.wait()

	def _hold(self, process, position):
		for pid in system.child_pids(process.pid):
			if "startup" in system.title(pid):
				with contextlib.suppress(ProcessLookupError):
					os.kill(pid, signal.SIGSTOP)
					if system.is_alive(pid):
						return pid
		ended = process.poll() is not None
		return "escaped" if ended or "ready to accept" in self.log_since(position) else None

	def act(self, name, action="segv"):
		"""Tells the test worker that waits for the file NAME what to do."""
		path = os.path.join(self.root, name)
		with open(path + ".new", "w", encoding="utf-8") as out:
			out.write(action)
		system.give_to_server(path + ".new")
		os.rename(path + ".new", path)

	# ---- clients ----

	def connect(self, database="postgres", autocommit=True, **options):
		"""A session; closed with the cluster at the latest."""
		connection = psycopg2.connect(host=options.pop("host", self.root), port=self.port,
									  user=options.pop("user", self.user), dbname=database,
									  **options)
		connection.autocommit = autocommit
		self._connections.append(connection)
		return connection

	def close(self, connection):
		"""Closes a session of connect(); a statement that another thread runs in it is cancelled."""
		with contextlib.suppress(psycopg2.Error):
			if connection.info.transaction_status == psycopg2.extensions.TRANSACTION_STATUS_ACTIVE:
				connection.cancel()
			connection.close()
		if connection in self._connections:
			self._connections.remove(connection)

	def close_connections(self):
		for connection in list(self._connections):
			self.close(connection)

	def query(self, sql, parameters=None, database="postgres"):
		"""Rows of one statement, in a session of its own."""
		connection = psycopg2.connect(host=self.root, port=self.port, user=self.user,
									  dbname=database)
		try:
			connection.autocommit = True
			with connection.cursor() as cursor:
				cursor.execute(sql, parameters)
				return cursor.fetchall() if cursor.description else []
		finally:
			connection.close()

	def value(self, sql, parameters=None, database="postgres"):
		"""The one value of a statement's one row, or None when it has no row."""
		rows = self.query(sql, parameters, database)
		return rows[0][0] if rows else None

	def psql(self, *args, sql=None, database="postgres", check=True, stdin=None, merge=False):
		"""Runs psql; returns the finished process. merge: errors among the output, as they came."""
		psql = shutil.which("psql")
		command = [psql, "-X", "-h", self.root, "-p", str(self.port), "-U", self.user, *args]
		if sql is not None:
			command += ["-c", sql]
		result = subprocess.run(command + [database], stdout=subprocess.PIPE,
								stderr=subprocess.STDOUT if merge else subprocess.PIPE,
								text=True, check=False, input=stdin, timeout=PATIENCE,
								env={**os.environ, "PGCLIENTENCODING": "UTF8",
									 "PSQLRC": "/dev/null", "LC_ALL": "C"})
		if check and result.returncode != 0:
			raise CommandError(result)
		return result

	def wait_for_value(self, sql, wanted, database="postgres", patience=None):
		"""Waits until a statement returns the value, through crashes and restarts."""
		def matches():
			try:
				return self.value(sql, database=database) == wanted
			except psycopg2.Error:
				return False
		wait_for(matches, f"{sql} = {wanted!r}", patience)

	def wait_for_connection(self, patience=None):
		self.wait_for_value("SELECT 1", 1, patience=patience)

	# ---- log ----

	def log(self):
		try:
			with open(self.log_path, encoding="utf-8", errors="replace") as log:
				return log.read()
		except FileNotFoundError:
			return ""

	def log_position(self):
		return len(self.log())

	def wait_for_log(self, pattern, start=0, count=1):
		"""Waits until the log has count matches from position start; returns the last match."""
		expression = re.compile(pattern)

		def found():
			matches = list(expression.finditer(self.log(), start))
			return matches[count - 1] if len(matches) >= count else None
		return wait_for(found, f"{pattern!r} in {self.log_path}")

	def log_since(self, position):
		return self.log()[position:]

	def log_times(self, pattern, start=0):
		"""When the matching lines were written, in seconds; needs the prefix to start with %m."""
		lines = [line for line in self.log_since(start).splitlines() if re.search(pattern, line)]
		return [datetime.datetime.strptime(line[:23], "%Y-%m-%d %H:%M:%S.%f").timestamp()
				for line in lines]

	def starts(self, name, start=0):
		"""How often the test worker NAME has started."""
		return self.log_since(start).count(f"test_worker: {name} started")

	def wait_for_start(self, name, start=0, count=1):
		"""Waits for a start of the test worker NAME and returns its pid."""
		match = self.wait_for_log(rf"\[(\d+)\][^\n]*test_worker: {re.escape(name)} started", start,
								  count)
		return int(match.group(1))

	# ---- children ----

	def workers(self, backend_type=None):
		"""Pids of workers by their type, in the order of their slots."""
		rows = self.query("SELECT pid, backend_type FROM pg_stat_activity "
						  "WHERE backend_type NOT IN ('client backend', 'startup', 'checkpointer')")
		return [pid for pid, kind in rows if backend_type in (None, kind)]

	def seconds(self, action):
		"""How long action takes, in seconds."""
		start = time.monotonic()
		action()
		return time.monotonic() - start
