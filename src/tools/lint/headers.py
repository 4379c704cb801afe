"""headers.py: every header compiles alone; the public ones as C11 and as C++20, those in C++ as C++20."""

import tree

WARNINGS = ["-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-D_GNU_SOURCE"]
C = ["-x", "c", "-Wold-style-definition", "-Wmissing-prototypes"]
CXX = ["-x", "c++", "-std=c++20"]

PUBLIC_COMPILERS = [
    ["gcc", *C, "-std=c11"],
    ["gcc", *C, "-std=gnu11"],
    ["g++", *CXX],
    ["clang-16", *C, "-std=c11"],
    ["clang++-16", *CXX],
]
PUBLIC_CXX_COMPILERS = [["g++", *CXX], ["clang++-16", *CXX]]
INTERNAL_COMPILERS = [["g++", *CXX]]

PUBLIC_PATH = [f"-I{tree.BUILDDIR}/src/include", "-Isrc/include"]
INTERNAL_PATH = [*PUBLIC_PATH, f"-I{tree.BUILDDIR}/src", "-Isrc", "-Isrc/backend"]
LIBPQ_PATH = ["-isystem", "/usr/include/postgresql"]


def is_public(path):
    return path.parts[:2] == ("src", "include")


def compilers(path):
    if not is_public(path):
        return INTERNAL_COMPILERS
    return PUBLIC_CXX_COMPILERS if path.suffix == ".hpp" else PUBLIC_COMPILERS


def check_header(path):
    includes = PUBLIC_PATH if is_public(path) else [*INTERNAL_PATH, *LIBPQ_PATH]
    complaints = []
    for compiler in compilers(path):
        done = tree.run([*compiler, *WARNINGS, *includes, "-"], stdin=f'#include "{path}"\n')
        if done.returncode != 0:
            complaints.append(f"{path}: not alone with {' '.join(compiler)}:\n{done.stderr}")
    return complaints


def check():
    yield from tree.in_parallel(check_header, tree.files(".h", ".hpp", under=("src",)))
