/*
 * test_dynamic.c
 *		Dynamic workers, driven by commands from a session.
 *
 * After LOAD 'test_dynamic', SET test_dynamic.command = 'NUMBER COMMAND' carries a command out in that
 * session, once for each number, and SHOW test_dynamic.result tells what came of it:
 *
 *	 launch KEY:VALUE,...		registers a worker: the number of its handle, or "false"
 *		name:NAME type:NAME		bgw_name, bgw_type
 *		restart:SECONDS			bgw_restart_time; "never" is BGW_NEVER_RESTART (default)
 *		flags:LETTERS			s shared memory, d database, p parallel class, i interruptible (default "sd")
 *		start:WHEN				postmaster, consistent or finished (default)
 *		notify:PID				bgw_notify_pid; "me" is this session (default), 0 nobody
 *		db:NAME user:NAME		database to connect to (default postgres), and as which role (default the first superuser)
 *		bypass:LETTERS			a BGWORKER_BYPASS_ALLOWCONN, r BGWORKER_BYPASS_ROLELOGINCHECK
 *		library:NAME function:NAME
 *		do:ACTION				the rest of the command, see act()
 *	 pid N, startup N, shutdown N	the calls on a handle; "started PID", "not yet started", "stopped"
 *	 terminate N				TerminateBackgroundWorker
 *	 type PID					GetBackgroundWorkerTypeByPid
 *	 startup_for N MS, shutdown_for N MS, ready_for N MS, ref N, open ID GENERATION	what Postroom adds
 *
 * What a worker does comes to it in bgw_extra.  Every start is logged as "test_dynamic: NAME started".
 */
#include "postgres.h"

#include "access/xact.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "postmaster/bgworker.h"
#include "postmaster/interrupt.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "tcop/tcopprot.h"
#include "utils/guc.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"
#include "utils/wait_event.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

PG_MODULE_MAGIC;

PGDLLEXPORT void _PG_init(void);
PGDLLEXPORT void test_dynamic_main(Datum main_arg);

#define MAX_HANDLES 2000

/* In bgw_extra. */
typedef struct Orders
{
	char database[20], user[16];
	uint8 bypass;
	char action[88];
} Orders;
StaticAssertDecl(sizeof(Orders) <= BGW_EXTRALEN, "orders fit");

static BackgroundWorkerHandle *handles[MAX_HANDLES];
static int handle_count = 0;
static char *command_setting = NULL;
static char *result_setting = NULL;
static char result[200] = "";
static long last_command = 0;

static void act(const char *action);

/* ---- In the session ---- */

static void
set_flags(BackgroundWorker *worker, const char *letters)
{
	worker->bgw_flags = 0;
	if (strchr(letters, 's') != NULL)
		worker->bgw_flags |= BGWORKER_SHMEM_ACCESS;
	if (strchr(letters, 'd') != NULL)
		worker->bgw_flags |= BGWORKER_BACKEND_DATABASE_CONNECTION;
	if (strchr(letters, 'p') != NULL)
		worker->bgw_flags |= BGWORKER_CLASS_PARALLEL;
#ifdef BGWORKER_INTERRUPTIBLE
	if (strchr(letters, 'i') != NULL)
		worker->bgw_flags |= BGWORKER_INTERRUPTIBLE;
#endif
}

static void
set_key(BackgroundWorker *worker, Orders *orders, const char *key, const char *value)
{
	if (strcmp(key, "name") == 0)
		strlcpy(worker->bgw_name, value, sizeof(worker->bgw_name));
	else if (strcmp(key, "type") == 0)
		strlcpy(worker->bgw_type, value, sizeof(worker->bgw_type));
	else if (strcmp(key, "restart") == 0)
		worker->bgw_restart_time = strcmp(value, "never") == 0 ? BGW_NEVER_RESTART : atoi(value);
	else if (strcmp(key, "flags") == 0)
		set_flags(worker, value);
	else if (strcmp(key, "start") == 0)
		worker->bgw_start_time = strcmp(value, "postmaster") == 0 ? BgWorkerStart_PostmasterStart
								 : strcmp(value, "consistent") == 0
									 ? BgWorkerStart_ConsistentState
									 : BgWorkerStart_RecoveryFinished;
	else if (strcmp(key, "notify") == 0)
		worker->bgw_notify_pid = strcmp(value, "me") == 0 ? MyProcPid : atoi(value);
	else if (strcmp(key, "db") == 0)
		strlcpy(orders->database, value, sizeof(orders->database));
	else if (strcmp(key, "user") == 0)
		strlcpy(orders->user, value, sizeof(orders->user));
	else if (strcmp(key, "bypass") == 0)
	{
		if (strchr(value, 'a') != NULL)
			orders->bypass |= BGWORKER_BYPASS_ALLOWCONN;
#ifdef BGWORKER_BYPASS_ROLELOGINCHECK
		if (strchr(value, 'r') != NULL)
			orders->bypass |= BGWORKER_BYPASS_ROLELOGINCHECK;
#endif
	}
	else if (strcmp(key, "library") == 0)
		snprintf(worker->bgw_library_name, sizeof(worker->bgw_library_name), "%s", value);
	else if (strcmp(key, "function") == 0)
		snprintf(worker->bgw_function_name, sizeof(worker->bgw_function_name), "%s", value);
	else
		elog(ERROR, "test_dynamic: unknown key \"%s\"", key);
}

static void
parse_worker(BackgroundWorker *worker, char *text)
{
	Orders orders;
	char *item = text;

	memset(worker, 0, sizeof(*worker));
	memset(&orders, 0, sizeof(orders));
	set_flags(worker, "sd");
	worker->bgw_start_time = BgWorkerStart_RecoveryFinished;
	worker->bgw_restart_time = BGW_NEVER_RESTART;
	worker->bgw_notify_pid = MyProcPid;
	worker->bgw_main_arg = Int32GetDatum(4711);
	snprintf(worker->bgw_name, sizeof(worker->bgw_name), "dynamic");
	snprintf(worker->bgw_library_name, sizeof(worker->bgw_library_name), "test_dynamic");
	snprintf(worker->bgw_function_name, sizeof(worker->bgw_function_name), "test_dynamic_main");
	strlcpy(orders.database, "postgres", sizeof(orders.database));
	strlcpy(orders.action, "loop", sizeof(orders.action));
	while (item != NULL && *item != '\0')
	{
		char *next = strchr(item, ',');
		char *colon;

		if (strncmp(item, "do:", 3) == 0)
		{
			strlcpy(orders.action, item + 3, sizeof(orders.action));
			break;
		}
		if (next != NULL)
			*next++ = '\0';
		colon = strchr(item, ':');
		if (colon == NULL)
			elog(ERROR, "test_dynamic: \"%s\" is no key:value", item);
		*colon = '\0';
		set_key(worker, &orders, item, colon + 1);
		item = next;
	}
	memcpy(worker->bgw_extra, &orders, sizeof(orders));
}

static void
keep(BackgroundWorkerHandle *handle)
{
	if (handle_count == MAX_HANDLES)
		elog(ERROR, "test_dynamic: too many handles");
	handles[handle_count] = handle;
	snprintf(result, sizeof(result), "%d", handle_count++);
}

static void
launch(char *text)
{
	BackgroundWorker worker;
	BackgroundWorkerHandle *handle;
	MemoryContext caller = MemoryContextSwitchTo(TopMemoryContext);
	bool registered;

	parse_worker(&worker, text);
	registered = RegisterDynamicBackgroundWorker(&worker, &handle);
	MemoryContextSwitchTo(caller);
	if (registered)
		keep(handle);
	else
		strlcpy(result, "false", sizeof(result));
}

static void
tell(BgwHandleStatus status, const pid_t *pid)
{
	switch (status)
	{
		case BGWH_STARTED:
			if (pid != NULL)
				snprintf(result, sizeof(result), "started %d", (int) *pid);
			else
				snprintf(result, sizeof(result), "started");
			return;
		case BGWH_NOT_YET_STARTED: strlcpy(result, "not yet started", sizeof(result)); return;
		case BGWH_STOPPED: strlcpy(result, "stopped", sizeof(result)); return;
		case BGWH_POSTMASTER_DIED: strlcpy(result, "postmaster died", sizeof(result)); return;
		default: strlcpy(result, "timed out", sizeof(result)); return;
	}
}

#ifdef POSTROOM_VERSION
static bool
run_more(const char *verb, const char *argument)
{
	char *rest = NULL;
	unsigned long long first = strtoull(argument, &rest, 10);
	unsigned long long second = strtoull(rest, NULL, 10);
	pid_t pid = 0;

	if (strcmp(verb, "startup_for") == 0)
		tell(WaitForBackgroundWorkerStartupTimeout(handles[first], &pid, (long) second), &pid);
	else if (strcmp(verb, "shutdown_for") == 0)
		tell(WaitForBackgroundWorkerShutdownTimeout(handles[first], (long) second), NULL);
	else if (strcmp(verb, "ready_for") == 0)
		tell(WaitForBackgroundWorkerReady(handles[first], (long) second), NULL);
	else if (strcmp(verb, "ref") == 0)
	{
		BackgroundWorkerRef ref = GetBackgroundWorkerRef(handles[first]);

		snprintf(result, sizeof(result), "%llu %llu", (unsigned long long) ref.id,
				 (unsigned long long) ref.generation);
	}
	else if (strcmp(verb, "open") == 0)
	{
		BackgroundWorkerRef ref = {first, second};
		MemoryContext caller = MemoryContextSwitchTo(TopMemoryContext);

		keep(OpenBackgroundWorkerRef(ref));
		MemoryContextSwitchTo(caller);
	}
	else
		return false;
	return true;
}
#else
static bool
run_more(const char *verb, const char *argument)
{
	return false;
}
#endif

static void
run_command(char *text)
{
	char *argument = strchr(text, ' ');
	pid_t pid = 0;

	if (argument == NULL)
		elog(ERROR, "test_dynamic: no argument in \"%s\"", text);
	*argument++ = '\0';
	if (strcmp(text, "launch") == 0)
		launch(argument);
	else if (strcmp(text, "type") == 0)
	{
		const char *type = GetBackgroundWorkerTypeByPid(atoi(argument));

		snprintf(result, sizeof(result), "%s", type != NULL ? type : "none");
	}
	else if (strcmp(text, "pid") == 0)
		tell(GetBackgroundWorkerPid(handles[atoi(argument)], &pid), &pid);
	else if (strcmp(text, "startup") == 0)
		tell(WaitForBackgroundWorkerStartup(handles[atoi(argument)], &pid), &pid);
	else if (strcmp(text, "shutdown") == 0)
		tell(WaitForBackgroundWorkerShutdown(handles[atoi(argument)]), NULL);
	else if (strcmp(text, "terminate") == 0)
	{
		TerminateBackgroundWorker(handles[atoi(argument)]);
		strlcpy(result, "told", sizeof(result));
	}
	else if (!run_more(text, argument))
		elog(ERROR, "test_dynamic: unknown command \"%s\"", text);
}

/* A check hook may raise errors; it may also be called more often than once. */
static bool
check_command(char **newval, void **extra, GucSource source)
{
	char *text;
	char *rest = NULL;
	long number;

	if (*newval == NULL || **newval == '\0')
		return true;
	number = strtol(*newval, &rest, 10);
	if (number == last_command)
		return true;
	last_command = number;
	text = pstrdup(rest + strspn(rest, " "));
	run_command(text);
	pfree(text);
	return true;
}

static const char *
show_result(void)
{
	return result;
}

/* Before the main function: a worker with the action slow:PATH takes until PATH exists. */
static void
wait_in_loading(void)
{
	Orders orders;

	memcpy(&orders, MyBgworkerEntry->bgw_extra, sizeof(orders));
	if (strncmp(orders.action, "slow:", 5) == 0)
		while (access(orders.action + 5, F_OK) != 0)
			pg_usleep(10000L);
}

void
_PG_init(void)
{
	if (IsBackgroundWorker)
	{
		wait_in_loading();
		return;
	}
	if (command_setting != NULL)
		return;
	DefineCustomStringVariable("test_dynamic.result", "What came of the last command.", NULL,
							   &result_setting, "", PGC_USERSET, 0, NULL, NULL, show_result);
	DefineCustomStringVariable("test_dynamic.command", "Carries out a command.", NULL,
							   &command_setting, "", PGC_USERSET, 0, check_command, NULL, NULL);
}

/* ---- In the worker ---- */

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

static void
loop(const char *file, uint32 wait_event)
{
	char action[256];

	for (;;)
	{
		(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH,
						 file != NULL ? 20L : 600000L, wait_event);
		ResetLatch(MyLatch);
		CHECK_FOR_INTERRUPTS();
		if (file != NULL && access(file, F_OK) == 0)
		{
			take_action(file, action, sizeof(action));
			act(action);
		}
	}
}

/* Launches a worker that names us to be told, waits for its start, may end it, and waits for its end. */
static void
launch_and_wait(bool terminate, bool tell_log)
{
	BackgroundWorker worker;
	BackgroundWorkerHandle *handle;
	char definition[] = "name:grandchild,flags:s,do:loop";
	pid_t pid = 0;

	parse_worker(&worker, definition);
	if (!RegisterDynamicBackgroundWorker(&worker, &handle))
		elog(ERROR, "test_dynamic: no slot");
	tell(WaitForBackgroundWorkerStartup(handle, &pid), NULL);
	if (tell_log)
		elog(LOG, "test_dynamic: %s saw startup: %s", MyBgworkerEntry->bgw_name, result);
	if (terminate)
		TerminateBackgroundWorker(handle);
	tell(WaitForBackgroundWorkerShutdown(handle), NULL);
	if (tell_log)
		elog(LOG, "test_dynamic: %s saw shutdown: %s", MyBgworkerEntry->bgw_name, result);
}

static void
run_sql(const char *sql)
{
	StartTransactionCommand();
	SPI_connect();
	PushActiveSnapshot(GetTransactionSnapshot());
	SPI_execute(sql, false, 0);
	SPI_finish();
	PopActiveSnapshot();
	CommitTransactionCommand();
}

/*
 * loop						sleeps until SIGTERM
 * exit:N error segv		ends so
 * when:PATH				loops until PATH exists, then does what it says
 * watch						launches one that loops, waits for its end
 * late						the same, but only after SIGTERM
 * launch					launches and ends ten others one after another, then loops
 * event:NAME				loops, waiting for a wait event of its own
 * sql:TEXT					runs a statement, then loops
 * slow:PATH				loads until PATH exists, then loops
 * ready					says that it is ready, then loops;	ready:PATH	when PATH says more
 */
static void
act(const char *action)
{
	if (strncmp(action, "exit:", 5) == 0)
		proc_exit(atoi(action + 5));
	if (strcmp(action, "error") == 0)
		ereport(ERROR, (errcode(ERRCODE_DIVISION_BY_ZERO), errmsg("test_dynamic: an error")));
	if (strcmp(action, "segv") == 0)
	{
		/* A sanitizer would catch it. */
		pqsignal(SIGSEGV, SIG_DFL);
		raise(SIGSEGV);
	}
	if (strncmp(action, "when:", 5) == 0)
		loop(action + 5, PG_WAIT_EXTENSION);
	if (strcmp(action, "launch") == 0)
		for (int i = 1; i <= 10; i++)
			launch_and_wait(true, i == 10);
	if (strcmp(action, "watch") == 0)
		launch_and_wait(false, true);
	if (strcmp(action, "late") == 0)
	{
		pqsignal(SIGTERM, SignalHandlerForShutdownRequest);
		while (!ShutdownRequestPending)
		{
			(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_EXIT_ON_PM_DEATH, -1, PG_WAIT_EXTENSION);
			ResetLatch(MyLatch);
		}
		launch_and_wait(false, true);
		proc_exit(1);
	}
	if (strncmp(action, "sql:", 4) == 0)
		run_sql(action + 4);
#ifdef POSTROOM_VERSION
	if (strncmp(action, "event:", 6) == 0)
		loop(NULL, WaitEventExtensionNew(action + 6));
	if (strncmp(action, "ready", 5) == 0)
	{
		BackgroundWorkerReady();
		loop(action[5] == ':' ? action + 6 : NULL, PG_WAIT_EXTENSION);
	}
#endif
	loop(NULL, PG_WAIT_EXTENSION);
}

void
test_dynamic_main(Datum main_arg)
{
	Orders orders;

	memcpy(&orders, MyBgworkerEntry->bgw_extra, sizeof(orders));
	if (MyBgworkerEntry->bgw_flags & BGWORKER_SHMEM_ACCESS)
		pqsignal(SIGTERM, die);
	BackgroundWorkerUnblockSignals();
	if (MyBgworkerEntry->bgw_flags & BGWORKER_BACKEND_DATABASE_CONNECTION)
		BackgroundWorkerInitializeConnection(
			orders.database, orders.user[0] != '\0' ? orders.user : NULL, orders.bypass);
	elog(LOG, "test_dynamic: %s started, argument %d, action %s", MyBgworkerEntry->bgw_name,
		 DatumGetInt32(main_arg), orders.action);
	act(orders.action);
}
