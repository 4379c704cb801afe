/*
 * capi_query.c
 *		Hooks, portals, parse trees, executor, transactions, SPI.
 */
#include "capi.h"

#include "access/heapam.h"
#include "access/printtup.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_class.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "commands/async.h"
#include "commands/explain.h"
#include "commands/user.h"
#include "executor/executor.h"
#include "executor/spi.h"
#include "lib/stringinfo.h"
#include "libpq/auth.h"
#include "libpq/libpq.h"
#include "libpq/pqformat.h"
#include "libpq/pqmq.h"
#include "miscadmin.h"
#include "nodes/parsenodes.h"
#include "optimizer/planner.h"
#include "parser/analyze.h"
#include "postmaster/bgworker.h"
#include "storage/dsm.h"
#include "storage/shm_mq.h"
#include "storage/shm_toc.h"
#include "tcop/pquery.h"
#include "tcop/tcopprot.h"
#include "tcop/utility.h"
#include "utils/memutils.h"
#include "utils/queryjumble.h"
#include "utils/snapmgr.h"
#include "varatt.h"

static int clients_seen;

static void
on_client(Port *port, int status)
{
	if (status == STATUS_OK && port->user_name != NULL && port->database_name != NULL)
		clients_seen++;
}

void
capi_init_query(void)
{
	ClientAuthentication_hook = on_client;
}

CAPI_TEST(test_client)
{
	CHECK(clients_seen == 1);
	CHECK(MyProcPort != NULL && MyProcPort->sock >= 0);
	CHECK(strcmp(MyProcPort->database_name, "postgres") == 0);
	CHECK(strcmp(MyProcPort->remote_host, "[local]") == 0);
	CHECK(whereToSendOutput == DestRemote);
	CHECK(check_password_hook == NULL);
}

/* ---- From text to rows ---- */

static List *
plan_text(const char *text, const Oid *types, int count, CommandTag *tag)
{
	RawStmt *raw = linitial_node(RawStmt, pg_parse_query(text));

	CHECK(IsA(raw, RawStmt));
	*tag = CreateCommandTag((Node *) raw);
	CHECK(CreateCommandTag(raw->stmt) == *tag);
	return pg_plan_queries(pg_analyze_and_rewrite_fixedparams(raw, text, types, count, NULL), text,
						   0, NULL);
}

static QueryCompletion
run_portal(const char *text)
{
	CommandTag tag;
	List *plans = plan_text(text, NULL, 0, &tag);
	Portal portal = CreatePortal("capi", true, true);
	DestReceiver *receiver = CreateDestReceiver(DestNone);
	QueryCompletion completion;
	int16 format = 1;

	portal->visible = false;
	PortalDefineQuery(portal, NULL, text, tag, plans, NULL);
	CHECK(GetPortalByName("capi") == portal && portal->status == PORTAL_DEFINED);
	PortalStart(portal, NULL, 0, InvalidSnapshot);
	PortalSetResultFormat(portal, 1, &format);
	InitializeQueryCompletion(&completion);
	BeginCommand(tag, DestNone);
	CHECK(PortalRun(portal, FETCH_ALL, false, true, receiver, receiver, &completion));
	CHECK(ActivePortal == NULL);
	receiver->rDestroy(receiver);
	EndCommand(&completion, DestNone, false);
	PortalDrop(portal, false);
	return completion;
}

CAPI_TEST(test_pipeline)
{
	QueryCompletion completion = run_portal("SELECT generate_series(1, 3)");
	List *list = pg_parse_query("SELECT 1; DROP TABLE IF EXISTS nowhere; SELECT 2");
	RawStmt *raw;

	CHECK(completion.commandTag == CMDTAG_SELECT && completion.nprocessed == 3);
	completion = run_portal("CREATE TEMP TABLE capi_piped (a int)");
	CHECK(completion.commandTag == CMDTAG_CREATE_TABLE);
	completion = run_portal("INSERT INTO capi_piped VALUES (1), (2)");
	CHECK(completion.commandTag == CMDTAG_INSERT && completion.nprocessed == 2);

	CHECK(list_length(list) == 3);
	raw = (RawStmt *) lsecond(list);
	CHECK(IsA(raw->stmt, DropStmt) && !analyze_requires_snapshot(raw));
	CHECK(analyze_requires_snapshot((RawStmt *) linitial(list)));
	CHECK(strcmp(CreateCommandName((Node *) raw), "DROP TABLE") == 0);
	CHECK(((DropStmt *) raw->stmt)->missing_ok);
	CHECK_ERROR(ERRCODE_SYNTAX_ERROR, "syntax error", pg_parse_query("SELEKT"));
	CHECK_ERROR(ERRCODE_UNDEFINED_TABLE, "nowhere", run_portal("SELECT * FROM nowhere"));
}

CAPI_TEST(test_query_desc)
{
	const char *text = "SELECT $1 + 1 UNION ALL SELECT 5";
	Oid type = INT4OID;
	RawStmt *raw = linitial_node(RawStmt, pg_parse_query(text));
	Query *query = linitial_node(Query, pg_analyze_and_rewrite(raw, text, &type, 1, NULL));
	ParamListInfo params = makeParamList(1);
	QueryDesc *desc;

	params->params[0].ptype = INT4OID;
	params->params[0].value = Int32GetDatum(41);
	desc = CreateQueryDesc(pg_plan_query(query, text, 0, params), text, GetTransactionSnapshot(),
						   InvalidSnapshot, None_Receiver, params, NULL, 0);
	desc->totaltime = InstrAlloc(1, INSTRUMENT_TIMER, false);
	ExecutorStart(desc, 0);
	CHECK(desc->operation == CMD_SELECT && desc->tupDesc->natts == 1);
	ExecutorRun(desc, ForwardScanDirection, 0, true);
	CHECK(desc->estate->es_processed == 2);
	InstrEndLoop(desc->totaltime);
	CHECK(desc->totaltime->ntuples == 2 && desc->totaltime->nloops == 1);
	ExecutorFinish(desc);
	ExecutorEnd(desc);
	CHECK(desc->estate == NULL);
	FreeQueryDesc(desc);
	CHECK(ExecCheckRTPerms(NIL, true));
}

/* Apart from the test: what makes nodes is inline, and no jump may pass it. */
static pg_noinline PlannedStmt *
make_show(void)
{
	VariableShowStmt *show = makeNode(VariableShowStmt);
	PlannedStmt *planned = makeNode(PlannedStmt);

	show->name = pstrdup("work_mem");
	planned->commandType = CMD_UTILITY;
	planned->utilityStmt = (Node *) show;
	return planned;
}

static pg_noinline Query *
make_query(void)
{
	return makeNode(Query);
}

static pg_noinline PlannedStmt *
make_changed(void)
{
	CommandTag tag;
	PlannedStmt *planned =
		(PlannedStmt *) linitial(plan_text("DROP TABLE IF EXISTS nowhere", NULL, 0, &tag));

	((DropStmt *) planned->utilityStmt)->missing_ok = false;
	return planned;
}

CAPI_TEST(test_made_by_hand)
{
	PlannedStmt *show = make_show();
	PlannedStmt *changed = make_changed();
	Query *query = make_query();

	CHECK_ERROR(ERRCODE_FEATURE_NOT_SUPPORTED, "made",
				ProcessUtility(show, "SHOW work_mem", true, PROCESS_UTILITY_QUERY, NULL, NULL,
							   None_Receiver, NULL));
	CHECK_ERROR(ERRCODE_FEATURE_NOT_SUPPORTED, "changed",
				standard_ProcessUtility(changed, "", true, PROCESS_UTILITY_QUERY, NULL, NULL,
										None_Receiver, NULL));
	CHECK_ERROR(ERRCODE_FEATURE_NOT_SUPPORTED, "made", standard_planner(query, "", 0, NULL));
}

CAPI_TEST(test_portals_in_parts)
{
	const char *text = "SELECT generate_series(1, 5)";
	CommandTag tag;
	List *plans = plan_text(text, NULL, 0, &tag);
	Portal portal = CreateNewPortal();
	QueryCompletion completion;

	PortalDefineQuery(portal, NULL, text, tag, plans, NULL);
	PortalStart(portal, NULL, 0, InvalidSnapshot);
	CHECK(!PortalRun(portal, 2, false, false, None_Receiver, None_Receiver, &completion));
	CHECK(completion.nprocessed == 2);
	CHECK(PortalRun(portal, 9, false, false, None_Receiver, None_Receiver, &completion));
	CHECK(completion.nprocessed == 3);
	PinPortal(portal);
	CHECK_ERROR(ERRCODE_INVALID_CURSOR_STATE, "pinned", PortalDrop(portal, false));
	UnpinPortal(portal);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "not pinned", UnpinPortal(portal));
	PortalDrop(portal, false);
}

/* ---- SPI cursors ---- */

CAPI_TEST(test_spi_cursors)
{
	SPIPlanPtr plan;
	Portal portal;
	SPIParseOpenOptions options;

	SPI_connect();
	plan = SPI_prepare_cursor("SELECT generate_series(1, 5)", 0, NULL, CURSOR_OPT_SCROLL);
	portal = SPI_cursor_open_with_paramlist("capi_c", plan, NULL, true);
	CHECK(SPI_cursor_find("capi_c") == portal);
	SPI_scroll_cursor_fetch(portal, FETCH_ABSOLUTE, -1);
	CHECK(SPI_processed == 1);
	CHECK(strcmp(SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1), "5") == 0);
	SPI_scroll_cursor_move(portal, FETCH_BACKWARD, FETCH_ALL);
	CHECK(SPI_processed == 4 && SPI_tuptable == NULL);
	SPI_cursor_fetch(portal, true, 2);
	CHECK(SPI_processed == 2);
	SPI_cursor_close(portal);
	CHECK(SPI_cursor_find("capi_c") == NULL);
	memset(&options, 0, sizeof(options));
	options.read_only = true;
	options.cursorOptions = CURSOR_OPT_NO_SCROLL;
	portal = SPI_cursor_parse_open(NULL, "SELECT 1", &options);
	SPI_cursor_move(portal, true, FETCH_ALL);
	CHECK(SPI_processed == 1);
	CHECK_ERROR(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE, "only scan forward",
				SPI_cursor_fetch(portal, false, 1));
	SPI_cursor_close(portal);
	SPI_finish();
}

CAPI_TEST(test_spi_receiver)
{
	SPIExecuteOptions options;

	memset(&options, 0, sizeof(options));
	options.dest = CreateDestReceiver(DestNone);
	SPI_connect();
	CHECK(SPI_execute_extended("SELECT generate_series(1, 3)", &options) == SPI_OK_SELECT);
	CHECK(SPI_processed == 3 && SPI_tuptable == NULL);
	SPI_finish();
	CHECK_ERROR(ERRCODE_FEATURE_NOT_SUPPORTED, "receiver", CreateDestReceiver(DestIntoRel));
}

/* ---- Messages ---- */

CAPI_TEST(test_pqformat)
{
	StringInfoData buf;
	int length;
	char copy[3];
	bytea *value;

	initStringInfo(&buf);
	pq_sendint8(&buf, 1);
	pq_sendbyte(&buf, 2);
	pq_sendint16(&buf, 0x0304);
	pq_sendint32(&buf, 0x05060708);
	pq_sendint64(&buf, INT64CONST(0x0102030405060708));
	pq_sendint(&buf, 7, 2);
	pq_sendfloat4(&buf, 1.5);
	pq_sendfloat8(&buf, -2.5);
	pq_sendstring(&buf, "text");
	pq_sendtext(&buf, "abc", 3);
	pq_sendbytes(&buf, "xyz", 3);
	pq_sendcountedtext(&buf, "q", 1, true);
	CHECK(buf.data[2] == 3 && buf.data[4] == 5);
	CHECK(pq_getmsgbyte(&buf) == 1 && pq_getmsgint(&buf, 1) == 2);
	CHECK(pq_getmsgint(&buf, 2) == 0x0304 && pq_getmsgint(&buf, 4) == 0x05060708);
	CHECK(pq_getmsgint64(&buf) == INT64CONST(0x0102030405060708) && pq_getmsgint(&buf, 2) == 7);
	CHECK(pq_getmsgfloat4(&buf) == 1.5 && pq_getmsgfloat8(&buf) == -2.5);
	CHECK(strcmp(pq_getmsgstring(&buf), "text") == 0);
	CHECK(strcmp(pq_getmsgtext(&buf, 3, &length), "abc") == 0 && length == 3);
	pq_copymsgbytes(&buf, copy, 2);
	CHECK(memcmp(copy, "xy", 2) == 0 && *pq_getmsgbytes(&buf, 1) == 'z');
	CHECK_ERROR(ERRCODE_PROTOCOL_VIOLATION, "invalid message format", pq_getmsgend(&buf));
	CHECK(pq_getmsgint(&buf, 4) == 5 && pq_getmsgbyte(&buf) == 'q');
	pq_getmsgend(&buf);
	CHECK_ERROR(ERRCODE_PROTOCOL_VIOLATION, "insufficient data", pq_getmsgbyte(&buf));
	CHECK_ERROR(ERRCODE_PROTOCOL_VIOLATION, "invalid string", pq_getmsgrawstring(&buf));
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "unsupported integer size", pq_sendint(&buf, 1, 3));

	pq_begintypsend(&buf);
	pq_sendint32(&buf, 9);
	value = pq_endtypsend(&buf);
	CHECK(VARSIZE(value) == VARHDRSZ + 4 && VARDATA(value)[3] == 9);
}

CAPI_TEST(test_errornotice)
{
	StringInfoData buf;
	ErrorData edata;

	initStringInfo(&buf);
	pq_sendbyte(&buf, 'V');
	pq_sendstring(&buf, "WARNING");
	pq_sendbyte(&buf, 'C');
	pq_sendstring(&buf, "22012");
	pq_sendbyte(&buf, 'M');
	pq_sendstring(&buf, "by nothing");
	pq_sendbyte(&buf, 'P');
	pq_sendstring(&buf, "12");
	pq_sendbyte(&buf, 0);
	pq_parse_errornotice(&buf, &edata);
	CHECK(edata.elevel == WARNING && edata.sqlerrcode == ERRCODE_DIVISION_BY_ZERO);
	CHECK(strcmp(edata.message, "by nothing") == 0 && edata.cursorpos == 12);
	resetStringInfo(&buf);
	pq_sendbyte(&buf, '!');
	pq_sendstring(&buf, "x");
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "field code", pq_parse_errornotice(&buf, &edata));
}

/* ---- A worker that runs a statement and answers through a queue ---- */

#define CAPI_MAGIC 0x71756572
#define CAPI_QUEUE 16384

PG_BEGIN_EXTERN_C
PGDLLEXPORT void capi_query_worker(Datum main_arg);
PG_END_EXTERN_C

void
capi_query_worker(Datum main_arg)
{
	dsm_segment *seg;
	shm_toc *toc;
	shm_mq *mq;
	CommandTag tag;
	List *plans;
	Portal portal;
	DestReceiver *receiver;
	QueryCompletion completion;
	pid_t *leader;
	const char *text = "SELECT 1 AS one UNION ALL SELECT 2";

	BackgroundWorkerUnblockSignals();
	seg = dsm_attach(DatumGetUInt32(main_arg));
	toc = shm_toc_attach(CAPI_MAGIC, dsm_segment_address(seg));
	mq = (shm_mq *) shm_toc_lookup(toc, 1, false);
	leader = (pid_t *) shm_toc_lookup(toc, 2, false);
	shm_mq_set_sender(mq, MyProc);
	pq_redirect_to_shm_mq(seg, shm_mq_attach(mq, seg, NULL));
	pq_set_parallel_leader(*leader, InvalidBackendId);
	BackgroundWorkerInitializeConnection("postgres", NULL, 0);
	StartTransactionCommand();
	PushActiveSnapshot(GetTransactionSnapshot());
	plans = plan_text(text, NULL, 0, &tag);
	portal = CreatePortal("", true, true);
	PortalDefineQuery(portal, NULL, text, tag, plans, NULL);
	PortalStart(portal, NULL, 0, InvalidSnapshot);
	receiver = CreateDestReceiver(DestRemote);
	SetRemoteDestReceiverParams(receiver, portal);
	PortalRun(portal, FETCH_ALL, true, true, receiver, receiver, &completion);
	receiver->rDestroy(receiver);
	EndCommand(&completion, DestRemote, false);
	PortalDrop(portal, false);
	PopActiveSnapshot();
	ereport(NOTICE, (errmsg("said by a worker")));
	NullCommand(DestRemote);
	CommitTransactionCommand();
	ReadyForQuery(DestRemote);
	ereport(ERROR, (errcode(ERRCODE_DIVISION_BY_ZERO), errmsg("the worker's end")));
}

CAPI_TEST(test_query_worker)
{
	shm_toc_estimator estimator;
	Size size;
	dsm_segment *seg;
	shm_toc *toc;
	shm_mq *mq;
	shm_mq_handle *handle;
	BackgroundWorker worker;
	BackgroundWorkerHandle *started;
	StringInfoData types;
	pid_t *leader;

	shm_toc_initialize_estimator(&estimator);
	shm_toc_estimate_chunk(&estimator, CAPI_QUEUE);
	shm_toc_estimate_chunk(&estimator, sizeof(pid_t));
	shm_toc_estimate_keys(&estimator, 2);
	size = shm_toc_estimate(&estimator);
	seg = dsm_create(size, 0);
	toc = shm_toc_create(CAPI_MAGIC, dsm_segment_address(seg), size);
	mq = shm_mq_create(shm_toc_allocate(toc, CAPI_QUEUE), CAPI_QUEUE);
	shm_mq_set_receiver(mq, MyProc);
	shm_toc_insert(toc, 1, mq);
	leader = (pid_t *) shm_toc_allocate(toc, sizeof(pid_t));
	*leader = 0;
	shm_toc_insert(toc, 2, leader);

	memset(&worker, 0, sizeof(worker));
	worker.bgw_flags = BGWORKER_SHMEM_ACCESS | BGWORKER_BACKEND_DATABASE_CONNECTION;
	worker.bgw_start_time = BgWorkerStart_ConsistentState;
	worker.bgw_restart_time = BGW_NEVER_RESTART;
	strcpy(worker.bgw_library_name, "test_capi");
	strcpy(worker.bgw_function_name, "capi_query_worker");
	strcpy(worker.bgw_name, "capi query worker");
	worker.bgw_main_arg = UInt32GetDatum(dsm_segment_handle(seg));
	worker.bgw_notify_pid = MyProcPid;
	CHECK(RegisterDynamicBackgroundWorker(&worker, &started));
	handle = shm_mq_attach(mq, seg, started);

	initStringInfo(&types);
	for (;;)
	{
		StringInfoData message;
		ErrorData edata;
		Size length;
		void *data;

		if (shm_mq_receive(handle, &length, &data, false) != SHM_MQ_SUCCESS)
			break;
		initStringInfo(&message);
		appendBinaryStringInfo(&message, (const char *) data, (int) length);
		appendStringInfoChar(&types, (char) pq_getmsgbyte(&message));
		switch (types.data[types.len - 1])
		{
			case 'D':
				CHECK(pq_getmsgint(&message, 2) == 1 && pq_getmsgint(&message, 4) == 1);
				break;
			case 'C': CHECK(strcmp(pq_getmsgstring(&message), "SELECT 2") == 0); break;
			case 'N':
				pq_parse_errornotice(&message, &edata);
				CHECK(edata.elevel == NOTICE && strcmp(edata.message, "said by a worker") == 0);
				break;
			case 'E':
				pq_parse_errornotice(&message, &edata);
				CHECK(edata.elevel == ERROR && edata.sqlerrcode == ERRCODE_DIVISION_BY_ZERO);
				break;
			default: break;
		}
	}
	if (strcmp(types.data, "TDDCNIZE") != 0)
		ereport(ERROR, (errmsg("messages were %s", types.data)));
	dsm_detach(seg);
}

/* ---- Identifiers, tags, notifications, hooks that are not set ---- */

CAPI_TEST(test_tags)
{
	QueryCompletion one, two;

	SetQueryCompletion(&one, CMDTAG_INSERT, 4);
	CopyQueryCompletion(&two, &one);
	CHECK(two.commandTag == CMDTAG_INSERT && two.nprocessed == 4);
	CHECK(strcmp(GetCommandTagName(CMDTAG_SELECT_INTO), "SELECT INTO") == 0);
	CHECK(GetCommandTagEnum("alter TABLE") == CMDTAG_ALTER_TABLE);
	CHECK(GetCommandTagEnum("no tag") == CMDTAG_UNKNOWN);
	CHECK(command_tag_display_rowcount(CMDTAG_COPY) && !command_tag_display_rowcount(CMDTAG_SET));
	CHECK(command_tag_display_last_oid(CMDTAG_INSERT));
}

CAPI_TEST(test_notify)
{
	Async_Notify("capi", "x");
	Async_Notify("capi", NULL);
	Async_Listen("capi");
	Async_Unlisten("capi");
	Async_UnlistenAll();
	CHECK_ERROR(ERRCODE_INVALID_PARAMETER_VALUE, "empty", Async_Notify("", NULL));
	ProcessNotifyInterrupt(false);
	HandleNotifyInterrupt();
	CHECK(notifyInterruptPending);
}

CAPI_TEST(test_query_hooks)
{
	CHECK(post_parse_analyze_hook == NULL && planner_hook == NULL && ProcessUtility_hook == NULL);
	CHECK(ExecutorStart_hook == NULL && ExecutorRun_hook == NULL && ExecutorFinish_hook == NULL);
	CHECK(ExecutorEnd_hook == NULL && ExecutorCheckPerms_hook == NULL);
	CHECK(object_access_hook == NULL);
	InvokeObjectPostCreateHook(TypeRelationId, InvalidOid, 0);
	InvokeObjectDropHook(TypeRelationId, InvalidOid, 0);
	InvokeObjectPostAlterHook(TypeRelationId, InvalidOid, 0);
	CHECK(compute_query_id == COMPUTE_QUERY_ID_AUTO);
	CHECK(!IsQueryIdEnabled() && !query_id_enabled);
	EnableQueryId();
	CHECK(IsQueryIdEnabled());
	query_id_enabled = false;
}

/* ---- Messages to somebody else, timing, accesses told ---- */

static StringInfoData sent;
static int flushes;

static void
fake_reset(void)
{
}

static int
fake_flush(void)
{
	return ++flushes;
}

static bool
fake_pending(void)
{
	return false;
}

static int
fake_put(char type, const char *bytes, size_t size)
{
	appendStringInfo(&sent, "%c%d", type, (int) size);
	return bytes != NULL || size == 0 ? 0 : EOF;
}

static void
fake_put_unblocked(char type, const char *bytes, size_t size)
{
	(void) fake_put(type, bytes, size);
}

CAPI_TEST(test_messages)
{
	static const PQcommMethods fake = {fake_reset,	 fake_flush, fake_flush,
									   fake_pending, fake_put,	 fake_put_unblocked};
	const PQcommMethods *former = PqCommMethods;
	StringInfoData buf;

	initStringInfo(&sent);
	PqCommMethods = &fake;
	pq_beginmessage(&buf, 'a');
	pq_sendint32(&buf, 1);
	pq_endmessage(&buf);
	initStringInfo(&buf);
	pq_beginmessage_reuse(&buf, 'b');
	pq_endmessage_reuse(&buf);
	pq_puttextmessage('c', "text");
	pq_putemptymessage('d');
	(void) pq_putmessage('e', "x", 1);
	pq_putmessage_noblock('f', "xy", 2);
	pq_comm_reset();
	CHECK(pq_flush() == 1 && pq_flush_if_writable() == 2 && !pq_is_send_pending());
	PqCommMethods = former;
	CHECK(strcmp(sent.data, "a4b0c5d0e1f2") == 0);
}

CAPI_TEST(test_instrument)
{
	Instrumentation instr;
	BufferUsage blocks;
	WalUsage wal;

	InstrInit(&instr, INSTRUMENT_TIMER | INSTRUMENT_ROWS);
	InstrStartNode(&instr);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "twice", InstrStartNode(&instr));
	InstrStopNode(&instr, 3);
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "without start", InstrStopNode(&instr, 3));
	CHECK(instr.running && instr.tuplecount == 6);
	memset(&blocks, 0, sizeof(blocks));
	memset(&wal, 0, sizeof(wal));
	pgBufferUsage.shared_blks_hit++;
	pgWalUsage.wal_bytes++;
	BufferUsageAccumDiff(&blocks, &pgBufferUsage, &blocks);
	WalUsageAccumDiff(&wal, &pgWalUsage, &wal);
	CHECK(blocks.shared_blks_hit == 1 && wal.wal_bytes == 1);
}

static int accesses;

static void
count_access(ObjectAccessType access, Oid classId, Oid objectId, int subId, void *arg)
{
	if (classId == TypeRelationId && objectId == 7 && subId == 1 && arg != NULL)
		accesses += 1 << access;
}

CAPI_TEST(test_object_access)
{
	object_access_hook = count_access;
	RunObjectPostCreateHook(TypeRelationId, 7, 1, true);
	RunObjectDropHook(TypeRelationId, 7, 1, 0);
	RunObjectPostAlterHook(TypeRelationId, 7, 1, InvalidOid, false);
	CHECK(accesses == (1 << OAT_POST_CREATE) + (1 << OAT_DROP) + (1 << OAT_POST_ALTER));
	InvokeObjectPostCreateHookArg(TypeRelationId, 7, 1, false);
	InvokeObjectDropHookArg(TypeRelationId, 7, 1, 0);
	object_access_hook = NULL;
	CHECK(accesses == 2 * ((1 << OAT_POST_CREATE) + (1 << OAT_DROP)) + (1 << OAT_POST_ALTER));
}

#define LOWER_TEXT 870 /* lower(text) */

static void
count_calls(ObjectAccessType access, Oid classId, Oid objectId, int subId, void *arg)
{
	if (access == OAT_FUNCTION_EXECUTE && classId == ProcedureRelationId && subId == 0 &&
		arg == NULL)
		accesses += objectId == LOWER_TEXT;
}

/* Told at each run, also of a plan that is kept. */
CAPI_TEST(test_object_access_of_calls)
{
	SPIPlanPtr plan;

	SPI_connect();
	accesses = 0;
	object_access_hook = count_calls;
	plan = SPI_prepare("SELECT lower(word) || upper(word) FROM (VALUES ('A'), ('B')) AS w (word)",
					   0, NULL);
	CHECK(accesses == 0);
	CHECK(SPI_execute_plan(plan, NULL, NULL, true, 0) == SPI_OK_SELECT && accesses == 1);
	CHECK(SPI_execute_plan(plan, NULL, NULL, true, 0) == SPI_OK_SELECT && accesses == 2);
	RunFunctionExecuteHook(LOWER_TEXT);
	InvokeFunctionExecuteHook(LOWER_TEXT);
	CHECK(accesses == 4);
	object_access_hook = NULL;
	SPI_execute_plan(plan, NULL, NULL, true, 0);
	InvokeFunctionExecuteHook(LOWER_TEXT);
	CHECK(accesses == 4);
	SPI_finish();
}

CAPI_TEST(test_standard_executor)
{
	const char *text = "VALUES (1), (2), (3)";
	RawStmt *raw = linitial_node(RawStmt, pg_parse_query(text));
	Query *query =
		linitial_node(Query, pg_analyze_and_rewrite_fixedparams(raw, text, NULL, 0, NULL));
	QueryDesc *desc = CreateQueryDesc(planner(query, text, 0, NULL), text, GetTransactionSnapshot(),
									  InvalidSnapshot, CreateDestReceiver(DestNone), NULL, NULL, 0);

	standard_ExecutorStart(desc, EXEC_FLAG_SKIP_TRIGGERS);
	standard_ExecutorRun(desc, ForwardScanDirection, 2, true);
	CHECK(desc->estate->es_processed == 2 && desc->already_executed);
	standard_ExecutorFinish(desc);
	CHECK(desc->estate->es_finished);
	standard_ExecutorEnd(desc);
}

CAPI_TEST(test_states_of_statements)
{
	Relation classes = table_open(RelationRelationId, AccessShareLock);
	List *slots = NIL;
	TupleTableSlot *slot = table_slot_create(classes, &slots);
	EState *estate = CreateExecutorState();
	ExplainState *explain = NewExplainState();
	TableScanDesc scan;

	CHECK(list_length(slots) == 1 &&
		  slot->tts_tupleDescriptor->natts == RelationGetDescr(classes)->natts);
	ExecDropSingleTupleTableSlot(slot);
	scan = table_beginscan(classes, SnapshotAny, 0, NULL);
	CHECK(HeapTupleIsValid(heap_getnext(scan, ForwardScanDirection)));
	table_endscan(scan);
	CHECK(&SnapshotSelfData == SnapshotSelf);
	table_close(classes, AccessShareLock);
	CHECK(MemoryContextGetParent(estate->es_query_cxt) == CurrentMemoryContext);
	FreeExecutorState(estate);
	CHECK(explain->costs && explain->format == EXPLAIN_FORMAT_TEXT && explain->str->len == 0);
	CHECK(ExplainOneQuery_hook == NULL && explain_get_index_name_hook == NULL);
	CHECK(GetTopTransactionIdIfAny() == InvalidTransactionId);
	CHECK(GetCurrentTransactionIdIfAny() == InvalidTransactionId);
}

CAPI_TEST(test_plan_as_text)
{
	const char *text = "VALUES (1), (2)";
	RawStmt *raw = linitial_node(RawStmt, pg_parse_query(text));
	Query *query =
		linitial_node(Query, pg_analyze_and_rewrite_fixedparams(raw, text, NULL, 0, NULL));
	QueryDesc *desc = CreateQueryDesc(planner(query, text, 0, NULL), text, GetTransactionSnapshot(),
									  InvalidSnapshot, CreateDestReceiver(DestNone), NULL, NULL, 0);
	ExplainState *explain = NewExplainState();
	List *words = list_make2(pstrdup("a"), pstrdup("b"));
	const char *rest;

	standard_ExecutorStart(desc, 0);
	ExplainBeginOutput(explain);
	ExplainQueryText(explain, desc);
	CHECK(strcmp(explain->str->data, "Query Text: VALUES (1), (2)\n") == 0);
	resetStringInfo(explain->str);
	explain->indent = 1;
	ExplainPrintPlan(explain, desc);
	CHECK(explain->pstmt == desc->plannedstmt && strncmp(explain->str->data, "  ", 2) == 0);
	CHECK(strlen(explain->str->data) > 4 && explain->str->data[explain->str->len - 1] == '\n');
	resetStringInfo(explain->str);
	explain->indent = 0;
	ExplainPrintTriggers(explain, desc);
	ExplainPrintJITSummary(explain, desc);
	ExplainOpenGroup("Query", NULL, true, explain);
	ExplainPropertyText("Text", "t", explain);
	ExplainPropertyInteger("Rows", NULL, 5, explain);
	ExplainPropertyFloat("Time", "ms", 1.25, 2, explain);
	ExplainPropertyBool("Done", true, explain);
	ExplainPropertyList("Words", words, explain);
	ExplainCloseGroup("Query", NULL, true, explain);
	ExplainSeparatePlans(explain);
	ExplainEndOutput(explain);
	rest = "Text: t\nRows: 5\nTime: 1.25 ms\nDone: true\nWords: a, b\n\n";
	CHECK(strcmp(explain->str->data, rest) == 0);
	explain->format = EXPLAIN_FORMAT_JSON;
	CHECK_ERROR(ERRCODE_FEATURE_NOT_SUPPORTED, "in another format",
				ExplainPrintPlan(explain, desc));
	standard_ExecutorEnd(desc);
}

/* Without a snapshot, as after a COMMIT; returns whether one was there. */
static bool
pop_snapshots(void)
{
	const bool any = ActiveSnapshotSet();

	while (ActiveSnapshotSet())
		PopActiveSnapshot();
	return any;
}

static void
ensure_without_portal(void)
{
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "without an outer snapshot or portal",
				EnsurePortalSnapshotExists());
}

CAPI_TEST(test_snapshot_of_a_portal)
{
	const Portal running = ActivePortal;
	const Portal portal = CreateNewPortal();

	PushActiveSnapshot(GetTransactionSnapshot());
	EnsurePortalSnapshotExists();
	CHECK(pop_snapshots());
	ActivePortal = NULL;
	ensure_without_portal();
	ActivePortal = portal;
	EnsurePortalSnapshotExists();
	CHECK(ActiveSnapshotSet());
	ActivePortal = running;
	PortalDrop(portal, false);
}
