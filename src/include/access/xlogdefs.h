/*
 * xlogdefs.h
 *		Positions in a write-ahead log. Postroom's log is SQLite's; the types exist for modules that carry them.
 */
#ifndef XLOG_DEFS_H
#define XLOG_DEFS_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

typedef uint64 XLogRecPtr;
typedef uint64 XLogSegNo;
typedef uint32 TimeLineID;
typedef uint16 RepOriginId;

#define InvalidXLogRecPtr 0
#define XLogRecPtrIsValid(r) ((r) != InvalidXLogRecPtr)
#define XLogRecPtrIsInvalid(r) ((r) == InvalidXLogRecPtr)
#define LSN_FORMAT_ARGS(lsn) ((uint32) ((lsn) >> 32)), ((uint32) (lsn))

/* Where a change came from in replication: 0 is here. */
typedef uint16 RepOriginId;

PG_END_EXTERN_C

#endif /* XLOG_DEFS_H */
