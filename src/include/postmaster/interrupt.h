/*
 * interrupt.h
 *		Ready-made signal handlers for workers, and the flags they set.
 */
#ifndef INTERRUPT_H
#define INTERRUPT_H

#include "postgres.h"

#include <signal.h>

PG_BEGIN_EXTERN_C

/* Set by the handlers, cleared by the main loop that acts on them. */
extern PGDLLIMPORT volatile sig_atomic_t ConfigReloadPending;
extern PGDLLIMPORT volatile sig_atomic_t ShutdownRequestPending;

/* Acts on both flags: rereads the configuration, ends the process with status 0. Main loops that do no transactions. */
extern void HandleMainLoopInterrupts(void);

/* Handlers: set the flag and MyLatch. */
extern void SignalHandlerForConfigReload(SIGNAL_ARGS);
extern void SignalHandlerForShutdownRequest(SIGNAL_ARGS);
/* Ends the process at once with status 2, no callbacks: for SIGQUIT. */
extern void SignalHandlerForCrashExit(SIGNAL_ARGS);

PG_END_EXTERN_C

#endif /* INTERRUPT_H */
