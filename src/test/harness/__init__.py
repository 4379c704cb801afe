"""What the tests share: servers in directories of their own, waiting, modules built with PGXS."""

from .cluster import Cluster, CommandError
from .modules import build_module
from .system import child_pids, is_alive, unprivileged
from .wait import wait_for

__all__ = ["Cluster", "CommandError", "build_module", "child_pids", "is_alive", "unprivileged",
		   "wait_for"]
