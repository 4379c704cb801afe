/*
 * block.cpp
 *		Transaction blocks and savepoints, as statements and as the C API drive them.
 *
 * Runs in backends and workers.  The states are block_state.h's; what ends a transaction waits for the
 * end of its statement (CommitTransactionCommand).
 */
#include "transaction.h"

#include "access/xact.h"
#include "miscadmin.h"
#include "transaction_internals.h"
#include "utils/error/report.h"
#include "utils/guc.h"
#include "utils/misc/guc_internals.h"

namespace pg
{

namespace
{

/* What AND CHAIN hands on. */
struct ChainedCharacteristics
{
	int isolation;
	bool read_only;
	bool deferrable;
};

ChainedCharacteristics
characteristics()
{
	return {XactIsoLevel, XactReadOnly, XactDeferrable};
}

/* After the end of a transaction: begins the next one of AND CHAIN. */
void
chain_if_asked(const ChainedCharacteristics &kept)
{
	if (!transaction_state.chain)
		return;
	transaction_state.chain = false;
	StartTransaction();
	XactIsoLevel = kept.isolation;
	XactReadOnly = kept.read_only;
	XactDeferrable = kept.deferrable;
	transaction_state.block = BlockState::InBlock;
}

void
warn_inside()
{
	Report(WARNING, ERRCODE_ACTIVE_SQL_TRANSACTION)
		.msg("there is already a transaction in progress")
		.emit();
}

/* COMMIT or ROLLBACK without a block: a warning, but AND CHAIN is an error. */
void
warn_outside(const char *command, bool chain)
{
	if (chain)
		Raise(Report(ERROR, ERRCODE_NO_ACTIVE_SQL_TRANSACTION)
				  .msg("%s can only be used in transaction blocks", command));
	Report(WARNING, ERRCODE_NO_ACTIVE_SQL_TRANSACTION)
		.msg("there is no transaction in progress")
		.emit();
}

/* Would this command only warn here? Asked before the state moves, since the warning may be an error. */
void
check_outside(BlockEvent event, const char *command, bool chain)
{
	if (NextBlockStep(transaction_state.block, event).action == BlockAction::WarnOutside)
		warn_outside(command, chain);
}

/*
 * A statement of a block failed.  Within a savepoint only what came after it is undone, and ROLLBACK
 * TO can go on from there; in any case the block waits for the user.
 */
void
abort_and_stay() noexcept
{
	TransactionState &state = transaction_state;

	try
	{
		while (!state.levels.empty() && state.levels.back().internal)
			AbortLevels(state.levels.size() - 1);
		if (!state.levels.empty())
		{
			if (EngineSession *const engine = EngineOrNull(); engine && state.engine_isolation >= 0)
				engine->rollback_to(static_cast<int>(state.levels.size()));
			ForgetSnapshots(1);
			CurrentMemoryContext = CurTransactionContext;
			state.aborted = true;
			return;
		}
	}
	catch (const PgError &)
	{
		/* The engine has given the whole transaction up; so do we. */
	}
	AbortTransaction();
}

void
require_explicit_block(const char *command)
{
	if (!InExplicitBlock())
		Raise(Report(ERROR, ERRCODE_NO_ACTIVE_SQL_TRANSACTION)
				  .msg("%s can only be used in transaction blocks", command));
}

/* Index of the innermost savepoint of that name; raises 3B001. */
size_t
find_savepoint(const std::string &name)
{
	const auto &levels = transaction_state.levels;

	for (size_t i = levels.size(); i > 0 && !levels[i - 1].internal; i--)
		if (levels[i - 1].name == name)
			return i - 1;
	Raise(Report(ERROR, ERRCODE_S_E_INVALID_SPECIFICATION)
			  .msg("savepoint \"%s\" does not exist", name.c_str()));
}

} /* namespace */

/*
 * The frame of every statement
 */

void
StartStatement()
{
	if (AdvanceBlock(BlockEvent::StatementStart) == BlockAction::Start)
	{
		try
		{
			StartTransaction();
		}
		catch (...)
		{
			transaction_state.block = BlockState::Idle;
			throw;
		}
	}
	else
		CurrentMemoryContext = CurTransactionContext;
}

void
EndStatement()
{
	TransactionState &state = transaction_state;
	const BlockStep step = NextBlockStep(state.block, BlockEvent::StatementEnd);
	const ChainedCharacteristics kept = characteristics();

	/* The state moves when the work is done: what a failing commit raises is handled from the old one. */
	switch (step.action)
	{
		case BlockAction::NextCommand: CommandCounterIncrement(); break;
		case BlockAction::CommitAll: CommitTransaction(); break;
		case BlockAction::AbortAll:
		case BlockAction::CleanUp:
			AbortTransaction();
			LeaveTransaction();
			break;
		default: break;
	}
	state.block = step.next;
	if (state.block == BlockState::Idle)
		chain_if_asked(kept);
}

void
FailStatement() noexcept
{
	TransactionState &state = transaction_state;
	const BlockStep step = NextBlockStep(state.block, BlockEvent::StatementError);

	state.chain = false;
	switch (step.action)
	{
		case BlockAction::AbortStay: abort_and_stay(); break;
		case BlockAction::AbortAll:
		case BlockAction::CleanUp:
			AbortTransaction();
			LeaveTransaction();
			break;
		default: break;
	}
	state.block = step.next;
}

void
AbortEverything() noexcept
{
	if (transaction_state.block == BlockState::Idle)
		return;
	transaction_state.chain = false;
	AbortTransaction();
	LeaveTransaction();
}

/*
 * BEGIN, COMMIT, ROLLBACK
 */

void
BeginTransactionBlock(const TransactionOptions &options)
{
	if (AdvanceBlock(BlockEvent::Begin) == BlockAction::WarnInside)
		warn_inside();
	PrepareTransactionOptions(options);
}

bool
EndTransactionBlock(bool chain)
{
	const bool failed = InFailedBlock();

	check_outside(BlockEvent::Commit, "COMMIT AND CHAIN", chain);
	AdvanceBlock(BlockEvent::Commit);
	transaction_state.chain = chain;
	return !failed;
}

void
UserAbortTransactionBlock(bool chain)
{
	check_outside(BlockEvent::Rollback, "ROLLBACK AND CHAIN", chain);
	AdvanceBlock(BlockEvent::Rollback);
	transaction_state.chain = chain;
}

void
BeginImplicitTransactionBlock()
{
	AdvanceBlock(BlockEvent::ImplicitBegin);
}

void
EndImplicitTransactionBlock()
{
	AdvanceBlock(BlockEvent::ImplicitEnd);
}

void
PrepareTransactionOptions(const TransactionOptions &options)
{
	constexpr const char *kIsolationNames[] = {"read uncommitted", "read committed",
											   "repeatable read", "serializable"};
	const auto set = [](const char *name, const char *value)
	{ SetSetting(name, value, PGC_USERSET, PGC_S_SESSION, true); };

	if (options.isolation >= 0)
		set("transaction_isolation", kIsolationNames[options.isolation]);
	if (options.read_only >= 0)
		set("transaction_read_only", options.read_only != 0 ? "on" : "off");
	if (options.deferrable >= 0)
		set("transaction_deferrable", options.deferrable != 0 ? "on" : "off");
}

/*
 * Savepoints
 */

void
DefineSavepoint(const std::string &name)
{
	require_explicit_block("SAVEPOINT");
	PushLevel(name, false);
}

void
ReleaseSavepoint(const std::string &name)
{
	require_explicit_block("RELEASE SAVEPOINT");
	CommitLevels(find_savepoint(name));
}

/* The savepoint stays, as new: what came after it is gone. */
void
RollbackToSavepoint(const std::string &name)
{
	require_explicit_block("ROLLBACK TO SAVEPOINT");

	const size_t index = find_savepoint(name);
	const std::string kept = transaction_state.levels[index].name;

	AbortLevels(index);
	transaction_state.aborted = false;
	AdvanceBlock(BlockEvent::RollbackTo);
	PushLevel(kept, false);
}

/*
 * Asking
 */

char
TransactionStatus()
{
	switch (transaction_state.block)
	{
		case BlockState::Idle:
		case BlockState::Single: return 'I';
		case BlockState::Failed:
		case BlockState::FailedEnding:
		case BlockState::RollingBack: return 'E';
		default: return 'T';
	}
}

bool
InFailedBlock()
{
	return transaction_state.block == BlockState::Failed;
}

bool
InExplicitBlock()
{
	const BlockState block = transaction_state.block;

	return block != BlockState::Idle && block != BlockState::Single &&
		   block != BlockState::Implicit;
}

bool
InAnyBlock()
{
	return InExplicitBlock() || transaction_state.block == BlockState::Implicit;
}

void
PreventInBlock(const char *command)
{
	if (IsTransactionBlock())
		Raise(Report(ERROR, ERRCODE_ACTIVE_SQL_TRANSACTION)
				  .msg("%s cannot run inside a transaction block", command));
}

int64
TransactionStartTime()
{
	return transaction_state.start;
}

int64
StatementStartTime()
{
	return GetCurrentStatementStartTimestamp();
}

} /* namespace pg */
