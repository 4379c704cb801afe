"""In a sanitized build an error in any process fails its test, though the server lives on."""

import pytest

from harness import sanitized, take_reports

pytestmark = sanitized


@pytest.mark.parametrize("action,report", [
	("overflow", "AddressSanitizer: heap-buffer-overflow"),
	("undefined", "runtime error: shift exponent 32 is too large")])
def test_an_error_in_a_worker_is_reported(worker_cluster, action, report):
	cluster = worker_cluster(f"name:wrong,restart:never,do:{action}")
	cluster.wait_for_log(r"was terminated by signal 6: Aborted\n(.*\n)*.*reinitializing\n")
	cluster.wait_for_connection()
	(found,) = take_reports()
	assert report in found
	assert "test_worker.c" in found, "it says where"
