/*
 * storage/ipc/dsm_memory.h
 *		The memory behind dynamic shared memory: one nameless file, and one range of addresses for it.
 *
 * The postmaster opens the file and reserves the range before it forks; so every process has both, and offset x of
 * the file is only ever mapped at base + x: a segment has the same address everywhere.  The file never had a name
 * (or lost it at once), so nothing is left of it when the last process is gone, however it went; after a crash
 * the postmaster takes a new one.  It is sparse: only what segments use is allotted.
 */
#pragma once

#include <cstddef>

#include "postgres.h"

namespace pg
{

/* Granularity of everything below. */
size_t DsmPageSize();

/*
 * Postmaster, with no child alive: a new file and a new range, min_dynamic_shared_memory of it allotted for good.
 * FATAL when there is no place for the file, or no room for that.
 */
void OpenDsmMemory();
/* Forgets both, if they are there. Any process. */
void CloseDsmMemory();

char *DsmBase();
size_t DsmRangeSize();

/* Offset and length in bytes, whole pages, below. */

/*
 * Allots memory.  Zero, or an errno: ENOSPC, ENOMEM, EINTR when an interrupt is to be served.  May take long and reports
 * it as wait event DSMFillZeroWrite.
 */
int AllotDsmMemory(size_t offset, size_t length);
/* Gives the memory back; it reads as zeros afterwards. */
void FreeDsmMemory(size_t offset, size_t length);
/* Zero or an errno. */
int MapDsmMemory(size_t offset, size_t length);
void UnmapDsmMemory(size_t offset, size_t length);

} /* namespace pg */
