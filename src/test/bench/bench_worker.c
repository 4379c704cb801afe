/*
 * bench_worker.c
 *		Workers for the benchmarks; built alike for PostgreSQL 15 and for Postroom.
 *
 * Settings: bench.idle workers with a database and bench.bare workers without one, which sleep until
 * told to leave and answer a reload by a log line; bench.restart workers that leave at once and come
 * back after a second; bench.spi, one worker that measures SPI and logs the rates; bench.launch, one
 * worker that launches dynamic ones and logs how many a second; bench.latch, two workers that wake
 * each other and log how often a second.
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
#include "storage/lwlock.h"
#include "storage/proc.h"
#include "storage/shmem.h"
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
PGDLLEXPORT void bench_launch_main(Datum main_arg);
PGDLLEXPORT void bench_launched_main(Datum main_arg);
PGDLLEXPORT void bench_latch_main(Datum main_arg);

static int idle_workers = 0, bare_workers = 0, restart_workers = 0, reload_value = 0;
static bool measure_spi = false, measure_launch = false, measure_latch = false;
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

/* ---- Launches ---- */

void
bench_launched_main(Datum main_arg)
{
}

static BackgroundWorkerHandle *
launch(void)
{
	BackgroundWorker worker;
	BackgroundWorkerHandle *handle;

	memset(&worker, 0, sizeof(worker));
	worker.bgw_flags = BGWORKER_SHMEM_ACCESS;
	worker.bgw_start_time = BgWorkerStart_RecoveryFinished;
	worker.bgw_restart_time = BGW_NEVER_RESTART;
	worker.bgw_notify_pid = MyProcPid;
	snprintf(worker.bgw_library_name, BGW_MAXLEN, "bench_worker");
	snprintf(worker.bgw_function_name, BGW_MAXLEN, "bench_launched_main");
	snprintf(worker.bgw_name, BGW_MAXLEN, "bench launched");
	snprintf(worker.bgw_type, BGW_MAXLEN, "bench launched");
	if (!RegisterDynamicBackgroundWorker(&worker, &handle))
		elog(FATAL, "bench: no place for a worker");
	return handle;
}

/* Launches, runs and exits a second; so many are under way at a time. */
static double
launch_rate(int at_a_time)
{
	BackgroundWorkerHandle *handles[100];
	instr_time start, now;
	int runs = 0;

	INSTR_TIME_SET_CURRENT(start);
	do
	{
		for (int i = 0; i < at_a_time; i++)
			handles[i] = launch();
		for (int i = 0; i < at_a_time; i++, runs++)
		{
			if (WaitForBackgroundWorkerShutdown(handles[i]) != BGWH_STOPPED)
				elog(FATAL, "bench: a worker did not stop");
			pfree(handles[i]);
		}
		INSTR_TIME_SET_CURRENT(now);
		INSTR_TIME_SUBTRACT(now, start);
	} while (INSTR_TIME_GET_DOUBLE(now) < 2);
	return runs / INSTR_TIME_GET_DOUBLE(now);
}

void
bench_launch_main(Datum main_arg)
{
	pqsignal(SIGTERM, die);
	BackgroundWorkerUnblockSignals();
	/* PostgreSQL notifies workers with a database only. */
	BackgroundWorkerInitializeConnection("postgres", NULL, 0);
	elog(LOG, "bench: launches one by one = %.0f", launch_rate(1));
	elog(LOG, "bench: launches 100 at a time = %.0f", launch_rate(100));
	proc_exit(0);
}

/* ---- Latches ---- */

typedef struct Pair
{
	volatile uint64 turns; /* whose turn it is: the worker whose number is its lowest bit */
	PGPROC *volatile member[2];
	volatile bool done;
} Pair;

void
bench_latch_main(Datum main_arg)
{
	int me = DatumGetInt32(main_arg);
	bool found;
	Pair *pair;
	instr_time start, now;

	pqsignal(SIGTERM, die);
	BackgroundWorkerUnblockSignals();
	LWLockAcquire(AddinShmemInitLock, LW_EXCLUSIVE);
	pair = ShmemInitStruct("bench pair", sizeof(Pair), &found);
	if (!found)
		memset(pair, 0, sizeof(Pair));
	LWLockRelease(AddinShmemInitLock);
	pair->member[me] = MyProc;
	while (pair->member[1 - me] == NULL)
		pg_usleep(1000);
	INSTR_TIME_SET_CURRENT(start);
	while (!pair->done)
	{
		if (pair->turns % 2 != (uint64) me)
		{
			(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH, 1000,
							 PG_WAIT_EXTENSION);
			ResetLatch(MyLatch);
			CHECK_FOR_INTERRUPTS();
			continue;
		}
		pair->turns++;
		SetLatch(&pair->member[1 - me]->procLatch);
		if (me != 0 || pair->turns % 256 != 1)
			continue;
		INSTR_TIME_SET_CURRENT(now);
		INSTR_TIME_SUBTRACT(now, start);
		if (INSTR_TIME_GET_DOUBLE(now) < 2)
			continue;
		pair->done = true;
		elog(LOG, "bench: latch round trips = %.0f",
			 (double) (pair->turns / 2) / INSTR_TIME_GET_DOUBLE(now));
	}
	sleep_until_told();
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
		worker.bgw_main_arg = Int32GetDatum(i);
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
	DefineCustomBoolVariable("bench.launch", "Measures launches.", NULL, &measure_launch, false,
							 PGC_POSTMASTER, 0, NULL, NULL, NULL);
	DefineCustomBoolVariable("bench.latch", "Measures latches.", NULL, &measure_latch, false,
							 PGC_POSTMASTER, 0, NULL, NULL, NULL);
	DefineCustomRealVariable("bench.seconds", "Seconds per SPI row.", NULL, &seconds_per_row, 0.7,
							 0.1, 60, PGC_POSTMASTER, 0, NULL, NULL, NULL);
	add("bench_idle_main", idle_workers, true, 1);
	add("bench_bare_main", bare_workers, false, 1);
	add("bench_restart_main", restart_workers, false, 1);
	if (measure_launch)
		add("bench_launch_main", 1, true, BGW_NEVER_RESTART);
	if (measure_latch)
		add("bench_latch_main", 2, false, BGW_NEVER_RESTART);
	if (measure_spi)
		add("bench_spi_main", 1, true, BGW_NEVER_RESTART);
}
