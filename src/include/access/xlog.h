/*
 * xlog.h
 *		The state of recovery.
 */
#ifndef XLOG_H
#define XLOG_H

#include "postgres.h"

#include "access/xlogdefs.h"
#include "access/xlogreader.h"
#include "datatype/timestamp.h"
#include "lib/stringinfo.h"
#include "nodes/pg_list.h"
#include "storage/fd.h"

PG_BEGIN_EXTERN_C

/* Whether the server is not, or not yet, open for writing. Any process with shared memory; cheap; once false it stays
 * false in this process. */
extern bool RecoveryInProgress(void);

#define CHECKPOINT_IS_SHUTDOWN 0x0001
#define CHECKPOINT_END_OF_RECOVERY 0x0002
#define CHECKPOINT_IMMEDIATE 0x0004
#define CHECKPOINT_FORCE 0x0008
#define CHECKPOINT_FLUSH_ALL 0x0010
#define CHECKPOINT_WAIT 0x0020
#define CHECKPOINT_REQUESTED 0x0040
#define XLOG_INCLUDE_ORIGIN 0x01
#define XLOG_MARK_UNIMPORTANT 0x02

/* How much the log holds. Rows cannot be decoded from it, so it is never "logical" to modules. */
typedef enum WalLevel
{
	WAL_LEVEL_MINIMAL = 0,
	WAL_LEVEL_REPLICA,
	WAL_LEVEL_LOGICAL
} WalLevel;
extern PGDLLIMPORT int wal_level;
#define XLogIsNeeded() false
#define XLogHintBitIsNeeded() false
#define XLogStandbyInfoActive() false
#define XLogLogicalInfoActive() false

/* Setting hot_standby. */
extern PGDLLIMPORT bool EnableHotStandby;
/* Settings without effect, and the size of a file of the log in bytes. */
extern PGDLLIMPORT int wal_retrieve_retry_interval;
extern PGDLLIMPORT int wal_segment_size;

/* There is no log to be asked for positions, since it is SQLite's: each of these raises ERROR 0A000. */
extern XLogRecPtr GetXLogInsertRecPtr(void);
extern XLogRecPtr GetXLogWriteRecPtr(void);
extern XLogRecPtr GetRedoRecPtr(void);
extern XLogRecPtr GetInsertRecPtr(void);
extern XLogRecPtr GetFlushRecPtr(TimeLineID *insertTLI);
extern TimeLineID GetWALInsertionTimeLine(void);
extern XLogRecPtr GetFakeLSNForUnloggedRel(void);
extern void XLogFlush(XLogRecPtr RecPtr);
extern bool XLogNeedsFlush(XLogRecPtr RecPtr);
extern XLogRecPtr XLogRestorePoint(const char *rpName);
extern void CreateCheckPoint(int flags);

PG_END_EXTERN_C

#endif /* XLOG_H */
