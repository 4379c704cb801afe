"""Lint: checks what a compiler does not. Run by "make lint" and "make format".

    python3 src/tools/lint [PART...]      all parts, or the ones named
    python3 src/tools/lint --fix-format   apply the layout
"""

import sys

import batch
import configured
import headers
import layers
import layout
import texts

PARTS = {
    "layout": layout.check,
    "layers": layers.check,
    "texts": texts.check,
    "configured": configured.check,
    "batch": batch.check,
    "headers": headers.check,
}


def main(arguments):
    if arguments == ["--fix-format"]:
        for line in layout.fix():
            print(line)
        return 0
    unknown = set(arguments) - PARTS.keys()
    if unknown:
        raise SystemExit(f"no such part: {', '.join(unknown)}; there are: {', '.join(PARTS)}")
    count = 0
    for part in arguments or PARTS:
        for complaint in PARTS[part]():
            print(complaint)
            count += 1
    print(f"lint: {count} complaint(s)" if count else "lint: clean")
    return 1 if count else 0


sys.exit(main(sys.argv[1:]))
