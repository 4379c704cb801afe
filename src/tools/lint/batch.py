"""batch.py: all C++ files of a folder compile as one, so that make may put any of them into one batch."""

import re

import headers
import tree

COMPILER = ["g++", *headers.CXX, *headers.WARNINGS, *headers.INTERNAL_PATH, *headers.LIBPQ_PATH, "-I.", "-"]


def on_their_own():
    """The files that the makefile leaves out of batches."""
    (line,) = re.findall(r"^alone :=.*", tree.text("GNUmakefile.in"), re.MULTILINE)
    return re.findall(r"[\w/]+\.cpp", line)


def folders():
    """What stands in one folder, unit tests apart."""
    together = {}
    for path in tree.files(".cpp", under=("src/backend", "src/common", "src/port", "src/bin")):
        if str(path) not in on_their_own():
            together.setdefault((path.parent, path.stem.endswith("_test")), []).append(path)
    return sorted(together.values(), key=len, reverse=True)


def check_folder(paths):
    done = tree.run(COMPILER, stdin="".join(f'#include "{path}"\n' for path in paths))
    if done.returncode == 0:
        return []
    return [f"{paths[0].parent}: not as one file (CONTRIBUTING.md, names):\n{done.stderr}"]


def check():
    yield from tree.in_parallel(check_folder, folders())
