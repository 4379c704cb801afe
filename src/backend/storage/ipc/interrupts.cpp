/*
 * interrupts.cpp
 *		Signal handlers of backends and workers, and serving what they ask for.
 *
 * Every child.  A handler sets a flag and the latch, keeps errno, and does nothing else; all the rest
 * happens in ServeInterrupts, at a place the code has chosen.
 */
#include "storage/ipc/interrupts.h"

#include <unistd.h>

#include "commands/async.h"
#include "libpq/pqsignal.h"
#include "postmaster/bgworker.h"
#include "postmaster/interrupt.h"
#include "storage/ipc.h"
#include "storage/ipc/ipc_internals.h"
#include "storage/latch.h"
#include "storage/lmgr/proc_internals.h"
#include "storage/proc.h"
#include "storage/procsignal.h"
#include "tcop/tcopprot.h"
#include "utils/error/wall.h"
#include "utils/guc.h"
#include "utils/memutils.h"

volatile sig_atomic_t InterruptPending = 0;
volatile sig_atomic_t QueryCancelPending = 0;
volatile sig_atomic_t ProcDiePending = 0;
volatile sig_atomic_t IdleInTransactionSessionTimeoutPending = 0;
volatile sig_atomic_t IdleSessionTimeoutPending = 0;
volatile sig_atomic_t ClientConnectionLost = 0;
volatile sig_atomic_t ConfigReloadPending = 0;
volatile sig_atomic_t ShutdownRequestPending = 0;
volatile sig_atomic_t notifyInterruptPending = 0;

volatile uint32 InterruptHoldoffCount = 0;
volatile uint32 QueryCancelHoldoffCount = 0;
volatile uint32 CritSectionCount = 0;

bool set_latch_on_sigusr1 = true;

namespace pg
{

volatile sig_atomic_t statement_timeout_fired = 0;
volatile sig_atomic_t lock_timeout_fired = 0;
volatile sig_atomic_t idle_in_transaction_timeout_fired = 0;
volatile sig_atomic_t idle_session_timeout_fired = 0;
bool reading_command = false;
void (*cancel_running_statement)() noexcept = nullptr;
void (*quick_die_notice)() noexcept = nullptr;

static volatile sig_atomic_t log_memory_context_pending = 0;

/* A worker that still has the default SIGTERM handler ends also in its waits; see handle_worker_term. */
static volatile sig_atomic_t worker_term_pending = 0;
static constexpr long kWorkerTermGrace = 1000;

void
RequestInterrupt() noexcept
{
	InterruptPending = 1;
	if (cancel_running_statement != nullptr && INTERRUPTS_CAN_BE_PROCESSED())
		cancel_running_statement();
	if (MyLatch != nullptr)
		SetLatch(MyLatch);
}

void
RequestStatementCancel() noexcept
{
	if (proc_exit_inprogress)
		return;
	QueryCancelPending = 1;
	RequestInterrupt();
}

void
HandleStatementTimeout() noexcept
{
	statement_timeout_fired = 1;
	RequestStatementCancel();
}

void
HandleLockTimeout() noexcept
{
	lock_timeout_fired = 1;
	RequestStatementCancel();
}

void
HandleIdleInTransactionTimeout() noexcept
{
	idle_in_transaction_timeout_fired = 1;
	IdleInTransactionSessionTimeoutPending = 1;
	InterruptPending = 1;
	if (MyLatch != nullptr)
		SetLatch(MyLatch);
}

void
HandleIdleSessionTimeout() noexcept
{
	idle_session_timeout_fired = 1;
	IdleSessionTimeoutPending = 1;
	InterruptPending = 1;
	if (MyLatch != nullptr)
		SetLatch(MyLatch);
}

/* Sets one flag of a handler and the latch. */
static void
raise_flag(volatile sig_atomic_t &flag) noexcept
{
	const int saved_errno = errno;

	flag = 1;
	if (MyLatch != nullptr)
		SetLatch(MyLatch);
	errno = saved_errno;
}

static void
serve_postmaster_death()
{
	if (!postmaster_possibly_dead || PostmasterIsAliveInternal())
		return;
	if (MyBackendType == B_BACKEND)
		Report(FATAL, ERRCODE_ADMIN_SHUTDOWN)
			.msg("terminating connection due to unexpected postmaster exit")
			.emit();
	proc_exit(1);
}

static void
serve_termination()
{
	ProcDiePending = 0;
	QueryCancelPending = 0;
	if (IsBackgroundWorker)
		Raise(Report(FATAL, ERRCODE_ADMIN_SHUTDOWN)
				  .msg("terminating background worker \"%s\" due to administrator command",
					   MyBgworkerEntry != nullptr ? MyBgworkerEntry->bgw_type : ""));
	Raise(Report(FATAL, ERRCODE_ADMIN_SHUTDOWN)
			  .msg("terminating connection due to administrator command"));
}

/* The reasons are cleared together: whichever is reported, the statement is over. */
static void
serve_cancel()
{
	const bool lock_timeout = lock_timeout_fired;
	const bool statement_timeout = statement_timeout_fired;

	QueryCancelPending = 0;
	lock_timeout_fired = 0;
	statement_timeout_fired = 0;
	if (lock_timeout)
		Raise(Report(ERROR, ERRCODE_LOCK_NOT_AVAILABLE)
				  .msg("canceling statement due to lock timeout"));
	if (statement_timeout)
		Raise(Report(ERROR, ERRCODE_QUERY_CANCELED)
				  .msg("canceling statement due to statement timeout"));
	if (!reading_command)
		Raise(Report(ERROR, ERRCODE_QUERY_CANCELED).msg("canceling statement due to user request"));
}

/* A setting that became 0 since the timer was started takes the timeout back. */
static void
serve_idle_timeouts()
{
	if (IdleInTransactionSessionTimeoutPending)
	{
		IdleInTransactionSessionTimeoutPending = 0;
		idle_in_transaction_timeout_fired = 0;
		if (IdleInTransactionSessionTimeout > 0)
			Raise(Report(FATAL, ERRCODE_IDLE_IN_TRANSACTION_SESSION_TIMEOUT)
					  .msg("terminating connection due to idle-in-transaction timeout"));
	}
	if (IdleSessionTimeoutPending)
	{
		IdleSessionTimeoutPending = 0;
		idle_session_timeout_fired = 0;
		if (IdleSessionTimeout > 0)
			Raise(Report(FATAL, ERRCODE_IDLE_SESSION_TIMEOUT)
					  .msg("terminating connection due to idle-session timeout"));
	}
}

static void
serve_memory_log()
{
	if (!log_memory_context_pending)
		return;
	log_memory_context_pending = 0;
	Report(LOG).msg("logging memory contexts of PID %d", MyProcPid).emit();
	MemoryContextStats(TopMemoryContext);
}

void
ServeInterrupts()
{
	if (InterruptHoldoffCount != 0 || CritSectionCount != 0)
		return;
	InterruptPending = 0;

	serve_postmaster_death();
	if (ProcDiePending)
		serve_termination();
	if (ClientConnectionLost)
	{
		QueryCancelPending = 0;
		Raise(Report(FATAL, ERRCODE_CONNECTION_FAILURE).msg("connection to client lost"));
	}
	if (QueryCancelPending)
	{
		/* Held off alone: look again when the count is back at 0. */
		if (QueryCancelHoldoffCount != 0)
			InterruptPending = 1;
		else
			serve_cancel();
	}
	serve_idle_timeouts();
	serve_memory_log();
}

void
ServeWorkerTermination()
{
	if (worker_term_pending && ProcDiePending && InterruptHoldoffCount == 0 &&
		CritSectionCount == 0 && !proc_exit_inprogress)
		serve_termination();
}

/*
 * SIGTERM of a worker that installs no handler of its own.  PostgreSQL 15 ends such a worker inside
 * the handler, whatever the code is doing.  Here it first gets a second to reach a wait or
 * CHECK_FOR_INTERRUPTS; only a worker that does neither is ended where it stands.
 */
static void
handle_worker_term(int) noexcept
{
	const int saved_errno = errno;

	if (!proc_exit_inprogress)
	{
		worker_term_pending = 1;
		ProcDiePending = 1;
		RequestInterrupt();
		SendSignalToMyselfAfter(SIGRTMIN, kWorkerTermGrace);
	}
	errno = saved_errno;
}

static void
handle_worker_term_late(int)
{
	const int saved_errno = errno;

	ServeWorkerTermination();
	if (!proc_exit_inprogress && ProcDiePending)
		SendSignalToMyselfAfter(SIGRTMIN, kWorkerTermGrace);
	errno = saved_errno;
}

/* What all children of the postmaster have in common. */
static void
install_common_signals()
{
	pqsignal(SIGTERM, die);
	pqsignal(SIGQUIT, SignalHandlerForCrashExit);
	pqsignal(SIGPIPE, SIG_IGN);
	pqsignal(SIGUSR2, SIG_IGN);
	pqsignal(SIGCHLD, SIG_DFL);
}

void
InstallBackendSignals()
{
	install_common_signals();
	pqsignal(SIGHUP, SignalHandlerForConfigReload);
	pqsignal(SIGQUIT, quickdie);
	pqsignal(SIGINT, StatementCancelHandler);
	pqsignal(SIGUSR1, procsignal_sigusr1_handler);
	pqsignal(SIGFPE, FloatExceptionHandler);
}

void
InstallWorkerSignals(bool has_shared_memory, bool has_database)
{
	install_common_signals();
	pqsignal(SIGTERM, handle_worker_term);
	pqsignal(SIGRTMIN, handle_worker_term_late);
	pqsignal(SIGHUP, SIG_IGN);
	pqsignal(SIGINT, has_database ? StatementCancelHandler : SIG_IGN);
	pqsignal(SIGUSR1, has_shared_memory ? procsignal_sigusr1_handler : SIG_IGN);
	pqsignal(SIGFPE, has_database ? FloatExceptionHandler : SIG_IGN);
}

} // namespace pg

using namespace pg;

void
ProcessInterrupts(void)
{
	FromC([] { ServeInterrupts(); });
}

void
die(SIGNAL_ARGS)
{
	const int saved_errno = errno;

	(void) postgres_signal_arg;
	if (!proc_exit_inprogress)
	{
		ProcDiePending = 1;
		RequestInterrupt();
	}
	errno = saved_errno;
}

void
StatementCancelHandler(SIGNAL_ARGS)
{
	const int saved_errno = errno;

	(void) postgres_signal_arg;
	RequestStatementCancel();
	errno = saved_errno;
}

/*
 * SIGFPE of a module's code: the fault stands in a C frame below a guard, so the jump to that guard
 * crosses nothing of ours.
 */
void
FloatExceptionHandler(SIGNAL_ARGS)
{
	sigset_t fault;

	(void) postgres_signal_arg;
	sigemptyset(&fault);
	sigaddset(&fault, SIGFPE);
	sigprocmask(SIG_UNBLOCK, &fault, nullptr);
	FromC(
		[]
		{
			Raise(Report(ERROR, ERRCODE_FLOATING_POINT_EXCEPTION)
					  .msg("floating-point exception")
					  .detail("An invalid floating-point operation was signaled. This probably "
							  "means an "
							  "out-of-range result or an invalid operation, such as division "
							  "by zero."));
		});
	pg_unreachable();
}

void
quickdie(SIGNAL_ARGS)
{
	(void) postgres_signal_arg;
	if (quick_die_notice != nullptr)
		quick_die_notice();
	QuickDie();
}

void
SignalHandlerForConfigReload(SIGNAL_ARGS)
{
	(void) postgres_signal_arg;
	raise_flag(ConfigReloadPending);
}

void
SignalHandlerForShutdownRequest(SIGNAL_ARGS)
{
	(void) postgres_signal_arg;
	raise_flag(ShutdownRequestPending);
}

void
SignalHandlerForCrashExit(SIGNAL_ARGS)
{
	(void) postgres_signal_arg;
	QuickDie();
}

void
HandleMainLoopInterrupts(void)
{
	if (ConfigReloadPending)
	{
		ConfigReloadPending = 0;
		ProcessConfigFile(PGC_SIGHUP);
	}
	if (ShutdownRequestPending)
		proc_exit(0);
	FromC([] { serve_memory_log(); });
}

/* Reasons that nothing here acts on yet only set the latch, as any SIGUSR1 does. */
void
procsignal_sigusr1_handler(SIGNAL_ARGS)
{
	const int saved_errno = errno;

	(void) postgres_signal_arg;
	if (TakeProcSignal(PROCSIG_LOG_MEMORY_CONTEXT))
	{
		log_memory_context_pending = 1;
		InterruptPending = 1;
	}
	if (TakeProcSignal(PROCSIG_NOTIFY_INTERRUPT))
		notifyInterruptPending = 1;
	if (MyLatch != nullptr)
		SetLatch(MyLatch);
	errno = saved_errno;
}

void
HandleNotifyInterrupt(void)
{
	raise_flag(notifyInterruptPending);
}
