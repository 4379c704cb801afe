"""Makes the harness and its fixtures known to the tests of this folder."""

import os
import sys

sys.path.insert(0, os.path.dirname(__file__))

from harness.fixtures import *  # noqa: E402,F401,F403
