/*
 * capi_receivers.c
 *		Rows sent to and by a module's own receivers, calls that fmgr_hook hears of, what a statement has used.
 */
#include "capi.h"

#include "catalog/pg_type.h"
#include "executor/executor.h"
#include "executor/spi.h"
#include "executor/tstoreReceiver.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "parser/parse_func.h"
#include "tcop/pquery.h"
#include "tcop/utility.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"
#include "utils/tuplestore.h"

/* ---- A receiver of one's own ---- */

typedef struct Listener
{
	DestReceiver pub;
	StringInfoData heard;
	int at_most; /* rows; 0: all */
	int rows;
	DestReceiver *next; /* rows are passed on; NULL: nowhere */
} Listener;

static void
listen_start(DestReceiver *self, int operation, TupleDesc desc)
{
	Listener *listener = (Listener *) self;
	int i;

	appendStringInfo(&listener->heard, "%s(",
					 operation == CMD_SELECT   ? "select"
					 : operation == CMD_INSERT ? "insert"
											   : "other");
	for (i = 0; i < desc->natts; i++)
		appendStringInfo(&listener->heard, "%s%s %u", i == 0 ? "" : ",",
						 NameStr(TupleDescAttr(desc, i)->attname),
						 TupleDescAttr(desc, i)->atttypid);
	appendStringInfoChar(&listener->heard, ')');
	if (listener->next != NULL)
		listener->next->rStartup(listener->next, operation, desc);
}

static bool
listen_row(TupleTableSlot *slot, DestReceiver *self)
{
	Listener *listener = (Listener *) self;
	bool is_null;
	Datum value = slot_getattr(slot, slot->tts_tupleDescriptor->natts, &is_null);
	Oid type =
		TupleDescAttr(slot->tts_tupleDescriptor, slot->tts_tupleDescriptor->natts - 1)->atttypid;

	if (is_null)
		appendStringInfoString(&listener->heard, " null");
	else if (type == INT4OID)
		appendStringInfo(&listener->heard, " %d", DatumGetInt32(value));
	else
		appendStringInfo(&listener->heard, " %s", TextDatumGetCString(value));
	listener->rows++;
	if (listener->next != NULL && !listener->next->receiveSlot(slot, listener->next))
		return false;
	if (listener->rows == 13)
		ereport(ERROR, (errcode(ERRCODE_DATA_EXCEPTION), errmsg("thirteen rows")));
	return listener->rows != listener->at_most;
}

static void
listen_stop(DestReceiver *self)
{
	Listener *listener = (Listener *) self;

	appendStringInfoString(&listener->heard, " end");
	if (listener->next != NULL)
		listener->next->rShutdown(listener->next);
}

static void
listen_destroy(DestReceiver *self)
{
	pfree(((Listener *) self)->heard.data);
}

static Listener *
new_listener(int at_most, DestReceiver *next)
{
	Listener *made = (Listener *) palloc0(sizeof(Listener));

	made->pub.receiveSlot = listen_row;
	made->pub.rStartup = listen_start;
	made->pub.rShutdown = listen_stop;
	made->pub.rDestroy = listen_destroy;
	made->pub.mydest = DestDebug;
	made->at_most = at_most;
	made->next = next;
	initStringInfo(&made->heard);
	return made;
}

/* What the listener has heard since the last time. */
static bool
heard(Listener *listener, const char *wanted)
{
	bool same = strcmp(listener->heard.data, wanted) == 0;

	if (!same)
		elog(WARNING, "heard: %s", listener->heard.data);
	resetStringInfo(&listener->heard);
	listener->rows = 0;
	return same;
}

static Portal
start_portal(const char *text)
{
	RawStmt *raw = linitial_node(RawStmt, pg_parse_query(text));
	CommandTag tag = CreateCommandTag((Node *) raw);
	List *plans = pg_plan_queries(pg_analyze_and_rewrite_fixedparams(raw, text, NULL, 0, NULL),
								  text, 0, NULL);
	Portal portal = CreatePortal("listened", true, true);

	PortalDefineQuery(portal, NULL, text, tag, plans, NULL);
	PortalStart(portal, NULL, 0, InvalidSnapshot);
	return portal;
}

static void
run_for(const char *text, long count, Listener *listener)
{
	Portal portal = start_portal(text);

	(void) PortalRun(portal, count, false, true, &listener->pub, &listener->pub, NULL);
	PortalDrop(portal, false);
}

CAPI_TEST(test_own_receiver)
{
	Listener *listener = new_listener(0, NULL);

	run_for("SELECT 'x' AS a, n AS b FROM generate_series(1, 3) n", FETCH_ALL, listener);
	CHECK(heard(listener, "select(a 25,b 23) 1 2 3 end"));
	run_for("SELECT 1 AS a WHERE false", FETCH_ALL, listener);
	CHECK(heard(listener, "select(a 23) end"));
	run_for("SHOW work_mem", FETCH_ALL, listener);
	CHECK(heard(listener, "select(work_mem 25) 4MB end"));
	run_for("CREATE TEMP TABLE listened (a int)", FETCH_ALL, listener);
	CHECK(heard(listener, ""));
	run_for("INSERT INTO listened VALUES (1), (NULL) RETURNING a", FETCH_ALL, listener);
	CHECK(heard(listener, "select(a 23) 1 null end"));
	CHECK_ERROR(ERRCODE_DATA_EXCEPTION, "thirteen",
				run_for("SELECT generate_series(1, 20) AS a", FETCH_ALL, listener));
	CHECK(heard(listener, "select(a 23) 1 2 3 4 5 6 7 8 9 10 11 12 13"));
	listener->pub.rDestroy(&listener->pub);
}

CAPI_TEST(test_receiver_in_parts)
{
	Listener *listener = new_listener(2, NULL);
	QueryCompletion completion;
	Portal portal = start_portal("SELECT generate_series(1, 5) AS a");

	/* It has had enough before the count is reached. */
	CHECK(!PortalRun(portal, 4, false, false, &listener->pub, &listener->pub, &completion));
	CHECK(completion.nprocessed == 2);
	CHECK(heard(listener, "select(a 23) 1 2 end"));
	CHECK(!PortalRun(portal, 1, false, false, &listener->pub, &listener->pub, &completion));
	CHECK(heard(listener, "select(a 23) 3 end"));
	PortalDrop(portal, false);
	run_for("SELECT generate_series(1, 1000000000) AS a", FETCH_ALL, listener);
	CHECK(heard(listener, "select(a 23) 1 2 end"));
}

CAPI_TEST(test_spi_with_own_receiver)
{
	Listener *listener = new_listener(0, NULL);
	SPIExecuteOptions options;

	memset(&options, 0, sizeof(options));
	options.dest = &listener->pub;
	SPI_connect();
	CHECK(SPI_execute_extended("CREATE TEMP TABLE spi_listened (a int)", &options) ==
		  SPI_OK_UTILITY);
	CHECK(SPI_execute_extended("INSERT INTO spi_listened VALUES (7) RETURNING a", &options) ==
		  SPI_OK_INSERT_RETURNING);
	CHECK(heard(listener, "insert(a 23) 7 end") && SPI_tuptable == NULL && SPI_processed == 1);
	SPI_finish();
}

/* ---- Between the executor and its receiver ---- */

static ExecutorRun_hook_type former_run = NULL;
static Listener *between = NULL;

static void
listen_to_run(QueryDesc *desc, ScanDirection direction, uint64 count, bool once)
{
	MemoryContext context = MemoryContextSwitchTo(TopMemoryContext);

	between = new_listener(0, desc->dest);
	MemoryContextSwitchTo(context);
	desc->dest = &between->pub;
	standard_ExecutorRun(desc, direction, count, once);
	desc->dest = between->next;
}

CAPI_TEST(test_receiver_in_between)
{
	bool is_null;

	SPI_connect();
	former_run = ExecutorRun_hook;
	ExecutorRun_hook = listen_to_run;
	CHECK(SPI_execute("SELECT 'ab' AS t, 41 + generate_series(1, 2) AS n", true, 0) ==
		  SPI_OK_SELECT);
	ExecutorRun_hook = former_run;
	CHECK(heard(between, "select(t 25,n 23) 42 43 end"));
	CHECK(SPI_processed == 2);
	CHECK(DatumGetInt32(SPI_getbinval(SPI_tuptable->vals[1], SPI_tuptable->tupdesc, 2, &is_null)) ==
		  43);
	CHECK(strcmp(SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1), "ab") == 0);
	SPI_finish();
}

/* ---- Rows of one's own ---- */

CAPI_TEST(test_output_of_text)
{
	Listener *listener = new_listener(0, NULL);
	TupleDesc desc = CreateTemplateTupleDesc(1);
	TupOutputState *state;
	Datum value = CStringGetTextDatum("four");
	bool isnull = false;

	TupleDescInitEntry(desc, 1, "line", TEXTOID, -1, 0);
	state = begin_tup_output_tupdesc(&listener->pub, desc, &TTSOpsVirtual);
	do_text_output_multiline(state, "one\ntwo\n");
	do_text_output_oneline(state, "three");
	do_tup_output(state, &value, &isnull);
	end_tup_output(state);
	CHECK(heard(listener, "select(line 25) one two three four end"));
}

CAPI_TEST(test_tuplestore_receiver)
{
	Tuplestorestate *store = tuplestore_begin_heap(false, false, 1024);
	DestReceiver *receiver = CreateDestReceiver(DestTuplestore);
	Portal portal = start_portal("SELECT n AS a, n * n AS b FROM generate_series(1, 3) n");
	TupleTableSlot *slot;
	bool is_null;

	CHECK_ERROR(ERRCODE_FEATURE_NOT_SUPPORTED, "columns",
				SetTuplestoreDestReceiverParams(receiver, store, CurrentMemoryContext, false,
												portal->tupDesc, NULL));
	SetTuplestoreDestReceiverParams(receiver, store, CurrentMemoryContext, false, NULL, NULL);
	slot = MakeSingleTupleTableSlot(portal->tupDesc, &TTSOpsMinimalTuple);
	(void) PortalRun(portal, FETCH_ALL, false, true, receiver, receiver, NULL);
	receiver->rDestroy(receiver);
	CHECK(tuplestore_tuple_count(store) == 3);
	CHECK(tuplestore_gettupleslot(store, true, false, slot));
	CHECK(tuplestore_gettupleslot(store, true, false, slot));
	CHECK(DatumGetInt32(slot_getattr(slot, 2, &is_null)) == 4);
	ExecDropSingleTupleTableSlot(slot);
	tuplestore_end(store);
	PortalDrop(portal, false);
	receiver = CreateTuplestoreDestReceiver();
	CHECK(receiver->mydest == DestTuplestore);
	receiver->rDestroy(receiver);
}

/* ---- Calls of functions ---- */

static int starts, ends, aborts, kept;
static Oid watched = InvalidOid; /* InvalidOid: all */

static bool
wants(Oid function)
{
	return !OidIsValid(watched) || function == watched;
}

static void
on_call(FmgrHookEventType event, FmgrInfo *flinfo, Datum *arg)
{
	CHECK(OidIsValid(flinfo->fn_oid) && FmgrHookIsNeeded(flinfo->fn_oid));
	if (event == FHET_START)
	{
		starts++;
		*arg = Int32GetDatum(DatumGetInt32(*arg) + 1);
		kept = DatumGetInt32(*arg);
	}
	else if (event == FHET_END)
		ends++;
	else
		aborts++;
}

/* Runs a statement, and tells whether the hook has heard as many events. */
static bool
heard_calls(const char *text, int wanted_starts, int wanted_aborts)
{
	MemoryContext context = CurrentMemoryContext;

	starts = ends = aborts = kept = 0;
	BeginInternalSubTransaction(NULL);
	PG_TRY();
	{
		SPI_execute(text, false, 0);
		ReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(context);
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
	}
	PG_END_TRY();
	MemoryContextSwitchTo(context);
	if (starts != wanted_starts || aborts != wanted_aborts || starts != ends + aborts)
		elog(WARNING, "%s: %d calls, %d ended, %d aborted", text, starts, ends, aborts);
	return starts == wanted_starts && aborts == wanted_aborts && starts == ends + aborts;
}

CAPI_TEST(test_fmgr_hook)
{
	needs_fmgr_hook_type former_needs = needs_fmgr_hook;
	fmgr_hook_type former_hook = fmgr_hook;
	Oid argument = INT4OID;
	FmgrInfo twice;

	SPI_connect();
	needs_fmgr_hook = wants;
	fmgr_hook = on_call;
	CHECK(heard_calls("SELECT test_checks()", 1, 0));
	CHECK(heard_calls("SELECT test_failure()", 1, 1));
	CHECK(heard_calls("SELECT capi_twice(n) FROM generate_series(1, 3) n", 3, 0));
	CHECK(kept == 3);
	CHECK(heard_calls("SELECT capi_twice(NULL)", 0, 0));
	CHECK(heard_calls("SELECT capi_twice(2000000000)", 1, 1));
	CHECK(heard_calls("SELECT capi_thrice(1)", 1, 0));
	CHECK(heard_calls("CALL capi_nothing()", 1, 0));
	CHECK(heard_calls("INSERT INTO capi_watched VALUES (1), (2)", 2, 0));
	CHECK(heard_calls("SELECT abs(-1)", 0, 0));

	watched = LookupFuncName(list_make1(makeString(pstrdup("capi_twice"))), 1, &argument, false);
	CHECK(heard_calls("SELECT capi_thrice(capi_twice(1))", 1, 0));
	fmgr_info(watched, &twice);
	starts = ends = aborts = kept = 0;
	CHECK(DatumGetInt32(FunctionCall1(&twice, Int32GetDatum(4))) == 8);
	CHECK(DatumGetInt32(FunctionCall1(&twice, Int32GetDatum(5))) == 10);
	CHECK(starts == 2 && ends == 2 && kept == 2);
	CHECK_ERROR(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, "out of range",
				(void) FunctionCall1(&twice, Int32GetDatum(2000000000)));
	CHECK(starts == 3 && aborts == 1);
	watched = InvalidOid;
	needs_fmgr_hook = former_needs;
	fmgr_hook = former_hook;
	SPI_finish();
}

/* ---- What a statement has used ---- */

CAPI_TEST(test_durations_and_levels)
{
	char text[32];
	int former = log_min_duration_statement;

	log_min_duration_statement = -1;
	CHECK(check_log_duration(text, false) == 0);
	log_min_duration_statement = 0;
	CHECK(check_log_duration(text, false) == 2 && strchr(text, '.') != NULL);
	CHECK(check_log_duration(text, true) == 1);
	log_min_duration_statement = former;
	ResetUsage();
	ShowUsage("CAPI USAGE");
	PortalErrorCleanup();
	CHECK(GetCommandLogLevel((Node *) linitial(pg_parse_query("DROP TABLE a"))) == LOGSTMT_DDL);
	CHECK(GetCommandLogLevel((Node *) linitial(pg_parse_query("DELETE FROM a"))) == LOGSTMT_MOD);
	CHECK(GetCommandLogLevel((Node *) linitial(pg_parse_query("SELECT 1"))) == LOGSTMT_ALL);
}
