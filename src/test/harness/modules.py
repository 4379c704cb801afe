"""C modules for tests, built as a module's author would: with PGXS against the installed server."""

import atexit
import os
import shutil
import subprocess
import tempfile

_built = {}


def _new_folder():
	folder = tempfile.mkdtemp(prefix="postroom-module-", dir="/tmp")
	os.chmod(folder, 0o755)
	atexit.register(shutil.rmtree, folder, ignore_errors=True)
	return folder


def _make(folder, bindir, *targets):
	made = subprocess.run(["make", "-s", "-C", folder, f"PG_CONFIG={bindir}/pg_config", *targets],
						  capture_output=True, text=True, check=False,
						  env={key: value for key, value in os.environ.items()
							   if key not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")})
	assert made.returncode == 0, made.stdout + made.stderr


def build_contrib(folder, bindir=None):
	"""Builds a copy of a module's folder with its own Makefile; returns the folder of its .so."""
	return build_folder(folder, bindir=bindir)


def build_folder(folder, rename=None, bindir=None):
	"""Builds a copy of a folder whose files rename() may give other names; returns the copy."""
	bindir = bindir or os.environ["POSTROOM_BINDIR"]
	key = (str(folder), bindir, "renamed" if rename else "")
	if key not in _built:
		copy = _new_folder()
		for name in os.listdir(folder):
			if name == "Makefile" or name.endswith((".c", ".h", ".cpp", ".control")):
				shutil.copy(os.path.join(folder, name),
							os.path.join(copy, rename(name) if rename else name))
		_make(copy, bindir)
		_built[key] = copy
	return _built[key]


def build_module(source, bindir=None, cppflags="", cxxflags=""):
	"""Builds one .c or .cpp file and returns the path of its .so without the ending."""
	bindir = bindir or os.environ["POSTROOM_BINDIR"]
	key = (str(source), bindir, cppflags, cxxflags)
	if key in _built:
		return _built[key]
	folder = _new_folder()
	name = os.path.splitext(os.path.basename(source))[0]
	shutil.copy(source, folder)
	with open(os.path.join(folder, "Makefile"), "w", encoding="utf-8") as makefile:
		makefile.write(f"MODULES = {name}\n"
					   f"PG_CPPFLAGS = {cppflags}\n"
					   f"PG_CXXFLAGS = {cxxflags}\n"
					   f"PGXS := $(shell {bindir}/pg_config --pgxs)\n"
					   "include $(PGXS)\n")
	_make(folder, bindir)
	_built[key] = os.path.join(folder, name)
	return _built[key]


def install_module(folder, *variables):
	"""Installs a module, its control files and scripts into a copy of the server's installation; variables go to make.

	Returns the copy's folder of programs. An installation may be moved, so the copy works.
	"""
	key = ("installed", str(folder))
	if key not in _built:
		prefix = os.path.dirname(os.environ["POSTROOM_BINDIR"])
		copy = os.path.join(_new_folder(), "postroom")
		shutil.copytree(prefix, copy, copy_function=_link_or_copy)
		source = os.path.join(_new_folder(), "source")
		# What somebody built there was built for another server.
		shutil.copytree(folder, source, symlinks=True,
						ignore=shutil.ignore_patterns("*.o", "*.so", "*.bc", "*.d"))
		_make(source, os.path.join(copy, "bin"), *variables, "install")
		_built[key] = os.path.join(copy, "bin")
	return _built[key]


def _link_or_copy(source, target):
	try:
		os.link(source, target, follow_symlinks=False)
	except OSError:
		shutil.copy2(source, target)
