/*
 * freespace.h
 *		Where a table has room.
 *
 * There are no such pages here, since the tables are SQLite's: each function raises ERROR 0A000 with its name.
 */
#ifndef FREESPACE_H
#define FREESPACE_H

#include "postgres.h"

#include "storage/block.h"
#include "storage/relfilenode.h"
#include "utils/relcache.h"

PG_BEGIN_EXTERN_C

extern Size GetRecordedFreeSpace(Relation rel, BlockNumber heapBlk);
extern BlockNumber GetPageWithFreeSpace(Relation rel, Size spaceNeeded);
extern BlockNumber RecordAndGetPageWithFreeSpace(Relation rel, BlockNumber oldPage,
												 Size oldSpaceAvail, Size spaceNeeded);
extern void RecordPageWithFreeSpace(Relation rel, BlockNumber heapBlk, Size spaceAvail);
extern void FreeSpaceMapVacuum(Relation rel);
extern void FreeSpaceMapVacuumRange(Relation rel, BlockNumber start, BlockNumber end);

PG_END_EXTERN_C

#endif /* FREESPACE_H */
