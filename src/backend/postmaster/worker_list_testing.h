/*
 * postmaster/worker_list_testing.h
 *		For unit tests of the worker list: the shared slots lie in ordinary memory, the clock is a number, nobody is forked.
 */
#pragma once

#include <gtest/gtest.h>

#include "postmaster/worker_list.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "postmaster/pm_settings.h"
#include "storage/lmgr/proc_internals.h"

namespace pg
{

class RecordedSignals final : public WorkerSignals
{
public:
	void notify(pid_t pid) override { notified.push_back(pid); }
	void terminate(pid_t pid) override { terminated.push_back(pid); }
	bool accept_notices(pid_t pid) override { return pid == 99; }

	std::vector<pid_t> notified, terminated;
};

class WorkerListFixture : public ::testing::Test
{
protected:
	void SetUp() override
	{
		saved_ = shared_workers;
		saved_requests_ = shared_worker_requests;
		saved_max_ = max_worker_processes;
		max_worker_processes = kPlaces;
		max_starting_workers = 0;
		make_memory();
	}

	void TearDown() override
	{
		free_memory();
		shared_workers = saved_;
		shared_worker_requests = saved_requests_;
		max_worker_processes = saved_max_;
		max_starting_workers = -1;
	}

	void make_memory()
	{
		size_t slots = static_cast<size_t>(WorkerSlotCapacity());

		array_ =
			static_cast<WorkerArray *>(calloc(1, sizeof(WorkerArray) + slots * sizeof(WorkerSlot)));
		array_->wa_capacity = WorkerSlotCapacity();
		shared_workers = array_;
		shared_worker_requests = static_cast<WorkerRequest *>(calloc(slots, sizeof(WorkerRequest)));
	}

	void free_memory()
	{
		free(shared_worker_requests);
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
		return list_.next_to_start(now, state, {}, MaxStartingWorkers(false), signals_, &due_);
	}

	/* What a backend does to register a worker in that slot. */
	void request(int slot, const BackgroundWorker &worker)
	{
		shared_worker_requests[slot].wr_worker = worker;
		array_->wa_slots[slot].ws_pid = kNotStarted;
		array_->wa_slots[slot].ws_id = array_->wa_next_id++;
		array_->wa_slots[slot].ws_generation = array_->wa_next_generation++;
		array_->wa_slots[slot].ws_terminate = false;
		array_->wa_slots[slot].ws_in_use = true;
		array_->wa_used = std::max(array_->wa_used.load(), slot + 1);
		array_->wa_changes++;
	}

	static WorkerExit exits(int code) { return {.how = WorkerExit::How::Exited, .number = code}; }

	/* What the reaper does. */
	void end(RegisteredWorker &worker, const WorkerExit &how, int64 now)
	{
		list_.ended(worker, how, list_.judge(worker, how, now), now, signals_);
	}

	RegisteredWorker *start(RegisteredWorker *worker, pid_t pid, int64 now = 0)
	{
		list_.about_to_start(*worker);
		list_.started(*worker, pid, now, signals_);
		return worker;
	}

	static constexpr int kPlaces = 4;
	WorkerList list_;
	RecordedSignals signals_;
	int64 due_ = 0;
	WorkerArray *array_ = nullptr;

private:
	WorkerArray *saved_ = nullptr;
	WorkerRequest *saved_requests_ = nullptr;
	int saved_max_ = 0;
};

} /* namespace pg */
