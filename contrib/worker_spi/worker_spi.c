/*
 * worker_spi.c
 *		The sample of a background worker that does SQL work. Copy it.
 *
 * Each worker owns a table "schemaN.counted" of rows (type, value). Clients add rows of type 'delta';
 * the worker folds them into the one row of type 'total', naps, and looks again.
 *
 * What it shows, in the order of a worker's life:
 *	 _PG_init			runs in the postmaster: declares settings, registers the workers;
 *	 worker_spi_main	runs in a process of its own: signals, connection, the loop;
 *	 begin_work, end_work	one unit of SQL work, as pg_stat_activity sees it;
 *	 worker_spi_launch	a function of SQL that starts one more worker while the server runs.
 */
#include "postgres.h"

#include "access/xact.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "postmaster/bgworker.h"
#include "postmaster/interrupt.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "tcop/tcopprot.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/snapmgr.h"

PG_MODULE_MAGIC;

PGDLLEXPORT void _PG_init(void);
PGDLLEXPORT void worker_spi_main(Datum main_arg) pg_attribute_noreturn();
PG_FUNCTION_INFO_V1(worker_spi_launch);

/* Settings. */
static int worker_spi_naptime = 10;		 /* seconds between two looks */
static int worker_spi_total_workers = 2; /* fixed while the server runs */
static char *worker_spi_database = NULL; /* where they connect */

/* What a worker started from SQL finds in its bgw_extra; a static one finds zeros there. */
typedef struct LaunchedIn
{
	Oid database;
	Oid role;
} LaunchedIn;

/* The worker's table, with its names quoted for SQL. */
typedef struct CountedTable
{
	const char *schema;
	const char *name;
} CountedTable;

/*
 * Opens a unit of work: a transaction, SPI and a snapshot. The statement start time comes first,
 * since transaction start and query_start in pg_stat_activity are taken from it.
 */
static void
begin_work(const char *activity)
{
	SetCurrentStatementStartTimestamp();
	StartTransactionCommand();
	SPI_connect();
	PushActiveSnapshot(GetTransactionSnapshot());
	pgstat_report_activity(STATE_RUNNING, activity);
}

static void
end_work(void)
{
	SPI_finish();
	PopActiveSnapshot();
	CommitTransactionCommand();
	pgstat_report_stat(true);
	pgstat_report_activity(STATE_IDLE, NULL);
}

/* Runs one statement that must end with the given result code; anything else is a bug: give up. */
static void
run(const char *sql, int wanted)
{
	int result;

	/* Every statement has a start time of its own. */
	SetCurrentStatementStartTimestamp();
	debug_query_string = sql;
	result = SPI_execute(sql, false, 0);
	debug_query_string = NULL;
	if (result != wanted)
		elog(FATAL, "statement \"%s\" failed: %s", sql, SPI_result_code_string(result));
}

/* Makes schema and table, if this is the first start of this worker in this database. */
static void
create_missing(const CountedTable *table)
{
	StringInfoData sql;

	begin_work("creating worker_spi schema and table");

	initStringInfo(&sql);
	appendStringInfo(&sql, "CREATE SCHEMA IF NOT EXISTS %s", table->schema);
	run(sql.data, SPI_OK_UTILITY);

	resetStringInfo(&sql);
	appendStringInfo(&sql,
					 "CREATE TABLE IF NOT EXISTS %s.%s ("
					 "type text CHECK (type IN ('total', 'delta')), "
					 "value integer)",
					 table->schema, table->name);
	run(sql.data, SPI_OK_UTILITY);

	/* At most one total. */
	resetStringInfo(&sql);
	appendStringInfo(
		&sql, "CREATE UNIQUE INDEX IF NOT EXISTS %s ON %s.%s (type) WHERE type = 'total'",
		quote_identifier(psprintf("%s_unique_total", table->name)), table->schema, table->name);
	run(sql.data, SPI_OK_UTILITY);

	end_work();
}

/*
 * One statement does it all, so that no delta is lost or counted twice, whatever clients do
 * meanwhile: take the deltas away, add their sum to the total, and tell the new total.
 */
static char *
fold_statement(const CountedTable *table)
{
	return psprintf("WITH taken AS (DELETE FROM %1$s.%2$s WHERE type = 'delta' RETURNING value), "
					"summed AS (SELECT coalesce(sum(value), 0) AS delta FROM taken) "
					"UPDATE %1$s.%2$s SET value = %2$s.value + summed.delta "
					"FROM summed WHERE type = 'total' RETURNING %2$s.value",
					table->schema, table->name);
}

static void
fold(const char *sql, const CountedTable *table)
{
	begin_work(sql);
	run(sql, SPI_OK_UPDATE_RETURNING);
	if (SPI_processed > 0)
	{
		bool isnull;
		int32 total =
			DatumGetInt32(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull));

		if (!isnull)
			elog(LOG, "%s: count in %s.%s is now %d", MyBgworkerEntry->bgw_name, table->schema,
				 table->name, total);
	}
	end_work();
}

/* Sleeps until naptime is over, or somebody sets the latch; leaves when the postmaster is gone. */
static void
nap(void)
{
	(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH,
					 worker_spi_naptime * 1000L, PG_WAIT_EXTENSION);
	ResetLatch(MyLatch);
	CHECK_FOR_INTERRUPTS();
}

/* Where it was started from, or where the setting says. */
static void
connect_to_database(void)
{
	LaunchedIn launched;

	memcpy(&launched, MyBgworkerEntry->bgw_extra, sizeof(launched));
	if (OidIsValid(launched.database))
		BackgroundWorkerInitializeConnectionByOid(launched.database, launched.role, 0);
	else
		BackgroundWorkerInitializeConnection(worker_spi_database, NULL, 0);
}

void
worker_spi_main(Datum main_arg)
{
	CountedTable table;
	char *sql;

	/*
	 * Signals are blocked until we say how to take them. SIGHUP sets ConfigReloadPending and the
	 * latch; SIGTERM ends the worker at its next CHECK_FOR_INTERRUPTS().
	 */
	pqsignal(SIGHUP, SignalHandlerForConfigReload);
	pqsignal(SIGTERM, die);
	BackgroundWorkerUnblockSignals();

	connect_to_database();

	table.schema = quote_identifier(psprintf("schema%d", DatumGetInt32(main_arg)));
	table.name = quote_identifier("counted");
	sql = fold_statement(&table);

	elog(LOG, "%s initialized with %s.%s", MyBgworkerEntry->bgw_name, table.schema, table.name);
	create_missing(&table);

	for (;;)
	{
		nap();
		if (ConfigReloadPending)
		{
			ConfigReloadPending = false;
			ProcessConfigFile(PGC_SIGHUP);
		}
		fold(sql, &table);
	}
}

/* What all workers have in common. */
static void
describe_worker(BackgroundWorker *worker, int number)
{
	memset(worker, 0, sizeof(*worker));
	worker->bgw_flags = BGWORKER_SHMEM_ACCESS | BGWORKER_BACKEND_DATABASE_CONNECTION;
	worker->bgw_start_time = BgWorkerStart_RecoveryFinished; /* it writes */
	snprintf(worker->bgw_library_name, sizeof(worker->bgw_library_name), "worker_spi");
	snprintf(worker->bgw_function_name, sizeof(worker->bgw_function_name), "worker_spi_main");
	snprintf(worker->bgw_type, sizeof(worker->bgw_type), "worker_spi");
	snprintf(worker->bgw_name, sizeof(worker->bgw_name), "worker_spi worker %d", number);
	worker->bgw_main_arg = Int32GetDatum(number);
}

/*
 * worker_spi_launch(number) starts a worker in the caller's database, as the caller, waits until it
 * runs and returns its process number. Such a worker is not started again when it ends.
 */
Datum
worker_spi_launch(PG_FUNCTION_ARGS)
{
	BackgroundWorker worker;
	BackgroundWorkerHandle *handle;
	LaunchedIn launched = {MyDatabaseId, GetUserId()};
	BgwHandleStatus status;
	pid_t pid;

	describe_worker(&worker, PG_GETARG_INT32(0));
	worker.bgw_restart_time = BGW_NEVER_RESTART;
	worker.bgw_notify_pid = MyProcPid; /* who is to be woken when it starts */
	memcpy(worker.bgw_extra, &launched, sizeof(launched));

	if (!RegisterDynamicBackgroundWorker(&worker, &handle))
		ereport(ERROR, (errcode(ERRCODE_CONFIGURATION_LIMIT_EXCEEDED),
						errmsg("out of background worker slots"),
						errhint("You might need to increase \"max_worker_processes\".")));

	status = WaitForBackgroundWorkerStartup(handle, &pid);
	if (status == BGWH_STOPPED)
		ereport(ERROR, (errcode(ERRCODE_INSUFFICIENT_RESOURCES),
						errmsg("could not start background process"),
						errhint("More details may be available in the server log.")));
	if (status == BGWH_POSTMASTER_DIED)
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_RESOURCES),
				 errmsg("cannot start background processes without postmaster"),
				 errhint("Kill all remaining database processes and restart the database.")));
	Assert(status == BGWH_STARTED);
	PG_RETURN_INT32(pid);
}

void
_PG_init(void)
{
	BackgroundWorker worker;

	DefineCustomIntVariable("worker_spi.naptime", "Duration between each check (in seconds).", NULL,
							&worker_spi_naptime, 10, 1, INT_MAX, PGC_SIGHUP, GUC_UNIT_S, NULL, NULL,
							NULL);

	/* The rest matters only where workers can be registered: in the postmaster. */
	if (!process_shared_preload_libraries_in_progress)
		return;

	DefineCustomIntVariable("worker_spi.total_workers", "Number of workers.", NULL,
							&worker_spi_total_workers, 2, 1, 1000, PGC_POSTMASTER, 0, NULL, NULL,
							NULL);
	DefineCustomStringVariable("worker_spi.database", "Database to connect to.", NULL,
							   &worker_spi_database, "postgres", PGC_POSTMASTER, 0, NULL, NULL,
							   NULL);
	MarkGUCPrefixReserved("worker_spi");

	for (int i = 1; i <= worker_spi_total_workers; i++)
	{
		describe_worker(&worker, i);
		worker.bgw_restart_time = 1; /* a second after it failed */
		RegisterBackgroundWorker(&worker);
	}
}
