/*
 * postmaster/worker_queue_test.cpp
 *		The queues of worker slots against a sorted list.
 */
#include <gtest/gtest.h>

#include "postmaster/worker_queue.h"

#include <algorithm>
#include <map>
#include <random>

namespace pg
{
namespace
{

constexpr int kSlots = 300;

TEST(WorkerQueues, ASlotStandsInOneQueue)
{
	WorkerQueues queues;

	queues.reset(2);
	queues.put(0, 1, {.rank = 5});
	queues.put(1, 1, {.rank = 7});
	EXPECT_EQ(queues.first(0), -1);
	EXPECT_EQ(queues.first(1), 1);
	EXPECT_EQ(queues.queue_of(1), 1);
	EXPECT_EQ(queues.key_of(1).rank, 7);
	queues.take_out(1);
	queues.take_out(1);
	EXPECT_EQ(queues.first(1), -1);
	EXPECT_EQ(queues.queue_of(1), -1);
}

TEST(WorkerQueues, GroupsAreFoundAndCounted)
{
	WorkerQueues queues;

	queues.reset(5);
	queues.put(0, 0, {.group = 7, .rank = 2});
	queues.put(0, 1, {.group = 7, .rank = 1});
	queues.put(0, 2, {.group = 9, .rank = 0});
	queues.put(0, 3, {.group = UINT64_MAX});
	EXPECT_EQ(queues.first_of(0, 7), 1);
	EXPECT_EQ(queues.first_of(0, 8), -1);
	EXPECT_EQ(queues.count_of(0, 7), 2);
	EXPECT_EQ(queues.count_of(0, 8), 0);
	EXPECT_EQ(queues.count_of(0, UINT64_MAX), 1);
	EXPECT_EQ(queues.count(0), 4);
}

/* Thousands of changes by chance, compared with a map. */
TEST(WorkerQueues, AgreeWithASortedList)
{
	std::mt19937 chance(1);
	std::map<QueueKey, int> expected[2];
	WorkerQueues queues;

	queues.reset(kSlots);
	for (int round = 0; round < 20000; round++)
	{
		const int slot = static_cast<int>(chance() % kSlots);
		const int queue = static_cast<int>(chance() % 3);
		const QueueKey key = {
			.group = chance() % 5, .rank = static_cast<int>(chance() % 7), .age = slot};

		for (auto &list : expected)
			std::erase_if(list, [&](const auto &item) { return item.second == slot; });
		if (queue == 2)
			queues.take_out(slot);
		else
		{
			queues.put(queue, slot, key);
			expected[queue][key] = slot;
		}
		for (int i = 0; i < 2; i++)
		{
			const uint64_t group = chance() % 6;

			ASSERT_EQ(queues.first(i), expected[i].empty() ? -1 : expected[i].begin()->second);
			ASSERT_EQ(queues.count(i), static_cast<int>(expected[i].size()));
			ASSERT_EQ(queues.count_of(i, group),
					  std::count_if(expected[i].begin(), expected[i].end(),
									[&](const auto &item) { return item.first.group == group; }));
		}
	}
	for (int i = 0; i < 2; i++)
	{
		auto at = expected[i].begin();

		queues.for_each(i, [&](int slot) { EXPECT_EQ(slot, (at++)->second); });
		EXPECT_EQ(at, expected[i].end());
	}
}

} /* namespace */
} /* namespace pg */
