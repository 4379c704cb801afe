/*
 * gen_10.c
 *		A module as for PostgreSQL 10 to 12: wait events, connections without flags, set_ps_display with two arguments, reports in
 *		parentheses, contexts reset with their children.
 */
#include "postgres.h"

#include "access/xact.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "postmaster/bgworker.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "storage/lwlock.h"
#include "storage/proc.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/memutils.h"
#include "utils/ps_status.h"
#include "utils/snapmgr.h"

PG_MODULE_MAGIC;

void _PG_init(void);
void gen_10_main(Datum) pg_attribute_noreturn();

static char *gen_10_schema = NULL;

void
gen_10_main(Datum main_arg)
{
	MemoryContext context =
		AllocSetContextCreate(TopMemoryContext, "gen_10", ALLOCSET_DEFAULT_SIZES);
	StringInfoData buf;
	bool isnull;
	int value;

	BackgroundWorkerUnblockSignals();
	BackgroundWorkerInitializeConnection("postgres", NULL);
	set_ps_display("gen_10 at work", false);
	(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_POSTMASTER_DEATH, 1L,
					 PG_WAIT_EXTENSION);
	ResetLatch(MyLatch);
	CHECK_FOR_INTERRUPTS();

	initStringInfo(&buf);
	appendStringInfo(&buf, "SELECT %d FROM pg_namespace WHERE nspname = %s",
					 DatumGetInt32(main_arg), quote_literal_cstr(gen_10_schema));
	StartTransactionCommand();
	SPI_connect();
	PushActiveSnapshot(GetTransactionSnapshot());
	if (SPI_execute(buf.data, true, 0) != SPI_OK_SELECT || SPI_processed != 1)
		elog(FATAL, "gen_10: no row");
	value = DatumGetInt32(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull));
	SPI_finish();
	PopActiveSnapshot();
	CommitTransactionCommand();
	pgstat_report_stat(false);

	MemoryContextResetAndDeleteChildren(context);
	MemoryContextDelete(context);
	ereport(LOG, (errmsg("gen_10 works: %d", value)));
	proc_exit(0);
}

void
_PG_init(void)
{
	BackgroundWorker worker;

	if (!process_shared_preload_libraries_in_progress)
		ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
						errmsg("gen_10 must be preloaded")));
	DefineCustomStringVariable("gen_10.schema", gettext_noop("A schema."), NULL, &gen_10_schema,
							   "public", PGC_POSTMASTER, GUC_SUPERUSER_ONLY, NULL, NULL, NULL);
	EmitWarningsOnPlaceholders("gen_10");

	memset(&worker, 0, sizeof(worker));
	worker.bgw_flags = BGWORKER_SHMEM_ACCESS | BGWORKER_BACKEND_DATABASE_CONNECTION;
	worker.bgw_start_time = BgWorkerStart_RecoveryFinished;
	worker.bgw_restart_time = BGW_NEVER_RESTART;
	sprintf(worker.bgw_library_name, "gen_10");
	sprintf(worker.bgw_function_name, "gen_10_main");
	snprintf(worker.bgw_name, BGW_MAXLEN, "gen_10");
	worker.bgw_main_arg = Int32GetDatum(10);
	RegisterBackgroundWorker(&worker);
}
