/*
 * xlogutils.h
 *		Log records and where they are kept.
 *
 * There is no log to write records into or to read them from, since the log is SQLite's: each function raises
 * ERROR 0A000 with its name.
 */
#ifndef XLOG_UTILS_H
#define XLOG_UTILS_H

#include "postgres.h"

#include "access/xlogreader.h"
#include "storage/bufmgr.h"

PG_BEGIN_EXTERN_C

extern int read_local_xlog_page(XLogReaderState *state, XLogRecPtr targetPagePtr, int reqLen,
								XLogRecPtr targetRecPtr, char *cur_page);
extern int read_local_xlog_page_no_wait(XLogReaderState *state, XLogRecPtr targetPagePtr,
										int reqLen, XLogRecPtr targetRecPtr, char *cur_page);
extern void wal_segment_open(XLogReaderState *state, XLogSegNo nextSegNo, TimeLineID *tli_p);
extern void wal_segment_close(XLogReaderState *state);
extern void XLogReadDetermineTimeline(XLogReaderState *state, XLogRecPtr wantPage,
									  uint32 wantLength, TimeLineID currTLI);
extern Buffer XLogReadBufferExtended(RelFileNode rnode, ForkNumber forknum, BlockNumber blkno,
									 ReadBufferMode mode, Buffer recent_buffer);
extern Relation CreateFakeRelcacheEntry(RelFileNode rnode);
extern void FreeFakeRelcacheEntry(Relation fakerel);

PG_END_EXTERN_C

#endif /* XLOG_UTILS_H */
