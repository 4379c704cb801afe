/*
 * postmaster/pmchild_test.cpp
 *		The child table: slots are handed out once, counts follow, a reaped pid is gone.
 *
 * Unit test; starts no process.
 */
#include <gtest/gtest.h>

#include "postmaster/pmchild.h"
#include "storage/lmgr/proc_internals.h"

namespace pg
{
namespace
{

TEST(ChildTable, ClientSlotsRunOutAndComeBack)
{
	ChildTable table;

	table.initialize(2, 1);
	EXPECT_EQ(table.pick_client_slot(), 0);
	table.add({.pid = 11, .kind = ChildKind::Backend, .slot = 0});
	EXPECT_EQ(table.pick_client_slot(), 1);
	table.add({.pid = 12, .kind = ChildKind::Backend, .slot = 1});
	EXPECT_EQ(table.pick_client_slot(), -1);
	EXPECT_EQ(table.free_client_slots(), 0);

	table.remove(*table.find(11));
	EXPECT_EQ(table.find(11), nullptr);
	EXPECT_EQ(table.pick_client_slot(), 0);
	EXPECT_EQ(table.count(kClients), 1);
}

TEST(ChildTable, SlotRangesDoNotOverlap)
{
	ChildTable table;

	table.initialize(100, 8);
	EXPECT_EQ(table.worker_process_slot(0), 100 + kHelperSlots);
	EXPECT_EQ(table.worker_process_slot(7), 107 + kHelperSlots);
	EXPECT_EQ(table.helper_process_slot(ChildKind::Startup), 100);
	EXPECT_EQ(table.helper_process_slot(ChildKind::Checkpointer), 101);
	EXPECT_EQ(table.helper_process_slot(ChildKind::Logger), -1);
}

TEST(ChildTable, CountsAndFacts)
{
	ChildTable table;
	PmFacts facts;

	table.initialize(4, 4);
	table.add({.pid = 1, .kind = ChildKind::Logger});
	table.add({.pid = 2, .kind = ChildKind::Backend, .dead_end = true});
	table.add({.pid = 3, .kind = ChildKind::Startup, .slot = 4});
	table.add({.pid = 4, .kind = ChildKind::BackgroundWorker, .slot = 5, .worker = 1});
	table.fill(facts);
	EXPECT_EQ(facts.clients, 0);
	EXPECT_EQ(facts.dead_ends, 1);
	EXPECT_EQ(facts.workers, 1);
	EXPECT_TRUE(facts.startup);
	EXPECT_FALSE(facts.checkpointer);
	EXPECT_EQ(table.count(kAllButLogger), 3);
	EXPECT_EQ(table.find(ChildKind::Logger)->pid, 1);

	table.remove(*table.find(3));
	EXPECT_FALSE(table.slot_in_use(4));
	EXPECT_EQ(table.find(ChildKind::Startup), nullptr);
}

TEST(ChildTable, PlacesOfDeadEndsAreUsedAgain)
{
	ChildTable table;
	int visited = 0;

	table.initialize(1, 0);
	for (int pid = 1; pid <= 100; pid++)
	{
		table.add({.pid = pid, .kind = ChildKind::Backend, .dead_end = true});
		table.remove(*table.find(pid));
	}
	table.add({.pid = 7, .kind = ChildKind::Backend, .dead_end = true});
	table.for_each(kDeadEnds, [&](PmChild &child) { visited += child.pid; });
	EXPECT_EQ(visited, 7);
}

} /* namespace */
} /* namespace pg */
