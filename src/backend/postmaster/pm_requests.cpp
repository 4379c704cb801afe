/*
 * postmaster/pm_requests.cpp
 *		Acts on what others ask of the postmaster, and on what the state machine answers.
 *
 * Postmaster only, from the loop.  The state changes nowhere but in send_event.
 */
#include "postgres.h"

#include "postmaster/pm_internals.h"

#include <csignal>
#include <sys/stat.h>
#include <unistd.h>

#include "port/os.h"
#include "postmaster/lockfile.h"
#include "postmaster/pm_settings.h"
#include "postmaster/pm_signals.h"
#include "postmaster/rules_file.h"
#include "storage/ipc.h"
#include "storage/ipc/recovery_state.h"
#include "storage/lmgr/proc_internals.h"
#include "utils/error/report.h"
#include "utils/misc/guc_internals.h"

namespace pg
{

namespace
{

constexpr const char kPromoteFile[] = "promote";
constexpr const char kRotateFile[] = "logrotate";

bool
file_exists(const char *path)
{
	struct stat found;

	return stat(path, &found) == 0;
}

} /* namespace */

/* ---- The state machine ---- */

PmFacts
Postmaster::facts() const
{
	PmFacts facts;

	facts.stop = stop_;
	facts.crashed = crashed_;
	children_.fill(facts);
	return facts;
}

void
Postmaster::send_event(PmEvent event)
{
	for (;;)
	{
		PmState before = state_;

		apply(NextStep(state_, event, facts()));
		if (state_ == before)
			break;
		event = PmEvent::Look;
	}
	finish_when_alone();
}

void
Postmaster::apply(const PmStep &step)
{
	if (step.next != state_)
		Report(DEBUG2)
			.msg("postmaster state %s -> %s", PmStateName(state_), PmStateName(step.next))
			.emit();
	state_ = step.next;
	carry_out(step.actions);
}

void
Postmaster::carry_out(unsigned actions)
{
	if ((actions & kPmTerminate) != 0)
	{
		WorkerList::instance().forget_unstarted(*this);
		signal_children(kClients | kStartup, SIGTERM);
		WorkerList::instance().stop_next(*this);
	}
	if ((actions & kPmQuit) != 0)
		quit_children();
	if ((actions & kPmCheckpoint) != 0)
		request_last_checkpoint();
	if ((actions & kPmQuitDeadEnds) != 0)
		signal_children(kDeadEnds, SIGQUIT);
	if ((actions & (kPmReady | kPmReadyReadOnly)) != 0)
		say_ready((actions & kPmReadyReadOnly) != 0);
}

void
Postmaster::signal_children(unsigned mask, int signal)
{
	children_.for_each(mask, [&](PmChild &child) { os.kill(child.pid, signal); });
}

void
Postmaster::quit_children()
{
	startup_quit_ = children_.count(kStartup) > 0;
	signal_children(kAllButLogger, SIGQUIT);
	quit_sent_at_ = os.monotonic_usec();
}

void
Postmaster::request_last_checkpoint()
{
	if (children_.count(kCheckpointer) == 0 && !start_helper(ChildKind::Checkpointer))
	{
		crashed_ = true; /* nobody will write it: the next start recovers */
		apply(NextStep(state_, PmEvent::ChildCrashed, facts()));
		return;
	}
	signal_children(kCheckpointer, SIGUSR2);
}

void
Postmaster::say_ready(bool read_only)
{
	if (read_only)
		Report(LOG).msg("database system is ready to accept read-only connections").emit();
	else
		Report(LOG).msg("database system is ready to accept connections").emit();
	SetLockFileLine(LockFileLine::Status, kStatusReady);
}

/* ---- The end, or a new beginning ---- */

void
Postmaster::finish_when_alone()
{
	if (state_ != PmState::NoChildren)
		return;
	if (stop_ != StopMode::None)
	{
		if (crashed_)
			Report(LOG).msg("abnormal database system shutdown").emit();
		leave_server(crashed_ ? 1 : 0);
	}
	if (startup_failed_)
	{
		Report(LOG).msg("shutting down due to startup process failure").emit();
		leave_server(1);
	}
	if (!restart_after_crash)
	{
		Report(LOG).msg("shutting down because \"restart_after_crash\" is off").emit();
		leave_server(1);
	}
	if (!startup_wanted_)
		reinitialize();
}

void
Postmaster::leave_server(int code)
{
	proc_exit(code);
}

void
Postmaster::reinitialize()
{
	Report(LOG).msg("all server processes terminated; reinitializing").emit();
	WorkerList::instance().reset_after_crash();
	shmem_exit(1);
	shared_workers = nullptr;
	shared_worker_requests = nullptr;
	shared_worker_news = nullptr;
	DetachSharedMemory();
	CreateSharedMemory(tables_.areas);
	quit_sent_at_ = 0;
	startup_quit_ = false;
	tables_.check_control_file();
	startup_wanted_ = true;
	start_startup_process();
}

/* After a crash.  When it cannot be forked now, start_helpers() tries again. */
void
Postmaster::start_startup_process()
{
	if (!start_helper(ChildKind::Startup))
	{
		helper_again_at_ = os.monotonic_usec() + kHelperPause;
		return;
	}
	startup_wanted_ = false;
	SetLockFileLine(LockFileLine::Status, kStatusStarting);
	send_event(PmEvent::StartupLaunched);
}

/* ---- Requests ---- */

void
Postmaster::act_on_stop(StopMode mode)
{
	if (mode <= stop_)
		return;
	stop_ = mode;
	switch (mode)
	{
		case StopMode::None: return;
		case StopMode::Smart: Report(LOG).msg("received smart shutdown request").emit(); break;
		case StopMode::Fast: Report(LOG).msg("received fast shutdown request").emit(); break;
		case StopMode::Immediate:
			Report(LOG).msg("received immediate shutdown request").emit();
			SetQuitReason(QuitReason::Stop);
			break;
	}
	SetLockFileLine(LockFileLine::Status, kStatusStopping);
	if (mode == StopMode::Fast && (state_ == PmState::Run || state_ == PmState::HotStandby))
		Report(LOG).msg("aborting any active transactions").emit();
	send_event(PmEvent::StopRequested);
	send_event(PmEvent::Look);
}

void
Postmaster::act_on_reload()
{
	pm_pending.reload = 0;
	if (stop_ > StopMode::Smart)
		return;
	Report(LOG).msg("received SIGHUP, reloading configuration files").emit();
	ReloadConfigFiles();
	LogSettingsWithoutEffect();
	if (!LoadWorkerRules(false))
		Report(LOG).msg("%s was not reloaded", BgworkerFileName).emit();
	WorkerList::instance().apply_rules();
	WorkerList::instance().tell_limit();
	signal_children(kAllButLogger | kLogger, SIGHUP);
	if (tables_.load_authentication != nullptr && !tables_.load_authentication())
		Report(LOG).msg("%s was not reloaded", HbaFileName).emit();
}

void
Postmaster::act_on_requests()
{
	pm_pending.request = 0;
	if (TakePostmasterSignal(PmSignal::RecoveryStarted) && state_ == PmState::Startup)
	{
		crashed_ = false;
		quit_sent_at_ = 0;
		send_event(PmEvent::RecoveryStarted);
		if (!EnableHotStandby)
			SetLockFileLine(LockFileLine::Status, kStatusStandby);
	}
	if (TakePostmasterSignal(PmSignal::BeginHotStandby))
		send_event(PmEvent::ConsistencyReached);
	/* That there are changes is seen on every pass; the signal only wakes us. */
	(void) TakePostmasterSignal(PmSignal::BackgroundWorkerChange);
	if (TakePostmasterSignal(PmSignal::ReloadRequested))
		act_on_reload();

	bool rotate = TakePostmasterSignal(PmSignal::RotateLogfile);

	if (logger_wanted_ && file_exists(kRotateFile))
	{
		unlink(kRotateFile);
		rotate = true;
	}
	if (rotate)
		signal_children(kLogger, SIGUSR1);

	bool promote = TakePostmasterSignal(PmSignal::PromoteRequested);

	if (children_.count(kStartup) > 0 && state_ < PmState::Run &&
		(promote || file_exists(kPromoteFile)))
		signal_children(kStartup, SIGUSR2);
}

} /* namespace pg */
