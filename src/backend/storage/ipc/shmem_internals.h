/*
 * storage/ipc/shmem_internals.h
 *		The server's one shared mapping, and the areas in it.
 *
 * The postmaster makes the mapping before any fork and anew after a crash; children inherit it at
 * the same address.  Modules use storage/shmem.h; the server's own areas are rows of one table
 * (src/backend/main/shmem_areas.cpp).  What lies here is trivially copyable (DESIGN section 3).
 */
#pragma once

#include <cstddef>
#include <span>

namespace pg
{

/*
 * One area of shared memory.  size() may use settings (they are final by then).  init() constructs
 * it in zeroed memory, in the postmaster, once per (re)creation; it also keeps the address in the
 * subsystem's own pointer.  Neither raises.
 */
struct ShmemArea
{
	const char *name;
	size_t (*size)();
	void (*init)(void *at);
};

/* Makes the mapping and builds all areas, then runs the modules' shmem_startup_hook. Postmaster only; FATAL if memory is short. */
void CreateSharedMemory(std::span<const ShmemArea> areas);

/* Unmaps it (after a crash, before CreateSharedMemory; or in a worker without shared memory access). */
void DetachSharedMemory();

/* True while this process has the mapping. */
bool HaveSharedMemory();

} /* namespace pg */
