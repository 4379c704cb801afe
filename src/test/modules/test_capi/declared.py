"""Names that the public headers declare, and those of them that test_capi does not use.

Run from the top of a configured tree it prints the latter.
"""

import os
import re
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
SRCDIR = os.path.normpath(os.path.join(HERE, *[os.pardir] * 4))
INCLUDE = os.path.join(SRCDIR, "src", "include")

#: A list of names alone; the unit tests compare it with the functions behind the names.
LISTS = ["utils/fmgrprotos.h"]

#: Macros that only other macros of the headers use; those are tested.
HELPERS = {
	"PG_ASSERT_AS", "PG_CONNECT_WORKER", "PG_CONNECT_WORKER_BY_OID", "PG_DEFINE_ATOMIC", "PG_DEFINE_DATUM_CONVERSION", "PG_DSM_CREATE", "PG_PAGE",
	"PG_SHM_TOC_LOOKUP", "PG_TEMPLATE_TUPLE_DESC", "PG_VAR_HEADER1", "PG_VAR_HEADER4", "PG_VAR_MAKE1",
	"PG_VAR_MAKE4", "PG_VA_ARGS_TENTH", "foreach_internal",
}

_MARKER = re.compile(r'^# \d+ "([^"]*)"')
_DEFINE = re.compile(r"^#define (\w+)\(")
_WORD = re.compile(r"[A-Za-z_]\w*")
_NOT_CODE = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def public_headers():
	found = []
	for folder, _, names in os.walk(INCLUDE):
		found += [os.path.relpath(os.path.join(folder, name), INCLUDE)
				  for name in names if name.endswith(".h")]
	return sorted(found)


def _preprocessed(build_dir, *flags):
	text = '#include "postgres.h"\n' + "".join(f'#include "{name}"\n' for name in public_headers())
	result = subprocess.run(["cc", "-std=gnu11", "-E", *flags, f"-I{build_dir}/src/include",
							 f"-I{INCLUDE}", "-xc", "-"],
							input=text, capture_output=True, text=True, check=True)
	return result.stdout


def _by_header(text):
	"""Lines of our headers, by header, but for those of LISTS."""
	lines, header = {}, None
	for line in text.splitlines():
		marker = _MARKER.match(line)
		if marker:
			path = os.path.relpath(marker.group(1), INCLUDE)
			header = None if path.startswith(os.pardir) or path in LISTS else path
		elif header:
			lines.setdefault(header, []).append(line)
	return lines


def _own_lines(text):
	return [line for lines in _by_header(text).values() for line in lines]


def macros(build_dir):
	"""Function-like macros, but for HELPERS."""
	lines = _own_lines(_preprocessed(build_dir, "-dD"))
	return {match.group(1) for match in map(_DEFINE.match, lines) if match} - HELPERS


def _without_groups(text, opening, closing):
	"""The text with each outermost (...) or {...} emptied."""
	out, depth = [], 0
	for char in text:
		if char == opening:
			depth += 1
			if depth == 1:
				out.append(char)
		elif char == closing:
			depth -= 1
		if depth == 0:
			out.append(char)
	return "".join(out)


def _declared_name(declaration):
	text = re.sub(r"__attribute__\s*\(\)|__extension__|\b(__)?(inline|noreturn)\b", " ", declaration)
	if re.match(r"\s*(typedef|struct \w+\s*$|union \w+\s*$|enum\b|_Static_assert)", text):
		return None
	text = text.split("=")[0]
	if "(" in text:
		before = _WORD.findall(text.split("(")[0])
		return before[-1] if before else None
	if not re.match(r"\s*extern\b", text):
		return None
	words = _WORD.findall(re.sub(r"\[[^]]*\]", "", text))
	return words[-1] if words else None


def _declarations(lines):
	"""The declarations, with bodies and parameters emptied; and the pointers to functions among them."""
	text = "\n".join(lines)
	text = re.sub(r'"(?:\\.|[^"\\])*"', '""', text)
	text = re.sub(r"^\s*#.*$", "", text, flags=re.M)
	pointers = set(re.findall(r"\bextern\b[^;{}()]*\(\s*\*\s*(\w+)", text))
	text = _without_groups(_without_groups(text, "{", "}"), "(", ")")
	return re.split(r";|\{\}(?=\s*(?:static|extern|typedef|struct|enum|union|$))", text), pointers


def _names(lines):
	declarations, pointers = _declarations(lines)
	return pointers | {name for name in map(_declared_name, declarations) if name}


def functions_and_variables(build_dir):
	"""What has linkage, and inline functions."""
	return _names(_own_lines(_preprocessed(build_dir)))


def symbols(build_dir):
	"""By header: functions, variables and macros with arguments; and the structs that have a name only."""
	lines = _by_header(_preprocessed(build_dir, "-dD"))
	whole = "\n".join(line for part in lines.values() for line in part)
	defined = set(re.findall(r"\b(?:struct|union) (\w+)\s*\n?\s*\{", whole))
	found = {}
	for header, part in lines.items():
		functions = _names(line for line in part if not line.startswith("#"))
		opaque = {name for name in re.findall(r"^typedef struct (\w+) \**\w+;", "\n".join(part), re.M)
				  if name not in defined}
		found[header] = (functions | {match.group(1) for match in map(_DEFINE.match, part) if match}, opaque)
	return found


def linked(build_dir):
	"""What the server has to have under this name: functions and variables without a body in a header."""
	declarations, pointers = _declarations(_own_lines(_preprocessed(build_dir)))
	names = {_declared_name(text) for text in declarations
			 if not re.match(r"[\s{}]*(__extension__\s+)?static\b", text)}
	return pointers | {name for name in names if name}


def declared(build_dir):
	return functions_and_variables(build_dir) | macros(build_dir)


#: Where the functions stand that only raise 0A000. src/test/api calls each of them.
REFUSED = os.path.join(SRCDIR, "src", "backend", "utils", "fmgr", "unsupported_api.cpp")


def refused():
	with open(REFUSED, encoding="utf-8") as source:
		return set(re.findall(r"^PG_NOT_HERE\((\w+)\);", source.read(), re.M))


def used():
	words = refused()
	for name in os.listdir(HERE):
		if name.endswith((".c", ".h")):
			with open(os.path.join(HERE, name), encoding="utf-8") as source:
				words |= set(_WORD.findall(_NOT_CODE.sub(" ", source.read())))
	return words


if __name__ == "__main__":
	print("\n".join(sorted(declared(os.environ.get("POSTROOM_BUILDDIR", SRCDIR)) - used())))
