/*
 * gen_94.c
 *		A module as for PostgreSQL 9.4: bgw_main after a memset, dynamic workers, segments and queues with few arguments.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "postmaster/bgworker.h"
#include "storage/dsm.h"
#include "storage/ipc.h"
#include "storage/latch.h"
#include "storage/proc.h"
#include "storage/procsignal.h"
#include "storage/shm_mq.h"
#include "storage/shm_toc.h"
#include "utils/memutils.h"
#include "utils/resowner.h"

#define QUEUE_SIZE ((Size) 1024)

PG_MODULE_MAGIC;

void _PG_init(void);
void gen_94_helper(Datum main_arg);

/* Sends a message through the queue in the segment that its argument names. */
void
gen_94_helper(Datum main_arg)
{
	dsm_segment *segment;
	shm_mq *queue;
	shm_mq_handle *handle;

	BackgroundWorkerUnblockSignals();
	CurrentResourceOwner = ResourceOwnerCreate(NULL, "gen_94");
	segment = dsm_attach(DatumGetUInt32(main_arg));
	if (segment == NULL)
		proc_exit(1);
	queue = shm_toc_lookup(shm_toc_attach(94, dsm_segment_address(segment)), 0, false);
	shm_mq_set_sender(queue, MyProc);
	handle = shm_mq_attach(queue, segment, NULL);
	if (shm_mq_send(handle, 6, "hello", false) != SHM_MQ_SUCCESS)
		proc_exit(1);
	dsm_detach(segment);
	proc_exit(0);
}

static void
worker_main(Datum main_arg)
{
	shm_toc_estimator e;
	dsm_segment *segment;
	shm_toc *toc;
	shm_mq *queue;
	BackgroundWorker helper;
	BackgroundWorkerHandle *handle;
	pid_t pid;
	Size size;
	void *data;

	(void) main_arg;
	pqsignal(SIGUSR1, procsignal_sigusr1_handler);
	BackgroundWorkerUnblockSignals();
	CurrentResourceOwner = ResourceOwnerCreate(NULL, "gen_94");

	shm_toc_initialize_estimator(&e);
	shm_toc_estimate_chunk(&e, QUEUE_SIZE);
	shm_toc_estimate_keys(&e, 1);
	segment = dsm_create(shm_toc_estimate(&e));
	toc = shm_toc_create(94, dsm_segment_address(segment), shm_toc_estimate(&e));
	queue = shm_mq_create(shm_toc_allocate(toc, QUEUE_SIZE), QUEUE_SIZE);
	shm_toc_insert(toc, 0, queue);
	shm_mq_set_receiver(queue, MyProc);

	memset(&helper, 0, sizeof(helper));
	helper.bgw_flags = BGWORKER_SHMEM_ACCESS;
	helper.bgw_start_time = BgWorkerStart_RecoveryFinished;
	helper.bgw_restart_time = BGW_NEVER_RESTART;
	helper.bgw_main = NULL;
	helper.bgw_main_arg = UInt32GetDatum(dsm_segment_handle(segment));
	helper.bgw_notify_pid = MyProcPid;
	sprintf(helper.bgw_library_name, "gen_94");
	sprintf(helper.bgw_function_name, "gen_94_helper");
	snprintf(helper.bgw_name, BGW_MAXLEN, "gen_94 helper");
	if (!RegisterDynamicBackgroundWorker(&helper, &handle))
		elog(FATAL, "gen_94: no room");
	WaitForBackgroundWorkerStartup(handle, &pid);
	if (shm_mq_receive(shm_mq_attach(queue, segment, handle), &size, &data, false) ==
		SHM_MQ_SUCCESS)
		elog(LOG, "gen_94 works: %s", (char *) data);
	proc_exit(0);
}

void
_PG_init(void)
{
	BackgroundWorker worker;

	if (!process_shared_preload_libraries_in_progress)
		return;
	memset(&worker, 0, sizeof(worker));
	worker.bgw_flags = BGWORKER_SHMEM_ACCESS;
	worker.bgw_start_time = BgWorkerStart_RecoveryFinished;
	worker.bgw_restart_time = BGW_NEVER_RESTART;
	worker.bgw_main = worker_main;
	snprintf(worker.bgw_name, BGW_MAXLEN, "gen_94");
	RegisterBackgroundWorker(&worker);
}
