/*
 * xlogreader.h
 *		Reading log records.
 *
 * There is no log to write records into or to read them from, since the log is SQLite's: each function raises
 * ERROR 0A000 with its name. No function makes a reader, so none is ever seen.
 */
#ifndef XLOGREADER_H
#define XLOGREADER_H

#include "postgres.h"

#include "access/transam.h"
#include "access/xlogrecord.h"
#include "storage/buf.h"

PG_BEGIN_EXTERN_C

typedef struct XLogReaderState XLogReaderState;
typedef struct DecodedXLogRecord DecodedXLogRecord;

typedef struct WALOpenSegment
{
	int ws_file;
	XLogSegNo ws_segno;
	TimeLineID ws_tli;
} WALOpenSegment;

typedef struct WALSegmentContext
{
	char ws_dir[MAXPGPATH];
	int ws_segsize;
} WALSegmentContext;

typedef int (*XLogPageReadCB)(XLogReaderState *xlogreader, XLogRecPtr targetPagePtr, int reqLen,
							  XLogRecPtr targetRecPtr, char *readBuf);

typedef void (*WALSegmentOpenCB)(XLogReaderState *xlogreader, XLogSegNo nextSegNo,
								 TimeLineID *tli_p);

typedef void (*WALSegmentCloseCB)(XLogReaderState *xlogreader);

typedef struct XLogReaderRoutine
{
	XLogPageReadCB page_read;
	WALSegmentOpenCB segment_open;
	WALSegmentCloseCB segment_close;
} XLogReaderRoutine;

typedef struct WALReadError
{
	int wre_errno;
	int wre_off;
	int wre_req;
	int wre_read;
	WALOpenSegment wre_seg;
} WALReadError;

/* For XLogReaderAllocate, which copies it. C++ keeps it to the end of the full expression only. */
#ifdef __cplusplus
#define XL_ROUTINE(...) \
	([](XLogReaderRoutine &&routine) { return &routine; }(XLogReaderRoutine{__VA_ARGS__}))
#else
#define XL_ROUTINE(...) (&(XLogReaderRoutine){__VA_ARGS__})
#endif
struct XLogReaderState
{
	XLogReaderRoutine routine;
	uint64 system_identifier;
	void *private_data;
	XLogRecPtr ReadRecPtr;
	XLogRecPtr EndRecPtr;
	XLogRecPtr abortedRecPtr;
	XLogRecPtr missingContrecPtr;
	XLogRecPtr overwrittenRecPtr;
	XLogRecPtr DecodeRecPtr;
	XLogRecPtr NextRecPtr;
	XLogRecPtr PrevRecPtr;
	DecodedXLogRecord *record;
	char *readBuf;
	uint32 readLen;
	WALSegmentContext segcxt;
	WALOpenSegment seg;
	XLogRecPtr latestPagePtr;
	TimeLineID latestPageTLI;
	XLogRecPtr currRecPtr;
	TimeLineID currTLI;
	char *errormsg_buf;
};

extern XLogReaderState *XLogReaderAllocate(int wal_segment_size, const char *waldir,
										   XLogReaderRoutine *routine, void *private_data);
extern void XLogReaderFree(XLogReaderState *state);
extern void XLogBeginRead(XLogReaderState *state, XLogRecPtr RecPtr);
extern XLogRecPtr XLogFindNextRecord(XLogReaderState *state, XLogRecPtr RecPtr);
extern struct XLogRecord *XLogReadRecord(XLogReaderState *state, char **errormsg);
extern DecodedXLogRecord *XLogNextRecord(XLogReaderState *state, char **errormsg);
extern bool WALRead(XLogReaderState *state, char *buf, XLogRecPtr startptr, Size count,
					TimeLineID tli, WALReadError *errinfo);
/* What a record holds. */
extern bool XLogRecGetBlockTagExtended(XLogReaderState *record, uint8 block_id, RelFileNode *rnode,
									   ForkNumber *forknum, BlockNumber *blknum,
									   Buffer *prefetch_buffer);
extern void XLogRecGetBlockTag(XLogReaderState *record, uint8 block_id, RelFileNode *rnode,
							   ForkNumber *forknum, BlockNumber *blknum);
extern char *XLogRecGetBlockData(XLogReaderState *record, uint8 block_id, Size *len);
extern FullTransactionId XLogRecGetFullXid(XLogReaderState *record);

PG_END_EXTERN_C

#endif /* XLOGREADER_H */
