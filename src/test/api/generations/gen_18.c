/*
 * gen_18.c
 *		A module as for PostgreSQL 18: PG_MODULE_MAGIC_EXT, pg_noreturn before the declaration, ereport without parentheses.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "postmaster/bgworker.h"
#include "postmaster/interrupt.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "tcop/tcopprot.h"
#include "utils/ps_status.h"
#include "utils/wait_event.h"

PG_MODULE_MAGIC_EXT(.name = "gen_18", .version = "1.0");

pg_noreturn PGDLLEXPORT void gen_18_main(Datum main_arg);

void
gen_18_main(Datum main_arg)
{
	pqsignal(SIGHUP, SignalHandlerForConfigReload);
	pqsignal(SIGTERM, die);
	BackgroundWorkerUnblockSignals();
	set_ps_display("gen_18");
	(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH, 1L,
					 PG_WAIT_EXTENSION);
	ResetLatch(MyLatch);
	CHECK_FOR_INTERRUPTS();
	ereport(LOG, errmsg("gen_18 works: %d", DatumGetInt32(main_arg)), errhidestmt(true));
	proc_exit(0);
}

void
_PG_init(void)
{
	BackgroundWorker worker = {0};

	if (!process_shared_preload_libraries_in_progress)
		return;
	worker.bgw_flags = BGWORKER_SHMEM_ACCESS;
	worker.bgw_start_time = BgWorkerStart_RecoveryFinished;
	worker.bgw_restart_time = BGW_NEVER_RESTART;
	snprintf(worker.bgw_library_name, MAXPGPATH, "gen_18");
	snprintf(worker.bgw_function_name, BGW_MAXLEN, "gen_18_main");
	snprintf(worker.bgw_name, BGW_MAXLEN, "gen_18");
	worker.bgw_main_arg = Int32GetDatum(18);
	RegisterBackgroundWorker(&worker);
}
