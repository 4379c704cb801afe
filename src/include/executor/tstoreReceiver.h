/*
 * tstoreReceiver.h
 *		A receiver that puts rows into a tuplestore.
 */
#ifndef TSTORE_RECEIVER_H
#define TSTORE_RECEIVER_H

#include "postgres.h"

#include "tcop/dest.h"
#include "utils/tuplestore.h"

PG_BEGIN_EXTERN_C

/* Palloc'd; its rDestroy frees it, and not the store. What CreateDestReceiver(DestTuplestore) makes. */
extern DestReceiver *CreateTuplestoreDestReceiver(void);

/* Before the first row. Where the rows go; they lie in the store's own memory, and plain, whatever tContext and detoast say.
 * target_tupdesc must be NULL: rows are not brought to other columns (ERROR 0A000). */
extern void SetTuplestoreDestReceiverParams(DestReceiver *self, Tuplestorestate *tStore,
											MemoryContext tContext, bool detoast,
											TupleDesc target_tupdesc, const char *map_failure_msg);

PG_END_EXTERN_C

#endif /* TSTORE_RECEIVER_H */
