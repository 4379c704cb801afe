/*
 * gen_13.c
 *		A module as for PostgreSQL 11 to 13: bgw_type, flags of connections, the common signal handlers, atomics and spinlocks,
 *		hash tables in shared memory asked for in _PG_init.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "port/atomics.h"
#include "postmaster/bgworker.h"
#include "postmaster/interrupt.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "storage/lwlock.h"
#include "storage/shmem.h"
#include "storage/spin.h"
#include "tcop/tcopprot.h"
#include "utils/guc.h"
#include "utils/hsearch.h"

PG_MODULE_MAGIC;

void _PG_init(void);
void gen_13_main(Datum main_arg);

typedef struct Shared
{
	slock_t mutex;
	pg_atomic_uint32 count;
} Shared;

typedef struct Entry
{
	int32 key;
	int32 value;
} Entry;

static Shared *shared = NULL;
static HTAB *table = NULL;
static shmem_startup_hook_type prev_startup = NULL;

static void
startup(void)
{
	HASHCTL ctl;
	bool found;

	if (prev_startup)
		prev_startup();
	memset(&ctl, 0, sizeof(ctl));
	ctl.keysize = sizeof(int32);
	ctl.entrysize = sizeof(Entry);
	LWLockAcquire(AddinShmemInitLock, LW_EXCLUSIVE);
	shared = ShmemInitStruct("gen_13", sizeof(Shared), &found);
	if (!found)
	{
		SpinLockInit(&shared->mutex);
		pg_atomic_init_u32(&shared->count, 12);
	}
	table = ShmemInitHash("gen_13 table", 8, 8, &ctl, HASH_ELEM | HASH_BLOBS);
	LWLockRelease(AddinShmemInitLock);
}

void
gen_13_main(Datum main_arg)
{
	int32 key = DatumGetInt32(main_arg);
	Entry *entry;
	bool found;

	pqsignal(SIGHUP, SignalHandlerForConfigReload);
	pqsignal(SIGTERM, die);
	BackgroundWorkerUnblockSignals();
	BackgroundWorkerInitializeConnection(NULL, NULL, BGWORKER_BYPASS_ALLOWCONN);
	if (ConfigReloadPending)
	{
		ConfigReloadPending = false;
		ProcessConfigFile(PGC_SIGHUP);
	}
	SpinLockAcquire(&shared->mutex);
	pg_atomic_fetch_add_u32(&shared->count, 1);
	SpinLockRelease(&shared->mutex);
	entry = hash_search(table, &key, HASH_ENTER, &found);
	entry->value = (int32) pg_atomic_read_u32(&shared->count);
	(void) WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH, 1L,
					 PG_WAIT_EXTENSION);
	ResetLatch(MyLatch);
	elog(LOG, "gen_13 works: %d, type %s", entry->value, MyBgworkerEntry->bgw_type);
	proc_exit(0);
}

void
_PG_init(void)
{
	BackgroundWorker worker;

	if (!process_shared_preload_libraries_in_progress)
		return;
	RequestAddinShmemSpace(add_size(sizeof(Shared), hash_estimate_size(8, sizeof(Entry))));
	prev_startup = shmem_startup_hook;
	shmem_startup_hook = startup;

	memset(&worker, 0, sizeof(worker));
	worker.bgw_flags = BGWORKER_SHMEM_ACCESS | BGWORKER_BACKEND_DATABASE_CONNECTION;
	worker.bgw_start_time = BgWorkerStart_RecoveryFinished;
	worker.bgw_restart_time = BGW_NEVER_RESTART;
	snprintf(worker.bgw_library_name, BGW_MAXLEN, "gen_13");
	snprintf(worker.bgw_function_name, BGW_MAXLEN, "gen_13_main");
	snprintf(worker.bgw_name, BGW_MAXLEN, "gen_13 worker");
	snprintf(worker.bgw_type, BGW_MAXLEN, "gen_13");
	worker.bgw_main_arg = Int32GetDatum(13);
	RegisterBackgroundWorker(&worker);
}
