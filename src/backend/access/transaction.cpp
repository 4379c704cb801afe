/*
 * transaction.cpp
 *		Beginning and ending transactions and subtransactions, and the engine session they run in.
 *
 * Runs in backends and workers; a worker without a database has transactions without an engine.
 * Only here are the engine's begin, ensure_write, commit and rollback called.
 */
#include "transaction.h"

#include "access/sequence.h"
#include "access/xlog.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "storage/condition_variable.h"
#include "storage/ipc.h"
#include "storage/lmgr/heavy_lock.h"
#include "storage/lwlock.h"
#include "storage/proc.h"
#include "transaction_internals.h"
#include "utils/activity/status.h"
#include "utils/error/report.h"
#include "utils/hsearch.h"
#include "utils/misc/guc_internals.h"
#include "utils/timestamp.h"
#include "utils/wait_event.h"

namespace pg
{

TransactionState transaction_state;

namespace
{

/* Raw on purpose: at exit, statements of other folders may outlive any static object here. */
EngineSession *engine = nullptr;

/* Kept and reset between transactions; TopTransactionContext points to it within one. */
MemoryContext transaction_context = nullptr;

void
abort_at_exit(int, Datum)
{
	AbortOutOfAnyTransaction();
}

SnapshotMode
wanted_mode()
{
	return IsolationUsesXactSnapshot() ? SnapshotMode::PerTransaction : SnapshotMode::PerStatement;
}

/*
 * (Re)begins the engine's transaction in the isolation that holds now.  SET TRANSACTION is refused once
 * a query has run, so what is begun anew has at most looked into catalogs.
 */
void
begin_engine_transaction()
{
	TransactionState &state = transaction_state;

	if (state.engine_isolation >= 0)
		engine->rollback();
	engine->begin(wanted_mode(), false);
	state.engine_isolation = XactIsoLevel;
	for (size_t level = 1; level <= state.levels.size(); level++)
		engine->savepoint(static_cast<int>(level));
}

void
set_up_memory()
{
	if (transaction_context == nullptr)
		transaction_context = AllocSetContextCreateInternal(
			TopMemoryContext, "TopTransactionContext", ALLOCSET_DEFAULT_SIZES);
	TopTransactionContext = CurTransactionContext = transaction_context;
	CurrentMemoryContext = CurTransactionContext;
}

void
set_up_owner()
{
	TopTransactionResourceOwner = ResourceOwnerCreate(nullptr, "TopTransaction");
	CurTransactionResourceOwner = CurrentResourceOwner = TopTransactionResourceOwner;
}

/* Shows other processes that a transaction runs here, by a number of its own. */
void
set_local_number(bool runs) noexcept
{
	static LocalTransactionId last = InvalidLocalTransactionId;

	if (MyProc != nullptr)
		MyProc->lxid = runs ? ++last : InvalidLocalTransactionId;
}

void
release_top_owner(bool commit) noexcept
{
	if (TopTransactionResourceOwner == nullptr)
		return;

	const ResourceOwner owner = TopTransactionResourceOwner;

	TopTransactionResourceOwner = CurTransactionResourceOwner = CurrentResourceOwner = nullptr;
	ReleaseOwner(owner, commit, true);
}

} /* namespace */

/*
 * The engine session
 */

EngineSession *
EngineOrNull() noexcept
{
	return engine;
}

bool
HaveCurrentEngine()
{
	return engine != nullptr;
}

EngineSession &
CurrentEngine()
{
	if (engine == nullptr)
		Raise(Report(ERROR, ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
				  .msg("this process is not connected to a database"));

	const TransactionState &state = transaction_state;

	if (state.block != BlockState::Idle && !state.aborted &&
		state.engine_isolation != XactIsoLevel && !engine->is_writing())
		begin_engine_transaction();
	return *engine;
}

void
SetCurrentEngine(std::unique_ptr<EngineSession> session)
{
	static bool registered = false;

	delete engine;
	engine = session.release();
	if (engine != nullptr && !registered)
	{
		before_shmem_exit(abort_at_exit, 0);
		registered = true;
	}
}

void
RefuseIfReadOnly(const char *command_tag)
{
	if (XactReadOnly)
		Raise(Report(ERROR, ERRCODE_READ_ONLY_SQL_TRANSACTION)
				  .msg("cannot execute %s in a read-only transaction", command_tag));
}

void
RefuseDuringRecovery(const char *command_tag)
{
	if (RecoveryInProgress())
		Raise(Report(ERROR, ERRCODE_READ_ONLY_SQL_TRANSACTION)
				  .msg("cannot execute %s during recovery", command_tag));
}

void
PrepareForWrite(const char *command_tag)
{
	RefuseIfReadOnly(command_tag);
	RefuseDuringRecovery(command_tag);
	NoteQuery();
	CurrentEngine().ensure_write();
}

/*
 * Transactions
 */

BlockAction
AdvanceBlock(BlockEvent event)
{
	const BlockStep step = NextBlockStep(transaction_state.block, event);

	if (step.action == BlockAction::Refuse)
		Raise(Report(ERROR, ERRCODE_INTERNAL_ERROR)
				  .msg("unexpected transaction block state %s",
					   BlockStateName(transaction_state.block)));
	transaction_state.block = step.next;
	return step.action;
}

void
StartTransaction()
{
	TransactionState &state = transaction_state;

	state.aborted = false;
	state.levels.clear();
	state.last_subtransaction = TopSubTransactionId;
	state.command = FirstCommandId;
	state.query_seen = false;
	state.engine_isolation = -1;
	state.stop = 0;
	XactIsoLevel = DefaultXactIsoLevel;
	XactDeferrable = DefaultXactDeferrable;
	XactReadOnly = DefaultXactReadOnly || (engine != nullptr && RecoveryInProgress());
	set_up_memory();
	set_up_owner();
	set_local_number(true);
	state.settings_level = NewSettingsNestLevel();
	GetUserIdAndSecContext(&state.user, &state.security);
	state.start = GetCurrentStatementStartTimestamp();
	StatusReportXact(state.start);
}

/* What remains to be done after commit and abort alike. Leaves no trace of the transaction. */
void
LeaveTransaction() noexcept
{
	TransactionState &state = transaction_state;

	ForgetSnapshots(1);
	state.levels.clear();
	/* A callback at the end may have read catalogs, which began another one. */
	if (engine != nullptr && state.engine_isolation >= 0)
		engine->rollback();
	state.engine_isolation = -1;
	state.aborted = false;
	state.block = BlockState::Idle;
	state.stop = GetCurrentTimestamp();
	CurrentMemoryContext = TopMemoryContext;
	if (TopTransactionContext != nullptr)
		MemoryContextReset(TopTransactionContext);
	TopTransactionContext = CurTransactionContext = nullptr;
	pgstat_clear_snapshot();
	set_local_number(false);
	StatusReportXact(0);
}

void
CommitTransaction()
{
	TransactionState &state = transaction_state;

	CommitLevels(0);
	CallXactCallbacks(XACT_EVENT_PRE_COMMIT);
	WriteOwnSequences();
	if (engine != nullptr && state.engine_isolation >= 0)
		engine->commit();

	/* Committed: from here on nothing may fail. */
	state.engine_isolation = -1;
	CallXactCallbacks(XACT_EVENT_COMMIT);
	CallEndCallbacks(true);
	EndTransactionLocks(true, 1);
	release_top_owner(true);
	AtEOXact_HashTables(true);
	AtEndOfTransactionSettings(true, state.settings_level);
	LeaveTransaction();
}

void
AbortTransaction() noexcept
{
	TransactionState &state = transaction_state;

	if (state.aborted && state.levels.empty())
		return;
	LWLockReleaseAll();
	ConditionVariableCancelSleep();
	pgstat_report_wait_end();
	if (engine != nullptr)
		engine->rollback();
	state.engine_isolation = -1;
	state.aborted = true;
	CallXactCallbacks(XACT_EVENT_ABORT);
	CallEndCallbacks(false);
	EndTransactionLocks(false, 1);
	release_top_owner(false);
	AtEOXact_HashTables(false);
	SetUserIdAndSecContext(state.user, state.security);
	AtEndOfTransactionSettings(false, state.settings_level);
	ForgetSnapshots(1);
	state.levels.clear();
	CurTransactionContext = TopTransactionContext;
	CurrentMemoryContext =
		TopTransactionContext != nullptr ? TopTransactionContext : TopMemoryContext;
	StatusReportXact(0);
}

/*
 * Subtransactions
 */

void
PushLevel(const std::string &name, bool internal)
{
	TransactionState &state = transaction_state;
	const SubTransactionId parent = GetCurrentSubTransactionId();

	if (engine != nullptr)
	{
		EngineSession &session = CurrentEngine();

		if (state.engine_isolation < 0)
			begin_engine_transaction();
		session.savepoint(static_cast<int>(state.levels.size()) + 1);
	}

	SubtransactionLevel level{
		.name = name,
		.internal = internal,
		.id = ++state.last_subtransaction,
		.settings_level = NewSettingsNestLevel(),
		.context = AllocSetContextCreateInternal(CurTransactionContext, "CurTransactionContext",
												 ALLOCSET_SMALL_SIZES),
		.former_context = CurrentMemoryContext,
		.owner = ResourceOwnerCreate(CurTransactionResourceOwner, "SubTransaction"),
		.former_owner = CurrentResourceOwner,
		.was_read_only = XactReadOnly,
		.user = InvalidOid,
		.security = 0,
	};

	GetUserIdAndSecContext(&level.user, &level.security);
	CurTransactionContext = CurrentMemoryContext = level.context;
	CurTransactionResourceOwner = CurrentResourceOwner = level.owner;
	state.levels.push_back(std::move(level));
	CallSubXactCallbacks(SUBXACT_EVENT_START_SUB, state.levels.back().id, parent);
}

namespace
{

/* Takes the top level off the stack; the engine knows already. */
void
pop_level(bool commit) noexcept
{
	TransactionState &state = transaction_state;
	SubtransactionLevel level = std::move(state.levels.back());
	const int nest_level = static_cast<int>(state.levels.size()) + 1;

	state.levels.pop_back();
	CallSubXactCallbacks(commit ? SUBXACT_EVENT_COMMIT_SUB : SUBXACT_EVENT_ABORT_SUB, level.id,
						 GetCurrentSubTransactionId());
	CallSubtransactionEndCallbacks(commit, nest_level);
	EndTransactionLocks(commit, nest_level);
	if (!commit)
		SetUserIdAndSecContext(level.user, level.security);
	AtEndOfTransactionSettings(commit, level.settings_level);
	XactReadOnly = level.was_read_only;
	ForgetSnapshots(nest_level);
	CurTransactionContext =
		state.levels.empty() ? TopTransactionContext : state.levels.back().context;
	CurTransactionResourceOwner =
		state.levels.empty() ? TopTransactionResourceOwner : state.levels.back().owner;
	CurrentResourceOwner = level.internal ? level.former_owner : CurTransactionResourceOwner;
	CurrentMemoryContext = level.internal ? level.former_context : CurTransactionContext;
	ReleaseOwner(level.owner, commit, false);
	/* What a committed subtransaction allocated lives as long as its parent. */
	if (!commit)
		MemoryContextDelete(level.context);
}

} /* namespace */

void
CommitLevels(size_t index)
{
	TransactionState &state = transaction_state;

	for (size_t i = state.levels.size(); i > index; i--)
		CallSubXactCallbacks(SUBXACT_EVENT_PRE_COMMIT_SUB, state.levels[i - 1].id,
							 i >= 2 ? state.levels[i - 2].id : TopSubTransactionId);
	if (engine != nullptr && state.engine_isolation >= 0 && state.levels.size() > index)
		engine->release(static_cast<int>(index) + 1);
	while (state.levels.size() > index)
		pop_level(true);
}

void
AbortLevels(size_t index)
{
	TransactionState &state = transaction_state;

	if (state.levels.size() <= index)
		return;
	LWLockReleaseAll();
	ConditionVariableCancelSleep();
	pgstat_report_wait_end();
	if (engine != nullptr && state.engine_isolation >= 0)
	{
		engine->rollback_to(static_cast<int>(index) + 1);
		engine->release(static_cast<int>(index) + 1);
	}
	while (state.levels.size() > index)
		pop_level(false);
}

} /* namespace pg */
