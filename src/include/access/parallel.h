/*
 * parallel.h
 *		Parallel execution of one statement.
 *
 * There is none: each function raises ERROR 0A000 with its name. A module that has work for several processes
 * registers workers (postmaster/bgworker.h).
 */
#ifndef PARALLEL_H
#define PARALLEL_H

#include "postgres.h"

#include "access/xlogdefs.h"
#include "lib/ilist.h"
#include "postmaster/bgworker.h"
#include "storage/backendid.h"
#include "storage/shm_mq.h"
#include "storage/shm_toc.h"

PG_BEGIN_EXTERN_C

typedef void (*parallel_worker_main_type)(dsm_segment *seg, shm_toc *toc);

typedef struct ParallelWorkerInfo
{
	BackgroundWorkerHandle *bgwhandle;
	shm_mq_handle *error_mqh;
	int32 pid;
} ParallelWorkerInfo;

typedef struct ParallelContext
{
	dlist_node node;
	SubTransactionId subid;
	int nworkers;
	int nworkers_to_launch;
	int nworkers_launched;
	char *library_name;
	char *function_name;
	ErrorContextCallback *error_context_stack;
	shm_toc_estimator estimator;
	dsm_segment *seg;
	void *private_memory;
	shm_toc *toc;
	ParallelWorkerInfo *worker;
	int nknown_attached_workers;
	bool *known_attached_workers;
} ParallelContext;

typedef struct ParallelWorkerContext
{
	dsm_segment *seg;
	shm_toc *toc;
} ParallelWorkerContext;

/* No process is a parallel worker. */
extern PGDLLIMPORT int ParallelWorkerNumber; /* -1 */
/* Always InvalidBackendId: nobody is led. */
extern PGDLLIMPORT BackendId ParallelLeaderBackendId;
extern PGDLLIMPORT bool InitializingParallelWorker; /* false */
#define IsParallelWorker() (ParallelWorkerNumber >= 0)

/* False. */
extern bool ParallelContextActive(void);
/* ERROR 0A000 */
extern ParallelContext *CreateParallelContext(const char *library_name, const char *function_name,
											  int nworkers);
extern void InitializeParallelDSM(ParallelContext *pcxt);
extern void ReinitializeParallelDSM(ParallelContext *pcxt);
extern void LaunchParallelWorkers(ParallelContext *pcxt);
extern void WaitForParallelWorkersToAttach(ParallelContext *pcxt);
extern void WaitForParallelWorkersToFinish(ParallelContext *pcxt);
extern void DestroyParallelContext(ParallelContext *pcxt);

PG_END_EXTERN_C

#endif /* PARALLEL_H */
