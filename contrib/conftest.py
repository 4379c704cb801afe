"""Makes the harness and its fixtures known to the tests of the modules."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), os.pardir, "src", "test"))

from harness.fixtures import *  # noqa: E402,F401,F403
