/*
 * postmaster/worker_orders_test.cpp
 *		When an order to a worker is carried out, as who waits for it sees it.
 *
 * Unit test over published states.
 */
#include <gtest/gtest.h>

#include "postmaster/worker_orders.h"

namespace pg
{
namespace
{

constexpr uint32 kNumber = 7;
constexpr int64 kStarts = 3;

/* 'w'ait, 'd'one, 'e'nded, for each state in the order of the enum. */
std::string
progress(BackgroundWorkerOrder order, uint32 obeyed, int64 starts)
{
	std::string all;

	for (int state = 0; state < static_cast<int>(WorkerState::Count); state++)
	{
		WorkerStatus status = {};

		status.wk_state = static_cast<WorkerState>(state);
		status.wk_order = obeyed;
		status.wk_starts = starts;
		switch (JudgeOrder(status, order, kNumber, kStarts))
		{
			case OrderProgress::Wait: all += 'w'; break;
			case OrderProgress::Done: all += 'd'; break;
			case OrderProgress::Ended: all += 'e'; break;
		}
	}
	return all;
}

/* phase slot starting running ready backing_off stopping stopped failed */
TEST(JudgeOrder, EveryState)
{
	for (BackgroundWorkerOrder order : {BGW_ORDER_START, BGW_ORDER_STOP, BGW_ORDER_RESTART})
		EXPECT_EQ(progress(order, kNumber - 1, kStarts + 1), "wwwwwwwww") << "not obeyed yet";
	EXPECT_EQ(progress(BGW_ORDER_STOP, kNumber, kStarts), "wwwwwwwdw");
	EXPECT_EQ(progress(BGW_ORDER_START, kNumber, kStarts), "wwwddwwww");
	EXPECT_EQ(progress(BGW_ORDER_START, kNumber, kStarts + 1), "wwwddewde");
	EXPECT_EQ(progress(BGW_ORDER_RESTART, kNumber, kStarts), "wwwwwwwww");
	EXPECT_EQ(progress(BGW_ORDER_RESTART, kNumber, kStarts + 1), "wwwddewde");
	/* Somebody has given another order since. */
	EXPECT_EQ(progress(BGW_ORDER_START, kNumber + 1, kStarts), "wwwddwwdw");
}

TEST(JudgeOrder, NumbersWrapAround)
{
	WorkerStatus status = {};

	status.wk_state = WorkerState::Stopped;
	status.wk_order = 2;
	EXPECT_EQ(JudgeOrder(status, BGW_ORDER_STOP, 0x3FFFFFFF, 0), OrderProgress::Done);
	status.wk_order = 0x3FFFFFFF;
	EXPECT_EQ(JudgeOrder(status, BGW_ORDER_STOP, 0, 0), OrderProgress::Wait);
	EXPECT_EQ(NextOrderNumber(MakeOrder(0x3FFFFFFF, BGW_ORDER_STOP)), 0u);
	EXPECT_EQ(OrderNumber(MakeOrder(5, BGW_ORDER_RESTART)), 5u);
	EXPECT_EQ(OrderOf(MakeOrder(5, BGW_ORDER_RESTART)), static_cast<uint32>(BGW_ORDER_RESTART));
}

} /* namespace */
} /* namespace pg */
