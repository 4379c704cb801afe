/*
 * faulty_os.c
 *		An operating system that fails: a library for LD_PRELOAD.
 *
 * FAULTY_OS names a file with two numbers, read anew for each call: how many of 100 forks of the postmaster fail with
 * EAGAIN, and how many of 100 signals SIGUSR1 to the postmaster are lost.  Without the file all is well.  Only processes
 * that are called "postgres" are affected, and only the postmaster's own forks.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static void
read_rates(int *forks, int *signals)
{
	const char *path = getenv("FAULTY_OS");
	FILE *file = path != NULL ? fopen(path, "re") : NULL;

	*forks = *signals = 0;
	if (file == NULL)
		return;
	if (fscanf(file, "%d %d", forks, signals) != 2)
		*forks = *signals = 0;
	fclose(file);
}

static int
happens(int rate)
{
	static unsigned int seed = 0;

	if (seed == 0)
		seed = (unsigned int) getpid();
	return rate > 0 && (int) (rand_r(&seed) % 100) < rate;
}

pid_t
fork(void)
{
	static pid_t (*real)(void) = NULL;
	int forks;
	int signals;

	if (real == NULL)
		*(void **) &real = dlsym(RTLD_NEXT, "fork");
	read_rates(&forks, &signals);
	if (happens(forks))
	{
		errno = EAGAIN;
		return -1;
	}
	return real();
}

int
kill(pid_t pid, int number)
{
	static int (*real)(pid_t, int) = NULL;
	int forks;
	int signals;

	if (real == NULL)
		*(void **) &real = dlsym(RTLD_NEXT, "kill");
	if (number == SIGUSR1 && pid == getppid())
	{
		read_rates(&forks, &signals);
		if (happens(signals))
			return 0;
	}
	return real(pid, number);
}
