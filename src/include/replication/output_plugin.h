/*
 * output_plugin.h
 *		Output plugins of logical decoding.
 *
 * There is no logical decoding and no replication here: each function raises ERROR 0A000 with its name. A module
 * with an output plugin loads; its plugin is never called.
 */
#ifndef OUTPUT_PLUGIN_H
#define OUTPUT_PLUGIN_H

#include "postgres.h"

#include "replication/reorderbuffer.h"

PG_BEGIN_EXTERN_C

struct LogicalDecodingContext;
struct OutputPluginCallbacks;
typedef enum OutputPluginOutputType
{
	OUTPUT_PLUGIN_BINARY_OUTPUT,
	OUTPUT_PLUGIN_TEXTUAL_OUTPUT
} OutputPluginOutputType;

typedef struct OutputPluginOptions
{
	OutputPluginOutputType output_type;
	bool receive_rewrites;
} OutputPluginOptions;

typedef void (*LogicalOutputPluginInit)(struct OutputPluginCallbacks *cb);

typedef void (*LogicalDecodeStartupCB)(struct LogicalDecodingContext *ctx,
									   OutputPluginOptions *options, bool is_init);

typedef void (*LogicalDecodeBeginCB)(struct LogicalDecodingContext *ctx, ReorderBufferTXN *txn);

typedef void (*LogicalDecodeChangeCB)(struct LogicalDecodingContext *ctx, ReorderBufferTXN *txn,
									  Relation relation, ReorderBufferChange *change);

typedef void (*LogicalDecodeTruncateCB)(struct LogicalDecodingContext *ctx, ReorderBufferTXN *txn,
										int nrelations, Relation relations[],
										ReorderBufferChange *change);

typedef void (*LogicalDecodeCommitCB)(struct LogicalDecodingContext *ctx, ReorderBufferTXN *txn,
									  XLogRecPtr commit_lsn);

typedef void (*LogicalDecodeMessageCB)(struct LogicalDecodingContext *ctx, ReorderBufferTXN *txn,
									   XLogRecPtr message_lsn, bool transactional,
									   const char *prefix, Size message_size, const char *message);

typedef bool (*LogicalDecodeFilterByOriginCB)(struct LogicalDecodingContext *ctx,
											  RepOriginId origin_id);

typedef void (*LogicalDecodeShutdownCB)(struct LogicalDecodingContext *ctx);

typedef bool (*LogicalDecodeFilterPrepareCB)(struct LogicalDecodingContext *ctx, TransactionId xid,
											 const char *gid);

typedef void (*LogicalDecodeBeginPrepareCB)(struct LogicalDecodingContext *ctx,
											ReorderBufferTXN *txn);

typedef void (*LogicalDecodePrepareCB)(struct LogicalDecodingContext *ctx, ReorderBufferTXN *txn,
									   XLogRecPtr prepare_lsn);

typedef void (*LogicalDecodeCommitPreparedCB)(struct LogicalDecodingContext *ctx,
											  ReorderBufferTXN *txn, XLogRecPtr commit_lsn);

typedef void (*LogicalDecodeRollbackPreparedCB)(struct LogicalDecodingContext *ctx,
												ReorderBufferTXN *txn, XLogRecPtr prepare_end_lsn,
												TimestampTz prepare_time);

typedef void (*LogicalDecodeStreamStartCB)(struct LogicalDecodingContext *ctx,
										   ReorderBufferTXN *txn);

typedef void (*LogicalDecodeStreamStopCB)(struct LogicalDecodingContext *ctx,
										  ReorderBufferTXN *txn);

typedef void (*LogicalDecodeStreamAbortCB)(struct LogicalDecodingContext *ctx,
										   ReorderBufferTXN *txn, XLogRecPtr abort_lsn);

typedef void (*LogicalDecodeStreamPrepareCB)(struct LogicalDecodingContext *ctx,
											 ReorderBufferTXN *txn, XLogRecPtr prepare_lsn);

typedef void (*LogicalDecodeStreamCommitCB)(struct LogicalDecodingContext *ctx,
											ReorderBufferTXN *txn, XLogRecPtr commit_lsn);

typedef void (*LogicalDecodeStreamChangeCB)(struct LogicalDecodingContext *ctx,
											ReorderBufferTXN *txn, Relation relation,
											ReorderBufferChange *change);

typedef void (*LogicalDecodeStreamMessageCB)(struct LogicalDecodingContext *ctx,
											 ReorderBufferTXN *txn, XLogRecPtr message_lsn,
											 bool transactional, const char *prefix,
											 Size message_size, const char *message);

typedef void (*LogicalDecodeStreamTruncateCB)(struct LogicalDecodingContext *ctx,
											  ReorderBufferTXN *txn, int nrelations,
											  Relation relations[], ReorderBufferChange *change);

typedef struct OutputPluginCallbacks
{
	LogicalDecodeStartupCB startup_cb;
	LogicalDecodeBeginCB begin_cb;
	LogicalDecodeChangeCB change_cb;
	LogicalDecodeTruncateCB truncate_cb;
	LogicalDecodeCommitCB commit_cb;
	LogicalDecodeMessageCB message_cb;
	LogicalDecodeFilterByOriginCB filter_by_origin_cb;
	LogicalDecodeShutdownCB shutdown_cb;
	LogicalDecodeFilterPrepareCB filter_prepare_cb;
	LogicalDecodeBeginPrepareCB begin_prepare_cb;
	LogicalDecodePrepareCB prepare_cb;
	LogicalDecodeCommitPreparedCB commit_prepared_cb;
	LogicalDecodeRollbackPreparedCB rollback_prepared_cb;
	LogicalDecodeStreamStartCB stream_start_cb;
	LogicalDecodeStreamStopCB stream_stop_cb;
	LogicalDecodeStreamAbortCB stream_abort_cb;
	LogicalDecodeStreamPrepareCB stream_prepare_cb;
	LogicalDecodeStreamCommitCB stream_commit_cb;
	LogicalDecodeStreamChangeCB stream_change_cb;
	LogicalDecodeStreamMessageCB stream_message_cb;
	LogicalDecodeStreamTruncateCB stream_truncate_cb;
} OutputPluginCallbacks;

extern void OutputPluginPrepareWrite(struct LogicalDecodingContext *ctx, bool last_write);
extern void OutputPluginWrite(struct LogicalDecodingContext *ctx, bool last_write);
extern void OutputPluginUpdateProgress(struct LogicalDecodingContext *ctx, bool skipped_xact);

PG_END_EXTERN_C

#endif /* OUTPUT_PLUGIN_H */
