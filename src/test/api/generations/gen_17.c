/*
 * gen_17.c
 *		A module as for PostgreSQL 17: custom wait events, segments by name, BGWORKER_BYPASS_ROLELOGINCHECK, destroyStringInfo.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "postmaster/bgworker.h"
#include "storage/dsm_registry.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "utils/memutils.h"
#include "utils/wait_event.h"

PG_MODULE_MAGIC;

PGDLLEXPORT void gen_17_main(Datum main_arg);

static void
set_number(void *memory)
{
	*(int *) memory = 17;
}

void
gen_17_main(Datum main_arg)
{
	StringInfo buf;
	bool found;
	int *number;

	(void) main_arg;
	BackgroundWorkerUnblockSignals();
	BackgroundWorkerInitializeConnection("postgres", NULL, BGWORKER_BYPASS_ROLELOGINCHECK);
	number = GetNamedDSMSegment("gen_17", sizeof(int), set_number, &found);
	(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH, 1L,
					 WaitEventExtensionNew("Gen17Main"));
	ResetLatch(MyLatch);
	buf = makeStringInfo();
	appendStringInfo(buf, "%d", *number);
	elog(LOG, "gen_17 works: %s", buf->data);
	destroyStringInfo(buf);
	proc_exit(0);
}

void
_PG_init(void)
{
	BackgroundWorker worker = {0};

	if (!process_shared_preload_libraries_in_progress)
		return;
	worker.bgw_flags = BGWORKER_SHMEM_ACCESS | BGWORKER_BACKEND_DATABASE_CONNECTION;
	worker.bgw_start_time = BgWorkerStart_RecoveryFinished;
	worker.bgw_restart_time = BGW_NEVER_RESTART;
	strlcpy(worker.bgw_library_name, "gen_17", sizeof(worker.bgw_library_name));
	strlcpy(worker.bgw_function_name, "gen_17_main", sizeof(worker.bgw_function_name));
	strlcpy(worker.bgw_name, "gen_17", sizeof(worker.bgw_name));
	RegisterBackgroundWorker(&worker);
}
