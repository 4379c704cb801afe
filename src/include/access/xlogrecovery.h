/*
 * xlogrecovery.h
 *		The state of recovery, and its targets.
 */
#ifndef XLOGRECOVERY_H
#define XLOGRECOVERY_H

#include "postgres.h"

#include "access/xlogreader.h"
#include "catalog/pg_control.h"
#include "lib/stringinfo.h"
#include "utils/timestamp.h"

PG_BEGIN_EXTERN_C

typedef enum
{
	RECOVERY_TARGET_UNSET,
	RECOVERY_TARGET_XID,
	RECOVERY_TARGET_TIME,
	RECOVERY_TARGET_NAME,
	RECOVERY_TARGET_LSN,
	RECOVERY_TARGET_IMMEDIATE
} RecoveryTargetType;

typedef enum
{
	RECOVERY_TARGET_TIMELINE_CONTROLFILE,
	RECOVERY_TARGET_TIMELINE_LATEST,
	RECOVERY_TARGET_TIMELINE_NUMERIC
} RecoveryTargetTimeLineGoal;

typedef enum RecoveryPauseState
{
	RECOVERY_NOT_PAUSED,
	RECOVERY_PAUSE_REQUESTED,
	RECOVERY_PAUSED
} RecoveryPauseState;

/* Whether read-only sessions are possible although the server is in recovery. */
extern bool HotStandbyActive(void);
/* Nothing is ever replayed: not paused, and no last transaction (0). */
extern RecoveryPauseState GetRecoveryPauseState(void);
extern TimestampTz GetLatestXTime(void);
/* ERROR 0A000 */
extern XLogRecPtr GetXLogReplayRecPtr(TimeLineID *replayTLI);
extern void SetRecoveryPause(bool recoveryPause);
extern void GetXLogReceiptTime(TimestampTz *rtime, bool *fromStream);
extern TimestampTz GetCurrentChunkReplayStartTime(void);
extern XLogRecPtr GetCurrentReplayRecPtr(TimeLineID *replayEndTLI);

PG_END_EXTERN_C

#endif /* XLOGRECOVERY_H */
