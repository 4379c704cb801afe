/*
 * postmaster/worker_list_test.cpp
 *		Which worker starts when: phases, restart intervals, failures, the limit of starting ones, requests.
 *
 * Unit test; the shared slots lie in ordinary memory, the clock is a number, nobody is forked.
 */
#include "postmaster/worker_list_testing.h"

#include <cerrno>

namespace pg
{
namespace
{

using WorkerListTest = WorkerListFixture;

TEST_F(WorkerListTest, LastRegisteredStartsFirst)
{
	list_.add_static(make("first", 1));
	list_.add_static(make("second", 1));
	list_.fill_slots(array_);
	RegisteredWorker *worker = next(0);

	EXPECT_STREQ(worker->rw_worker.bgw_name, "second");
	EXPECT_EQ(worker->rw_slot, 0);
	start(worker, 10);
	EXPECT_STREQ(next(0)->rw_worker.bgw_name, "first");
	EXPECT_EQ(array_->wa_slots[0].ws_pid, 10);
	EXPECT_EQ(array_->wa_slots[1].ws_pid, kNotStarted);
}

TEST_F(WorkerListTest, PhasesAreHonoured)
{
	list_.add_static(make("late", 1, BgWorkerStart_RecoveryFinished));
	list_.add_static(make("middle", 1, BgWorkerStart_ConsistentState));
	list_.add_static(make("early", 1, BgWorkerStart_PostmasterStart));
	list_.fill_slots(array_);
	start(next(0, PmState::Startup), 1);
	EXPECT_EQ(next(0, PmState::Startup), nullptr);
	EXPECT_EQ(due_, 0);
	start(next(0, PmState::HotStandby), 2);
	EXPECT_EQ(next(0, PmState::HotStandby), nullptr);
	EXPECT_STREQ(next(0, PmState::Run)->rw_worker.bgw_name, "late");
	EXPECT_EQ(next(0, PmState::StopBackends), nullptr);
}

TEST_F(WorkerListTest, ExitOneRestartsAfterTheInterval)
{
	RegisteredWorker *worker = list_.add_static(make("w", 60));

	list_.fill_slots(array_);
	start(next(0), 10);
	end(*worker, exits(1), 1000);
	EXPECT_EQ(next(1000), nullptr);
	EXPECT_EQ(due_, 60001000);
	EXPECT_EQ(next(60000999), nullptr);
	EXPECT_EQ(next(60001000), worker);
	EXPECT_EQ(array_->wa_slots[0].ws_pid, 0);
	EXPECT_TRUE(array_->wa_slots[0].ws_in_use);
}

TEST_F(WorkerListTest, ExitZeroAndNeverRestartUnregister)
{
	RegisteredWorker *done = list_.add_static(make("done", 0));
	RegisteredWorker *once = list_.add_static(make("once", BGW_NEVER_RESTART));

	list_.fill_slots(array_);
	start(once, 10);
	start(done, 11);
	end(*done, exits(0), 0);
	end(*once, exits(1), 0);
	EXPECT_EQ(list_.count(), 0);
	EXPECT_EQ(next(1000000000), nullptr);
	EXPECT_FALSE(array_->wa_slots[0].ws_in_use);
	EXPECT_FALSE(array_->wa_slots[1].ws_in_use);
}

TEST_F(WorkerListTest, FailedForkIsRetriedAlsoForNeverRestart)
{
	RegisteredWorker *once = list_.add_static(make("once", BGW_NEVER_RESTART));

	list_.fill_slots(array_);
	end(*once, {.how = WorkerExit::How::ForkFailed, .number = EAGAIN}, 500);
	EXPECT_EQ(next(500), nullptr);
	EXPECT_EQ(due_, 1000500);
	EXPECT_EQ(next(1000500), once);
}

TEST_F(WorkerListTest, OnlySoManyStartAtOneTime)
{
	max_starting_workers = 1;
	list_.add_static(make("a", 1));
	RegisteredWorker *b = list_.add_static(make("b", 1));

	list_.fill_slots(array_);
	start(b, 10);
	EXPECT_EQ(next(0), nullptr);
	list_.take_changes(true, signals_);
	EXPECT_EQ(next(0), nullptr);
	array_->wa_slots[b->rw_slot].ws_main_pid = 10;
	list_.take_changes(true, signals_);
	EXPECT_EQ(next(0), nullptr);
	array_->wa_slots[b->rw_slot].ws_settled_pid = 10;
	list_.take_changes(true, signals_);
	EXPECT_EQ(list_.starting(), 0);
	EXPECT_STREQ(next(0)->rw_worker.bgw_name, "a");
}

TEST_F(WorkerListTest, WhileClientsComeACpuIsLeftToThem)
{
	max_starting_workers = -1;
	EXPECT_EQ(MaxStartingWorkers(true), std::max(MaxStartingWorkers(false) - 1, 1));
	max_starting_workers = 7;
	EXPECT_EQ(MaxStartingWorkers(true), 7);
	EXPECT_EQ(MaxStartingWorkers(false), 7);
	max_starting_workers = 0;
	EXPECT_GT(MaxStartingWorkers(true), 1024);
}

TEST_F(WorkerListTest, OneThatNeverConnectsHoldsUpTheOthersNotForLong)
{
	max_starting_workers = 1;
	list_.add_static(make("a", 1));
	RegisteredWorker *b = list_.add_static(make("b", 1));

	list_.fill_slots(array_);
	start(b, 10);
	EXPECT_EQ(next(1000), nullptr);
	EXPECT_EQ(due_, 101000);
	/* Not even in its main function: it does hold them up. */
	EXPECT_EQ(next(101000), nullptr);
	EXPECT_EQ(due_, 201000);
	array_->wa_slots[b->rw_slot].ws_main_pid = 10;
	list_.take_changes(true, signals_);
	EXPECT_EQ(next(200999), nullptr);
	EXPECT_STREQ(next(201000)->rw_worker.bgw_name, "a");
	EXPECT_EQ(list_.starting(), 0);
}

TEST_F(WorkerListTest, OneThatEndsWhileStartingMakesRoom)
{
	max_starting_workers = 1;
	list_.add_static(make("a", 1));
	RegisteredWorker *b = list_.add_static(make("b", 1));

	list_.fill_slots(array_);
	start(b, 10);
	end(*b, exits(1), 0);
	EXPECT_EQ(list_.starting(), 0);
	EXPECT_STREQ(next(0)->rw_worker.bgw_name, "a");
}

TEST_F(WorkerListTest, RequestsAreTakenOverDefensively)
{
	BackgroundWorker hostile = make("x", 1);

	memset(hostile.bgw_name, 0xff, sizeof(hostile.bgw_name));
	hostile.bgw_notify_pid = 99;
	hostile.bgw_flags |= BGWORKER_MAIN_POINTER;
	list_.fill_slots(array_);
	request(2, hostile);
	list_.take_changes(true, signals_);
	RegisteredWorker *worker = list_.find_by_slot(2);

	ASSERT_NE(worker, nullptr);
	EXPECT_EQ(strlen(worker->rw_worker.bgw_name), size_t{BGW_MAXLEN - 1});
	EXPECT_EQ(worker->rw_worker.bgw_name[0], '?');
	EXPECT_EQ(worker->rw_worker.bgw_flags & BGWORKER_MAIN_POINTER, 0);
	start(worker, 10);
	EXPECT_EQ(signals_.notified, std::vector<pid_t>{99});
	list_.stop_notices(99);
	end(*worker, exits(1), 0);
	EXPECT_EQ(signals_.notified.size(), 1u);
}

TEST_F(WorkerListTest, InconsistentSlotsAreLeftAlone)
{
	list_.fill_slots(array_);
	array_->wa_capacity = 1000000;
	request(1, make("x", 1));
	list_.take_changes(true, signals_);
	EXPECT_EQ(list_.count(), 0);
}

TEST_F(WorkerListTest, TerminateRunningAndUnstarted)
{
	list_.fill_slots(array_);
	BackgroundWorker wanted = make("x", 1);

	wanted.bgw_notify_pid = 99;
	request(0, wanted);
	request(1, wanted);
	list_.take_changes(true, signals_);
	RegisteredWorker *running = list_.find_by_slot(0);

	start(running, 10);
	array_->wa_slots[0].ws_terminate = true;
	array_->wa_slots[1].ws_terminate = true;
	list_.take_changes(true, signals_);
	list_.take_changes(true, signals_);
	EXPECT_EQ(signals_.terminated, std::vector<pid_t>{10});
	EXPECT_EQ(array_->wa_slots[1].ws_pid, 0);
	EXPECT_EQ(next(0), nullptr);
	EXPECT_EQ(list_.count(), 1);
	EXPECT_FALSE(array_->wa_slots[1].ws_in_use);
	end(*running, exits(1), 0);
	EXPECT_EQ(list_.count(), 0);
}

TEST_F(WorkerListTest, StoppingServerRefusesRequests)
{
	list_.fill_slots(array_);
	BackgroundWorker wanted = make("x", 1);

	wanted.bgw_notify_pid = 99;
	request(3, wanted);
	list_.take_changes(false, signals_);
	EXPECT_EQ(list_.count(), 0);
	EXPECT_FALSE(array_->wa_slots[3].ws_in_use);
	EXPECT_EQ(signals_.notified, std::vector<pid_t>{99});
}

TEST_F(WorkerListTest, AfterACrashAllButNeverRestartStartAtOnce)
{
	RegisteredWorker *again = list_.add_static(make("again", 3600));
	RegisteredWorker *once = list_.add_static(make("once", BGW_NEVER_RESTART));

	list_.fill_slots(array_);
	start(again, 10);
	start(once, 11);
	end(*again, exits(1), 0);
	list_.reset_after_crash();
	free_memory();
	make_memory();
	list_.fill_slots(array_);
	EXPECT_EQ(list_.count(), 1);
	EXPECT_EQ(next(0), again);
	EXPECT_EQ(again->rw_slot, 1);
}

TEST_F(WorkerListTest, UnstartedWithAWaiterAreForgottenAtStop)
{
	list_.fill_slots(array_);
	BackgroundWorker wanted = make("x", 1);

	wanted.bgw_notify_pid = 99;
	request(0, wanted);
	request(1, make("nobody waits", 1));
	list_.take_changes(true, signals_);
	list_.forget_unstarted(signals_);
	EXPECT_EQ(list_.count(), 1);
	EXPECT_EQ(signals_.notified, std::vector<pid_t>{99});
}

TEST_F(WorkerListTest, ParallelWorkersAreCountedOut)
{
	list_.fill_slots(array_);
	BackgroundWorker wanted = make("p", BGW_NEVER_RESTART);

	wanted.bgw_flags |= BGWORKER_CLASS_PARALLEL;
	request(0, wanted);
	array_->wa_parallel_registered = 1;
	list_.take_changes(true, signals_);
	RegisteredWorker *worker = list_.find_by_slot(0);

	start(worker, 10);
	end(*worker, exits(0), 0);
	EXPECT_EQ(array_->wa_parallel_freed, 1u);
}

TEST_F(WorkerListTest, WithoutAPlaceAWorkerWaits)
{
	max_worker_processes = 1;
	RegisteredWorker *first = list_.add_static(make("first", 1));
	RegisteredWorker *second = list_.add_static(make("second", 1));

	list_.fill_slots(array_);
	EXPECT_EQ(next(0), first);
	start(first, 10);
	EXPECT_EQ(next(0), nullptr);
	EXPECT_EQ(second->rw_status.wk_state, WorkerState::WaitingForSlot);
	EXPECT_STREQ(second->rw_status.wk_reason, "all 1 places of max_worker_processes are taken");
	/* A worker that backs off keeps its place. */
	end(*first, exits(1), 0);
	EXPECT_EQ(next(0), nullptr);
	EXPECT_EQ(first->rw_status.wk_state, WorkerState::BackingOff);
	EXPECT_EQ(next(1000000), first);
	start(first, 11);
	end(*first, exits(0), 0);
	EXPECT_EQ(next(0), second);
}

TEST_F(WorkerListTest, PlacesFollowTheSetting)
{
	RegisteredWorker *a = list_.add_static(make("a", 0));
	RegisteredWorker *b = list_.add_static(make("b", 0));

	list_.fill_slots(array_);
	start(a, 10);
	start(b, 11);
	max_worker_processes = 1;
	list_.tell_limit();
	EXPECT_EQ(array_->wa_limit, 1);
	EXPECT_EQ(next(0), nullptr);
	EXPECT_EQ(a->rw_pid, 10);
	EXPECT_EQ(b->rw_pid, 11);
	end(*b, exits(1), 0);
	EXPECT_EQ(next(0), nullptr);
	EXPECT_EQ(b->rw_status.wk_state, WorkerState::WaitingForSlot);
	/* The other one is within the limit again, and stays so. */
	end(*a, exits(1), 0);
	EXPECT_EQ(next(0), a);
	start(a, 12);
	max_worker_processes = 2;
	EXPECT_EQ(next(0), b);
}

TEST_F(WorkerListTest, ChangesAreSeenWithoutASignal)
{
	list_.fill_slots(array_);
	EXPECT_FALSE(list_.changes_pending());
	request(0, make("x", 1));
	EXPECT_TRUE(list_.changes_pending());
	list_.take_changes(true, signals_);
	EXPECT_FALSE(list_.changes_pending());
	EXPECT_NE(next(0), nullptr);
}

TEST_F(WorkerListTest, IdsAndGenerationsOutliveACrash)
{
	list_.fill_slots(array_);
	request(0, make("gone", BGW_NEVER_RESTART));
	request(1, make("kept", 1));
	list_.take_changes(true, signals_);
	RegisteredWorker *kept = list_.find_by_slot(1);
	uint64 id = kept->rw_status.wk_id;
	uint64 generation = array_->wa_slots[1].ws_generation;

	list_.reset_after_crash();
	free_memory();
	make_memory();
	list_.fill_slots(array_);
	EXPECT_EQ(list_.find_by_slot(1), kept);
	EXPECT_EQ(list_.find_by_slot(0), nullptr);
	EXPECT_EQ(array_->wa_slots[1].ws_id, id);
	EXPECT_EQ(array_->wa_slots[1].ws_generation, generation);
	EXPECT_GT(array_->wa_next_id, id);
	EXPECT_GT(array_->wa_next_generation, generation);
}

TEST_F(WorkerListTest, ReadinessIsSeenAndTold)
{
	BackgroundWorker wanted = make("x", 1);

	wanted.bgw_notify_pid = 99;
	list_.fill_slots(array_);
	request(0, wanted);
	list_.take_changes(true, signals_);
	RegisteredWorker *worker = start(next(0), 10);

	EXPECT_EQ(worker->rw_status.wk_state, WorkerState::Starting);
	array_->wa_slots[0].ws_main_pid = 10;
	list_.take_changes(true, signals_);
	EXPECT_EQ(worker->rw_status.wk_state, WorkerState::Running);
	signals_.notified.clear();
	array_->wa_slots[0].ws_ready_pid = 10;
	list_.take_changes(true, signals_);
	list_.take_changes(true, signals_);
	EXPECT_EQ(worker->rw_status.wk_state, WorkerState::Ready);
	EXPECT_EQ(signals_.notified, std::vector<pid_t>{99});
	/* It is another process's readiness the next time. */
	end(*worker, exits(1), 0);
	start(worker, 11);
	list_.take_changes(true, signals_);
	EXPECT_NE(worker->rw_status.wk_state, WorkerState::Ready);
}

TEST_F(WorkerListTest, FailuresInARowEndWithAHealthyRun)
{
	RegisteredWorker *worker = list_.add_static(make("x", 0));

	list_.fill_slots(array_);
	for (int i = 1; i <= 3; i++)
	{
		start(worker, 10);
		end(*worker, exits(1), 1000);
		EXPECT_EQ(worker->rw_status.wk_failures, i);
	}
	start(worker, 10, 0);
	end(*worker,
		{.how = WorkerExit::How::Exited, .number = 2, .left_cleanly = false, .swept = true}, 1000);
	EXPECT_EQ(worker->rw_status.wk_failures, 3);
	start(worker, 10, 0);
	end(*worker, exits(1), 61000000);
	EXPECT_EQ(worker->rw_status.wk_failures, 1);
	EXPECT_STREQ(worker->rw_status.wk_reason, "exit code 1");
}

/* ---- Policies ---- */

TEST_F(WorkerListTest, AHigherOrderWaitsForALowerOneToReachMain)
{
	list_.add_static(make("second", 1), {.order = 2});
	list_.add_static(make("free", 1));
	list_.add_static(make("first", 1), {.order = 1});
	list_.fill_slots(array_);

	RegisteredWorker *first = next(0);

	EXPECT_STREQ(first->rw_worker.bgw_name, "first");
	list_.started(*first, 10, 0, signals_);
	list_.started(*next(0), 11, 0, signals_);
	EXPECT_EQ(next(0), nullptr) << "first has been forked, and that is all";
	array_->wa_slots[first->rw_slot].ws_main_pid = 10;
	list_.take_changes(true, signals_);
	EXPECT_STREQ(next(0)->rw_worker.bgw_name, "second");
}

TEST_F(WorkerListTest, AFailingWorkerOfLowerOrderHoldsNobodyUpForEver)
{
	list_.add_static(make("second", 1), {.order = 2});
	list_.add_static(make("first", 3600), {.order = 1});
	list_.fill_slots(array_);

	RegisteredWorker *first = next(0);

	list_.started(*first, 10, 0, signals_);
	end(*first, exits(1), 0);
	EXPECT_STREQ(next(0)->rw_worker.bgw_name, "second");
}

} /* namespace */
} /* namespace pg */
