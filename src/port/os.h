/*
 * port/os.h
 *		The seam to the operating system: calls that tests want to fail, and the clock.
 *
 * Server code calls these instead of fork(2), waitpid(2), kill(2), the clocks and, for the write-ahead
 * log, fdatasync(2).  A unit test swaps the table.  Usable in every process; nothing here raises or logs.
 */
#pragma once

#include <sys/types.h>

#include <cstdint>

namespace pg
{

/* Each entry returns what the system call returns and sets errno alike. */
struct OsCalls
{
	pid_t (*fork)();
	pid_t (*waitpid)(pid_t pid, int *status, int options);
	int (*kill)(pid_t pid, int signal);
	int (*fdatasync)(int fd);
	int64_t (*realtime_usec)();	 /* microseconds since 1970-01-01 UTC */
	int64_t (*monotonic_usec)(); /* never goes back; unrelated to the date */
};

extern OsCalls os; /* the real calls, unless a test replaced them */

} /* namespace pg */
