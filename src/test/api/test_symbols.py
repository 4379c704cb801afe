"""The compiled surface: what real modules name is declared and exported (see surface.py).

- Every name of symbols.txt is there; each tier's gaps are printed.
- Everything that a public header declares is in the server, so that no module ends in a symbol error.
"""

import os
import subprocess

import surface

BUILDDIR = os.environ["POSTROOM_BUILDDIR"]
BINDIR = os.environ["POSTROOM_BINDIR"]
POSTGRES = os.path.join(BINDIR, "postgres")


def _client_headers():
	shown = subprocess.run([os.path.join(BINDIR, "pg_config"), "--includedir", "--pkgincludedir"],
						   check=True, stdout=subprocess.PIPE, text=True).stdout.split()
	return [shown[0], os.path.join(shown[1], "internal")]


def test_names_of_real_modules_are_there():
	missing = surface.missing(BUILDDIR, POSTGRES, _client_headers())
	for tier in ("T1", "T2", "T3", "T4"):
		names = [f"{name} ({kind})" for its_tier, kind, name in missing if its_tier == tier]
		count = sum(its_tier == tier for its_tier, _, _ in surface.wanted())
		print(f"{tier}: {count - len(names)} of {count}" + "".join("\n\t" + name for name in names))
	assert not missing, "not there: " + " ".join(sorted({name for _, _, name in missing}))


def test_declared_names_are_exported():
	names = surface.declared.linked(BUILDDIR) - surface.OF_MODULES
	assert {"palloc", "MyLatch", "WaitLatch", "emit_log_hook", "shmem_startup_hook"} <= names
	absent = surface.not_exported(BUILDDIR, POSTGRES)
	assert not absent, "declared in src/include, not in the server: " + " ".join(sorted(absent))


def test_a_name_that_is_not_there_is_seen():
	names = [("type", "Datum"), ("type", "NoSuchType"), ("constant", "PGC_SIGHUP"), ("constant", "NO_SUCH"),
			 ("field", "BackgroundWorker.bgw_name"), ("field", "BackgroundWorker.bgw_nothing")]
	assert surface.not_compiling(BUILDDIR, names) == {names[1], names[3], names[5]}
