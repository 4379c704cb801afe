/*
 * gen_15.c
 *		A module as for PostgreSQL 15: shmem_request_hook, MarkGUCPrefixReserved, exit on the postmaster's death.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "postmaster/bgworker.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "storage/lwlock.h"
#include "storage/shmem.h"
#include "utils/guc.h"

PG_MODULE_MAGIC;

void _PG_init(void);
PGDLLEXPORT void gen_15_main(Datum main_arg);

static bool gen_15_on = false;
static shmem_request_hook_type prev_request = NULL;
static shmem_startup_hook_type prev_startup = NULL;
static int *number = NULL;

static void
request(void)
{
	if (prev_request)
		prev_request();
	RequestAddinShmemSpace(MAXALIGN(sizeof(int)));
	RequestNamedLWLockTranche("gen_15", 1);
}

static void
startup(void)
{
	bool found;

	if (prev_startup)
		prev_startup();
	LWLockAcquire(AddinShmemInitLock, LW_EXCLUSIVE);
	number = ShmemInitStruct("gen_15", sizeof(int), &found);
	if (!found)
		*number = 15;
	LWLockRelease(AddinShmemInitLock);
}

void
gen_15_main(Datum main_arg)
{
	(void) main_arg;
	BackgroundWorkerUnblockSignals();
	(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH, 1L,
					 PG_WAIT_EXTENSION);
	ResetLatch(MyLatch);
	if (gen_15_on)
		elog(LOG, "gen_15 works: %d", *number);
	proc_exit(0);
}

void
_PG_init(void)
{
	BackgroundWorker worker = {0};

	if (!process_shared_preload_libraries_in_progress)
		return;
	DefineCustomBoolVariable("gen_15.on", "Whether to work.", NULL, &gen_15_on, true, PGC_SIGHUP, 0,
							 NULL, NULL, NULL);
	MarkGUCPrefixReserved("gen_15");
	prev_request = shmem_request_hook;
	shmem_request_hook = request;
	prev_startup = shmem_startup_hook;
	shmem_startup_hook = startup;

	worker.bgw_flags = BGWORKER_SHMEM_ACCESS;
	worker.bgw_start_time = BgWorkerStart_PostmasterStart;
	worker.bgw_restart_time = BGW_NEVER_RESTART;
	snprintf(worker.bgw_library_name, BGW_MAXLEN, "gen_15");
	snprintf(worker.bgw_function_name, BGW_MAXLEN, "gen_15_main");
	snprintf(worker.bgw_name, BGW_MAXLEN, "gen_15");
	RegisterBackgroundWorker(&worker);
}
