/*
 * capi_xact.c
 *		Transactions: asked about within a statement, driven by a worker, and callbacks at their ends.
 */
#include "capi.h"

#include "access/parallel.h"
#include "access/xact.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "postmaster/bgworker.h"
#include "storage/dsm.h"
#include "utils/guc.h"
#include "utils/timestamp.h"

CAPI_TEST(test_asking_for_the_transaction)
{
	const TimestampTz now = GetCurrentTimestamp();
	const CommandId command = GetCurrentCommandId(true);

	CHECK(IsTransactionState() && IsTransactionOrTransactionBlock() && !IsTransactionBlock());
	CHECK(!IsSubTransaction() && !IsAbortedTransactionBlockState());
	CHECK(GetCurrentTransactionNestLevel() == 1);
	CHECK(GetCurrentSubTransactionId() == TopSubTransactionId);
	CommandCounterIncrement();
	CHECK(GetCurrentCommandId(false) == command + 1);
	CHECK(GetCurrentTransactionStartTimestamp() == GetCurrentStatementStartTimestamp());
	CHECK(GetCurrentStatementStartTimestamp() <= now);
	CHECK(GetCurrentTransactionStopTimestamp() >= now);
	CHECK(CheckXidAlive == InvalidTransactionId && !bsysscan && !IsParallelWorker());
}

CAPI_TEST(test_statements_and_blocks)
{
	PreventInTransactionBlock(true, "CAPI");
	RequireTransactionBlock(false, "CAPI");
	CHECK_ERROR(ERRCODE_ACTIVE_SQL_TRANSACTION, "CAPI cannot be executed from a function",
				PreventInTransactionBlock(false, "CAPI"));
	CHECK_ERROR(ERRCODE_NO_ACTIVE_SQL_TRANSACTION, "CAPI can only be used in transaction blocks",
				RequireTransactionBlock(true, "CAPI"));
	/* A subtransaction counts as a block. */
	BeginInternalSubTransaction(NULL);
	CHECK(IsTransactionBlock());
	RequireTransactionBlock(true, "CAPI");
	CHECK_ERROR(ERRCODE_ACTIVE_SQL_TRANSACTION, "CAPI cannot run inside a transaction block",
				PreventInTransactionBlock(true, "CAPI"));
	RollbackAndReleaseCurrentSubTransaction();
}

CAPI_TEST(test_levels_of_isolation)
{
	const int level = XactIsoLevel;

	for (int i = XACT_READ_UNCOMMITTED; i <= XACT_SERIALIZABLE; i++)
	{
		XactIsoLevel = i;
		CHECK(IsolationUsesXactSnapshot() == (i >= XACT_REPEATABLE_READ));
		CHECK(IsolationIsSerializable() == (i == XACT_SERIALIZABLE));
	}
	XactIsoLevel = level;
	CHECK(level == XACT_READ_COMMITTED && !XactReadOnly && !XactDeferrable);
}

static void
set_option(const char *name, const char *value)
{
	SetConfigOption(name, value, PGC_USERSET, PGC_S_SESSION);
}

CAPI_TEST(test_commit_levels)
{
	const struct
	{
		const char *name;
		int level;
	} levels[] = {
		{"off", SYNCHRONOUS_COMMIT_OFF},
		{"local", SYNCHRONOUS_COMMIT_LOCAL_FLUSH},
		{"remote_write", SYNCHRONOUS_COMMIT_REMOTE_WRITE},
		{"remote_apply", SYNCHRONOUS_COMMIT_REMOTE_APPLY},
		{"on", SYNCHRONOUS_COMMIT_ON},
	};

	for (size_t i = 0; i < lengthof(levels); i++)
	{
		set_option("synchronous_commit", levels[i].name);
		CHECK(synchronous_commit == levels[i].level);
	}
}

/* ---- Callbacks: a letter for each event ---- */

static SubTransactionId last_subtransaction, last_parent;

static void
note_end(XactEvent event, void *events)
{
	appendStringInfoChar((StringInfo) events, event == XACT_EVENT_PRE_COMMIT ? 'p'
											  : event == XACT_EVENT_COMMIT	 ? 'c'
											  : event == XACT_EVENT_ABORT	 ? 'a'
																			 : '?');
}

static void
note_subtransaction(SubXactEvent event, SubTransactionId id, SubTransactionId parent, void *events)
{
	appendStringInfoChar((StringInfo) events, event == SUBXACT_EVENT_START_SUB		  ? 's'
											  : event == SUBXACT_EVENT_PRE_COMMIT_SUB ? 'p'
											  : event == SUBXACT_EVENT_COMMIT_SUB	  ? 'c'
																					  : 'a');
	last_subtransaction = id;
	last_parent = parent;
}

/* Whether these events came since the last call. */
static bool
came(StringInfo events, const char *letters)
{
	const bool same = strcmp(events->data, letters) == 0;

	resetStringInfo(events);
	return same;
}

CAPI_TEST(test_subtransactions)
{
	StringInfoData events;
	SubTransactionId outer;

	initStringInfo(&events);
	RegisterSubXactCallback(note_subtransaction, &events);
	BeginInternalSubTransaction("outer");
	outer = GetCurrentSubTransactionId();
	CHECK(IsSubTransaction() && GetCurrentTransactionNestLevel() == 2);
	CHECK(came(&events, "s") && last_subtransaction == outer && last_parent == TopSubTransactionId);
	BeginInternalSubTransaction(NULL);
	CHECK(last_parent == outer && GetCurrentTransactionNestLevel() == 3 && came(&events, "s"));
	ReleaseCurrentSubTransaction();
	CHECK(came(&events, "pc") && last_parent == outer);
	RollbackAndReleaseCurrentSubTransaction();
	CHECK(came(&events, "a") && last_subtransaction == outer && !IsSubTransaction());
	UnregisterSubXactCallback(note_subtransaction, &events);
	BeginInternalSubTransaction(NULL);
	RollbackAndReleaseCurrentSubTransaction();
	CHECK(came(&events, ""));
}

/* ---- A worker drives its own ---- */

static void
drive_plain_transactions(StringInfo events)
{
	CHECK(!IsTransactionState() && !IsTransactionOrTransactionBlock());
	CHECK(TransactionBlockStatusCode() == 'I' && GetCurrentTransactionNestLevel() == 0);
	SetCurrentStatementStartTimestamp();
	StartTransactionCommand();
	CHECK(IsTransactionState() && !IsTransactionBlock() && GetCurrentTransactionNestLevel() == 1);
	CHECK(GetCurrentTransactionStartTimestamp() == GetCurrentStatementStartTimestamp());
	CommitTransactionCommand();
	CHECK(came(events, "pc") && !IsTransactionState());
	CHECK(GetCurrentTransactionStopTimestamp() >= GetCurrentTransactionStartTimestamp());

	StartTransactionCommand();
	AbortCurrentTransaction();
	CHECK(came(events, "a") && !IsTransactionState());
	AbortCurrentTransaction();
	CHECK(came(events, ""));

	StartTransactionCommand();
	BeginInternalSubTransaction(NULL);
	AbortOutOfAnyTransaction();
	CHECK(came(events, "a") && GetCurrentTransactionNestLevel() == 0);
}

/* The block around the statements of one query string. */
static void
drive_implicit_block(StringInfo events)
{
	StartTransactionCommand();
	BeginImplicitTransactionBlock();
	CHECK(IsTransactionBlock() && TransactionBlockStatusCode() == 'T');
	CommitTransactionCommand();
	CHECK(came(events, "") && IsTransactionState());
	StartTransactionCommand();
	EndImplicitTransactionBlock();
	CommitTransactionCommand();
	CHECK(came(events, "pc") && !IsTransactionBlock() && TransactionBlockStatusCode() == 'I');
}

static void
drive_with_defaults(void)
{
	CHECK(DefaultXactIsoLevel == XACT_READ_COMMITTED && !DefaultXactReadOnly);
	set_option("default_transaction_isolation", "serializable");
	set_option("default_transaction_read_only", "on");
	set_option("default_transaction_deferrable", "on");
	CHECK(DefaultXactIsoLevel == XACT_SERIALIZABLE && DefaultXactReadOnly && DefaultXactDeferrable);
	StartTransactionCommand();
	CHECK(XactIsoLevel == XACT_SERIALIZABLE && XactReadOnly && XactDeferrable);
	CommitTransactionCommand();
}

PG_BEGIN_EXTERN_C
PGDLLEXPORT void capi_xact_worker(Datum main_arg);
PG_END_EXTERN_C

/* Leaves "passed" in the segment, or what failed. */
void
capi_xact_worker(Datum main_arg)
{
	StringInfoData events;
	char *result;

	BackgroundWorkerUnblockSignals();
	result = (char *) dsm_segment_address(dsm_attach(DatumGetUInt32(main_arg)));
	BackgroundWorkerInitializeConnection("postgres", NULL, 0);
	initStringInfo(&events);
	RegisterXactCallback(note_end, &events);
	PG_TRY();
	{
		drive_plain_transactions(&events);
		drive_implicit_block(&events);
		drive_with_defaults();
		resetStringInfo(&events);
		UnregisterXactCallback(note_end, &events);
		StartTransactionCommand();
		CommitTransactionCommand();
		CHECK(came(&events, ""));
		strcpy(result, "passed");
	}
	PG_CATCH();
	{
		strlcpy(result, CopyErrorData()->message, 200);
	}
	PG_END_TRY();
}

CAPI_TEST(test_transactions_of_a_worker)
{
	dsm_segment *segment = dsm_create(200, 0);
	const char *result = (const char *) dsm_segment_address(segment);
	BackgroundWorker worker;
	BackgroundWorkerHandle *started;

	memset(&worker, 0, sizeof(worker));
	worker.bgw_flags = BGWORKER_SHMEM_ACCESS | BGWORKER_BACKEND_DATABASE_CONNECTION;
	worker.bgw_start_time = BgWorkerStart_RecoveryFinished;
	worker.bgw_restart_time = BGW_NEVER_RESTART;
	strcpy(worker.bgw_library_name, "test_capi");
	strcpy(worker.bgw_function_name, "capi_xact_worker");
	strcpy(worker.bgw_name, "capi transactions");
	worker.bgw_main_arg = UInt32GetDatum(dsm_segment_handle(segment));
	worker.bgw_notify_pid = MyProcPid;
	CHECK(RegisterDynamicBackgroundWorker(&worker, &started));
	CHECK(WaitForBackgroundWorkerShutdown(started) == BGWH_STOPPED);
	if (strcmp(result, "passed") != 0)
		elog(ERROR, "the worker said: %s", result);
	dsm_detach(segment);
}
