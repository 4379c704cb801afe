/*
 * commit_ts.h
 *		Times of commit. None are kept: what is declared raises ERROR 0A000 with its name.
 */
#ifndef COMMIT_TS_H
#define COMMIT_TS_H

#include "postgres.h"

#include "access/xlog.h"
#include "access/xlogdefs.h"
#include "datatype/timestamp.h"

PG_BEGIN_EXTERN_C

extern PGDLLIMPORT bool track_commit_timestamp; /* setting without an effect */

extern bool TransactionIdGetCommitTsData(TransactionId xid, TimestampTz *ts, RepOriginId *nodeid);
extern TransactionId GetLatestCommitTsData(TimestampTz *ts, RepOriginId *nodeid);

PG_END_EXTERN_C

#endif /* COMMIT_TS_H */
