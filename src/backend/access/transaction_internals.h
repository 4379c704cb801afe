/*
 * transaction_internals.h
 *		The state of this process's transaction, shared by the files of access/.
 *
 * For access/ alone.  One process has one.
 */
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "postgres.h"

#include "access/xact.h"
#include "block_state.h"
#include "engine/engine.h"
#include "utils/memutils.h"
#include "utils/resowner.h"

namespace pg
{

/* A savepoint, or a subtransaction begun by code. */
struct SubtransactionLevel
{
	std::string name;
	bool internal;
	SubTransactionId id;
	int settings_level;
	MemoryContext context;		  /* its CurTransactionContext */
	MemoryContext former_context; /* CurrentMemoryContext when an internal one began */
	ResourceOwner owner;
	ResourceOwner former_owner;
	bool was_read_only;
	Oid user; /* who acted when it began, and with what SECURITY_ bits */
	int security;
};

struct TransactionState
{
	BlockState block = BlockState::Idle;
	bool chain = false;	  /* AND CHAIN was given */
	bool aborted = false; /* rolled back at the engine, block not left yet */
	std::vector<SubtransactionLevel> levels;
	int settings_level = 0;
	SubTransactionId last_subtransaction = TopSubTransactionId;
	CommandId command = 0;
	bool query_seen = false;   /* a snapshot was taken: isolation is fixed */
	int engine_isolation = -1; /* what the engine's transaction was begun with */
	TimestampTz start = 0, stop = 0;
	Oid user = InvalidOid; /* as in SubtransactionLevel */
	int security = 0;
};
extern TransactionState transaction_state;

/* Moves the block on by one event; does nothing else. Raises XX000 when the event cannot happen here. */
BlockAction AdvanceBlock(BlockEvent event);

/* The steps of transaction.cpp, for block.cpp and xact.cpp. */
void StartTransaction();
void CommitTransaction();
void AbortTransaction() noexcept;
void LeaveTransaction() noexcept;

/* The frame of every statement (block.cpp): the bodies of the C API's Start-, Commit- and Abort- functions. */
void StartStatement();
void EndStatement();
void FailStatement() noexcept;
/* Gives everything up, whatever the state. */
void AbortEverything() noexcept;

/* A new level on the stack; the engine is told. */
void PushLevel(const std::string &name, bool internal);
/* Ends levels from the top down to `index` (0-based), which is the last one to go. */
void CommitLevels(size_t index);
/* Raises 40000 when the engine has lost the whole transaction. */
void AbortLevels(size_t index);

/* Snapshots (snapshot.cpp): forget those of this level and above. */
void ForgetSnapshots(int nest_level) noexcept;
/* A query is about to run: isolation and mode are fixed from now on. */
void NoteQuery() noexcept;

/* Callbacks (xact.cpp). The PRE events may raise. */
void CallXactCallbacks(XactEvent event);
void CallSubXactCallbacks(SubXactEvent event, SubTransactionId id, SubTransactionId parent);
void CallEndCallbacks(bool committed) noexcept;
void CallSubtransactionEndCallbacks(bool committed, int level) noexcept;

/* Releases all of an owner, and frees it (resowner.cpp). */
void ReleaseOwner(ResourceOwner owner, bool commit, bool top_level) noexcept;

/* The session, or null. */
EngineSession *EngineOrNull() noexcept;

} /* namespace pg */
