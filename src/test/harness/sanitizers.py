"""AddressSanitizer and UndefinedBehaviorSanitizer: a report of any process fails the test.

In a build made with --enable-sanitize every process that errs writes its report to a file of its
own in one folder and aborts. The postmaster may well restart what has died, so the folder is looked
at after each test, once its servers are gone, and at the end of all.
"""

import atexit
import os
import shutil
import subprocess
import tempfile

import pytest


def _is_sanitized():
	program = os.path.join(os.environ.get("POSTROOM_BINDIR", ""), "pg_config")
	try:
		return "-fsanitize=" in subprocess.run([program, "--cflags"], capture_output=True, text=True,
											   check=False).stdout
	except OSError:
		return False


SANITIZED = _is_sanitized()

sanitized = pytest.mark.skipif(not SANITIZED, reason="the server is built without sanitizers")


def _options(folder):
	# Processes leave their memory to the kernel, so nobody looks for leaks. Stacks
	# stay where check_stack_depth() looks for them. Hundreds of processes share the machine, so none
	# keeps much freed memory in quarantine.
	symbolizer = shutil.which("llvm-symbolizer") or shutil.which("addr2line") or ""
	# Too large a piece of memory is an error that the server handles.
	return ":".join(["abort_on_error=1", f"log_path={folder}/report", "print_stacktrace=1",
					 f"external_symbolizer_path={symbolizer}", "detect_leaks=0",
					 "detect_stack_use_after_return=0", "quarantine_size_mb=16",
					 "malloc_context_size=12", "allocator_may_return_null=1"])


_folder = None
if SANITIZED:
	_folder = tempfile.mkdtemp(prefix="postroom-reports-", dir="/tmp")
	atexit.register(shutil.rmtree, _folder, ignore_errors=True)
	# Whichever user a server runs as.
	os.chmod(_folder, 0o1777)
	# Read by make's children and by every server that a test starts.
	os.environ["ASAN_OPTIONS"] = os.environ["UBSAN_OPTIONS"] = _options(_folder)


def take_reports():
	"""The reports that have come since the last call."""
	reports = []
	for name in sorted(os.listdir(_folder)) if _folder else []:
		path = os.path.join(_folder, name)
		with open(path, encoding="utf-8", errors="replace") as report:
			text = report.read()
		# A warning only: memory that could not be had.
		if "ERROR: " in text or "runtime error: " in text:
			reports.append(f"{name}:\n{text}")
		os.unlink(path)
	return reports


def _fail_on_reports():
	reports = take_reports()
	if reports:
		pytest.fail("\n".join(["a sanitizer has reported:", *reports]), pytrace=False)


# Fixtures that are set up first are torn down last: after the clusters of the same scope.

@pytest.fixture(autouse=True)
def no_sanitizer_reports():
	yield
	_fail_on_reports()


@pytest.fixture(autouse=True, scope="session")
def no_sanitizer_reports_at_the_end():
	yield
	_fail_on_reports()
