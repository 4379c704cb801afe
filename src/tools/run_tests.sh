#!/bin/bash
# run_tests.sh: the one pytest run behind "make check" and its relatives.
#   Called by GNUmakefile, which passes everything in the environment:
#     POSTROOM_SRCDIR, POSTROOM_BUILDDIR  the two trees
#     POSTROOM_UNIT          the binary of the unit tests
#     POSTROOM_TMP_INSTALL   DESTDIR of the installation under test
#     POSTROOM_BINDIR        bindir as configured; here DESTDIR is put before it
#     PYTHON, PYTEST_ARGS    which pytest, and more arguments for it
#     AGAINST_POSTGRES=1     PostgreSQL 15 is needed, too: tests get PG_BINDIR
#   Arguments: the folders to test, or --bench.
set -euo pipefail

# Tests started as root run servers and unit tests as an unprivileged user, who
# cannot see what lies under, say, /root. Then copies in a public place stand in.
make_reachable()
{
	test "$(id -u)" = 0 || return 0
	setpriv --reuid=65534 --regid=65534 --clear-groups \
		test -x "$POSTROOM_BINDIR/postgres" -a -r "$POSTROOM_BINDIR/postgres" && return 0
	public_copy=$(mktemp -d /tmp/postroom-check.XXXXXX)
	trap 'rm -rf "$public_copy"' EXIT
	chmod 755 "$public_copy"
	cp -a "$POSTROOM_TMP_INSTALL/." "$public_copy/"
	test ! -e "$POSTROOM_UNIT" || cp "$POSTROOM_UNIT" "$public_copy/unit_tests"
	chmod -R a+rX "$public_copy"
	POSTROOM_BINDIR=$public_copy${POSTROOM_BINDIR#"$POSTROOM_TMP_INSTALL"}
	POSTROOM_UNIT=$public_copy/unit_tests
}

need_postgres()
{
	export PG_BINDIR=${PG_BINDIR:-/usr/lib/postgresql/15/bin}
	test -x "$PG_BINDIR/initdb" && return 0
	echo "PostgreSQL 15 is not in $PG_BINDIR. Install it (on Debian: apt-get install postgresql-15)" >&2
	echo "or set PG_BINDIR to its programs." >&2
	exit 1
}

POSTROOM_BINDIR=$POSTROOM_TMP_INSTALL$POSTROOM_BINDIR
make_reachable
test -z "${AGAINST_POSTGRES:-}" || need_postgres
export POSTROOM_SRCDIR POSTROOM_BUILDDIR POSTROOM_UNIT POSTROOM_BINDIR AGAINST_POSTGRES

export PYTHONPYCACHEPREFIX=$POSTROOM_BUILDDIR/pycache

cd "$POSTROOM_SRCDIR"
if test "${1:-}" = --bench; then
	# shellcheck disable=SC2086
	"$PYTHON" src/test/bench/run.py ${BENCH_ROWS:-}
else
	# shellcheck disable=SC2086
	"$PYTHON" -m pytest -q -p no:cacheprovider ${PYTEST_ARGS:-} "$@"
fi
