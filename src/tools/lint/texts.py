"""texts.py: what each file and folder says of itself, and what may not stay in it."""

import re

import tree

# A sleep in a loop that polls for a condition says "poll" in a comment on its line.
SLEEP = re.compile(r"\b(sleep|sleep_for|usleep|nanosleep)\s*\((?!.*\bpoll\b)")
LEFT_OPEN = "TODO(" + "now)"


def head_complaint(path, text):
    """A source starts with a comment that starts with the file's name."""
    head = re.match(r"/\*[\s*]*(\S+)|//\s*(\S+)", text)
    name = head and (head.group(1) or head.group(2)).rstrip(":,")
    if name is None or name.split("/")[-1] != path.name:
        yield f"{path}:1: the head comment with the file's name and role is missing"


def is_test(path):
    return path.parts[:2] == ("src", "test") or path.stem.endswith("_test") or path.parts[0] == "contrib"


def line_complaints(path, text):
    for number, line in enumerate(text.splitlines(), 1):
        if LEFT_OPEN in line:
            yield f"{path}:{number}: {LEFT_OPEN} is left"
        if is_test(path) and path.suffix != ".c" and SLEEP.search(line):
            yield f"{path}:{number}: tests wait for a condition and do not sleep"


def folders_without_readme():
    folders = {path.parent for path in tree.files(*tree.SOURCE_ENDINGS, under=("src/backend",))}
    for folder in sorted(folders):
        if not (tree.SRCDIR / folder / "README.md").is_file():
            yield f"{folder}: has no README.md"


def check():
    yield from folders_without_readme()
    for path in tree.files(*tree.SOURCE_ENDINGS, ".py", ".sh", ".sql"):
        text = tree.text(path)
        if path.suffix in tree.SOURCE_ENDINGS:
            yield from head_complaint(path, text)
        yield from line_complaints(path, text)
