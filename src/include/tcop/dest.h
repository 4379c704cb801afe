/*
 * dest.h
 *		Where the rows of a statement go.
 */
#ifndef DEST_H
#define DEST_H

#include "postgres.h"

#include "access/tupdesc.h"
#include "executor/tuptable.h"
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

/* Takes rows and forgets them. */
extern PGDLLIMPORT DestReceiver *None_Receiver;

/* A receiver for DestNone, for DestRemote and its kin (rows as messages of the protocol), or for DestTuplestore
 * (executor/tstoreReceiver.h). ERROR 0A000 for the others. rDestroy frees it. */
extern DestReceiver *CreateDestReceiver(CommandDest dest);
/* Around a statement: nothing, and CommandComplete with the tag. */
extern void BeginCommand(CommandTag commandTag, CommandDest dest);
extern void EndCommand(const QueryCompletion *qc, CommandDest dest, bool force_undecorated_output);
/* EmptyQueryResponse; ReadyForQuery, and everything is sent. */
extern void NullCommand(CommandDest dest);
extern void ReadyForQuery(CommandDest dest);

PG_END_EXTERN_C

#endif /* DEST_H */
