/*
 * walsender.h
 *		Sending the log to another server.
 *
 * There is no logical decoding and no replication here: each function raises ERROR 0A000 with its name.
 */
#ifndef _WALSENDER_H
#define _WALSENDER_H

#include "postgres.h"

#include <signal.h>

PG_BEGIN_EXTERN_C

typedef enum
{
	CRS_EXPORT_SNAPSHOT,
	CRS_NOEXPORT_SNAPSHOT,
	CRS_USE_SNAPSHOT
} CRSSnapshotAction;

/* Whether this process sends the log: false. */
extern PGDLLIMPORT bool am_walsender;
extern PGDLLIMPORT bool am_cascading_walsender;
extern PGDLLIMPORT bool am_db_walsender;
extern PGDLLIMPORT bool wake_wal_senders;
/* How many there can be: 0, whatever the setting of this name says. */
extern PGDLLIMPORT int max_wal_senders;
extern PGDLLIMPORT int wal_sender_timeout; /* settings */
extern PGDLLIMPORT bool log_replication_commands;

#define WalSndWakeupRequest() ((void) 0)
#define WalSndWakeupProcessRequests() ((void) 0)

PG_END_EXTERN_C

#endif /* _WALSENDER_H */
