/*
 * xlog_internal.h
 *		Segments of the log.
 */
#ifndef XLOG_INTERNAL_H
#define XLOG_INTERNAL_H

#include "postgres.h"

#include "access/xlogdefs.h"
#include "access/xlogreader.h"
#include "datatype/timestamp.h"
#include "lib/stringinfo.h"
#include "pgtime.h"
#include "storage/block.h"
#include "storage/relfilenode.h"

PG_BEGIN_EXTERN_C

#define XLOGDIR "pg_wal"
#define MAXFNAMELEN 64
#define XLOG_FNAME_LEN 24
#define WalSegMinSize 1024 * 1024
#define WalSegMaxSize 1024 * 1024 * 1024

#define XLogSegmentsPerXLogId(wal_segsz_bytes) (UINT64CONST(0x100000000) / (wal_segsz_bytes))
#define XLogSegNoOffsetToRecPtr(segno, offset, wal_segsz_bytes, dest) \
	((dest) = (segno) * (wal_segsz_bytes) + (offset))
#define XLogSegmentOffset(xlogptr, wal_segsz_bytes) ((xlogptr) & ((wal_segsz_bytes) -1))
#define XLByteToSeg(xlrp, logSegNo, wal_segsz_bytes) ((logSegNo) = (xlrp) / (wal_segsz_bytes))
#define XLByteToPrevSeg(xlrp, logSegNo, wal_segsz_bytes) \
	((logSegNo) = ((xlrp) -1) / (wal_segsz_bytes))
#define IsValidWalSegSize(size) \
	((size) >= WalSegMinSize && (size) <= WalSegMaxSize && ((size) & ((size) -1)) == 0)

/* The name of a segment's file: timeline, and the segment's number in two parts. */
static inline void
XLogFileName(char *fname, TimeLineID tli, XLogSegNo logSegNo, int wal_segsz_bytes)
{
	snprintf(fname, MAXFNAMELEN, "%08X%08X%08X", tli,
			 (uint32) (logSegNo / XLogSegmentsPerXLogId(wal_segsz_bytes)),
			 (uint32) (logSegNo % XLogSegmentsPerXLogId(wal_segsz_bytes)));
}

PG_END_EXTERN_C

#endif /* XLOG_INTERNAL_H */
