/*
 * checkpoint.cpp
 *		Checkpoints: the contents of the write-ahead logs go into the database files.
 *
 * Runs in the checkpointer, and in the startup process after recovery; never in a backend, which can
 * only ask for one.  A checkpoint never makes a session wait but for the moment in which an oversized
 * WAL starts over.  Order of syncs (SQLite at synchronous = NORMAL): WAL, then the copying, then the
 * database file, then the WAL may start over.
 */
#include "checkpoint.h"

#include <algorithm>
#include <climits>

#include "commit.h"
#include "errors.h"
#include "files.h"
#include "handles.h"
#include "miscadmin.h"
#include "settings.h"
#include "storage/ipc/interrupts.h"
#include "storage/latch.h"
#include "storage/lmgr/proc_internals.h"
#include "utils/error/report.h"
#include "utils/timestamp.h"
#include "utils/wait_event.h"

namespace pg::sqlite
{

namespace
{

/* How long the end of a checkpoint may hold up writers while it waits for readers to leave the WAL. */
constexpr int kRestartPatienceMs = 50;

TimestampTz last_checkpoint = 0;

} /* namespace */

void
CheckpointFile(const std::string &path, bool truncate)
{
	if (!HasLog(path))
		return;

	const Handle connection = OpenFile(path);
	int frames = 0, moved = 0;

	SetSynchronous(connection.get(), "main");

	int code = sqlite3_wal_checkpoint_v2(connection.get(), "main", SQLITE_CHECKPOINT_PASSIVE,
										 &frames, &moved);

	if (code == SQLITE_OK && (truncate || static_cast<uint32>(frames) >= WalFrameLimit()))
	{
		sqlite3_busy_timeout(connection.get(), kRestartPatienceMs);
		code = sqlite3_wal_checkpoint_v2(
			connection.get(), "main",
			truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_RESTART, &frames, &moved);
	}
	if (code != SQLITE_OK && (code & 0xFF) != SQLITE_BUSY)
		RaiseError(connection.get(), code);
}

void
CheckpointAll(bool at_shutdown)
{
	const TimestampTz start = GetCurrentTimestamp();

	if (log_checkpoints && at_shutdown)
		Report(LOG).msg("checkpoint starting: shutdown immediate").emit();
	last_checkpoint = start;
	CheckpointFile(DatabasePath(0), at_shutdown);
	for (const Oid oid : DatabasesOnDisk())
		CheckpointFile(DatabasePath(oid), at_shutdown);
	if (log_checkpoints)
		Report(LOG)
			.msg("checkpoint complete: total=%.3f s",
				 static_cast<double>(GetCurrentTimestamp() - start) / 1000000)
			.emit();
}

namespace
{

bool
checkpoint_is_due(const CheckpointRequests &requests, TimestampTz now)
{
	return requests.cr_requested.load() > requests.cr_started.load() ||
		   TimestampDifferenceExceeds(last_checkpoint, now, checkpoint_timeout_s * 1000);
}

/* Counts of cr_requested up to the value read before the work began are served by it. */
void
serve_requests(CheckpointRequests *requests)
{
	const uint64 served = requests->cr_requested.load();

	requests->cr_started.store(served);
	try
	{
		CheckpointAll(false);
	}
	catch (...)
	{
		requests->cr_failed.fetch_add(1);
		requests->cr_done.store(served);
		throw;
	}
	requests->cr_done.store(served);
}

} /* namespace */

namespace
{

/* What synchronous_commit = off left waits at most wal_writer_delay. Returns in how many milliseconds to look again. */
long
sync_leftovers(TimestampTz now)
{
	static TimestampTz waiting_since = 0;

	if (!SomethingToSync())
	{
		waiting_since = 0;
		return LONG_MAX;
	}
	if (waiting_since == 0)
		waiting_since = now;
	if (TimestampDifferenceExceeds(waiting_since, now, wal_writer_delay_ms))
	{
		SyncAllCommits();
		waiting_since = 0;
	}
	return wal_writer_delay_ms;
}

} /* namespace */

long
CheckpointerRound()
{
	CheckpointRequests &requests = Requests();
	const TimestampTz now = GetCurrentTimestamp();

	if (last_checkpoint == 0)
		last_checkpoint = now;
	if (checkpoint_is_due(requests, now))
		serve_requests(&requests);

	const long next_sync = sync_leftovers(now);
	const long next_checkpoint = TimestampDifferenceMilliseconds(
		GetCurrentTimestamp(), last_checkpoint + checkpoint_timeout_s * int64{1000000});

	return std::min(next_sync, next_checkpoint);
}

void
RequestCheckpoint(bool wait)
{
	CheckpointRequests &requests = Requests();
	const uint64 failed = requests.cr_failed.load();
	const uint64 number = requests.cr_requested.fetch_add(1) + 1;

	if (MyProcSlot() < 0)
	{
		serve_requests(&requests);
		return;
	}
	WakeCheckpointer();
	while (wait && requests.cr_done.load() < number)
	{
		WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH, 10,
				  WAIT_EVENT_CHECKPOINT_DONE);
		ResetLatch(MyLatch);
		CheckForInterrupts();
	}
	if (wait && requests.cr_failed.load() != failed)
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR)
				  .msg("checkpoint request failed")
				  .hint("Consult recent messages in the server log for details."));
}

} /* namespace pg::sqlite */
