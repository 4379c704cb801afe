/*
 * snapbuild.h
 *		Snapshots for logical decoding.
 *
 * There is no logical decoding and no replication here: each function raises ERROR 0A000 with its name.
 */
#ifndef SNAPBUILD_H
#define SNAPBUILD_H

#include "postgres.h"

#include "access/xlogdefs.h"
#include "utils/snapmgr.h"

PG_BEGIN_EXTERN_C

typedef enum
{
	SNAPBUILD_START = -1,
	SNAPBUILD_BUILDING_SNAPSHOT = 0,
	SNAPBUILD_FULL_SNAPSHOT = 1,
	SNAPBUILD_CONSISTENT = 2
} SnapBuildState;

typedef struct SnapBuild SnapBuild;
struct ReorderBuffer;
extern SnapBuild *AllocateSnapshotBuilder(struct ReorderBuffer *cache, TransactionId xmin_horizon,
										  XLogRecPtr start_lsn, bool need_full_snapshot,
										  XLogRecPtr two_phase_at);
extern void FreeSnapshotBuilder(SnapBuild *cache);
extern Snapshot SnapBuildInitialSnapshot(SnapBuild *builder);
extern const char *SnapBuildExportSnapshot(SnapBuild *snapstate);
extern void SnapBuildClearExportedSnapshot(void);
extern SnapBuildState SnapBuildCurrentState(SnapBuild *snapstate);
extern Snapshot SnapBuildGetOrBuildSnapshot(SnapBuild *builder, TransactionId xid);
extern bool SnapBuildXactNeedsSkip(SnapBuild *snapstate, XLogRecPtr ptr);

PG_END_EXTERN_C

#endif /* SNAPBUILD_H */
