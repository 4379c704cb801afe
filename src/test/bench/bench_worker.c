/*
 * bench_worker.c
 *		Workers for the benchmarks; built alike for PostgreSQL 15 and for Postroom.
 *
 * Settings: bench.idle workers with a database and bench.bare workers without one, which sleep until
 * told to leave and answer a reload by a log line; bench.restart workers that leave at once and come
 * back after a second; bench.spi, one worker that measures SPI and logs the rates.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "portability/instr_time.h"
#include "postmaster/bgworker.h"
#include "postmaster/interrupt.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "storage/proc.h"
#include "tcop/tcopprot.h"
#include "utils/guc.h"
#include "utils/snapmgr.h"
#include "utils/wait_event.h"

PG_MODULE_MAGIC;

PGDLLEXPORT void _PG_init(void);
PGDLLEXPORT void bench_idle_main(Datum main_arg);
PGDLLEXPORT void bench_bare_main(Datum main_arg);
PGDLLEXPORT void bench_restart_main(Datum main_arg);
PGDLLEXPORT void bench_spi_main(Datum main_arg);

static int idle_workers = 0, bare_workers = 0, restart_workers = 0, reload_value = 0;
static bool measure_spi = false;
static double seconds_per_row = 0.7;

static void
sleep_until_told(void)
{
	for (;;)
	{
		(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_EXIT_ON_PM_DEATH, -1, PG_WAIT_EXTENSION);
		ResetLatch(MyLatch);
		CHECK_FOR_INTERRUPTS();
		if (ConfigReloadPending)
		{
			ConfigReloadPending = false;
			ProcessConfigFile(PGC_SIGHUP);
			elog(LOG, "bench: value %d", reload_value);
		}
	}
}

static void
take_signals(void)
{
	pqsignal(SIGHUP, SignalHandlerForConfigReload);
	pqsignal(SIGTERM, die);
	BackgroundWorkerUnblockSignals();
}

void
bench_idle_main(Datum main_arg)
{
	take_signals();
	BackgroundWorkerInitializeConnection("postgres", NULL, 0);
	elog(LOG, "bench: up");
	sleep_until_told();
}

void
bench_bare_main(Datum main_arg)
{
	take_signals();
	elog(LOG, "bench: up");
	sleep_until_told();
}

void
bench_restart_main(Datum main_arg)
{
	take_signals();
	elog(LOG, "bench: restarted");
	proc_exit(1);
}

/* How often one statement runs in a second, all in one transaction. */
typedef struct Row
{
	const char *name;
	const char *sql; /* %d stands for the key where there is no parameter */
	bool by_plan;
	bool keyed;
	int wanted;
} Row;

static double
rate_of(const Row *row)
{
	Oid types[1] = {INT4OID};
	SPIPlanPtr plan = NULL;
	instr_time start, now;
	double elapsed = 0;
	uint64 runs = 0;
	char text[200];

	SetCurrentStatementStartTimestamp();
	StartTransactionCommand();
	SPI_connect();
	PushActiveSnapshot(GetTransactionSnapshot());
	if (row->by_plan)
		plan = SPI_prepare(row->sql, row->keyed ? 1 : 0, types);
	INSTR_TIME_SET_CURRENT(start);
	do
	{
		for (int i = 0; i < 200; i++, runs++)
		{
			int key = (int) (runs * 7919 % 10000) + 1;
			int result;

			if (row->by_plan)
			{
				Datum values[1] = {Int32GetDatum(key)};

				result = SPI_execute_plan(plan, values, NULL, false, 0);
			}
			else
			{
				snprintf(text, sizeof(text), row->sql, key);
				result = SPI_execute(text, false, 0);
			}
			if (result != row->wanted)
				elog(FATAL, "bench: %s gave %d", row->name, result);
			if (SPI_tuptable != NULL)
				SPI_freetuptable(SPI_tuptable);
		}
		INSTR_TIME_SET_CURRENT(now);
		INSTR_TIME_SUBTRACT(now, start);
		elapsed = INSTR_TIME_GET_DOUBLE(now);
	} while (elapsed < seconds_per_row);
	SPI_finish();
	PopActiveSnapshot();
	CommitTransactionCommand();
	return (double) runs / elapsed;
}

static void
run_once(const char *sql)
{
	SetCurrentStatementStartTimestamp();
	StartTransactionCommand();
	SPI_connect();
	PushActiveSnapshot(GetTransactionSnapshot());
	if (SPI_execute(sql, false, 0) < 0)
		elog(FATAL, "bench: \"%s\" failed", sql);
	SPI_finish();
	PopActiveSnapshot();
	CommitTransactionCommand();
}

void
bench_spi_main(Datum main_arg)
{
	static const Row rows[] = {
		{"select 1 by text", "SELECT 1", false, false, SPI_OK_SELECT},
		{"select 1 by plan", "SELECT 1", true, false, SPI_OK_SELECT},
		{"row by key by text", "SELECT v FROM bench_rows WHERE k = %d", false, true, SPI_OK_SELECT},
		{"row by key by plan", "SELECT v FROM bench_rows WHERE k = $1", true, true, SPI_OK_SELECT},
		{"update by key by text", "UPDATE bench_rows SET v = v + 1 WHERE k = %d", false, true,
		 SPI_OK_UPDATE},
		{"update by key by plan", "UPDATE bench_rows SET v = v + 1 WHERE k = $1", true, true,
		 SPI_OK_UPDATE},
	};

	take_signals();
	BackgroundWorkerInitializeConnection("postgres", NULL, 0);
	run_once("CREATE TABLE IF NOT EXISTS bench_rows (k int PRIMARY KEY, v int)");
	run_once("DELETE FROM bench_rows");
	run_once("INSERT INTO bench_rows SELECT n, 0 FROM generate_series(1, 10000) g (n)");
	for (size_t i = 0; i < lengthof(rows); i++)
		elog(LOG, "bench: spi %s = %.0f", rows[i].name, rate_of(&rows[i]));
	elog(LOG, "bench: spi done");
	proc_exit(0);
}

static void
add(const char *function, int count, bool database, int restart)
{
	BackgroundWorker worker;

	memset(&worker, 0, sizeof(worker));
	worker.bgw_flags =
		BGWORKER_SHMEM_ACCESS | (database ? BGWORKER_BACKEND_DATABASE_CONNECTION : 0);
	worker.bgw_start_time = BgWorkerStart_RecoveryFinished;
	worker.bgw_restart_time = restart;
	snprintf(worker.bgw_library_name, BGW_MAXLEN, "bench_worker");
	snprintf(worker.bgw_function_name, BGW_MAXLEN, "%s", function);
	snprintf(worker.bgw_type, BGW_MAXLEN, "bench");
	for (int i = 0; i < count; i++)
	{
		snprintf(worker.bgw_name, BGW_MAXLEN, "bench %d", i);
		RegisterBackgroundWorker(&worker);
	}
}

void
_PG_init(void)
{
	if (!process_shared_preload_libraries_in_progress)
		return;
	DefineCustomIntVariable("bench.idle", "Idle workers with a database.", NULL, &idle_workers, 0,
							0, 10000, PGC_POSTMASTER, 0, NULL, NULL, NULL);
	DefineCustomIntVariable("bench.bare", "Idle workers without one.", NULL, &bare_workers, 0, 0,
							10000, PGC_POSTMASTER, 0, NULL, NULL, NULL);
	DefineCustomIntVariable("bench.restart", "Workers that restart.", NULL, &restart_workers, 0, 0,
							10000, PGC_POSTMASTER, 0, NULL, NULL, NULL);
	DefineCustomIntVariable("bench.value", "Changed by a reload.", NULL, &reload_value, 0, 0,
							INT_MAX, PGC_SIGHUP, 0, NULL, NULL, NULL);
	DefineCustomBoolVariable("bench.spi", "Measures SPI.", NULL, &measure_spi, false,
							 PGC_POSTMASTER, 0, NULL, NULL, NULL);
	DefineCustomRealVariable("bench.seconds", "Seconds per SPI row.", NULL, &seconds_per_row, 0.7,
							 0.1, 60, PGC_POSTMASTER, 0, NULL, NULL, NULL);
	add("bench_idle_main", idle_workers, true, 1);
	add("bench_bare_main", bare_workers, false, 1);
	add("bench_restart_main", restart_workers, false, 1);
	if (measure_spi)
		add("bench_spi_main", 1, true, BGW_NEVER_RESTART);
}
