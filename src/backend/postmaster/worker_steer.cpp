/*
 * postmaster/worker_steer.cpp
 *		The worker list's side of policies, rules, orders and an ordered stop.
 *
 * Postmaster only.  Takes no lock, bounds what it reads from shared memory, raises nothing.
 */
#include "postgres.h"

#include "postmaster/worker_list.h"

#include <cstdlib>
#include <cstring>

#include "postmaster/pm_settings.h"
#include "postmaster/rules_file.h"
#include "postmaster/time_units.h"
#include "postmaster/worker_orders.h"
#include "utils/error/report.h"

namespace pg
{

namespace
{

const char *
hold_reason(WorkerHold why)
{
	switch (why)
	{
		case WorkerHold::Stopped: return "stopped by pg_bgworker_stop";
		case WorkerHold::Done: return "done";
		case WorkerHold::Failed: return "failed";
		case WorkerHold::None: break;
	}
	return "";
}

} /* namespace */

/* ---- Policy ---- */

void
WorkerList::settle_policy(RegisteredWorker &worker)
{
	const WorkerIdentity identity = {worker.rw_worker.bgw_name, worker.rw_worker.bgw_library_name,
									 worker.rw_database};
	const WorkerRule *rule = FindWorkerRule(WorkerRulesInForce(), identity);

	worker.rw_policy =
		rule != nullptr ? OverlayPolicy(worker.rw_own_policy, rule->policy) : worker.rw_own_policy;
	worker.rw_rule_line = rule != nullptr ? rule->line : 0;
	worker.rw_quota_key = rule != nullptr && rule->policy.quota ? QuotaKey(*rule, identity) : 0;
	if (shared_workers != nullptr && worker.rw_slot >= 0)
		shared_workers->wa_slots[worker.rw_slot].ws_quota.store(worker.rw_quota_key,
																std::memory_order_relaxed);
	touch(worker);
	show_policy(worker);
}

void
WorkerList::apply_rules()
{
	for (RegisteredWorker *entry = head_; entry != nullptr; entry = entry->rw_next)
		settle_policy(*entry);
}

/* A rule may name the database, which only the worker's process knows. */
void
WorkerList::learn_database(RegisteredWorker &worker)
{
	char database[NAMEDATALEN];

	if (shared_worker_requests == nullptr || worker.rw_slot < 0)
		return;
	CopySafely(database, shared_worker_requests[worker.rw_slot].wr_database, sizeof(database));
	if (strcmp(database, worker.rw_database) == 0)
		return;
	strlcpy(worker.rw_database, database, sizeof(worker.rw_database));
	settle_policy(worker);
}

WorkerVerdict
WorkerList::judge(RegisteredWorker &worker, const WorkerExit &end, int64 now)
{
	const BackgroundWorker &registered = worker.rw_worker;

	if (worker.rw_pid != 0)
		learn_database(worker);
	return JudgeEnd(end, worker.rw_policy,
					{.restart_seconds = registered.bgw_restart_time,
					 .is_static = !worker.rw_status.wk_dynamic,
					 .shares_memory = (registered.bgw_flags & BGWORKER_SHMEM_ACCESS) != 0,
					 .is_parallel = (registered.bgw_flags & BGWORKER_CLASS_PARALLEL) != 0,
					 .unregister = worker.rw_terminate,
					 .stop = worker.rw_stop,
					 .again = worker.rw_again},
					{.limit = bgworker_crash_limit, .window = bgworker_crash_window * kSecond}, now,
					drand48(), worker.rw_history);
}

/* ---- Orders ---- */

/* It does not run, and is not to be started. */
void
WorkerList::hold(RegisteredWorker &worker, WorkerHold why)
{
	worker.rw_hold = why;
	touch(worker);
	worker.rw_status.wk_next_start = 0;
	set_pid(worker, 0);
	show(worker, why == WorkerHold::Failed ? WorkerState::Failed : WorkerState::Stopped,
		 hold_reason(why));
}

void
WorkerList::stop_by_order(RegisteredWorker &worker, WorkerSignals &signals)
{
	worker.rw_stop = true;
	worker.rw_again = false;
	if (worker.rw_pid != 0)
	{
		show(worker, WorkerState::Stopping, "told to end by pg_bgworker_stop");
		signals.terminate(worker.rw_pid);
		return;
	}
	hold(worker, WorkerHold::Stopped);
	notify(worker, signals);
}

void
WorkerList::start_by_order(RegisteredWorker &worker, bool restart, WorkerSignals &signals)
{
	const bool is_ending = worker.rw_stop || worker.rw_again;

	worker.rw_stop = false;
	worker.rw_history.clear();
	worker.rw_status.wk_failures = 0;
	if (worker.rw_pid == 0)
	{
		worker.rw_hold = WorkerHold::None;
		worker.rw_not_before = 0;
		touch(worker);
		worker.rw_status.wk_next_start = 0;
		show(worker, WorkerState::Starting, "ordered, waits for its turn");
		return;
	}
	if (!restart && !is_ending)
		return;
	worker.rw_again = true;
	show(worker, WorkerState::Stopping, "told to end, and to start again");
	signals.terminate(worker.rw_pid);
}

void
WorkerList::take_order(RegisteredWorker &worker, uint32 word, WorkerSignals &signals)
{
	if (OrderNumber(word) == worker.rw_status.wk_order || OrderOf(word) == 0)
		return;
	worker.rw_status.wk_order = OrderNumber(word);
	if (!worker.rw_terminate)
	{
		switch (OrderOf(word))
		{
			case BGW_ORDER_STOP: stop_by_order(worker, signals); break;
			case BGW_ORDER_START: start_by_order(worker, false, signals); break;
			case BGW_ORDER_RESTART: start_by_order(worker, true, signals); break;
		}
	}
	/* The number has changed even where the state has not. */
	PublishWorker(worker.rw_slot, worker.rw_status);
}

/* ---- The server stops ---- */

void
WorkerList::stop_next(WorkerSignals &signals)
{
	int highest = 0;

	for (const RegisteredWorker *entry = head_; entry != nullptr; entry = entry->rw_next)
		if (entry->rw_pid != 0)
			highest = std::max(highest, OrderOf(*entry));
	for (RegisteredWorker *entry = head_; entry != nullptr; entry = entry->rw_next)
	{
		if (entry->rw_pid == 0 || entry->rw_told)
			continue;
		if (OrderOf(*entry) != 0 && OrderOf(*entry) != highest)
		{
			show(*entry, WorkerState::Stopping, "waits until workers of higher order have stopped");
			continue;
		}
		entry->rw_told = true;
		show(*entry, WorkerState::Stopping, "the server is stopping");
		signals.terminate(entry->rw_pid);
	}
}

} /* namespace pg */
