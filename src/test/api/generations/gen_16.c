/*
 * gen_16.c
 *		A module as for PostgreSQL 16: _PG_init is declared by fmgr.h, exports are marked, varatt.h and guc_hooks.h.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "postmaster/bgworker.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/guc_hooks.h"
#include "utils/memutils.h"
#include "utils/wait_event.h"
#include "varatt.h"

PG_MODULE_MAGIC;

PGDLLEXPORT pg_noreturn void gen_16_main(Datum main_arg);

static char *zone = NULL;

void
gen_16_main(Datum main_arg)
{
	text *value = cstring_to_text("sixteen");

	(void) main_arg;
	BackgroundWorkerUnblockSignals();
	(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH, 1L,
					 PG_WAIT_EXTENSION);
	ResetLatch(MyLatch);
	elog(LOG, "gen_16 works: %d %s", (int) VARSIZE_ANY_EXHDR(value), zone);
	proc_exit(0);
}

void
_PG_init(void)
{
	BackgroundWorker worker = {0};

	if (!process_shared_preload_libraries_in_progress)
		return;
	DefineCustomStringVariable("gen_16.zone", "A time zone.", NULL, &zone, "Europe/Paris",
							   PGC_SIGHUP, 0, check_timezone, NULL, NULL);
	worker.bgw_flags = BGWORKER_SHMEM_ACCESS;
	worker.bgw_start_time = BgWorkerStart_RecoveryFinished;
	worker.bgw_restart_time = BGW_NEVER_RESTART;
	snprintf(worker.bgw_library_name, BGW_MAXLEN, "gen_16");
	snprintf(worker.bgw_function_name, BGW_MAXLEN, "gen_16_main");
	snprintf(worker.bgw_name, BGW_MAXLEN, "gen_16");
	RegisterBackgroundWorker(&worker);
}
