/*
 * postmaster/pm_reaper.cpp
 *		Children that ended: who it was, how it ended, and whether that is a crash.
 *
 * Postmaster only, outside of signal handlers.  A pid is cleared from the child table here, where
 * waitpid() returned it, before anything else can signal it.
 */
#include "postgres.h"

#include "postmaster/pm_internals.h"

#include <cstring>
#include <sys/wait.h>

#include "port/os.h"
#include "postmaster/pm_signals.h"
#include "storage/ipc/recovery_state.h"
#include "storage/lmgr/proc_internals.h"
#include "utils/activity/status.h"
#include "utils/error/report.h"

namespace pg
{

namespace
{

bool
exited_with(int status, int code)
{
	return WIFEXITED(status) && WEXITSTATUS(status) == code;
}

/* 0 and 1 are how a child leaves in order, provided that it left shared memory. */
bool
is_orderly(int status)
{
	return exited_with(status, 0) || exited_with(status, 1);
}

void
log_child_end(int elevel, const char *name, pid_t pid, int status)
{
	Report report(elevel);
	char statement[1024];

	if (WIFEXITED(status))
		report.msg("%s (PID %d) exited with exit code %d", name, pid, WEXITSTATUS(status));
	else if (WIFSIGNALED(status))
		report.msg("%s (PID %d) was terminated by signal %d: %s", name, pid, WTERMSIG(status),
				   strsignal(WTERMSIG(status)));
	else
		report.msg("%s (PID %d) exited with unrecognized status %d", name, pid, status);
	if (!exited_with(status, 0) && DeadStatement(pid, statement, sizeof(statement)))
		report.detail("Failed process was running: %s", statement);
	report.emit();
}

} /* namespace */

void
Postmaster::reap_children()
{
	int status;
	pid_t pid;
	bool any = false;

	pm_pending.child = 0;
	while ((pid = os.waitpid(-1, &status, WNOHANG)) > 0)
	{
		PmChild *entry = children_.find(pid);

		if (entry == nullptr)
			continue; /* some module's own child */

		PmChild child = *entry;

		children_.remove(*entry);
		if (child.wants_notice)
			WorkerList::instance().stop_notices(pid);

		bool left_cleanly = child.slot < 0 || PmReleaseSlot(child.slot);

		any = true;
		child_ended(child, status, left_cleanly);
	}
	if (!any)
		return;
	if (state_ == PmState::WaitBackends && !crashed_ && stop_ < StopMode::Immediate)
		WorkerList::instance().stop_next(*this);
	send_event(PmEvent::Look);
}

void
Postmaster::child_ended(const PmChild &child, int status, bool left_cleanly)
{
	switch (child.kind)
	{
		case ChildKind::Backend: client_ended(child, status, left_cleanly); break;
		case ChildKind::BackgroundWorker: worker_ended(child, status, left_cleanly); break;
		case ChildKind::Startup: startup_ended(child, status); break;
		case ChildKind::Checkpointer: checkpointer_ended(child, status); break;
		case ChildKind::Logger: logger_ended(child, status); break;
		case ChildKind::Count: break;
	}
}

void
Postmaster::client_ended(const PmChild &child, int status, bool left_cleanly)
{
	if (is_orderly(status) && left_cleanly)
		log_child_end(DEBUG2, "server process", child.pid, status);
	else if (child.dead_end && state_ == PmState::WaitDeadEnd)
		; /* we ended it */
	else
		crashed(child, status, "server process");
}

void
Postmaster::worker_ended(const PmChild &child, int status, bool left_cleanly)
{
	RegisteredWorker *worker = WorkerList::instance().find_by_slot(child.worker);
	char name[BGW_MAXLEN + 32] = "background worker";

	if (worker != nullptr)
		snprintf(name, sizeof(name), "background worker \"%s\"", worker->rw_worker.bgw_type);

	int64 now = os.monotonic_usec();
	WorkerExit end = {.how =
						  WIFSIGNALED(status) ? WorkerExit::How::Signaled : WorkerExit::How::Exited,
					  .number = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
					  .left_cleanly = left_cleanly,
					  .swept = crashed_ || stop_ == StopMode::Immediate};
	bool is_known = worker != nullptr && worker->rw_pid == child.pid;
	WorkerVerdict verdict = {};

	if (is_known)
		verdict = WorkerList::instance().judge(*worker, end, now);
	else
		verdict.server_crash = !child.detached && (!left_cleanly || !is_orderly(status));
	if (verdict.server_crash)
		crashed(child, status, name);
	else
		log_child_end(exited_with(status, 0) || end.swept ? DEBUG1 : LOG, name, child.pid, status);
	if (is_known)
		WorkerList::instance().ended(*worker, end, verdict, now, *this);
}

void
Postmaster::startup_ended(const PmChild &child, int status)
{
	if (exited_with(status, 0) && stop_ == StopMode::None)
	{
		crashed_ = false;
		quit_sent_at_ = 0;
		send_event(PmEvent::StartupSucceeded);
		return;
	}
	if (stop_ != StopMode::None && is_orderly(status))
		return;
	if (startup_quit_)
	{
		startup_quit_ = false;
		return;
	}
	if (state_ == PmState::Startup)
	{
		log_child_end(LOG, "startup process", child.pid, status);
		Report(LOG).msg("aborting startup due to startup process failure").emit();
		leave_server(1);
	}
	startup_failed_ = true;
	crashed(child, status, "startup process");
}

void
Postmaster::checkpointer_ended(const PmChild &child, int status)
{
	if (exited_with(status, 0) && state_ == PmState::Shutdown)
		send_event(PmEvent::CheckpointDone);
	else
		crashed(child, status, "checkpointer process");
}

/* It is started again, at once unless it ends all the time. */
void
Postmaster::logger_ended(const PmChild &child, int status)
{
	if (exited_with(status, 0))
		return;
	log_child_end(LOG, "system logger process", child.pid, status);
	helper_again_at_ = logger_started_at_ + kHelperPause;
}

/* Shared memory is in doubt: everybody has to go. Further ends in the same crash say nothing. */
void
Postmaster::crashed(const PmChild &child, int status, const char *name)
{
	if (crashed_ || stop_ == StopMode::Immediate)
		return;
	log_child_end(LOG, name, child.pid, status);
	Report(LOG).msg("terminating any other active server processes").emit();
	crashed_ = true;
	SetQuitReason(QuitReason::Crash);
	send_event(PmEvent::ChildCrashed);
}

} /* namespace pg */
