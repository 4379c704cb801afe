/*
 * storage/ipc/ipc_internals.h
 *		Leaving a process: exit callbacks (the C API is storage/ipc.h), and the postmaster's death.
 *
 * Callbacks run last-in first-out and are removed before they run: first before_shmem_exit, then
 * on_shmem_exit (after it shared memory counts as cleanly left), then on_proc_exit.
 */
#pragma once

namespace pg
{

/* In a child right after fork: forget the callbacks inherited from the postmaster. */
void ResetExitCallbacks();

/*
 * Handlers of exit(3) that modules registered, in this process or before the fork. The loader begins the
 * watch before it opens the first library, and hands over each one that it opened (a handle of dlopen).
 */
void WatchExitHandlers();
void NoteDestructors(void *library);
bool HasExitHandlers();

/* Runs only the shared-memory callbacks; for a worker that gives up shared memory. */
void RunShmemExitCallbacks(int code);

/* Leaves at once without callbacks: the SIGQUIT way out, exit code 2. Async-signal-safe. */
[[noreturn]] void QuickDie() noexcept;

/*
 * Death watch.  The postmaster calls InitPostmasterDeathWatch before its first fork; each child calls
 * JoinPostmasterDeathWatch right after fork.  From then on the child notices the postmaster's death
 * in every WaitLatch, at CHECK_FOR_INTERRUPTS, and is killed by the kernel's timer within a second
 * even when its code does neither.
 */
void InitPostmasterDeathWatch();
void JoinPostmasterDeathWatch();
bool PostmasterIsAliveInternal();
/* Has the kernel send this process a signal once, later. Async-signal-safe; false when the kernel refuses. */
bool SendSignalToMyselfAfter(int signal, long milliseconds) noexcept;
int PostmasterDeathFd(); /* readable (EOF) once the postmaster is dead */

} /* namespace pg */
