"""The makefiles and what they install: install and uninstall, PGXS, the bootstrap, lint's rules."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

SRCDIR = pathlib.Path(os.environ.get("POSTROOM_SRCDIR", pathlib.Path(__file__).parents[3]))
sys.path.insert(0, str(SRCDIR / "src/tools/lint"))


def make(*arguments, cwd, path=None):
    """Runs make as from a fresh shell, not as part of the make that runs the tests."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    if path:
        environment["PATH"] = f"{path}:{environment['PATH']}"
    done = subprocess.run(
        ["make", *map(str, arguments)],
        cwd=cwd, env=environment, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def files_below(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if not p.is_dir())


# ---- install, uninstall, PGXS


@pytest.fixture
def builddir():
    return pathlib.Path(os.environ["POSTROOM_BUILDDIR"])


@pytest.fixture
def pg_config():
    return pathlib.Path(os.environ["POSTROOM_BINDIR"]) / "pg_config"


def test_uninstall_removes_all_that_install_made(tmp_path, builddir):
    make("-s", "install", f"DESTDIR={tmp_path}", cwd=builddir)
    names = {pathlib.Path(name).name for name in files_below(tmp_path)}
    assert {"postgres", "initdb", "pg_ctl", "pg_config", "postgres.h", "pgxs.mk"} <= names
    make("-s", "uninstall", f"DESTDIR={tmp_path}", cwd=builddir)
    assert files_below(tmp_path) == []


def test_sample_module_builds_outside_the_tree(tmp_path, pg_config):
    source = tmp_path / "worker_spi"
    shutil.copytree(SRCDIR / "contrib/worker_spi", source, ignore=shutil.ignore_patterns("*.o", "*.so", "*.d"))
    make(f"PG_CONFIG={pg_config}", cwd=source)
    make(f"PG_CONFIG={pg_config}", "install", f"DESTDIR={tmp_path / 'root'}", cwd=source)
    assert any(name.endswith("/worker_spi.so") for name in files_below(tmp_path / "root"))


MODULE_MAKEFILE = """\
MODULE_big = twins
OBJS = one.o two.o
EXTENSION = twins
DATA = twins--1.sql
PG_CONFIG = {pg_config}
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)
"""


def test_pgxs_links_c_and_cxx_in_a_folder_of_its_own(tmp_path, pg_config):
    source, build, root = tmp_path / "source", tmp_path / "build", tmp_path / "root"
    source.mkdir(), build.mkdir()
    (source / "Makefile").write_text(MODULE_MAKEFILE.format(pg_config=pg_config))
    (source / "one.c").write_text('#include "postgres.h"\n#include "fmgr.h"\nPG_MODULE_MAGIC;\n')
    (source / "two.cpp").write_text('extern "C" int two();\nint two() { return 2; }\n')
    (source / "twins.control").write_text("")
    (source / "twins--1.sql").write_text("")
    arguments = ["-f", source / "Makefile", f"VPATH={source}", f"DESTDIR={root}"]
    make(*arguments, "install", cwd=build)
    assert [pathlib.Path(name).name for name in files_below(root)] == ["twins.so", "twins--1.sql", "twins.control"]
    make(*arguments, "uninstall", "clean", cwd=build)
    assert files_below(root) == files_below(build) == []


def test_version_is_written_in_one_place():
    version = re.search(r"AC_INIT\(\[Postroom\], \[(.+?)\]\)", (SRCDIR / "configure.ac").read_text()).group(1)
    places = [
        path
        for top in ("src", "contrib", "config")
        for path in (SRCDIR / top).rglob("*")
        if path.suffix in (".c", ".cpp", ".h", ".in", ".mk", ".sh") and path.name != "pg_config.h"
        if f'"{version}"' in path.read_text() or f"Postroom {version}" in path.read_text()
    ]
    assert places == []


# ---- the bootstrap, with stand-ins for Debian's programs

CONFIGURE = """\
#!/bin/sh
echo "configured $*" >>log
printf 'all demo:\\n\\techo "built $@" >>log\\n' >GNUmakefile
"""
DPKG_QUERY = """\
#!/bin/sh
test "$4" = present && echo installed
"""
APT_GET = """\
#!/bin/sh
echo "apt-get $*" >>log
"""
SUDO = """\
#!/bin/sh
exec "$@"
"""


@pytest.fixture
def bare_tree(tmp_path):
    """An unconfigured tree; its stand-ins say in the file log what they were asked for."""
    (tmp_path / "config").mkdir()
    shutil.copy(SRCDIR / "Makefile", tmp_path)
    shutil.copy(SRCDIR / "config/bootstrap.sh", tmp_path / "config")
    programs = tmp_path / "programs"
    programs.mkdir()
    stand_ins = {"dpkg-query": DPKG_QUERY, "apt-get": APT_GET, "sudo": SUDO, "../configure": CONFIGURE}
    for name, script in stand_ins.items():
        (programs / name).write_text(script)
        (programs / name).chmod(0o755)
    return tmp_path


def bootstrap(tree, packages, *arguments):
    (tree / "config/packages.txt").write_text(packages)
    make(*arguments, cwd=tree, path=tree / "programs")
    return (tree / "log").read_text().splitlines()


def test_bootstrap_installs_what_is_missing_and_goes_on(bare_tree):
    log = bootstrap(bare_tree, "# list\npresent\nabsent\t# why\n\nother\n", "demo", "CONFIGURE_ARGS=--enable-cassert")
    assert log == [
        "apt-get -q update",
        "apt-get -q install -y --no-install-recommends absent other",
        "configured --silent --enable-cassert",
        "built demo",
    ]


def test_bootstrap_leaves_a_complete_machine_alone(bare_tree):
    assert bootstrap(bare_tree, "present\n") == ["configured --silent", "built all"]


# ---- lint's own rules


@pytest.mark.parametrize(
    "path, target, allowed",
    [
        ("src/backend/tcop/a.cpp", "src/backend/utils/error/report.h", True),
        ("src/backend/utils/error/a.cpp", "src/backend/tcop/session.h", False),
        ("src/backend/engine/sqlite/a.cpp", "src/backend/engine/engine.h", True),
        ("src/backend/postmaster/a.cpp", "src/backend/storage/ipc/interrupts.h", True),
        ("src/backend/postmaster/a.cpp", "src/backend/catalog/catalog.h", False),
        ("src/include/a.h", "src/common/setting_def.h", False),
        ("src/bin/initdb/a.cpp", "src/common/setting_def.h", True),
        ("src/bin/initdb/a.cpp", "src/backend/catalog/catalog.h", False),
        ("contrib/worker_spi/a.c", "src/include/postgres.h", True),
        ("contrib/worker_spi/a.c", "src/port/os.h", False),
        ("contrib/worker_spi/a.c", "contrib/worker_spi/a.h", True),
    ],
)
def test_lint_layers(path, target, allowed):
    import layers

    assert (layers.complaint_about(pathlib.Path(path), target) is None) == allowed


@pytest.mark.parametrize(
    "line, complains",
    [("time." + "sleep(1)", True), ("SELECT pg_sleep(1)", False), ("time." + "sleep(0.01)  # poll", False)],
)
def test_lint_sleeping_tests(line, complains):
    import texts

    assert bool(list(texts.line_complaints(pathlib.Path("src/test/x.py"), line))) == complains


@pytest.mark.parametrize("head, complains", [("/*\n * a.cpp\n", False), ("// a.cpp: x\n", False), ("/* b */", True), ("int", True)])
def test_lint_head_comments(head, complains):
    import texts

    assert bool(list(texts.head_complaint(pathlib.Path("src/a.cpp"), head))) == complains


@pytest.mark.parametrize("second_name, complains", [("other", False), ("number", True)])
def test_lint_names_within_a_folder(tmp_path, second_name, complains):
    import batch

    files = {"one.cpp": "number", "two.cpp": second_name}
    for file, name in files.items():
        text = f"namespace {{ int {name} = 1; }}\nint {file[:3]}() {{ return {name}; }}\n"
        (tmp_path / file).write_text(text)
    assert bool(batch.check_folder([tmp_path / file for file in files])) == complains
