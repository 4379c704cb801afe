/*
 * postmaster/postmaster.cpp
 *		ServerLoop: the supervisor's one thread around one wait.
 *
 * Postmaster only.  Takes no shared lock, starts no thread, opens no database, raises no ERROR, and
 * trusts nothing that it finds in shared memory.
 */
#include "postgres.h"

#include "postmaster/pm_internals.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <unistd.h>

#include "miscadmin.h"
#include "port/os.h"
#include "postmaster/lockfile.h"
#include "postmaster/pm_settings.h"
#include "postmaster/pm_signals.h"
#include "postmaster/time_units.h"
#include "storage/ipc.h"
#include "storage/lmgr/proc_internals.h"
#include "utils/error/report.h"
#include "utils/error/syslogger.h"

namespace pg
{

namespace
{

constexpr int kMaxEvents = 64;
constexpr int kMaxAccepts = 64;
constexpr int64 kLongestSleep = 60 * kSecond;
constexpr int64 kAcceptPause = kSecond / 10;
constexpr int64 kForkPause = kSecond / 10;
constexpr int64 kClientPause = kSecond / 20; /* without a client: they are no longer coming */
constexpr int64 kLookInterval = 5 * kSecond;
constexpr int64 kLockCheckInterval = 60 * kSecond;
constexpr int64 kTouchInterval = 58 * 60 * kSecond;

Postmaster *the_postmaster = nullptr;

} /* namespace */

/* ---- The loop ---- */

void
Postmaster::loop()
{
	WaitEvent events[kMaxEvents];

	for (;;)
	{
		int count = wait_for_events(events);

		act_on_flags();
		accept_connections({events, static_cast<size_t>(count)});
		start_helpers();
		if (WorkerList::instance().changes_pending())
			WorkerList::instance().take_news(state_ < PmState::StopBackends, *this);
		start_one_worker();
		keep_house(os.monotonic_usec());
	}
}

void
Postmaster::act_on_flags()
{
	ResetLatch(MyLatch);
	if (auto mode = static_cast<StopMode>(pm_pending.stop); mode > stop_)
		act_on_stop(mode);
	if (pm_pending.reload)
		act_on_reload();
	if (pm_pending.child)
		reap_children();
	if (pm_pending.request)
		act_on_requests();
	if (pm_pending.ready)
	{
		pm_pending.ready = 0;
		WorkerList::instance().take_board(*this);
	}
}

/* ---- Waiting ---- */

/* Milliseconds until something falls due by itself, rounded up. */
long
Postmaster::time_to_sleep(int64 now) const
{
	int64 due = now + kLongestSleep;

	if (worker_due_now_)
		return 0;
	for (int64 at : {next_worker_due_, accept_again_at_, helper_again_at_, worker_again_at_,
					 next_look_, next_lock_check_})
		if (at != 0)
			due = std::min(due, at);
	if (quit_sent_at_ != 0)
		due = std::min(due, quit_sent_at_ + kKillAfter);
	return due <= now ? 0 : static_cast<long>((due - now + 999) / 1000);
}

int
Postmaster::wait_for_events(std::span<WaitEvent> events)
{
	int64 now = os.monotonic_usec();
	bool want_clients = state_ < PmState::WaitDeadEnd && now >= accept_again_at_;

	/* Dead ends must run out, so nobody new comes in then. */
	if (want_clients != listening_)
	{
		for (size_t i = 0; i < listeners_.sockets().size(); i++)
			ModifyWaitEvent(wait_set_, static_cast<int>(i) + 1,
							want_clients ? WL_SOCKET_READABLE : 0, nullptr);
		listening_ = want_clients;
	}
	return WaitEventSetWait(wait_set_, time_to_sleep(now), events.data(),
							static_cast<int>(events.size()), 0);
}

/* ---- Clients ---- */

/*
 * All that are waiting, before a worker is started.  Who keeps coming faster than we can fork must not
 * keep us from what else there is to do: so flags are looked at in between, and there is an end.
 */
void
Postmaster::accept_connections(std::span<const WaitEvent> ready)
{
	for (const WaitEvent &event : ready)
	{
		if ((event.events & WL_SOCKET_READABLE) == 0)
			continue;
		for (int count = 0; count < kMaxAccepts && state_ < PmState::WaitDeadEnd; count++)
		{
			int fd = Listeners::accept_from(event.fd);

			if (fd < 0)
			{
				if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
					accept_again_at_ = os.monotonic_usec() + kAcceptPause;
				break;
			}
			start_client(fd);
			close(fd);
			act_on_flags();
		}
	}
}

/* The client would wait for ever for an answer: tells it in the oldest form of an error, which every client reads. */
static void
tell_fork_failure(int fd, int fork_errno)
{
	char text[256];
	int length = snprintf(text, sizeof(text), "Ecould not fork new process for connection: %s\n",
						  strerror(fork_errno));

	if (length > 0)
		(void) !send(fd, text, static_cast<size_t>(length) + 1, MSG_DONTWAIT | MSG_NOSIGNAL);
}

void
Postmaster::start_client(int fd)
{
	ChildStart start;
	TurnAway refusal = TurnAwayReason(state_, facts());

	start.client_fd = fd;
	last_client_at_ = os.monotonic_usec();
	if (refusal == TurnAway::None)
	{
		/* Who has ended counts no longer, even if we have not heard of it yet. */
		if (children_.pick_client_slot() < 0 && pm_pending.child)
			reap_children();
		start.slot = children_.pick_client_slot();
		if (start.slot < 0)
			refusal = TurnAway::TooMany;
		else
			PmMarkSlotAssigned(start.slot);
	}
	start.refuse = static_cast<int>(refusal);
	start.free_slots = std::max(children_.free_client_slots() - 1, 0);

	pid_t pid = LaunchChild(ChildKind::Backend, start);

	if (pid < 0)
	{
		int fork_errno = errno;

		if (start.slot >= 0)
			PmReleaseSlot(start.slot);
		Report(LOG).msg("could not fork new process for connection: %m").emit();
		tell_fork_failure(fd, fork_errno);
		return;
	}
	children_.add(
		{.pid = pid, .kind = ChildKind::Backend, .dead_end = start.slot < 0, .slot = start.slot});
}

/* ---- Helpers ---- */

/* False when it could not be forked. */
bool
Postmaster::start_helper(ChildKind kind)
{
	ChildStart start;

	if (kind == ChildKind::Logger)
	{
		PrepareLogger();
		logger_started_at_ = os.monotonic_usec();
	}
	start.slot = children_.helper_process_slot(kind);
	if (start.slot >= 0)
		PmMarkSlotAssigned(start.slot);

	pid_t pid = LaunchChild(kind, start);

	if (pid < 0)
	{
		Report(LOG).msg("could not fork %s process: %m", ChildKindOf(kind).title).emit();
		if (start.slot >= 0)
			PmReleaseSlot(start.slot);
		return false;
	}
	children_.add({.pid = pid, .kind = kind, .slot = start.slot});
	return true;
}

void
Postmaster::start_helpers()
{
	int64 now = os.monotonic_usec();
	bool want_checkpointer = state_ >= PmState::Startup && state_ <= PmState::Run;

	if (now < helper_again_at_)
		return;
	helper_again_at_ = 0;
	if (startup_wanted_)
	{
		start_startup_process();
		return;
	}
	if ((want_checkpointer && children_.count(kCheckpointer) == 0 &&
		 !start_helper(ChildKind::Checkpointer)) ||
		(logger_wanted_ && children_.count(kLogger) == 0 && !start_helper(ChildKind::Logger)))
		helper_again_at_ = now + kHelperPause;
}

/* ---- Workers ---- */

/* At most one: the next client may be waiting already. */
void
Postmaster::start_one_worker()
{
	int64 now = os.monotonic_usec();
	WorkerList &workers = WorkerList::instance();

	worker_due_now_ = false;
	if (now < worker_again_at_)
		return;
	worker_again_at_ = 0;

	const int64 clients_until = last_client_at_ + kClientPause;
	const bool clients_are_coming = now < clients_until;
	RegisteredWorker *worker = workers.next_to_start(
		now, state_, facts(), MaxStartingWorkers(clients_are_coming), *this, &next_worker_due_);

	if (worker == nullptr)
	{
		/* It may be one that clients hold up. */
		if (clients_are_coming && next_worker_due_ != 0)
			next_worker_due_ = std::min(next_worker_due_, clients_until);
		return;
	}

	bool shared = (worker->rw_worker.bgw_flags & BGWORKER_SHMEM_ACCESS) != 0;
	ChildStart start;

	start.slot = children_.worker_process_slot(worker->rw_slot);
	start.worker = worker->rw_slot;
	Report(DEBUG1)
		.msg("starting background worker process \"%s\"", worker->rw_worker.bgw_name)
		.emit();
	workers.about_to_start(*worker);
	PmMarkSlotAssigned(start.slot);

	pid_t pid = LaunchChild(ChildKind::BackgroundWorker, start, worker->rw_worker.bgw_name);

	if (pid < 0)
	{
		WorkerExit failure = {.how = WorkerExit::How::ForkFailed, .number = errno};

		Report(LOG).msg("could not fork background worker process: %m").emit();
		PmReleaseSlot(start.slot);
		workers.ended(*worker, failure, workers.judge(*worker, failure, now), now, *this);
		worker_again_at_ = now + kForkPause;
		return;
	}
	children_.add({.pid = pid,
				   .kind = ChildKind::BackgroundWorker,
				   .detached = !shared,
				   .slot = start.slot,
				   .worker = worker->rw_slot});
	workers.started(*worker, pid, now, *this);
	worker_due_now_ = true;
}

/* ---- What falls due ---- */

void
Postmaster::keep_house(int64 now)
{
	if (quit_sent_at_ != 0 && now >= quit_sent_at_ + kKillAfter)
	{
		Report(LOG).msg("issuing %s to recalcitrant children", "SIGKILL").emit();
		signal_children(kAllButLogger, SIGKILL);
		quit_sent_at_ = 0;
	}
	if (now >= accept_again_at_)
		accept_again_at_ = 0;
	if (now >= next_look_)
	{
		if (next_look_ != 0)
			look_again();
		next_look_ = now + kLookInterval;
	}
	if (now >= next_lock_check_)
	{
		if (next_lock_check_ != 0 && !DataDirLockIsOurs())
		{
			Report(LOG)
				.msg("performing immediate shutdown because data directory lock file is invalid")
				.emit();
			act_on_stop(StopMode::Immediate);
		}
		next_lock_check_ = now + kLockCheckInterval;
	}
	if (now >= next_touch_)
	{
		if (next_touch_ != 0)
			TouchSocketLocks();
		next_touch_ = now + kTouchInterval;
	}
}

/* Whatever a signal should have told us of: one that got lost delays things by this interval, no longer. */
void
Postmaster::look_again()
{
	reap_children();
	act_on_requests();
	WorkerList::instance().take_changes(state_ < PmState::StopBackends, *this);
	WorkerList::instance().take_board(*this);
	WorkerList::instance().sort_anew();
	worker_due_now_ = true;
}

/* ---- Signals on behalf of the worker list ---- */

void
Postmaster::notify(pid_t pid)
{
	PmChild *child = children_.find(pid);

	if (child != nullptr &&
		(child->kind == ChildKind::Backend || child->kind == ChildKind::BackgroundWorker))
		os.kill(pid, SIGUSR1);
}

void
Postmaster::terminate(pid_t pid)
{
	if (children_.find(pid) != nullptr)
		os.kill(pid, SIGTERM);
}

bool
Postmaster::accept_notices(pid_t pid)
{
	PmChild *child = children_.find(pid);

	if (child == nullptr || child->dead_end ||
		(child->kind != ChildKind::Backend && child->kind != ChildKind::BackgroundWorker))
		return false;
	child->wants_notice = true;
	return true;
}

/* ---- Into and out of the postmaster ---- */

void
Postmaster::leave(ChildKind kind)
{
	listeners_.close_all();
	if (kind != ChildKind::Logger)
		LeaveLoggerPipe();
}

void
PostmasterMain(int argc, char **argv, const PostmasterTables &tables)
{
	static Postmaster postmaster(tables);

	the_postmaster = &postmaster;
	SetChildKinds(tables.kinds, [](ChildKind kind) { the_postmaster->leave(kind); });
	postmaster.start(argc, argv);
	postmaster.loop();
}

} /* namespace pg */
