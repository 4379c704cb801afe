/*
 * test_registration.c
 *		Registers the workers that test_registration.cases names, most of them wrongly.
 *
 * Each case is one registration with one thing that RULES of registration speak about; cases with a
 * function end in the worker instead. With TEST_NO_MAGIC or TEST_OLD_MAGIC the module has no magic
 * block, or that of another server.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "postmaster/bgworker.h"
#include "storage/ipc.h"
#include "storage/proc.h"
#include "storage/procarray.h"
#include "utils/guc.h"

#include <string.h>
#include <unistd.h>

#if defined(TEST_OLD_MAGIC)
extern PGDLLEXPORT const Pg_magic_struct *Pg_magic_func(void);
const Pg_magic_struct *
Pg_magic_func(void)
{
	static Pg_magic_struct magic = PG_MODULE_MAGIC_DATA;

	magic.version = 1400;
	return &magic;
}
#elif !defined(TEST_NO_MAGIC)
PG_MODULE_MAGIC;
#endif

PGDLLEXPORT void _PG_init(void);
PGDLLEXPORT void report_fields(Datum main_arg);
PGDLLEXPORT void connect_without_flag(Datum main_arg);
PGDLLEXPORT void init_postgres(Datum main_arg);
PGDLLEXPORT void connect_twice(Datum main_arg);
PGDLLEXPORT void connect_nowhere(Datum main_arg);
PGDLLEXPORT void connect_as_nobody(Datum main_arg);

static char *cases_setting = NULL;

/* Says what arrived of the registration, then ends for ever. */
void
report_fields(Datum main_arg)
{
	const BackgroundWorker *me = MyBgworkerEntry;

	elog(LOG, "fields: name=%s type=%s library=%s function=%s arg=%d extra=%s restart=%d",
		 me->bgw_name, me->bgw_type, me->bgw_library_name, me->bgw_function_name,
		 DatumGetInt32(main_arg), me->bgw_extra, me->bgw_restart_time);
}

void
connect_without_flag(Datum main_arg)
{
	BackgroundWorkerUnblockSignals();
	BackgroundWorkerInitializeConnection("postgres", NULL, 0);
}

/* Like modules that want to be seen among the processes, and no database. */
void
init_postgres(Datum main_arg)
{
	BackgroundWorkerUnblockSignals();
#if PG_VERSION_NUM >= 170000
	InitPostgres(NULL, InvalidOid, NULL, InvalidOid, 0, NULL);
#else
	InitPostgres(NULL, InvalidOid, NULL, InvalidOid, false, false, NULL);
#endif
	SetProcessingMode(NormalProcessing);
	elog(LOG, "init_postgres: database %u, %s", MyDatabaseId,
		 BackendPidGetProc(MyProcPid) == MyProc ? "seen" : "unseen");
}

void
connect_twice(Datum main_arg)
{
	BackgroundWorkerUnblockSignals();
	BackgroundWorkerInitializeConnection("postgres", NULL, 0);
	BackgroundWorkerInitializeConnection("postgres", NULL, 0);
}

void
connect_nowhere(Datum main_arg)
{
	BackgroundWorkerUnblockSignals();
	BackgroundWorkerInitializeConnection("nowhere", NULL, 0);
}

void
connect_as_nobody(Datum main_arg)
{
	BackgroundWorkerUnblockSignals();
	BackgroundWorkerInitializeConnection("postgres", "nobody", 0);
}

static void
fill(BackgroundWorker *worker, const char *name)
{
	memset(worker, 0, sizeof(*worker));
	worker->bgw_flags = BGWORKER_SHMEM_ACCESS | BGWORKER_BACKEND_DATABASE_CONNECTION;
	worker->bgw_start_time = BgWorkerStart_RecoveryFinished;
	worker->bgw_restart_time = BGW_NEVER_RESTART;
	worker->bgw_main_arg = Int32GetDatum(42);
	snprintf(worker->bgw_name, BGW_MAXLEN, "%s", name);
	snprintf(worker->bgw_type, BGW_MAXLEN, "%s", name);
	snprintf(worker->bgw_library_name, sizeof(worker->bgw_library_name), "test_registration");
	/* Most cases never come to run; those that do are named after their function. */
	snprintf(worker->bgw_function_name, BGW_MAXLEN, "%s", name);
	snprintf(worker->bgw_extra, BGW_EXTRALEN, "some extra text");
}

static void
register_case(const char *name)
{
	BackgroundWorker worker;

	fill(&worker, name);
	if (strcmp(name, "early_database") == 0)
		worker.bgw_start_time = BgWorkerStart_PostmasterStart;
	else if (strcmp(name, "no_shmem") == 0)
		worker.bgw_flags = BGWORKER_BACKEND_DATABASE_CONNECTION;
	else if (strcmp(name, "parallel") == 0)
	{
		worker.bgw_flags |= BGWORKER_CLASS_PARALLEL;
		worker.bgw_restart_time = 1;
	}
	else if (strcmp(name, "notify") == 0)
		worker.bgw_notify_pid = getpid();
	else if (strcmp(name, "no_library") == 0)
		snprintf(worker.bgw_library_name, sizeof(worker.bgw_library_name), "no_such_library");
	else if (strcmp(name, "no_function") == 0)
		snprintf(worker.bgw_function_name, BGW_MAXLEN, "no_such_function");
	else if (strcmp(name, "no_internal") == 0)
		snprintf(worker.bgw_library_name, sizeof(worker.bgw_library_name), "postgres");
	else if (strcmp(name, "connect_without_flag") == 0 || strcmp(name, "init_postgres") == 0)
		worker.bgw_flags = BGWORKER_SHMEM_ACCESS;
	else if (strcmp(name, "typeless") == 0)
	{
		worker.bgw_type[0] = '\0';
		snprintf(worker.bgw_function_name, BGW_MAXLEN, "report_fields");
	}
	else if (strcmp(name, "longest") == 0)
	{
		/* No terminator anywhere: the server must not run on. */
		memset(worker.bgw_name, 'n', BGW_MAXLEN);
		memset(worker.bgw_type, 't', BGW_MAXLEN);
		snprintf(worker.bgw_function_name, BGW_MAXLEN, "report_fields");
	}
	RegisterBackgroundWorker(&worker);
}

void
_PG_init(void)
{
	char *rest = NULL;
	char *copy;

	if (!process_shared_preload_libraries_in_progress)
	{
		register_case("latecomer");
		return;
	}
	DefineCustomStringVariable("test_registration.cases", "Cases to register.", NULL,
							   &cases_setting, "", PGC_POSTMASTER, 0, NULL, NULL, NULL);
	copy = pstrdup(cases_setting);
	for (char *name = strtok_r(copy, " ", &rest); name != NULL; name = strtok_r(NULL, " ", &rest))
		register_case(name);
}
