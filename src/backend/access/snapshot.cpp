/*
 * snapshot.cpp
 *		The stack of active snapshots (utils/snapmgr.h).
 *
 * Runs in backends and workers.  What a statement sees is the engine's business; to modules a snapshot
 * is a token, and the stack is kept so that their errors show as they do in PostgreSQL.
 */
#include "utils/snapmgr.h"

#include <vector>

#include "transaction_internals.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"

/* A token. Its address is all there is to it. */
struct SnapshotData
{
	CommandId command;
};

/* What they hold is never looked at. */
SnapshotData SnapshotSelfData;
SnapshotData SnapshotAnyData;

namespace pg
{

namespace
{

struct ActiveSnapshot
{
	Snapshot snapshot;
	int nest_level;
};

SnapshotData transaction_snapshot;
SnapshotData latest_snapshot;
std::vector<ActiveSnapshot> active;

Snapshot
take_snapshot(SnapshotData *which)
{
	if (!IsTransactionState())
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR)
				  .msg("cannot take a snapshot outside of a transaction"));
	NoteQuery();
	which->command = transaction_state.command;
	return which;
}

void
push(Snapshot snapshot)
{
	active.push_back({snapshot, GetCurrentTransactionNestLevel()});
}

Snapshot
top()
{
	if (active.empty())
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR).msg("no active snapshot"));
	return active.back().snapshot;
}

void
pop()
{
	top();
	active.pop_back();
}

} /* namespace */

void
NoteQuery() noexcept
{
	transaction_state.query_seen = true;
}

void
ForgetSnapshots(int nest_level) noexcept
{
	while (!active.empty() && active.back().nest_level >= nest_level)
		active.pop_back();
}

} /* namespace pg */

using namespace pg;

Snapshot
GetTransactionSnapshot(void)
{
	return FromC([] { return take_snapshot(&transaction_snapshot); });
}

Snapshot
GetLatestSnapshot(void)
{
	return FromC([] { return take_snapshot(&latest_snapshot); });
}

void
PushActiveSnapshot(Snapshot snapshot)
{
	FromC([&] { push(snapshot); });
}

void
PushCopiedSnapshot(Snapshot snapshot)
{
	FromC([&] { push(snapshot); });
}

void
PopActiveSnapshot(void)
{
	FromC([] { pop(); });
}

void
UpdateActiveSnapshotCommandId(void)
{
	FromC([] { top()->command = transaction_state.command; });
}

Snapshot
GetActiveSnapshot(void)
{
	return FromC([] { return top(); });
}

bool
ActiveSnapshotSet(void)
{
	return !active.empty();
}

Snapshot
RegisterSnapshot(Snapshot snapshot)
{
	return snapshot;
}

void
UnregisterSnapshot(Snapshot)
{
}
