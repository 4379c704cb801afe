"""The table in porting.md says what the public headers declare, and which of it is refused."""

import os
import sys

DOC = os.path.join(os.environ["POSTROOM_SRCDIR"], "doc")
sys.path.insert(0, DOC)

import porting_table  # noqa: E402  pylint: disable=wrong-import-position


def test_the_table_is_that_of_the_headers():
	with open(porting_table.PAGE, encoding="utf-8") as page:
		written = page.read().split(porting_table.BEGIN)[1].split(porting_table.END)[0]
	wanted = porting_table.table(os.environ["POSTROOM_BUILDDIR"])
	assert written.splitlines() == wanted.splitlines(), "run doc/porting_table.py"


def test_the_table_knows_the_three_kinds():
	lines = {line.split("`")[1]: line.split("|") for line in
			 porting_table.table(os.environ["POSTROOM_BUILDDIR"]).splitlines() if line.startswith("| `")}
	assert "`WaitLatch`" in lines["storage/latch.h"][2]
	assert "`ReadBuffer`" in lines["storage/bufmgr.h"][4] and "`ReadBuffer`" not in lines["storage/bufmgr.h"][2]
	assert "`BufferAccessStrategyData`" in lines["storage/buf.h"][3]
