"""What the tests share: servers in directories of their own, waiting, modules built with PGXS."""

from .cluster import Cluster, CommandError
from .launcher import Launcher, configure_launcher
from .modules import build_contrib, build_module, install_module
from .sanitizers import SANITIZED, sanitized, take_reports
from .system import child_pids, is_alive, title, unprivileged
from .variants import IS_POSTROOM, ours
from .wait import PATIENCE, wait_for
from .wire import Wire

__all__ = ["Cluster", "CommandError", "IS_POSTROOM", "Launcher", "PATIENCE", "SANITIZED", "Wire",
		   "build_contrib", "build_module", "child_pids", "configure_launcher", "install_module",
		   "is_alive", "ours", "sanitized", "take_reports", "title", "unprivileged", "wait_for"]
