/*
 * snapmgr.h
 *		The stack of active snapshots.
 *
 * Processes with a database connection, within a transaction. SQL runs only while a snapshot is active; workers push one
 * after SPI_connect and pop it after SPI_finish.
 */
#ifndef SNAPMGR_H
#define SNAPMGR_H

#include "postgres.h"

#include "access/transam.h"
#include "datatype/timestamp.h"
#include "utils/relcache.h"
#include "utils/resowner.h"
#include "utils/snapshot.h"

PG_BEGIN_EXTERN_C

/* The snapshot for the next statement: new in read committed, the transaction's own above. Valid until the next call or
 * until it is pushed. ERROR XX000 outside of a transaction. */
extern Snapshot GetTransactionSnapshot(void);
/* One of now, whatever the isolation level. */
extern Snapshot GetLatestSnapshot(void);

extern void PushActiveSnapshot(Snapshot snapshot);
extern void PushCopiedSnapshot(Snapshot snapshot);
extern void PopActiveSnapshot(void);
/* Lets the active snapshot see what this transaction has done so far. */
extern void UpdateActiveSnapshotCommandId(void);
/* ERROR XX000 when none is active. */
extern Snapshot GetActiveSnapshot(void);
extern bool ActiveSnapshotSet(void);

/* Nothing to do: catalogs are read as they are at that moment. */
extern void InvalidateCatalogSnapshotConditionally(void);

/* The oldest number that may be running. Rows carry none: always the first one. */
extern PGDLLIMPORT TransactionId TransactionXmin;
extern PGDLLIMPORT TransactionId RecentXmin;

/* A snapshot belongs to its process and cannot be handed to another one: ERROR 0A000. */
extern Size EstimateSnapshotSpace(Snapshot snapshot);
extern void SerializeSnapshot(Snapshot snapshot, char *start_address);
extern Snapshot RestoreSnapshot(char *start_address);

/* For scans, which see all that is there when they begin, whatever they are given (access/tableam.h). */
extern PGDLLIMPORT struct SnapshotData SnapshotSelfData;
extern PGDLLIMPORT struct SnapshotData SnapshotAnyData;
#define SnapshotSelf (&SnapshotSelfData)
#define SnapshotAny (&SnapshotAnyData)

/* Keep a snapshot beyond its time on the stack. */
extern Snapshot RegisterSnapshot(Snapshot snapshot);
extern void UnregisterSnapshot(Snapshot snapshot);

PG_END_EXTERN_C

#endif /* SNAPMGR_H */
