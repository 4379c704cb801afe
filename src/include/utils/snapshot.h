/*
 * snapshot.h
 *		Snapshots: a moment whose committed data a statement sees. To modules they are handles.
 */
#ifndef SNAPSHOT_H
#define SNAPSHOT_H

#include "postgres.h"

#include "access/htup.h"
#include "access/xlogdefs.h"
#include "datatype/timestamp.h"
#include "lib/stringinfo.h"
#include "storage/buf.h"

PG_BEGIN_EXTERN_C

typedef struct SnapshotData *Snapshot;

#define InvalidSnapshot ((Snapshot) NULL)

PG_END_EXTERN_C

#endif /* SNAPSHOT_H */
