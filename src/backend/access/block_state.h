/*
 * block_state.h
 *		The states of a transaction block, and what each event does to them: a pure table.
 *
 * Savepoints and subtransactions are a stack beside it (transaction_internals.h); no event below
 * depends on them.
 *
 *		Idle -> Single				a statement begins
 *		Single -> Idle				it ends (commit) or fails (abort)
 *		Single -> Implicit -> Single	several statements in one query
 *		Single, Implicit -> Starting -> InBlock		BEGIN, end of its statement
 *		InBlock -> Ending -> Idle		COMMIT, end of its statement
 *		InBlock -> RollingBack -> Idle	ROLLBACK, end of its statement
 *		InBlock -> Failed				a statement fails
 *		Failed -> FailedEnding -> Idle	COMMIT or ROLLBACK
 *		Failed -> InBlock				ROLLBACK TO a savepoint
 * With AND CHAIN, what would become Idle becomes InBlock of a new transaction.
 */
#pragma once

#include <cstdint>

namespace pg
{

enum class BlockState : uint8_t
{
	Idle,	  /* no transaction */
	Single,	  /* one statement's own transaction */
	Implicit, /* statements of one query */
	Starting, /* BEGIN was run; its statement is not over yet */
	InBlock,
	Ending,		  /* COMMIT was run; its statement is not over yet */
	RollingBack,  /* ROLLBACK was run, likewise */
	Failed,		  /* rolled back; waits for COMMIT or ROLLBACK */
	FailedEnding, /* has got it; its statement is not over yet */
	Count
};

enum class BlockEvent : uint8_t
{
	StatementStart, /* StartTransactionCommand */
	StatementEnd,	/* CommitTransactionCommand */
	StatementError, /* AbortCurrentTransaction */
	Begin,
	Commit,
	Rollback,
	RollbackTo, /* to a savepoint that exists */
	ImplicitBegin,
	ImplicitEnd,
	Count
};

/* What to do on the way. */
enum class BlockAction : uint8_t
{
	Nothing,
	Start,		 /* begin a transaction */
	NextCommand, /* make the statement's effects visible to the next */
	CommitAll,	 /* commit, leave */
	AbortAll,	 /* roll back, leave */
	AbortStay,	 /* roll back what the current (sub)transaction did, stay in the block */
	CleanUp,	 /* leave; it was rolled back before */
	WarnInside,	 /* 25001: there is already a transaction in progress */
	WarnOutside, /* 25P01: there is no transaction in progress; AND CHAIN is an error */
	Refuse		 /* a bug of the caller: XX000 */
};

struct BlockStep
{
	BlockState next;
	BlockAction action;
};

BlockStep NextBlockStep(BlockState state, BlockEvent event);

/* For messages about bugs. */
const char *BlockStateName(BlockState state);

} /* namespace pg */
