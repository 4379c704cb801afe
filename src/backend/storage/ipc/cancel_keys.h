/*
 * storage/ipc/cancel_keys.h
 *		The secret that a cancel request must show, one per process slot, in shared memory.
 *
 * A slot's owner alone writes its word, pid and key at once, so that no reader sees them torn; anybody reads.
 */
#pragma once

#include <cstdint>
#include <span>

#include "postgres.h"
#include "storage/ipc/shmem_internals.h"

namespace pg
{

/* Makes a fresh random key for this process, which must have a slot; withdrawn at its exit. Raises XX000 without randomness. */
int32 PublishCancelKey();

/*
 * A cancel request came in: sends SIGINT to that session if the key is its own; otherwise logs why not.
 */
void SendCancelRequest(int pid, int32 key);

extern const std::span<const ShmemArea> kCancelKeyAreas;

} /* namespace pg */
