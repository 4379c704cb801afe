/*
 * capi_processes.c
 *		Processes: how workers connect, what is done at a process's end, its interrupts and handlers of signals.
 *
 * All workers run capi_task, which does what its argument names and tells in shared memory what came of it.
 */
#include "capi.h"

#include <sys/wait.h>
#include <unistd.h>

#include "access/xact.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "postmaster/bgworker.h"
#include "postmaster/interrupt.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "storage/procsignal.h"
#include "storage/shmem.h"
#include "tcop/tcopprot.h"
#include "utils/snapmgr.h"
#include "utils/wait_event.h"

typedef enum Task
{
	BE_INTERRUPTED,
	CONNECT_BY_NAME,
	CONNECT_BY_OID,
	CONNECT_BY_MACRO,
	CONNECT_BY_MACRO_AND_OID,
	INIT_POSTGRES,
	COMMIT_WITHIN,
	EXIT_WITH_CALLBACKS,
	EXIT_FROM_SHMEM,
	CRASH_EXIT,
	QUICK_DIE
} Task;

typedef struct Told
{
	bool was_right; /* checks in the worker */
	Oid database;
	int digits; /* of the callbacks, in their order */
} Told;

static Told *told;
static shmem_request_hook_type former_request;
static shmem_startup_hook_type former_startup;

static void
request(void)
{
	if (former_request != NULL)
		former_request();
	RequestAddinShmemSpace(sizeof(Told));
}

static void
startup(void)
{
	bool found;

	if (former_startup != NULL)
		former_startup();
	told = (Told *) ShmemInitStruct("test_capi processes", sizeof(Told), &found);
	if (!found)
		memset(told, 0, sizeof(*told));
}

static BackgroundWorker
worker_for(Task task, int flags)
{
	BackgroundWorker worker;

	memset(&worker, 0, sizeof(worker));
	worker.bgw_flags = flags;
	worker.bgw_start_time = BgWorkerStart_RecoveryFinished;
	worker.bgw_restart_time = BGW_NEVER_RESTART;
	strcpy(worker.bgw_library_name, "test_capi");
	strcpy(worker.bgw_function_name, "capi_task");
	strcpy(worker.bgw_name, "capi worker");
	strcpy(worker.bgw_type, "capi");
	worker.bgw_main_arg = Int32GetDatum(task);
	return worker;
}

void
capi_init_processes(void)
{
	former_request = shmem_request_hook;
	shmem_request_hook = request;
	former_startup = shmem_startup_hook;
	shmem_startup_hook = startup;
}

/* ---- What workers do ---- */

/* In a worker, since a session's statement would end with it. */
static void
check_interrupts(void)
{
	StatementCancelHandler(SIGINT);
	CHECK(QueryCancelPending && InterruptPending && INTERRUPTS_PENDING_CONDITION());
	HOLD_INTERRUPTS();
	ProcessInterrupts();
	CHECK(QueryCancelPending);
	RESUME_INTERRUPTS();
	CHECK_ERROR(ERRCODE_QUERY_CANCELED, "canceling statement due to user request",
				ProcessInterrupts());
	CHECK(!QueryCancelPending && !INTERRUPTS_PENDING_CONDITION());
	die(SIGTERM);
	CHECK(ProcDiePending && InterruptPending);
	ProcDiePending = false; /* not this time */
	InterruptPending = false;
	CHECK_ERROR(ERRCODE_FLOATING_POINT_EXCEPTION, "floating-point exception",
				FloatExceptionHandler(SIGFPE));
	told->was_right = IsBackgroundWorker && AmBackgroundWorkerProcess();
}

static void
note_digit(int code, Datum arg)
{
	told->digits = told->digits * 10 + DatumGetInt32(arg);
	told->was_right = told->was_right && code == (DatumGetInt32(arg) > 6 ? 9 : 0) &&
					  (proc_exit_inprogress || shmem_exit_inprogress);
}

static void
register_digits(int first)
{
	told->digits = 0;
	told->was_right = true;
	before_shmem_exit(note_digit, Int32GetDatum(first));
	on_shmem_exit(note_digit, Int32GetDatum(first + 1));
	before_shmem_exit(note_digit, Int32GetDatum(first + 2));
	before_shmem_exit(note_digit, Int32GetDatum(5));
	cancel_before_shmem_exit(note_digit, Int32GetDatum(5));
}

/* Ends transactions in each way; what is left is what was committed. */
static void
commit_within(void)
{
	BackgroundWorkerInitializeConnection("postgres", NULL, 0);
	StartTransactionCommand();
	(void) SPI_connect_ext(SPI_OPT_NONATOMIC);
	PushActiveSnapshot(GetTransactionSnapshot());
	told->was_right = SPI_inside_nonatomic_context() &&
					  SPI_exec("CREATE TABLE capi_commits (a int)", 0) == SPI_OK_UTILITY;
	PopActiveSnapshot();
	SPI_commit();
	PushActiveSnapshot(GetTransactionSnapshot());
	(void) SPI_exec("INSERT INTO capi_commits VALUES (1)", 0);
	PopActiveSnapshot();
	SPI_rollback_and_chain();
	PushActiveSnapshot(GetTransactionSnapshot());
	(void) SPI_exec("INSERT INTO capi_commits VALUES (2)", 0);
	PopActiveSnapshot();
	SPI_commit_and_chain();
	PushActiveSnapshot(GetTransactionSnapshot());
	(void) SPI_exec("INSERT INTO capi_commits VALUES (3)", 0);
	PopActiveSnapshot();
	SPI_rollback();
	PushActiveSnapshot(GetTransactionSnapshot());
	told->was_right =
		told->was_right && SPI_exec("SELECT a FROM capi_commits", 0) == SPI_OK_SELECT &&
		SPI_processed == 1 &&
		strcmp(SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1), "2") == 0;
	PopActiveSnapshot();
	(void) SPI_finish();
	CommitTransactionCommand();
}

PG_BEGIN_EXTERN_C
PGDLLEXPORT void capi_task(Datum main_arg);
PG_END_EXTERN_C

void
capi_task(Datum main_arg)
{
	const Task task = (Task) DatumGetInt32(main_arg);

	BackgroundWorkerUnblockSignals();
	switch (task)
	{
		case BE_INTERRUPTED: check_interrupts(); break;
		case CONNECT_BY_NAME: BackgroundWorkerInitializeConnection("postgres", NULL, 0); break;
		case CONNECT_BY_OID:
			BackgroundWorkerInitializeConnectionByOid(told->database, InvalidOid);
			break;
		case CONNECT_BY_MACRO: PG_CONNECT_WORKER("postgres", NULL, 0, 0); break;
		case CONNECT_BY_MACRO_AND_OID:
			PG_CONNECT_WORKER_BY_OID(told->database, InvalidOid, 0, 0);
			break;
		case INIT_POSTGRES:
			InitPostgres("postgres", InvalidOid, NULL, InvalidOid, false, false, NULL);
			break;
		case COMMIT_WITHIN: commit_within(); break;
		case EXIT_WITH_CALLBACKS:
			register_digits(1);
			on_proc_exit(note_digit, Int32GetDatum(4));
			proc_exit(0);
		case EXIT_FROM_SHMEM:
			register_digits(7);
			shmem_exit(9);
			proc_exit(0);
		case CRASH_EXIT: SignalHandlerForCrashExit(SIGQUIT); break;
		case QUICK_DIE: quickdie(SIGQUIT);
	}
	if (task == CONNECT_BY_NAME || task == CONNECT_BY_OID || task == CONNECT_BY_MACRO ||
		task == CONNECT_BY_MACRO_AND_OID || task == INIT_POSTGRES)
		told->database = MyDatabaseId;
}

/* ---- Tests ---- */

#define CONNECTED (BGWORKER_SHMEM_ACCESS | BGWORKER_BACKEND_DATABASE_CONNECTION)

static BackgroundWorkerHandle *
start(Task task, int flags)
{
	BackgroundWorker worker = worker_for(task, flags);
	BackgroundWorkerHandle *handle = NULL;

	worker.bgw_notify_pid = MyProcPid;
	CHECK(RegisterDynamicBackgroundWorker(&worker, &handle));
	return handle;
}

static void
run(Task task, int flags)
{
	CHECK(WaitForBackgroundWorkerShutdown(start(task, flags)) == BGWH_STOPPED);
}

CAPI_TEST(test_connections_of_workers)
{
	static const Task tasks[] = {CONNECT_BY_NAME, CONNECT_BY_MACRO, INIT_POSTGRES, CONNECT_BY_OID,
								 CONNECT_BY_MACRO_AND_OID};
	int i;

	for (i = 0; i < (int) lengthof(tasks); i++)
	{
		/* Those by OID find there which. */
		told->database = i < 3 ? InvalidOid : MyDatabaseId;
		run(tasks[i], CONNECTED);
		CHECK(told->database == MyDatabaseId);
	}
}

CAPI_TEST(test_worker_that_commits)
{
	told->was_right = false;
	run(COMMIT_WITHIN, CONNECTED);
	CHECK(told->was_right);
}

CAPI_TEST(test_ends_of_processes)
{
	run(EXIT_WITH_CALLBACKS, BGWORKER_SHMEM_ACCESS);
	CHECK(told->digits == 3124 && told->was_right);
	run(EXIT_FROM_SHMEM, BGWORKER_SHMEM_ACCESS);
	CHECK(told->digits == 978 && told->was_right);
	run(CRASH_EXIT, 0);
	run(QUICK_DIE, 0);
	CHECK(!proc_exit_inprogress && !shmem_exit_inprogress && !ShutdownRequestPending);
}

/* A child by fork alone forgets what is to be done at its parent's end. */
CAPI_TEST(test_end_of_a_child)
{
	int status = 0;
	pid_t child;

	told->digits = 0;
	before_shmem_exit(note_digit, Int32GetDatum(1));
	child = fork();
	if (child == 0)
	{
		MyProcPid = getpid();
		on_exit_reset();
		proc_exit(6);
	}
	cancel_before_shmem_exit(note_digit, Int32GetDatum(1));
	CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 6);
	CHECK(told->digits == 0);
}

static void
raise_with_cleanup(void)
{
	PG_ENSURE_ERROR_CLEANUP(note_digit, Int32GetDatum(8));
	{
		elog(ERROR, "within");
	}
	PG_END_ENSURE_ERROR_CLEANUP(note_digit, Int32GetDatum(8));
}

CAPI_TEST(test_cleanup_after_errors)
{
	told->digits = 0;
	CHECK_ERROR(ERRCODE_INTERNAL_ERROR, "within", raise_with_cleanup());
	CHECK(told->digits == 8);
	PG_ENSURE_ERROR_CLEANUP(note_digit, Int32GetDatum(7));
	{
		CHECK(told->digits == 8);
	}
	PG_END_ENSURE_ERROR_CLEANUP(note_digit, Int32GetDatum(7));
	CHECK(told->digits == 8);
}

CAPI_TEST(test_interrupts_of_a_worker)
{
	told->was_right = false;
	run(BE_INTERRUPTED, BGWORKER_SHMEM_ACCESS);
	CHECK(told->was_right);
}

CAPI_TEST(test_handlers_of_signals)
{
	set_latch_on_sigusr1 = true; /* it does, anyway */
	ResetLatch(MyLatch);
	procsignal_sigusr1_handler(SIGUSR1);
	CHECK(MyLatch->is_set);
	ResetLatch(MyLatch);
	SignalHandlerForConfigReload(SIGHUP);
	CHECK(ConfigReloadPending && MyLatch->is_set);
	ConfigReloadPending = false;
	ResetLatch(MyLatch);
	SignalHandlerForShutdownRequest(SIGTERM);
	CHECK(ShutdownRequestPending && MyLatch->is_set);
	ShutdownRequestPending = false;
	HandleMainLoopInterrupts(); /* nothing is pending */
}
