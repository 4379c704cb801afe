/*
 * death_watch.cpp
 *		No child outlives the postmaster by more than a second.
 *
 * Two ways to notice.  A pipe whose writing end only the postmaster holds: its end of file ends every
 * wait.  And a signal from the kernel (SIGPWR by PR_SET_PDEATHSIG), for children that do not wait: its
 * handler sets a flag for CHECK_FOR_INTERRUPTS and starts a timer of the kernel that sends SIGKILL, so
 * a child whose code neither waits nor checks goes, too.  Workers without shared memory are watched in
 * the same way.
 */
#include "postgres.h"

#include "storage/ipc/ipc_internals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "miscadmin.h"
#include "storage/ipc/interrupts.h"
#include "storage/latch.h"
#include "utils/error/report.h"

namespace pg
{

static constexpr int kDeathSignal = SIGPWR;
static constexpr long kGraceMilliseconds = 800;

static int death_pipe[2] = {-1, -1}; /* [0] reads in children, [1] is the postmaster's */
static pid_t watched_pid = 0;

volatile sig_atomic_t postmaster_possibly_dead = 0;

/* Raw system calls only: this is called in handlers. */
bool
SendSignalToMyselfAfter(int signal, long milliseconds) noexcept
{
	sigevent event = {};
	itimerspec when = {};
	int timer; /* the kernel's timer_t */

	event.sigev_notify = SIGEV_SIGNAL;
	event.sigev_signo = signal;
	when.it_value.tv_sec = milliseconds / 1000;
	when.it_value.tv_nsec = (milliseconds % 1000) * 1000000;
	return syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &timer) == 0 &&
		   syscall(SYS_timer_settime, timer, 0, &when, nullptr) == 0;
}

static void
handle_postmaster_death(int) noexcept
{
	const int saved_errno = errno;

	/* SIGPWR may come from elsewhere, too. */
	if (!postmaster_possibly_dead && getppid() != watched_pid)
	{
		postmaster_possibly_dead = 1;
		InterruptPending = 1;
		if (!SendSignalToMyselfAfter(SIGKILL, kGraceMilliseconds))
			_exit(1);
		if (MyLatch != nullptr)
			SetLatch(MyLatch);
	}
	errno = saved_errno;
}

void
InitPostmasterDeathWatch()
{
	if (pipe2(death_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
		Raise(Report(FATAL).msg("could not create pipe to monitor postmaster death: %m"));
	watched_pid = getpid();
}

void
JoinPostmasterDeathWatch()
{
	sigset_t watched;

	if (watched_pid == 0)
		return;
	if (death_pipe[1] >= 0)
	{
		close(death_pipe[1]);
		death_pipe[1] = -1;
	}
	pqsignal(kDeathSignal, handle_postmaster_death);
	sigemptyset(&watched);
	sigaddset(&watched, kDeathSignal);
	sigprocmask(SIG_UNBLOCK, &watched, nullptr);
	if (prctl(PR_SET_PDEATHSIG, kDeathSignal) != 0)
		Raise(Report(FATAL).msg("could not request parent death signal: %m"));
	/* It may have died before the kernel knew our wish. */
	if (getppid() != watched_pid)
		raise(kDeathSignal);
}

bool
PostmasterIsAliveInternal()
{
	return watched_pid == 0 || getpid() == watched_pid || getppid() == watched_pid;
}

int
PostmasterDeathFd()
{
	return death_pipe[0];
}

} // namespace pg
