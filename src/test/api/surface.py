"""What there is of the module API: what the headers declare, and what the server exports.

symbols.txt has the names that real modules use, with tier and kind.
"""

import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SRCDIR = os.path.normpath(os.path.join(HERE, *[os.pardir] * 3))
INCLUDE = os.path.join(SRCDIR, "src", "include")
sys.path.insert(0, os.path.join(SRCDIR, "src", "test", "modules", "test_capi"))

import declared  # noqa: E402  pylint: disable=wrong-import-position

#: What every module has itself, although headers declare it.
OF_MODULES = {"_PG_init", "_PG_fini", "Pg_magic_func"}

#: Kinds of names that only a compiler finds.
PROBED = ("type", "constant", "field", "library")

_DEFINE = re.compile(r"^#define (\w+)", re.M)
_NO_VALUE = re.compile(r"<stdin>:(\d+):\d+: error:")


#: A list of names alone, which declared.py leaves out.
BUILT_IN = "utils/fmgrprotos.h"


def _lines(name):
	with open(os.path.join(HERE, name), encoding="utf-8") as file:
		return [line.split() for line in file if line.strip() and not line.startswith("#")]


def wanted():
	"""(tier, kind, name) of symbols.txt."""
	return [tuple(line) for line in _lines("symbols.txt")]


def exported(postgres):
	"""Names in the dynamic symbol table of a program."""
	table = subprocess.run(["nm", "-D", "--defined-only", postgres], check=True,
						   stdout=subprocess.PIPE, text=True).stdout
	return {line.split()[-1].split("@")[0] for line in table.splitlines() if line}


def _compiler(build_dir, *flags):
	return ["cc", "-std=gnu11", "-xc", f"-I{build_dir}/src/include", f"-I{INCLUDE}", *flags, "-"]


def _all_headers():
	return '#include "postgres.h"\n' + "".join(f'#include "{name}"\n'
											   for name in declared.public_headers())


def all_macros(build_dir):
	out = subprocess.run(_compiler(build_dir, "-E", "-dM"), input=_all_headers(), check=True,
						 stdout=subprocess.PIPE, text=True).stdout
	return set(_DEFINE.findall(out))


def _probe(kind, name):
	if kind == "type":
		return f"extern {name} *probe(void);"
	if kind == "library":
		return f"void *probe(void); void *probe(void) {{ return (void *) {name}; }}"
	if kind == "constant":
		return f"int probe(void); int probe(void) {{ return (int) ({name}); }}"
	owner, member = re.fullmatch(r"(\w+)(?:\.|->)(.*)", name).groups()
	pointer = owner if "->" in name else owner + " *"
	return f"int probe(void); int probe(void) {{ return sizeof((({pointer}) 0)->{member}) > 0; }}"


def not_compiling(build_dir, names):
	"""Those (kind, name) of types, constants, fields and functions of the C library that the headers do not know."""
	head = _all_headers()
	text, at = head, {}
	for number, (kind, name) in enumerate(names):
		at[text.count("\n") + 1] = (kind, name)
		text += _probe(kind, name).replace("probe(", f"probe_{number}(") + "\n"
	done = subprocess.run(_compiler(build_dir, "-fsyntax-only", "-w", "-fmax-errors=0"), input=text,
						  check=False, capture_output=True, text=True)
	wrong = {int(number) for number in _NO_VALUE.findall(done.stderr)}
	assert done.returncode == 0 or (wrong and wrong <= at.keys()), done.stderr
	return {at[line] for line in wrong}


def missing(build_dir, postgres, other_headers=()):
	"""(tier, kind, name) of what symbols.txt names and is not there."""
	symbols = wanted()
	server, macros = exported(postgres), all_macros(build_dir)
	linked = declared.linked(build_dir)
	with open(os.path.join(INCLUDE, BUILT_IN), encoding="utf-8") as header:
		linked |= set(re.findall(r"\w+", header.read()))
	inline = declared.functions_and_variables(build_dir) - linked
	unknown = not_compiling(build_dir, [(kind, name) for _, kind, name in symbols
										if kind in PROBED])

	def is_there(kind, name):
		if kind == "header":
			return any(os.path.isfile(os.path.join(folder, name))
					   for folder in (INCLUDE, f"{build_dir}/src/include", *other_headers))
		if kind == "macro":
			return name in macros or name in linked or name in inline
		if kind in ("function", "variable"):
			return name in macros or name in inline or (name in linked and name in server)
		return (kind, name) not in unknown
	return [symbol for symbol in symbols if not is_there(*symbol[1:])]


def not_exported(build_dir, postgres):
	"""What a header declares and the server does not have."""
	return declared.linked(build_dir) - OF_MODULES - exported(postgres)
