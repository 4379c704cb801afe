/*
 * storage/dsa/registry_area.h
 *		The area of shared memory in which the names of segments stand; modules use storage/dsm_registry.h.
 */
#pragma once

#include <span>

#include "storage/ipc/shmem_internals.h"

namespace pg
{

extern const std::span<const ShmemArea> kDsmRegistryAreas;

} /* namespace pg */
