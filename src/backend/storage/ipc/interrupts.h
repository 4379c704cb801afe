/*
 * storage/ipc/interrupts.h
 *		What a signal asks of a backend or worker, acted on at CHECK_FOR_INTERRUPTS().
 *
 * Handlers only set a flag and the latch.  ProcessInterrupts() (public, miscadmin.h) acts: 57P01 for
 * SIGTERM, 57014 for SIGINT and the timeouts, 25P03, 57P05, reload.  All flags are
 * `volatile sig_atomic_t` of this process.
 */
#pragma once

#include <csignal>

namespace pg
{

/* CHECK_FOR_INTERRUPTS() for C++: raises PgError where the C function would jump. */
void CheckForInterrupts();

/* Installed by backends and workers: SIGTERM -> die, SIGINT -> query cancel, SIGUSR1 -> latch + barrier flags. */
void InstallBackendSignals();

/* Why QueryCancelPending was set; the session's timeouts set theirs. */
extern volatile sig_atomic_t statement_timeout_fired;
extern volatile sig_atomic_t lock_timeout_fired;
extern volatile sig_atomic_t idle_in_transaction_timeout_fired;
extern volatile sig_atomic_t idle_session_timeout_fired;

/* Called by ProcessInterrupts for a pending cancel so that a running engine statement stops at once; set by engine/. Async-signal-safe. */
extern void (*cancel_running_statement)() noexcept;

}  /* namespace pg */
