/*
 * postmaster/worker_show.cpp
 *		What the worker list tells those who read pg_stat_bgworker and its history.
 *
 * Postmaster only.  Writes through utils/activity/worker_status.h, waits for nobody, raises nothing.
 */
#include "postgres.h"

#include "postmaster/worker_list.h"

#include <cstring>

namespace pg
{

namespace
{

void
policy_text(char *to, size_t size, const RegisteredWorker &worker)
{
	const int restart_seconds = worker.rw_worker.bgw_restart_time;
	const std::string options = DescribePolicy(worker.rw_policy);
	int used = 0;

	if (worker.rw_rule_line > 0)
		used = snprintf(to, size, "line %d of pg_bgworker.conf: ", worker.rw_rule_line);
	if (!options.empty())
		snprintf(to + used, size - static_cast<size_t>(used), "%s", options.c_str());
	else if (restart_seconds == BGW_NEVER_RESTART)
		snprintf(to + used, size - static_cast<size_t>(used), "as registered: never restarted");
	else
		snprintf(to + used, size - static_cast<size_t>(used), "as registered: restarted after %d s",
				 restart_seconds);
}

/* The state that an end leads to. */
WorkerState
state_after(const WorkerVerdict &verdict)
{
	switch (verdict.fate)
	{
		case WorkerFate::Done:
		case WorkerFate::Stopped: return WorkerState::Stopped;
		case WorkerFate::Failed: return WorkerState::Failed;
		default: return WorkerState::BackingOff;
	}
}

/* "exit code 1" */
void
end_text(char *to, size_t size, const WorkerExit &end, const WorkerVerdict &verdict)
{
	switch (end.how)
	{
		case WorkerExit::How::Exited: snprintf(to, size, "exit code %d", end.number); break;
		case WorkerExit::How::Signaled:
			snprintf(to, size, "signal %d: %s", end.number, strsignal(end.number));
			break;
		case WorkerExit::How::ForkFailed:
			snprintf(to, size, "could not be forked: %s", strerror(end.number));
			break;
	}
	if (end.swept)
		strlcat(to, ", told to end by the postmaster", size);
	else if (verdict.server_crash)
		strlcat(to, ", a crash", size);
}

} /* namespace */

/* Fills what stays the same as long as it is registered. */
void
WorkerList::describe(RegisteredWorker &worker)
{
	const BackgroundWorker &registered = worker.rw_worker;
	WorkerStatus &status = worker.rw_status;

	strlcpy(status.wk_name, registered.bgw_name, sizeof(status.wk_name));
	strlcpy(status.wk_type, registered.bgw_type, sizeof(status.wk_type));
	strlcpy(status.wk_library, registered.bgw_library_name, sizeof(status.wk_library));
	strlcpy(status.wk_function, registered.bgw_function_name, sizeof(status.wk_function));
	status.wk_flags = registered.bgw_flags;
	status.wk_start_phase = registered.bgw_start_time;
	status.wk_exit_code = -1;
	status.wk_registered = GetCurrentTimestamp();
	status.wk_state = WorkerState::Starting;
	PublishWorker(worker.rw_slot, status);
}

void
WorkerList::show_policy(RegisteredWorker &worker)
{
	policy_text(worker.rw_status.wk_policy, sizeof(worker.rw_status.wk_policy), worker);
	PublishWorker(worker.rw_slot, worker.rw_status);
}

/* Costs little when nothing has changed: it is called on every pass. */
void
WorkerList::show(RegisteredWorker &worker, WorkerState state, const char *reason)
{
	WorkerStatus &status = worker.rw_status;

	if (status.wk_state == state && strcmp(status.wk_reason, reason) == 0)
		return;
	status.wk_state = state;
	strlcpy(status.wk_reason, reason, sizeof(status.wk_reason));
	PublishWorker(worker.rw_slot, status);
}

void
WorkerList::show_start(RegisteredWorker &worker, pid_t pid)
{
	WorkerStatus &status = worker.rw_status;
	WorkerEvent event{};

	status.wk_pid = pid;
	status.wk_started = GetCurrentTimestamp();
	status.wk_readied = 0;
	status.wk_next_start = 0;
	status.wk_starts++;
	show(worker, WorkerState::Starting, "its process has not reached its main function yet");

	event.wv_kind = WorkerEventKind::Started;
	event.wv_worker = status.wk_id;
	event.wv_pid = pid;
	event.wv_exit_code = -1;
	event.wv_time = status.wk_started;
	strlcpy(event.wv_name, status.wk_name, sizeof(event.wv_name));
	RecordWorkerEvent(event);
}

/* Its end, or a fork that failed; rw_pid is still what it was. */
void
WorkerList::show_end(RegisteredWorker &worker, const WorkerExit &end, const WorkerVerdict &verdict,
					 int64 now)
{
	WorkerStatus &status = worker.rw_status;
	bool forked = end.how != WorkerExit::How::ForkFailed;
	WorkerError error = ReadWorkerAccount(worker.rw_slot).error;
	WorkerEvent event{};

	event.wv_kind = forked ? WorkerEventKind::Ended : WorkerEventKind::ForkFailed;
	event.wv_worker = status.wk_id;
	event.wv_pid = worker.rw_pid;
	event.wv_exit_code = end.how == WorkerExit::How::Exited ? end.number : -1;
	event.wv_exit_signal = end.how == WorkerExit::How::Signaled ? end.number : 0;
	event.wv_time = GetCurrentTimestamp();
	event.wv_started = forked ? status.wk_started : 0;
	strlcpy(event.wv_name, status.wk_name, sizeof(event.wv_name));
	end_text(event.wv_reason, sizeof(event.wv_reason), end, verdict);
	if (forked && error.we_pid == worker.rw_pid)
	{
		event.wv_sqlstate = error.we_sqlstate;
		strlcpy(event.wv_message, error.we_message, sizeof(event.wv_message));
	}
	RecordWorkerEvent(event);

	if (forked)
	{
		status.wk_ended = event.wv_time;
		status.wk_exit_code = event.wv_exit_code;
		status.wk_exit_signal = event.wv_exit_signal;
		status.wk_failures = worker.rw_history.failures;
	}
	status.wk_pid = 0;
	status.wk_readied = 0;
	status.wk_next_start = verdict.fate != WorkerFate::Restart
							   ? 0
							   : event.wv_time + std::max<int64>(worker.rw_not_before - now, 0);
	status.wk_state = state_after(verdict);
	strlcpy(status.wk_reason, forked ? verdict.reason : event.wv_reason, sizeof(status.wk_reason));
	PublishWorker(worker.rw_slot, status);
}

} /* namespace pg */
