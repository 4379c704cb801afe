/*
 * postmaster/pm_signals.h
 *		Signals to the postmaster, as flags that its loop acts on.
 *
 * Handlers set a flag and the latch, nothing else.
 */
#pragma once

#include <csignal>

#include "postmaster/pmstate.h"

namespace pg
{

struct PendingFlags
{
	volatile sig_atomic_t stop = 0;	  /* a StopMode: the most urgent one asked for */
	volatile sig_atomic_t reload = 0; /* SIGHUP */
	volatile sig_atomic_t request =
		0; /* SIGUSR1: see TakePostmasterSignal, and the promote and logrotate files */
	volatile sig_atomic_t ready = 0; /* SIGUSR2: see ready_board.h */
	volatile sig_atomic_t child = 0; /* SIGCHLD */
};
extern PendingFlags pm_pending;

/* Installs the handlers. In a child, become_child and main_fn install others. */
void InstallPostmasterSignals();

} /* namespace pg */
