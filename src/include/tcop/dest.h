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

PG_END_EXTERN_C

#endif /* DEST_H */
