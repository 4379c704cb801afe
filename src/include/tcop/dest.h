/*
 * dest.h
 *		Where the rows of a statement go.
 */
#ifndef DEST_H
#define DEST_H

#include "postgres.h"

#include "access/tupdesc.h"
#include "tcop/cmdtag.h"

PG_BEGIN_EXTERN_C

#define COMPLETION_TAG_BUFSIZE 64

typedef enum
{
	DestNone,
	DestDebug,
	DestRemote,
	DestRemoteExecute,
	DestRemoteSimple,
	DestSPI,
	DestTuplestore,
	DestIntoRel,
	DestCopyOut,
	DestSQLFunction,
	DestTransientRel,
	DestTupleQueue
} CommandDest;

typedef struct TupleTableSlot TupleTableSlot;
typedef struct _DestReceiver DestReceiver;

/*
 * Takes the rows of a statement: rStartup once, receiveSlot for each row (false: enough), rShutdown once. The slot and what it
 * holds are the caller's and good for the call.
 */
struct _DestReceiver
{
	bool (*receiveSlot)(TupleTableSlot *slot, DestReceiver *self);
	void (*rStartup)(DestReceiver *self, int operation, TupleDesc typeinfo);
	void (*rShutdown)(DestReceiver *self);
	void (*rDestroy)(DestReceiver *self);
	CommandDest mydest;
	/* a module's own may follow */
};

PG_END_EXTERN_C

#endif /* DEST_H */
