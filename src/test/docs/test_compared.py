"""doc/workers-compared.md claims of Postroom only what a test proves: each test it names is there."""

import os
import re

SRCDIR = os.environ["POSTROOM_SRCDIR"]
NAMED = re.compile(r"`([a-z_]+): ([a-z0-9_]+)`")


def read(*parts):
	with open(os.path.join(SRCDIR, *parts), encoding="utf-8") as file:
		return file.read()


def test_each_claim_names_a_test_that_is_there():
	page = read("doc", "workers-compared.md")
	named = NAMED.findall(page)
	assert len(named) > 30
	missing = [f"{file}: {name}" for file, name in named
			   if f"\ndef test_{name}(" not in read("src/test/supervision", f"test_{file}.py")]
	assert missing == []


def test_each_row_of_postroom_has_its_proof():
	rows = [line for line in read("doc", "workers-compared.md").splitlines()
			if line.startswith("| ") and not line.startswith("| | Postroom")]
	assert [line for line in rows if not NAMED.search(line.split("|")[3])] == []
