/*
 * xact.cpp
 *		The C API of transactions (access/xact.h): what workers and tcop call.
 *
 * Runs in backends and workers.  Each function is one crossing of the wall; the work is done in
 * block.cpp and transaction.cpp.
 */
#include "access/xact.h"

#include <algorithm>
#include <vector>

#include "miscadmin.h"
#include "transaction.h"
#include "transaction_internals.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/timestamp.h"

namespace pg
{

namespace
{

template <typename Function>
struct Registered
{
	Function function;
	void *arg;

	bool operator==(const Registered &) const = default;
};

/* Called from the last registered to the first. */
std::vector<Registered<XactCallback>> xact_callbacks;
std::vector<Registered<SubXactCallback>> subxact_callbacks;
std::vector<TransactionEndCallback> end_callbacks;
std::vector<SubtransactionEndCallback> subtransaction_end_callbacks;

TimestampTz statement_start = 0;

template <typename Function>
void
forget(std::vector<Registered<Function>> *list, Function function, void *arg)
{
	std::erase(*list, Registered<Function>{function, arg});
}

/*
 * Events after the fact cannot be refused: what a callback raises is reported and the transaction ends
 * as it was decided.
 */
template <typename Body>
void
call(bool may_raise, Body body)
{
	if (may_raise)
	{
		body();
		return;
	}
	try
	{
		body();
	}
	catch (const PgError &error)
	{
		EmitCaught(error);
	}
}

} /* namespace */

/* Copies of the lists, since a callback may take itself off. */
void
CallXactCallbacks(XactEvent event)
{
	if (xact_callbacks.empty())
		return;

	const auto callbacks = xact_callbacks;

	for (auto entry = callbacks.rbegin(); entry != callbacks.rend(); ++entry)
		call(event == XACT_EVENT_PRE_COMMIT, [&] { ToC(entry->function, event, entry->arg); });
}

void
CallSubXactCallbacks(SubXactEvent event, SubTransactionId id, SubTransactionId parent)
{
	if (subxact_callbacks.empty())
		return;

	const bool may_raise =
		event == SUBXACT_EVENT_START_SUB || event == SUBXACT_EVENT_PRE_COMMIT_SUB;
	const auto callbacks = subxact_callbacks;

	for (auto entry = callbacks.rbegin(); entry != callbacks.rend(); ++entry)
		call(may_raise, [&] { ToC(entry->function, event, id, parent, entry->arg); });
}

void
CallEndCallbacks(bool committed) noexcept
{
	for (const TransactionEndCallback callback : end_callbacks)
		callback(committed);
}

void
CallSubtransactionEndCallbacks(bool committed, int level) noexcept
{
	for (const SubtransactionEndCallback callback : subtransaction_end_callbacks)
		callback(committed, level);
}

void
OnTransactionEnd(TransactionEndCallback callback)
{
	end_callbacks.push_back(callback);
}

void
OnSubtransactionEnd(SubtransactionEndCallback callback)
{
	subtransaction_end_callbacks.push_back(callback);
}

namespace
{

void
release_internal_level()
{
	const auto &levels = transaction_state.levels;

	if (levels.empty() || !levels.back().internal)
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR).msg("there is no subtransaction to end"));
	CommitLevels(levels.size() - 1);
}

void
abort_internal_level()
{
	const auto &levels = transaction_state.levels;

	if (levels.empty() || !levels.back().internal)
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR).msg("there is no subtransaction to end"));
	AbortLevels(levels.size() - 1);
}

void
begin_internal_level(const char *name)
{
	if (!IsTransactionState())
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR)
				  .msg("a subtransaction needs a transaction that has not failed"));
	PushLevel(name != nullptr ? name : "", true);
}

[[noreturn]] void
raise_active(const char *format, const char *statement)
{
	Raise(Report(ERROR, ERRCODE_ACTIVE_SQL_TRANSACTION).msg(format, statement));
}

void
prevent_in_block(bool top_level, const char *statement)
{
	PreventInBlock(statement);
	if (!top_level)
		raise_active("%s cannot be executed from a function", statement);
}

void
require_block(bool top_level, const char *statement)
{
	if (IsTransactionBlock() || !top_level)
		return;
	Raise(Report(ERROR, ERRCODE_NO_ACTIVE_SQL_TRANSACTION)
			  .msg("%s can only be used in transaction blocks", statement));
}

} /* namespace */
} /* namespace pg */

using namespace pg;

/*
 * Driving
 */

void
SetCurrentStatementStartTimestamp(void)
{
	statement_start = GetCurrentTimestamp();
}

void
StartTransactionCommand(void)
{
	FromC([] { StartStatement(); });
}

void
CommitTransactionCommand(void)
{
	FromC([] { EndStatement(); });
}

void
AbortCurrentTransaction(void)
{
	FailStatement();
}

void
AbortOutOfAnyTransaction(void)
{
	AbortEverything();
}

void
CommandCounterIncrement(void)
{
	transaction_state.command++;
}

void
BeginImplicitTransactionBlock(void)
{
	FromC([] { pg::BeginImplicitTransactionBlock(); });
}

void
EndImplicitTransactionBlock(void)
{
	FromC([] { pg::EndImplicitTransactionBlock(); });
}

void
BeginInternalSubTransaction(const char *name)
{
	FromC([&] { begin_internal_level(name); });
}

void
ReleaseCurrentSubTransaction(void)
{
	FromC([] { release_internal_level(); });
}

void
RollbackAndReleaseCurrentSubTransaction(void)
{
	FromC([] { abort_internal_level(); });
}

/*
 * Callbacks
 */

void
RegisterXactCallback(XactCallback callback, void *arg)
{
	FromC([&] { xact_callbacks.push_back({callback, arg}); });
}

void
UnregisterXactCallback(XactCallback callback, void *arg)
{
	forget(&xact_callbacks, callback, arg);
}

void
RegisterSubXactCallback(SubXactCallback callback, void *arg)
{
	FromC([&] { subxact_callbacks.push_back({callback, arg}); });
}

void
UnregisterSubXactCallback(SubXactCallback callback, void *arg)
{
	forget(&subxact_callbacks, callback, arg);
}

/*
 * Asking
 */

bool
IsTransactionState(void)
{
	const BlockState block = transaction_state.block;

	return block != BlockState::Idle && block != BlockState::Failed &&
		   block != BlockState::FailedEnding && !transaction_state.aborted;
}

bool
IsAbortedTransactionBlockState(void)
{
	return InFailedBlock();
}

bool
IsSubTransaction(void)
{
	return !transaction_state.levels.empty();
}

bool
IsTransactionBlock(void)
{
	return InAnyBlock() || IsSubTransaction();
}

bool
IsTransactionOrTransactionBlock(void)
{
	return transaction_state.block != BlockState::Idle;
}

char
TransactionBlockStatusCode(void)
{
	return TransactionStatus();
}

int
GetCurrentTransactionNestLevel(void)
{
	return transaction_state.block == BlockState::Idle
			   ? 0
			   : 1 + static_cast<int>(transaction_state.levels.size());
}

TransactionId
GetTopTransactionIdIfAny(void)
{
	return InvalidTransactionId;
}

TransactionId
GetCurrentTransactionIdIfAny(void)
{
	return InvalidTransactionId;
}

SubTransactionId
GetCurrentSubTransactionId(void)
{
	return transaction_state.levels.empty() ? TopSubTransactionId
											: transaction_state.levels.back().id;
}

CommandId
GetCurrentCommandId(bool)
{
	return transaction_state.command;
}

TimestampTz
GetCurrentTransactionStartTimestamp(void)
{
	return transaction_state.start;
}

TimestampTz
GetCurrentStatementStartTimestamp(void)
{
	/* A worker need not have said when its first statement began. */
	if (statement_start == 0)
		statement_start = GetCurrentTimestamp();
	return statement_start;
}

TimestampTz
GetCurrentTransactionStopTimestamp(void)
{
	return transaction_state.stop != 0 ? transaction_state.stop : GetCurrentTimestamp();
}

void
PreventInTransactionBlock(bool isTopLevel, const char *stmtType)
{
	FromC([&] { prevent_in_block(isTopLevel, stmtType); });
}

void
RequireTransactionBlock(bool isTopLevel, const char *stmtType)
{
	FromC([&] { require_block(isTopLevel, stmtType); });
}

void
PreventCommandIfReadOnly(const char *cmdname)
{
	FromC([&] { RefuseIfReadOnly(cmdname); });
}

void
PreventCommandDuringRecovery(const char *cmdname)
{
	FromC([&] { RefuseDuringRecovery(cmdname); });
}
