"""layout.py: the layout is what clang-format makes of it."""

import difflib

import tree

FIRST_LINES = 12


def formatted(path):
    done = tree.run([*tree.command("CLANG_FORMAT", "clang-format"), "--style=file", str(path)])
    if done.returncode != 0:
        raise SystemExit(f"clang-format: {done.stderr}")
    return done.stdout


def check_file(path):
    before, after = tree.text(path), formatted(path)
    if before == after:
        return []
    diff = difflib.unified_diff(before.splitlines(), after.splitlines(), "as is", "wanted", lineterm="", n=1)
    return [f"{path}: run make format\n" + "\n".join(list(diff)[:FIRST_LINES])]


def check():
    return tree.in_parallel(check_file, tree.files(*tree.SOURCE_ENDINGS))


def fix_file(path):
    after = formatted(path)
    if after == tree.text(path):
        return []
    (tree.SRCDIR / path).write_text(after, encoding="utf-8")
    return [f"formatted {path}"]


def fix():
    return tree.in_parallel(fix_file, tree.files(*tree.SOURCE_ENDINGS))
