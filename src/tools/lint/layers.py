"""layers.py: which folder may include from which.

A folder includes from its own layer and the ones below; src/include is below everything.
"""

import re

import tree

# Folders of one layer stand on one line, lowest layer first.
LAYERS = [
    ["src/include"],
    ["src/port", "src/common"],
    ["src/backend/utils/error", "src/backend/utils/mmgr", "src/backend/utils/time"],
    ["src/backend/storage/ipc", "src/backend/storage/lmgr", "src/backend/storage/dsa", "src/backend/storage/file"],
    ["src/backend/utils/misc", "src/backend/utils/fmgr", "src/backend/utils/activity"],
    ["src/backend/engine", "src/backend/libpq"],
    ["src/backend/catalog", "src/backend/utils/adt", "src/backend/parser", "src/backend/access"],
    ["src/backend/commands", "src/backend/executor", "src/backend/pl"],
    ["src/backend/tcop", "src/backend/postmaster"],
    ["src/backend/main"],
]
LAYER_OF = {folder: layer for layer, folders in enumerate(LAYERS) for folder in folders}

# Although they are lower, the supervisor stays away from sessions' business.
FORBIDDEN = {"src/backend/postmaster": [f for layer in LAYERS[5:8] for f in layer]}

# Programs and modules stand beside the layers, and see this much of them.
VISIBLE = {"src/bin": ["src/include", "src/port", "src/common"], "contrib": ["src/include"]}

# Headers of other people's that only some rooms may see.
ROOMS = {
    "sqlite3.h": ["src/backend/engine/sqlite"],
    "libpq-fe.h": ["src/backend/engine/upstream", "src/bin", "contrib"],
    "pg_query.h": ["src/backend/parser"],
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
SEARCH_PATH = ["src/include", "src", "src/backend"]


def inside(path, folder):
    return str(path).startswith(folder + "/")


def layered_folder(path):
    """The row entry that a file belongs to, or None."""
    return next((folder for folder in LAYER_OF if inside(path, folder)), None)


def resolve(path, name):
    """The file of ours that an include in path means, or None."""
    for folder in [str(path.parent), *SEARCH_PATH]:
        candidate = f"{folder}/{name}"
        if candidate in tree.GENERATED or (tree.SRCDIR / candidate).is_file():
            return candidate
    return None


def complaint_about(path, target):
    """Why path may not include target, or None."""
    for top, visible in VISIBLE.items():
        if inside(path, top):
            own = inside(target, "/".join(path.parts[: len(top.split("/")) + 1]))
            allowed = own or any(inside(target, folder) for folder in visible)
            return None if allowed else f"{top} sees only {', '.join(visible)}"
    here, there = layered_folder(path), layered_folder(target)
    if there is None:
        return "its folder is in no layer"
    if LAYER_OF[there] > LAYER_OF[here]:
        return f"{there} is above {here}"
    if there in FORBIDDEN.get(here, []):
        return f"{here} must not know {there}"
    return None


def check_file(path):
    if inside(path, "src/test") or inside(path, "src/tools"):
        return
    if inside(path, "src/backend") and layered_folder(path) is None:
        yield f"{path}: its folder has no layer in src/tools/lint/layers.py"
        return
    for number, line in enumerate(tree.text(path).splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        quote, name = match.groups()
        rooms = ROOMS.get(name)
        if rooms and not any(inside(path, room) for room in rooms):
            yield f"{path}:{number}: {name} belongs in {' and '.join(rooms)} only"
        target = resolve(path, name) if quote == '"' else None
        if target:
            why = complaint_about(path, target)
            if why:
                yield f'{path}:{number}: includes "{name}", but {why}'


def check():
    return tree.in_parallel(lambda path: list(check_file(path)), tree.files(*tree.SOURCE_ENDINGS))
