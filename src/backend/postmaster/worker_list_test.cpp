/*
 * postmaster/worker_list_test.cpp
 *		Which worker starts when: phases, restart intervals, failures, the limit of starting ones, requests.
 *
 * Unit test; the shared slots lie in ordinary memory, the clock is a number, nobody is forked.
 */
#include <gtest/gtest.h>

#include "postmaster/worker_list.h"

#include <cstdlib>
#include <vector>

#include "postmaster/pm_settings.h"

namespace pg
{
namespace
{

class RecordedSignals final : public WorkerSignals
{
public:
	void notify(pid_t pid) override { notified.push_back(pid); }
	void terminate(pid_t pid) override { terminated.push_back(pid); }
	bool accept_notices(pid_t pid) override { return pid == 99; }

	std::vector<pid_t> notified, terminated;
};

class WorkerListTest : public ::testing::Test
{
protected:
	void SetUp() override
	{
		saved_ = shared_workers;
		saved_max_ = max_worker_processes;
		max_worker_processes = kSlots;
		max_starting_workers = 0;
		array_ = static_cast<WorkerArray *>(
			calloc(1, sizeof(WorkerArray) + kSlots * sizeof(WorkerSlot)));
		array_->ws_total_slots = kSlots;
		shared_workers = array_;
	}

	void TearDown() override
	{
		shared_workers = saved_;
		max_worker_processes = saved_max_;
		max_starting_workers = -1;
		free(array_);
	}

	static BackgroundWorker make(const char *name, int restart,
								 BgWorkerStartTime start = BgWorkerStart_RecoveryFinished)
	{
		BackgroundWorker worker = {};

		strlcpy(worker.bgw_name, name, sizeof(worker.bgw_name));
		worker.bgw_flags = BGWORKER_SHMEM_ACCESS;
		worker.bgw_restart_time = restart;
		worker.bgw_start_time = start;
		return worker;
	}

	RegisteredWorker *next(int64 now, PmState state = PmState::Run)
	{
		return list_.next_to_start(now, state, {}, signals_, &due_);
	}

	/* What a backend does to register a worker in that slot. */
	void request(int slot, const BackgroundWorker &worker)
	{
		array_->ws_slots[slot].ws_worker = worker;
		array_->ws_slots[slot].ws_pid = kNotStarted;
		array_->ws_slots[slot].ws_terminate = false;
		array_->ws_slots[slot].ws_in_use = true;
	}

	static constexpr int kSlots = 4;
	WorkerList list_;
	RecordedSignals signals_;
	int64 due_ = 0;
	WorkerArray *array_ = nullptr;

private:
	WorkerArray *saved_ = nullptr;
	int saved_max_ = 0;
};

TEST(RestartArithmetic, SixtyFourBits)
{
	EXPECT_EQ(RestartTime(5, 0), 5);
	EXPECT_EQ(RestartTime(0, 86400000), int64{86400000} * 1000000);
	EXPECT_EQ(RetryTime(10, BGW_NEVER_RESTART), 1000010);
	EXPECT_EQ(RetryTime(10, 0), 1000010);
	EXPECT_EQ(RetryTime(10, 60), 60000010);
}

TEST_F(WorkerListTest, LastRegisteredStartsFirst)
{
	list_.add_static(make("first", 1));
	list_.add_static(make("second", 1));
	list_.fill_slots(array_);
	RegisteredWorker *worker = next(0);

	EXPECT_STREQ(worker->rw_worker.bgw_name, "second");
	EXPECT_EQ(worker->rw_slot, 0);
	list_.started(*worker, 10, signals_);
	EXPECT_STREQ(next(0)->rw_worker.bgw_name, "first");
	EXPECT_EQ(array_->ws_slots[0].ws_pid, 10);
	EXPECT_EQ(array_->ws_slots[1].ws_pid, kNotStarted);
}

TEST_F(WorkerListTest, PhasesAreHonoured)
{
	list_.add_static(make("late", 1, BgWorkerStart_RecoveryFinished));
	list_.add_static(make("middle", 1, BgWorkerStart_ConsistentState));
	list_.add_static(make("early", 1, BgWorkerStart_PostmasterStart));
	list_.fill_slots(array_);
	list_.started(*next(0, PmState::Startup), 1, signals_);
	EXPECT_EQ(next(0, PmState::Startup), nullptr);
	EXPECT_EQ(due_, 0);
	list_.started(*next(0, PmState::HotStandby), 2, signals_);
	EXPECT_EQ(next(0, PmState::HotStandby), nullptr);
	EXPECT_STREQ(next(0, PmState::Run)->rw_worker.bgw_name, "late");
	EXPECT_EQ(next(0, PmState::StopBackends), nullptr);
}

TEST_F(WorkerListTest, ExitOneRestartsAfterTheInterval)
{
	RegisteredWorker *worker = list_.add_static(make("w", 60));

	list_.fill_slots(array_);
	list_.started(*next(0), 10, signals_);
	list_.ended(*worker, WorkerEnd::Failed, 1000, signals_);
	EXPECT_EQ(next(1000), nullptr);
	EXPECT_EQ(due_, 60001000);
	EXPECT_EQ(next(60000999), nullptr);
	EXPECT_EQ(next(60001000), worker);
	EXPECT_EQ(array_->ws_slots[0].ws_pid, 0);
	EXPECT_TRUE(array_->ws_slots[0].ws_in_use);
}

TEST_F(WorkerListTest, ExitZeroAndNeverRestartUnregister)
{
	RegisteredWorker *done = list_.add_static(make("done", 0));
	RegisteredWorker *once = list_.add_static(make("once", BGW_NEVER_RESTART));

	list_.fill_slots(array_);
	list_.started(*once, 10, signals_);
	list_.started(*done, 11, signals_);
	list_.ended(*done, WorkerEnd::Done, 0, signals_);
	list_.ended(*once, WorkerEnd::Failed, 0, signals_);
	EXPECT_EQ(list_.count(), 0);
	EXPECT_EQ(next(1000000000), nullptr);
	EXPECT_FALSE(array_->ws_slots[0].ws_in_use);
	EXPECT_FALSE(array_->ws_slots[1].ws_in_use);
}

TEST_F(WorkerListTest, FailedForkIsRetriedAlsoForNeverRestart)
{
	RegisteredWorker *once = list_.add_static(make("once", BGW_NEVER_RESTART));

	list_.fill_slots(array_);
	list_.start_failed(*once, 500);
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
	list_.started(*b, 10, signals_);
	EXPECT_EQ(next(0), nullptr);
	list_.note_initialised();
	EXPECT_EQ(next(0), nullptr);
	array_->ws_slots[b->rw_slot].ws_main_pid = 10;
	list_.note_initialised();
	EXPECT_EQ(list_.starting(), 0);
	EXPECT_STREQ(next(0)->rw_worker.bgw_name, "a");
}

TEST_F(WorkerListTest, OneThatEndsWhileStartingMakesRoom)
{
	max_starting_workers = 1;
	list_.add_static(make("a", 1));
	RegisteredWorker *b = list_.add_static(make("b", 1));

	list_.fill_slots(array_);
	list_.started(*b, 10, signals_);
	list_.ended(*b, WorkerEnd::Failed, 0, signals_);
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
	list_.started(*worker, 10, signals_);
	EXPECT_EQ(signals_.notified, std::vector<pid_t>{99});
	list_.stop_notices(99);
	list_.ended(*worker, WorkerEnd::Failed, 0, signals_);
	EXPECT_EQ(signals_.notified.size(), 1u);
}

TEST_F(WorkerListTest, InconsistentSlotsAreLeftAlone)
{
	list_.fill_slots(array_);
	array_->ws_total_slots = 1000000;
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

	list_.started(*running, 10, signals_);
	array_->ws_slots[0].ws_terminate = true;
	array_->ws_slots[1].ws_terminate = true;
	list_.take_changes(true, signals_);
	list_.take_changes(true, signals_);
	EXPECT_EQ(signals_.terminated, std::vector<pid_t>{10});
	EXPECT_EQ(array_->ws_slots[1].ws_pid, 0);
	EXPECT_EQ(next(0), nullptr);
	EXPECT_EQ(list_.count(), 1);
	EXPECT_FALSE(array_->ws_slots[1].ws_in_use);
	list_.ended(*running, WorkerEnd::Failed, 0, signals_);
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
	EXPECT_FALSE(array_->ws_slots[3].ws_in_use);
	EXPECT_EQ(signals_.notified, std::vector<pid_t>{99});
}

TEST_F(WorkerListTest, AfterACrashAllButNeverRestartStartAtOnce)
{
	RegisteredWorker *again = list_.add_static(make("again", 3600));
	RegisteredWorker *once = list_.add_static(make("once", BGW_NEVER_RESTART));

	list_.fill_slots(array_);
	list_.started(*again, 10, signals_);
	list_.started(*once, 11, signals_);
	list_.ended(*again, WorkerEnd::Failed, 0, signals_);
	list_.reset_after_crash();
	memset(static_cast<void *>(array_->ws_slots), 0, kSlots * sizeof(WorkerSlot));
	list_.fill_slots(array_);
	EXPECT_EQ(list_.count(), 1);
	EXPECT_EQ(next(0), again);
	EXPECT_EQ(again->rw_slot, 0);
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
	array_->ws_parallel_registered = 1;
	list_.take_changes(true, signals_);
	RegisteredWorker *worker = list_.find_by_slot(0);

	list_.started(*worker, 10, signals_);
	list_.ended(*worker, WorkerEnd::Done, 0, signals_);
	EXPECT_EQ(array_->ws_parallel_ended, 1u);
}

} /* namespace */
} /* namespace pg */
