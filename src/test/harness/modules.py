"""C modules for tests, built as a module's author would: with PGXS against the installed server."""

import os
import shutil
import subprocess
import tempfile

_built = {}


def build_module(source, bindir=None, cppflags=""):
	"""Builds one .c or .cpp file and returns the path of its .so without the ending."""
	bindir = bindir or os.environ["POSTROOM_BINDIR"]
	key = (str(source), bindir, cppflags)
	if key in _built:
		return _built[key]
	folder = tempfile.mkdtemp(prefix="postroom-module-", dir="/tmp")
	os.chmod(folder, 0o755)
	name = os.path.splitext(os.path.basename(source))[0]
	shutil.copy(source, folder)
	with open(os.path.join(folder, "Makefile"), "w", encoding="utf-8") as makefile:
		makefile.write(f"MODULES = {name}\n"
					   f"PG_CPPFLAGS = {cppflags}\n"
					   f"PGXS := $(shell {bindir}/pg_config --pgxs)\n"
					   "include $(PGXS)\n")
	made = subprocess.run(["make", "-s", "-C", folder, f"PG_CONFIG={bindir}/pg_config"],
						  capture_output=True, text=True, check=False,
						  env={key: value for key, value in os.environ.items()
							   if key not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")})
	assert made.returncode == 0, made.stdout + made.stderr
	_built[key] = os.path.join(folder, name)
	return _built[key]
