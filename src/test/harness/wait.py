"""Waiting for a condition under one global limit."""

import os
import threading
import time

#: Seconds that any condition may take; a sanitized server on a busy machine is slow.
PATIENCE = float(os.environ.get("POSTROOM_TEST_PATIENCE", "180"))

_pause = threading.Event().wait


def wait_for(condition, what="", patience=None, interval=0.01):
	"""Calls condition until it returns something true, and returns that; patience 0: once."""
	limit = time.monotonic() + (PATIENCE if patience is None else patience)
	while True:
		result = condition()
		if result:
			return result
		if time.monotonic() > limit:
			raise AssertionError(f"waited in vain for {what or condition}")
		_pause(interval)
