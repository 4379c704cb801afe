/*
 * postmaster/ready_board.h
 *		How workers that have left shared memory say that they are ready.
 *
 * A mapping of its own with one number per worker slot; made once, it lasts over crash cycles.
 *	 1. The worker stores its pid in its place, with release, and sends SIGUSR2 to the postmaster.
 *	 2. The postmaster, on SIGUSR2 and every few seconds, takes what is there, and believes it only when the worker of the
 *	    slot has that pid and runs.
 * A worker that writes where it must not can do no more harm here than to call another one of its kind ready.
 */
#pragma once

#include <sys/types.h>

namespace pg
{

/* The postmaster, before its first worker. Does nothing when there is a board. */
void MakeReadyBoard(int slots);
/* A worker; false when there is no board. Async-signal-safe. */
bool SayReady(int slot) noexcept;
/* The postmaster: the pid in the place, which is empty then; 0: none. */
pid_t TakeReady(int slot);

} /* namespace pg */
