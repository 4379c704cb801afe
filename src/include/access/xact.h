/*
 * xact.h
 *		Transactions, as a worker drives them.
 *
 * Processes with a database connection. The frame of every unit of a worker's work:
 *
 *		SetCurrentStatementStartTimestamp();
 *		StartTransactionCommand();
 *		SPI_connect();
 *		PushActiveSnapshot(GetTransactionSnapshot());
 *		... SPI_execute ...
 *		SPI_finish();
 *		PopActiveSnapshot();
 *		CommitTransactionCommand();
 *
 * An ERROR that nobody catches ends the worker; one that is caught must be followed by AbortCurrentTransaction.
 */
#ifndef XACT_H
#define XACT_H

#include "postgres.h"

#include "access/transam.h"
#include "access/xlogdefs.h"
#include "access/xlogreader.h"
#include "datatype/timestamp.h"
#include "lib/stringinfo.h"
#include "nodes/pg_list.h"

PG_BEGIN_EXTERN_C

#define GIDSIZE 200

#define XACT_READ_UNCOMMITTED 0
#define XACT_READ_COMMITTED 1
#define XACT_REPEATABLE_READ 2
#define XACT_SERIALIZABLE 3

/* A transaction whose end a system scan is to notice: none, no number means one. */
extern PGDLLIMPORT TransactionId CheckXidAlive;
extern PGDLLIMPORT bool bsysscan;

/* Settings default_transaction_isolation and so on, and their values in the current transaction. */
extern PGDLLIMPORT int DefaultXactIsoLevel;
extern PGDLLIMPORT int XactIsoLevel;
extern PGDLLIMPORT bool DefaultXactReadOnly;
extern PGDLLIMPORT bool XactReadOnly;
extern PGDLLIMPORT bool DefaultXactDeferrable;
extern PGDLLIMPORT bool XactDeferrable;

#define IsolationUsesXactSnapshot() (XactIsoLevel >= XACT_REPEATABLE_READ)
#define IsolationIsSerializable() (XactIsoLevel == XACT_SERIALIZABLE)

typedef enum
{
	SYNCHRONOUS_COMMIT_OFF,
	SYNCHRONOUS_COMMIT_LOCAL_FLUSH,
	SYNCHRONOUS_COMMIT_REMOTE_WRITE,
	SYNCHRONOUS_COMMIT_REMOTE_FLUSH,
	SYNCHRONOUS_COMMIT_REMOTE_APPLY
} SyncCommitLevel;

#define SYNCHRONOUS_COMMIT_ON SYNCHRONOUS_COMMIT_REMOTE_FLUSH
extern PGDLLIMPORT int synchronous_commit; /* a SyncCommitLevel */

/*
 * Callbacks at the end of transactions and subtransactions. Those of the PRE_ events may raise, which aborts; the others
 * must not. Registered for the life of the process; last registered is called first.
 */
typedef enum
{
	XACT_EVENT_COMMIT,
	XACT_EVENT_PARALLEL_COMMIT,
	XACT_EVENT_ABORT,
	XACT_EVENT_PARALLEL_ABORT,
	XACT_EVENT_PREPARE,
	XACT_EVENT_PRE_COMMIT,
	XACT_EVENT_PARALLEL_PRE_COMMIT,
	XACT_EVENT_PRE_PREPARE
} XactEvent;

typedef void (*XactCallback)(XactEvent event, void *arg);

typedef enum
{
	SUBXACT_EVENT_START_SUB,
	SUBXACT_EVENT_COMMIT_SUB,
	SUBXACT_EVENT_ABORT_SUB,
	SUBXACT_EVENT_PRE_COMMIT_SUB
} SubXactEvent;

typedef void (*SubXactCallback)(SubXactEvent event, SubTransactionId mySubid,
								SubTransactionId parentSubid, void *arg);

extern void RegisterXactCallback(XactCallback callback, void *arg);
extern void UnregisterXactCallback(XactCallback callback, void *arg);
extern void RegisterSubXactCallback(SubXactCallback callback, void *arg);
extern void UnregisterSubXactCallback(SubXactCallback callback, void *arg);

/*
 * Driving
 */

/* Takes the time that query_start, xact_start and now() will show. Once before each statement. */
extern void SetCurrentStatementStartTimestamp(void);
/* Begins a transaction, or a statement of the one that is open. Sets CurrentMemoryContext. */
extern void StartTransactionCommand(void);
/* Commits it, or ends the statement of an open block. Raises what committing raises; notifications go out. */
extern void CommitTransactionCommand(void);
/* Rolls back after a caught error; a no-op when no transaction is open. */
extern void AbortCurrentTransaction(void);
/* Rolls everything back, blocks and subtransactions included; at the end of a process. */
extern void AbortOutOfAnyTransaction(void);
/* Makes the effects of the statements so far visible to the next. */
extern void CommandCounterIncrement(void);

/* A subtransaction around code that may fail; name may be NULL. End it with one of the other two, the last when an error
 * was caught. */
/* One block around the statements of one query string, which ends with it. */
extern void BeginImplicitTransactionBlock(void);
extern void EndImplicitTransactionBlock(void);
extern void BeginInternalSubTransaction(const char *name);
extern void ReleaseCurrentSubTransaction(void);
extern void RollbackAndReleaseCurrentSubTransaction(void);

/*
 * Asking
 */
extern bool IsTransactionState(void); /* a transaction is open and has not failed */
extern bool IsAbortedTransactionBlockState(void);
extern bool IsSubTransaction(void);
extern bool IsTransactionBlock(void); /* BEGIN was given, or a subtransaction is open */
extern bool IsTransactionOrTransactionBlock(void);
/* 'I' outside, 'T' within, 'E' within a failed transaction block. */
extern char TransactionBlockStatusCode(void);
extern int GetCurrentTransactionNestLevel(void); /* 0 outside, 1 at the top level */
/* Transactions have no numbers: always InvalidTransactionId, as in PostgreSQL before a first write. Those that would assign
 * one raise ERROR 0A000. */
extern TransactionId GetTopTransactionIdIfAny(void);
extern TransactionId GetCurrentTransactionIdIfAny(void);
extern TransactionId GetTopTransactionId(void);
extern TransactionId GetCurrentTransactionId(void);

extern SubTransactionId GetCurrentSubTransactionId(void);
/* Number of the statement within the transaction. */
extern CommandId GetCurrentCommandId(bool used);
extern TimestampTz GetCurrentTransactionStartTimestamp(void);
extern TimestampTz GetCurrentStatementStartTimestamp(void);
extern TimestampTz GetCurrentTransactionStopTimestamp(void);

/* Refuses a statement within a transaction block (ERROR 25001), or outside of one (ERROR 25P01). isTopLevel: it came from
 * the client itself. */
extern void PreventInTransactionBlock(bool isTopLevel, const char *stmtType);
extern void RequireTransactionBlock(bool isTopLevel, const char *stmtType);

PG_END_EXTERN_C

#endif /* XACT_H */
