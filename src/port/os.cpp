/*
 * os.cpp
 *		The real system calls behind the seam.
 *
 * Every process.  Never raises, never logs; errno is the system call's.
 */
#include "port/os.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

namespace pg
{

static int64_t
clock_usec(clockid_t clock)
{
	timespec now;

	clock_gettime(clock, &now);
	return static_cast<int64_t>(now.tv_sec) * 1000000 + now.tv_nsec / 1000;
}

static int64_t
real_realtime_usec()
{
	return clock_usec(CLOCK_REALTIME);
}

static int64_t
real_monotonic_usec()
{
	return clock_usec(CLOCK_MONOTONIC);
}

constinit OsCalls os = {
	.fork = ::fork,
	.waitpid = ::waitpid,
	.kill = ::kill,
	.fdatasync = ::fdatasync,
	.realtime_usec = real_realtime_usec,
	.monotonic_usec = real_monotonic_usec,
};

} // namespace pg
