/*
 * storage/ipc/shmem_size.h
 *		Sizes of shared memory without overflow, and small services on the mapping, for C++ callers.
 */
#pragma once

#include <cstddef>

#include "storage/shmem.h"

namespace pg
{

/* a + b and a * b; ERROR 54000 "requested shared memory size overflows size_t". */
size_t AddShmemSize(size_t a, size_t b);
size_t MultiplyShmemSize(size_t a, size_t b);

/*
 * Runs the modules' shmem_request_hook, once in the postmaster's life; further calls do nothing.
 * CreateSharedMemory calls it, too.  Raises what a module raises.
 */
void RunShmemRequests();

/* A named area, for pg_shmem_allocations. */
struct ShmemAreaInfo
{
	char name[SHMEM_INDEX_KEYSIZE];
	size_t offset;
	size_t size;
	size_t allocated_size;
};
/* Copies up to max entries; returns how many. Not in the postmaster. */
int SnapshotShmemAreas(ShmemAreaInfo *out, int max);

} // namespace pg
