/*
 * utils/misc/timeout.h
 *		Timers of one process: statement, lock and idle timeouts, and modules' own.
 *
 * One setitimer(2) serves all.  A handler runs in the SIGALRM handler and may only set flags and the
 * latch.  Backends and workers, after InitializeTimeouts().
 */
#pragma once

#include "postgres.h"

namespace pg
{

enum class TimeoutKind : uint8_t
{
	StartupPacket,
	Statement,
	Lock,
	IdleInTransaction,
	IdleSession,
	FirstUser, /* modules: RegisterTimeout */
	Count = FirstUser + 10,
};

/* In a child, once: installs the SIGALRM handler. */
void InitializeTimeouts();
/* Installs the handlers of interrupts.h for the statement, lock and idle timeouts; InitializeTimeouts does it, too. */
void RegisterSessionTimeouts();
/* The handler runs in a signal handler. */
void RegisterTimeoutHandler(TimeoutKind id, void (*handler)() noexcept);
/* A free number from FirstUser on, with its handler; raises 54000 when there is none left. */
TimeoutKind RegisterUserTimeout(void (*handler)() noexcept);
/* Starts the timeout, or starts it anew; 0 or less is due at once. */
void EnableTimeoutAfter(TimeoutKind id, int milliseconds);
void DisableTimeout(TimeoutKind id) noexcept;
void DisableAllTimeouts() noexcept;
bool TimeoutActive(TimeoutKind id);
/* The same from then on, every so many milliseconds. */
void EnableTimeoutEvery(TimeoutKind id, int first_milliseconds, int milliseconds);
/* Whether it has gone off since it was last started; reset: and no more. */
bool TimeoutHasFired(TimeoutKind id, bool reset) noexcept;

} /* namespace pg */
