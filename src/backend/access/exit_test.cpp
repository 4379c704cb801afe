/*
 * exit_test.cpp
 *		Processes that leave in the middle of a transaction: what they held is free, what they wrote is gone.
 */
#include <gtest/gtest.h>

#include "access/transaction.h"
#include "access/xact.h"
#include "engine/sqlite/engine_test.h"
#include "storage/ipc/testing.h"

namespace pg
{
namespace
{

using testing::SharedMemoryScope;
using testing::StartChild;
using testing::WaitChild;

class ExitTest : public EngineTest
{
};

/* FATAL inside a function of a running statement: the process leaves from the middle of the library. */
TEST_F(ExitTest, ProcessesLeaveWithinAStatement)
{
	run(*open(), "CREATE TABLE b(x, y)");

	SharedMemoryScope memory{kLmgrAreas, kIpcAreas, kEngineAreas};
	const auto write_and = [](const char *sql)
	{
		SetCurrentEngine(SqliteEngine().open(5, false));
		StartTransactionCommand();
		PrepareForWrite("INSERT");
		CurrentEngine().execute(sql);
		CommitTransactionCommand();
		SetCurrentEngine(nullptr);
		return 0;
	};

	EXPECT_EQ(WaitChild(StartChild(
				  0,
				  [&] {
					  return write_and(
						  "INSERT INTO b SELECT value, leave(7) FROM \"pg_catalog.three\"");
				  })),
			  7);
	EXPECT_EQ(WaitChild(StartChild(0, [&] { return write_and("INSERT INTO b VALUES (0, 0)"); })),
			  0);
	EXPECT_EQ(query(*open(), "SELECT count(*) FROM b"), "1");
}

} /* namespace */
} /* namespace pg */
