/*
 * worker_libpq.c
 *		The sample of a background worker without shared memory: a supervised client.
 *
 * The postmaster starts it, restarts it and stops it, but it shares nothing with the server: it
 * talks to a database, this server's or any other, through libpq like every client. So its crash
 * disturbs nobody. Every naptime it counts the sessions of the server and logs a change.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "postmaster/bgworker.h"
#include "postmaster/interrupt.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "utils/guc.h"
#include "utils/wait_event.h"

#include "libpq-fe.h"

PG_MODULE_MAGIC;

PGDLLEXPORT void _PG_init(void);
PGDLLEXPORT void worker_libpq_main(Datum main_arg) pg_attribute_noreturn();

static int worker_libpq_naptime = 10;	   /* seconds */
static char *worker_libpq_conninfo = NULL; /* what PQconnectdb takes */

static const char *const count_sessions =
	"SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'";

/* Connects, or ends the worker: the postmaster starts it again after its restart interval. */
static PGconn *
connect_or_exit(void)
{
	PGconn *conn = PQconnectdb(worker_libpq_conninfo);

	if (PQstatus(conn) != CONNECTION_OK)
	{
		elog(LOG, "%s: %s", MyBgworkerEntry->bgw_name, PQerrorMessage(conn));
		PQfinish(conn);
		proc_exit(1);
	}
	return conn;
}

/* The number of sessions, or -1 when the connection is lost. */
static int
sessions(PGconn *conn)
{
	PGresult *result = PQexec(conn, count_sessions);
	int count = -1;

	if (PQresultStatus(result) == PGRES_TUPLES_OK)
		count = atoi(PQgetvalue(result, 0, 0));
	else
		elog(LOG, "%s: %s", MyBgworkerEntry->bgw_name, PQerrorMessage(conn));
	PQclear(result);
	return count;
}

void
worker_libpq_main(Datum main_arg)
{
	PGconn *conn;
	int before = -1;

	pqsignal(SIGHUP, SignalHandlerForConfigReload);
	pqsignal(SIGTERM, SignalHandlerForShutdownRequest);
	BackgroundWorkerUnblockSignals();

	conn = connect_or_exit();
	while (!ShutdownRequestPending)
	{
		int count = sessions(conn);

		if (count < 0)
			break;
		if (count != before)
			elog(LOG, "%s: %d sessions", MyBgworkerEntry->bgw_name, count);
		before = count;

		(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH,
						 worker_libpq_naptime * 1000L, PG_WAIT_EXTENSION);
		ResetLatch(MyLatch);
		if (ConfigReloadPending)
		{
			ConfigReloadPending = false;
			ProcessConfigFile(PGC_SIGHUP);
		}
	}
	PQfinish(conn);

	/* 1, not 0: exit code 0 means "never again". */
	proc_exit(1);
}

void
_PG_init(void)
{
	BackgroundWorker worker;

	if (!process_shared_preload_libraries_in_progress)
		return;

	DefineCustomIntVariable("worker_libpq.naptime", "Duration between each check (in seconds).",
							NULL, &worker_libpq_naptime, 10, 1, INT_MAX, PGC_SIGHUP, GUC_UNIT_S,
							NULL, NULL, NULL);
	DefineCustomStringVariable("worker_libpq.conninfo", "Connection string of the database.", NULL,
							   &worker_libpq_conninfo, "dbname=postgres", PGC_POSTMASTER, 0, NULL,
							   NULL, NULL);
	MarkGUCPrefixReserved("worker_libpq");

	memset(&worker, 0, sizeof(worker));
	worker.bgw_flags = 0; /* neither shared memory nor a database connection */
	worker.bgw_start_time = BgWorkerStart_ConsistentState;
	worker.bgw_restart_time = 5;
	snprintf(worker.bgw_name, sizeof(worker.bgw_name), "worker_libpq");
	snprintf(worker.bgw_type, sizeof(worker.bgw_type), "worker_libpq");
	snprintf(worker.bgw_library_name, sizeof(worker.bgw_library_name), "worker_libpq");
	snprintf(worker.bgw_function_name, sizeof(worker.bgw_function_name), "worker_libpq_main");
	RegisterBackgroundWorker(&worker);
}
