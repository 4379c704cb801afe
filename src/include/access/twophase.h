/*
 * twophase.h
 *		Prepared transactions. There is no two-phase commit: each function raises ERROR 0A000 with its name.
 */
#ifndef TWOPHASE_H
#define TWOPHASE_H

#include "postgres.h"

#include "access/xact.h"
#include "access/xlogdefs.h"
#include "datatype/timestamp.h"
#include "storage/lock.h"

PG_BEGIN_EXTERN_C

typedef struct GlobalTransactionData *GlobalTransaction;
/* How many there can be: 0. */
extern PGDLLIMPORT int max_prepared_xacts;
extern PGPROC *TwoPhaseGetDummyProc(TransactionId xid, bool lock_held);
extern BackendId TwoPhaseGetDummyBackendId(TransactionId xid, bool lock_held);
extern GlobalTransaction MarkAsPreparing(TransactionId xid, const char *gid,
										 TimestampTz prepared_at, Oid owner, Oid databaseid);
extern void StartPrepare(GlobalTransaction gxact);
extern void EndPrepare(GlobalTransaction gxact);
extern void FinishPreparedTransaction(const char *gid, bool isCommit);
extern bool LookupGXact(const char *gid, XLogRecPtr prepare_at_lsn,
						TimestampTz origin_prepare_timestamp);

PG_END_EXTERN_C

#endif /* TWOPHASE_H */
