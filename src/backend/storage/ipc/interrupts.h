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

#include "postgres.h"

#include "miscadmin.h"

namespace pg
{

/*
 * Installed by backends and by workers with a database: SIGTERM -> die, SIGINT -> query cancel,
 * SIGUSR1 -> latch + barrier flags, SIGHUP -> ConfigReloadPending, SIGQUIT -> quick exit,
 * SIGFPE -> ERROR 22P01; SIGPIPE, SIGUSR2 and SIGCHLD as PostgreSQL has them.
 */
void InstallBackendSignals();

/*
 * The same for what a worker starts with: with a database as above but SIGHUP ignored; without one
 * SIGINT and SIGFPE are ignored, too.  SIGUSR1 sets the latch in every worker with shared memory, for
 * bgw_notify_pid may name it; PostgreSQL ignores it without a database.
 */
void InstallWorkerSignals(bool has_shared_memory, bool has_database);

/* Why QueryCancelPending was set; the session's timeouts set theirs. */
extern volatile sig_atomic_t statement_timeout_fired;
extern volatile sig_atomic_t lock_timeout_fired;
extern volatile sig_atomic_t idle_in_transaction_timeout_fired;
extern volatile sig_atomic_t idle_session_timeout_fired;

/* True while the session waits for its client's next command: a cancel then means nothing and is forgotten. */
extern bool reading_command;

/* Set by handle_postmaster_death; see ipc_internals.h. */
extern volatile sig_atomic_t postmaster_possibly_dead;

/*
 * Makes a running engine statement stop at once; set by engine/.  Async-signal-safe: called in the
 * handlers of SIGINT, SIGTERM and the timeouts, unless interrupts are held off.
 */
extern void (*cancel_running_statement)() noexcept;

/*
 * Tells a client why its session ends, in the handler of SIGQUIT; set by tcop/, null when there is no
 * client.  Must be quick and must not wait, allocate or raise.
 */
extern void (*quick_die_notice)() noexcept;

/* Handlers' common part: cancel the statement for the reason the caller has recorded. Async-signal-safe. */
void RequestStatementCancel() noexcept;
/* Wakes the process for what the caller has recorded, and stops the running statement. Async-signal-safe. */
void RequestInterrupt() noexcept;

/* Handlers of the session's timeouts, for utils/misc/timeout.h, which installs them. */
void HandleStatementTimeout() noexcept;
void HandleLockTimeout() noexcept;
void HandleIdleInTransactionTimeout() noexcept;
void HandleIdleSessionTimeout() noexcept;

/*
 * CHECK_FOR_INTERRUPTS() of C++ code.  Raises PgError 57014 or 55P03, leaves the process for 57P01,
 * 25P03, 57P05, 08006; does nothing while interrupts are held off.
 */
void ServeInterrupts();
inline void
CheckForInterrupts()
{
	if (unlikely(InterruptPending))
		ServeInterrupts();
}

/*
 * For the waits: leaves the process when it is a worker with the default SIGTERM handler that has been
 * told to end.  Otherwise nothing.  Never raises.
 */
void ServeWorkerTermination();

/* HOLD_INTERRUPTS() for the length of a scope. */
class InterruptHoldoff
{
public:
	InterruptHoldoff() { HOLD_INTERRUPTS(); }
	~InterruptHoldoff()
	{
		/* An error in between may have reset the count. */
		if (InterruptHoldoffCount > 0)
			RESUME_INTERRUPTS();
	}
	InterruptHoldoff(const InterruptHoldoff &) = delete;
	InterruptHoldoff &operator=(const InterruptHoldoff &) = delete;
};

} /* namespace pg */
