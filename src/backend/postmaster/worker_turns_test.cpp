/*
 * postmaster/worker_turns_test.cpp
 *		Who is next: the queues against a look at every entry, and what brings one back that waited.
 */
#include "postmaster/worker_list_testing.h"

#include <climits>
#include <optional>
#include <random>

#include "postmaster/worker_orders.h"

namespace pg
{
namespace
{

class WorkerTurnsTest : public WorkerListFixture
{
protected:
	RegisteredWorker *add(const char *name, const WorkerPolicy &policy = {}, uint64 quota_key = 0)
	{
		RegisteredWorker *worker = list_.add_static(make(name, 0), policy);

		worker->rw_quota_key = quota_key;
		worker->rw_policy.quota = policy.quota;
		return worker;
	}

	void reach_main(RegisteredWorker &worker)
	{
		array_->wa_slots[worker.rw_slot].ws_main_pid = worker.rw_pid;
		array_->wa_slots[worker.rw_slot].ws_settled_pid = worker.rw_pid;
		list_.take_changes(true, signals_);
	}
};

TEST_F(WorkerTurnsTest, WhoeverGivesUpAQuotaLetsTheNextOneIn)
{
	RegisteredWorker *last = add("last", {.quota = 1}, 7);
	RegisteredWorker *other = add("other", {.quota = 1}, 8);
	RegisteredWorker *first = add("first", {.quota = 1}, 7);

	list_.fill_slots(array_);
	EXPECT_EQ(start(next(0), 10), first);
	EXPECT_EQ(start(next(0), 11), other);
	EXPECT_EQ(next(0), nullptr);
	EXPECT_EQ(last->rw_status.wk_state, WorkerState::WaitingForSlot);
	end(*first, exits(0), 0);
	EXPECT_EQ(next(0), last);
}

TEST_F(WorkerTurnsTest, ARestartedOneOfHigherOrderWaitsBehindALowerOneThatStarts)
{
	RegisteredWorker *high = add("high", {.order = 2});

	list_.fill_slots(array_);
	reach_main(*start(next(0), 10));
	request(1, make("low", 0));
	list_.take_changes(true, signals_);
	RegisteredWorker *low = list_.find_by_slot(1);

	low->rw_policy.order = 1;
	list_.sort_anew();
	end(*high, exits(1), 0);
	EXPECT_EQ(start(next(0), 11), low);
	EXPECT_EQ(next(0), nullptr);
	EXPECT_STREQ(high->rw_status.wk_reason, "due, waits for workers of lower order");
	reach_main(*low);
	EXPECT_EQ(next(0), high);
	EXPECT_STREQ(high->rw_status.wk_reason, "due, waits for its turn");
}

TEST_F(WorkerTurnsTest, PriorityDecidesWhoGetsAPlace)
{
	max_worker_processes = 1;
	RegisteredWorker *holder = add("holder");
	RegisteredWorker *urgent = add("urgent", {.priority = 5});
	RegisteredWorker *plain = add("plain");

	list_.fill_slots(array_);
	EXPECT_EQ(start(next(0), 10), holder);
	EXPECT_EQ(next(0), nullptr);
	end(*holder, exits(0), 0);
	EXPECT_EQ(start(next(0), 11), urgent);
	EXPECT_EQ(next(0), nullptr);
	EXPECT_EQ(plain->rw_status.wk_state, WorkerState::WaitingForSlot);
}

TEST_F(WorkerTurnsTest, WhatNobodyToldIsFoundWhenAllAreLookedAt)
{
	RegisteredWorker *worker = add("w");

	list_.fill_slots(array_);
	worker->rw_not_before = 1000;
	EXPECT_EQ(next(0), nullptr);
	worker->rw_not_before = 0; /* and no touch() */
	EXPECT_EQ(next(0), nullptr);
	list_.sort_anew();
	EXPECT_EQ(next(0), worker);
}

/* ---- By chance ---- */

/* What next_to_start() has to answer, found by a look at every entry, last registered first. */
class Reference
{
public:
	Reference(std::vector<RegisteredWorker *> entries, int64 now) : now_(now)
	{
		std::sort(entries.begin(), entries.end(),
				  [](const auto *a, const auto *b) { return a->rw_number > b->rw_number; });
		for (RegisteredWorker *entry : entries)
			states_.push_back({entry, entry->rw_has_place, false});
	}

	RegisteredWorker *answer()
	{
		std::erase_if(states_, [&](const State &state) { return is_leaving(state); });
		for (State &state : states_)
			places_ += state.has_place ? 1 : 0;
		for (State &state : states_)
		{
			const bool runs = state.entry->rw_pid != 0;

			if (!runs && state.has_place && places_ > max_worker_processes)
			{
				state.has_place = false;
				places_--;
			}
		}
		for (State &state : states_)
			state.due = is_due(state);

		State *best = nullptr;

		for (State &state : states_)
			if (state.due && OrderOf(*state.entry) <= gate() &&
				(best == nullptr || comes_before(state, *best)))
				best = &state;
		return best != nullptr ? best->entry : nullptr;
	}

private:
	struct State
	{
		RegisteredWorker *entry;
		bool has_place, due;
	};

	static bool is_leaving(const State &state)
	{
		return state.entry->rw_pid == 0 && state.entry->rw_terminate;
	}

	bool is_due(const State &state) const
	{
		const RegisteredWorker &entry = *state.entry;
		int users = 0;

		for (const State &other : states_)
			users += other.entry->rw_pid != 0 && other.entry->rw_quota_key == entry.rw_quota_key;
		return entry.rw_pid == 0 && entry.rw_hold == WorkerHold::None &&
			   entry.rw_not_before <= now_ && (state.has_place || places_ < max_worker_processes) &&
			   (entry.rw_quota_key == 0 || users < *entry.rw_policy.quota);
	}

	int gate() const
	{
		int lowest = INT_MAX;

		for (const State &state : states_)
			if (OrderOf(*state.entry) > 0 && !state.entry->rw_begun &&
				(state.due || state.entry->rw_starting))
				lowest = std::min(lowest, OrderOf(*state.entry));
		return lowest;
	}

	static bool comes_before(const State &a, const State &b)
	{
		const int priority_a = a.entry->rw_policy.priority.value_or(0);
		const int priority_b = b.entry->rw_policy.priority.value_or(0);

		if (a.has_place != b.has_place)
			return a.has_place;
		if (!a.has_place && priority_a != priority_b)
			return priority_a > priority_b;
		if (a.entry->rw_turn != b.entry->rw_turn)
			return a.entry->rw_turn < b.entry->rw_turn;
		return priority_a > priority_b;
	}

	int64 now_;
	int places_ = 0;
	std::vector<State> states_;
};

class ByChance : public WorkerTurnsTest
{
protected:
	static constexpr int kWorkers = 30;

	int any(int below) { return static_cast<int>(chance_() % static_cast<unsigned>(below)); }

	void register_some()
	{
		for (int i = 0; i < kWorkers; i++)
		{
			WorkerPolicy policy = {};

			if (any(2) == 0)
				policy.order = 1 + any(4);
			if (any(2) == 0)
				policy.priority = any(3);
			const auto key = static_cast<uint64>(any(4));

			if (key != 0)
				policy.quota = 1 + static_cast<int>(key);
			add("w", policy, key);
		}
		list_.fill_slots(array_);
	}

	std::vector<RegisteredWorker *> entries()
	{
		std::vector<RegisteredWorker *> found;

		for (int slot = 0; slot < kWorkers; slot++)
			if (RegisteredWorker *worker = list_.find_by_slot(slot))
				found.push_back(worker);
		return found;
	}

	/* Something happens to a worker, or to all. */
	void disturb(RegisteredWorker &worker)
	{
		WorkerSlot &slot = array_->wa_slots[worker.rw_slot];

		switch (any(12))
		{
			case 0: max_worker_processes = any(kWorkers); break;
			case 1: now_ += any(2000000); break;
			case 2: order(slot, BGW_ORDER_STOP); break;
			case 3: order(slot, BGW_ORDER_START); break;
			case 4:
				if (any(20) == 0)
					slot.ws_terminate = true;
				break;
			default:
				if (worker.rw_pid == 0)
					return;
				if (worker.rw_in_main && any(3) == 0)
					end(worker, exits(any(10) == 0 ? 0 : 1), now_);
				else
					reach_main(worker);
				return;
		}
		list_.take_changes(true, signals_);
	}

	static void order(WorkerSlot &slot, BackgroundWorkerOrder what)
	{
		slot.ws_order = MakeOrder(NextOrderNumber(slot.ws_order), what);
	}

	std::mt19937 chance_;
	int64 now_ = 0;
};

TEST_F(ByChance, TheQueuesAnswerAsALookAtEveryEntryDoes)
{
	int starts = 0;

	for (unsigned seed = 1; seed <= 20; seed++)
	{
		chance_.seed(seed);
		max_worker_processes = 10;
		list_ = {};
		free_memory();
		make_memory();
		register_some();
		for (int round = 0; round < 2000 && !entries().empty(); round++)
		{
			RegisteredWorker *expected = Reference(entries(), now_).answer();
			RegisteredWorker *chosen = next(now_);

			ASSERT_EQ(chosen, expected) << "seed " << seed << ", round " << round;
			if (chosen != nullptr && any(3) != 0)
				start(chosen, 1000 + ++starts, now_);
			if (const auto all = entries(); !all.empty())
				disturb(*all[static_cast<size_t>(any(static_cast<int>(all.size())))]);
		}
	}
	EXPECT_GT(starts, 1000);
}

} /* namespace */
} /* namespace pg */
