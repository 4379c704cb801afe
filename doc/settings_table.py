#!/usr/bin/env python3
"""settings_table.py: writes the table of settings in settings.md anew.

Asks a running server, with psql's usual ways of finding it:
	doc/settings_table.py -h /path/of/socket postgres
The table stands between the two comments that name it; nothing else in the page is touched.
"""

import os
import subprocess
import sys

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "settings.md")
BEGIN, END = "<!-- table of settings -->\n", "<!-- end of the table -->\n"
QUERY = ("SELECT name, boot_val, unit, context, short_desc FROM pg_settings "
		 "WHERE category <> 'Without Effect' ORDER BY lower(name)")
OCTAL = ("log_file_mode", "unix_socket_permissions")


def default(name, value, unit):
	"""A default as one would write it into postgresql.conf."""
	if name in OCTAL:
		return f"`{int(value):04o}`"
	if value == "":
		return "empty"
	return f"`{value}{unit if value not in ('0', '-1') else ''}`"


def rows(arguments):
	out = subprocess.run(["psql", "-X", "-At", "-F", "\t", "-c", QUERY, *arguments], check=True,
						 stdout=subprocess.PIPE, text=True).stdout
	for line in out.splitlines():
		name, value, unit, context, text = line.split("\t")
		yield f"| `{name}` | {default(name, value, unit)} | {context} | {text} |\n"


def main(arguments):
	with open(PAGE, encoding="utf-8") as page:
		text = page.read()
	before, rest = text.split(BEGIN)
	after = rest.split(END)[1]
	table = "\n| setting | default | context | what it does |\n|---|---|---|---|\n"
	table += "".join(rows(arguments)) + "\n"
	with open(PAGE, "w", encoding="utf-8") as page:
		page.write(before + BEGIN + table + END + after)


if __name__ == "__main__":
	main(sys.argv[1:])
