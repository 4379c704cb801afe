/*
 * test_worker.c
 *		Workers that behave as the setting test_worker.workers says.
 *
 * The setting is a list of workers, separated by semicolons; each is a list of key:value, separated
 * by commas:
 *
 *	 name:NAME		bgw_name and bgw_type (several with count: NAME followed by a number)
 *	 count:N		how many of them (default 1)
 *	 flags:FLAGS	letters: s shared memory, d database connection (default "sd"; "-" is none)
 *	 start:WHEN		postmaster, consistent or finished (default)
 *	 restart:SECONDS	bgw_restart_time; "never" is BGW_NEVER_RESTART (default)
 *	 policy:WHEN	registers it with a policy: always, on_failure, never or nonsense; then its back-off is
 *					100 ms, code 3 means done, and application_name is "own"
 *	 db:NAME		database to connect to (default postgres)
 *	 do:ACTION		what the worker does once it runs (default loop):
 *		loop		sleeps on its latch until SIGTERM
 *					and logs "reload N" with test_worker.value for each SIGHUP
 *		exit:N		proc_exit(N)		return		returns from main
 *		error		ereport(ERROR)		fatal		ereport(FATAL)		panic	ereport(PANIC)
 *		segv abort kill	dies by that signal
 *		batches		commits and rolls back within one SPI connection, and calls the procedure "batch"
 *		overflow	writes beyond a piece of memory		undefined	shifts by too much
 *		_exit:N		leaves without detaching from shared memory
 *		deaf		ignores SIGTERM		stone		ignores SIGTERM and SIGQUIT
 *		unwatched	sleeps on its latch and asks for nothing else, like sources before PostgreSQL 12
 *		spin		computes for ever, looking at nothing
 *		leave		obeys SIGTERM with exit code 0
 *		when:PATH	loops until PATH exists, then removes it and does the ACTION it names
 *
 * Every start is logged as "test_worker: NAME started".
 */
#include "postgres.h"

#include "access/xact.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "postmaster/bgworker.h"
#if __has_include("postmaster/bgworker_policy.h")
#include "postmaster/bgworker_policy.h"
#endif
#include "postmaster/interrupt.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "storage/proc.h"
#include "tcop/tcopprot.h"
#include "utils/guc.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

PG_MODULE_MAGIC;

PGDLLEXPORT void _PG_init(void);
PGDLLEXPORT void test_worker_main(Datum main_arg);

#define MAX_SPECS 64

typedef struct Spec
{
	char name[64];
	int count;
	bool shmem, database;
	BgWorkerStartTime start;
	int restart;
	char policy[16];
	char dbname[64];
	char action[256];
} Spec;

static Spec specs[MAX_SPECS];
static int spec_count = 0;
static char *workers_setting = NULL;
static int value_setting = 0;

static void act(const char *action);

static void
set_key(Spec *spec, const char *key, const char *value)
{
	if (strcmp(key, "name") == 0)
		strlcpy(spec->name, value, sizeof(spec->name));
	else if (strcmp(key, "count") == 0)
		spec->count = atoi(value);
	else if (strcmp(key, "flags") == 0)
	{
		spec->shmem = strchr(value, 's') != NULL;
		spec->database = strchr(value, 'd') != NULL;
	}
	else if (strcmp(key, "start") == 0)
		spec->start = strcmp(value, "postmaster") == 0	 ? BgWorkerStart_PostmasterStart
					  : strcmp(value, "consistent") == 0 ? BgWorkerStart_ConsistentState
														 : BgWorkerStart_RecoveryFinished;
	else if (strcmp(key, "restart") == 0)
		spec->restart = strcmp(value, "never") == 0 ? BGW_NEVER_RESTART : atoi(value);
	else if (strcmp(key, "policy") == 0)
		strlcpy(spec->policy, value, sizeof(spec->policy));
	else if (strcmp(key, "db") == 0)
		strlcpy(spec->dbname, value, sizeof(spec->dbname));
	else if (strcmp(key, "do") == 0)
		strlcpy(spec->action, value, sizeof(spec->action));
	else
		elog(ERROR, "test_worker: unknown key \"%s\"", key);
}

static void
parse_spec(char *text)
{
	Spec *spec = &specs[spec_count];
	char *rest = NULL;

	if (spec_count == MAX_SPECS)
		elog(ERROR, "test_worker: too many workers");
	memset(spec, 0, sizeof(*spec));
	strlcpy(spec->name, "test", sizeof(spec->name));
	spec->count = 1;
	spec->shmem = spec->database = true;
	spec->start = BgWorkerStart_RecoveryFinished;
	spec->restart = BGW_NEVER_RESTART;
	strlcpy(spec->dbname, "postgres", sizeof(spec->dbname));
	strlcpy(spec->action, "loop", sizeof(spec->action));
	for (char *item = strtok_r(text, ",", &rest); item != NULL; item = strtok_r(NULL, ",", &rest))
	{
		char *colon;

		item += strspn(item, " \n\t");
		colon = strchr(item, ':');
		if (colon == NULL)
			elog(ERROR, "test_worker: \"%s\" is no key:value", item);
		*colon = '\0';
		set_key(spec, item, colon + 1);
	}
	spec_count++;
}

static void
register_worker(BackgroundWorker *worker, const char *when)
{
#ifdef BGW_POLICY_SETTINGSLEN
	BackgroundWorkerPolicy policy;

	memset(&policy, 0, sizeof(policy));
	policy.bgwp_restart = strcmp(when, "always") == 0		? BGW_RESTART_ALWAYS
						  : strcmp(when, "on_failure") == 0 ? BGW_RESTART_ON_FAILURE
															: BGW_RESTART_NEVER;
	policy.bgwp_done[3] = true;
	policy.bgwp_backoff_min = policy.bgwp_backoff_max = strcmp(when, "nonsense") == 0 ? -1 : 100;
	strlcpy(policy.bgwp_settings, "application_name=own", sizeof(policy.bgwp_settings));
	RegisterBackgroundWorkerWithPolicy(worker, when[0] != '\0' ? &policy : NULL);
#else
	RegisterBackgroundWorker(worker);
#endif
}

static void
register_spec(int index)
{
	const Spec *spec = &specs[index];
	BackgroundWorker worker;

	memset(&worker, 0, sizeof(worker));
	worker.bgw_flags = (spec->shmem ? BGWORKER_SHMEM_ACCESS : 0) |
					   (spec->database ? BGWORKER_BACKEND_DATABASE_CONNECTION : 0);
	worker.bgw_start_time = spec->start;
	worker.bgw_restart_time = spec->restart;
	worker.bgw_main_arg = Int32GetDatum(index);
	snprintf(worker.bgw_library_name, sizeof(worker.bgw_library_name), "%s",
			 getenv("TEST_WORKER_LIBRARY") ? getenv("TEST_WORKER_LIBRARY") : "test_worker");
	snprintf(worker.bgw_function_name, sizeof(worker.bgw_function_name), "test_worker_main");
	snprintf(worker.bgw_type, sizeof(worker.bgw_type), "%s", spec->name);
	for (int i = 1; i <= spec->count; i++)
	{
		if (spec->count == 1)
			snprintf(worker.bgw_name, sizeof(worker.bgw_name), "%s", spec->name);
		else
			snprintf(worker.bgw_name, sizeof(worker.bgw_name), "%s %d", spec->name, i);
		register_worker(&worker, spec->policy);
	}
}

void
_PG_init(void)
{
	char *copy;
	char *rest = NULL;

	if (!process_shared_preload_libraries_in_progress)
		return;
	DefineCustomStringVariable("test_worker.workers", "Workers to register.", NULL,
							   &workers_setting, "", PGC_POSTMASTER, 0, NULL, NULL, NULL);
	DefineCustomIntVariable("test_worker.value", "A value for reload tests.", NULL, &value_setting,
							0, 0, INT_MAX, PGC_SIGHUP, 0, NULL, NULL, NULL);
	copy = pstrdup(workers_setting);
	for (char *item = strtok_r(copy, ";", &rest); item != NULL; item = strtok_r(NULL, ";", &rest))
		parse_spec(item);
	for (int i = 0; i < spec_count; i++)
		register_spec(i);
}

/* Takes the action out of the file that a test has put there. */
static void
take_action(const char *path, char *action, size_t size)
{
	FILE *file = fopen(path, "r");

	action[0] = '\0';
	if (file != NULL && fgets(action, size, file) == NULL)
		action[0] = '\0';
	if (file != NULL)
		fclose(file);
	unlink(path);
}

/* Sleeps until SIGTERM, or until the file exists that says what to do. */
static void
loop(const char *file)
{
	int reloads = 0;
	char action[256];

	for (;;)
	{
		(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH,
						 file != NULL ? 20L : 600000L, PG_WAIT_EXTENSION);
		ResetLatch(MyLatch);
		CHECK_FOR_INTERRUPTS();
		if (ShutdownRequestPending)
			proc_exit(0);
		if (ConfigReloadPending)
		{
			ConfigReloadPending = false;
			ProcessConfigFile(PGC_SIGHUP);
			elog(LOG, "test_worker: %s reload %d, value %d", MyBgworkerEntry->bgw_name, ++reloads,
				 value_setting);
		}
		if (file != NULL && access(file, F_OK) == 0)
		{
			take_action(file, action, sizeof(action));
			act(action);
		}
	}
}

static void
sleep_unwatched(void)
{
	for (;;)
	{
		(void) WaitLatch(MyLatch, WL_LATCH_SET, 0L, PG_WAIT_EXTENSION);
		ResetLatch(MyLatch);
		CHECK_FOR_INTERRUPTS();
	}
}

static void
overflow(void)
{
	volatile char *piece = malloc(8);

	if (piece != NULL)
		piece[value_setting + 8] = 0;
	free((void *) piece);
}

/* False unless the action is one that ignores signals. */
static bool
close_ears(const char *action)
{
	const bool stone = strcmp(action, "stone") == 0;

	if (!stone && strcmp(action, "deaf") != 0)
		return false;
	pqsignal(SIGTERM, SIG_IGN);
	if (stone)
		pqsignal(SIGQUIT, SIG_IGN);
	return true;
}

/* One transaction after the other, all within one SPI connection. */
static void
run_batches(void)
{
	SPIExecuteOptions options;

	StartTransactionCommand();
	SPI_connect_ext(SPI_OPT_NONATOMIC);
	SPI_execute("INSERT INTO batches VALUES ('committed')", false, 0);
	SPI_commit();
	SPI_execute("INSERT INTO batches VALUES ('rolled back')", false, 0);
	SPI_rollback();
	SPI_start_transaction();
	memset(&options, 0, sizeof(options));
	options.allow_nonatomic = true;
	SPI_execute_extended("CALL batch('by a procedure')", &options);
	SPI_execute("INSERT INTO batches VALUES ('chained')", false, 0);
	SPI_commit_and_chain();
	SPI_execute("INSERT INTO batches VALUES ('last')", false, 0);
	SPI_finish();
	CommitTransactionCommand();
	elog(LOG, "test_worker: batches done");
}

static void
act(const char *action)
{
	volatile unsigned long turns = 0;

	if (strncmp(action, "exit:", 5) == 0)
		proc_exit(atoi(action + 5));
	if (strncmp(action, "_exit:", 6) == 0)
		_exit(atoi(action + 6));
	if (strcmp(action, "error") == 0)
		ereport(ERROR, (errmsg("test_worker: an error")));
	if (strcmp(action, "fatal") == 0)
		ereport(FATAL, (errmsg("test_worker: a fatal error")));
	if (strcmp(action, "panic") == 0)
		ereport(PANIC, (errmsg("test_worker: a panic")));
	if (strcmp(action, "segv") == 0)
	{
		/* A sanitizer would catch it. */
		pqsignal(SIGSEGV, SIG_DFL);
		raise(SIGSEGV);
	}
	if (strcmp(action, "abort") == 0)
		abort();
	if (strcmp(action, "kill") == 0)
		raise(SIGKILL);
	if (strcmp(action, "batches") == 0)
		run_batches();
	if (strcmp(action, "overflow") == 0)
		overflow();
	if (strcmp(action, "undefined") == 0)
		elog(LOG, "test_worker: %d", 1 << (value_setting + 32));
	if (strcmp(action, "unwatched") == 0)
		sleep_unwatched();
	if (strcmp(action, "spin") == 0)
		for (;;)
			turns++;
	if (close_ears(action))
		for (;;)
			pause();
	if (strncmp(action, "when:", 5) == 0)
		loop(action + 5);
	if (strcmp(action, "return") != 0)
		loop(NULL);
}

void
test_worker_main(Datum main_arg)
{
	const Spec *spec = &specs[DatumGetInt32(main_arg)];

	pqsignal(SIGHUP, SignalHandlerForConfigReload);
	if (strcmp(spec->action, "leave") == 0)
		pqsignal(SIGTERM, SignalHandlerForShutdownRequest);
	else if (spec->shmem)
		pqsignal(SIGTERM, die);
	BackgroundWorkerUnblockSignals();
	if (spec->database)
		BackgroundWorkerInitializeConnection(spec->dbname, NULL, 0);
	/* Who has read that it started may signal it. */
	(void) close_ears(spec->action);
	elog(LOG, "test_worker: %s started", MyBgworkerEntry->bgw_name);
	act(spec->action);
}
