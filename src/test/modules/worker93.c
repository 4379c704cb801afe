/*
 * worker93.c
 *		A worker as sources of PostgreSQL 9.3 have them: bgw_main is a pointer to a static function.
 *
 * Nobody filled the struct with zeros then. Here what lay on the stack is the worst of it: texts without an end, a process number.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "postmaster/bgworker.h"
#include "storage/ipc.h"

PG_MODULE_MAGIC;

void _PG_init(void);
PGDLLEXPORT void named_main(Datum main_arg);

static void
old_main(Datum main_arg)
{
	BackgroundWorkerUnblockSignals();
	BackgroundWorkerInitializeConnection("postgres", NULL);
	elog(LOG, "worker93: %s runs with %d", MyBgworkerEntry->bgw_name, DatumGetInt32(main_arg));
	proc_exit(1);
}

PGDLLEXPORT void
named_main(Datum main_arg)
{
	elog(LOG, "worker93: %s runs by its name", MyBgworkerEntry->bgw_name);
	proc_exit(1);
}

/* A source of 10 or later, which knows no bgw_main: the stack may hold an address of the module there. */
static void
register_named(BackgroundWorker *worker)
{
	snprintf(worker->bgw_name, BGW_MAXLEN, "named worker");
	snprintf(worker->bgw_library_name, BGW_MAXLEN, "worker93");
	snprintf(worker->bgw_function_name, BGW_MAXLEN, "named_main");
	worker->bgw_type[0] = '\0';
	worker->bgw_notify_pid = 0;
	RegisterBackgroundWorker(worker);
}

void
_PG_init(void)
{
	BackgroundWorker worker;

	memset(&worker, 'x', sizeof(worker));
	worker.bgw_flags = BGWORKER_SHMEM_ACCESS | BGWORKER_BACKEND_DATABASE_CONNECTION;
	worker.bgw_start_time = BgWorkerStart_RecoveryFinished;
	worker.bgw_restart_time = 1;
	worker.bgw_main = old_main;
	for (int i = 1; i <= 2; i++)
	{
		snprintf(worker.bgw_name, BGW_MAXLEN, "old worker %d", i);
		worker.bgw_main_arg = Int32GetDatum(i);
		RegisterBackgroundWorker(&worker);
	}
	register_named(&worker);
}
