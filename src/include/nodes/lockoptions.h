/*
 * lockoptions.h
 *		How rows are locked by SELECT ... FOR.
 */
#ifndef LOCKOPTIONS_H
#define LOCKOPTIONS_H

#include "postgres.h"

PG_BEGIN_EXTERN_C

typedef enum LockClauseStrength
{
	LCS_NONE,
	LCS_FORKEYSHARE,
	LCS_FORSHARE,
	LCS_FORNOKEYUPDATE,
	LCS_FORUPDATE
} LockClauseStrength;

typedef enum LockWaitPolicy
{
	LockWaitBlock,
	LockWaitSkip,
	LockWaitError
} LockWaitPolicy;

typedef enum LockTupleMode
{
	LockTupleKeyShare,
	LockTupleShare,
	LockTupleNoKeyExclusive,
	LockTupleExclusive
} LockTupleMode;

PG_END_EXTERN_C

#endif /* LOCKOPTIONS_H */
