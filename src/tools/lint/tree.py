"""tree.py: the source tree as the lint checks see it."""

import concurrent.futures
import os
import pathlib
import shlex
import subprocess

SRCDIR = pathlib.Path(__file__).resolve().parents[3]
BUILDDIR = pathlib.Path(os.environ.get("POSTROOM_BUILDDIR", SRCDIR))

GENERATED = {"src/include/pg_config.h", "src/port/pg_config_paths.h"}
SOURCE_ENDINGS = (".c", ".cpp", ".h", ".hpp")


def files(*endings, under=("src", "contrib")):
    """Paths, relative to the source tree, of what people wrote, sorted."""
    found = []
    for top in under:
        for folder, subfolders, names in os.walk(SRCDIR / top):
            subfolders[:] = [s for s in subfolders if s not in ("__pycache__", "tmp_install", "interfaces")]
            relative = pathlib.Path(folder).relative_to(SRCDIR)
            found += [relative / name for name in names if name.endswith(endings)]
    return sorted(path for path in found if str(path) not in GENERATED)


def text(path):
    return (SRCDIR / path).read_text(encoding="utf-8")


def in_parallel(function, items):
    """The complaints of function(item) for every item, in the items' order."""
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for complaints in pool.map(function, items):
            yield from complaints


def command(name, default):
    """A program, possibly with arguments, that the makefile may have named."""
    return shlex.split(os.environ.get(name) or default)


def run(arguments, stdin=None):
    return subprocess.run(arguments, input=stdin, text=True, capture_output=True, cwd=SRCDIR)
