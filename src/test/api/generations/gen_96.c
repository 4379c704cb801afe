/*
 * gen_96.c
 *		A module as for PostgreSQL 9.5 and 9.6: MyLatch, bgw_extra, connections by OID, named tranches asked for in _PG_init,
 *		heap_open and descriptions with OIDs or without.
 */
#include "postgres.h"

#include "access/heapam.h"
#include "access/xact.h"
#include "catalog/pg_database.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "postmaster/bgworker.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "storage/lwlock.h"
#include "storage/shmem.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

#define TEMPLATE1 ((Oid) 1)

PG_MODULE_MAGIC;

void _PG_init(void);
void gen_96_main(Datum main_arg);

void
gen_96_main(Datum main_arg)
{
	LWLock *lock = &GetNamedLWLockTranche("gen_96")->lock;
	TupleDesc desc;
	Relation rel;

	(void) main_arg;
	BackgroundWorkerUnblockSignals();
	BackgroundWorkerInitializeConnectionByOid(TEMPLATE1, InvalidOid);
	WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_POSTMASTER_DEATH, 1L);
	ResetLatch(MyLatch);

	LWLockAcquire(lock, LW_EXCLUSIVE);
	LWLockRelease(lock);

	StartTransactionCommand();
	desc = CreateTemplateTupleDesc(1, false);
	TupleDescInitEntry(desc, (AttrNumber) 1, "x", INT4OID, -1, 0);
	rel = heap_open(DatabaseRelationId, AccessShareLock);
	elog(LOG, "gen_96 works: %s %s %d", MyBgworkerEntry->bgw_extra, RelationGetRelationName(rel),
		 desc->natts);
	heap_close(rel, AccessShareLock);
	CommitTransactionCommand();
	proc_exit(0);
}

void
_PG_init(void)
{
	BackgroundWorker worker;

	if (!process_shared_preload_libraries_in_progress)
		return;
	RequestNamedLWLockTranche("gen_96", 1);

	memset(&worker, 0, sizeof(worker));
	worker.bgw_flags = BGWORKER_SHMEM_ACCESS | BGWORKER_BACKEND_DATABASE_CONNECTION;
	worker.bgw_start_time = BgWorkerStart_ConsistentState;
	worker.bgw_restart_time = BGW_NEVER_RESTART;
	worker.bgw_main = NULL;
	sprintf(worker.bgw_library_name, "gen_96");
	sprintf(worker.bgw_function_name, "gen_96_main");
	strcpy(worker.bgw_extra, "extra");
	worker.bgw_notify_pid = 0;
	snprintf(worker.bgw_name, BGW_MAXLEN, "gen_96");
	RegisterBackgroundWorker(&worker);
}
