/*
 * storage/ipc/dsm_internals.h
 *		Dynamic shared memory for the server's own code; modules use storage/dsm.h.
 */
#pragma once

#include <span>

#include "common/setting_def.h"
#include "storage/dsm.h"
#include "storage/ipc/shmem_internals.h"

namespace pg
{

/* ERROR 55000 unless this process is a child with shared memory: what may take locks in it. */
void RequireSharedMemory();

extern const std::span<const ShmemArea> kDsmAreas;

/* dynamic_shared_memory_type, min_dynamic_shared_memory. */
extern const SettingSpan kDsmSettings;

} /* namespace pg */
