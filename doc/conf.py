"""Sphinx's settings for the manual: HTML and man pages. Run by "make docs"."""

import re
from pathlib import Path

_CONFIGURE = (Path(__file__).parent.parent / "configure.ac").read_text(encoding="utf-8")
_FOUND = re.search(r"AC_INIT\(\[[^]]*\],\s*\[([^]]*)\]", _CONFIGURE)

project = "Postroom"
author = "the Postroom developers"
release = version = _FOUND.group(1) if _FOUND else ""

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
master_doc = "index"
exclude_patterns = ["html", "man"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
highlight_language = "text"

html_theme = "alabaster"
html_title = "Postroom"
html_show_copyright = False

man_pages = [
	("man-postgres", "postgres", "the server", author, 1),
	("man-initdb", "initdb", "create a data directory", author, 1),
	("man-pg_ctl", "pg_ctl", "start, stop and control a server", author, 1),
	("man-pg_config", "pg_config", "tell about the installation", author, 1),
]
