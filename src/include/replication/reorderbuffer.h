/*
 * reorderbuffer.h
 *		Changes put together by transaction.
 *
 * There is no logical decoding and no replication here: each function raises ERROR 0A000 with its name.
 */
#ifndef REORDERBUFFER_H
#define REORDERBUFFER_H

#include "postgres.h"

#include "access/htup_details.h"
#include "access/xlogdefs.h"
#include "lib/ilist.h"
#include "storage/itemptr.h"
#include "storage/relfilenode.h"
#include "utils/hsearch.h"
#include "utils/relcache.h"
#include "utils/snapshot.h"
#include "utils/timestamp.h"

PG_BEGIN_EXTERN_C

typedef struct ReorderBuffer ReorderBuffer;

typedef struct ReorderBufferTupleBuf
{
	slist_node node;
	HeapTupleData tuple;
	Size alloc_tuple_size;
} ReorderBufferTupleBuf;

typedef enum ReorderBufferChangeType
{
	REORDER_BUFFER_CHANGE_INSERT,
	REORDER_BUFFER_CHANGE_UPDATE,
	REORDER_BUFFER_CHANGE_DELETE,
	REORDER_BUFFER_CHANGE_MESSAGE,
	REORDER_BUFFER_CHANGE_INVALIDATION,
	REORDER_BUFFER_CHANGE_INTERNAL_SNAPSHOT,
	REORDER_BUFFER_CHANGE_INTERNAL_COMMAND_ID,
	REORDER_BUFFER_CHANGE_INTERNAL_TUPLECID,
	REORDER_BUFFER_CHANGE_INTERNAL_SPEC_INSERT,
	REORDER_BUFFER_CHANGE_INTERNAL_SPEC_CONFIRM,
	REORDER_BUFFER_CHANGE_INTERNAL_SPEC_ABORT,
	REORDER_BUFFER_CHANGE_TRUNCATE
} ReorderBufferChangeType;

typedef struct ReorderBufferChange
{
	XLogRecPtr lsn;
	ReorderBufferChangeType action;
	struct ReorderBufferTXN *txn;
	RepOriginId origin_id;
	union
	{
		struct
		{
			RelFileNode relnode;
			bool clear_toast_afterwards;
			ReorderBufferTupleBuf *oldtuple;
			ReorderBufferTupleBuf *newtuple;
		} tp;
		struct
		{
			Size nrelids;
			bool cascade;
			bool restart_seqs;
			Oid *relids;
		} truncate;
		struct
		{
			char *prefix;
			Size message_size;
			char *message;
		} msg;
		Snapshot snapshot;
		CommandId command_id;
	} data;
	dlist_node node;
} ReorderBufferChange;

/* The leading fields of a transaction. */
typedef struct ReorderBufferTXN
{
	bits32 txn_flags;
	TransactionId xid;
	TransactionId toplevel_xid;
	char *gid;
	XLogRecPtr first_lsn;
	XLogRecPtr final_lsn;
	XLogRecPtr end_lsn;
	struct ReorderBufferTXN *toptxn;
	XLogRecPtr restart_decoding_lsn;
	RepOriginId origin_id;
	XLogRecPtr origin_lsn;
	union
	{
		TimestampTz commit_time;
		TimestampTz prepare_time;
	} xact_time;
	void *output_plugin_private;
} ReorderBufferTXN;

extern ReorderBufferTupleBuf *ReorderBufferGetTupleBuf(ReorderBuffer *, Size tuple_len);
extern void ReorderBufferReturnTupleBuf(ReorderBuffer *, ReorderBufferTupleBuf *tuple);
extern ReorderBufferChange *ReorderBufferGetChange(ReorderBuffer *);
extern void ReorderBufferReturnChange(ReorderBuffer *, ReorderBufferChange *, bool);
extern ReorderBufferTXN *ReorderBufferGetOldestTXN(ReorderBuffer *);
extern TransactionId ReorderBufferGetOldestXmin(ReorderBuffer *rb);

PG_END_EXTERN_C

#endif /* REORDERBUFFER_H */
