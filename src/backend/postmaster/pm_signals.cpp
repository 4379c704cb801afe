/*
 * postmaster/pm_signals.cpp
 *		The postmaster's signal handlers (pm_signals.h).
 *
 * Postmaster only.  A handler sets a flag and the latch and keeps errno.
 */
#include "postgres.h"

#include "postmaster/pm_signals.h"

#include <cerrno>

#include "miscadmin.h"
#include "storage/latch.h"

namespace pg
{

PendingFlags pm_pending;

namespace
{

void
raise_flag(volatile sig_atomic_t &flag, int value) noexcept
{
	int saved_errno = errno;

	if (flag < value)
		flag = value;
	SetLatch(MyLatch);
	errno = saved_errno;
}

extern "C"
{
	void handle_stop(int signal) noexcept
	{
		StopMode mode = signal == SIGTERM  ? StopMode::Smart
						: signal == SIGINT ? StopMode::Fast
										   : StopMode::Immediate;

		raise_flag(pm_pending.stop, static_cast<int>(mode));
	}

	void handle_reload(int) noexcept
	{
		raise_flag(pm_pending.reload, 1);
	}

	void handle_request(int) noexcept
	{
		raise_flag(pm_pending.request, 1);
	}

	void handle_child(int) noexcept
	{
		raise_flag(pm_pending.child, 1);
	}

	void handle_ready(int) noexcept
	{
		raise_flag(pm_pending.ready, 1);
	}
}

} /* namespace */

void
InstallPostmasterSignals()
{
	pqsignal(SIGHUP, handle_reload);
	pqsignal(SIGTERM, handle_stop);
	pqsignal(SIGINT, handle_stop);
	pqsignal(SIGQUIT, handle_stop);
	pqsignal(SIGUSR1, handle_request);
	pqsignal(SIGUSR2, handle_ready);
	pqsignal(SIGCHLD, handle_child);
	pqsignal(SIGALRM, SIG_IGN);
	pqsignal(SIGPIPE, SIG_IGN);
	pqsignal(SIGTTIN, SIG_IGN);
	pqsignal(SIGTTOU, SIG_IGN);
}

} /* namespace pg */
