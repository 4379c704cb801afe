/*
 * access/transaction.h
 *		Transactions of a session: single statements, blocks, savepoints, the failed state.
 *
 * The C API is access/xact.h (StartTransactionCommand ...), used by workers and by tcop alike.  One
 * engine session per process; its begin, ensure_write, commit and rollback are called only here.
 * Isolation, read only and deferrable come from SET TRANSACTION, BEGIN options and the defaults.
 */
#pragma once

#include <memory>
#include <span>
#include <string>

#include "common/setting_def.h"
#include "engine/engine.h"

namespace pg
{

/* The process's engine session, in the current transaction's isolation; raises 55000 when this process has no database. */
EngineSession &CurrentEngine();
/* Takes the session of a process that has just connected; with null closes it. Outside of transactions. */
void SetCurrentEngine(std::unique_ptr<EngineSession> session);
bool HaveCurrentEngine();

/* 25006 in a read-only transaction, or during recovery. */
void RefuseIfReadOnly(const char *command_tag);
void RefuseDuringRecovery(const char *command_tag);

/* Before the first statement that writes: takes the database's write lock. 25006 as the two above. */
void PrepareForWrite(const char *command_tag);

/* Statements of a session, in PostgreSQL's terms. Each changes the block's state at once; what has to wait for the
 * statement's end happens in CommitTransactionCommand. */
struct TransactionOptions
{
	int isolation = -1; /* XACT_* or -1: the default */
	int read_only = -1; /* 0, 1, or -1 */
	int deferrable = -1;
};
void BeginTransactionBlock(const TransactionOptions &options); /* WARNING 25001 if inside one */
/* Returns false when the block had failed and so rolls back. WARNING 25P01 if outside one. */
bool EndTransactionBlock(bool chain);
void UserAbortTransactionBlock(bool chain);
/* 25P01 outside of a block. */
void DefineSavepoint(const std::string &name);
void ReleaseSavepoint(const std::string &name);	   /* 3B001 */
void RollbackToSavepoint(const std::string &name); /* 3B001; ends the failed state */
void PrepareTransactionOptions(const TransactionOptions &options); /* SET TRANSACTION */

/* A simple query of several statements is one transaction unless it says otherwise. */
void BeginImplicitTransactionBlock();
void EndImplicitTransactionBlock();

/* 'I' idle, 'T' in a block, 'E' in a failed block. */
char TransactionStatus();
/* BEGIN or a savepoint's block failed: all but ROLLBACK and COMMIT get 25P02 (from tcop). */
bool InFailedBlock();
bool InExplicitBlock();
/* Raises 25001 "%s cannot run inside a transaction block". */
void PreventInBlock(const char *command);
/* WARNING-less check for SET LOCAL & co: true in a block, implicit ones included. */
bool InAnyBlock();

int64 TransactionStartTime(); /* now() */
int64 StatementStartTime();	  /* statement_timestamp() */

/* Callbacks of other folders at the end of a transaction; run in order of registration. Must not raise. */
using TransactionEndCallback = void (*)(bool committed);
void OnTransactionEnd(TransactionEndCallback callback);
/* The same at the end of a subtransaction; level is its nest level, 2 for the outermost. */
using SubtransactionEndCallback = void (*)(bool committed, int level);
void OnSubtransactionEnd(SubtransactionEndCallback callback);

extern const SettingSpan kTransactionSettings;

} /* namespace pg */
