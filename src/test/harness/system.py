"""Processes and the user that servers run as."""

import contextlib
import ctypes
import os
import signal

_NOBODY = 65534


def unprivileged():
	"""Arguments for subprocess that make a child an ordinary user, where we are root."""
	if os.geteuid() != 0:
		return {}
	return {"user": _NOBODY, "group": _NOBODY, "extra_groups": []}


def give_to_server(path):
	"""Hands a new directory to the user that servers run as."""
	if os.geteuid() == 0:
		os.chown(path, _NOBODY, _NOBODY)


#: Children of our own, whose exit codes somebody wants.
own_children = set()


def adopt_orphans():
	"""Makes this process the parent of what daemons leave behind: not every container's init does
	its duty, and a process that nobody has waited for still counts as running."""
	pr_set_child_subreaper = 36
	ctypes.CDLL(None).prctl(pr_set_child_subreaper, 1, 0, 0, 0)


def is_alive(pid):
	"""Whether the process exists and has not ended; buries it if it is an orphan."""
	try:
		with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stat:
			if stat.read().rsplit(")", 1)[1].split()[0] != "Z":
				return True
	except (FileNotFoundError, ProcessLookupError):
		return False
	if pid not in own_children:
		with contextlib.suppress(ChildProcessError):
			os.waitpid(pid, os.WNOHANG)
	return False


def child_pids(pid):
	"""Children of a process, alive or zombies."""
	try:
		with open(f"/proc/{pid}/task/{pid}/children", encoding="utf-8") as children:
			return [int(word) for word in children.read().split()]
	except (FileNotFoundError, ProcessLookupError):
		return []


def kill(pid, number=signal.SIGKILL):
	os.kill(pid, number)


def title(pid):
	"""The process title as ps shows it."""
	try:
		with open(f"/proc/{pid}/cmdline", "rb") as cmdline:
			return cmdline.read().replace(b"\0", b" ").decode(errors="replace").strip()
	except (FileNotFoundError, ProcessLookupError):
		return ""
