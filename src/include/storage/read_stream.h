/*
 * read_stream.h
 *		Reading ahead of the pages of a relation, as from PostgreSQL 17. There are no such pages: ERROR 0A000.
 */
#ifndef READ_STREAM_H
#define READ_STREAM_H

#include "storage/bufmgr.h"
#include "storage/smgr.h"

PG_BEGIN_EXTERN_C

#define READ_STREAM_DEFAULT 0x00
#define READ_STREAM_MAINTENANCE 0x01
#define READ_STREAM_SEQUENTIAL 0x02
#define READ_STREAM_FULL 0x04
#define READ_STREAM_USE_BATCHING 0x08

typedef struct ReadStream ReadStream;

typedef struct BlockRangeReadStreamPrivate
{
	BlockNumber current_blocknum;
	BlockNumber last_exclusive;
} BlockRangeReadStreamPrivate;

typedef BlockNumber (*ReadStreamBlockNumberCB)(ReadStream *stream, void *callback_private_data,
											   void *per_buffer_data);

extern BlockNumber block_range_read_stream_cb(ReadStream *stream, void *callback_private_data,
											  void *per_buffer_data);
extern ReadStream *read_stream_begin_relation(int flags, BufferAccessStrategy strategy,
											  Relation rel, ForkNumber forknum,
											  ReadStreamBlockNumberCB callback,
											  void *callback_private_data,
											  size_t per_buffer_data_size);
extern ReadStream *read_stream_begin_smgr_relation(int flags, BufferAccessStrategy strategy,
												   SMgrRelation smgr, char smgr_persistence,
												   ForkNumber forknum,
												   ReadStreamBlockNumberCB callback,
												   void *callback_private_data,
												   size_t per_buffer_data_size);
extern Buffer read_stream_next_buffer(ReadStream *stream, void **per_buffer_data);
extern BlockNumber read_stream_next_block(ReadStream *stream, BufferAccessStrategy *strategy);
extern void read_stream_reset(ReadStream *stream);
extern void read_stream_end(ReadStream *stream);

PG_END_EXTERN_C

#endif /* READ_STREAM_H */
