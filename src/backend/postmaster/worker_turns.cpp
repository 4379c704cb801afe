/*
 * postmaster/worker_turns.cpp
 *		The worker list's answer to "which worker starts next?"
 *
 * Postmaster only.  Raises nothing, takes no lock.
 *
 * The answer is a function of the entries, the clock, the server's state, the limits and the places.  To find it
 * without looking at a thousand entries on every pass, each entry that does not run stands in the queue of what it
 * waits for:
 *
 *	 Touched		something that matters here has changed: it is sorted in anew before anything is asked
 *	 Asleep			its next start is later (rank: when)
 *	 ForQuota		the quota is used up (group: its key); whoever gives up a share of the quota touches all that wait
 *	 Due			nothing is missing but its turn
 *	 Ordered		the same, has an order and has not begun yet in this life of the server (group: the order)
 *	 Behind			due and begun before, but those of a lower order come first (group: the order)
 *	 Starting		it is forked and starting (group: the order, as long as others wait for it)
 *
 * and in none when it runs, is held, or its start phase has not come.  Due and Ordered exist twice: entries that have a
 * place come before those that have none, and the latter have no turn while all places are taken.
 *
 * Rules:
 *	 1. Whoever changes what sort_in() looks at calls touch(): policy, hold, pid, place, time, turn, begun, terminate.
 *	 2. Inputs that concern all entries (state, phases, max_worker_processes) are compared with what was last seen;
 *	    when one has changed, all entries are sorted in anew.  The loop asks for the same every few seconds, so that a
 *	    touch that is missing here delays a start, too, and loses none.
 *	 3. That a quota is used up, or an order too high, is found when an entry is the first of its queue.  It leaves the
 *	    queue then, and what it waits for brings it back.
 *	 4. Each step of a pass costs O(log n); a pass starts at most one worker.
 */
#include "postgres.h"

#include "postmaster/worker_list.h"

#include <algorithm>
#include <climits>

#include "postmaster/pm_settings.h"

namespace pg
{

namespace
{

/* How long a worker in its main function may take to connect before others start beside it. */
constexpr int64 kConnectPatience = 100000;

enum Queue : int
{
	kTouched,
	kAsleep,
	kForQuota,
	kDue,
	kOrdered,
	kDueWithoutPlace,
	kOrderedWithoutPlace,
	kBehind,
	kStarting,
	kQueues
};
static_assert(kQueues <= WorkerQueues::kMaxQueues);

constexpr int kUsers = 0; /* the queue of quota_users_ */
constexpr uint64 kNoOrder = UINT64_MAX;

StartPhase
phase_of(const BackgroundWorker &worker)
{
	switch (worker.bgw_start_time)
	{
		case BgWorkerStart_PostmasterStart: return StartPhase::PostmasterStart;
		case BgWorkerStart_ConsistentState: return StartPhase::ConsistentState;
		case BgWorkerStart_RecoveryFinished: break;
	}
	return StartPhase::RecoveryFinished;
}

const char *
phase_reason(StartPhase phase, PmState state)
{
	if (state >= PmState::StopBackends)
		return "the server is stopping";
	return phase == StartPhase::ConsistentState ? "waits until sessions can read"
												: "waits until sessions can write";
}

/* The last registered one is the first of its equals. */
int64
age_of(const RegisteredWorker &worker)
{
	return -static_cast<int64>(worker.rw_number);
}

/*
 * Who has a place comes before who has none; for places, priority decides.  Of those that have one, who has waited
 * longest: workers that end at once must not starve others.  Before the first start, priority decides.
 */
QueueKey
turn_of(const RegisteredWorker &worker, uint64 group = 0)
{
	const int64 priority = worker.rw_policy.priority.value_or(0);

	return {.group = group,
			.rank = worker.rw_has_place ? INT64_MIN : -priority,
			.turn = static_cast<int64>(worker.rw_turn),
			.priority = -priority,
			.age = age_of(worker)};
}

/* The order for which others wait for it, once it is due. */
uint64
unsettled_order(const RegisteredWorker &worker)
{
	return OrderOf(worker) > 0 && !worker.rw_begun ? static_cast<uint64>(OrderOf(worker))
												   : kNoOrder;
}

constexpr const char kWaitsForTurn[] = "due, waits for its turn";
constexpr const char kWaitsForLower[] = "due, waits for workers of lower order";

} /* namespace */

/* ---- Into the queues and out ---- */

void
WorkerList::touch(const RegisteredWorker &worker)
{
	if (queues_.covers(worker.rw_slot))
		queues_.put(kTouched, worker.rw_slot, {.age = age_of(worker)});
}

/* It is forgotten. */
void
WorkerList::leave_queues(const RegisteredWorker &worker)
{
	if (!queues_.covers(worker.rw_slot))
		return;
	queues_.take_out(worker.rw_slot);
	note_quota_use(worker, 0);
}

/* key: of the quota of which it uses a share; 0: of none. */
void
WorkerList::note_quota_use(const RegisteredWorker &worker, uint64 key)
{
	const int slot = worker.rw_slot;
	const uint64 before =
		quota_users_.queue_of(slot) == kUsers ? quota_users_.key_of(slot).group : 0;

	if (before == key)
		return;
	quota_users_.take_out(slot);
	if (key != 0)
		quota_users_.put(kUsers, slot, {.group = key, .age = age_of(worker)});
	for (int waiter; before != 0 && (waiter = queues_.first_of(kForQuota, before)) >= 0;)
		touch(*by_slot_[static_cast<size_t>(waiter)]);
}

bool
WorkerList::quota_is_used_up(const RegisteredWorker &worker) const
{
	return worker.rw_quota_key != 0 && quota_users_.count_of(kUsers, worker.rw_quota_key) >=
										   worker.rw_policy.quota.value_or(INT_MAX);
}

/* One that does not run gives its place up when there are more than there should be. */
void
WorkerList::settle_place(RegisteredWorker &worker)
{
	if (!worker.rw_has_place || places_ <= max_worker_processes)
		return;
	worker.rw_has_place = false;
	places_--;
}

bool
WorkerList::has_room(const RegisteredWorker &worker) const
{
	return worker.rw_has_place || places_ < max_worker_processes;
}

/* Puts an entry where it belongs by now; forgets one that is to be unregistered. */
void
WorkerList::sort_in(RegisteredWorker &worker, int64 now, WorkerSignals &signals)
{
	const StartPhase phase = phase_of(worker.rw_worker);

	queues_.take_out(worker.rw_slot);
	note_quota_use(worker, worker.rw_pid != 0 ? worker.rw_quota_key : 0);
	if (worker.rw_pid != 0)
	{
		if (worker.rw_starting)
			queues_.put(kStarting, worker.rw_slot,
						{.group = unsettled_order(worker), .age = age_of(worker)});
		return;
	}
	if (worker.rw_terminate)
	{
		set_pid(worker, 0);
		forget_and_notify(worker, signals);
		return;
	}
	settle_place(worker);
	if (worker.rw_hold != WorkerHold::None)
		return;
	if (!may_start_[static_cast<size_t>(phase)])
		show(worker, WorkerState::WaitingForPhase, phase_reason(phase, seen_state_));
	else if (worker.rw_not_before > now)
		queues_.put(kAsleep, worker.rw_slot, {.rank = worker.rw_not_before, .age = age_of(worker)});
	else
		line_up(worker);
}

/* It is due: only a place, its quota or its turn are missing. */
void
WorkerList::line_up(RegisteredWorker &worker)
{
	const uint64 order = unsettled_order(worker);
	const bool is_ordered = order != kNoOrder;
	char reason[kWorkerTextLength];

	if (!has_room(worker))
	{
		snprintf(reason, sizeof(reason), "all %d places of max_worker_processes are taken",
				 max_worker_processes);
		show(worker, WorkerState::WaitingForSlot, reason);
	}
	if (quota_is_used_up(worker))
	{
		queues_.put(kForQuota, worker.rw_slot, turn_of(worker, worker.rw_quota_key));
		snprintf(reason, sizeof(reason),
				 "the quota of %d of line %d of pg_bgworker.conf is used up",
				 *worker.rw_policy.quota, worker.rw_rule_line);
		if (has_room(worker))
			show(worker, WorkerState::WaitingForSlot, reason);
		return;
	}
	if (worker.rw_has_place)
		queues_.put(is_ordered ? kOrdered : kDue, worker.rw_slot,
					turn_of(worker, is_ordered ? order : 0));
	else
		queues_.put(is_ordered ? kOrderedWithoutPlace : kDueWithoutPlace, worker.rw_slot,
					turn_of(worker, is_ordered ? order : 0));
	if (has_room(worker))
		show(worker, WorkerState::Starting,
			 is_ordered && order > gate_ ? kWaitsForLower : kWaitsForTurn);
}

/* ---- What has changed ---- */

void
WorkerList::note_inputs(PmState state, const PmFacts &facts)
{
	for (size_t phase = 0; phase < kStartPhases; phase++)
	{
		const bool may_start = WorkerMayStart(state, facts, static_cast<StartPhase>(phase));

		sort_all_ = sort_all_ || may_start != may_start_[phase];
		may_start_[phase] = may_start;
	}
	sort_all_ = sort_all_ || state != seen_state_ || max_worker_processes != seen_limit_;
	seen_state_ = state;
	seen_limit_ = max_worker_processes;
}

void
WorkerList::sort_those_touched(int64 now, WorkerSignals &signals)
{
	int slot;

	if (std::exchange(sort_all_, false))
	{
		for (RegisteredWorker *entry = head_, *next = nullptr; entry != nullptr; entry = next)
		{
			next = entry->rw_next;
			sort_in(*entry, now, signals);
		}
	}
	while ((slot = queues_.first(kAsleep)) >= 0 && queues_.key_of(slot).rank <= now)
		sort_in(*by_slot_[static_cast<size_t>(slot)], now, signals);
	while ((slot = queues_.first(kTouched)) >= 0)
		sort_in(*by_slot_[static_cast<size_t>(slot)], now, signals);
}

/* ---- Orders ---- */

/* The first of a queue whose quota is not used up; null when there is none. */
RegisteredWorker *
WorkerList::first_with_quota(int queue)
{
	int slot;

	while ((slot = queues_.first(queue)) >= 0)
	{
		RegisteredWorker &worker = *by_slot_[static_cast<size_t>(slot)];

		if (!quota_is_used_up(worker))
			return &worker;
		line_up(worker);
	}
	return nullptr;
}

/* Among those that are due or starting and have not begun since the server was ready for them. */
uint64
WorkerList::lowest_unsettled_order()
{
	const int starting = queues_.first(kStarting);
	uint64 lowest = starting >= 0 ? queues_.key_of(starting).group : kNoOrder;

	if (const RegisteredWorker *worker = first_with_quota(kOrdered))
		lowest = std::min(lowest, unsettled_order(*worker));
	if (places_ < max_worker_processes)
		if (const RegisteredWorker *worker = first_with_quota(kOrderedWithoutPlace))
			lowest = std::min(lowest, unsettled_order(*worker));
	return lowest;
}

/* Lets those in whose order has come, and tells those that wait. */
void
WorkerList::settle_gate()
{
	const uint64 before = std::exchange(gate_, lowest_unsettled_order());
	const auto tell = [&](int slot)
	{
		const uint64 order = queues_.key_of(slot).group;

		/* When it rises, nothing changes for those above it; when it falls, for all. */
		if (order > gate_ && gate_ > before)
			return;

		RegisteredWorker &worker = *by_slot_[static_cast<size_t>(slot)];

		if (has_room(worker))
			show(worker, WorkerState::Starting, order > gate_ ? kWaitsForLower : kWaitsForTurn);
	};
	int slot;

	if (gate_ == before)
		return;
	while ((slot = queues_.first(kBehind)) >= 0 && queues_.key_of(slot).group <= gate_)
		line_up(*by_slot_[static_cast<size_t>(slot)]);
	queues_.for_each(kOrdered, tell);
	queues_.for_each(kOrderedWithoutPlace, tell);
}

/* The first of a queue that neither its quota nor its order holds up; null when there is none. */
RegisteredWorker *
WorkerList::first_past_gate(int queue)
{
	for (;;)
	{
		RegisteredWorker *worker = first_with_quota(queue);
		const auto order = static_cast<uint64>(worker != nullptr ? OrderOf(*worker) : 0);

		if (worker == nullptr || order <= gate_)
			return worker;
		if (queue != kDue && queue != kDueWithoutPlace)
			return nullptr; /* they stand by their order */
		queues_.put(kBehind, worker->rw_slot, turn_of(*worker, order));
		show(*worker, WorkerState::Starting, kWaitsForLower);
	}
}

/* ---- Who is next ---- */

RegisteredWorker *
WorkerList::first_in_turn()
{
	RegisteredWorker *best = nullptr;

	for (const int queue : {kDue, kOrdered, kDueWithoutPlace, kOrderedWithoutPlace})
	{
		if (queue == kDueWithoutPlace && (best != nullptr || places_ >= max_worker_processes))
			break;

		RegisteredWorker *worker = first_past_gate(queue);

		if (worker != nullptr && (best == nullptr || turn_of(*worker) < turn_of(*best)))
			best = worker;
	}
	return best;
}

RegisteredWorker *
WorkerList::next_to_start(int64 now, PmState state, const PmFacts &facts, int most_starting,
						  WorkerSignals &signals, int64 *next_due)
{
	note_inputs(state, facts);
	sort_those_touched(now, signals);
	settle_gate();

	RegisteredWorker *chosen = first_in_turn();
	const int asleep = queues_.first(kAsleep);

	*next_due = asleep >= 0 ? queues_.key_of(asleep).rank : 0;
	if (chosen == nullptr || starting_ < most_starting)
		return chosen;

	/* At the limit, the next one that is through with starting, or ends, wakes us. */
	const int64 ask_again = pass_over_slow(now);

	if (starting_ < most_starting)
		return chosen;
	show(*chosen, WorkerState::Starting, kWaitsForTurn);
	if (*next_due == 0 || ask_again < *next_due)
		*next_due = ask_again;
	return nullptr;
}

/* One that takes its time in its main function, and may never connect, must not hold up the others. */
int64
WorkerList::pass_over_slow(int64 now)
{
	int64 ask_again = now + kConnectPatience;
	RegisteredWorker *passed_over = nullptr;

	queues_.for_each(kStarting,
					 [&](int slot)
					 {
						 RegisteredWorker &worker = *by_slot_[static_cast<size_t>(slot)];
						 const bool is_late =
							 worker.rw_ask_again != 0 && worker.rw_ask_again <= now;

						 if (is_late && worker.rw_in_main)
						 {
							 passed_over = &worker;
							 return;
						 }
						 if (is_late || worker.rw_ask_again == 0)
							 worker.rw_ask_again = now + kConnectPatience;
						 ask_again = std::min(ask_again, worker.rw_ask_again);
					 });
	/* One is enough: one starts at a time. */
	if (passed_over != nullptr)
		end_starting(*passed_over);
	return ask_again;
}

} /* namespace pg */
