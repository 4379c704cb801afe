#!/usr/bin/env python3
"""porting_table.py: writes the table of the C API in porting.md anew.

	doc/porting_table.py [BUILD FOLDER]
The names are those that the public headers declare; no server is asked. The table stands between the two comments that name it.
"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
PAGE = os.path.join(HERE, "porting.md")
BEGIN, END = "<!-- table of the C API -->\n", "<!-- end of the table -->\n"
sys.path.insert(0, os.path.join(HERE, "..", "src", "test", "modules", "test_capi"))

import declared  # noqa: E402  pylint: disable=wrong-import-position

#: Headers that are no part of PostgreSQL's.
OWN = ("postroom",)


def cell(names):
	return " ".join(f"`{name}`" for name in sorted(names, key=lambda name: (name.lower(), name))) or " "


def table(build_dir):
	refused = declared.refused()
	lines = ["\n| header | supported | opaque | 0A000 |\n|---|---|---|---|\n"]
	for header, (names, opaque) in sorted(declared.symbols(build_dir).items()):
		if header.startswith(OWN) or not (names or opaque):
			continue
		lines.append(f"| `{header}` | {cell(names - refused)} | {cell(opaque)} | {cell(names & refused)} |\n")
	return "".join(lines) + "\n"


def main(build_dir):
	with open(PAGE, encoding="utf-8") as page:
		text = page.read()
	before, rest = text.split(BEGIN)
	after = rest.split(END)[1]
	with open(PAGE, "w", encoding="utf-8") as page:
		page.write(before + BEGIN + table(build_dir) + END + after)


if __name__ == "__main__":
	main(sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, ".."))
