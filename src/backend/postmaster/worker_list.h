/*
 * postmaster/worker_list.h
 *		The postmaster's list of registered background workers: what should run, and why it does not.
 *
 * Private to the postmaster and last-in first-out.  Each entry owns one slot in shared memory (worker_slots.h) and
 * keeps it until it is unregistered, over restarts and crashes.  The loop asks on every pass which worker to
 * start next; the answer follows from the entries, the clock, the state and the places alone (worker_turns.cpp says
 * how it is found without looking at every entry), so no start can be lost.
 *
 * Places.  max_worker_processes is the number of places.  A worker holds a place from its registration until it is
 * unregistered.  A static worker that finds none, and one that does not run when the setting was lowered, waits for
 * a place; a running worker never loses its own.
 */
#pragma once

#include <vector>

#include "common/setting_def.h"
#include "postmaster/pmstate.h"
#include "postmaster/worker_policy.h"
#include "postmaster/worker_queue.h"
#include "postmaster/worker_slots.h"
#include "utils/activity/worker_status.h"

namespace pg
{

/* Why a worker is not started until somebody orders it. */
enum class WorkerHold : uint8_t
{
	None,
	Done,
	Stopped,
	Failed
};

struct RegisteredWorker
{
	BackgroundWorker rw_worker;
	WorkerPolicy rw_own_policy{}; /* from its registration */
	WorkerPolicy rw_policy{};	  /* with the rule of pg_bgworker.conf over it */
	WorkerHistory rw_history{};
	int rw_rule_line = 0;	 /* of the rule; 0: none */
	uint64 rw_quota_key = 0; /* QuotaKey; 0: no quota */
	char rw_database[NAMEDATALEN] = "";
	WorkerHold rw_hold = WorkerHold::None;
	WorkerStatus rw_status{}; /* as readers see it */
	WorkerTotals rw_totals{}; /* only while there is no shared memory */
	pid_t rw_pid = 0;		  /* 0: not running */
	int rw_slot = -1;
	int64 rw_not_before = 0; /* monotonic microseconds; 0: at once */
	bool rw_has_place = false;
	bool rw_terminate = false; /* to be unregistered */
	bool rw_stop = false;	   /* ordered to stop */
	bool rw_again = false;	   /* ordered to start again once it has ended */
	bool rw_starting = false;  /* forked, not settled yet */
	bool rw_in_main = false;
	int64 rw_ask_again =
		0; /* while others wait for its start to end: when to look without being told */
	bool rw_begun = false; /* has been in main, or ended, at least once: no order waits for it */
	bool rw_told = false;  /* that the server is stopping */
	RegisteredWorker *rw_next = nullptr, *rw_previous = nullptr;
	uint64 rw_number = 0; /* of its registration among all */
	uint64 rw_turn = 0;	  /* number of its last start among all starts */
};

/* Its place in an ordered start, from 1; 0: none. */
inline int
OrderOf(const RegisteredWorker &worker)
{
	return worker.rw_policy.order.value_or(0);
}

/* What the list asks of the child table; a test gives its own. */
class WorkerSignals
{
public:
	/* SIGUSR1 to a child that has asked for notices. */
	virtual void notify(pid_t pid) = 0;
	/* SIGTERM to a worker. */
	virtual void terminate(pid_t pid) = 0;
	/* Marks the child as one that wants notices; false when it is no child of ours. */
	virtual bool accept_notices(pid_t pid) = 0;

protected:
	~WorkerSignals() = default;
};

class WorkerList
{
public:
	/*
	 * RegisterBackgroundWorker: the struct is checked already. Without a place it waits for one. Null when memory or
	 * slots are short.
	 */
	RegisteredWorker *add_static(const BackgroundWorker &worker, const WorkerPolicy &policy = {});
	int count() const { return count_; }
	/* Before the first fork, so that each worker's process need not: the functions of preloaded modules. */
	void find_functions() const;

	/* Builds the shared slots from the list; once per life of the shared memory. */
	void fill_slots(WorkerArray *array);
	/* max_worker_processes has changed, or shared memory has. */
	void tell_limit();

	/* True when somebody has changed slots since the last take_news() or take_changes(). */
	bool changes_pending() const;
	/*
	 * Takes over new workers (or refuses them all, when the server is stopping), acts on orders and terminate flags, and
	 * notes how far workers are: in the slots that were marked as changed, or in all.
	 */
	void take_news(bool allow_new, WorkerSignals &signals);
	void take_changes(bool allow_new, WorkerSignals &signals);

	/*
	 * The next worker to start now while fewer than most_starting are starting, or null; *next_due is when to
	 * ask again (0: no need).
	 */
	RegisteredWorker *next_to_start(int64 now, PmState state, const PmFacts &facts,
									int most_starting, WorkerSignals &signals, int64 *next_due);
	/* The next pass looks at every entry, not at those only whose inputs have changed. */
	void sort_anew() { sort_all_ = true; }

	/* Around the fork. */
	void about_to_start(RegisteredWorker &worker);
	void started(RegisteredWorker &worker, pid_t pid, int64 now, WorkerSignals &signals);
	/*
	 * It ended, or could not be forked. The one place where an end is judged: by policy, history, and what was ordered.
	 * The caller acts on server_crash and hands the verdict to ended().
	 */
	WorkerVerdict judge(RegisteredWorker &worker, const WorkerExit &end, int64 now);
	void ended(RegisteredWorker &worker, const WorkerExit &end, const WorkerVerdict &verdict,
			   int64 now, WorkerSignals &signals);

	/* The rules in force have changed. */
	void apply_rules();

	/* Workers without shared memory may have said that they are ready. */
	void take_board(WorkerSignals &signals);
	int starting() const { return starting_; }

	/* The child that wanted notices is gone. */
	void stop_notices(pid_t pid);
	/* The server stops: whoever waits for a worker that never started is told. */
	void forget_unstarted(WorkerSignals &signals);
	/*
	 * The server stops: tells running workers to end, first those without an order and those of the highest; called
	 * again after each end, then those of the next lower one.
	 */
	void stop_next(WorkerSignals &signals);
	/* After a crash: NEVER_RESTART workers are forgotten, the others start at once. */
	void reset_after_crash();

	RegisteredWorker *find_by_slot(int slot);

	static WorkerList &instance();

private:
	RegisteredWorker *take_over(int slot, WorkerSignals &signals);
	void refuse(int slot, WorkerSignals &signals);
	void take_terminate(RegisteredWorker &worker, WorkerSignals &signals);
	void link(RegisteredWorker *entry);
	void forget(RegisteredWorker &worker);
	/* Forgets it, then tells who waits for it: so the slot can be used at once. */
	void forget_and_notify(RegisteredWorker &worker, WorkerSignals &signals);
	void look_at_slot(int number, bool allow_new, WorkerSignals &signals);
	void note_progress(RegisteredWorker &worker, WorkerSignals &signals);
	void give_place(RegisteredWorker &worker);
	void set_pid(RegisteredWorker &worker, int32 pid);
	void end_starting(RegisteredWorker &worker);
	void notify(const RegisteredWorker &worker, WorkerSignals &signals);

	/* worker_steer.cpp: policy and orders */
	void settle_policy(RegisteredWorker &worker);
	void learn_database(RegisteredWorker &worker);
	void hold(RegisteredWorker &worker, WorkerHold why);
	void take_order(RegisteredWorker &worker, uint32 word, WorkerSignals &signals);
	void stop_by_order(RegisteredWorker &worker, WorkerSignals &signals);
	void start_by_order(RegisteredWorker &worker, bool restart, WorkerSignals &signals);

	/* worker_turns.cpp: what should run, and who is next */
	void touch(const RegisteredWorker &worker);
	void leave_queues(const RegisteredWorker &worker);
	void note_inputs(PmState state, const PmFacts &facts);
	void sort_in(RegisteredWorker &worker, int64 now, WorkerSignals &signals);
	void sort_those_touched(int64 now, WorkerSignals &signals);
	void line_up(RegisteredWorker &worker);
	void settle_place(RegisteredWorker &worker);
	bool has_room(const RegisteredWorker &worker) const;
	void note_quota_use(const RegisteredWorker &worker, uint64 key);
	bool quota_is_used_up(const RegisteredWorker &worker) const;
	RegisteredWorker *first_with_quota(int queue);
	RegisteredWorker *first_past_gate(int queue);
	RegisteredWorker *first_in_turn();
	uint64 lowest_unsettled_order();
	void settle_gate();
	int64 pass_over_slow(int64 now);

	/* worker_show.cpp: what readers see */
	void describe(RegisteredWorker &worker);
	void show(RegisteredWorker &worker, WorkerState state, const char *reason);
	void show_start(RegisteredWorker &worker, pid_t pid);
	void show_end(RegisteredWorker &worker, const WorkerExit &end, const WorkerVerdict &verdict,
				  int64 now);
	void show_policy(RegisteredWorker &worker);

	RegisteredWorker *head_ = nullptr;
	uint64 registrations_ = 0;
	uint64 turns_ = 0;
	uint64 last_id_ = 0;
	uint64 last_generation_ = 0;
	uint32 seen_changes_ = 0;
	std::vector<RegisteredWorker *> by_slot_;
	int count_ = 0;
	int places_ = 0; /* entries that have one */
	int starting_ = 0;

	/* worker_turns.cpp */
	WorkerQueues queues_;
	WorkerQueues quota_users_; /* one queue: those that run and have a quota; group: its key */
	bool sort_all_ = true;
	PmState seen_state_ = PmState::Init;
	bool may_start_[kStartPhases] = {};
	int seen_limit_ = 0;
	uint64 gate_ = UINT64_MAX; /* who has an order above it waits */
};

/* Copies text that another process may be changing: bounded, terminated, printable ASCII. */
void CopySafely(char *to, const char *from, size_t size);

/* ---- Registration, worker side ---- */

/*
 * Checks and completes a struct as RegisterBackgroundWorker's documentation says; elevel LOG (static) returns false, ERROR
 * (dynamic) raises.
 */
bool CheckWorker(BackgroundWorker *worker, int elevel);

} /* namespace pg */
