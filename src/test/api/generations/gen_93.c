/*
 * gen_93.c
 *		A module as for PostgreSQL 9.3: bgw_main, no memset, WaitLatch and connections with few arguments, shared memory
 *		asked for in _PG_init.
 */
#include "postgres.h"

#include "access/xact.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "postmaster/bgworker.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "storage/lwlock.h"
#include "storage/proc.h"
#include "storage/shmem.h"
#include "utils/guc.h"
#include "utils/snapmgr.h"

PG_MODULE_MAGIC;

void _PG_init(void);

static volatile sig_atomic_t got_sigterm = false;
static int naptime = 1;
static int *counter = NULL;
static shmem_startup_hook_type prev_startup = NULL;

static void
handle_sigterm(SIGNAL_ARGS)
{
	int save_errno = errno;

	(void) postgres_signal_arg;
	got_sigterm = true;
	if (MyProc)
		SetLatch(&MyProc->procLatch);
	errno = save_errno;
}

static void
startup(void)
{
	bool found;

	if (prev_startup)
		prev_startup();
	LWLockAcquire(AddinShmemInitLock, LW_EXCLUSIVE);
	counter = ShmemInitStruct("gen_93", sizeof(int), &found);
	if (!found)
		*counter = 92;
	LWLockRelease(AddinShmemInitLock);
}

static void
worker_main(Datum main_arg)
{
	pqsignal(SIGTERM, handle_sigterm);
	BackgroundWorkerUnblockSignals();
	BackgroundWorkerInitializeConnection("postgres", NULL);
	WaitLatch(&MyProc->procLatch, WL_LATCH_SET | WL_TIMEOUT | WL_POSTMASTER_DEATH, 1L);
	ResetLatch(&MyProc->procLatch);

	SetCurrentStatementStartTimestamp();
	StartTransactionCommand();
	SPI_connect();
	PushActiveSnapshot(GetTransactionSnapshot());
	pgstat_report_activity(STATE_RUNNING, "SELECT 1");
	if (SPI_execute("SELECT 1", true, 0) != SPI_OK_SELECT || SPI_processed != 1)
		elog(FATAL, "gen_93: no row");
	SPI_finish();
	PopActiveSnapshot();
	CommitTransactionCommand();
	pgstat_report_activity(STATE_IDLE, NULL);

	elog(LOG, "gen_93 works: %d", *counter + DatumGetInt32(main_arg));
	proc_exit(0);
}

void
_PG_init(void)
{
	BackgroundWorker worker;

	DefineCustomIntVariable("gen_93.naptime", "Seconds.", NULL, &naptime, 1, 1, INT_MAX, PGC_SIGHUP,
							0, NULL, NULL, NULL);
	EmitWarningsOnPlaceholders("gen_93");
	if (!process_shared_preload_libraries_in_progress)
		return;
	RequestAddinShmemSpace(sizeof(int));
	prev_startup = shmem_startup_hook;
	shmem_startup_hook = startup;

	worker.bgw_flags = BGWORKER_SHMEM_ACCESS | BGWORKER_BACKEND_DATABASE_CONNECTION;
	worker.bgw_start_time = BgWorkerStart_RecoveryFinished;
	worker.bgw_restart_time = BGW_NEVER_RESTART;
	worker.bgw_main = worker_main;
	worker.bgw_main_arg = Int32GetDatum(1);
	snprintf(worker.bgw_name, BGW_MAXLEN, "gen_93");
	RegisterBackgroundWorker(&worker);
}
