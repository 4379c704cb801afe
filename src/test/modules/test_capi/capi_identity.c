/*
 * capi_identity.c
 *		The process: who it is, its interrupts and its stack; what it tells of itself.
 */
#include "capi.h"

#include <unistd.h>

#include "access/xact.h"
#include "catalog/pg_tablespace_d.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "storage/proc.h"
#include "tcop/tcopprot.h"
#include "utils/backend_status.h"
#include "utils/guc.h"
#include "utils/ps_status.h"
#include "utils/timestamp.h"
#include "utils/wait_event.h"

CAPI_TEST(test_who_the_process_is)
{
	static const struct
	{
		BackendType type;
		const char *name;
	} kinds[] = {{B_BACKEND, "client backend"},
				 {B_BG_WORKER, "background worker"},
				 {B_CHECKPOINTER, "checkpointer"},
				 {B_AUTOVAC_LAUNCHER, "autovacuum launcher"},
				 {B_WAL_WRITER, "walwriter"},
				 {B_STARTUP, "startup"},
				 {B_LOGGER, "logger"},
				 {B_INVALID, "not initialized"}};
	int i;

	CHECK(MyBackendType == B_BACKEND && AmRegularBackendProcess() && !AmBackgroundWorkerProcess());
	for (i = 0; i < (int) lengthof(kinds); i++)
		CHECK(strcmp(GetBackendTypeDesc(kinds[i].type), kinds[i].name) == 0);
	CHECK(PostmasterPid == getppid() && MyProcPid == getpid());
	CHECK(IsPostmasterEnvironment && IsUnderPostmaster && !IsBackgroundWorker);
	CHECK(!IsBinaryUpgrade && !ExitOnAnyError);
	CHECK(timestamptz_to_time_t(MyStartTimestamp) == MyStartTime);
	CHECK(MyStartTimestamp >= PgStartTime && MyStartTimestamp <= GetCurrentTimestamp());
	CHECK(MyDatabaseTableSpace == DEFAULTTABLESPACE_OID);
	CHECK(MaxBackends > MaxConnections + max_worker_processes);
}

CAPI_TEST(test_where_the_server_is)
{
	CHECK(strcmp(DataDir, GetConfigOption("data_directory", false, false)) == 0);
	CHECK(strcmp(strrchr(my_exec_path, '/'), "/postgres") == 0 && access(my_exec_path, X_OK) == 0);
	CHECK(data_directory_mode == 0700);
	CHECK(pkglib_path[0] == '/' && access(pkglib_path, R_OK) == 0);
	CHECK(process_shared_preload_libraries_done && !process_shared_preload_libraries_in_progress);
	CHECK(!process_shmem_requests_in_progress);
	process_session_preload_libraries(); /* they are loaded */
	CHECK(process_shared_preload_libraries_done);
}

CAPI_TEST(test_processing_modes)
{
	const ProcessingMode former = GetProcessingMode();

	CHECK(IsNormalProcessingMode() && Mode == NormalProcessing);
	SetProcessingMode(InitProcessing);
	CHECK(IsInitProcessingMode() && !IsNormalProcessingMode());
	SetProcessingMode(BootstrapProcessing);
	CHECK(IsBootstrapProcessingMode());
	SetProcessingMode(former);
	CHECK(IsNormalProcessingMode());
}

/* ---- Interrupts ---- */

CAPI_TEST(test_holding_interrupts)
{
	CHECK(INTERRUPTS_CAN_BE_PROCESSED() && !INTERRUPTS_PENDING_CONDITION());
	CHECK(!IdleInTransactionSessionTimeoutPending && !IdleSessionTimeoutPending);
	CHECK(!ClientConnectionLost);
	HOLD_INTERRUPTS();
	CHECK(InterruptHoldoffCount == 1 && !INTERRUPTS_CAN_BE_PROCESSED());
	RESUME_INTERRUPTS();
	HOLD_CANCEL_INTERRUPTS();
	CHECK(QueryCancelHoldoffCount == 1 && !INTERRUPTS_CAN_BE_PROCESSED());
	RESUME_CANCEL_INTERRUPTS();
	START_CRIT_SECTION();
	CHECK(CritSectionCount == 1 && !INTERRUPTS_CAN_BE_PROCESSED());
	END_CRIT_SECTION();
	CHECK(CritSectionCount == 0 && INTERRUPTS_CAN_BE_PROCESSED());
}

static void
read_only_command(void)
{
	XactReadOnly = true;
	PreventCommandIfReadOnly("TO WRITE");
}

CAPI_TEST(test_commands_prevented)
{
	PreventCommandIfReadOnly("TO WRITE");
	PreventCommandDuringRecovery("TO WRITE");
	CHECK_ERROR(ERRCODE_READ_ONLY_SQL_TRANSACTION,
				"cannot execute TO WRITE in a read-only transaction", read_only_command());
	XactReadOnly = false;
}

/* ---- The stack ---- */

/* How many frames of a kilobyte fit, at most 4000. */
static int
dig(int level, bool raise)
{
	volatile char frame[1024];

	frame[level % 1024] = 1;
	if (raise)
		check_stack_depth();
	else if (stack_is_too_deep())
		return level;
	return level < 4000 ? dig(level + 1, raise) + (frame[level % 1024] - 1) : level;
}

CAPI_TEST(test_depth_of_the_stack)
{
	const int former = max_stack_depth;

	CHECK(!stack_is_too_deep());
	check_stack_depth();
	SetConfigOption("max_stack_depth", "500kB", PGC_SUSET, PGC_S_SESSION);
	CHECK(max_stack_depth == 500 && dig(0, false) < 1000);
	CHECK_ERROR(ERRCODE_STATEMENT_TOO_COMPLEX, "stack depth limit exceeded", (void) dig(0, true));
	SetConfigOption("max_stack_depth", psprintf("%dkB", former), PGC_SUSET, PGC_S_SESSION);
}

/* ---- What others see ---- */

static PgBackendStatus *
my_entry(void)
{
	pgstat_clear_snapshot();
	return pgstat_get_beentry_by_backend_id(MyBackendId);
}

CAPI_TEST(test_entries_by_number)
{
	const int number = GetNumberFromPGProc(MyProc);
	PgBackendStatus *mine = my_entry();
	int i;

	CHECK(mine != NULL && mine->st_procpid == MyProcPid && MyProcNumber == number);
	CHECK(pgstat_get_beentry_by_proc_number(number) == mine);
	CHECK(&pgstat_get_local_beentry_by_backend_id(MyBackendId)->backendStatus == mine);
	CHECK(pgstat_get_local_beentry_by_proc_number(number)->proc_number == number);
	CHECK(pgstat_get_beentry_by_backend_id(4711) == NULL);
	for (i = 1; i <= pgstat_fetch_stat_numbackends(); i++)
		if (&pgstat_get_local_beentry_by_index(i)->backendStatus == mine)
			break;
	CHECK(i <= pgstat_fetch_stat_numbackends() &&
		  pgstat_get_local_beentry_by_index(i)->backend_id == MyBackendId);
}

CAPI_TEST(test_what_is_told)
{
	const char *statement = debug_query_string;

	CHECK(strstr(statement, "test_what_is_told") != NULL && pgstat_track_activities);
	CHECK(pgstat_track_activity_query_size ==
		  atoi(GetConfigOption("track_activity_query_size", false, false)));
	pgstat_report_activity(STATE_IDLEINTRANSACTION, NULL);
	CHECK(my_entry()->st_state == STATE_IDLEINTRANSACTION);
	pgstat_report_activity(STATE_RUNNING, "something else");
	CHECK(my_entry()->st_state == STATE_RUNNING &&
		  strcmp(my_entry()->st_activity_raw, "something else") == 0);
	pgstat_report_appname("capi");
	CHECK(strcmp(my_entry()->st_appname, "capi") == 0);
	pgstat_report_xact_timestamp(4711);
	CHECK(my_entry()->st_xact_start_timestamp == 4711);
	pgstat_report_query_id(7, true);
	pgstat_report_query_id(8, false);
	CHECK(pgstat_get_my_query_id() == 7 && my_entry()->st_query_id == 7);
	pgstat_report_query_id(8, true);
	CHECK(pgstat_get_my_query_id() == 8);
	CHECK(pgstat_report_stat(true) >= 0);
	CHECK(pgstat_fetch_stat_dbentry(4711) == NULL);
}

CAPI_TEST(test_wait_events)
{
	const uint32 event = WaitEventExtensionNew("capi event");

	CHECK(WaitEventExtensionNew("capi event") == event &&
		  WaitEventExtensionNew("another capi event") != event);
	CHECK(strcmp(pgstat_get_wait_event(event), "capi event") == 0);
	CHECK(strcmp(pgstat_get_wait_event_type(event), "Extension") == 0);
	CHECK(strcmp(pgstat_get_wait_event(WAIT_EVENT_PG_SLEEP), "PgSleep") == 0);
	CHECK(strcmp(pgstat_get_wait_event_type(WAIT_EVENT_PG_SLEEP), "Timeout") == 0);
	CHECK(pgstat_get_wait_event(0) == NULL && pgstat_get_wait_event_type(0) == NULL);
	pgstat_report_wait_start(event);
	CHECK(*my_wait_event_info == event && MyProc->wait_event_info == event);
	pgstat_report_wait_end();
	CHECK(*my_wait_event_info == 0);
}

/* The process title as ps reads it. */
static const char *
shown_title(void)
{
	char *text = (char *) palloc0(1000);
	FILE *file = fopen("/proc/self/cmdline", "r");

	CHECK(file != NULL && fread(text, 1, 999, file) > 0);
	fclose(file);
	return text;
}

CAPI_TEST(test_process_title)
{
	int length = 0;

	CHECK(update_process_title);
	init_ps_display("capi title");
	set_ps_display_with_len("abcdef", 3);
	CHECK(strncmp(get_ps_display(&length), "abc", 3) == 0 && length == 3);
	CHECK(strstr(shown_title(), "capi title abc") != NULL && strstr(shown_title(), "abcd") == NULL);
	PG_SET_PS_DISPLAY("at once", true);
	CHECK(strstr(shown_title(), "capi title at once") != NULL);
}
