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

enum class TimeoutId : uint8_t
{
	StartupPacket,
	Statement,
	Lock,
	IdleInTransaction,
	IdleSession,
	FirstUser,					/* modules: RegisterTimeout */
	Count = FirstUser + 10,
};

void InitializeTimeouts();
void RegisterTimeoutHandler(TimeoutId id, void (*handler)() noexcept);
void EnableTimeoutAfter(TimeoutId id, int milliseconds);
void DisableTimeout(TimeoutId id) noexcept;
bool TimeoutActive(TimeoutId id);

}  /* namespace pg */
