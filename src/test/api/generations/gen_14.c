/*
 * gen_14.c
 *		A module as for PostgreSQL 14: wait_event.h and backend_status.h, queues with force_flush, PG_TRY around SPI.
 */
#include "postgres.h"

#include "access/xact.h"
#include "commands/dbcommands.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "postmaster/bgworker.h"
#include "postmaster/interrupt.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "storage/lwlock.h"
#include "utils/acl.h"
#include "utils/backend_status.h"
#include "utils/snapmgr.h"
#include "utils/timestamp.h"
#include "utils/wait_event.h"

PG_MODULE_MAGIC;

void _PG_init(void);
void gen_14_main(Datum main_arg) pg_attribute_noreturn();

void
gen_14_main(Datum main_arg)
{
	TimestampTz start = GetCurrentTimestamp();
	MemoryContext context = CurrentMemoryContext;
	volatile bool caught = false;

	(void) main_arg;
	pqsignal(SIGTERM, SignalHandlerForShutdownRequest);
	BackgroundWorkerUnblockSignals();
	BackgroundWorkerInitializeConnection("postgres", NULL, 0);

	StartTransactionCommand();
	PushActiveSnapshot(GetTransactionSnapshot());
	SPI_connect();
	BeginInternalSubTransaction(NULL);
	PG_TRY();
	{
		SPI_execute("SELECT 1 / 0", false, 0);
		ReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		ErrorData *edata;

		MemoryContextSwitchTo(context);
		edata = CopyErrorData();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
		caught = edata->sqlerrcode == ERRCODE_DIVISION_BY_ZERO;
	}
	PG_END_TRY();
	SPI_finish();
	PopActiveSnapshot();

	if (caught && !TimestampDifferenceExceeds(start, GetCurrentTimestamp(), 600000) &&
		!ShutdownRequestPending)
		elog(LOG, "gen_14 works: %s", get_database_name(MyDatabaseId));
	CommitTransactionCommand();
	proc_exit(0);
}

void
_PG_init(void)
{
	BackgroundWorker worker;

	if (!process_shared_preload_libraries_in_progress)
		return;
	memset(&worker, 0, sizeof(worker));
	worker.bgw_flags = BGWORKER_SHMEM_ACCESS | BGWORKER_BACKEND_DATABASE_CONNECTION;
	worker.bgw_start_time = BgWorkerStart_RecoveryFinished;
	worker.bgw_restart_time = BGW_NEVER_RESTART;
	snprintf(worker.bgw_library_name, BGW_MAXLEN, "gen_14");
	snprintf(worker.bgw_function_name, BGW_MAXLEN, "gen_14_main");
	snprintf(worker.bgw_name, BGW_MAXLEN, "gen_14");
	RegisterBackgroundWorker(&worker);
}
