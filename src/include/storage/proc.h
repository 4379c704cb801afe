/*
 * proc.h
 *		The slot that each process with shared memory has there.
 *
 * Slots are an array at the same address in all processes, so a pointer to one, or to the latch in it, may be kept in shared
 * memory. A slot is reused after its process has ended: compare pid. Modules read; the server writes.
 */
#ifndef _PROC_H_
#define _PROC_H_

#include "postgres.h"

#include "access/xlogdefs.h"
#include "access/xlogreader.h"
#include "lib/ilist.h"
#include "lib/stringinfo.h"
#include "port/atomics.h"
#include "storage/latch.h"
#include "storage/lock.h"
#include "storage/proclist_types.h"
#include "storage/procnumber.h"
#include "storage/shmem.h"
#include "utils/timestamp.h"

PG_BEGIN_EXTERN_C

#define INVALID_PGPROCNO PG_INT32_MAX
#define NUM_AUXILIARY_PROCS 5

typedef struct SHM_QUEUE
{
	struct SHM_QUEUE *prev;
	struct SHM_QUEUE *next;
} SHM_QUEUE;

struct PGPROC
{
	SHM_QUEUE links; /* in a list of free slots; the server's */
	Latch procLatch; /* the process's MyLatch: set it to wake the process */
	int pid;		 /* 0: slot not in use */
	int pgprocno;	 /* index in ProcGlobal->allProcs */
	BackendId backendId;
	Oid databaseId; /* InvalidOid without a database */
	Oid roleId;
	Oid tempNamespaceId;
	LocalTransactionId lxid; /* 0 outside of transactions */
	TransactionId xid;
	TransactionId xmin;
	bool isBackgroundWorker;
	bool recoveryConflictPending;
	uint8 statusFlags;
	PGPROC *lockGroupLeader; /* of parallel workers; NULL */

	/* Waiting for an LWLock */
	uint8 lwWaiting;  /* LWLockWaitState */
	uint8 lwWaitMode; /* LWLockMode */
	proclist_node lwWaitLink;

	/* Waiting for a condition variable */
	proclist_node cvWaitLink;

	/* What it waits for: written by the process itself, without a lock */
	uint32 wait_event_info;

	pg_atomic_uint64 waitStart; /* since when it waits for a heavyweight lock, or 0 */
};

/* This process's slot; NULL in the postmaster and in workers without shared memory. */
extern PGDLLIMPORT PGPROC *MyProc;

/* What there is of slots. */
typedef struct PROC_HDR
{
	PGPROC *allProcs;	 /* allProcCount slots */
	uint32 allProcCount; /* all kinds of process, workers last */
	PGPROC *freeProcs;
	PGPROC *bgworkerFreeProcs;
	Latch *walwriterLatch;
	Latch *checkpointerLatch;
	int spins_per_delay;
} PROC_HDR;

extern PGDLLIMPORT PROC_HDR *ProcGlobal;

#define GetPGProcByNumber(n) (&ProcGlobal->allProcs[(n)])
/* PostgreSQL 17's */
#define MyProcNumber GetNumberFromPGProc(MyProc)
#define GetNumberFromPGProc(proc) ((int) ((proc) - &ProcGlobal->allProcs[0]))

/* A process of the server itself, as the checkpointer; NULL when there is none with this number. */
extern PGPROC *AuxiliaryPidGetProc(int pid);

/* Settings, in milliseconds; 0 switches the limit off. */
extern PGDLLIMPORT int DeadlockTimeout;
extern PGDLLIMPORT int StatementTimeout;
extern PGDLLIMPORT int LockTimeout;
extern PGDLLIMPORT int IdleInTransactionSessionTimeout;
extern PGDLLIMPORT int IdleSessionTimeout;
extern PGDLLIMPORT bool log_lock_waits;

PG_END_EXTERN_C

#endif /* _PROC_H_ */
