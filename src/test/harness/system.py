"""Processes and the user that servers run as."""

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


def is_alive(pid):
	"""Whether the process exists and is no zombie."""
	try:
		with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stat:
			return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
	except (FileNotFoundError, ProcessLookupError):
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
