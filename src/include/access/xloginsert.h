/*
 * xloginsert.h
 *		Writing log records.
 *
 * There is no log to write records into or to read them from, since the log is SQLite's: each function raises
 * ERROR 0A000 with its name.
 */
#ifndef XLOGINSERT_H
#define XLOGINSERT_H

#include "postgres.h"

#include "access/rmgr.h"
#include "access/xlogdefs.h"
#include "storage/block.h"
#include "storage/buf.h"
#include "storage/relfilenode.h"
#include "utils/relcache.h"

PG_BEGIN_EXTERN_C

#define XLR_NORMAL_MAX_BLOCK_ID 4
#define XLR_NORMAL_RDATAS 20
#define REGBUF_FORCE_IMAGE 0x01
#define REGBUF_NO_IMAGE 0x02
#define REGBUF_WILL_INIT (0x04 | 0x02)
#define REGBUF_STANDARD 0x08
#define REGBUF_KEEP_DATA 0x10

extern void XLogBeginInsert(void);
extern void XLogSetRecordFlags(uint8 flags);
extern XLogRecPtr XLogInsert(RmgrId rmid, uint8 info);
extern void XLogEnsureRecordSpace(int max_block_id, int ndatas);
extern void XLogRegisterData(char *data, int len);
extern void XLogRegisterBuffer(uint8 block_id, Buffer buffer, uint8 flags);
extern void XLogRegisterBlock(uint8 block_id, RelFileNode *rnode, ForkNumber forknum,
							  BlockNumber blknum, char *page, uint8 flags);
extern void XLogRegisterBufData(uint8 block_id, char *data, int len);
extern void XLogResetInsertion(void);
extern bool XLogCheckBufferNeedsBackup(Buffer buffer);
extern XLogRecPtr log_newpage(RelFileNode *rnode, ForkNumber forkNum, BlockNumber blk, char *page,
							  bool page_std);
extern void log_newpages(RelFileNode *rnode, ForkNumber forkNum, int num_pages, BlockNumber *blknos,
						 char **pages, bool page_std);
extern XLogRecPtr log_newpage_buffer(Buffer buffer, bool page_std);
extern void log_newpage_range(Relation rel, ForkNumber forkNum, BlockNumber startblk,
							  BlockNumber endblk, bool page_std);
extern XLogRecPtr XLogSaveBufferForHint(Buffer buffer, bool buffer_std);

PG_END_EXTERN_C

#endif /* XLOGINSERT_H */
