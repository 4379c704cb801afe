/*
 * checkpointer.cpp
 *		The checkpointer: syncs and checkpoints while the server runs, and once more at its end.
 *
 * One process beside the sessions.  It takes no client's statement; what it does is the engine's
 * business (Engine::checkpointer_round).
 */
#include <algorithm>
#include <csignal>
#include <ctime>

#include "access/xlog.h"
#include "common/control_file.h"
#include "engine/engine.h"
#include "libpq/pqsignal.h"
#include "main/helpers.h"
#include "miscadmin.h"
#include "postmaster/interrupt.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "storage/lmgr/proc_internals.h"
#include "storage/procsignal.h"
#include "utils/activity/status.h"
#include "utils/error/report.h"
#include "utils/guc.h"
#include "utils/misc/timeout.h"
#include "utils/wait_event.h"

namespace pg
{

namespace
{

constexpr long kRetryMs = 1000;
constexpr long kLongestSleepMs = 60000;

void
write_checkpointed_state(ClusterState state)
{
	ControlData control;

	if (ReadControlFile(".", &control) != ControlFileError::None)
		Raise(Report(ERROR, ERRCODE_DATA_CORRUPTED)
				  .msg("could not read file \"%s\"", "global/pg_control"));
	control.state = state;
	control.checkpoint_time = time(nullptr);
	if (WriteControlFile(".", &control, enableFsync) != ControlFileError::None)
		Raise(Report(ERROR).code_for_file_access().msg("could not write to file \"%s\": %m",
													   "global/pg_control"));
}

/* The state that the startup process left when it was stopped on its way. */
ClusterState
state_left()
{
	ControlData control;

	if (ReadControlFile(".", &control) != ControlFileError::None)
		Raise(Report(ERROR, ERRCODE_DATA_CORRUPTED)
				  .msg("could not read file \"%s\"", "global/pg_control"));
	return control.state;
}

/* Everybody else has gone. The state says "shut down" only after all is in the files. */
void
write_last_checkpoint()
{
	Report(LOG).msg("shutting down").emit();
	if (RecoveryInProgress())
	{
		if (state_left() == ClusterState::InArchiveRecovery)
			write_checkpointed_state(ClusterState::ShutDownInRecovery);
		return;
	}
	write_checkpointed_state(ClusterState::ShuttingDown);
	SqliteEngine().checkpoint_all(true);
	write_checkpointed_state(ClusterState::ShutDown);
}

/* One round; how long to sleep. A failure is logged and tried again. */
long
do_round()
{
	if (RecoveryInProgress())
		return kRetryMs;
	try
	{
		return std::clamp(SqliteEngine().checkpointer_round(), 0L, kLongestSleepMs);
	}
	catch (const PgError &error)
	{
		EmitCaught(error);
		return kRetryMs;
	}
}

void
run_checkpointer()
{
	for (;;)
	{
		ResetLatch(MyLatch);
		if (ConfigReloadPending)
		{
			ConfigReloadPending = 0;
			ProcessConfigFile(PGC_SIGHUP);
		}
		if (ShutdownRequestPending)
		{
			write_last_checkpoint();
			return;
		}

		long sleep = do_round();

		WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH, sleep,
				  WAIT_EVENT_CHECKPOINTER_MAIN);
	}
}

void
install_checkpointer_signals()
{
	pqsignal(SIGHUP, SignalHandlerForConfigReload);
	pqsignal(SIGINT, SIG_IGN);
	pqsignal(SIGTERM, SIG_IGN); /* it goes last, when the postmaster says so by SIGUSR2 */
	pqsignal(SIGUSR1, procsignal_sigusr1_handler);
	pqsignal(SIGUSR2, SignalHandlerForShutdownRequest);
	pqsignal(SIGPIPE, SIG_IGN);
	pqsignal(SIGCHLD, SIG_DFL);
}

} /* namespace */

void
CheckpointerMain(const ChildStart &start)
{
	int code = 0;

	install_checkpointer_signals();
	InitializeTimeouts();
	InitProcess(start.slot, B_CHECKPOINTER);
	StatusStart(start.slot, B_CHECKPOINTER, nullptr);
	PG_SETMASK(&UnBlockSig);
	try
	{
		run_checkpointer();
	}
	catch (const PgError &error)
	{
		EmitCaught(error);
		code = 1;
	}
	proc_exit(code);
}

} /* namespace pg */
