/*
 * process_alive.cpp
 *		Looks for a process (common/process_alive.h).
 *
 * Server and client programs; nothing is raised or logged.
 */
#include "common/process_alive.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

namespace pg
{

namespace
{

/* The state letter stands behind the name in parentheses, which may hold anything. */
bool
is_zombie(pid_t pid)
{
	char path[64];
	char text[512];

	snprintf(path, sizeof(path), "/proc/%d/stat", static_cast<int>(pid));

	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return false;

	ssize_t length = read(fd, text, sizeof(text) - 1);

	close(fd);
	if (length <= 0)
		return false;
	text[length] = '\0';

	const char *end = strrchr(text, ')');

	return end != nullptr && strncmp(end, ") Z", 3) == 0;
}

} /* namespace */

bool
IsProcessAlive(pid_t pid)
{
	if (kill(pid, 0) != 0)
		return false;
	if (!is_zombie(pid))
		return true;
	errno = ESRCH;
	return false;
}

} /* namespace pg */
