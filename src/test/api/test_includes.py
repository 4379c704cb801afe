"""Headers bring with them what modules rely on (includes.txt), in whatever order a module includes them."""

import os
import re
import subprocess

import pytest

import surface

BUILDDIR = os.environ["POSTROOM_BUILDDIR"]


def obligations():
	with open(os.path.join(surface.HERE, "includes.txt"), encoding="utf-8") as file:
		pairs = [line.split(":") for line in file if not line.startswith("#")]
	return {header: names.split() for header, names in pairs}


def compiled(source, *flags):
	return subprocess.run(["cc", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-xc", f"-I{BUILDDIR}/src/include",
						   f"-I{surface.INCLUDE}", *flags, "-"], input=source, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("header", obligations())
def test_header_includes(header):
	done = compiled(f'#include "postgres.h"\n#include "{header}"\n', "-M")
	assert done.returncode == 0, done.stderr
	came = re.findall(r"/include/(\S+\.h)", done.stdout)
	missing = [name for name in obligations()[header] if name not in came]
	assert not missing, f"{header} does not include " + " ".join(missing)


@pytest.mark.parametrize("first", ["c.h", "errno.h", "string.h", "unistd.h", "stdio.h"])
def test_postgres_h_may_come_later(first):
	bracket = f'"{first}"' if first == "c.h" else f"<{first}>"
	done = compiled(f'#include {bracket}\n#include "postgres.h"\n#include "fmgr.h"\n#include "miscadmin.h"\n',
					"-fsyntax-only")
	assert done.returncode == 0, done.stderr
