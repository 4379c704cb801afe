/*
 * postmaster/pm_internals.h
 *		The postmaster's own data, shared by the files of this folder that act on it.
 *
 * One object, in the postmaster's memory; children inherit a copy and must not look at it.
 */
#pragma once

#include "postmaster/child_kind.h"
#include "postmaster/launch_backend.h"
#include "postmaster/listen.h"
#include "postmaster/pmchild.h"
#include "postmaster/pmstate.h"
#include "postmaster/worker_list.h"
#include "storage/latch.h"

namespace pg
{

class Postmaster final : public WorkerSignals
{
public:
	explicit Postmaster(const PostmasterTables &tables) : tables_(tables) {}

	/* pm_start.cpp: from the command line to the first state. */
	void start(int argc, char **argv);
	/* postmaster.cpp: the loop; leaves through proc_exit. */
	[[noreturn]] void loop();

	/* WorkerSignals, for the worker list. */
	void notify(pid_t pid) override;
	void terminate(pid_t pid) override;
	bool accept_notices(pid_t pid) override;

	/* In a new child: gives up what only the postmaster needs. */
	void leave(ChildKind kind);

private:
	/* pm_start.cpp */
	void prepare_wait_set();

	/* postmaster.cpp */
	void act_on_flags();
	void accept_connections(std::span<const WaitEvent> ready);
	void start_client(int fd);
	void start_helpers();
	bool start_helper(ChildKind kind);
	void start_one_worker();
	void look_again();
	int wait_for_events(std::span<WaitEvent> events);
	long time_to_sleep(int64 now) const;
	void keep_house(int64 now);

	/* pm_requests.cpp: flags and what follows from them */
	void act_on_stop(StopMode mode);
	void act_on_reload();
	void act_on_requests();
	void send_event(PmEvent event);
	void apply(const PmStep &step);
	void carry_out(unsigned actions);
	void request_last_checkpoint();
	void quit_children();
	void say_ready(bool read_only);
	void signal_children(unsigned mask, int signal);
	void finish_when_alone();
	[[noreturn]] void leave_server(int code);
	void reinitialize();
	void start_startup_process();
	PmFacts facts() const;

	/* pm_reaper.cpp: children that ended */
	void reap_children();
	void child_ended(const PmChild &child, int status, bool left_cleanly);
	void client_ended(const PmChild &child, int status, bool left_cleanly);
	void worker_ended(const PmChild &child, int status, bool left_cleanly);
	void startup_ended(const PmChild &child, int status);
	void checkpointer_ended(const PmChild &child, int status);
	void logger_ended(const PmChild &child, int status);
	void crashed(const PmChild &child, int status, const char *name);
	void log_crashed_worker_end(const RegisteredWorker &worker, pid_t pid, int status);

	static constexpr int64 kHelperPause = 1000000;
	static constexpr int64 kKillAfter = 5000000; /* microseconds from SIGQUIT to SIGKILL */

	PostmasterTables tables_;
	ChildTable children_;
	Listeners listeners_;
	WaitEventSet *wait_set_ = nullptr;

	PmState state_ = PmState::Init;
	StopMode stop_ = StopMode::None;
	bool crashed_ = false; /* until a startup process has succeeded or found a standby consistent */
	bool startup_failed_ = false; /* it crashed: no use in starting again */
	bool startup_quit_ = false;	  /* we ended it: its status says nothing */
	bool startup_wanted_ = false; /* all is ready for it, but it could not be forked yet */
	bool listening_ = true;		  /* the listen sockets are in the wait set */
	bool logger_wanted_ = false;

	/* Monotonic microseconds; 0: not set. */
	int64 quit_sent_at_ = 0;
	int64 next_worker_due_ = 0;
	int64 last_client_at_ = 0;
	bool worker_due_now_ = false;
	int64 accept_again_at_ = 0; /* out of descriptors: let some time pass */
	int64 logger_started_at_ = 0;
	int64 helper_again_at_ = 0; /* a helper could not be forked */
	int64 worker_again_at_ = 0; /* a worker could not be forked */
	int64 next_look_ = 0;		/* at everything, also if no signal came */
	int64 next_lock_check_ = 0;
	int64 next_touch_ = 0;
};

} /* namespace pg */
