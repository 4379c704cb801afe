"""Measures Postroom beside PostgreSQL 15, the two alternating, and prints a table.

Arguments: rows to run (default: all). The table goes into doc/benchmarks.md.
"""

import os
import statistics
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import rows_life  # noqa: E402
import rows_sql  # noqa: E402
import rows_workers  # noqa: E402
from servers import POSTGRES, POSTROOM  # noqa: E402

ROWS = {**rows_life.ROWS, **rows_workers.ROWS, **rows_sql.ROWS}


def measure(function, rounds):
	"""{kind: {figure: [values]}}"""
	values = {POSTROOM: {}, POSTGRES: {}}
	for turn in range(rounds):
		order = (POSTROOM, POSTGRES) if turn % 2 == 0 else (POSTGRES, POSTROOM)
		for kind in order:
			for figure, value in function(kind).items():
				values[kind].setdefault(figure, []).append(value)
	return values


def line(figure, unit, better, wanted, values):
	ours = statistics.median(values[POSTROOM][figure])
	theirs = statistics.median(values[POSTGRES][figure])
	ratio = theirs / ours if better == "less" else ours / theirs
	return f"| {figure} | {theirs:,.1f} {unit} | {ours:,.1f} {unit} | {ratio:.2f}x | {wanted} |"


def main(names):
	print("| row | PostgreSQL 15 | Postroom | better by | wanted |")
	print("|---|--:|--:|--:|--:|", flush=True)
	for name in names or ROWS:
		function, rounds, figures = ROWS[name]
		try:
			values = measure(function, rounds)
		except Exception as error:  # a row that fails must not hide the others
			print(f"| {name} | failed: {str(error).splitlines()[0][:80]} | | | |", flush=True)
			continue
		for figure, (unit, better, wanted) in figures.items():
			print(line(figure, unit, better, wanted, values), flush=True)


if __name__ == "__main__":
	main(sys.argv[1:])
