/*
 * common/process_alive.h
 *		Whether a process number belongs to a process that still runs.
 */
#pragma once

#include <sys/types.h>

namespace pg
{

/*
 * True when `pid` runs and may be signalled by this user.  One that has ended but was not waited for by its parent
 * counts as gone.  errno is ESRCH or EPERM when false.
 */
bool IsProcessAlive(pid_t pid);

} /* namespace pg */
