/*
 * worker_status_test.cpp
 *		What is published of workers is what is read; the history outlives shared memory.
 */
#include <gtest/gtest.h>

#include "postgres.h"

#include <string>

#include "miscadmin.h"
#include "storage/ipc/testing.h"
#include "storage/lmgr/proc_internals.h"
#include "utils/activity/status.h"
#include "utils/activity/worker_status.h"
#include "utils/error/error_observer.h"

using namespace pg;
using pg::testing::SharedMemoryScope;

namespace
{

WorkerStatus
status_of(uint64 id, const char *name)
{
	WorkerStatus status{};

	status.wk_id = id;
	strlcpy(status.wk_name, name, sizeof(status.wk_name));
	return status;
}

TEST(WorkerStatus, RowsAreInTheOrderOfTheirIds)
{
	SharedMemoryScope memory{kLmgrAreas, kIpcAreas, kActivityAreas};
	std::vector<WorkerRow> rows;

	PublishWorker(0, status_of(7, "seven"));
	PublishWorker(5, status_of(3, "three"));
	PublishWorker(2, status_of(9, "nine"));
	WithdrawWorker(2);
	PublishWorker(-1, status_of(1, "nobody"));
	PublishWorker(WorkerSlotCapacity(), status_of(1, "nobody"));
	SnapshotWorkers(rows);
	ASSERT_EQ(rows.size(), 2u);
	EXPECT_STREQ(rows[0].status.wk_name, "three");
	EXPECT_STREQ(rows[1].status.wk_name, "seven");
}

TEST(WorkerStatus, TextsWithoutAnEndAreCut)
{
	SharedMemoryScope memory{kLmgrAreas, kIpcAreas, kActivityAreas};
	WorkerStatus status = status_of(1, "x");
	std::vector<WorkerRow> rows;

	memset(status.wk_name, 'n', sizeof(status.wk_name));
	memset(status.wk_library, 'l', sizeof(status.wk_library));
	memset(status.wk_reason, 'r', sizeof(status.wk_reason));
	PublishWorker(0, status);
	SnapshotWorkers(rows);
	ASSERT_EQ(rows.size(), 1u);
	EXPECT_EQ(strlen(rows[0].status.wk_name), sizeof(status.wk_name) - 1);
	EXPECT_EQ(strlen(rows[0].status.wk_library), sizeof(status.wk_library) - 1);
	EXPECT_EQ(strlen(rows[0].status.wk_reason), sizeof(status.wk_reason) - 1);
}

void
record_event_of(uint64 worker)
{
	WorkerEvent event{};

	event.wv_worker = worker;
	RecordWorkerEvent(event);
}

WorkerTotals
totals_of(uint64 transactions, uint64 statements)
{
	WorkerTotals totals{};

	totals.transactions = transactions;
	totals.statements = statements;
	return totals;
}

TEST(WorkerStatus, AnAccountCountsAndKeepsTheLastError)
{
	SharedMemoryScope memory{kLmgrAreas, kIpcAreas, kActivityAreas};
	std::string message = std::string(kWorkerErrorLength - 2, 'm') + "\u00e4\u00e4";

	FillWorkerAccount(3, totals_of(10, 20));
	CountWorkerTransaction(true); /* nobody's */
	JoinWorkerAccount(3);
	CountWorkerTransaction(true);
	CountWorkerTransaction(false);
	{
		WorkerStatementTimer timer;

		timer.add_rows(5);
	}
	NoteWorkerDatabase(5, 10);
	error_observer(Report(ERROR, ERRCODE_DIVISION_BY_ZERO).msg("%s", message.c_str()));
	LeaveWorkerAccount();
	CountWorkerTransaction(true);

	WorkerTotals totals = ReadWorkerAccount(3);

	EXPECT_EQ(totals.transactions, 12u);
	EXPECT_EQ(totals.statements, 21u);
	EXPECT_EQ(totals.rows, 5u);
	EXPECT_EQ(totals.database, 5u);
	EXPECT_EQ(totals.role, 10u);
	EXPECT_EQ(totals.error.we_pid, MyProcPid);
	EXPECT_EQ(totals.error.we_sqlstate, ERRCODE_DIVISION_BY_ZERO);
	EXPECT_EQ(totals.error.we_message, message.substr(0, kWorkerErrorLength - 2))
		<< "no half of a character";
}

TEST(WorkerStatus, AnErrorCutOffByDeathIsNone)
{
	SharedMemoryScope memory{kLmgrAreas, kIpcAreas, kActivityAreas};

	FillWorkerAccount(0, totals_of(1, 0));
	JoinWorkerAccount(0);
	my_worker_account->wa_error.st_changes = 1;
	my_worker_account->wa_error.st_data.we_pid = 4711;
	LeaveWorkerAccount();
	EXPECT_EQ(ReadWorkerAccount(0).error.we_pid, 0);
	EXPECT_EQ(ReadWorkerAccount(0).transactions, 1u);
}

TEST(WorkerStatus, TheHistoryOutlivesSharedMemory)
{
	std::vector<WorkerEvent> events;
	uint64 last = 0;

	{
		SharedMemoryScope memory{kLmgrAreas, kIpcAreas, kActivityAreas};

		for (int i = 0; i < 300; i++)
			record_event_of(static_cast<uint64>(i));
		SnapshotWorkerEvents(events);
		ASSERT_EQ(events.size(), 256u);
		EXPECT_EQ(events.front().wv_worker, 44u);
		EXPECT_EQ(events.back().wv_worker, 299u);
		last = events.back().wv_number;
	}

	SharedMemoryScope memory{kLmgrAreas, kIpcAreas, kActivityAreas};

	SnapshotWorkerEvents(events);
	ASSERT_EQ(events.size(), 256u);
	EXPECT_EQ(events.front().wv_worker, 44u);
	EXPECT_EQ(events.back().wv_number, last);
	record_event_of(1000);
	SnapshotWorkerEvents(events);
	EXPECT_EQ(events.size(), 256u);
	EXPECT_EQ(events.front().wv_worker, 45u);
	EXPECT_EQ(events.back().wv_number, last + 1);
}

TEST(WorkerStatus, UseOfAProcess)
{
	ProcessUse use{};

	ASSERT_TRUE(ReadProcessUse(MyProcPid, &use));
	EXPECT_GT(use.resident_bytes, 100000);
	EXPECT_GE(use.cpu_milliseconds, 0);
	EXPECT_FALSE(ReadProcessUse(0x7ffffff0, &use));
}

TEST(WorkerStatus, EveryStateHasItsName)
{
	EXPECT_STREQ(WorkerStateName(WorkerState::WaitingForPhase), "waiting_for_phase");
	EXPECT_STREQ(WorkerStateName(WorkerState::BackingOff), "backing_off");
	EXPECT_STREQ(WorkerStateName(WorkerState::Failed), "failed");
	EXPECT_STREQ(WorkerStateName(WorkerState::Count), "unknown");
}

} // namespace
