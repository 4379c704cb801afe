/*
 * startup_process.cpp
 *		The startup process: from what pg_control says to databases that can be used.
 *
 * Runs alone with the checkpointer, before any session.  Ends with 0 when the server may go to RUN, with
 * 1 when it was told to stop; anything else keeps the server from starting.
 */
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

#include "access/transaction.h"
#include "catalog/cluster.h"
#include "catalog/unlogged.h"
#include "common/control_file.h"
#include "engine/engine.h"
#include "libpq/pqsignal.h"
#include "main/helpers.h"
#include "miscadmin.h"
#include "postmaster/interrupt.h"
#include "postmaster/pm_settings.h"
#include "storage/ipc.h"
#include "storage/ipc/recovery_state.h"
#include "storage/latch.h"
#include "storage/lmgr/proc_internals.h"
#include "utils/activity/status.h"
#include "utils/error/log_output.h"
#include "utils/error/report.h"
#include "utils/guc.h"
#include "utils/misc/timeout.h"
#include "utils/wait_event.h"

namespace pg
{

namespace
{

constexpr const char kStandbySignal[] = "standby.signal";
constexpr const char kRecoverySignal[] = "recovery.signal";
constexpr const char kPromoteFile[] = "promote";
constexpr int kTriggerPollMs = 1000;

volatile sig_atomic_t promote_requested = 0;

extern "C"
{
	static void handle_promote(int) noexcept
	{
		int saved_errno = errno;

		promote_requested = 1;
		SetLatch(MyLatch);
		errno = saved_errno;
	}
}

/* SIGTERM is answered between steps; a step by itself is short or repeatable. */
void
obey_signals()
{
	if (ConfigReloadPending)
	{
		ConfigReloadPending = 0;
		ProcessConfigFile(PGC_SIGHUP);
	}
	if (ShutdownRequestPending)
		proc_exit(1);
}

bool
file_exists(const char *path)
{
	struct stat found;

	return stat(path, &found) == 0;
}

void
write_state(ControlData *control, ClusterState state)
{
	control->state = state;
	if (WriteControlFile(".", control, enableFsync) != ControlFileError::None)
		Report(PANIC)
			.code_for_file_access()
			.msg("could not write to file \"%s\": %m", "global/pg_control")
			.emit();
}

/* What the last run left, in PostgreSQL's words; true when it ended in order. */
bool
report_last_state(const ControlData &control)
{
	std::string when = LogTime(control.time * 1000000, true);

	when = when.substr(0, when.find('.')) + when.substr(when.rfind(' '));
	switch (control.state)
	{
		case ClusterState::ShutDown:
			Report(LOG).msg("database system was shut down at %s", when.c_str()).emit();
			return true;
		case ClusterState::ShutDownInRecovery:
			Report(LOG).msg("database system was shut down in recovery at %s", when.c_str()).emit();
			return true;
		case ClusterState::ShuttingDown:
			Report(LOG)
				.msg("database system shutdown was interrupted; last known up at %s", when.c_str())
				.emit();
			return false;
		case ClusterState::InCrashRecovery:
			Report(LOG)
				.msg("database system was interrupted while in recovery at %s", when.c_str())
				.hint("This probably means that some data is corrupted and you will have to use "
					  "the last backup for "
					  "recovery.")
				.emit();
			return false;
		case ClusterState::InArchiveRecovery:
			Report(LOG)
				.msg("database system was interrupted while in recovery at log time %s",
					 when.c_str())
				.emit();
			return false;
		case ClusterState::StartingUp:
		case ClusterState::InProduction: break;
	}
	Report(LOG).msg("database system was interrupted; last known up at %s", when.c_str()).emit();
	return false;
}

void
recover(ControlData *control, bool was_clean, bool standby)
{
	write_state(control, standby	 ? ClusterState::InArchiveRecovery
						 : was_clean ? control->state
									 : ClusterState::InCrashRecovery);
	if (!was_clean)
	{
		if (!standby)
			Report(LOG)
				.msg("database system was not properly shut down; automatic recovery in progress")
				.emit();
		SqliteEngine().recover_all();
	}
	obey_signals();

	/* Sessions find roles and databases in shared memory. */
	SetCurrentEngine(SqliteEngine().open(InvalidOid, true));
	LoadClusterCache();
	SetCurrentEngine(nullptr);
	if (!was_clean && !standby)
		EmptyUnloggedTables();
}

bool
is_promotion_due()
{
	if (promote_requested)
	{
		promote_requested = 0;
		unlink(kPromoteFile);
		Report(LOG).msg("received promote request").emit();
		return true;
	}
	if (PromoteTriggerFile == nullptr || PromoteTriggerFile[0] == '\0')
		return false;
	if (file_exists(PromoteTriggerFile))
	{
		Report(LOG).msg("promote trigger file found: %s", PromoteTriggerFile).emit();
		unlink(PromoteTriggerFile);
		return true;
	}
	if (errno != ENOENT)
		Report(ERROR)
			.code_for_file_access()
			.msg("could not stat promote trigger file \"%s\": %m", PromoteTriggerFile)
			.emit();
	return false;
}

/* A standby serves what it has until somebody promotes it. */
void
stand_by()
{
	Report(LOG).msg("consistent recovery state reached").emit();
	if (EnableHotStandby)
		SendPostmasterSignal(PmSignal::BeginHotStandby);
	for (;;)
	{
		ResetLatch(MyLatch);
		obey_signals();
		if (is_promotion_due())
			break;

		bool poll = PromoteTriggerFile != nullptr && PromoteTriggerFile[0] != '\0';

		WaitLatch(MyLatch, WL_LATCH_SET | WL_EXIT_ON_PM_DEATH | (poll ? WL_TIMEOUT : 0),
				  kTriggerPollMs, WAIT_EVENT_RECOVERY_WAL_STREAM);
	}
	SetRecoveryPhase(RecoveryPhase::Promoting);
	if (unlink(kStandbySignal) != 0 && errno != ENOENT)
		Report(FATAL)
			.code_for_file_access()
			.msg("could not remove file \"%s\": %m", kStandbySignal)
			.emit();
	Report(LOG).msg("archive recovery complete").emit();
}

void
start_up()
{
	ControlData control;

	if (ReadControlFile(".", &control) != ControlFileError::None)
		Report(PANIC).msg("could not read file \"%s\"", "global/pg_control").emit();

	bool was_clean = report_last_state(control);
	bool standby = file_exists(kStandbySignal);

	if (!standby && file_exists(kRecoverySignal))
		Report(FATAL, ERRCODE_INVALID_PARAMETER_VALUE)
			.msg("must specify restore_command when standby mode is not enabled")
			.emit();
	if (standby)
	{
		Report(LOG).msg("entering standby mode").emit();
		SendPostmasterSignal(PmSignal::RecoveryStarted);
	}
	recover(&control, was_clean, standby);
	if (standby)
		stand_by();
	obey_signals();
	write_state(&control, ClusterState::InProduction);
	SetRecoveryPhase(RecoveryPhase::Done);
}

void
install_startup_signals()
{
	pqsignal(SIGHUP, SignalHandlerForConfigReload);
	pqsignal(SIGTERM, SignalHandlerForShutdownRequest);
	pqsignal(SIGINT, SIG_IGN);
	pqsignal(SIGUSR1, procsignal_sigusr1_handler);
	pqsignal(SIGUSR2, handle_promote);
	pqsignal(SIGPIPE, SIG_IGN);
	pqsignal(SIGCHLD, SIG_DFL);
}

} /* namespace */

void
StartupMain(const ChildStart &start)
{
	install_startup_signals();
	InitializeTimeouts();
	InitProcess(start.slot, B_STARTUP);
	StatusStart(start.slot, B_STARTUP, nullptr);
	PG_SETMASK(&UnBlockSig);
	try
	{
		start_up();
	}
	catch (const PgError &error)
	{
		/* Nobody could go on after it. */
		Report fatal = error.report;

		fatal.elevel = FATAL;
		fatal.emit();
	}
	proc_exit(0);
}

} /* namespace pg */
