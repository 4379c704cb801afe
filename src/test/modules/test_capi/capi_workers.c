/*
 * capi_workers.c
 *		Background workers: registration, start, end, orders, policies, signals.
 */
#include "capi.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "executor/spi.h"
#include "libpq/pqsignal.h"
#include "miscadmin.h"
#include "port/atomics.h"
#include "postmaster/bgworker.h"
#include "postmaster/bgworker_control.h"
#include "postmaster/bgworker_policy.h"
#include "postmaster/interrupt.h"
#include "storage/dsm.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "utils/wait_event.h"

/* What a worker and its test tell each other; its segment's handle is the worker's argument. */
typedef struct Meeting
{
	Oid database;				/* that the worker connects to */
	BackgroundWorkerRef worker; /* as the worker sees itself */
	pg_atomic_uint32 starts;
	pg_atomic_uint32 reloads;
	pg_atomic_uint32 stops; /* by request */
	bool right;				/* what the worker looked at was right */
} Meeting;

PG_BEGIN_EXTERN_C
PGDLLEXPORT void capi_patient_worker(Datum main_arg);
PGDLLEXPORT void capi_short_worker(Datum main_arg);
PG_END_EXTERN_C

static bool
is_blocked(int signal)
{
	sigset_t blocked;

	sigprocmask(SIG_SETMASK, NULL, &blocked);
	return sigismember(&blocked, signal) != 0;
}

/* Sleeps until it is asked to end; reloads on the way. Without an argument it has nobody to tell. */
void
capi_patient_worker(Datum main_arg)
{
	Meeting nobody, *meeting = &nobody;

	memset(&nobody, 0, sizeof(nobody));
	pqsignal(SIGHUP, SignalHandlerForConfigReload);
	pqsignal(SIGTERM, SignalHandlerForShutdownRequest);
	BackgroundWorkerUnblockSignals();
	if (main_arg != 0)
	{
		meeting = (Meeting *) dsm_segment_address(dsm_attach(DatumGetUInt32(main_arg)));
		BackgroundWorkerInitializeConnectionByOid(meeting->database, InvalidOid, 0);
		meeting->right = !is_blocked(SIGTERM) && MyDatabaseId == meeting->database &&
						 strcmp(MyBgworkerEntry->bgw_extra, "extra") == 0;
		BackgroundWorkerBlockSignals();
		meeting->right = meeting->right && is_blocked(SIGTERM) && is_blocked(SIGHUP);
		BackgroundWorkerUnblockSignals();
		meeting->worker = GetMyBackgroundWorkerRef();
		pg_atomic_fetch_add_u32(&meeting->starts, 1);
	}
	BackgroundWorkerReady();
	for (;;)
	{
		(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_EXIT_ON_PM_DEATH, 0, PG_WAIT_EXTENSION);
		ResetLatch(MyLatch);
		if (ConfigReloadPending)
			pg_atomic_fetch_add_u32(&meeting->reloads, 1);
		if (ShutdownRequestPending)
			pg_atomic_fetch_add_u32(&meeting->stops, 1);
		HandleMainLoopInterrupts();
	}
}

/* Ends well at first, with code 3 when it is started again. */
void
capi_short_worker(Datum main_arg)
{
	Meeting *meeting;

	BackgroundWorkerUnblockSignals();
	meeting = (Meeting *) dsm_segment_address(dsm_attach(DatumGetUInt32(main_arg)));
	proc_exit(pg_atomic_fetch_add_u32(&meeting->starts, 1) == 0 ? 0 : 3);
}

static BackgroundWorker
patient_worker(const char *name)
{
	BackgroundWorker worker;

	memset(&worker, 0, sizeof(worker));
	strcpy(worker.bgw_name, name);
	strcpy(worker.bgw_type, "capi patience");
	worker.bgw_flags = BGWORKER_SHMEM_ACCESS;
	worker.bgw_start_time = BgWorkerStart_RecoveryFinished;
	worker.bgw_restart_time = BGW_NEVER_RESTART;
	strcpy(worker.bgw_library_name, "test_capi");
	strcpy(worker.bgw_function_name, "capi_patient_worker");
	return worker;
}

/* Two that stay for the server's life: test_static_workers. */
void
capi_init_workers(void)
{
	BackgroundWorker worker = patient_worker("capi static");
	BackgroundWorkerPolicy policy;

	RegisterBackgroundWorker(&worker);
	memset(&policy, 0, sizeof(policy));
	policy.bgwp_restart = BGW_RESTART_ON_FAILURE;
	strcpy(worker.bgw_name, "capi static with policy");
	RegisterBackgroundWorkerWithPolicy(&worker, &policy);
}

static Meeting *
make_meeting(dsm_segment **segment)
{
	Meeting *meeting;

	*segment = dsm_create(sizeof(Meeting), 0);
	meeting = (Meeting *) dsm_segment_address(*segment);
	meeting->database = MyDatabaseId;
	pg_atomic_init_u32(&meeting->starts, 0);
	pg_atomic_init_u32(&meeting->reloads, 0);
	pg_atomic_init_u32(&meeting->stops, 0);
	return meeting;
}

static BackgroundWorker
meeting_worker(const char *name, dsm_segment *segment)
{
	BackgroundWorker worker = patient_worker(name);

	worker.bgw_flags |= BGWORKER_BACKEND_DATABASE_CONNECTION;
	worker.bgw_main_arg = UInt32GetDatum(dsm_segment_handle(segment));
	worker.bgw_notify_pid = MyProcPid;
	strcpy(worker.bgw_extra, "extra");
	return worker;
}

static void
sleep_a_little(void)
{
	(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH, 10,
					 PG_WAIT_EXTENSION);
	ResetLatch(MyLatch);
	CHECK_FOR_INTERRUPTS();
}

static void
wait_for(pg_atomic_uint32 *counter, uint32 wanted)
{
	while (pg_atomic_read_u32(counter) < wanted)
		sleep_a_little();
}

#define A_MINUTE 60000

CAPI_TEST(test_life_of_a_worker)
{
	dsm_segment *segment;
	Meeting *meeting = make_meeting(&segment);
	BackgroundWorker worker = meeting_worker("capi life", segment);
	BackgroundWorkerHandle *handle, *other;
	BackgroundWorkerRef ref;
	pid_t pid, again;

	CHECK(RegisterDynamicBackgroundWorker(&worker, &handle));
	CHECK(WaitForBackgroundWorkerStartup(handle, &pid) == BGWH_STARTED && pid > 0);
	CHECK(WaitForBackgroundWorkerStartupTimeout(handle, &again, A_MINUTE) == BGWH_STARTED);
	CHECK(again == pid && WaitForBackgroundWorkerReady(handle, A_MINUTE) == BGWH_STARTED);
	CHECK(meeting->right && pg_atomic_read_u32(&meeting->starts) == 1);
	CHECK(strcmp(GetBackgroundWorkerTypeByPid(pid), "capi patience") == 0);

	ref = GetBackgroundWorkerRef(handle);
	CHECK(ref.id == meeting->worker.id && ref.generation == meeting->worker.generation);
	other = OpenBackgroundWorkerRef(ref);
	CHECK(GetBackgroundWorkerPid(other, &again) == BGWH_STARTED && again == pid);
	CHECK(GetMyBackgroundWorkerRef().id == 0 && MyBgworkerEntry == NULL);

	CHECK(kill(pid, SIGHUP) == 0);
	wait_for(&meeting->reloads, 1);
	CHECK(WaitForBackgroundWorkerShutdownTimeout(handle, 1) == BGWH_TIMED_OUT);
	TerminateBackgroundWorker(handle);
	CHECK(WaitForBackgroundWorkerShutdown(other) == BGWH_STOPPED);
	CHECK(pg_atomic_read_u32(&meeting->stops) == 1 && GetBackgroundWorkerTypeByPid(pid) == NULL);
	CHECK(GetBackgroundWorkerPid(OpenBackgroundWorkerRef(ref), &again) == BGWH_STOPPED);
	CHECK(OrderBackgroundWorker(ref, BGW_ORDER_START, 0) == BGW_ORDER_UNKNOWN);
	dsm_detach(segment);
}

CAPI_TEST(test_orders_to_a_worker)
{
	dsm_segment *segment;
	Meeting *meeting = make_meeting(&segment);
	BackgroundWorker worker = meeting_worker("capi orders", segment);
	BackgroundWorkerHandle *handle;
	BackgroundWorkerRef ref;
	pid_t pid, again;

	CHECK(RegisterDynamicBackgroundWorker(&worker, &handle));
	CHECK(WaitForBackgroundWorkerReady(handle, A_MINUTE) == BGWH_STARTED);
	ref = GetBackgroundWorkerRef(handle);
	CHECK(GetBackgroundWorkerPid(handle, &pid) == BGWH_STARTED);
	CHECK(OrderBackgroundWorker(ref, BGW_ORDER_RESTART, A_MINUTE) == BGW_ORDER_DONE);
	wait_for(&meeting->starts, 2);
	CHECK(GetBackgroundWorkerPid(handle, &again) == BGWH_STARTED && again != pid);
	CHECK(OrderBackgroundWorker(ref, BGW_ORDER_STOP, A_MINUTE) == BGW_ORDER_DONE);
	CHECK(GetBackgroundWorkerPid(handle, &again) != BGWH_STARTED);
	CHECK(OrderBackgroundWorker(ref, BGW_ORDER_START, A_MINUTE) == BGW_ORDER_DONE);
	wait_for(&meeting->starts, 3);
	CHECK(pg_atomic_read_u32(&meeting->stops) == 2);
	TerminateBackgroundWorker(handle);
	CHECK(WaitForBackgroundWorkerShutdown(handle) == BGWH_STOPPED);
	dsm_detach(segment);
}

CAPI_TEST(test_workers_of_a_database)
{
	dsm_segment *segment;
	Meeting *meeting = make_meeting(&segment);
	BackgroundWorker worker = meeting_worker("capi interruptible", segment);
	BackgroundWorkerHandle *handle;

	worker.bgw_flags |= BGWORKER_INTERRUPTIBLE;
	CHECK(RegisterDynamicBackgroundWorker(&worker, &handle));
	CHECK(WaitForBackgroundWorkerReady(handle, A_MINUTE) == BGWH_STARTED);
	TerminateBackgroundWorkersForDatabase(4711);
	CHECK(WaitForBackgroundWorkerShutdownTimeout(handle, 1) == BGWH_TIMED_OUT);
	TerminateBackgroundWorkersForDatabase(MyDatabaseId);
	CHECK(WaitForBackgroundWorkerShutdown(handle) == BGWH_STOPPED);
	CHECK(pg_atomic_read_u32(&meeting->stops) == 1);
	dsm_detach(segment);
}

CAPI_TEST(test_policy_of_a_worker)
{
	dsm_segment *segment;
	Meeting *meeting = make_meeting(&segment);
	BackgroundWorker worker = meeting_worker("capi policy", segment);
	BackgroundWorkerPolicy policy;
	BackgroundWorkerHandle *handle;

	strcpy(worker.bgw_function_name, "capi_short_worker");
	memset(&policy, 0, sizeof(policy));
	policy.bgwp_restart = BGW_RESTART_ALWAYS;
	policy.bgwp_backoff_min = policy.bgwp_backoff_max = 1;
	policy.bgwp_done[3] = true;
	CHECK(RegisterDynamicBackgroundWorkerWithPolicy(&worker, &policy, &handle));
	wait_for(&meeting->starts, 2);
	/* Its work is done: it is gone for good. */
	while (GetBackgroundWorkerRef(handle).id != 0)
		sleep_a_little();
	CHECK(pg_atomic_read_u32(&meeting->starts) == 2);
	policy.bgwp_jitter = 101;
	CHECK_ERROR(ERRCODE_INVALID_PARAMETER_VALUE, "capi policy",
				RegisterDynamicBackgroundWorkerWithPolicy(&worker, &policy, &handle));
	dsm_detach(segment);
}

CAPI_TEST(test_static_workers)
{
	BackgroundWorker worker = patient_worker("capi static, too late");
	BackgroundWorkerPolicy policy;

	/* Not while libraries are preloaded: nothing but a line in the log. */
	memset(&policy, 0, sizeof(policy));
	RegisterBackgroundWorker(&worker);
	RegisterBackgroundWorkerWithPolicy(&worker, &policy);
	SPI_connect();
	CHECK(SPI_execute("SELECT name FROM pg_stat_bgworker WHERE name LIKE 'capi static%'", true,
					  0) == SPI_OK_SELECT);
	CHECK(SPI_processed == 2);
	SPI_finish();
}

/* ---- Signals ---- */

CAPI_TEST(test_sets_of_signals)
{
	CHECK(!is_blocked(SIGTERM) && !is_blocked(SIGHUP));
	PG_SETMASK(&BlockSig);
	CHECK(is_blocked(SIGTERM) && is_blocked(SIGHUP) && !is_blocked(SIGSEGV));
	PG_SETMASK(&UnBlockSig);
	CHECK(!is_blocked(SIGTERM) && !is_blocked(SIGHUP));
	/* While a client has not said who it is, it can still be asked to leave. */
	CHECK(sigismember(&StartupBlockSig, SIGHUP) && !sigismember(&StartupBlockSig, SIGTERM));
	CHECK(!sigismember(&StartupBlockSig, SIGQUIT));
}

CAPI_TEST(test_handler_for_a_crash)
{
	int status;
	const pid_t child = fork();

	if (child == 0)
	{
		PG_SETMASK(&UnBlockSig);
		pqsignal(SIGQUIT, SignalHandlerForCrashExit);
		raise(SIGQUIT);
		_exit(0);
	}
	CHECK(child > 0 && waitpid(child, &status, 0) == child);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 2);
}
