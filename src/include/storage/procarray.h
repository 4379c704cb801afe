/*
 * procarray.h
 *		Finding other processes.
 */
#ifndef PROCARRAY_H
#define PROCARRAY_H

#include "postgres.h"

#include "storage/lock.h"
#include "storage/procsignal.h"
#include "storage/standbydefs.h"
#include "utils/relcache.h"
#include "utils/snapshot.h"

PG_BEGIN_EXTERN_C

/* The slot of the backend or worker with this process number; NULL when there is none. The answer may be outdated at
 * once: the caller holds nothing. */
extern PGPROC *BackendPidGetProc(int pid);
extern bool IsBackendPid(int pid);

extern PGPROC *BackendPidGetProcWithLock(int pid);

/* How many sessions and workers there are: of a database, of a role, or, Connections, clients alone. */
extern int CountDBBackends(Oid databaseid);
extern int CountDBConnections(Oid databaseid);
extern int CountUserBackends(Oid roleid);
extern bool MinimumActiveBackends(int min);
/* Processes with this transaction's number: there are no such numbers, so 0. */
extern int BackendXidGetPid(TransactionId xid);
extern bool TransactionIdIsInProgress(TransactionId xid);

/* Rows have no versions that somebody might still need: ERROR 0A000. */
extern TransactionId GetOldestNonRemovableTransactionId(Relation rel);
extern TransactionId GetOldestTransactionIdConsideredRunning(void);
extern TransactionId GetOldestActiveTransactionId(void);
extern TransactionId GetOldestSafeDecodingTransactionId(bool catalogOnly);

PG_END_EXTERN_C

#endif /* PROCARRAY_H */
