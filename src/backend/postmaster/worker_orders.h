/*
 * postmaster/worker_orders.h
 *		Orders to workers: start, stop, restart, by hand.
 *
 * Protocol, with the fields of worker_slots.h and worker_status.h:
 *	 1. Whoever gives an order holds BackgroundWorkerLock exclusively, finds ws_in_use and the right ws_generation, and
 *	    stores the next number and the order in ws_order; then it announces a change.  The last order wins.
 *	 2. The postmaster sees an order when the number is another one than that of the last order that it obeyed
 *	    (wk_order); it obeys, and publishes the number with the state that follows.
 *	 3. Whoever waits looks at the published state until wk_order has reached its number and the state is what was
 *	    asked for.  Nothing is lost when it dies, or gives up waiting: the order stands.
 */
#pragma once

#include "postmaster/bgworker_control.h"
#include "utils/activity/worker_status.h"

namespace pg
{

constexpr uint32
MakeOrder(uint32 number, BackgroundWorkerOrder order)
{
	return number << 2 | static_cast<uint32>(order);
}

constexpr uint32
OrderNumber(uint32 word)
{
	return word >> 2;
}

constexpr uint32
NextOrderNumber(uint32 word)
{
	return (OrderNumber(word) + 1) & 0x3FFFFFFF;
}

/* 0: no order. Believes nothing. */
constexpr uint32
OrderOf(uint32 word)
{
	return word & 3;
}

enum class OrderProgress : uint8_t
{
	Wait,
	Done,
	Ended /* it ran and has failed already */
};

/*
 * How far an order is. number: of the order; starts: wk_starts when it was given. Pure.
 */
OrderProgress JudgeOrder(const WorkerStatus &status, BackgroundWorkerOrder order, uint32 number,
						 int64 starts);

} /* namespace pg */
