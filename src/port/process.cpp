/*
 * process.cpp
 *		Signals, sleeping, socket modes and randomness of port.h.
 *
 * Every process and client programs.  Never raises; results and errno are the system calls'.
 */
#include "postgres.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/random.h>
#include <time.h>

#include "port.h"

pqsigfunc
pqsignal(int signo, pqsigfunc func)
{
	struct sigaction wanted = {};
	struct sigaction former;

	wanted.sa_handler = func;
	sigemptyset(&wanted.sa_mask);
	wanted.sa_flags = SA_RESTART;
	if (signo == SIGCHLD)
		wanted.sa_flags |= SA_NOCLDSTOP;
	if (sigaction(signo, &wanted, &former) < 0)
		return SIG_ERR;
	return former.sa_handler;
}

void
pg_usleep(long microsec)
{
	if (microsec <= 0)
		return;

	const timespec delay = {microsec / 1000000, (microsec % 1000000) * 1000};

	nanosleep(&delay, nullptr);
}

static bool
change_file_flags(pgsocket sock, int set, int clear)
{
	const int flags = fcntl(sock, F_GETFL);

	if (flags < 0)
		return false;
	return fcntl(sock, F_SETFL, (flags | set) & ~clear) == 0;
}

bool
pg_set_noblock(pgsocket sock)
{
	return change_file_flags(sock, O_NONBLOCK, 0);
}

bool
pg_set_block(pgsocket sock)
{
	return change_file_flags(sock, 0, O_NONBLOCK);
}

bool
pg_strong_random(void *buf, size_t len)
{
	char *at = static_cast<char *>(buf);

	while (len > 0)
	{
		const ssize_t got = getrandom(at, len, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		at += got;
		len -= static_cast<size_t>(got);
	}
	return true;
}
