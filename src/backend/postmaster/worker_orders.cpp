/*
 * postmaster/worker_orders.cpp
 *		Gives orders to workers and waits until they are carried out (worker_orders.h).
 *
 * Backends and workers with shared memory; never the postmaster, which obeys in worker_list.cpp.
 */
#include "postgres.h"

#include "postmaster/worker_orders.h"

#include <algorithm>

#include "miscadmin.h"
#include "port/os.h"
#include "postmaster/stopped_file.h"
#include "postmaster/time_units.h"
#include "postmaster/worker_lock.h"
#include "postmaster/worker_slots.h"
#include "storage/latch.h"
#include "utils/error/wall.h"
#include "utils/wait_event.h"

namespace pg
{

namespace
{

/* Nobody wakes us: the postmaster knows of no waiters. */
constexpr int64 kLookAgain = 10; /* milliseconds */

/* An order that was given. */
struct Given
{
	int slot = -1; /* -1: there is no such worker */
	uint32 number = 0;
	int64 starts = 0;
};

/* The slot of a worker, or -1. Caller holds the lock. */
int
find_slot(const BackgroundWorkerRef &ref)
{
	const int used = WorkerSlotsUsed();

	for (int i = 0; i < used; i++)
	{
		const WorkerSlot &slot = shared_workers->wa_slots[i];

		if (slot.ws_in_use && slot.ws_id == ref.id && slot.ws_generation == ref.generation)
			return i;
	}
	return -1;
}

bool
is_worker(const WorkerRow &row, const BackgroundWorkerRef &ref)
{
	return row.status.wk_id == ref.id && row.status.wk_generation == ref.generation;
}

/* What the file is to say is there before the order can have an effect. */
bool
remember(const BackgroundWorkerRef &ref, BackgroundWorkerOrder order)
{
	BackgroundWorker worker{};
	WorkerRow row;
	{
		const WorkerLockHold lock(LW_SHARED);
		const int slot = find_slot(ref);

		if (slot < 0)
			return false;
		worker = shared_worker_requests[slot].wr_worker;
		if (!ReadWorkerRow(slot, row) || !is_worker(row, ref))
			row.status.wk_dynamic = true; /* so new that the postmaster has not seen it */
	}
	if (!row.status.wk_dynamic)
		RememberStopped(worker, order == BGW_ORDER_STOP);
	return true;
}

Given
give(const BackgroundWorkerRef &ref, BackgroundWorkerOrder order)
{
	const WorkerLockHold lock(LW_EXCLUSIVE);
	Given given;
	WorkerRow row;

	given.slot = find_slot(ref);
	if (given.slot < 0)
		return given;
	if (ReadWorkerRow(given.slot, row) && is_worker(row, ref))
		given.starts = row.status.wk_starts;

	std::atomic<uint32> &word = shared_workers->wa_slots[given.slot].ws_order;

	given.number = NextOrderNumber(word);
	word = MakeOrder(given.number, order);
	return given;
}

BackgroundWorkerOrderResult
look_at_order(const BackgroundWorkerRef &ref, BackgroundWorkerOrder order, const Given &given)
{
	WorkerRow row;

	if (!ReadWorkerRow(given.slot, row) || !is_worker(row, ref))
	{
		const WorkerLockHold lock(LW_SHARED);

		/* Unregistered meanwhile: it runs no more, and has run if it was to start. */
		return find_slot(ref) < 0 ? BGW_ORDER_DONE : BGW_ORDER_TIMED_OUT;
	}
	switch (JudgeOrder(row.status, order, given.number, given.starts))
	{
		case OrderProgress::Done: return BGW_ORDER_DONE;
		case OrderProgress::Ended: return BGW_ORDER_ENDED;
		case OrderProgress::Wait: break;
	}
	return BGW_ORDER_TIMED_OUT;
}

BackgroundWorkerOrderResult
order_and_wait(const BackgroundWorkerRef &ref, BackgroundWorkerOrder order, int64 timeout)
{
	if (shared_workers == nullptr || !remember(ref, order))
		return BGW_ORDER_UNKNOWN;

	const int64 deadline = os.monotonic_usec() + timeout * kMillisecond;
	const Given given = give(ref, order);

	if (given.slot < 0)
		return BGW_ORDER_UNKNOWN;
	MarkWorkerChanged(given.slot);
	AnnounceWorkerChanges();
	for (;;)
	{
		const BackgroundWorkerOrderResult result = look_at_order(ref, order, given);
		const int64 rest =
			timeout < 0 ? kLookAgain : (deadline - os.monotonic_usec()) / kMillisecond;

		if (result != BGW_ORDER_TIMED_OUT || rest <= 0)
			return result;
		(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH,
						 static_cast<long>(std::min(rest, kLookAgain)),
						 order == BGW_ORDER_STOP ? WAIT_EVENT_BGWORKER_SHUTDOWN
												 : WAIT_EVENT_BGWORKER_STARTUP);
		ResetLatch(MyLatch);
		CHECK_FOR_INTERRUPTS();
	}
}

} /* namespace */

OrderProgress
JudgeOrder(const WorkerStatus &status, BackgroundWorkerOrder order, uint32 number, int64 starts)
{
	/* Numbers wrap around: ours or a later one was obeyed. */
	if (((status.wk_order - number) & 0x20000000) != 0)
		return OrderProgress::Wait;
	if (order == BGW_ORDER_STOP)
		return status.wk_state == WorkerState::Stopped ? OrderProgress::Done : OrderProgress::Wait;

	const bool started_since = status.wk_starts != starts;

	switch (status.wk_state)
	{
		case WorkerState::Running:
		case WorkerState::Ready:
			return order == BGW_ORDER_START || started_since ? OrderProgress::Done
															 : OrderProgress::Wait;
		case WorkerState::Stopped:
			/* Done already; or somebody stops it after us. */
			return started_since || status.wk_order != number ? OrderProgress::Done
															  : OrderProgress::Wait;
		case WorkerState::BackingOff:
		case WorkerState::Failed: return started_since ? OrderProgress::Ended : OrderProgress::Wait;
		default: return OrderProgress::Wait;
	}
}

} /* namespace pg */

using namespace pg;

extern "C"
{
	BackgroundWorkerOrderResult OrderBackgroundWorker(BackgroundWorkerRef ref,
													  BackgroundWorkerOrder order, long timeout)
	{
		return FromC([&] { return order_and_wait(ref, order, timeout); });
	}
}
